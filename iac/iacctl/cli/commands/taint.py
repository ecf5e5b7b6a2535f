"""`iacctl taint`."""

from __future__ import annotations


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    from iacctl.cli.state import tainting

    return tainting.run("taint", words)
