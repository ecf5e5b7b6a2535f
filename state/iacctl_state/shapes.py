"""What is wrong with a part of a state file that is not what it should be.

The reader only asks whether a part is as expected; these functions are for the case that it is not, and find words.
Values are never shown (they may be secret), only kinds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl_state.document import NumberLiteral
from iacctl_state.errors import ShapeError
from iacctl_state.json_text import compact

if TYPE_CHECKING:
    from iacctl_state.document import InstanceKey, Json

METADATA = "Invalid resource instance metadata in state"


def kind(value: Json) -> str:
    """What a JSON value is, in words."""
    if value is None:
        return "null"
    if type(value) is bool:
        return "a boolean"
    if type(value) is int or type(value) is NumberLiteral:
        return f"the number {compact(value)}"
    if type(value) is str:
        return "a string"
    return "an array" if type(value) is list else "an object"


def wrong(path: str, expected: str, value: Json) -> ShapeError:
    """The error for a value that should be something else."""
    return ShapeError(path, f"must be {expected}, not {kind(value)}")


def resource_fault(fields: dict[str, Json], path: str) -> ShapeError:
    """The error for a resource whose mode, type, name, module or provider is not acceptable."""
    for name in ("module", "mode", "type", "name", "provider"):
        value = fields.get(name)
        if value is None and name == "module":
            continue
        if value is None:
            return ShapeError(path, f'lacks the "{name}" attribute')
        if type(value) is not str:
            return wrong(f"{path}.{name}", "a string", value)
    if fields["mode"] not in ("managed", "data"):
        return ShapeError(
            f"{path}.mode",
            f'must be "managed" or "data", not {compact(fields["mode"])}',
            summary="Invalid resource mode in state",
        )
    return ShapeError(f"{path}.module", 'must be a module instance address, which begins with "module."')


def check_instance(fields: dict[str, Json], path: str) -> InstanceKey:
    """Look at every field of an instance that is unusual in some way.

    Args:
        fields: The instance as it stands in the file.
        path: Where it stands.

    Returns:
        The instance key: unusual is not always wrong.

    Raises:
        ShapeError: A field is not what it should be.
    """
    for name in ("attributes", "attributes_flat"):
        value = fields.get(name)
        if value is not None and type(value) is not dict:
            raise wrong(f"{path}.{name}", "an object", value)
    for name, value in (fields.get("attributes_flat") or {}).items():
        if type(value) is not str:
            raise wrong(f"{path}.attributes_flat[{compact(name)}]", "a string", value)
    for name in ("sensitive_attributes", "dependencies"):
        value = fields.get(name)
        if value is not None and type(value) is not list:
            raise wrong(f"{path}.{name}", "an array", value)
    for name in ("schema_version", "identity_schema_version"):
        value = fields.get(name)
        if value is not None and (type(value) is not int or value < 0):
            raise wrong(f"{path}.{name}", "a whole number", value)
    private = fields.get("private")
    if private is not None and type(private) is not str:
        raise wrong(f"{path}.private", "a string", private)
    replaced_first = fields.get("create_before_destroy")
    if replaced_first is not None and type(replaced_first) is not bool:
        raise wrong(f"{path}.create_before_destroy", "true or false", replaced_first)
    status = fields.get("status")
    if status not in (None, "", "tainted"):
        found = compact(status) if type(status) is str else kind(status)
        raise ShapeError(f"{path}.status", f'must be "tainted" or absent, not {found}', summary=METADATA)
    key = fields.get("index_key")
    if type(key) is NumberLiteral and _is_whole(key.text):
        return int(key.text.partition(".")[0])
    if key is None or type(key) is int or type(key) is str:
        return key
    raise ShapeError(f"{path}.index_key", f"must be a string or a whole number, not {kind(key)}", summary=METADATA)


def _is_whole(text: str) -> bool:
    whole, point, fraction = text.partition(".")
    return whole.lstrip("-").isdigit() and point == "." and not fraction.strip("0")
