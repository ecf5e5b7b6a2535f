variable "password" {
  type      = string
  default   = "hunter2hunter2"
  sensitive = true
}

variable "settings" {
  type      = map(string)
  sensitive = true
  default   = { a = "1", b = "2" }
}

resource "terraform_data" "login" {
  input = {
    user     = "me"
    password = var.password
    settings = var.settings
  }
  triggers_replace = [var.password]
}

resource "terraform_data" "copied" {
  input = terraform_data.login.output
}

resource "terraform_data" "plain" {
  input = nonsensitive(var.password)
}

output "password" {
  value     = var.password
  sensitive = true
}

output "login" {
  value     = terraform_data.login.input
  sensitive = true
}
