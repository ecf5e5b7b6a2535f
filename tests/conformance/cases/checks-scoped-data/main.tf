variable "w" { default = "y" }
variable "p" { default = "nosuch.tfstate" }
resource "terraform_data" "a" { input = var.w }
resource "terraform_data" "b" { input = "q" }
check "data" {
  data "terraform_remote_state" "d" {
    backend = "local"
    config = { path = var.p }
  }
  assert {
    condition     = data.terraform_remote_state.d.outputs.a == "z"
    error_message = "no z"
  }
}
check "data2" {
  data "terraform_remote_state" "e" {
    backend = "local"
    config = { path = terraform_data.a.input == "y" ? "src.json" : "src.json" }
  }
  assert {
    condition     = data.terraform_remote_state.e.outputs.a == "z"
    error_message = "no z"
  }
}
