module "two" {
  source = "./a"
}
