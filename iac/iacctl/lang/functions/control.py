"""`try`, `can`, and what concerns marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.diag import Diagnostics
from iacctl.lang.functions.calling import FunctionError, Implementation
from iacctl.values import (
    BOOL,
    DYNAMIC_UNKNOWN,
    EPHEMERAL,
    SENSITIVE,
    Marked,
    Unknown,
    is_wholly_known,
    mark,
    null_of,
    paths,
    refine_not_null,
    type_of,
    unknown_of,
    unmark,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.lang.compiler.calls import Call
    from iacctl.lang.compiler.core import Run
    from iacctl.lang.context import EvalContext
    from iacctl.values import Path, Value


def _attempt(argument: Run, context: EvalContext) -> tuple[Value, Diagnostics]:
    """Evaluates an argument, keeping its problems apart."""
    diags, quiet = context.diags, context.quiet
    context.diags = tried = Diagnostics()
    context.quiet = True
    try:
        return argument(context), tried
    finally:
        context.diags, context.quiet = diags, quiet


def _try(context: EvalContext, call: Call) -> Value:
    if not call.arguments:
        call.fail(context, "at least one argument is required")
        return DYNAMIC_UNKNOWN
    failures: list[Diagnostics] = []
    for argument in call.arguments:
        value, problems = _attempt(argument, context)
        if problems.has_errors:
            failures.append(problems)
            continue
        if not is_wholly_known(value):
            # It may still turn out to fail, and then another expression, of another type, counts.
            return DYNAMIC_UNKNOWN
        return value
    call.fail(context, _no_success(failures))
    return DYNAMIC_UNKNOWN


def _no_success(failures: list[Diagnostics]) -> str:
    lines = ["no expression succeeded:"]
    for problems in failures:
        for problem in problems:
            if problem.subject is not None:
                lines.append(f"- {problem.summary} (at {problem.subject})\n  {problem.detail}")
            else:
                lines.append(f"- {problem.summary}\n  {problem.detail}")
    lines.append("\nAt least one expression must produce a successful result")
    return "\n".join(lines)


def _can(context: EvalContext, call: Call) -> Value:
    value, problems = _attempt(call.arguments[0], context)
    if problems.has_errors:
        return False
    if not is_wholly_known(value):
        return refine_not_null(unknown_of(BOOL))
    return True


def _sensitive(value: Value) -> Value:
    return mark(value, (SENSITIVE,))


def _nonsensitive(value: Value) -> Value:
    bare, marks = unmark(value)
    return mark(bare, marks - {SENSITIVE})


def _issensitive(value: Value) -> Value:
    bare, marks = unmark(value)
    if SENSITIVE in marks:
        return True
    return refine_not_null(unknown_of(BOOL)) if type(bare) is Unknown else False


def _ephemeralasnull(value: Value) -> Value:
    def change(path: Path, part: Value) -> Value:
        if type(part) is Marked and EPHEMERAL in part.marks:
            return mark(null_of(type_of(part)), part.marks - {EPHEMERAL})
        return part

    return paths.transform(value, change)


def _removed(name: str, instead: str, what: str) -> Callable[..., Value]:
    def call(*arguments: Value) -> Value:
        raise FunctionError(
            f'the "{name}" function was deprecated in Terraform v0.12 and is no longer available; use {instead} syntax to'
            f" write a literal {what}"
        )

    return call


IMPLEMENTATIONS: Final[Mapping[str, object]] = {
    "try": Implementation(_try, takes_call=True),
    "can": Implementation(_can, takes_call=True),
    "list": _removed("list", "tolist([ ... ])", "list"),
    "map": _removed("map", "tomap({ ... })", "map"),
    "sensitive": _sensitive,
    "nonsensitive": _nonsensitive,
    "issensitive": _issensitive,
    "ephemeralasnull": _ephemeralasnull,
}
