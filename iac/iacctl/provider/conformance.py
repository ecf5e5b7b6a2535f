"""What a provider's answers must satisfy: the checks that Terraform makes, in Terraform's words.

Every check gives findings: the path of what is wrong, and a message without the path. Sets are not looked into where
Terraform does not, either: their elements cannot be told apart once they change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl import values
from iacctl.provider.compatibility import assert_object_compatible
from iacctl.provider.findings import Finding
from iacctl.provider.plan_validity import assert_plan_valid
from iacctl.values import conformance as types_conformance

if TYPE_CHECKING:
    from iacctl.provider.schema import Block
    from iacctl.values import Path, Type, Value

__all__ = ["Finding", "assert_conforms", "assert_object_compatible", "assert_plan_valid", "unknown_paths"]


def assert_conforms(block: Block, value: Value) -> list[Finding]:
    """Check that an object has the type that the schema says."""
    want = block.object_type
    if _plainly_conforms(value, want):
        return []
    if value is values.null_of(want) or types_conformance.conforms(value, want):
        return []
    return [Finding(path, message) for path, message in types_conformance.nonconformities(values.type_of(value), want)]


_SCALARS: Final[dict[type, Type]] = {
    str: values.STRING,
    bool: values.BOOL,
    int: values.NUMBER,
    values.BigFloat: values.NUMBER,
}


def _plainly_conforms(value: Value, want: values.ObjectType) -> bool:
    """The quick way to say yes for an object whose attributes are scalars, collections and values of any type."""
    if not isinstance(value, (dict, values.ObjectValue)):
        return False
    held = value if isinstance(value, dict) else value.attributes
    if held.keys() != want.attributes.keys():
        return False
    for name, type_ in want.attributes.items():
        item = held[name]
        if type_ is not values.DYNAMIC and type_ is not (_SCALARS.get(type(item)) or getattr(item, "type", None)):
            return False
    return True


def unknown_paths(value: Value) -> list[Path]:
    """Where unknown values are in an object; none may be left after an apply."""
    if values.is_wholly_known(value):
        return []
    found: list[Path] = []

    def visit(path: Path, part: Value) -> bool:
        if type(part) is values.Unknown:
            found.append(path)
        return not values.is_wholly_known(part)

    values.paths.walk(value, visit)
    return found
