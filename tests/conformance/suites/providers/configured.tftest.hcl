provider "null" {
  nope = 1
}
provider "null" {
  alias = "second"
}
run "wrong" {
}
run "plain_too" {
  module { source = "./plain" }
}
