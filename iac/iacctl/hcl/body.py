"""What may stand in a body and what was found there: the interface common to native and JSON syntax."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from iacctl.diag.source import Range
from iacctl.hcl.ast import Node

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.diag.diagnostics import Diagnostics
    from iacctl.diag.source import SourceFile
    from iacctl.hcl.ast import Attribute


class BodySchema:
    """What a body may hold.

    Args:
        attributes: name of each argument to whether it is required.
        blocks: type of each nested block to the names of its labels, which messages use.
    """

    __slots__ = ("attributes", "blocks")

    def __init__(
        self, attributes: Mapping[str, bool] | None = None, blocks: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.attributes: Mapping[str, bool] = attributes or {}
        self.blocks: Mapping[str, tuple[str, ...]] = blocks or {}


class Content(NamedTuple):
    """What a body holds of a schema.

    Attributes:
        attributes: by name, in source order.
        blocks: in source order (JSON: properties in source order, one block for each element).
        missing_item_range: where to say that something is missing.
    """

    attributes: dict[str, Attribute]
    blocks: list[Block]
    missing_item_range: Range

    def blocks_of_type(self, block_type: str) -> list[Block]:
        """The blocks of one type, in source order."""
        return [block for block in self.blocks if block.type == block_type]


class Body(Protocol):
    """Attributes and blocks, either in braces or a whole file.

    The methods that take `diagnostics` add to it whatever does not fit, in HCL's words, and give what does fit.
    """

    @property
    def range(self) -> Range:
        """Where the body is written, with its braces."""

    @property
    def missing_item_range(self) -> Range:
        """Where to say that something is missing in the body."""

    def content(self, schema: BodySchema, diagnostics: Diagnostics) -> Content:
        """What the body holds; anything outside of the schema is an error."""

    def partial_content(self, schema: BodySchema, diagnostics: Diagnostics) -> tuple[Content, Body]:
        """What the body holds of the schema, and a body with all the rest."""

    def just_attributes(self, diagnostics: Diagnostics) -> dict[str, Attribute]:
        """Every attribute by name, in source order, for bodies with names of the user's choice; a block is an error."""


class Block(Node):
    """`type "label" { … }`, or what stands for it in JSON.

    Attributes:
        type: the block type.
        labels: the labels' values.
        label_spans: start and end offset of each label with its quotes.
        body: what is between the braces.
        type_start, type_end: offsets of the block type.
        definition_start, definition_end: offsets of the block's header: from the type to the last label.
        open: the offset of the opening brace.
    """

    __slots__ = (
        "body",
        "definition_end",
        "definition_start",
        "label_spans",
        "labels",
        "open",
        "open_end",
        "type",
        "type_end",
        "type_start",
    )

    def __init__(
        self,
        file: SourceFile,
        start: int,
        end: int,
        block_type: str,
        type_start: int,
        type_end: int,
        labels: tuple[str, ...],
        label_spans: tuple[tuple[int, int], ...],
        definition_start: int,
        definition_end: int,
        open_brace: int,
        body: Body,
        open_end: int | None = None,
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.type = block_type
        self.type_start = type_start
        self.type_end = type_end
        self.labels = labels
        self.label_spans = label_spans
        self.definition_start = definition_start
        self.definition_end = definition_end
        self.open = open_brace
        self.open_end = open_brace + 1 if open_end is None else open_end
        self.body = body

    @property
    def type_range(self) -> Range:
        """The range of the block type."""
        return Range(self.file, self.type_start, self.type_end)

    @property
    def definition_range(self) -> Range:
        """The range of the header: what messages about the block as a whole point at."""
        return Range(self.file, self.definition_start, self.definition_end)

    @property
    def open_range(self) -> Range:
        """The range of the opening brace; that of the block type, where there is none."""
        return Range(self.file, self.open, self.open_end)

    @property
    def label_ranges(self) -> tuple[Range, ...]:
        """The range of each label, with its quotes."""
        return tuple(Range(self.file, start, end) for start, end in self.label_spans)
