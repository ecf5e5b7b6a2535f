resource "terraform_data" "many" {
  count = 100
  input = count.index
}

resource "terraform_data" "sum" {
  input = {
    inputs = sum([for r in terraform_data.many : r.input])
    last   = terraform_data.many[99].output
    list   = range(200)
    deep   = { a = { b = { c = { d = { e = { f = { g = [[[[["deep"]]]]] } } } } } } }
  }
}

output "sum" {
  value = terraform_data.sum.output
}
