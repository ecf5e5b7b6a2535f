run "x" {
  assert {
    condition = output.o == { a = 1, b = "y", l = [1,3], n = null, t = true, nest = { q = "z", w = [] } } 
    error_message = "1"
  }
  assert {
    condition = output.set == toset(["a"])
    error_message = "2"
  }
  assert {
    condition = output.s == { a = 1, b = 1 }
    error_message = "3"
  }
  assert {
    condition = var.str == "multi"
    error_message = "4"
  }
  assert {
    condition = var.str != var.str
    error_message = "5"
  }
  assert {
    condition = var.num > 2
    error_message = "6"
  }
  assert {
    condition = var.num == "x" || var.num == 3
    error_message = "7"
  }
  assert {
    condition = alltrue([for x in var.o.l : x == 1])
    error_message = "8"
  }
  assert {
    condition = !(var.num == 1.5)
    error_message = "9"
  }
  assert {
    condition = (var.num == 2)
    error_message = "10"
  }
  assert {
    condition = var.num == 1.5 && var.str == "a"
    error_message = "11"
  }
  assert {
    condition = var.num + 1 == 3
    error_message = "12"
  }
  assert {
    condition = var.num == 1.5 ? var.str == "a" : false
    error_message = "13"
  }
  assert {
    condition = contains(var.o.l, 9)
    error_message = "14"
  }
  assert {
    condition = jsonencode(var.o) == "{}"
    error_message = "15"
  }
  assert {
    condition = var.num == null
    error_message = "16"
  }
  assert {
    condition = tolist(var.o.l) == tolist([1])
    error_message = "17"
  }
  assert {
    condition = [1,var.num] == [1,2]
    error_message = "18"
  }
  assert {
    condition = tomap({a = 1}) == {a = 1} && var.num == 9
    error_message = "19"
  }
}
