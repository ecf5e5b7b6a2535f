"""The tour in the README shows what iacctl really prints."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOUR = Path(__file__).resolve().parents[2] / "examples" / "quickstart" / "tour.py"


def test_the_tour_is_true() -> None:
    done = subprocess.run([sys.executable, str(TOUR), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
