"""Bodies against a provider's schema: compiled once, evaluated for each instance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from iacctl import values
from iacctl.diag import Diagnostics
from iacctl.eval import blocks as nested_blocks
from iacctl.hcl.body import BodySchema
from iacctl.lang.compile import compile_expression
from iacctl.lang.compiler.report import reference_values
from iacctl.values import BOOL, NUMBER, STRING, ConversionError
from iacctl.values.core import NATIVE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl.diag import Range
    from iacctl.hcl.ast import Attribute as Argument
    from iacctl.hcl.ast import Expression
    from iacctl.hcl.body import Body
    from iacctl.lang.compile import Compiled
    from iacctl.lang.context import EvalContext
    from iacctl.lang.references import Reference
    from iacctl.provider.schema import Block
    from iacctl.values import Type, Value
    from iacctl.values.paths import Path

NativeType: TypeAlias = type

_NATIVE_TYPES: dict[Type, NativeType] = {STRING: str, BOOL: bool, NUMBER: int}


class _Argument(NamedTuple):
    name: str
    evaluate: Compiled
    target: Type
    native: NativeType | None
    expression: Expression


class CompiledBody:
    """A body whose arguments and nested blocks are known; `evaluate` gives the object they describe.

    Attributes:
        schema: the block that the body was compiled against.
        arguments: the arguments that are written, by name.
        missing_item_range: where to say that something is missing.
        sound: whether the body fits the schema; what is wrong has been reported.
    """

    __slots__ = ("_absent", "_computed", "_nested", "arguments", "missing_item_range", "schema", "sound")

    def __init__(
        self,
        schema: Block,
        arguments: dict[str, Argument],
        computed: list[_Argument],
        absent: dict[str, Value],
        nested: list[nested_blocks.CompiledBlocks],
        missing_item_range: Range,
        sound: bool,
    ) -> None:
        self.schema = schema
        self.arguments = arguments
        self.missing_item_range = missing_item_range
        self.sound = sound
        self._computed = computed
        self._absent = absent
        self._nested = nested

    def references(self) -> Iterator[Reference]:
        """Everything the body refers to."""
        for argument in self._computed:
            yield from argument.evaluate.references
        for blocks in self._nested:
            yield from blocks.references()

    def references_of(self, name: str) -> Iterator[Reference]:
        """What one argument, or the blocks of one type, refer to."""
        for argument in self._computed:
            if argument.name == name:
                yield from argument.evaluate.references
        for blocks in self._nested:
            if blocks.name == name:
                yield from blocks.references()

    def evaluate(self, ctx: EvalContext, address: object = None) -> Value:
        """The object of the schema's type; problems go to the context's diagnostics, with an address where one is given."""
        if address is None or not ctx.settings.deprecations:
            return self._evaluate(ctx)
        ctx.address = str(address)
        try:
            return self._evaluate(ctx)
        finally:
            ctx.address = None

    def _evaluate(self, ctx: EvalContext) -> Value:
        members = self._absent.copy()
        plain = True
        for name, evaluate, type_, native, expression in self._computed:
            value = evaluate(ctx)
            if type(value) is not native:
                try:
                    value = values.convert(value, type_)
                except ConversionError as error:
                    ctx.diags.error(
                        "Incorrect attribute value type",
                        f'Inappropriate value for attribute "{name}": {error.message}.',
                        expression.range,
                        values=reference_values(expression, ctx),
                    )
                    value = values.unknown_of(values.without_optional(type_))
                if plain and type(value) not in NATIVE and (value.has_unknown or value.has_marks):  # type: ignore[union-attr]
                    plain = False
            members[name] = value
        for blocks in self._nested:
            value = members[blocks.name] = blocks.evaluate(ctx)
            if plain and type(value) not in NATIVE and (value.has_unknown or value.has_marks):  # type: ignore[union-attr]
                plain = False
        return members if plain else values.ObjectValue(members)

    def locate(self, path: Path | None) -> Range | None:
        """The place that a path into the object was written at: the argument's value, else the whole body."""
        if path:
            step = path[0]
            if type(step) is str:
                found = self.arguments.get(step)
                if found is not None:
                    return found.expression.range
                for blocks in self._nested:
                    if blocks.name == step:
                        place = blocks.locate(path[1:])
                        if place is not None:
                            return place
        return self.missing_item_range


def body_schema(block: Block) -> BodySchema:
    """What HCL may find in a body for a provider's block; the same object for the same block."""
    found = block.object_type.caches.get(("body", block))
    if found is None:
        found = block.object_type.caches["body", block] = BodySchema(
            {name: item.required for name, item in block.attributes.items()},
            {
                **{name: ("key",) if item.nesting == "map" else () for name, item in block.blocks.items()},
                "dynamic": ("type",),
            },
        )
    return cast("BodySchema", found)


def compile_body(
    body: Body, block: Block, diagnostics: Diagnostics, iterators: frozenset[str] = frozenset()
) -> CompiledBody:
    """Compile a body.

    Args:
        body: what is left of a configuration block when its meta-arguments are taken out.
        block: the provider's schema for it.
        diagnostics: gets what does not fit the schema.
        iterators: names of the iterators of enclosing `dynamic` blocks.
    """
    found = Diagnostics()
    content = body.content(body_schema(block), found)
    absent: dict[str, Value] = {}
    computed: list[_Argument] = []
    for name in sorted((*block.attributes, *block.blocks)):
        attribute = block.attributes.get(name)
        absent[name] = values.null_of(attribute.value_type()) if attribute is not None else None
    for name, argument in content.attributes.items():
        attribute = block.attributes[name]
        type_ = attribute.config_type()
        if attribute.deprecated:
            found.warning("Argument is deprecated", attribute.deprecated, argument.expression.range)
        computed.append(
            _Argument(
                name,
                compile_expression(argument.expression, local_names=iterators),
                type_,
                _NATIVE_TYPES.get(type_),
                argument.expression,
            )
        )
    nested = nested_blocks.compile_blocks(content.blocks, block, found, iterators, content.missing_item_range)
    diagnostics.extend(found)
    return CompiledBody(
        block, content.attributes, computed, absent, nested, content.missing_item_range, not found.has_errors
    )

