"""Whether a type is what a schema asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iacctl.values.core import Value
    from iacctl.values.paths import Path
    from iacctl.values.types import Type


def nonconformities(got: Type, want: Type) -> list[tuple[Path, str]]:
    """Where and how `got` differs from `want` (any type fits DYNAMIC), in Terraform's words; empty if it conforms."""
    raise NotImplementedError


def conforms(value: Value, type_: Type) -> bool:
    """Whether the value's type is `type_`, any type standing for DYNAMIC there."""
    raise NotImplementedError
