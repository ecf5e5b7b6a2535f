resource "terraform_data" "new" {
  triggers_replace = "2"
}

resource "terraform_data" "updated_new" {
  input = "2"
}

resource "terraform_data" "cbd_new" {
  triggers_replace = "2"

  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "uses" {
  input = terraform_data.new.id
}

moved {
  from = terraform_data.old
  to   = terraform_data.new
}

moved {
  from = terraform_data.updated
  to   = terraform_data.updated_new
}

moved {
  from = terraform_data.cbd
  to   = terraform_data.cbd_new
}
