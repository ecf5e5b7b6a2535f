variable "v" { 
  default = 1
  validation { 
    condition = var.v > 0 
    error_message = "pos" 
  } 
}
variable "want" { default = "a" }
variable "secs" { default = true }
resource "terraform_data" "a" {
  count = 2
  input = "a"
  lifecycle {
    precondition { 
      condition = var.v > 0
      error_message = "pre"
    }
    postcondition { 
      condition = self.output == var.want
      error_message = "post ${self.input}"
    }
  }
}
resource "terraform_data" "none" {
  count = 0
  lifecycle {
    precondition { 
      condition = var.v > 0
      error_message = "pre"
    }
  }
}
module "m" { 
  source = "./m" 
  x = terraform_data.a[0].output
}
output "o" { 
  value = terraform_data.a[0].output
  precondition { 
    condition = terraform_data.a[0].id != ""
    error_message = "oo"
  }
}
check "c" {
  assert {
    condition = terraform_data.a[0].output == var.want
    error_message = "check a"
  }
  assert {
    condition = var.v == 1
    error_message = "check v ${var.v}"
  }
}
check "known" {
  assert {
    condition = var.v == 2
    error_message = "check v ${var.v}"
  }
}
