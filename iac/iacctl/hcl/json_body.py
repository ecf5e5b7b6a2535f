"""A body in JSON syntax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag.source import Range
from iacctl.hcl.ast import Attribute
from iacctl.hcl.body import Block, Content
from iacctl.hcl.json_expression import JsonExpression
from iacctl.hcl.json_values import JsonArray, JsonConstant, JsonObject, JsonValue
from iacctl.hcl.suggestions import did_you_mean

if TYPE_CHECKING:
    from iacctl.diag.diagnostics import Diagnostics
    from iacctl.hcl.body import BodySchema
    from iacctl.hcl.json_values import JsonMember

_WRONG_TYPE = "Incorrect JSON value type"
_COMMENT = "//"


class JsonBody:
    """The properties of an object, or of all objects of an array.

    Attributes:
        json: the object or array; anything else is reported by the methods.
        hidden: names that an earlier `partial_content` has already taken.
    """

    __slots__ = ("hidden", "json")

    def __init__(self, json: JsonValue, hidden: frozenset[str] = frozenset()) -> None:
        self.json = json
        self.hidden = hidden

    @property
    def range(self) -> Range:
        """See `Body.range`."""
        return self.json.range

    @property
    def missing_item_range(self) -> Range:
        """The closing brace of an object, the opening bracket of an array."""
        return self.json.close_range if isinstance(self.json, JsonObject) else self.json.start_range

    def describe(self, offset: int) -> str:
        """The path of the innermost object or array around a character offset, such as `resource.a.b[1]`."""
        path = ""
        value: JsonValue | None = self.json
        while value is not None:
            inner: list[tuple[str, JsonValue]] = []
            if isinstance(value, JsonObject):
                inner = [("." + member.name.value, member.value) for member in value.members]
            elif isinstance(value, JsonArray):
                inner = [(f"[{number}]", item) for number, item in enumerate(value.items)]
            value = None
            for step, item in inner:
                if isinstance(item, JsonObject | JsonArray) and item.start <= offset < item.end:
                    path += step
                    value = item
                    break
        return path.removeprefix(".")

    def content(self, schema: BodySchema, diagnostics: Diagnostics) -> Content:
        """See `Body.content`."""
        content, _ = self.partial_content(schema, diagnostics)
        known = [*schema.attributes, *schema.blocks]
        for member in self._members(diagnostics, None):
            name = member.name.value
            if name == _COMMENT or name in self.hidden or name in schema.attributes or name in schema.blocks:
                continue
            diagnostics.error(
                "Extraneous JSON object property",
                f'No argument or block type is named "{name}".{did_you_mean(name, known)}',
                member.name.range,
                context=member.range,
            )
        return content

    def partial_content(self, schema: BodySchema, diagnostics: Diagnostics) -> tuple[Content, JsonBody]:
        """See `Body.partial_content`."""
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        for member in self._members(diagnostics, None):
            name = member.name.value
            if name in self.hidden:
                continue
            if name in schema.attributes:
                earlier = attributes.get(name)
                if earlier is None:
                    attributes[name] = _attribute(member)
                else:
                    detail = f'The argument "{name}" was already set at {earlier.range}.'
                    diagnostics.error("Duplicate argument", detail, member.name.range, context=member.range)
            elif name in schema.blocks:
                self._unpack(member, member.value, schema.blocks[name], (), (), blocks, diagnostics)
        for name, required in schema.attributes.items():
            if required and name not in attributes:
                diagnostics.error(
                    "Missing required argument",
                    f'The argument "{name}" is required, but no definition was found.',
                    self.missing_item_range,
                )
        rest = JsonBody(self.json, self.hidden.union(schema.attributes, schema.blocks))
        return Content(attributes, blocks, self.missing_item_range), rest

    def just_attributes(self, diagnostics: Diagnostics) -> dict[str, Attribute]:
        """See `Body.just_attributes`."""
        attributes: dict[str, Attribute] = {}
        if not isinstance(self.json, JsonObject):
            detail = "A JSON object is required here, setting the arguments for this block."
            diagnostics.error(_WRONG_TYPE, detail, self.json.start_range)
            return attributes
        for member in self.json.members:
            name = member.name.value
            if name == _COMMENT or name in self.hidden:
                continue
            earlier = attributes.get(name)
            if earlier is None:
                attributes[name] = _attribute(member)
            else:
                detail = f'The argument "{name}" was already set at {earlier.range}.'
                diagnostics.error("Duplicate attribute definition", detail, member.name.range)
        return attributes

    def _members(self, diagnostics: Diagnostics, label: str | None) -> list[JsonMember]:
        return _members(self.json, diagnostics, label)

    def _unpack(
        self,
        member: JsonMember,
        value: JsonValue,
        label_names: tuple[str, ...],
        labels: tuple[str, ...],
        spans: tuple[tuple[int, int], ...],
        blocks: list[Block],
        diagnostics: Diagnostics,
    ) -> None:
        """Add the blocks that a property stands for: each label is one level of objects."""
        block_type = member.name.value
        if label_names:
            label_name = label_names[0]
            inner = _members(value, diagnostics, label_name)
            if not inner:
                detail = (
                    f"At least one object property is required, whose name represents the {block_type} block's"
                    f" {label_name}."
                )
                diagnostics.error("Missing block label", detail, value.start_range)
            for item in inner:
                name = item.name
                span = (name.start, name.end)
                self._unpack(
                    member, item.value, label_names[1:], (*labels, name.value), (*spans, span), blocks, diagnostics
                )
            return
        if isinstance(value, JsonConstant) and value.value is None:
            return
        if isinstance(value, JsonObject):
            bodies: list[JsonValue] = [value]
        elif isinstance(value, JsonArray):
            bodies = value.items
        else:
            detail = (
                "Either a JSON object or a JSON array is required, representing the contents of one or more"
                f' "{block_type}" blocks.'
            )
            diagnostics.error(_WRONG_TYPE, detail, value.start_range)
            return
        opening = value.start_range
        for body in bodies:
            blocks.append(
                Block(
                    body.file,
                    body.start,
                    body.end,
                    block_type,
                    member.name.start,
                    member.name.end,
                    labels,
                    spans,
                    opening.start,
                    opening.end,
                    opening.start,
                    JsonBody(body),
                )
            )


def _attribute(member: JsonMember) -> Attribute:
    name, value = member.name, member.value
    return Attribute(name.file, name.start, value.end, name.value, name.end, JsonExpression(value))


def _members(value: JsonValue, diagnostics: Diagnostics, label: str | None) -> list[JsonMember]:
    """The properties of an object, or of all objects of an array."""
    purpose = "to define arguments and child blocks" if label is None else f"to specify {label} labels for this block"
    if isinstance(value, JsonObject):
        return value.members
    if isinstance(value, JsonConstant) and value.value is None:
        return []
    if not isinstance(value, JsonArray):
        detail = f"Either a JSON object or JSON array of objects is required here, {purpose}."
        diagnostics.error(_WRONG_TYPE, detail, value.start_range)
        return []
    members: list[JsonMember] = []
    for item in value.items:
        if isinstance(item, JsonObject):
            members += item.members
        else:
            diagnostics.error(_WRONG_TYPE, f"A JSON object is required here, {purpose}.", item.start_range)
    return members
