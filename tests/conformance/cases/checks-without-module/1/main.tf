module "m" {
  source = "./m"
  count = 0
  v = 1
}
output "o" { value = "x" }
output "p" { value = ["x"] }
output "q" {
  value = ["x"]
  sensitive = true
}
output "r" { value = null }
output "s" { value = 1 }
