output "kept" {
  value = "same"
}

output "changed" {
  value = { a = 2, b = [1, 2, 3], c = "new" }
}

output "retyped" {
  value = 1
}

output "comes" {
  value = "hi"
}

output "hides" {
  value     = "soon"
  sensitive = true
}

output "shows" {
  value = "hidden"
}
