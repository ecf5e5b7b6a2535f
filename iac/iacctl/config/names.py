"""What may be a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.hcl.names import is_name

if TYPE_CHECKING:
    from iacctl.diag import Diagnostics, Range

BAD_NAME: Final = (
    "A name must start with a letter or underscore and may contain only letters, digits, underscores, and dashes."
)


def check_name(text: str, what: str, place: Range, diags: Diagnostics) -> None:
    """Report a label that is no name; `what` completes "Invalid … name"."""
    if not text.isidentifier() and not is_name(text):
        diags.error(f"Invalid {what} name", BAD_NAME, place)


def check_provider_name(name: str, place: Range, diags: Diagnostics, *, implied: bool = False) -> bool:
    """Report a provider's local name that is not in its normal form: lower case letters, digits and single inner dashes.

    Args:
        name: the local name.
        place: what to point at.
        diags: gets the report.
        implied: whether the name comes from a resource type.

    Returns:
        Whether the name is fine.
    """
    problem = provider_part_problem(name)
    if problem is not None:
        said = (
            f'"{name}" is an invalid implied provider local name'
            if implied
            else f"{name} is an invalid provider local name"
        )
        diags.error("Invalid provider local name", f"{said}: {problem}", place)
        return False
    normal = name.lower()
    if name != normal:
        if implied:
            return True
        diags.error(
            "Invalid provider local name",
            f'Provider names must be normalized. Replace "{name}" with "{normal}" to fix this error.',
            place,
        )
        return False
    return True


def provider_part_problem(text: str) -> str | None:
    """Why the text cannot be a part of a provider's source address; None if it can."""
    if not text:
        return "must have at least one character"
    if "." in text:
        return "dots are not allowed"
    if "--" in text:
        return "cannot use multiple consecutive dashes"
    if text[0] == "-" or text[-1] == "-" or not all(char.isalnum() or char == "-" for char in text):
        return "must contain only letters, digits, and dashes, and may not use leading or trailing dashes"
    return None
