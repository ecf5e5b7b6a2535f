output "bom" {
  value = <<EOT
line
EOT
}
