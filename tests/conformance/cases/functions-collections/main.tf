locals {
  list = ["b", "a", "c", "a"]
  map  = { x = 1, y = 2 }
}

output "all" {
  value = {
    alltrue      = [alltrue([true, "true"]), alltrue([]), alltrue([true, false])]
    anytrue      = [anytrue([false, true]), anytrue([])]
    chunklist    = chunklist(local.list, 3)
    coalescelist = coalescelist([], ["x"])
    compact      = compact(["a", "", "b"])
    concat       = concat(["a"], [1], [true])
    contains     = [contains(local.list, "a"), contains(local.list, "z")]
    distinct     = distinct(local.list)
    element      = element(local.list, 5)
    flatten      = flatten([["a", ["b"]], [], "c"])
    index        = index(local.list, "c")
    keys         = keys(local.map)
    length       = [length(local.list), length(local.map), length("abc")]
    lookup       = [lookup(local.map, "x", 0), lookup(local.map, "z", 9)]
    matchkeys    = matchkeys(["i1", "i2"], ["a", "b"], ["b"])
    merge        = merge(local.map, { y = "over", z = [1] })
    one          = [one([]), one(["x"])]
    range        = [range(3), range(1, 4), range(10, 0, -4)]
    reverse      = reverse(local.list)
    setint       = setintersection(["a", "b"], ["b", "c"])
    setproduct   = setproduct(["a", "b"], [1, 2])
    setsubtract  = setsubtract(["a", "b"], ["b"])
    setunion     = setunion(["a"], ["b"])
    slice        = slice(local.list, 1, 3)
    sort         = sort(local.list)
    sum          = sum([1, 2.5])
    transpose    = transpose({ a = ["1", "2"], b = ["2"] })
    values       = values(local.map)
    zipmap       = zipmap(["a", "b"], [1, 2])
    expanded     = max([3, 9, 2]...)
  }
}
