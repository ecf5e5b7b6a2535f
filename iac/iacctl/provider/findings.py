"""What the checks of a provider's answers find."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.values import paths

if TYPE_CHECKING:
    from iacctl.values import Path


class Finding(NamedTuple):
    """A rule that an answer breaks.

    Attributes:
        path: where in the object.
        message: how, such as `was cty.StringVal("a"), but now null`.
    """

    path: Path
    message: str

    def text(self) -> str:
        """The finding with its path in front, as messages about results have it."""
        return f"{paths.text(self.path)}: {self.message}" if self.path else f"Root object {self.message}"
