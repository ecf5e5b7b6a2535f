resource "terraform_data" "a" {
  input            = ["text"]
  triggers_replace = "text"
}
