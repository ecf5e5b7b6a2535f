resource "null_resource" "p" {
}
