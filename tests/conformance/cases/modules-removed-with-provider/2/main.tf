resource "null_resource" "stays" {
}
