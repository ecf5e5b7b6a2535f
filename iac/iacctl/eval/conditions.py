"""Conditions: validations of variables, preconditions, postconditions, assertions, and how they turned out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from iacctl import values
from iacctl.addrs import module_instance_text
from iacctl.diag import ALONE, Diagnostic, Diagnostics
from iacctl.diag.diagnostics import DEPRECATION
from iacctl.eval.check_states import Outcome
from iacctl.lang.compile import compile_expression
from iacctl.lang.compiler.report import reference_values
from iacctl.lang.context import MISSING
from iacctl.values import BOOL, EPHEMERAL, SENSITIVE, STRING, ConversionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iacctl.addrs import ModuleInstance
    from iacctl.config.model import Condition, Variable
    from iacctl.diag import Range
    from iacctl.diag.diagnostics import Severity
    from iacctl.eval.check_states import Kind
    from iacctl.eval.data import ModuleData
    from iacctl.eval.world import World
    from iacctl.lang.compile import Compiled
    from iacctl.lang.context import EvalContext, OptionalValue
    from iacctl.lang.references import Reference

_INVALID_MESSAGE: Final = (
    "This check failed, but has an invalid error message as described in the other accompanying messages."
)

REFUSED_VALUE: Final = "Invalid value for variable"
"""Summary of what is said where a validation of an input variable fails."""


class Rule(NamedTuple):
    """One compiled condition. `range` is the header of its block."""

    condition: Compiled
    message: Compiled
    range: Range

    def references(self) -> Iterator[Reference]:
        """What condition and message refer to."""
        yield from self.condition.references
        yield from self.message.references


def compile_conditions(conditions: Iterable[Condition], diagnostics: Diagnostics) -> list[Rule]:
    """Compile the condition blocks of an object."""
    return [
        Rule(
            compile_expression(item.condition),
            compile_expression(item.error_message),
            item.range,
        )
        for item in conditions
    ]


def output_address(module: ModuleInstance, name: str) -> str:
    """The address of an output value of a module instance."""
    return f"{module_instance_text(module)}.output.{name}" if module else f"output.{name}"


Subject: TypeAlias = Literal["precondition", "postcondition", "output_value", "check"]
"""What a condition is part of."""

_NAMES: Final[dict[Subject, str]] = {
    "precondition": "Resource precondition",
    "postcondition": "Resource postcondition",
    "output_value": "Module output value precondition",
    "check": "Check block assertion",
}


def evaluate(
    rule: Rule, ctx: EvalContext, subject: Subject, severity: Severity, checked: tuple[str, str] | None = None
) -> Outcome:
    """Evaluate one condition; what is wrong is reported to the context's diagnostics.

    The failure of a condition is reported with `severity`, a fault in the condition itself always is an error. `checked`
    is the kind and address of the object that the condition is about.
    """
    found = Diagnostics()
    outer, ctx.diags = ctx.diags, found
    try:
        message, message_fault = error_message(rule.message, ctx)
        result = rule.condition(ctx)
    finally:
        ctx.diags = outer
    # What assertions give rise to, Terraform does not sum up as "similar warnings", but for sensitive messages.
    summed_up = "Error message refers to sensitive values"
    alone = subject == "check"
    outer.extend(
        item._replace(tag=ALONE) if alone and item.summary != summed_up and item.tag != DEPRECATION else item
        for item in found
    )
    if found.has_errors or message_fault:
        return Outcome("error")
    expression = rule.condition.expression
    result, _ = values.unmark(result)
    if values.is_null(result):
        outer.error(
            "Invalid condition result",
            "Condition expression must return either true or false, not null.",
            expression.range,
            values=reference_values(expression, ctx),
        )
        return Outcome("error")
    try:
        result = values.convert(result, BOOL)
    except ConversionError as error:
        outer.error(
            "Invalid condition result",
            f"Invalid condition result value: {error.message}.",
            expression.range,
            values=reference_values(expression, ctx),
        )
        return Outcome("error")
    if type(result) is not bool:
        if subject == "check":
            outer.warning(
                f"{_NAMES[subject]} known after apply",
                "The condition could not be evaluated at this time, a result will be known when this plan is applied.",
                expression.range,
                values=reference_values(expression, ctx),
                tag=ALONE,
                checked=checked,
            )
        return Outcome("unknown")
    if result:
        return Outcome("pass")
    outer.append(
        Diagnostic(
            severity,
            f"{_NAMES[subject]} failed",
            message or _INVALID_MESSAGE,
            expression.range,
            values=reference_values(expression, ctx),
            tag=ALONE if subject == "check" else None,
            checked=checked,
        )
    )
    return Outcome("fail", message)


def are_sound(rules: Iterable[Rule], ctx: EvalContext, *, messages: bool = False) -> bool:
    """Evaluate conditions as validation does: only faults of the expressions count, not what they come to.

    Args:
        rules: the conditions.
        ctx: where to evaluate them.
        messages: whether error messages must be suitable as well, as Terraform wants it of assertions.
    """
    outer, ctx.diags = ctx.diags, Diagnostics()
    for rule in rules:
        rule.condition(ctx)
        if messages:
            error_message(rule.message, ctx)
        else:
            rule.message(ctx)
    found, ctx.diags = ctx.diags, outer
    # Terraform does not tell of deprecated values here.
    outer.extend(item for item in found if item.tag != DEPRECATION)
    return not found.has_errors


def error_message(message: Compiled, ctx: EvalContext) -> tuple[str, bool]:
    """The text of the error message (empty if it can't be shown), and whether the expression is at fault."""
    before = len(ctx.diags)
    value = message(ctx)
    if any(ctx.diags[index].severity == "error" for index in range(before, len(ctx.diags))):
        return "", True
    subject = message.expression.range
    value, marks = values.unmark(value)
    problem = ""
    try:
        text = values.convert(value, STRING)
    except ConversionError as error:
        problem = error.message
    else:
        if values.is_null(text):
            problem = "must not be null"
        elif not values.is_known(text):
            return "", False
        elif SENSITIVE in marks or EPHEMERAL in marks:
            word = "sensitive" if SENSITIVE in marks else "ephemeral"
            ctx.diags.warning(
                f"Error message refers to {word} values",
                f"The error expression used to explain this condition refers to {word} values, so Terraform will not display "
                f"the resulting message.\n\nYou can correct this by removing references to {word} values, or by {_REMEDY[word]}.",
                subject,
            )
            return "", False
        else:
            return (text.strip() if type(text) is str else ""), False
    ctx.diags.error(
        "Invalid error message",
        f"Unsuitable value for error message: {problem}.",
        subject,
        values=reference_values(message.expression, ctx),
    )
    return "", True


_REMEDY: Final = {
    "sensitive": "carefully using the nonsensitive() function if the expression will not reveal the sensitive data",
    "ephemeral": "using the ephemeralasnull() function on the references to not reveal ephemeral data",
}


def check(
    world: World,
    data: ModuleData,
    subject: Subject,
    address: str,
    rules: list[Rule],
    *,
    key: OptionalValue = MISSING,
    each_value: OptionalValue = MISSING,
    self_value: OptionalValue = MISSING,
) -> bool:
    """Evaluate the conditions of one instance of an object and take down how they turned out.

    Args:
        world: the operation.
        data: the module instance.
        subject: what sort of conditions.
        address: the instance.
        rules: the conditions.
        key: the instance key, for `count.index` and `each.key`.
        each_value: for `each.value`.
        self_value: for `self`.

    Returns:
        Whether nothing stands against going on: no error was reported.
    """
    severity = "warning" if subject == "check" else world.condition_severity
    ctx = world.context(data, key=key, each_value=each_value, self_value=self_value)
    kind: Kind = "resource" if subject in ("precondition", "postcondition") else subject  # type: ignore[assignment]
    outcomes = [evaluate(rule, ctx, subject, severity, (kind, address)) for rule in rules]
    world.record_check(kind, static_text(address), address, outcomes)
    bad = ("error",) if severity == "warning" else ("error", "fail")
    return not any(outcome.status in bad for outcome in outcomes)


def static_text(address: str) -> str:
    """An address without its instance keys."""
    import re

    return re.sub(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]', "", address)


def check_variable(world: World, data: ModuleData, variable: Variable, rules: list[Rule]) -> bool:
    """Evaluate the validations of an input variable in one module instance; whether it is valid."""
    ctx = world.context(data)
    outcomes: list[Outcome] = []
    place = world.surroundings.variable_ranges.get(variable.name)
    address = f"var.{variable.name}"
    if data.address:
        call = data.module.call
        given = None if call is None else call.arguments.get(variable.name)
        place = None if given is None else given.expression.range
        address = f"{module_instance_text(data.address)}.{address}"
    for rule in rules:
        found = Diagnostics()
        ctx.diags = found
        outcome = _check_validation(rule, ctx, variable, place)
        world.diags.extend(item for item in found if item.tag != DEPRECATION)
        outcomes.append(outcome)
    if world.operation != "validate":
        state = world.check_state("var", static_text(address))
        state.expect(address, len(rules))
        state.record(address, outcomes)
    return not any(outcome.status in ("fail", "error") for outcome in outcomes)


def _check_validation(rule: Rule, ctx: EvalContext, variable: Variable, place: Range | None) -> Outcome:
    outer = ctx.diags
    inner = ctx.diags = Diagnostics()
    result = rule.condition(ctx)
    message_value = rule.message(ctx)
    ctx.diags = outer
    outer.extend(inner)
    if inner.has_errors:
        return Outcome("error")
    subject = rule.condition.expression.range
    described = reference_values(rule.condition.expression, ctx)
    result, _ = values.unmark(result)
    summary = "Invalid variable validation result"
    if values.is_null(result):
        outer.error(
            summary,
            "Validation condition expression must return either true or false, not null.",
            subject,
            values=described,
        )
        return Outcome("error")
    try:
        result = values.convert(result, BOOL)
    except ConversionError as error:
        outer.error(
            summary, f"Invalid validation condition result value: {error.message}.", subject, values=described
        )
        return Outcome("error")
    if type(result) is not bool:
        return Outcome("unknown")
    if result:
        return Outcome("pass")
    text, problem = _validation_message(rule, ctx, message_value)
    where = rule.range
    detail = f"{text}\n\nThis was checked by the validation rule at {where}."
    outer.error(
        REFUSED_VALUE, detail, place or variable.range, values=described, checked=("var", f"var.{variable.name}")
    )
    if problem is not None:
        outer.append(problem)
    return Outcome("fail", text)


def _validation_message(rule: Rule, ctx: EvalContext, value: values.Value) -> tuple[str, Diagnostic | None]:
    value, marks = values.unmark(value)
    subject = rule.message.expression.range
    for mark, word in ((SENSITIVE, "sensitive"), (EPHEMERAL, "ephemeral")):
        if mark in marks:
            detail = (
                f"The error expression used to explain this condition refers to {word} values. Terraform will not display the "
                f"resulting message.\n\nYou can correct this by removing references to {word} values, or by carefully using "
                f"the {'non' + word if word == 'sensitive' else 'ephemeralasnull'}() function if the expression will not "
                f"reveal the {word} data."
            )
            return (
                "The error message included a sensitive value, so it will not be displayed.",
                Diagnostic("error", f"Error message refers to {word} values", detail, subject),
            )
    try:
        text = values.convert(value, STRING)
    except ConversionError as error:
        return "", Diagnostic(
            "error", "Invalid error message", f"Unsuitable value for error message: {error.message}.", subject
        )
    if type(text) is not str:
        return "Failed to evaluate condition error message.", None
    return text.strip(), None
