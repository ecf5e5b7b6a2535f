"""Random expressions give what Terraform gives. The seeds are fixed; `python -m tests.lang.generator` takes others."""

from __future__ import annotations

import pytest

from .generator import disagreements

SEEDS = (304, 305)
COUNT = 400


@pytest.mark.parametrize("seed", SEEDS)
def test_expressions(seed: int) -> None:
    found = disagreements(seed, COUNT)
    assert not found, f"{len(found)} of {COUNT} differ:\n" + "\n".join(found)
