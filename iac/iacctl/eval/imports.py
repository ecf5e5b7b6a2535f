"""`import` blocks: which objects to take over, and under which addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl import values
from iacctl.addrs import ResourceInstance
from iacctl.hcl.ast import Expression
from iacctl.lang.compile import compile_expression
from iacctl.lang.compiler.report import reference_values
from iacctl.lang.context import MISSING, EvalContext
from iacctl.values import EPHEMERAL, STRING, ConversionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iacctl.addrs import InstanceKey, ModuleInstance, ModulePath
    from iacctl.config.model import Import, Module, Resource, ResourceKey
    from iacctl.diag import Diagnostics
    from iacctl.eval.world import World
    from iacctl.lang.compile import Compiled
    from iacctl.lang.context import OptionalValue
    from iacctl.lang.references import Reference
    from iacctl.provider.schema import IdentitySchema
    from iacctl.values import Value


class Wanted(NamedTuple):
    """One object to import.

    Attributes:
        address: where to.
        id: its identifier; empty if it is given by its identity, or while that is unknown.
        identity: its identity, or None.
    """

    address: ResourceInstance
    id: str = ""
    identity: Value = None

    @property
    def label(self) -> str:
        """What progress shows of it: `id=i-123` or `identity=name=a,region=b`."""
        if self.identity is None:
            return f"id={self.id}"
        parts = values.paths.children(self.identity)
        return "identity=" + ",".join(f"{name}={_text(part)}" for name, part in parts if not values.is_null(part))


def _text(value: Value) -> str:
    try:
        found = values.convert(value, STRING)
    except ConversionError:
        return "..."
    return found if type(found) is str else "..."


class ImportBlock:
    """An import block with its expressions compiled.

    Attributes:
        block: the block.
    """

    __slots__ = ("_for_each", "_id", "_identity", "_keys", "block")

    def __init__(self, block: Import) -> None:
        self.block = block
        self._id = None if block.id is None else compile_expression(block.id)
        self._identity = None if block.identity is None else compile_expression(block.identity)
        self._for_each = None if block.for_each is None else compile_expression(block.for_each)
        keys = (*(key for _, key in block.to.modules), block.to.key)
        self._keys = {id(key): compile_expression(key) for key in keys if isinstance(key, Expression)}

    @property
    def target(self) -> tuple[ModulePath, ResourceKey]:
        """The resource, whatever its instances."""
        assert self.block.to.resource is not None, "only resources are imported"
        return tuple(name for name, _ in self.block.to.modules), self.block.to.resource

    def references(self) -> Iterator[Reference]:
        """What the root module must know before it can be told what to import."""
        for compiled in (self._id, self._identity, self._for_each):
            if compiled is not None:
                yield from compiled.references

    def expand(self, world: World, resource: Resource, identity: IdentitySchema | None) -> list[Wanted] | None:
        """Work out what to import.

        Args:
            world: the operation; while validating, what is unknown is passed over.
            resource: the block of the target.
            identity: what identifies objects of its type, if they can be told apart by that.

        Returns:
            The objects, or None after an error, which is reported.
        """
        if not self._refers_elsewhere(resource, world.diags):
            return None
        elements = self._elements(world)
        if elements is None:
            return None
        found: list[Wanted] = []
        for each_key, each_value in elements:
            ctx = EvalContext(
                world.scope(world.modules.root),
                world.diags,
                settings=world.settings,
                each_key=each_key,
                each_value=each_value,
            )
            address = self._address(ctx)
            if address is None or not _is_fit(address.key, resource, self.block, world.diags):
                return None
            wanted = self._wanted(world, address, ctx, identity)
            if wanted is None:
                return None
            found.append(wanted)
        return found

    def _refers_elsewhere(self, resource: Resource, diags: Diagnostics) -> bool:
        if self.block.to.modules:
            return True
        own = ("resource", *resource.key)
        for compiled, name, what in ((self._id, "id", "ID"), (self._identity, "identity", "identity")):
            for reference in () if compiled is None else compiled.references:
                if reference.subject == own:
                    diags.error(
                        f"Invalid import {name} argument",
                        f"The import {what} cannot reference the resource being imported.",
                        reference.range,
                    )
                    return False
        return True

    def _elements(self, world: World) -> Iterable[tuple[OptionalValue, OptionalValue]] | None:
        """`each.key` and `each.value` of every import; a single one without either where there is no for_each."""
        compiled = self._for_each
        if compiled is None:
            return [(MISSING, MISSING)]
        ctx = world.context(world.modules.root)
        before = len(world.diags)
        whole = compiled(ctx)
        if world.errors_since(before):
            return None
        value, marks = values.unmark(whole)
        if world.operation == "validate" and (EPHEMERAL in marks or not values.is_wholly_known(value)):
            return []
        problem = ""
        if EPHEMERAL in marks:
            problem = (
                'The given "for_each" value is derived from an ephemeral value, which means that Terraform cannot persist it '
                "between plan/apply rounds. Use only non-ephemeral values to specify a resource's instance keys."
            )
        elif not values.is_wholly_known(value):
            problem = (
                'The "for_each" expression includes values derived from other resource attributes that cannot be determined '
                "until apply, and so Terraform cannot determine the full set of values that might be used to import this "
                "resource."
            )
        elif values.is_null(value):
            return []
        elif values.type_of(value).kind not in ("list", "set", "map", "tuple", "object"):
            problem = 'The "for_each" expression must be a collection.'
        if problem:
            world.diags.error(
                "Invalid for_each argument",
                problem,
                compiled.expression.range,
                values=reference_values(
                    compiled.expression,
                    ctx,
                    caused_by_unknown=not values.is_wholly_known(value),
                    caused_by_ephemeral=EPHEMERAL in marks,
                ),
            )
            return None
        return [(_key_of(step), element) for step, element in values.paths.children(value)]

    def _address(self, ctx: EvalContext) -> ResourceInstance | None:
        modules: list[tuple[str, InstanceKey]] = []
        for name, key in self.block.to.modules:
            found = self._key(key, ctx, "module")
            if found is None:
                return None
            modules.append((name, found[0]))
        found = self._key(self.block.to.key, ctx, "resource")
        if found is None:
            return None
        address: ModuleInstance = tuple(modules)
        return ResourceInstance(address, *self.target[1], found[0])

    def _key(self, key: InstanceKey | Expression, ctx: EvalContext, kind: str) -> tuple[InstanceKey] | None:
        """The instance key that is written as a literal or as an expression of `each`; None if it was reported."""
        if not isinstance(key, Expression):
            return (key,)
        compiled = self._keys[id(key)]
        for reference in compiled.references:
            if reference.kind != "each":
                ctx.diags.error(
                    "Unknown variable",
                    f'There is no variable named "{reference.traversal.root}".Only "each.key" and "each.value" can be used in '
                    "import address index expressions.",
                    reference.traversal.root_range,
                )
                return None
        before = len(ctx.diags)
        value, _ = values.unmark(compiled(ctx))
        if any(item.severity == "error" for item in list(ctx.diags)[before:]):
            return None
        if type(value) is int or type(value) is str:
            return (value,)
        if kind == "module":
            summary, problem = "Invalid address operator", "Invalid module key: must be either a string or an integer."
        elif values.type_of(value) is values.NUMBER and not values.is_null(value):
            summary = "Invalid address"
            problem = (
                "Invalid resource instance key: value must be a whole number, between -9223372036854775808 and "
                "9223372036854775807."
            )
        else:
            summary = "Invalid address"
            problem = "Invalid resource instance key: either a string or an integer is required."
        ctx.diags.error(summary, problem, key.range)
        return None

    def _wanted(
        self, world: World, address: ResourceInstance, ctx: EvalContext, identity: IdentitySchema | None
    ) -> Wanted | None:
        before = len(world.diags)
        if self._identity is not None:
            value = _identity(self._identity, ctx, identity, world)
            return None if world.errors_since(before) else Wanted(address, identity=value)
        if self._id is None:
            return Wanted(address)
        text = _id(self._id, ctx, world)
        return None if world.errors_since(before) else Wanted(address, text)


def _key_of(step: str | values.Index) -> Value:
    return step.key if isinstance(step, values.Index) else step


def _is_fit(key: InstanceKey, resource: Resource, block: Import, diags: Diagnostics) -> bool:
    """Whether a resource may have an instance with such a key, by its arguments alone."""
    problem = ""
    if key is None:
        used = "count" if resource.count is not None else "for_each" if resource.for_each is not None else ""
        problem = f"The target resource is using {used}." if used else ""
    elif type(key) is int:
        problem = "" if resource.count is not None else "The target resource does not use count."
    else:
        problem = "" if resource.for_each is not None else "The target resource does not use for_each."
    if problem:
        diags.error("Invalid import 'to' expression", problem, block.to_expression.range)
    return not problem


_PENDING = (
    'The import block "{}" argument depends on resource attributes that cannot be determined until apply, so Terraform cannot '
    "plan to import this resource."
)


def _id(compiled: Compiled, ctx: EvalContext, world: World) -> str:
    """The identifier; empty after an error or, while validating, when it is unknown."""
    value = _plain(compiled, ctx, values.STRING)
    place = compiled.expression.range
    problem = ""
    if value is None:
        return ""
    if values.is_null(value):
        problem = "The import ID cannot be null."
    elif not values.is_known(value):
        problem = "" if world.operation == "validate" else _PENDING.format("id")
    elif value == "":
        problem = "The import ID value evaluates to an empty string, please provide a non-empty value."
    if problem:
        world.diags.error("Invalid import id argument", problem, place)
    return value if type(value) is str else ""


def _identity(compiled: Compiled, ctx: EvalContext, schema: IdentitySchema | None, world: World) -> Value:
    """The identity; None after an error."""
    place = compiled.expression.range
    if schema is None:
        world.diags.error(
            "Invalid import identity argument",
            "Objects of this resource type have no identity. Give their id instead.",
            place,
        )
        return None
    optional = [name for name, item in schema.attributes.items() if not item.required_for_import]
    kind = values.object_of({name: item.type for name, item in schema.attributes.items()}, optional)
    value = _plain(compiled, ctx, kind)
    if value is None:
        return None
    problem = ""
    if values.is_null(value):
        problem = "The import identity cannot be null."
    elif not values.is_wholly_known(value) and world.operation != "validate":
        problem = _PENDING.format("identity")
    if problem:
        world.diags.error("Invalid import identity argument", problem, place)
    return value


def _plain(compiled: Compiled, ctx: EvalContext, kind: values.Type) -> Value:
    """The value of an argument, converted and without marks; None after an error."""
    before = len(ctx.diags)
    value, _ = values.unmark_deep(compiled(ctx))
    if any(item.severity == "error" for item in list(ctx.diags)[before:]):
        return None
    if value is None:
        return values.null_of(kind)
    try:
        return values.convert(value, kind)
    except ConversionError as error:
        ctx.diags.error(
            "Incorrect value type", f"Invalid expression value: {error.message}.", compiled.expression.range
        )
        return None


def compile_all(root: Module) -> dict[tuple[ModulePath, ResourceKey], list[ImportBlock]]:
    """The import blocks of the root module by the resource that they are for. Those of other modules mean nothing."""
    found: dict[tuple[ModulePath, ResourceKey], list[ImportBlock]] = {}
    for item in root.imports:
        block = ImportBlock(item)
        found.setdefault(block.target, []).append(block)
    return found
