variable "v11" {
}

variable "n" {
  default = 1
}

resource "null_resource" "r12" {
  triggers = { v = "x" }
}

data "null_data_source" "d13" {
  inputs = { v = jsonencode(var.v11) }
}

resource "terraform_data" "r14" {
  count = 0
  input = count.index
  triggers_replace = count.index
  depends_on = [null_resource.r12]
  lifecycle {
    precondition {
      condition     = jsonencode(var.v11) != jsonencode("x")
      error_message = "precondition ${1 + 1}"
    }
  }
}

resource "terraform_data" "r15" {
  input = var.v11
  triggers_replace = try([null_resource.r12.triggers, "x"], [])
  depends_on = [terraform_data.r14]
  lifecycle {
    create_before_destroy = false
  }
}

output "o16" {
  value = var.n
}
