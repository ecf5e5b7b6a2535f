"""Bodies that several blocks make up together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.hcl.body import BodySchema, Content

if TYPE_CHECKING:
    from iacctl.diag import Diagnostics, Range
    from iacctl.hcl.ast import Attribute
    from iacctl.hcl.body import Block, Body


class JoinedBody:
    """Bodies side by side: a block's own and that of its `_` block. An argument may stand in one of them only.

    Args:
        bodies: in order; the first gives the place where something missing is reported.
    """

    __slots__ = ("bodies",)

    def __init__(self, bodies: tuple[Body, ...]) -> None:
        self.bodies = bodies

    @property
    def range(self) -> Range:
        """See `Body.range`."""
        return self.bodies[0].range

    @property
    def missing_item_range(self) -> Range:
        """See `Body.missing_item_range`."""
        return self.bodies[0].missing_item_range

    def content(self, schema: BodySchema, diagnostics: Diagnostics) -> Content:
        """See `Body.content`."""
        lenient = BodySchema(dict.fromkeys(schema.attributes, False), schema.blocks)
        return self._join(schema, [body.content(lenient, diagnostics) for body in self.bodies], diagnostics)

    def partial_content(self, schema: BodySchema, diagnostics: Diagnostics) -> tuple[Content, Body]:
        """See `Body.partial_content`."""
        lenient = BodySchema(dict.fromkeys(schema.attributes, False), schema.blocks)
        parts = [body.partial_content(lenient, diagnostics) for body in self.bodies]
        content = self._join(schema, [content for content, _ in parts], diagnostics)
        return content, JoinedBody(tuple(rest for _, rest in parts))

    def just_attributes(self, diagnostics: Diagnostics) -> dict[str, Attribute]:
        """See `Body.just_attributes`."""
        found: dict[str, Attribute] = {}
        for body in self.bodies:
            _join_attributes(found, body.just_attributes(diagnostics), diagnostics)
        return found

    def _join(self, schema: BodySchema, contents: list[Content], diagnostics: Diagnostics) -> Content:
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        for content in contents:
            _join_attributes(attributes, content.attributes, diagnostics)
            blocks.extend(content.blocks)
        _require(schema, attributes, self.missing_item_range, diagnostics)
        return Content(attributes, blocks, self.missing_item_range)


def _join_attributes(found: dict[str, Attribute], more: dict[str, Attribute], diagnostics: Diagnostics) -> None:
    for name, attribute in more.items():
        first = found.setdefault(name, attribute)
        if first is not attribute:
            diagnostics.error(
                "Duplicate argument",
                f'Argument "{name}" was already set at {first.name_range}',
                attribute.name_range,
            )


def _require(
    schema: BodySchema, attributes: dict[str, Attribute], missing_item_range: Range, diagnostics: Diagnostics
) -> None:
    for name, required in schema.attributes.items():
        if required and name not in attributes:
            diagnostics.error(
                "Missing required argument",
                f'The argument "{name}" is required, but no definition was found.',
                missing_item_range,
            )


class OverriddenBody:
    """A body and what an override file, or the connection of a provisioner, puts in its place.

    An argument of the overriding body replaces the same of the base; blocks of one type together replace all blocks of
    that type. As in Terraform (`configs.MergeBodies`), the base has to be complete by itself, and what the schema does not
    know is passed over.
    """

    __slots__ = ("base", "overriding")

    def __init__(self, base: Body, overriding: Body) -> None:
        self.base = base
        self.overriding = overriding

    @property
    def range(self) -> Range:
        """See `Body.range`."""
        return self.base.range

    @property
    def missing_item_range(self) -> Range:
        """See `Body.missing_item_range`."""
        return self.base.missing_item_range

    def content(self, schema: BodySchema, diagnostics: Diagnostics) -> Content:
        """See `Body.content`."""
        return self.partial_content(schema, diagnostics)[0]

    def partial_content(self, schema: BodySchema, diagnostics: Diagnostics) -> tuple[Content, Body]:
        """See `Body.partial_content`."""
        lenient = BodySchema(dict.fromkeys(schema.attributes, False), schema.blocks)
        base, base_rest = self.base.partial_content(schema, diagnostics)
        overriding, overriding_rest = self.overriding.partial_content(lenient, diagnostics)
        return self._override(base, overriding), OverriddenBody(base_rest, overriding_rest)

    def just_attributes(self, diagnostics: Diagnostics) -> dict[str, Attribute]:
        """See `Body.just_attributes`."""
        return {**self.base.just_attributes(diagnostics), **self.overriding.just_attributes(diagnostics)}

    def _override(self, base: Content, overriding: Content) -> Content:
        attributes = {**base.attributes, **overriding.attributes}
        replaced = {_block_kind(block) for block in overriding.blocks}
        kept = [block for block in base.blocks if _block_kind(block) not in replaced]
        return Content(attributes, kept + overriding.blocks, self.missing_item_range)


def _block_kind(block: Block) -> str:
    """The type of the blocks that a block gives: `dynamic "a"` stands for blocks of type `a`."""
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type
