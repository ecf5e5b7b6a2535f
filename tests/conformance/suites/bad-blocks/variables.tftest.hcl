variables {
  a = 1
}
variables {
  b = 1
  a = 3
}
