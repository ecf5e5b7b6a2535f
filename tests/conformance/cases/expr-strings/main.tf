variable "name" {
  default = "world"
}

locals {
  names = ["ann", "bob", "cäc"]
}

output "interpolation" {
  value = "hello ${var.name}${"!"} ${1 + 1} ${true}"
}

output "escapes" {
  value = "tab\there \"quoted\" back\\slash \u00e9 \U0001F600 $${literal} %%{literal} new\nline"
}

output "directives" {
  value = "%{if var.name == "world"}yes%{else}no%{endif}:%{for n in local.names}[${n}]%{endfor}"
}

output "strip" {
  value = <<-EOT
    %{~for i, n in local.names~}
    ${i}=${upper(n)};
    %{~endfor~}
    end
  EOT
}

output "heredoc" {
  value = <<EOT
  indented ${var.name}
    more
EOT
}

output "flush" {
  value = <<-EOT
    first
      second
    third
  EOT
}

output "nested" {
  value = "a${"b${"c${var.name}"}"}"
}

output "unwrapped" {
  value = "${local.names}"
}

output "single" {
  value = "${length(local.names)}"
}

output "empty" {
  value = ""
}

output "unicode" {
  value = "naïve 日本 ${length("日本")} e\u0301"
}

output "html" {
  value = "<a href=\"x\">&</a>"
}
