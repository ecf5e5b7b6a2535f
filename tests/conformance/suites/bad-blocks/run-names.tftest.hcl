run "1bad name" {
}
run "a" {
}
run "a" {
}
