"""Moves: `moved` blocks and what they do to the prior state before anything else is planned."""
