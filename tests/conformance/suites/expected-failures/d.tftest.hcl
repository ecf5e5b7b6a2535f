run "big" {
  variables { n = 50 }
}
