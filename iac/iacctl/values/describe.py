"""Short descriptions of values for people, as they stand below a diagnostic's snippet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iacctl.values.core import Value


def describe(value: Value) -> str:
    """What Terraform says after a reference, such as `is "abc"`, `is list of string with 3 elements` or `has a sensitive value`."""
    raise NotImplementedError
