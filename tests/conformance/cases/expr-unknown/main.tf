resource "terraform_data" "a" {
  input = "x"
}

resource "terraform_data" "b" {
  input = {
    template  = "id-${terraform_data.a.id}"
    list      = [terraform_data.a.id, "known"]
    length    = length([terraform_data.a.id, "known"])
    map       = { known = "x", unknown = terraform_data.a.id }
    not_null  = terraform_data.a.id == null
    starts    = startswith("id-${terraform_data.a.id}", "id-")
    ends      = startswith("id-${terraform_data.a.id}", "zz")
    replaced  = replace(terraform_data.a.id, "-", "-")
    whole     = terraform_data.a
    merged    = merge({ a = 1 }, { b = terraform_data.a.id })
    keys      = keys({ a = terraform_data.a.id })
    concat    = concat(["x"], [terraform_data.a.id])
    set       = toset([terraform_data.a.id, "known"])
    coalesced = coalesce(terraform_data.a.id, "x")
    json      = jsonencode({ a = terraform_data.a.id })
    element   = element([terraform_data.a.id, "known"], 1)
    number    = length(terraform_data.a.id) > 0
    for       = [for x in [terraform_data.a.id, "known"] : "${x}!"]
    for_map   = { for k, v in { a = terraform_data.a.id, b = "y" } : k => v }
  }
}

resource "terraform_data" "c" {
  input = terraform_data.b.output.template
}

resource "terraform_data" "d" {
  input = terraform_data.a.output
}

output "from_b" {
  value = terraform_data.b.output
}

output "not_null" {
  value = terraform_data.a.id != null
}
