number = [1, 2]
object = { name = "x" }
