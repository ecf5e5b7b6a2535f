output "now" {
  value = timestamp()
}

output "now_planned" {
  value = "planned at ${plantimestamp()}" # never the same text as the other one
}

output "formatted" {
  value = formatdate("DD MMM YYYY hh:mm ZZZ", "2018-01-02T23:12:01Z")
}

output "added" {
  value = timeadd("2017-11-22T00:00:00Z", "10m")
}

output "compared" {
  value = timecmp("2017-11-22T00:00:00Z", "2017-11-22T01:00:00Z")
}
