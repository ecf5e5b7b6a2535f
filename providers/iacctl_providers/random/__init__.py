"""The provider hashicorp/random: random values that are kept in state."""
