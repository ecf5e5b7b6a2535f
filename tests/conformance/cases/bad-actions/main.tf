action "null_x" "two_configs" {
  config {}
  config {}
}

action "null_x" "argument" {
  name = "x"
}

action "null_x" "repeated" {
  count    = 2
  for_each = toset(["a"])
}

action "null_x" "blocks" {
  depends_on = []
  lifecycle {}
  _ {}
  config "labelled" {}
}

action "null_x" "no name" {}

action "no type" "x" {}

action "null_x" "twice" {}

action "null_x" "twice" {}

action "null_x" "provider" {
  provider = 5
}
