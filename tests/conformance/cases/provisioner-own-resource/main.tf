resource "terraform_data" "single" {
  input = "v"

  provisioner "local-exec" {
    command = "echo ${terraform_data.single.input} ${terraform_data.single.id == self.id} > single.txt"
  }
}

resource "terraform_data" "counted" {
  count = 3
  input = "v${count.index}"

  provisioner "local-exec" {
    command = "echo ${terraform_data.counted[1].input} ${terraform_data.counted[1].id != ""} > counted${count.index}.txt"
  }
}

resource "terraform_data" "keyed" {
  for_each = { x = "1", y = "2" }
  input    = each.value

  provisioner "local-exec" {
    command = "echo ${terraform_data.keyed["x"].input} > keyed-${each.key}.txt"
  }
}

output "files" {
  value = { for name in sort(fileset(path.module, "*.txt")) : name => file(name) }
}
