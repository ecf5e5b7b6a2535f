variable "v" { default = "1" }
resource "terraform_data" "deep" {
  input = { b = { c = { x = var.v, y = var.v } , l = [{ x = var.v, y = var.v }] }, z = var.v, m = tomap({ k = { x = var.v, y = var.v } , k2 = { x = var.v, y = var.v } }), s = toset([var.v]), li = tolist([var.v, var.v]) }
  lifecycle {
    ignore_changes = [input.b["c"].x, input.b.l[0].x, input.m["k"].x, input.li[1] ]
  }
}
resource "terraform_data" "deep2" {
  input = { b = { c = { x = var.v, y = var.v } , l = [{ x = var.v, y = var.v }] }, z = var.v, m = tomap({ k = { x = var.v, y = var.v } , k2 = { x = var.v, y = var.v } }), s = toset([var.v]) }
  lifecycle {
    ignore_changes = [input["b"], input.m.k, input.b.l ]
  }
}
resource "null_resource" "dot" {
  triggers = { a = var.v, b = "1" }
  lifecycle {
    ignore_changes = [triggers.a]
  }
}
resource "null_resource" "nul" {
  triggers = var.v == "1" ? { a = var.v, b = "1" } : null
  lifecycle {
    ignore_changes = [triggers["a"]]
  }
}
resource "null_resource" "nul2" {
  triggers = var.v == "2" ? { a = var.v, b = "1" } : null
  lifecycle {
    ignore_changes = [triggers["a"]]
  }
}
resource "terraform_data" "nonobj" {
  input = var.v == "1" ? { a = "1", b = "1"} : null
  lifecycle {
    ignore_changes = [input.a]
  }
}
resource "terraform_data" "nonobj2" {
  input = var.v == "2" ? { a = "2", b = "2"} : null
  lifecycle {
    ignore_changes = [input.a]
  }
}
resource "terraform_data" "shrink" {
  input = var.v == "1" ? ["1","2","3"] : ["x"]
  lifecycle {
    ignore_changes = [input[0], input[2]]
  }
}
