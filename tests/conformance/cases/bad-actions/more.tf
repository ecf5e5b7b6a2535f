action "null_x" {
}

action "null_x" "config_argument" {
  config = 3
}

resource "terraform_data" "waits" {
  depends_on = [action.null_x.twice]
}

output "waits" {
  value      = 1
  depends_on = [action.null_x.twice]
}
