resource "terraform_data" "a" {
  input = [basename(path.cwd), path.module, path.root]
}

output "o" {
  value = terraform_data.a.output
}
