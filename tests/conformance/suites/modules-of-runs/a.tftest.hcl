run "ok" {
}
