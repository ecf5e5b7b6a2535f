bogus {
}
