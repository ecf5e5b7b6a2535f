terraform {
  backend "loca" {
  }
}
