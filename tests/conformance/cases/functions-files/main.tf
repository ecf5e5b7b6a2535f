module "m" {
  source = "./m"
}

resource "terraform_data" "rendered" {
  input = templatefile("${path.module}/hello.tftpl", { names = ["ann", "bob"], on = true })
}

output "all" {
  value = {
    file         = file("${path.module}/data.txt")
    fileexists   = [fileexists("data.txt"), fileexists("missing.txt")]
    fileset      = fileset(path.module, "**/*.txt")
    filebase64   = filebase64("data.txt")
    filesha256   = filesha256("data.txt")
    filemd5      = filemd5("data.txt")
    basename     = basename("/a/b.txt")
    dirname      = dirname("/a/b.txt")
    abspath      = basename(abspath("x"))
    module       = path.module
    root         = path.root
    child        = module.m.paths
    workspace    = terraform.workspace
  }
}
