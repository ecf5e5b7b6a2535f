run "b" {
  module {
    source = "./x"
    version = "1"
    bar = 2
  }
  module {
    source = "./x"
  }
}
