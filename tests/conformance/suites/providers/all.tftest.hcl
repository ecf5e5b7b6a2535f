mock_provider "null" {
  mock_resource "null_resource" {
    defaults = { id = "first" }
  }
}
mock_provider "null" {
  alias = "second"
  mock_resource "null_resource" {
    defaults = { id = "second" }
  }
}
run "as_named" {
  assert {
    condition = null_resource.a.id == "x" || null_resource.b.id == "x"
    error_message = "${null_resource.a.id} ${null_resource.b.id}"
  }
}
run "exchanged" {
  state_key = "2"
  providers = {
    null        = null.second
    null.second = null
  }
  assert {
    condition = null_resource.a.id == "x" || null_resource.b.id == "x"
    error_message = "${null_resource.a.id} ${null_resource.b.id}"
  }
}
run "one_for_both" {
  state_key = "3"
  providers = {
    null        = null.second
    null.second = null.second
  }
  assert {
    condition = null_resource.a.id == "x" || null_resource.b.id == "x"
    error_message = "${null_resource.a.id} ${null_resource.b.id}"
  }
}
run "plain" {
  module { source = "./plain" }
  assert {
    condition = null_resource.p.id == "x"
    error_message = null_resource.p.id
  }
}
run "plain_second" {
  state_key = "4"
  module { source = "./plain" }
  providers = {
    null = null.second
  }
  assert {
    condition = null_resource.p.id == "x"
    error_message = null_resource.p.id
  }
}
