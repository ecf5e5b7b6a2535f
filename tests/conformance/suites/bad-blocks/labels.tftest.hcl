run "c" "d" {
}
