"""Resource types that users declare in a JSON file."""

from __future__ import annotations

import os
from pathlib import Path
from types import new_class
from typing import TYPE_CHECKING, Any, Final, cast

from iacctl import values
from iacctl_providers import sdk
from iacctl_providers.mock.objects import MockData, MockResource
from iacctl_providers.mock.sessions import MockEphemeral

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl_providers.mock.actions import MockAction

VARIABLE: Final = "IACCTL_MOCK_TYPES"
"""Names the file with the declarations."""

DEFAULT_FILE: Final = "mock.json"
"""The file that is read, in the working directory, when `VARIABLE` is not set."""

_FLAGS: Final = ("required", "optional", "computed", "sensitive", "write_only", "force_new", "keep")


class DeclarationError(Exception):
    """The file with the declarations is wrong."""


def declarations(*, ephemeral: bool = False, action: bool = False) -> Mapping[str, Any]:
    """The declared resource types, or else the ephemeral ones, or the actions, by name, as JSON data: `{}` when there is no file.

    Raises:
        DeclarationError: the file can't be read, or is not JSON.
    """
    from json import loads

    named = os.environ.get(VARIABLE)
    path = Path(named or DEFAULT_FILE)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if named:
            raise DeclarationError(f"{VARIABLE} names a file that does not exist: {named}") from None
        return {}
    except OSError as problem:
        raise DeclarationError(str(problem)) from None
    try:
        data = loads(text)
    except ValueError as problem:
        raise DeclarationError(f"{path}: {problem}") from None
    if not isinstance(data, dict) or not all(isinstance(item, dict) for item in data.values()):
        raise DeclarationError(f"{path} must hold a JSON object with an object for every resource type")
    wanted = (ephemeral, action)
    return {
        name: item for name, item in data.items() if (bool(item.get("ephemeral")), bool(item.get("action"))) == wanted
    }


def resource_class(name: str, declaration: Mapping[str, Any]) -> type[MockResource]:
    """The class of a declared resource type. Raises DeclarationError."""
    body = _body(name, declaration)
    made = new_class(_class_name(name), (MockResource,), {"version": declaration.get("version", 0)}, _fill(body, name))
    made.__doc__ = declaration.get("description", "")
    return cast("type[MockResource]", made)


def data_class(name: str, declaration: Mapping[str, Any]) -> type[MockData]:
    """The class of the data source that finds objects of a declared type. Raises DeclarationError."""
    attributes = {
        key: {"type": item.get("type", "string"), "optional": True, "computed": True}
        for key, item in declaration.get("attributes", {}).items()
        if not item.get("write_only")
    }
    body = _body(name, {"attributes": attributes})
    made = new_class(_class_name(name), (MockData,), {}, _fill(body, name))
    return cast("type[MockData]", made)


def ephemeral_class(name: str, declaration: Mapping[str, Any]) -> type[MockEphemeral]:
    """The class of a declared ephemeral type. Raises DeclarationError."""
    own = {key: item for key, item in declaration.items() if key not in ("ephemeral", "renew_after")}
    body = _body(name, own, ephemeral=True)
    body["renew_after"] = declaration.get("renew_after")
    made = new_class(_class_name(name), (MockEphemeral,), {}, _fill(body, name))
    made.__doc__ = declaration.get("description", "")
    return cast("type[MockEphemeral]", made)


def action_class(name: str, declaration: Mapping[str, Any]) -> type[MockAction]:
    """The class of a declared action. Raises DeclarationError."""
    from iacctl_providers.mock.actions import MockAction

    own = {key: item for key, item in declaration.items() if key != "action"}
    made = new_class(_class_name(name), (MockAction,), {}, _fill(_body(name, own, ephemeral=True), name))
    made.__doc__ = declaration.get("description", "")
    return made


def _class_name(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _python_name(name: str) -> str:
    taken = name.endswith("_") or any(hasattr(base, name) for base in (MockResource, MockData, MockEphemeral))
    return f"{name}_" if taken else name


def _fill(body: Mapping[str, Any], type_name: str) -> Callable[[dict[str, Any]], None]:
    return lambda namespace: namespace.update(body, type_name=type_name)


def _body(where: str, declaration: Mapping[str, Any], *, ephemeral: bool = False) -> dict[str, Any]:
    unknown = declaration.keys() - {"attributes", "blocks", "version", "description", "nesting", "min", "max"}
    if unknown:
        raise DeclarationError(f"{where}: unknown key {sorted(unknown)[0]!r}")
    body: dict[str, Any] = {}
    for name, item in declaration.get("attributes", {}).items():
        if name == "id" and not ephemeral and where.count(".") == 0:
            raise DeclarationError(f"{where}: every type has an id, it can't be declared")
        body[_python_name(name)] = _attribute(f"{where}.{name}", item)
    for name, item in declaration.get("blocks", {}).items():
        nested = new_class(_class_name(name), (sdk.Nested,), {}, _fill(_body(f"{where}.{name}", item), name))
        nesting = item.get("nesting", "list")
        if nesting == "single":
            body[_python_name(name)] = sdk.block(nested)
        elif nesting in ("list", "set"):
            body[_python_name(name)] = sdk.blocks(
                nested, nesting=nesting, min_items=item.get("min", 0), max_items=item.get("max", 0)
            )
        else:
            raise DeclarationError(f"{where}.{name}: nesting must be single, list or set, not {nesting!r}")
    return body


def _kind(where: str, declaration: Mapping[str, Any]) -> sdk.Kind[Any]:
    try:
        return sdk.of_type(values.type_from_json(declaration.get("type", "string")))
    except (ValueError, TypeError, KeyError):
        raise DeclarationError(f"{where}: not a type: {declaration.get('type')!r}") from None


def _nested_kind(where: str, declaration: Mapping[str, Any]) -> sdk.Kind[Any]:
    """What holds objects with attributes of their own."""
    nested = new_class("Nested", (sdk.Nested,), {}, _fill(_body(where, {"attributes": declaration["attributes"]}), where))
    nestings: dict[str, Callable[[type[sdk.Nested]], sdk.Kind[Any]]] = {
        "single": sdk.single,
        "list": sdk.list_of,
        "set": sdk.set_of,
        "map": sdk.map_of,
    }
    nest = nestings.get(declaration.get("nesting", "single"))
    if nest is None:
        raise DeclarationError(f"{where}: nesting must be single, list, set or map, not {declaration['nesting']!r}")
    return nest(nested)


def _attribute(where: str, declaration: Mapping[str, Any]) -> Any:
    unknown = declaration.keys() - {*_FLAGS, "type", "default", "description", "attributes", "nesting"}
    if unknown:
        raise DeclarationError(f"{where}: unknown key {sorted(unknown)[0]!r}")
    kind = _nested_kind(where, declaration) if "attributes" in declaration else _kind(where, declaration)
    flags = {flag: bool(declaration.get(flag)) for flag in _FLAGS}
    default = declaration.get("default")
    if not (flags["optional"] or flags["computed"] or flags["required"] or default is not None):
        flags["optional"] = True
    declare: Any = kind
    try:
        attribute = declare(default=default, description=declaration.get("description", ""), **flags)
        attribute.kind.dump(default)
    except TypeError as problem:
        raise DeclarationError(f"{where}: {problem}") from None
    return attribute
