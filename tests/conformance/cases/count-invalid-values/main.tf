variable "n" {
  type    = any
  default = 1
}

variable "secret" {
  type      = number
  default   = null
  sensitive = true
}

resource "terraform_data" "r" {
  count = var.secret == null ? var.n : var.secret
}

module "m" {
  source = "./m"
  count  = var.n
}
