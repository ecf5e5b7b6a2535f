"""The scope of assertions: the root of the module that was run, its outputs, and the outputs of other runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.lang.references import OUTPUT, RESOURCE, RUN
from iacctl.values import DYNAMIC_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.eval.scope import ModuleScope
    from iacctl.eval.world import World
    from iacctl.lang.context import EvalContext, OptionalValue
    from iacctl.lang.functions.calling import Function
    from iacctl.lang.references import Reference
    from iacctl.values import Value


class AssertionScope:
    """`iacctl.lang.context.Scope` of assertions.

    Args:
        world: of the walk that the run ended with.
        runs: gives the outputs of a run by its name; None if it has none.
        extra: values of variables that only the test file knows.
    """

    __slots__ = ("_extra", "_inner", "_outputs", "_runs")

    def __init__(
        self, world: World, runs: Callable[[str], Mapping[str, Value] | None], extra: Mapping[str, Value]
    ) -> None:
        self._inner: ModuleScope = world.scope(world.modules.root)
        self._outputs = world.modules.root.outputs
        self._runs = runs
        self._extra = extra

    def variable(self, reference: Reference, context: EvalContext) -> Value:
        """`var.NAME`."""
        if reference.name in self._extra:
            return self._extra[reference.name]
        return self._inner.variable(reference, context)

    def local(self, reference: Reference, context: EvalContext) -> Value:
        """`local.NAME`."""
        return self._inner.local(reference, context)

    def resource(self, reference: Reference, context: EvalContext) -> Value:
        """A resource; or an output or a run, where an expression is looked at that takes them for resources."""
        if reference.kind == RESOURCE and reference.mode == "managed" and reference.type in (OUTPUT, RUN):
            return self._special(reference.type, reference.name)
        return self._inner.resource(reference, context)

    def resource_instance(self, reference: Reference, key: int | str, context: EvalContext) -> OptionalValue:
        """One instance of a resource."""
        return self._inner.resource_instance(reference, key, context)

    def module(self, reference: Reference, context: EvalContext) -> Value:
        """`module.NAME`."""
        return self._inner.module(reference, context)

    def module_output(
        self, reference: Reference, key: int | str | None, output: str, context: EvalContext
    ) -> OptionalValue:
        """`module.NAME.OUTPUT`."""
        return self._inner.module_output(reference, key, output, context)

    def path(self, reference: Reference, context: EvalContext) -> Value:
        """`path.NAME`."""
        return self._inner.path(reference, context)

    def terraform(self, reference: Reference, context: EvalContext) -> Value:
        """`terraform.NAME`."""
        return self._inner.terraform(reference, context)

    def other(self, reference: Reference, context: EvalContext) -> Value:
        """`output.NAME` and `run.NAME`."""
        return self._special(reference.kind, reference.name)

    def provider_function(self, name: str, context: EvalContext) -> Function | None:
        """As in the root module."""
        return self._inner.provider_function(name, context)

    def _special(self, kind: str, name: str) -> Value:
        if kind == OUTPUT:
            return self._outputs.get(name, DYNAMIC_UNKNOWN)
        if kind == RUN:
            found = self._runs(name)
            return DYNAMIC_UNKNOWN if found is None else values.object_value(dict(found))
        return DYNAMIC_UNKNOWN
