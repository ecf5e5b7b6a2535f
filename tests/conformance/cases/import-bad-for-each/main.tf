resource "terraform_data" "a" {
}

import {
  to = terraform_data.a
  id = each.value
  for_each = 5
}
