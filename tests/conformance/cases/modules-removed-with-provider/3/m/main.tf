provider "null" {
  alias = "own"
}
