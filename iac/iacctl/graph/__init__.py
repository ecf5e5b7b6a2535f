"""The dependency graph and its ordered, parallel walk; `analysis` holds what needs real graph algorithms."""
