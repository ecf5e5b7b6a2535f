"""`python -m iacctl`."""

from __future__ import annotations

from iacctl.cli.main import run

if __name__ == "__main__":
    run()
