"""A body in native syntax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag.source import Range
from iacctl.hcl.ast import Node
from iacctl.hcl.body import Content
from iacctl.hcl.suggestions import did_you_mean

if TYPE_CHECKING:
    from iacctl.diag.diagnostics import Diagnostics
    from iacctl.diag.source import SourceFile
    from iacctl.hcl.ast import Attribute
    from iacctl.hcl.body import Block, BodySchema


class NativeBody(Node):
    """The attributes and blocks of a file or block, in source order.

    Attributes:
        attributes: by name.
        blocks: the nested blocks.
        end_offset: where the body ends: its closing brace, or the end of the file.
        hidden: names and block types that an earlier `partial_content` has already taken.
    """

    __slots__ = ("attributes", "blocks", "hidden_attributes", "hidden_blocks")

    def __init__(
        self,
        file: SourceFile,
        start: int,
        end: int,
        attributes: dict[str, Attribute],
        blocks: list[Block],
        hidden_attributes: frozenset[str] = frozenset(),
        hidden_blocks: frozenset[str] = frozenset(),
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.attributes = attributes
        self.blocks = blocks
        self.hidden_attributes = hidden_attributes
        self.hidden_blocks = hidden_blocks

    @property
    def missing_item_range(self) -> Range:
        """An empty range at the opening brace, or at the start of the file."""
        return Range(self.file, self.start, self.start)

    def describe(self, offset: int) -> str:
        """The header of the top-level block around a character offset, such as `resource "a" "b"`, or nothing."""
        from json import dumps

        for block in self.blocks:
            if block.start <= offset < block.end:
                return " ".join([block.type, *(dumps(label, ensure_ascii=False) for label in block.labels)])
        return ""

    def content(self, schema: BodySchema, diagnostics: Diagnostics) -> Content:
        """See `Body.content`."""
        content = self._select(schema, diagnostics)
        for name, attribute in self.attributes.items():
            if name not in schema.attributes and name not in self.hidden_attributes:
                wanted = [known for known in schema.attributes if known not in content.attributes]
                hint = did_you_mean(name, wanted)
                if not hint and name in schema.blocks:
                    hint = f' Did you mean to define a block of type "{name}"?'
                diagnostics.error(
                    "Unsupported argument",
                    f'An argument named "{name}" is not expected here.{hint}',
                    attribute.name_range,
                )
        for block in self.blocks:
            if block.type not in schema.blocks and block.type not in self.hidden_blocks:
                hint = did_you_mean(block.type, schema.blocks)
                if not hint and block.type in schema.attributes:
                    hint = (
                        f' Did you mean to define argument "{block.type}"?'
                        " If so, use the equals sign to assign it a value."
                    )
                diagnostics.error(
                    "Unsupported block type",
                    f'Blocks of type "{block.type}" are not expected here.{hint}',
                    block.type_range,
                )
        return content

    def partial_content(self, schema: BodySchema, diagnostics: Diagnostics) -> tuple[Content, NativeBody]:
        """See `Body.partial_content`."""
        content = self._select(schema, diagnostics)
        rest = NativeBody(
            self.file,
            self.start,
            self.end,
            self.attributes,
            self.blocks,
            self.hidden_attributes.union(schema.attributes),
            self.hidden_blocks.union(schema.blocks),
        )
        return content, rest

    def just_attributes(self, diagnostics: Diagnostics) -> dict[str, Attribute]:
        """See `Body.just_attributes`."""
        for block in self.blocks:
            if block.type not in self.hidden_blocks:
                diagnostics.error(f'Unexpected "{block.type}" block', "Blocks are not allowed here.", block.type_range)
                break
        hidden = self.hidden_attributes
        return {name: attribute for name, attribute in self.attributes.items() if name not in hidden}

    def _select(self, schema: BodySchema, diagnostics: Diagnostics) -> Content:
        attributes: dict[str, Attribute] = {}
        own = self.attributes
        if own:
            wanted = schema.attributes
            hidden = self.hidden_attributes
            attributes = {name: own[name] for name in own if name in wanted and name not in hidden}
        for name, required in schema.attributes.items():
            if required and name not in attributes:
                diagnostics.error(
                    "Missing required argument",
                    f'The argument "{name}" is required, but no definition was found.',
                    self.missing_item_range,
                )
        blocks: list[Block] = []
        for block in self.blocks:
            labels = schema.blocks.get(block.type)
            if labels is None or block.type in self.hidden_blocks:
                continue
            if len(labels) == len(block.labels) or not _report_labels(block, labels, diagnostics):
                blocks.append(block)
        return Content(attributes, blocks, self.missing_item_range)


def _report_labels(block: Block, names: tuple[str, ...], diagnostics: Diagnostics) -> bool:
    """Say that a block has too many or too few labels; whether the block is to be left out for it."""
    context = Range(block.file, block.type_start, block.open + 1)
    if len(block.labels) > len(names):
        if names:
            detail = f"Only {len(names)} labels ({', '.join(names)}) are expected for {block.type} blocks."
        else:
            detail = f"No labels are expected for {block.type} blocks."
        summary = f"Extraneous label for {block.type}"
        diagnostics.error(summary, detail, block.label_ranges[len(names)], context=context)
    else:
        diagnostics.error(
            f"Missing {names[len(block.labels)]} for {block.type}",
            f"All {block.type} blocks must have {len(names)} labels ({', '.join(names)}).",
            block.open_range,
            context=context,
        )
    return True
