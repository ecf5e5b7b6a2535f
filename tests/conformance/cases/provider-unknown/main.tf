resource "nonesuch_thing" "a" {
}
