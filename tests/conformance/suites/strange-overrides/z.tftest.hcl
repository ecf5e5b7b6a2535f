run "ok2" {
}
