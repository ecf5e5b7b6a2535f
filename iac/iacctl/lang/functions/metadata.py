"""Functions as tools and messages describe them: what `metadata functions -json` prints.

Descriptions are in `descriptions.json` beside this module, which is only read when something asks for them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from iacctl.lang.functions import catalog

if TYPE_CHECKING:
    from iacctl.lang.functions.calling import Function, Parameter
    from iacctl.values import Type


def as_json() -> str:
    """The document that `metadata functions -json` prints, on one line: each function by its bare name and as `core::name`."""
    import json

    from iacctl.values.json_encoding import escaped

    signatures: dict[str, Any] = {}
    for name in catalog.names():
        function = catalog.lookup(name)
        if function is not None and name not in catalog.REMOVED_NAMES:
            signatures[name] = signatures[f"core::{name}"] = described(function)
    document = {"format_version": "1.0", "function_signatures": dict(sorted(signatures.items()))}
    return escaped(json.dumps(document, ensure_ascii=False, separators=(",", ":")))


def described(function: Function) -> dict[str, Any]:
    """A function as it is listed under its name."""
    found = signature(function)
    del found["name"]
    return found


@cache
def _descriptions() -> dict[str, Any]:
    import json
    from importlib.resources import files

    found: dict[str, Any] = json.loads(files("iacctl.lang.functions").joinpath("descriptions.json").read_text("utf-8"))
    return found


def signature(function: Function) -> dict[str, Any]:
    """A function as diagnostics describe it, with its `name` first."""
    texts = _descriptions().get(function.name, {})
    parameters = texts.get("parameters", {})
    found: dict[str, Any] = {"name": function.name}
    if "description" in texts:
        found["description"] = texts["description"]
    found["return_type"] = _type_json(function.return_type)
    if function.parameters:
        found["parameters"] = [_parameter_json(parameter, parameters) for parameter in function.parameters]
    if function.variadic is not None:
        found["variadic_parameter"] = _parameter_json(function.variadic, parameters)
    return found


def _parameter_json(parameter: Parameter, texts: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"name": parameter.name}
    if parameter.name in texts:
        found["description"] = texts[parameter.name]
    if parameter.allow_null:
        found["is_nullable"] = True
    found["type"] = _type_json(parameter.type)
    return found


def _type_json(type_: Type) -> object:
    from iacctl.values import type_to_json

    return type_to_json(type_)
