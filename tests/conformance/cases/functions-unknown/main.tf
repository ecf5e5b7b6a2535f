resource "terraform_data" "a" {
  input = ["x", "y"]
}

resource "terraform_data" "uses" {
  input = {
    length   = length(terraform_data.a.output)
    joined   = join("-", concat(["k"], [terraform_data.a.output[0]]))
    flat     = flatten([["k"], [terraform_data.a.output[1]]])
    lookup   = lookup({ k = "v", u = terraform_data.a.id }, "k", "none")
    contains = contains(["a", terraform_data.a.output[0]], "a")
    values   = values({ a = "x", b = terraform_data.a.output[0] })
    zipmap   = zipmap(["a", "b"], ["x", terraform_data.a.output[1]])
    distinct = distinct(["a", "a", terraform_data.a.output[0]])
    slice    = slice(["a", "b", terraform_data.a.output[0]], 0, 2)
    range    = length(range(3))
    setunion = length(setunion(["a"], [terraform_data.a.output[0]]))
    format   = format("%s/%s", "k", terraform_data.a.output[0])
    replace  = replace("a-${terraform_data.a.output[0]}", "-", "/")
    one      = one([terraform_data.a.output[0]])
    try      = try(terraform_data.a.output[5], "none")
    can      = can(terraform_data.a.output[0])
    sort     = sort(["b", "a"])
    object   = { for k in ["a", "b"] : k => "${k}-${terraform_data.a.output[0]}" }
    cond     = length(terraform_data.a.output) > 1 ? "many" : "few"
    and      = false && terraform_data.a.output[0] == "x"
    or       = true || terraform_data.a.output[0] == "x"
    equal    = [terraform_data.a.output] == [null]
    index    = ["p", "q"][length(terraform_data.a.output) - 1]
  }
}

output "uses" {
  value = terraform_data.uses.output
}
