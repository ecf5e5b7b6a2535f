variable "token" {
  default   = "t"
  ephemeral = true
}

module "m" {
  source = "./m"
  in     = var.token
}

resource "terraform_data" "a" {
  input = module.m.plain

  lifecycle {
    postcondition {
      condition     = module.m.out != self.id
      error_message = "same"
    }
  }
}

output "plain" {
  value = module.m.plain
}
