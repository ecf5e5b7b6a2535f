number {
  x = 1
}
