resource "terraform_data" "n" {
  input = {
    big      = 123456789012345678901234567890
    product  = 99999999999 * 99999999999
    fraction = 0.1 + 0.2
    third    = 1 / 3
    small    = 1e-10
    exponent = 1.5e3
    huge     = 1e100
    integral = 6 / 2
    negative = -0.5
    parsed   = parseint("ff", 16)
    text     = "${1 / 3} ${1e21} ${123456789012345678901234567890} ${0.1 + 0.2} ${1.50}"
  }
}

output "all" {
  value = terraform_data.n.output
}

output "third" {
  value = 1 / 3
}

output "big" {
  value = 123456789012345678901234567890.5
}

output "functions" {
  value = [abs(-3.5), ceil(1.2), floor(-1.2), log(8, 2), max(1, 5, 3), min(4, 2), signum(-9), ceil(5), floor(5.9)]
}
