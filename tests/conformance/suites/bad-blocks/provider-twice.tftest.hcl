provider "foo" {
}
provider "foo" {
}
