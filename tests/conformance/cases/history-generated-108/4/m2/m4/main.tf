resource "terraform_data" "r5" {
  input = null
  lifecycle {
    create_before_destroy = true
    ignore_changes = [triggers_replace]
  }
}

resource "null_resource" "r24" {
  for_each = toset([])
  triggers = { v = "y" }
  lifecycle {
    create_before_destroy = false
    replace_triggered_by = [terraform_data.r5.id]
    postcondition {
      condition     = self.id != null
      error_message = "postcondition ${1 + 1}"
    }
  }
}

output "o7" {
  value = try(null_resource.r24["a"].id, null)
}
moved {
  from = null_resource.r6
  to   = null_resource.r24
}
