"""The `action_trigger` blocks of a resource: whether their condition holds, and which actions they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl import values
from iacctl.config.validate import References
from iacctl.diag import Diagnostics
from iacctl.hcl import ast, static
from iacctl.lang.compile import compile_expression
from iacctl.lang.context import MISSING
from iacctl.lang.references import COUNT, EACH, SELF, references
from iacctl.values import ConversionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl.addrs import InstanceKey
    from iacctl.config.actions import ActionRef, ActionTrigger
    from iacctl.config.model import Module
    from iacctl.lang.context import EvalContext
    from iacctl.lang.references import Reference


_MISSING: Final = {
    COUNT: (
        'Reference to "count" in non-counted context',
        'The "count" object can only be used in "resource" blocks when the "count" argument is set.',
    ),
    EACH: (
        'Reference to "each" in context without for_each',
        'The "each" object can be used only in "resource" blocks when the "for_each" argument is set.',
    ),
}
"""What is said where a key refers to a repetition that there is none of."""


class CompiledTrigger:
    """One `action_trigger` block.

    Attributes:
        block: the block.
    """

    __slots__ = ("_condition", "_condition_references", "_module", "block")

    def __init__(self, module: Module, block: ActionTrigger) -> None:
        self.block = block
        self._module = module
        self._condition = None if block.condition is None else compile_expression(block.condition)
        self._condition_references = [] if block.condition is None else references(block.condition, Diagnostics())

    def references(self) -> Iterator[Reference]:
        """What the condition refers to."""
        yield from self._condition_references

    def holds(self, ctx: EvalContext) -> bool | None:
        """Evaluate the condition; None when that is impossible, which is reported."""
        if self._condition is None:
            return True
        place = self._condition.expression.range
        diags = ctx.diags
        if any(item.kind == SELF for item in self._condition_references):
            diags.error("Self reference not allowed", 'The condition expression cannot reference "self".', place)
            return None
        before = len(diags)
        if not References().check(self._module, self._condition_references, diags):
            return None
        value = self._condition(ctx)
        if any(diags[index].severity == "error" for index in range(before, len(diags))):
            return None
        plain, _ = values.unmark(value)
        try:
            plain = values.convert(plain, values.BOOL)
        except ConversionError as error:
            diags.error("Incorrect value type", f"Invalid expression value: {error.message}.", place)
            return None
        if not values.is_known(plain):
            diags.error(
                "Condition must be known",
                "The condition expression resulted in an unknown value, but it must be a known boolean value.",
                place,
            )
            return None
        return plain is True

    @staticmethod
    def key(item: ActionRef, ctx: EvalContext) -> tuple[InstanceKey] | None:
        """The key of the instance that an element of the list means; None when it is none, which is reported.

        Only literal keys, `count.index` and `each.key` are keys here.
        """
        expression = item.expression
        if isinstance(expression, ast.RelativeTraversal):
            expression = expression.source
        if not isinstance(expression, ast.Index):
            if not isinstance(expression, ast.ScopeTraversal):
                ctx.diags.error(
                    "Invalid action expression",
                    "Unexpected expression found in action_triggers.actions.",
                    item.expression.range,
                )
                return None
            return (item.action.key,)
        written = static.traversal(expression.key, ctx.diags)
        if written is None:
            return None
        found = references(expression.key, Diagnostics())
        if len(found) != 1 or (found[0].kind, found[0].name) not in (("count", "index"), ("each", "key")):
            ctx.diags.error(
                "Invalid index expression",
                "Only constant values, count.index or each.key are allowed in index expressions.",
                expression.key.range,
            )
            return None
        summary, detail = _MISSING[found[0].kind]
        if (ctx.count_index if found[0].kind == COUNT else ctx.each_key) is MISSING:
            ctx.diags.error(summary, detail, expression.key.range)
            return None
        value, _ = values.unmark(compile_expression(expression.key)(ctx))
        return (value,) if type(value) is int or type(value) is str else None
