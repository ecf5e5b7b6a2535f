variable "from_default" {
  default = "default"
}

variable "from_env" {
  default = "default"
}

variable "env_and_tfvars" {
  default = "default"
}

variable "auto_order" {
  default = "default"
}

variable "list_env" {
  type = list(string)
}

variable "all" {
  default = "default"
}

output "values" {
  value = {
    from_default   = var.from_default
    from_env       = var.from_env
    env_and_tfvars = var.env_and_tfvars
    auto_order     = var.auto_order
    list_env       = var.list_env
    all            = var.all
  }
}
