output "all" {
  value = {
    chomp      = chomp("a\n\n")
    format     = format("%s %d %5.2f %q %v %05d %-5s| %x %t %%", "a", 3, 1.5, "q\"", [1], 42, "ab", 255, true)
    formatlist = formatlist("%s-%d", ["a", "b"], [1, 2])
    indent     = indent(2, "a\nb\nc")
    join       = join(",", ["a", "b", "c"])
    lower      = lower("ÀB")
    regex      = regex("([a-z]+)-(\\d+)", "abc-123")
    named      = regex("(?P<word>[a-z]+)", "123abc")
    regexall   = regexall("\\d", "a1b2")
    replace    = replace("hello", "l", "L")
    replace_re = replace("hello", "/l+/", "[$0]")
    split      = split(",", "a,b,,c")
    strrev     = strrev("añb")
    substr     = [substr("hello", 1, 3), substr("hello", -3, -1), substr("hello", 2, 100)]
    title      = title("hello world")
    trim       = trim("--a--", "-")
    trimprefix = trimprefix("helloworld", "hello")
    trimsuffix = trimsuffix("helloworld", "world")
    trimspace  = trimspace("  a \n")
    upper      = upper("straße")
    starts     = startswith("abc", "ab")
    ends       = endswith("abc", "bc")
    contains   = strcontains("abc", "b")
    templates  = templatestring(local.template, { name = "x" })
  }
}

locals {
  template = "hi $${name}"
}
