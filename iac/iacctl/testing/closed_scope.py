"""The scope of values in mocks and overrides: functions alone, nothing to refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.hcl.suggestions import did_you_mean
from iacctl.lang.compile import compile_expression
from iacctl.lang.context import EvalContext, Settings
from iacctl.lang.references import RESOURCE, RUN, VARIABLE
from iacctl.values import DYNAMIC_UNKNOWN

if TYPE_CHECKING:
    from iacctl.diag import Diagnostics
    from iacctl.hcl.ast import Expression
    from iacctl.lang.functions.calling import Function
    from iacctl.lang.references import Reference
    from iacctl.values import Value

_EMPTY_OBJECTS: Final = frozenset((VARIABLE, RUN))
"""Names that are there, but hold nothing."""


class ClosedScope:
    """`iacctl.lang.context.Scope` of expressions that may not refer to anything."""

    __slots__ = ()

    def _refuse(self, reference: Reference, context: EvalContext) -> Value:
        traversal = reference.traversal
        root = traversal.root
        if root in _EMPTY_OBJECTS and traversal.steps:
            step = traversal.steps[0]
            name = reference.name if reference.kind != RESOURCE else str(getattr(step, "name", ""))
            context.diags.error(
                "Unsupported attribute", f'This object does not have an attribute named "{name}".', step.range
            )
        else:
            context.diags.error(
                "Unknown variable",
                f'There is no variable named "{root}".{did_you_mean(root, sorted(_EMPTY_OBJECTS))}',
                traversal.root_range,
            )
        return DYNAMIC_UNKNOWN

    variable = local = resource = module = path = terraform = other = _refuse

    def resource_instance(self, reference: Reference, key: int | str, context: EvalContext) -> Value:
        """Refused."""
        return self._refuse(reference, context)

    def module_output(self, reference: Reference, key: int | str | None, output: str, context: EvalContext) -> Value:
        """Refused."""
        return self._refuse(reference, context)

    def provider_function(self, name: str, context: EvalContext) -> Function | None:
        """There are none."""
        return None


def evaluate(expression: Expression, diags: Diagnostics, base_dir: str) -> Value:
    """The value of an expression of a mock or an override."""
    context = EvalContext(ClosedScope(), diags, settings=Settings(base_dir, pure=False))
    return compile_expression(expression)(context)
