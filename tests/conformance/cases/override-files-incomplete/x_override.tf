resource "terraform_data" "a" {
  boguz = 1
}
data "terraform_remote_state" "x" {
  backend = "local"
}
