variable "map" {
  type    = map(list(number))
  default = { a = [1, 2], "b.c" = [3] }
}

variable "key" {
  default = "a"
}

locals {
  object = { name = "x", nested = { deep = [{ v = 1 }, { v = 2 }] } }
  tuple  = ["zero", 1, true]
}

output "values" {
  value = [
    var.map["a"][1],
    var.map.a[0],
    var.map["b.c"][0],
    var.map[var.key],
    local.object.nested.deep[1].v,
    local.object["nested"]["deep"][0]["v"],
    local.tuple[2],
    local.tuple.0,
    local.tuple["1"],
    element(local.tuple, 4),
    lookup(var.map, "zzz", []),
  ]
}
