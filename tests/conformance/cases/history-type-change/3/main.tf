resource "terraform_data" "a" {
  input            = { a = ["text"], b = 1 }
  triggers_replace = ["text"]
}
