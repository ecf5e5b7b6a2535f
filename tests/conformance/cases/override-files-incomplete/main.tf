resource "terraform_data" "a" {
  bogus = 1
}
resource "terraform_data" "b" {
  connection { 
    user = "x" 
  }
  provisioner "local-exec" {
    command = "x"
    connection { 
      host = "x" 
      zzz = 1
    }
  }
}
data "terraform_remote_state" "x" {
  config = {}
}
