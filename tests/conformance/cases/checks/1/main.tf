resource "terraform_data" "a" {
  input = "x"
}

check "passes" {
  assert {
    condition     = terraform_data.a.input == "x"
    error_message = "not x"
  }
}

check "fails" {
  assert {
    condition     = terraform_data.a.input == "y"
    error_message = "input is ${terraform_data.a.input}, not y"
  }
  assert {
    condition     = length(terraform_data.a.input) == 1
    error_message = "too long"
  }
}

check "unknown" {
  assert {
    condition     = terraform_data.a.output == "x"
    error_message = "output is not x"
  }
}

check "data" {
  data "null_data_source" "d" {
    inputs = { a = terraform_data.a.input }
  }

  assert {
    condition     = data.null_data_source.d.outputs.a == "z"
    error_message = "no z"
  }
}
