module "a" {
  source   = "./child"
  for_each = toset(["y"])
  name     = each.key
}

module "b" {
  source = "./child"
  count  = 1
  name   = "b${count.index}"
}

output "files" {
  value = { for name in sort(fileset(path.module, "*.txt")) : name => file(name) }
}
