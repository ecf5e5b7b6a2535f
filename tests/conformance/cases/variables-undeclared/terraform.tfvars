stray = "x"
known = "t"
