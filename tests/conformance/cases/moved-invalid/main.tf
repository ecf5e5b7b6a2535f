resource "terraform_data" "still" {
}

moved {
  from = terraform_data.still
  to   = terraform_data.other
}

resource "terraform_data" "counted" {
  count = 2
  input = "x"
}

moved {
  from = terraform_data.counted[1]
  to   = terraform_data.counted_new[0]
}

resource "terraform_data" "each" {
  for_each = toset(["k"])
  input = "x"
}

moved {
  from = terraform_data.each["k"]
  to   = terraform_data.each_new["k"]
}

module "call" {
  source = "./m"
}

moved {
  from = module.call
  to   = module.call_new
}

module "calls" {
  source = "./m"
  count = 2
}

moved {
  from = module.calls[1]
  to   = module.calls_new
}

moved {
  from = module.call.terraform_data.r
  to   = terraform_data.r
}

moved {
  from = module.calls[0].terraform_data.r
  to   = terraform_data.r0
}

moved {
  from = module.calls.terraform_data.r
  to   = terraform_data.r1
}

moved {
  from = terraform_data.same
  to   = terraform_data.same
}

moved {
  from = module.same[0]
  to   = module.same[0]
}

moved {
  from = terraform_data.one
  to   = terraform_data.first
}

moved {
  from = terraform_data.one
  to   = terraform_data.second
}

moved {
  from = terraform_data.two
  to   = terraform_data.second
}

moved {
  from = module.one
  to   = module.first
}

moved {
  from = module.two
  to   = module.first
}

moved {
  from = terraform_data.one[0]
  to   = terraform_data.i[0]
}

moved {
  from = terraform_data.one[0]
  to   = terraform_data.i[1]
}

moved {
  from = terraform_data.two[0]
  to   = terraform_data.i[1]
}

moved {
  from = module.one[0]
  to   = module.i[0]
}

moved {
  from = module.two[0]
  to   = module.i[0]
}
