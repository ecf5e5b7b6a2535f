variables { n = var.kk }
run "skipped" {
}
