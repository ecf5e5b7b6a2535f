variables {
  unused = "x"
}
provider "null" {
}
provider "null" {
  alias = "second"
}
run "real" {
  assert {
    condition = null_resource.a.id != "" && null_resource.b.id != ""
    error_message = "real"
  }
}
