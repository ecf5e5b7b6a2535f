"""From what is wanted and what was there to a frozen plan: refresh, diff, replacement, ordering, checks."""
