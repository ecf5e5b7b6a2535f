run "five" {
  variables { n = 5 }
}
run "fivealt" {
  state_key = "alt"
  variables { n = 5 }
}
