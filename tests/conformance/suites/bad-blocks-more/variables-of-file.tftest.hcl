variables {
    bogus {}
    a = 1
    a = 2
}
