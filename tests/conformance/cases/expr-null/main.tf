variable "maybe" {
  type    = string
  default = null
}

resource "terraform_data" "n" {
  input            = var.maybe
  triggers_replace = null
}

resource "terraform_data" "inside" {
  input = { a = null, b = [null, "x"], c = tolist([null, "y"]) }
}

output "null" {
  value = null
}

output "typed_null" {
  value = var.maybe
}

output "inside" {
  value = terraform_data.inside.output
}

output "checks" {
  value = [var.maybe == null, var.maybe != null, coalesce(var.maybe, "fallback"), var.maybe == "x"]
}

output "compact" {
  value = compact(["a", null, "", "b"])
}
