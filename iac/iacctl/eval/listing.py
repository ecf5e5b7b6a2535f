"""The node of a `list` block: it asks a provider for the objects there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl import values
from iacctl.addrs import instance_key_text
from iacctl.diag import Diagnostics, SourceFile, events
from iacctl.eval import bodies, problems
from iacctl.eval.calls import Asking
from iacctl.eval.data import UNKNOWN, ResourceData
from iacctl.eval.expansion import acceptable, expand
from iacctl.eval.nodes import Node
from iacctl.hcl.parser import parse_config
from iacctl.lang.compile import compile_expression
from iacctl.lang.context import MISSING
from iacctl.provider.requests import ListRequest, ValidateListRequest
from iacctl.values import BOOL, DYNAMIC_UNKNOWN, NUMBER, STRING, ConversionError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from typing import Any

    from iacctl.addrs import AbsProviderConfig, InstanceKey, ModulePath
    from iacctl.config.model import Module
    from iacctl.config.queries import ListBlock
    from iacctl.diag import Range
    from iacctl.eval.data import ModuleData
    from iacctl.eval.world import World
    from iacctl.graph.walk import Job, Steps, Waiting
    from iacctl.hcl.ast import Expression
    from iacctl.lang.compile import Compiled
    from iacctl.lang.context import EvalContext
    from iacctl.lang.references import Reference
    from iacctl.provider.requests import Problem
    from iacctl.provider.schema import Schema
    from iacctl.values import Value
    from iacctl.values.paths import Path

DEFAULT_LIMIT = 100
"""How many objects are asked for where the block does not say."""


class Found(NamedTuple):
    """One object that was found.

    Attributes:
        display_name: what people call it.
        identity: what identifies it.
        state: the whole object; a null where it was not asked for.
    """

    display_name: str
    identity: Value
    state: Value


class Listed(NamedTuple):
    """What one instance of a list block has found.

    Attributes:
        block: the block.
        key: the key of the instance.
        position: which of the block's instances it is, from 0.
        schema: the schema of the type that was listed.
        found: the objects, in the order in which they came.
    """

    block: ListBlock
    key: InstanceKey
    position: int
    schema: Schema
    found: list[Found]

    @property
    def address(self) -> str:
        """`list.type.name[key]`."""
        return f"{self.block}{instance_key_text(self.key)}"


class ListNode(Node):
    """A `list` block.

    Attributes:
        block: the block.
        results: what was found by each instance, in the order of instances.
        include_all: whole objects are wanted whatever the block says.
    """

    __slots__ = ("_body", "_count", "_for_each", "_include", "_limit", "_provider", "block", "include_all", "results", "schema")

    def __init__(self, module: Module, block: ListBlock, provider: AbsProviderConfig, world: World) -> None:
        super().__init__(module.path)
        self.block = block
        self._provider = provider
        declared = world.providers.schema(provider.provider)
        self.schema = declared.resources[block.type]
        body = block.config
        if body is None:
            body = parse_config(SourceFile(block.range.file.name, ""), Diagnostics())
        self._body = bodies.compile_body(body, declared.list_resources[block.type].block, world.diags)
        self._count = _compiled(block.count)
        self._for_each = _compiled(block.for_each)
        self._limit = _compiled(block.limit)
        self._include = _compiled(block.include_resource)
        self.results: list[Listed] = []
        self.include_all = False

    def body_references(self) -> Iterable[Reference]:
        """What the configuration refers to."""
        return self._body.references()

    def references(self) -> Iterator[tuple[ModulePath, Reference]]:
        """Those of all expressions of the block."""
        for compiled in (self._count, self._for_each, self._limit, self._include):
            for reference in () if compiled is None else compiled.references:
                yield self.path, reference
        for reference in self._body.references():
            yield self.path, reference

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Ask for the objects, once for each instance; or, while validating, look at the block."""
        data = world.modules.root
        key = ("list", self.block.type, self.block.name)
        own = ResourceData(UNKNOWN)
        data.resources[key] = own  # type: ignore[index]  # lists are resources to references only
        if world.operation == "validate":
            own.set(None, DYNAMIC_UNKNOWN)
            return [self._validate(world, data)]
        expansion = expand(self._count, self._for_each, world.context(data))
        if expansion is None:
            return False
        own.repetition = expansion.repetition
        pieces: list[Steps] = []
        for position, (instance, each_value) in enumerate(expansion.instances):
            result = Listed(self.block, instance, position, self.schema, [])
            self.results.append(result)
            ctx = world.context(data, key=MISSING if instance is None else instance, each_value=each_value)
            pieces.append(self._list(world, own, result, ctx))
        return pieces or True

    def _list(self, world: World, own: ResourceData, result: Listed, ctx: EvalContext) -> Steps:
        evaluated = self._evaluated(world, ctx)
        if evaluated is None:
            return False
        marked, include, limit = evaluated
        config, _ = values.unmark_deep(marked)
        asking = self._asking(world, result.address)
        fine = yield from self._accepted(asking, config, include, limit)
        if not fine:
            return False
        if not values.is_wholly_known(config) or not values.is_known(include) or not values.is_known(limit):
            world.diags.error(
                "Unknown values in list configuration",
                f"What {result.address} asks for depends on values that are not known yet.",
                self.block.range,
            )
            return False
        listener = world.listener
        shown = None if self.block.config is None else marked
        listener(events.ListStarted(result.address, self.block.type, shown))
        wanted = bool(include) or self.include_all
        request = ListRequest(asking.type_name, config, wanted, limit if type(limit) is int else DEFAULT_LIMIT)
        problems_found = yield from asking.attempt(lambda _: self._follow(asking, request, result), None)
        if problems_found is None or not asking.report(problems_found):
            return False
        own.set(result.key, _value(result))
        listener(events.ListFinished(result.address, self.block.type, len(result.found)))
        return True

    def _follow(self, asking: Asking, request: ListRequest, result: Listed) -> tuple[Problem, ...]:
        """Take down what is found as it comes, on a thread of the pool; the problems that were reported."""
        reported: list[Problem] = []
        for item in asking.provider.list(request):
            reported.extend(item.diagnostics)
            if not values.is_null(item.identity):
                state = values.null_of(self.schema.block.object_type) if item.resource is None else item.resource
                found = Found(item.display_name, item.identity, state)
                result.found.append(found)
                asking.world.listener(events.ListFound(result, found))
        return tuple(reported)

    def _accepted(
        self, asking: Asking, config: Value, include: Value, limit: Value
    ) -> Generator[Job | Waiting, Any, bool]:
        request = ValidateListRequest(asking.type_name, config, include, limit)
        response = yield from asking.attempt(asking.provider.validate_list, request)
        return response is not None and asking.report(response.diagnostics)

    def _validate(self, world: World, data: ModuleData) -> Steps:
        if not self._body.sound:
            return False
        fine = acceptable(self._count, self._for_each, world.context(data))
        ctx = world.context(data)
        if self._count is not None:
            ctx.count_index = values.unknown_of(NUMBER)
        if self._for_each is not None:
            ctx.each_key, ctx.each_value = values.unknown_of(STRING), DYNAMIC_UNKNOWN
        evaluated = self._evaluated(world, ctx)
        if evaluated is None:
            return False
        config, include, limit = evaluated
        plain, _ = values.unmark_deep(config)
        provider = world.providers.unconfigured(self._provider.provider)
        response = provider.validate_list(ValidateListRequest(self.block.type, plain, include, limit))
        return (
            problems.report(response.diagnostics, world.diags, address=str(self.block), locate=self._locate) and fine
        )
        yield

    def _evaluated(self, world: World, ctx: EvalContext) -> tuple[Value, Value, Value] | None:
        """Configuration (with marks), `include_resource` and `limit`; None after an error, which is reported."""
        if not self._body.sound:
            return None
        before = len(world.diags)
        limit = self._limit_of(ctx)
        if world.errors_since(before):
            return None
        include = None if self._include is None else _converted(self._include, ctx, BOOL)
        config = self._body.evaluate(ctx)
        return None if world.errors_since(before) else (config, include, limit)

    def _limit_of(self, ctx: EvalContext) -> Value:
        if self._limit is None:
            return None
        value = _converted(self._limit, ctx, NUMBER)
        place = self._limit.expression.range
        if not values.is_known(value):
            return value
        if values.is_null(value):
            if not ctx.diags.has_errors:
                ctx.diags.error(
                    'Invalid "limit" argument', 'The given "limit" argument value is null. A number is required.', place
                )
            return value
        prefix = 'The given "limit" argument value is unsuitable: '
        if type(value) is not int or value > _LARGEST:
            whole = f"value must be a whole number, between {-_LARGEST - 1} and {_LARGEST}."
            ctx.diags.error('Invalid "limit" argument', prefix + whole, place)
        elif value < 0:
            ctx.diags.error("Invalid limit argument", f"{prefix}must be greater than or equal to zero.", place)
        return value

    def _asking(self, world: World, address: str) -> Asking:
        provider = world.providers.instance(self._provider)
        return Asking(world, provider, self._provider, False, self.schema, self.block.type, address, self._locate)

    def _locate(self, path: Path | None) -> Range | None:
        return self._body.locate(path) if path and self.block.config is not None else self.block.range

    def __str__(self) -> str:
        return str(self.block)


_LARGEST = 2**63 - 1


def _compiled(expression: Expression | None) -> Compiled | None:
    return None if expression is None else compile_expression(expression)


def _converted(compiled: Compiled, ctx: EvalContext, type_: values.Type) -> Value:
    before = len(ctx.diags)
    value, _ = values.unmark(compiled(ctx))
    if len(ctx.diags) > before:
        return values.unknown_of(type_)
    try:
        return values.convert(value, type_)
    except ConversionError as error:
        ctx.diags.error(
            "Incorrect value type", f"Invalid expression value: {error.message}.", compiled.expression.range
        )
        return values.unknown_of(type_)


def _value(result: Listed) -> Value:
    """What a reference to the block gives: an object whose `data` is a list of what was found."""
    items = [
        values.object_value({"display_name": item.display_name, "identity": item.identity, "state": item.state})
        for item in result.found
    ]
    return values.object_value({"data": values.tuple_value(items)})
