"""A :class:`StateDocument` to state file text, byte for byte as Terraform writes it.

Terraform's writer indents by two spaces, orders resources by module, mode, type and name (as text: ``a[10]`` before
``a[9]``), instances by key (none, then texts, then numbers), the current object before the deposed ones, and outputs
by name. Fields that a version does not know come last in their object.

Each object's text is remembered on the object, so writing again after a few changes costs little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl_state.document import COMPATIBLE_VERSION, FORMAT_VERSION
from iacctl_state.json_text import escape, lay_out, quote

if TYPE_CHECKING:
    from iacctl_state.document import InstanceKey, Json, ObjectState, OutputState, ResourceState, StateDocument

# The line breaks before a field of the document, of an output or resource, and of an instance.
_TOP: Final = "\n  "
_MEMBER: Final = "\n      "
_FIELD: Final = "\n          "


def serialize(document: StateDocument, body: str | None = None) -> bytes:
    """The state file for a document: UTF-8, ending with a line break.

    The recorded Terraform version is always :data:`COMPATIBLE_VERSION`, whatever wrote the document before.

    Args:
        document: The document.
        body: Its :func:`content`, where the caller has that already.
    """
    head = (
        f'{{\n  "version": {FORMAT_VERSION},\n  "terraform_version": "{COMPATIBLE_VERSION}",\n'
        f'  "serial": {document.serial},\n  "lineage": {quote(document.lineage)},\n'
    )
    if body is None:
        body = content(document)
    return _encode(f"{escape(head)}{body}{_extra(document.extra, _TOP)}\n}}\n")


def content(document: StateDocument) -> str:
    """The part of the file that counts as its content: outputs, resources and check results.

    Two documents with the same content need no new serial.
    """
    outputs = [_output(name, output) for name, output in sorted(document.outputs.items())]
    resources = [_resource(resource) for _, resource in sorted(document.resources.items())]
    checks = escape(lay_out(document.check_results, _TOP)) if document.check_results else "null"
    return (
        f'  "outputs": {_block("{", outputs, "}")},\n'
        f'  "resources": {_block("[", resources, "]")},\n'
        f'  "check_results": {checks}'
    )


def _encode(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:  # a lone surrogate, from a hand-written escape; Terraform reads it so, too
        import re

        return re.sub("[\ud800-\udfff]", "\ufffd", text).encode()


def _block(opening: str, items: list[str], closing: str) -> str:
    if not items:
        return opening + closing
    return f"{opening}\n    " + ",\n    ".join(items) + f"\n  {closing}"


def _extra(extra: dict[str, Json] | None, newline: str) -> str:
    if not extra:
        return ""
    return escape("".join([f",{newline}{quote(name)}: {lay_out(value, newline)}" for name, value in extra.items()]))


def _output(name: str, output: OutputState) -> str:
    newline = _MEMBER
    sensitive = f',{newline}"sensitive": true' if output.sensitive else ""
    text = (
        f'{quote(name)}: {{{newline}"value": {lay_out(output.value, newline)},'
        f'{newline}"type": {lay_out(output.type, newline)}{sensitive}'
    )
    return f"{escape(text)}{_extra(output.extra, newline)}\n    }}"


def _resource(resource: ResourceState) -> str:
    newline = _MEMBER
    module = f'"module": {quote(resource.module)},{newline}' if resource.module else ""
    instances: list[str] = []
    table = resource.instances
    for key in table if len(table) == 1 else sorted(table, key=_key_order):
        instance = table[key]
        if instance.current is not None:
            instances.append(_instance(key, "", instance.current))
        for deposed, obj in sorted(instance.deposed.items()) if instance.deposed else ():
            instances.append(_instance(key, deposed, obj))
    body = "[\n        " + ",\n        ".join(instances) + "\n      ]" if instances else "[]"
    head = (
        f'{{{newline}{module}"mode": "{resource.mode}",{newline}"type": {quote(resource.type)},'
        f'{newline}"name": {quote(resource.name)},{newline}"provider": {quote(resource.provider)},'
    )
    return f'{escape(head)}{newline}"instances": {body}{_extra(resource.extra, newline)}\n    }}'


def _key_order(key: InstanceKey) -> tuple[int, str, int]:
    if type(key) is str:
        return (1, key, 0)
    return (0, "", 0) if key is None else (2, "", key)  # type: ignore[return-value]


def _instance(key: InstanceKey, deposed: str, obj: ObjectState) -> str:
    text = obj.text
    if text is None:
        text = obj.text = _object(obj)
    if key is None and obj.status == "ready" and not deposed:
        return text
    lines = "{"
    if key is not None:
        lines += f'{_FIELD}"index_key": {escape(quote(key)) if type(key) is str else key},'
    if obj.status == "tainted":
        lines += f'{_FIELD}"status": "tainted",'
    if deposed:
        lines += f'{_FIELD}"deposed": {quote(deposed)},'
    return lines + text[1:]


def _object(obj: ObjectState) -> str:
    parts = [f'{{{_FIELD}"schema_version": {obj.schema_version}']
    if obj.attributes is not None or obj.attributes_flat is None:
        parts.append(f'"attributes": {lay_out(obj.attributes, _FIELD)}')
    elif obj.attributes_flat:
        parts.append(f'"attributes_flat": {lay_out(dict(sorted(obj.attributes_flat.items())), _FIELD)}')
    sensitive = obj.sensitive_attributes
    parts.append(f'"sensitive_attributes": {lay_out(sensitive, _FIELD) if sensitive else "[]"}')
    parts.append(f'"identity_schema_version": {obj.identity_schema_version}')
    if obj.identity is not None:
        parts.append(f'"identity": {lay_out(obj.identity, _FIELD)}')
    if obj.private:
        parts.append(f'"private": {quote(obj.private)}')
    if obj.dependencies:
        parts.append(f'"dependencies": {lay_out(obj.dependencies, _FIELD)}')
    if obj.create_before_destroy:
        parts.append('"create_before_destroy": true')
    return escape(("," + _FIELD).join(parts)) + _extra(obj.extra, _FIELD) + "\n        }"
