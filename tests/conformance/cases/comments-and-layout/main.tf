# a comment
// another
/* a block
   comment */
resource "terraform_data" "a" { input = "x" /* inside */ } # behind

locals { größe = 1 }

resource "terraform_data" "läufer" {
  input = [
    1, # one
    2, // two
    local.größe,
  ]
}

output "o" { value = { a = 1, "b" = 2
  c : 3,
  (local.größe) = 4
} }
