output "native" {
  value = local.expression
}
