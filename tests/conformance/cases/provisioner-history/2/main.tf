resource "terraform_data" "log" {
  provisioner "local-exec" {
    command = ": > ran.txt"
  }
}

resource "terraform_data" "counted" {
  count = 1
  input = count.index

  provisioner "local-exec" {
    command = "echo created counted ${count.index} ${self.input} ${terraform_data.log.input == null} >> counted.txt"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo destroyed counted ${count.index} ${self.input} >> counted-${count.index}.txt"
  }
}

resource "terraform_data" "keyed" {
  for_each = { b = "y" }
  input    = each.value

  provisioner "local-exec" {
    command = "echo created keyed ${each.key} ${each.value} > keyed-${each.key}.txt"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo destroyed keyed ${each.key} ${self.input} > keyed-${each.key}.txt"
  }
}

resource "terraform_data" "replaced" {
  triggers_replace = "2"

  provisioner "local-exec" {
    command = "echo created ${self.triggers_replace} >> replaced.txt"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo destroyed ${self.triggers_replace} >> replaced.txt"
  }
}

resource "terraform_data" "first" {
  triggers_replace = "2"

  lifecycle {
    create_before_destroy = true
  }

  provisioner "local-exec" {
    command = "echo created ${self.triggers_replace} >> first.txt"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo destroyed ${self.triggers_replace} >> first.txt"
  }
}


output "files" {
  value = { for name in sort(fileset(path.module, "*.txt")) : name => file(name) if name != "counted.txt" }
}

removed {
  from = terraform_data.removed

  lifecycle {
    destroy = true
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo removed ${self.input} >> removed.txt"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo again >> removed.txt"
  }
}
