"""Parts of the language that are read and checked but not carried out yet.

They are refused rather than passed over. Whoever teaches the engine one of them takes its line out here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl.config.model import Module
    from iacctl.diag import Diagnostics, Range

TAG: Final = "unsupported"
"""The tag of these diagnostics."""


def check(root: Module, diags: Diagnostics) -> None:
    """Report every use of what the engine does not do."""
    for module in root.walk():
        for what, place in _uses(module):
            diags.error(
                f"Unsupported feature: {what}", f"This version of iacctl does not support {what}.", place, tag=TAG
            )


def _uses(module: Module) -> Iterator[tuple[str, Range]]:
    if module.cloud is not None and not module.path:
        yield "HCP Terraform (cloud blocks)", module.cloud
    if module.encryption is not None and module.encryption.encrypts and not module.path:
        yield "encryption of states and plan files", module.encryption.range
