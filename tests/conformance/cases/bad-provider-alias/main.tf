resource "null_resource" "a" {
  provider = null.other
}
