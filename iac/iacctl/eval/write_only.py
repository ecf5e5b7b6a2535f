"""Write-only arguments: handed to a provider, and never to come back from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.provider.paths import write_only_paths

if TYPE_CHECKING:
    from iacctl.eval.calls import Asking
    from iacctl.values import Value


def kept_apart(asking: Asking, state: Value, summary: str, when: str, who: str = "") -> bool:
    """Whether an object holds no value of a write-only attribute; each that it holds is reported.

    Args:
        asking: the provider, and the object's address.
        state: the object as the provider gave it.
        summary: of the reports.
        when: what the provider was doing, with a space in front; may be empty.
        who: the subject of the sentence that says so; by default the provider.
    """
    if not asking.schema.block.has_write_only:
        return True
    found = write_only_paths(asking.schema.block, state)
    for path in found:
        asking.diags.error(
            summary,
            f"{who or f'Provider {asking.quoted_config}'} returned a value for the write-only attribute "
            f'"{asking.address}{values.paths.text(path)}"{when}. Write-only attributes cannot be read back from the provider. '
            "This is a bug in the provider, which should be reported in the provider's own issue tracker.",
        )
    return not found
