resource "terraform_data" "a" {
  input = "override"

  lifecycle {
    ignore_changes = [triggers_replace]
  }
}

variable "v" {
  default = "override"
}
