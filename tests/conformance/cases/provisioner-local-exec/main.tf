variable "name" {
  default = "world"
}

resource "terraform_data" "other" {
  input = "other"
}

resource "terraform_data" "all" {
  input = "given"

  provisioner "local-exec" {
    command = "echo hello ${var.name} from ${self.input} and ${terraform_data.other.input}; echo errors >&2"
  }

  provisioner "local-exec" {
    command     = "echo $GREETING; echo $NUMBER; echo \"[$NOTHING]\"; basename $PWD"
    interpreter = ["/bin/bash", "-eu", "-c"]
    working_dir = path.module
    environment = {
      GREETING = "good\tday"
      NUMBER   = 5
      NOTHING  = ""
      ABSENT   = null
    }
  }

  provisioner "local-exec" {
    when        = create
    on_failure  = fail
    command     = "print('no shell', 1 + 1); print(); print('  ends in blanks   ')"
    interpreter = ["python3", "-c"]
    quiet       = true
  }

  provisioner "local-exec" {
    command = "printf 'one\\rtwo\\nthree'"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo bye ${self.input} ${terraform.workspace}"
  }

  provisioner "local-exec" {
    when       = destroy
    on_failure = continue
    command    = "echo not noticed; exit 1"
  }
}
