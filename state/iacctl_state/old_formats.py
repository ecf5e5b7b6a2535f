"""State files of the format versions 1, 2 and 3, brought to version 4 step by step.

Terraform wrote them before 0.6, before 0.7 and before 0.12. What becomes of each field is what Terraform 1.15 makes of
it: attributes stay in their flat form until their provider upgrades them, providers get the addresses of a registry
without namespaces, and dependencies are dropped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iacctl_state.errors import FormatError
from iacctl_state.json_text import compact, escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl_state.document import Json

_ROOT: Final = "root"
_COUNT: Final = ".#"
_PROVIDER: Final = re.compile(r"(?P<module>(?:module\.[^.]+\.)*)provider\.(?P<type>[^.]+)(?:\.(?P<alias>.+))?")


def upgrade(data: dict[str, Json]) -> dict[str, Json]:
    """Bring a parsed document of version 1, 2 or 3 to version 4.

    Args:
        data: The document; it is not changed.

    Raises:
        FormatError: A part of it is not what it should be.
    """
    try:
        return _from_third(_from_first(data) if data["version"] == 1 else data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _failed(f"a part of it has another shape than it should have ({error})") from error


def _failed(reason: str) -> FormatError:
    return FormatError(
        "State format upgrade failed", f"Error upgrading state file format from version 3 to version 4: {reason}."
    )


# -- version 1 ---------------------------------------------------------------------------------------------------


def _from_first(data: dict[str, Json]) -> dict[str, Json]:
    """Version 1 had outputs without types, resources without ids of their providers, and tainted objects apart."""
    modules = []
    for module in _listed(data.get("modules")):
        outputs = {
            name: {"type": "string", "value": value, "sensitive": False}
            for name, value in (module.get("outputs") or {}).items()
        }
        resources = {}
        for name, resource in (module.get("resources") or {}).items():
            objects = [_first_object(item) for item in _listed(resource.get("deposed"))]
            primary = resource.get("primary")
            resources[name] = {
                **resource,
                "deposed": objects,
                "primary": None if primary is None else _first_object(primary),
            }
        modules.append({**module, "outputs": outputs, "resources": resources})
    return {**data, "version": 2, "modules": modules}


def _first_object(item: dict[str, Json]) -> dict[str, Json]:
    attributes = item.get("attributes") or {}
    return {**item, "attributes": _with_map_counts(attributes)}


def _with_map_counts(attributes: dict[str, str]) -> dict[str, str]:
    """Version 1 counted the elements of maps as those of lists: ``tags.#`` becomes ``tags.%`` if the keys are names."""
    found = dict(attributes)
    for key in attributes:
        if not key.endswith(_COUNT):
            continue
        prefix = key[: -len(_COUNT)] + "."
        below = [name[len(prefix) :] for name in attributes if name.startswith(prefix) and name != key]
        if any(not name.partition(".")[0].isdigit() for name in below):
            found[prefix + "%"] = found.pop(key)
    return found


# -- version 3 ---------------------------------------------------------------------------------------------------


class _Address(NamedTuple):
    """What the key of a resource says: ``data.null_data_source.x.0``."""

    mode: str
    type: str
    name: str
    key: int | None


def _from_third(data: dict[str, Json]) -> dict[str, Json]:
    outputs: dict[str, Json] = {}
    resources: dict[tuple[str, str, str, str], dict[str, Json]] = {}
    for module in _listed(data.get("modules")):
        path = module.get("path") or []
        if not path or path[0] != _ROOT:
            shown = ", ".join(f'"{name}"' for name in path)
            raise _failed(f"state contains invalid module path []string{{{shown}}}")
        where = ".".join(f"module.{name}" for name in path[1:])
        if not where:
            outputs = {name: _output(item) for name, item in (module.get("outputs") or {}).items()}
        for text, resource in (module.get("resources") or {}).items():
            address = _address(text)
            key = (where, address.mode, address.type, address.name)
            if key not in resources:
                resources[key] = _resource(where, address, resource)
            resources[key]["instances"] += _instances(address, resource)
    return {
        "version": 4,
        "terraform_version": data.get("terraform_version"),
        "serial": data.get("serial", 0),
        "lineage": data.get("lineage") or "",
        "outputs": outputs,
        "resources": list(resources.values()),
    }


def _address(text: str) -> _Address:
    parts = text.split(".")
    mode = "managed"
    if parts[0] == "data":
        mode, parts = "data", parts[1:]
    if not 2 <= len(parts) <= 3:
        raise _failed(f"invalid internal resource address format: {text}")
    if len(parts) == 2:
        return _Address(mode, parts[0], parts[1], None)
    if not parts[2].isdigit():
        raise _failed(f"error parsing internal resource address {text}: the index is no number")
    return _Address(mode, parts[0], parts[1], int(parts[2]))


def _resource(where: str, address: _Address, resource: dict[str, Json]) -> dict[str, Json]:
    found: dict[str, Json] = {"module": where} if where else {}
    provider = _provider(resource.get("provider") or "", address.type, where)
    return {
        **found,
        "mode": address.mode,
        "type": address.type,
        "name": address.name,
        "provider": provider,
        "instances": [],
    }


def _provider(text: str, type_name: str, where: str) -> str:
    """``module.a.provider.aws.west`` as an address of today; without any, the resource type's in its module."""
    if not text:
        return _provider_text(f"{where}." if where else "", type_name.partition("_")[0], "")
    if text.startswith(("provider.", "module.")):
        found = _PROVIDER.fullmatch(text)
        if found is None:
            raise _failed(f"invalid legacy provider configuration reference {text!r}")
        return _provider_text(found["module"], found["type"], found["alias"] or "")
    name, _, alias = text.partition(".")  # before 0.11: the name alone
    return _provider_text("", name, alias)


def _provider_text(module: str, kind: str, alias: str) -> str:
    return f'{module}provider["registry.terraform.io/-/{kind}"]' + (f".{alias}" if alias else "")


def _instances(address: _Address, resource: dict[str, Json]) -> Iterable[dict[str, Json]]:
    """The objects of an instance: first the deposed ones, which Terraform numbers, then the current one."""
    found = []
    primary = resource.get("primary")
    if primary is not None:
        found.append(_object(address, primary, ""))
    for number, item in enumerate(_listed(resource.get("deposed")), 1):
        found.append(_object(address, item, f"{number:08x}"))
    return found


def _object(address: _Address, item: dict[str, Json], deposed: str) -> dict[str, Json]:
    meta: dict[str, Any] = dict(item.get("meta") or {})
    schema_version = 0
    try:
        schema_version = int(meta.get("schema_version", 0))
    except (TypeError, ValueError):
        pass  # it stays where it is
    else:
        meta.pop("schema_version", None)
    attributes = item.get("attributes")
    found: dict[str, Json] = {} if address.key is None else {"index_key": address.key}
    if item.get("tainted"):
        found["status"] = "tainted"
    if deposed:
        found["deposed"] = deposed
    found["schema_version"] = schema_version
    found["attributes_flat"] = {"id": item.get("id") or ""} if attributes is None else attributes
    if meta:
        from base64 import b64encode

        found["private"] = b64encode(escape(compact(dict(sorted(meta.items())))).encode()).decode()
    return found


def _output(item: dict[str, Json]) -> dict[str, Json]:
    value = item.get("value")
    type_ = _implied(value)
    if type(value) is list and value and all(type(element) is str for element in value):
        type_ = ["list", "string"]
    elif type(value) is dict and value and all(type(element) is str for element in value.values()):
        type_ = ["map", "string"]
    found: dict[str, Json] = {"value": value, "type": type_}
    if item.get("sensitive"):
        found["sensitive"] = True
    return found


def _implied(value: Json) -> Json:
    """The type of a value that was written without one."""
    if type(value) is list:
        return ["tuple", [_implied(item) for item in value]]
    if type(value) is dict:
        return ["object", {name: _implied(item) for name, item in value.items()}]
    if type(value) is bool:
        return "bool"
    return "string" if type(value) is str else "dynamic" if value is None else "number"


def _listed(value: Json) -> list[Json]:
    return value if type(value) is list else []
