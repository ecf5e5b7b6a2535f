output "paths" {
  value = [path.module, path.root, file("${path.module}/inner.txt")]
}
