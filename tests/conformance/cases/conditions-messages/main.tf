variable "s" { 
  sensitive = true 
  default = "sec" 
}
variable "f" { default = false }
resource "terraform_data" "sens_msg" {
  lifecycle {
    precondition { 
      condition = var.f
      error_message = "x ${var.s}"
    }
    precondition { 
      condition = var.s == "q"
      error_message = "second"
    }
  }
}
resource "terraform_data" "unk" { input = "a" }
resource "terraform_data" "unk_msg" {
  lifecycle {
    precondition { 
      condition = var.f
      error_message = "x ${terraform_data.unk.id}"
    }
  }
}
resource "terraform_data" "null_msg" {
  lifecycle {
    precondition { 
      condition = var.f
      error_message = var.nul
    }
    precondition { 
      condition = !var.f
      error_message = var.nul
    }
    precondition { 
      condition = !var.f
      error_message = var.s
    }
    precondition { 
      condition = !var.f ? null : true
      error_message = "m"
    }
    precondition { 
      condition = [var.f]
      error_message = [var.f]
    }
  }
}
resource "terraform_data" "emptymsg" {
  lifecycle {
    precondition { 
      condition = var.f
      error_message = "  "
    }
    precondition { 
      condition = "false${var.f ? "a" : ""}"
      error_message = <<-X
        line
        two
      X
    }
  }
}
check "c" {
    assert { 
      condition = var.f
      error_message = "x ${var.s}"
    }
    assert { 
      condition = var.f
      error_message = var.nul
    }
    assert { 
      condition = var.f ? true : null
      error_message = "m"
    }
    assert { 
      condition = var.f
      error_message = "x ${terraform_data.unk.id}"
    }
}
variable "nul" { default = null }
