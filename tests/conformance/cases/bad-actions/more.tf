action "null_x" {
}

action "null_x" "config_argument" {
  config = 3
}
