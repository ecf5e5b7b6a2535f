"""Configuration written for an object: the text of a block that asks for what there is, in canonical layout.

Computed values, deprecated arguments and secrets are left out. Which arguments are written, and how, follows Terraform's
`-generate-config-out`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, cast

from iacctl import values
from iacctl.config.formatting import formatted
from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl.names import is_name
from iacctl.provider.schema import Attribute, Block, NestedObject
from iacctl.values import STRING, paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iacctl.addrs import ResourceInstance
    from iacctl.values import Value

FILE_HEADER: Final = (
    "# __generated__ by Terraform\n"
    "# Please review these resources and move them into your main configuration files.\n"
)
"""What generated files begin with."""

_ESCAPES: Final = str.maketrans({"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"})


class Generated(NamedTuple):
    """Configuration that was written for an imported object.

    Attributes:
        address: the resource.
        id: what it was imported by; empty if that was its identity.
        text: the block.
    """

    address: ResourceInstance
    id: str
    text: str

    @property
    def commented(self) -> str:
        """The block below a line that says where it comes from."""
        origin = f' from "{self.id}"' if self.id else ""
        return f"# __generated__ by Terraform{origin}\n{self.text}\n"


def file_text(generated: Iterable[Generated]) -> str:
    """A whole file."""
    return "\n".join([FILE_HEADER, *(item.commented for item in generated)])


def resource_block(
    type_: str, name: str, block: Block, value: Value, provider: str = "", *, chosen: bool = False
) -> str:
    """A `resource` block for an object.

    Args:
        type_: the resource type.
        name: the name of the resource.
        block: the schema of the type.
        value: the object, without marks.
        provider: what the `provider` argument is to name; empty if it is to be left out.
        chosen: the provider has chosen what is to be configured: whatever is not null is.

    Returns:
        The text, without a line break at its end.
    """
    lines = [f'resource "{type_}" "{name}" {{']
    if provider:
        lines.append(f"provider = {provider}")
    lines.extend(_body(block, _members(value), chosen))
    lines.append("}")
    return laid_out(lines)


def import_block(target: str, provider: str, identity: Value) -> str:
    """An `import` block by identity."""
    lines = ["import {", f"to = {target}", f"provider = {provider}", f"identity = {literal(identity)}", "}"]
    return laid_out(lines)


def laid_out(lines: Iterable[str]) -> str:
    """Lines of configuration in canonical layout."""
    text = "\n".join(lines) + "\n"
    found = formatted(SourceFile("generated", text), Diagnostics())
    assert found is not None, "what is written here is valid"
    return found.removesuffix("\n")


def _body(block: Block, members: Mapping[str, Value], chosen: bool) -> Iterator[str]:
    yield from _attributes(block.attributes, members, chosen)
    for name, nested in sorted(block.blocks.items()):
        value = members[name]
        if values.is_null(value) or not values.is_known(value):
            continue
        if nested.nesting in ("single", "group"):
            yield f"{name} {{"
            yield from _body(nested.block, _members(value), chosen)
            yield "}"
            continue
        for step, item in paths.children(value):
            label = f" {_quoted(_key(step))}" if nested.nesting == "map" else ""
            yield f"{name}{label} {{"
            yield from _body(nested.block, _members(item), chosen)
            yield "}"


def _attributes(
    attributes: Mapping[str, Attribute], members: Mapping[str, Value], chosen: bool
) -> Iterator[str]:
    for name, attribute in sorted(attributes.items()):
        if attribute.deprecated or not (chosen or attribute.required or attribute.optional):
            continue
        value = members[name]
        if not values.is_known(value):
            value = values.null_of(attribute.value_type())
        null = values.is_null(value)
        if attribute.computed and (null or (name == "id" and not chosen)):
            continue
        if attribute.sensitive:
            yield f"{name} = null # sensitive"
        elif null:
            yield f"{name} = null"
        elif attribute.nested is not None:
            yield from _nested(name, attribute.nested, value, chosen)
        else:
            yield f"{name} = {_written(value)}"


def _nested(name: str, nested: NestedObject, value: Value, chosen: bool) -> Iterator[str]:
    if nested.nesting in ("single", "group"):
        yield f"{name} = {{"
        yield from _attributes(nested.attributes, _members(value), chosen)
        yield "}"
        return
    brackets = "{}" if nested.nesting == "map" else "[]"
    yield f"{name} = {brackets[0]}"
    for step, item in paths.children(value):
        yield f"{_object_key(_key(step))} = {{" if nested.nesting == "map" else "{"
        yield from _attributes(nested.attributes, _members(item), chosen)
        yield "}" if nested.nesting == "map" else "},"
    yield brackets[1]


def _written(value: Value) -> str:
    """A value of an argument: where a string is JSON that can be written as an expression, the call that gives it."""
    if type(value) is str and value.strip()[:1] in ("{", "[", "n"):
        try:
            decoded = values.json.implied(values.json.loads(value))
        except values.json.JsonError:
            return literal(value)
        if decoded is None or values.type_of(decoded).kind in ("object", "tuple"):
            return f"jsonencode({literal(decoded)})"
    return literal(value)


def literal(value: Value) -> str:
    """An expression for a value, on as many lines as it has members; layout is left to `laid_out`."""
    if values.is_null(value):
        return "null"
    kind = type(value)
    if kind is str:
        return _quoted(cast("str", value))
    if kind is bool:
        return "true" if value else "false"
    type_kind = values.type_of(value).kind
    if type_kind == "number":
        return str(values.convert(value, STRING))
    if type_kind in ("list", "set", "tuple"):
        return "[" + ", ".join(literal(item) for _, item in paths.children(value)) + "]"
    members = [f"{_object_key(_key(step))} = {literal(item)}" for step, item in paths.children(value)]
    return "{\n" + "\n".join(members) + "\n}" if members else "{}"


def _members(value: Value) -> dict[str, Value]:
    return {_key(step): item for step, item in paths.children(value)}


def _key(step: str | values.Index) -> str:
    return str(step.key) if isinstance(step, values.Index) else step


def _object_key(name: str) -> str:
    return name if is_name(name) else _quoted(name)


def _quoted(text: str) -> str:
    escaped = text.translate(_ESCAPES).replace("${", "$${").replace("%{", "%%{")
    if not escaped.isprintable():
        escaped = "".join(item if item.isprintable() else _code(item) for item in escaped)
    return f'"{escaped}"'


def _code(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
