test {
  parallel = "a"
  skip_cleanup = 1
  foo = 1
}
