run "x" {
 assert {
  condition = terraform_data
 error_message = a.b.c.d[0]
 }
 assert {
  condition = output
 error_message = run
 }
 assert {
  condition = var.x["a"].b
 error_message = module.x[0].y
 }
}
