output "o0" {
  value = true ? [{ p = 1.5, r = [] }] : [{ b = [1] }]
}

output "o1" {
  value = true ? [{ p = 1.5, r = [] }] : [{ a = { x = 1 }, b = [] }]
}

output "o2" {
  value = true ? [{ p = 1.5, r = [] }] : [[1, []]]
}

output "o3" {
  value = true ? [{ p = 1.5, r = [] }] : [{ a = [1, []] }]
}

output "o4" {
  value = true ? [{ p = 1, a = 2 }] : [{ a = 1, b = [], c = 2 }]
}

output "o5" {
  value = true ? [{ p = 1, a = 2 }] : [{ a = { y = 1 }, c = 1 }]
}

output "o6" {
  value = true ? [{ p = 1, a = 2 }] : [["s", 1]]
}

output "o7" {
  value = true ? [{ a = [], b = 1 }] : [{ b = true, c = 1 }]
}

output "o8" {
  value = true ? [{ a = [], b = 1 }] : [{ a = "s", b = [] }]
}

output "o9" {
  value = true ? [{ a = [], b = 1 }] : [[[], { a = 1 }]]
}

output "o10" {
  value = true ? [{ b = [1] }] : [{ p = 1.5, r = [] }]
}

output "o11" {
  value = true ? [{ b = [1] }] : [{ a = { x = 1 }, b = [] }]
}

output "o12" {
  value = true ? [{ b = [1] }] : [[1, []]]
}

output "o13" {
  value = true ? [{ b = [1] }] : [{ a = [1, []] }]
}

output "o14" {
  value = true ? [{ a = 1, b = [], c = 2 }] : [{ p = 1, a = 2 }]
}

output "o15" {
  value = true ? [{ a = 1, b = [], c = 2 }] : [{ a = { y = 1 }, c = 1 }]
}

output "o16" {
  value = true ? [{ a = 1, b = [], c = 2 }] : [["s", 1]]
}

output "o17" {
  value = true ? [{ b = true, c = 1 }] : [{ a = [], b = 1 }]
}

output "o18" {
  value = true ? [{ b = true, c = 1 }] : [{ a = "s", b = [] }]
}

output "o19" {
  value = true ? [{ b = true, c = 1 }] : [[[], { a = 1 }]]
}

output "o20" {
  value = true ? [{ a = { x = 1 }, b = [] }] : [{ p = 1.5, r = [] }]
}

output "o21" {
  value = true ? [{ a = { x = 1 }, b = [] }] : [{ b = [1] }]
}

output "o22" {
  value = true ? [{ a = { x = 1 }, b = [] }] : [[1, []]]
}

output "o23" {
  value = true ? [{ a = { x = 1 }, b = [] }] : [{ a = [1, []] }]
}

output "o24" {
  value = true ? [{ a = { y = 1 }, c = 1 }] : [{ p = 1, a = 2 }]
}

output "o25" {
  value = true ? [{ a = { y = 1 }, c = 1 }] : [{ a = 1, b = [], c = 2 }]
}

output "o26" {
  value = true ? [{ a = { y = 1 }, c = 1 }] : [["s", 1]]
}

output "o27" {
  value = true ? [{ a = "s", b = [] }] : [{ a = [], b = 1 }]
}

output "o28" {
  value = true ? [{ a = "s", b = [] }] : [{ b = true, c = 1 }]
}

output "o29" {
  value = true ? [{ a = "s", b = [] }] : [[[], { a = 1 }]]
}

output "o30" {
  value = true ? [[1, []]] : [{ p = 1.5, r = [] }]
}

output "o31" {
  value = true ? [[1, []]] : [{ b = [1] }]
}

output "o32" {
  value = true ? [[1, []]] : [{ a = { x = 1 }, b = [] }]
}

output "o33" {
  value = true ? [[1, []]] : [{ a = [1, []] }]
}

output "o34" {
  value = true ? [["s", 1]] : [{ p = 1, a = 2 }]
}

output "o35" {
  value = true ? [["s", 1]] : [{ a = 1, b = [], c = 2 }]
}

output "o36" {
  value = true ? [["s", 1]] : [{ a = { y = 1 }, c = 1 }]
}

output "o37" {
  value = true ? [[[], { a = 1 }]] : [{ a = [], b = 1 }]
}

output "o38" {
  value = true ? [[[], { a = 1 }]] : [{ b = true, c = 1 }]
}

output "o39" {
  value = true ? [[[], { a = 1 }]] : [{ a = "s", b = [] }]
}

output "o40" {
  value = true ? [{ a = [1, []] }] : [{ p = 1.5, r = [] }]
}

output "o41" {
  value = true ? [{ a = [1, []] }] : [{ b = [1] }]
}

output "o42" {
  value = true ? [{ a = [1, []] }] : [{ a = { x = 1 }, b = [] }]
}

output "o43" {
  value = true ? [{ a = [1, []] }] : [[1, []]]
}
