"""State file text to :class:`StateDocument`.

Shapes are checked on the way, and a fault is reported with its path. What Terraform reads we read: missing tables
are empty, a missing serial is 0, provider addresses in the form of Terraform 0.12 are converted. What it would lose
(fields of a newer version) is kept in ``extra``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iacctl_state.document import (
    COMPATIBLE_VERSION,
    FORMAT_VERSION,
    READY,
    TAINTED,
    InstanceState,
    ObjectState,
    OutputState,
    ResourceState,
    StateDocument,
)
from iacctl_state.errors import ShapeError, SyntaxFormatError, VersionError
from iacctl_state.json_text import compact, decode
from iacctl_state.shapes import METADATA, check_instance, kind, resource_fault, wrong

if TYPE_CHECKING:
    from iacctl_state.document import InstanceKey, Json, ResourceKey

_MAX_SERIAL: Final = 2**64 - 1
_DEPOSED: Final = re.compile(r"[0-9A-Fa-f]{8}")

_TOP: Final = frozenset(("version", "terraform_version", "serial", "lineage", "outputs", "resources", "check_results"))
_OUTPUT: Final = frozenset(("value", "type", "sensitive"))
# "each" and "depends_on" were written by Terraform 0.12; it reads and drops them since.
_RESOURCE: Final = frozenset(("module", "mode", "type", "name", "each", "provider", "instances"))
_INSTANCE: Final = frozenset(
    (
        "index_key",
        "status",
        "deposed",
        "schema_version",
        "attributes",
        "attributes_flat",
        "sensitive_attributes",
        "identity_schema_version",
        "identity",
        "private",
        "dependencies",
        "depends_on",
        "create_before_destroy",
    )
)


def parse(source: bytes | str) -> StateDocument:
    """Read a state document.

    Args:
        source: The whole file; bytes are UTF-8.

    Raises:
        SyntaxFormatError: It is not JSON, or not UTF-8.
        VersionError: Its format version is not supported.
        ShapeError: A part of it is not what it should be.
    """
    if isinstance(source, bytes):
        try:
            text = source.decode()
        except UnicodeDecodeError as error:
            raise SyntaxFormatError("invalid UTF-8", offset=error.start, column=error.start + 1) from None
    else:
        text = source
    data = decode(text)
    if type(data) is not dict:
        raise ShapeError("", f"must hold an object, not {kind(data)}", summary="Unsupported state file format")
    _check_version(data)
    if data["version"] < FORMAT_VERSION:
        from iacctl_state import old_formats

        data = old_formats.upgrade(data)
    return _document(data)


def _check_version(data: dict[str, Json]) -> None:
    version = data.get("version")
    if version is None:
        raise ShapeError(
            "",
            'does not have a "version" attribute, which is required to identify the format version',
            summary="Unsupported state file format",
        )
    if type(version) is not int or version < 1:
        raise ShapeError(
            "version",
            f"must be a positive whole number, not {compact(version) if type(version) is int else kind(version)}",
            summary="Unsupported state file format",
        )
    if version <= FORMAT_VERSION:
        return
    writer = data.get("terraform_version")
    known_writer = isinstance(writer, str) and writer != ""
    by = f"was created by Terraform {writer}" if known_writer else "may have been created by a newer Terraform"
    raise VersionError(
        version,
        f"The state file uses format version {version}, which is not supported by this version of iacctl "
        f"(compatible with Terraform {COMPATIBLE_VERSION}). This state file {by}.",
    )


def _document(data: dict[str, Json]) -> StateDocument:
    writer = data.get("terraform_version")
    serial = data.get("serial", 0)
    lineage = data.get("lineage")
    checks = data.get("check_results")
    if writer is not None and type(writer) is not str:
        raise wrong("terraform_version", "a string", writer)
    if type(serial) is not int or not 0 <= serial <= _MAX_SERIAL:
        if serial is not None:
            raise wrong("serial", "a whole number from 0 to 18446744073709551615", serial)
        serial = 0
    if lineage is not None and type(lineage) is not str:
        raise wrong("lineage", "a string", lineage)
    if checks is not None and type(checks) is not list:
        raise wrong("check_results", "an array", checks)
    return StateDocument(
        lineage=lineage or "",
        serial=serial,
        terraform_version=writer or "",
        outputs=_outputs(data.get("outputs")),
        resources=_resources(data.get("resources")),
        check_results=checks or None,
        extra=None if data.keys() <= _TOP else {k: v for k, v in data.items() if k not in _TOP},
    )


def _outputs(data: Json) -> dict[str, OutputState]:
    if data is None:
        return {}
    if type(data) is not dict:
        raise wrong("outputs", "an object", data)
    outputs = {}
    for name, fields in data.items():
        path = f"outputs.{name}"
        if type(fields) is not dict:
            raise wrong(path, "an object", fields)
        if "type" not in fields or "value" not in fields:
            raise ShapeError(path, f'lacks the "{"value" if "type" in fields else "type"}" attribute')
        cty_type = fields["type"]
        if type(cty_type) is not str and type(cty_type) is not list:
            raise wrong(f"{path}.type", "a type: a string or an array", cty_type)
        sensitive = fields.get("sensitive")
        if sensitive is not None and type(sensitive) is not bool:
            raise wrong(f"{path}.sensitive", "true or false", sensitive)
        extra = None if fields.keys() <= _OUTPUT else {k: v for k, v in fields.items() if k not in _OUTPUT}
        outputs[name] = OutputState(fields["value"], cty_type, bool(sensitive), extra)
    return outputs


def _resources(data: Json) -> dict[ResourceKey, ResourceState]:
    if data is None:
        return {}
    if type(data) is not list:
        raise wrong("resources", "an array", data)
    resources: dict[ResourceKey, ResourceState] = {}
    for index, fields in enumerate(data):
        if type(fields) is not dict:
            raise wrong(f"resources[{index}]", "an object", fields)
        module = fields.get("module") or ""
        mode = fields.get("mode")
        type_ = fields.get("type")
        name = fields.get("name")
        provider = fields.get("provider")
        if not (
            type(module) is type(type_) is type(name) is type(provider) is str
            and (mode == "managed" or mode == "data")
            and (not module or module.startswith("module."))
        ):
            raise resource_fault(fields, f"resources[{index}]")
        if not provider.endswith('"]') and '"]' not in provider:
            provider = _modern_provider(provider, f"resources[{index}].provider")
        key = (module, mode, type_, name)
        resource = resources.get(key)
        if resource is None:
            extra = None if fields.keys() <= _RESOURCE else {k: v for k, v in fields.items() if k not in _RESOURCE}
            resource = resources[key] = ResourceState(module, mode, type_, name, provider, extra=extra)
        else:  # Terraform, too, merges repeated resources
            resource.provider = provider
        instances = fields.get("instances")
        if type(instances) is not list:
            if instances is None:
                continue
            raise wrong(f"resources[{index}].instances", "an array", instances)
        for number, instance in enumerate(instances):
            _add_instance(resource, instance, index, number)
    return resources


def _add_instance(resource: ResourceState, fields: Json, index: int, number: int) -> None:
    if type(fields) is not dict:
        raise wrong(f"resources[{index}].instances[{number}]", "an object", fields)
    get = fields.get
    attributes = get("attributes")
    flat = get("attributes_flat")
    sensitive = get("sensitive_attributes")
    dependencies = get("dependencies")
    schema_version = get("schema_version", 0)
    identity_version = get("identity_schema_version", 0)
    private = get("private")
    status = get("status")
    replaced_first = get("create_before_destroy", False)
    key = get("index_key")
    if not (
        (type(attributes) is dict or attributes is None)
        and flat is None
        and (type(sensitive) is list or sensitive is None)
        and (type(dependencies) is list or dependencies is None)
        and type(schema_version) is int
        and schema_version >= 0
        and type(identity_version) is int
        and identity_version >= 0
        and (private is None or type(private) is str)
        and (status is None or status == "tainted" or status == "")
        and type(replaced_first) is bool
        and (key is None or type(key) is int or type(key) is str)
    ):
        key = check_instance(fields, f"resources[{index}].instances[{number}]")
        schema_version = schema_version or 0
        identity_version = identity_version or 0
    if attributes is None and flat is None and "attributes" not in fields:
        attributes = {}
    extra = None
    if not fields.keys() <= _INSTANCE:
        extra = {name: value for name, value in fields.items() if name not in _INSTANCE}
    obj = ObjectState(
        attributes,
        attributes_flat=flat if attributes is None else None,
        status=TAINTED if status == TAINTED else READY,
        schema_version=schema_version,
        sensitive_attributes=sensitive,
        private=private or None,
        dependencies=tuple(dependencies) if dependencies else (),
        create_before_destroy=replaced_first is True,
        identity=get("identity"),
        identity_schema_version=identity_version,
        extra=extra,
    )
    deposed = get("deposed")
    known = resource.instances.get(key)
    if not deposed:
        if known is None:
            resource.instances[key] = InstanceState(obj)
        elif known.current is None:
            resource.instances[key] = InstanceState(obj, known.deposed)
        else:
            raise _duplicate(resource, key, index, number)
        return
    if type(deposed) is not str or not _DEPOSED.fullmatch(deposed):
        found = compact(deposed) if type(deposed) is str else kind(deposed)
        raise ShapeError(
            f"resources[{index}].instances[{number}].deposed",
            f"must be a deposed key of eight hexadecimal digits, not {found}",
            summary=METADATA,
        )
    if known is None:
        resource.instances[key] = InstanceState(None, {deposed: obj})
    elif deposed not in known.deposed:
        resource.instances[key] = InstanceState(known.current, {**known.deposed, deposed: obj})
    else:
        raise _duplicate(resource, key, index, number)


def _duplicate(resource: ResourceState, key: InstanceKey, index: int, number: int) -> ShapeError:
    address = ".".join(filter(None, (resource.module, "data" if resource.mode == "data" else "")))
    address = f"{address}.{resource.type}.{resource.name}" if address else f"{resource.type}.{resource.name}"
    suffix = "" if key is None else f"[{compact(key)}]"
    return ShapeError(
        f"resources[{index}].instances[{number}]",
        f"repeats {address}{suffix}, which appeared before",
        summary="Duplicate resource instance in state",
    )


def _modern_provider(address: str, path: str) -> str:
    """Terraform 0.12's ``module.a.provider.aws.west`` as ``module.a.provider["registry.terraform.io/-/aws"].west``."""
    found = re.fullmatch(r"((?:module\.[^.]+\.)*)provider\.([^.\[\]\"]+)((?:\.[^.\[\]\"]+)?)", address)
    if found is None:
        raise ShapeError(
            path,
            f'must be a provider configuration address such as provider["registry.terraform.io/hashicorp/aws"], '
            f"not {compact(address)}",
            summary="Invalid provider configuration reference in state",
        )
    return f'{found[1]}provider["registry.terraform.io/-/{found[2]}"]{found[3]}'
