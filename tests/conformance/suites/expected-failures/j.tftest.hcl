run "cyc" {
  variables { n = run.cyc.o }
}
