run {
}
