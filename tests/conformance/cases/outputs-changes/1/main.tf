output "kept" {
  value = "same"
}

output "changed" {
  value = { a = 1, b = [1, 2] }
}

output "retyped" {
  value = "1"
}

output "goes" {
  value = "bye"
}

output "hides" {
  value = "soon"
}

output "shows" {
  value     = "hidden"
  sensitive = true
}
