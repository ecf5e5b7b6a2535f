"""The `provisioner` and `connection` blocks of a resource: compiled, validated, evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl import values
from iacctl.config.bodies import OverriddenBody
from iacctl.config.validate import References, check_attribute
from iacctl.diag import Diagnostics
from iacctl.eval import bodies, problems
from iacctl.lang.references import SELF
from iacctl.provisioners import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iacctl.config.model import Module, Provisioner, Resource
    from iacctl.config.validate import SchemaOf
    from iacctl.eval.bodies import CompiledBody
    from iacctl.eval.world import World
    from iacctl.hcl.body import Body
    from iacctl.lang.context import EvalContext
    from iacctl.lang.references import Reference
    from iacctl.provider.schema import Block
    from iacctl.provisioners.pool import ProvisionerPool
    from iacctl.values import Value

_NO_CONNECTION = values.null_of(connection.SCHEMA.object_type)


class _Part(NamedTuple):
    """A body, and what does not fit its schema."""

    body: CompiledBody
    diags: Diagnostics

    def evaluate(self, ctx: EvalContext) -> Value:
        """The object; problems go to the context's diagnostics."""
        ctx.diags.extend(self.diags)
        return self.body.evaluate(ctx)


class Step(NamedTuple):
    """One `provisioner` block.

    Attributes:
        block: the block.
        config: its arguments.
        connection: the connection, made of the block's own and the resource's; None when there is neither.
    """

    block: Provisioner
    config: _Part
    connection: _Part | None

    def evaluate(self, ctx: EvalContext) -> tuple[Value, Value] | None:
        """Arguments and connection; None after an error, which is in the context's diagnostics."""
        found: list[Value] = []
        for part in (self.config, self.connection):
            before = len(ctx.diags)
            found.append(_NO_CONNECTION if part is None else part.evaluate(ctx))
            if any(ctx.diags[index].severity == "error" for index in range(before, len(ctx.diags))):
                return None
        return found[0], found[1]


class Steps:
    """All `provisioner` blocks of a resource, or of a `removed` block.

    Args:
        blocks: the blocks, in order.
        connection_body: the connection of the resource; None when it has none.
        pool: knows the schemas.
    """

    __slots__ = ("_base", "steps", "unknown_types")

    def __init__(self, blocks: Iterable[Provisioner], connection_body: Body | None, pool: ProvisionerPool) -> None:
        self._base = None if connection_body is None else _compiled(connection_body, connection.SCHEMA)
        self.steps: list[Step] = []
        self.unknown_types: list[Provisioner] = []
        for block in blocks:
            provisioner = pool.get(block.type)
            if provisioner is None:
                self.unknown_types.append(block)
                continue
            self.steps.append(
                Step(block, _compiled(block.body, provisioner.schema()), self._connection(block, connection_body))
            )

    def _connection(self, block: Provisioner, base: Body | None) -> _Part | None:
        if block.connection is None:
            return self._base
        body = block.connection if base is None else OverriddenBody(base, block.connection)
        return _compiled(body, connection.SCHEMA)

    def when(self, moment: str) -> list[Step]:
        """The blocks that run at a moment: "create" or "destroy"."""
        return [step for step in self.steps if step.block.when == moment]

    def references(self) -> Iterator[Reference]:
        """What has to be there before the resource is created."""
        if self._base is not None:
            yield from self._base.body.references()
        for step in self.when("create"):
            yield from step.config.body.references()
            if step.connection is not None:
                yield from step.connection.body.references()

    def validate(self, world: World, module: Module, own: Block, ctx: EvalContext) -> bool:
        """Report what is wrong with the blocks, up to the first one with an error; whether there is none.

        Args:
            world: a validating operation.
            module: where the resource is declared.
            own: the schema of the resource.
            ctx: what to evaluate in; its diagnostics get the problems.
        """

        def schema_of(other: Resource) -> Block | None:
            found = world.providers.resource_schema(other.provider, other.mode, other.type)
            return None if found is None else found.block

        ctx.self_value = values.unknown_of(own.object_type)
        for step in self.steps:
            before = len(ctx.diags)
            config = _validated(step.config, module, own, schema_of, ctx)
            provisioner = world.provisioners.get(step.block.type)
            if provisioner is not None:
                problems.report(provisioner.validate(values.unmark_deep(config)[0]), ctx.diags)
            if step.connection is not None:
                _validated(step.connection, module, own, schema_of, ctx)
            if any(ctx.diags[index].severity == "error" for index in range(before, len(ctx.diags))):
                return False
        return True


def _compiled(body: Body, schema: Block) -> _Part:
    diags = Diagnostics()
    return _Part(bodies.compile_body(body, schema, diags), diags)


def _validated(part: _Part, module: Module, own: Block, schema_of: SchemaOf, ctx: EvalContext) -> Value:
    """Report a body's references to nothing or, if there are none, what goes wrong when it is evaluated."""
    diags = ctx.diags
    found = Diagnostics()
    references = list(part.body.references())
    References(schema_of).check(module, (item for item in references if item.kind != SELF), found)
    for reference in references:
        if reference.kind == SELF:
            check_attribute(own, reference, found)
    diags.extend(found)
    if found.has_errors:
        attributes = part.body.schema.attributes.items()
        return values.object_value({name: values.unknown_of(item.value_type()) for name, item in attributes})
    return part.evaluate(ctx)
