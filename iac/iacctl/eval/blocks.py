"""Nested blocks of a body, written out or made by `dynamic` blocks, as one value for each block type."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl import values
from iacctl.eval import bodies
from iacctl.hcl import static
from iacctl.hcl.body import BodySchema
from iacctl.lang.compile import compile_expression
from iacctl.lang.compiler.report import reference_values
from iacctl.lang.context import EvalContext
from iacctl.provider import decoding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl.diag import Diagnostics, Range
    from iacctl.eval.bodies import CompiledBody
    from iacctl.hcl.ast import Expression
    from iacctl.hcl.body import Block as WrittenBlock
    from iacctl.lang.compile import Compiled
    from iacctl.lang.references import Reference
    from iacctl.provider.schema import Block, NestedBlock
    from iacctl.values import Mark, Value
    from iacctl.values.paths import Path

_DYNAMIC = BodySchema({"for_each": True, "iterator": False, "labels": False}, {"content": ()})


class _Written(NamedTuple):
    """A block that is written out; `key` is the label of a map block."""

    body: CompiledBody
    key: str
    range: Range


class _Dynamic(NamedTuple):
    """A `dynamic` block: one block for each element of a collection."""

    for_each: Compiled
    expression: Expression
    iterator: str
    labels: tuple[Compiled, ...]
    body: CompiledBody
    range: Range


class _Made(NamedTuple):
    """One block after expansion."""

    value: Value
    key: str
    range: Range


class _UnknownBlocks(Exception):  # noqa: N818 - a way out, no error
    """How many blocks there are cannot be said yet."""

    def __init__(self, marks: frozenset[Mark]) -> None:
        super().__init__()
        self.marks = marks


class CompiledBlocks:
    """All blocks of one type within a body."""

    __slots__ = ("_missing", "_nested", "_sources", "name")

    def __init__(self, name: str, nested: NestedBlock, sources: list[_Written | _Dynamic], missing: Range) -> None:
        self.name = name
        self._nested = nested
        self._sources = sources
        self._missing = missing

    def references(self) -> Iterator[Reference]:
        """Everything the blocks refer to."""
        for source in self._sources:
            if isinstance(source, _Dynamic):
                yield from source.for_each.references
                for label in source.labels:
                    yield from label.references
            yield from source.body.references()

    def locate(self, path: Path) -> Range | None:
        """The place of a path within the blocks' value: that of the block it goes through, if it is written out."""
        bodies_ = [source.body for source in self._sources]
        if path and isinstance(path[0], values.Index) and type(path[0].key) is int:
            if path[0].key < len(bodies_) and not any(isinstance(source, _Dynamic) for source in self._sources):
                return bodies_[path[0].key].locate(path[1:])
        elif bodies_ and self._nested.nesting in ("single", "group"):
            return bodies_[0].locate(path)
        return bodies_[0].missing_item_range if bodies_ else None

    def evaluate(self, ctx: EvalContext) -> Value:
        """The value of all blocks together, of the type that the nesting mode gives."""
        nested = self._nested
        try:
            made = [block for source in self._sources for block in _expand(source, ctx)]
        except _UnknownBlocks as unknown:
            value: Value = values.unknown_of(nested.value_type())
            return values.mark(value, unknown.marks) if unknown.marks else value
        self._check_number(made, ctx)
        if nested.nesting != "map":
            return decoding.blocks_value(nested, [block.value for block in made])
        entries: dict[str, Value] = {}
        for block in made:
            if block.key in entries:
                ctx.diags.error(
                    f"Duplicate {self.name} block",
                    f"A block of type {self.name} labeled {block.key!r} was already defined.",
                    block.range,
                )
            entries[block.key] = block.value
        return decoding.blocks_value(nested, entries)

    def _check_number(self, made: list[_Made], ctx: EvalContext) -> None:
        nested = self._nested
        name = self.name
        if nested.nesting in ("single", "group"):
            if len(made) > 1:
                ctx.diags.error(
                    f"Duplicate {name} block",
                    f"Only one {name} block is allowed. Another was defined at {made[0].range}.",
                    made[1].range,
                )
            elif not made and nested.min_items:
                ctx.diags.error(f"Missing {name} block", f"A {name} block is required.", self._missing)
        elif len(made) < nested.min_items:
            ctx.diags.error(
                f"Insufficient {name} blocks",
                f'At least {nested.min_items} "{name}" blocks are required.',
                self._missing,
            )
        elif nested.max_items and len(made) > nested.max_items:
            ctx.diags.error(
                f"Too many {name} blocks",
                f'No more than {nested.max_items} "{name}" blocks are allowed',
                made[nested.max_items].range,
            )


def _expand(source: _Written | _Dynamic, ctx: EvalContext) -> Iterator[_Made]:
    if isinstance(source, _Written):
        yield _Made(source.body.evaluate(ctx), source.key, source.range)
        return
    collection, marks = values.unmark(source.for_each(ctx))
    if not values.is_known(collection):
        raise _UnknownBlocks(marks)
    if values.is_null(collection):
        ctx.diags.error(
            "Invalid dynamic for_each value",
            "Cannot use a null value in for_each.",
            source.expression.range,
            values=reference_values(source.expression, ctx),
        )
        return
    kind = values.type_of(collection).kind
    if kind not in ("list", "set", "map", "object", "tuple"):
        ctx.diags.error(
            "Invalid dynamic for_each value",
            f"Cannot use a {values.type_of(collection).friendly_name()} value in for_each. "
            "An iterable collection is required.",
            source.expression.range,
            values=reference_values(source.expression, ctx),
        )
        return
    for step, element in values.paths.children(collection):
        key: Value = step.key if isinstance(step, values.Index) else step
        variables = {**ctx.variables, source.iterator: values.object_value({"key": key, "value": element})}
        inner = EvalContext(
            ctx.scope,
            ctx.diags,
            settings=ctx.settings,
            count_index=ctx.count_index,
            each_key=ctx.each_key,
            each_value=ctx.each_value,
            self_value=ctx.self_value,
            variables=variables,
        )
        label = ""
        for compiled in source.labels:
            text, _ = values.unmark(compiled(inner))
            label = text if type(text) is str else ""
        value = source.body.evaluate(inner)
        yield _Made(_mark_members(value, marks) if marks else value, label, source.range)


def _mark_members(value: Value, marks: frozenset[Mark]) -> Value:
    """Put the marks of a dynamic block's collection on every attribute that it made."""
    members = value if type(value) is dict else value.attributes if type(value) is values.ObjectValue else None
    if members is None:
        return values.mark(value, marks)
    return values.object_value({name: values.mark(member, marks) for name, member in members.items()})


def compile_blocks(
    written: list[WrittenBlock],
    block: Block,
    diagnostics: Diagnostics,
    iterators: frozenset[str],
    missing: Range,
) -> list[CompiledBlocks]:
    """Compile the nested blocks of a body, one result for every block type of the schema.

    Args:
        written: all blocks found in the body, `dynamic` ones among them.
        block: the schema of the body.
        diagnostics: gets what does not fit.
        iterators: names of the iterators of enclosing `dynamic` blocks.
        missing: where to say that a block is missing.
    """
    if not block.blocks:
        for found in written:
            _unsupported_dynamic(found, diagnostics)
        return []
    sources: dict[str, list[_Written | _Dynamic]] = {name: [] for name in block.blocks}
    for found in written:
        if found.type == "dynamic":
            name = found.labels[0]
            if name not in block.blocks:
                _unsupported_dynamic(found, diagnostics)
                continue
            dynamic = _compile_dynamic(found, name, block.blocks[name], diagnostics, iterators)
            if dynamic is not None:
                sources[name].append(dynamic)
            continue
        nested = block.blocks[found.type]
        body = bodies.compile_body(found.body, nested.block, diagnostics, iterators)
        key = found.labels[0] if found.labels else ""
        sources[found.type].append(_Written(body, key, found.definition_range))
    return [CompiledBlocks(name, block.blocks[name], items, missing) for name, items in sources.items()]


def _unsupported_dynamic(found: WrittenBlock, diagnostics: Diagnostics) -> None:
    name = found.labels[0]
    diagnostics.error(
        "Unsupported block type",
        f'Blocks of type "{name}" are not expected here.',
        found.label_ranges[0],
    )


def _compile_dynamic(
    found: WrittenBlock, name: str, nested: NestedBlock, diagnostics: Diagnostics, iterators: frozenset[str]
) -> _Dynamic | None:
    content = found.body.content(_DYNAMIC, diagnostics)
    for_each = content.attributes.get("for_each")
    inner = content.blocks_of_type("content")
    if for_each is None:
        return None
    if len(inner) != 1:
        if not inner:
            diagnostics.error(
                "Missing dynamic content block",
                "A dynamic block must have a nested block of type \"content\" to describe the body of each "
                "generated block.",
                content.missing_item_range,
            )
        else:
            diagnostics.error(
                "Extraneous dynamic content block",
                "Only one nested content block is allowed for each dynamic block.",
                inner[1].definition_range,
            )
        return None
    iterator = name
    if "iterator" in content.attributes:
        traversal = static.traversal(content.attributes["iterator"].expression, diagnostics)
        if traversal is None:
            return None
        if traversal.steps:
            diagnostics.error(
                "Invalid dynamic iterator name",
                "Dynamic iterator must be a single variable name.",
                traversal.range,
            )
            return None
        iterator = traversal.root
    names = iterators | {iterator}
    labels: list[Compiled] = []
    if "labels" in content.attributes:
        for item in static.items(content.attributes["labels"].expression, diagnostics) or ():
            labels.append(compile_expression(item, local_names=names))
    body = bodies.compile_body(inner[0].body, nested.block, diagnostics, names)
    expression = for_each.expression
    return _Dynamic(
        compile_expression(expression, local_names=iterators),
        expression,
        iterator,
        tuple(labels),
        body,
        inner[0].definition_range,
    )

