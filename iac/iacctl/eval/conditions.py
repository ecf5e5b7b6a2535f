"""Conditions: validations of variables, preconditions, postconditions, assertions, and how they turned out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from iacctl import values
from iacctl.addrs import module_instance_text
from iacctl.diag import Diagnostic, Diagnostics
from iacctl.lang.compile import compile_expression
from iacctl.lang.compiler.report import reference_values
from iacctl.lang.context import MISSING
from iacctl.values import BOOL, EPHEMERAL, SENSITIVE, STRING, ConversionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iacctl.addrs import ModuleInstance
    from iacctl.config.model import Condition, Variable
    from iacctl.diag import Range
    from iacctl.eval.data import ModuleData
    from iacctl.eval.world import World
    from iacctl.lang.compile import Compiled
    from iacctl.lang.context import EvalContext, OptionalValue
    from iacctl.lang.references import Reference

Status: TypeAlias = Literal["pass", "fail", "error", "unknown"]
Kind: TypeAlias = Literal["resource", "output_value", "check", "var"]

_INVALID_MESSAGE: Final = (
    "This check failed, but has an invalid error message as described in the other accompanying messages."
)
_RANK: Final[dict[Status, int]] = {"pass": 0, "unknown": 1, "fail": 2, "error": 3}


class Rule(NamedTuple):
    """One compiled condition. `range` is the header of its block."""

    condition: Compiled
    message: Compiled
    range: Range

    def references(self) -> Iterator[Reference]:
        """What condition and message refer to."""
        yield from self.condition.references
        yield from self.message.references


class Outcome(NamedTuple):
    """How one condition turned out. `message` is set where it failed."""

    status: Status
    message: str = ""


class CheckState:
    """How the conditions of one object of the configuration turned out so far.

    Attributes:
        kind: what sort of object.
        address: its static address as text.
        instances: by address of an instance, its status and the messages of what failed.
        expanded: whether it is known what instances there are.
    """

    __slots__ = ("address", "expanded", "instances", "kind")

    def __init__(self, kind: Kind, address: str) -> None:
        self.kind: Kind = kind
        self.address = address
        self.instances: dict[str, tuple[Status, tuple[str, ...]]] = {}
        self.expanded = False

    def record(self, address: str, outcomes: Iterable[Outcome]) -> None:
        """Add outcomes to an instance."""
        status, messages = self.instances.get(address, ("pass", ()))
        for outcome in outcomes:
            if _RANK[outcome.status] > _RANK[status]:
                status = outcome.status
            if outcome.message:
                messages = (*messages, outcome.message)
        self.instances[address] = (status, messages)
        self.expanded = True

    def status(self) -> Status:
        """The worst status of any instance; "unknown" while the instances are not known."""
        if not self.expanded:
            return "unknown"
        worst: Status = "pass"
        for status, _ in self.instances.values():
            if _RANK[status] > _RANK[worst]:
                worst = status
        return worst


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


_FAILED: Final[dict[str, str]] = {
    "precondition": "Resource precondition failed",
    "postcondition": "Resource postcondition failed",
    "output_value": "Module output value precondition failed",
    "check": "Check block assertion failed",
}


def evaluate(rule: Rule, ctx: EvalContext, summary: str, severity: Literal["error", "warning"]) -> Outcome:
    """Evaluate one condition; what is wrong is reported to the context's diagnostics.

    The failure of a condition is reported with `severity`, a fault in the condition itself always is an error.
    """
    found = Diagnostics()
    outer, ctx.diags = ctx.diags, found
    try:
        message, message_fault = _message(rule, ctx)
        result = rule.condition(ctx)
    finally:
        ctx.diags = outer
    outer.extend(found)
    if found.has_errors or message_fault:
        return Outcome("error")
    subject = rule.condition.expression.range
    result, _ = values.unmark(result)
    if values.is_null(result):
        outer.error(
            "Invalid condition result",
            "Condition expression must return either true or false, not null.",
            subject,
            values=reference_values(rule.condition.expression, ctx),
        )
        return Outcome("error")
    try:
        result = values.convert(result, BOOL)
    except ConversionError as error:
        outer.error(
            "Invalid condition result",
            f"Invalid condition result value: {error.message}.",
            subject,
            values=reference_values(rule.condition.expression, ctx),
        )
        return Outcome("error")
    if type(result) is not bool:
        return Outcome("unknown")
    if result:
        return Outcome("pass")
    text = message or _INVALID_MESSAGE
    described = reference_values(rule.condition.expression, ctx)
    outer.append(Diagnostic(severity, summary, text, subject, values=described, tag="condition"))
    return Outcome("fail", text)


def _message(rule: Rule, ctx: EvalContext) -> tuple[str, bool]:
    """The text of the error message (empty if it can't be shown), and whether the expression is at fault."""
    before = len(ctx.diags)
    value = rule.message(ctx)
    if any(ctx.diags[index].severity == "error" for index in range(before, len(ctx.diags))):
        return "", True
    problem = ""
    value, marks = values.unmark(value)
    try:
        text = values.convert(value, STRING)
    except ConversionError as error:
        problem = error.message
    else:
        if values.is_null(text):
            problem = "must not be null"
        elif type(text) is str and not marks & {SENSITIVE, EPHEMERAL}:
            return text.strip(), False
        else:
            return "", False
    ctx.diags.error(
        "Invalid error message",
        f"Unsuitable value for error message: {problem}.",
        rule.message.expression.range,
        values=reference_values(rule.message.expression, ctx),
    )
    return "", True


def check(
    world: World,
    data: ModuleData,
    kind: Literal["precondition", "postcondition", "output_value", "check"],
    address: str,
    rules: list[Rule],
    *,
    static_address: str = "",
    key: OptionalValue = MISSING,
    each_value: OptionalValue = MISSING,
    self_value: OptionalValue = MISSING,
    severity: Literal["error", "warning"] = "error",
) -> bool:
    """Evaluate the conditions of one instance of an object and take down how they turned out.

    Args:
        world: the operation.
        data: the module instance.
        kind: what sort of conditions.
        address: the instance.
        rules: the conditions.
        static_address: address of the object in the configuration.
        key: the instance key, for `count.index` and `each.key`.
        each_value: for `each.value`.
        self_value: for `self`.
        severity: of a failure.

    Returns:
        Whether nothing stands against going on: no error was reported.
    """
    ctx = world.context(data, key=key, each_value=each_value, self_value=self_value)
    outcomes = [evaluate(rule, ctx, _FAILED[kind], severity) for rule in rules]
    object_kind: Kind = "resource" if kind in ("precondition", "postcondition") else kind  # type: ignore[assignment]
    world.record_check(object_kind, static_address or static_text(address), address, outcomes)
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
    address = f"var.{variable.name}"
    if data.address:
        address = f"{module_instance_text(data.address)}.{address}"
    for rule in rules:
        found = Diagnostics()
        ctx.diags = found
        outcome = _check_validation(rule, ctx, variable)
        world.diags.extend(found)
        outcomes.append(outcome)
    if world.operation != "validate":
        world.record_check("var", static_text(address), address, outcomes)
    return not any(outcome.status in ("fail", "error") for outcome in outcomes)


def _check_validation(rule: Rule, ctx: EvalContext, variable: Variable) -> Outcome:
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
    outer.error("Invalid value for variable", detail, variable.range, values=described)
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
            article = "a sensitive" if word == "sensitive" else "an ephemeral"
            return (
                f"The error message included {article} value, so it will not be displayed.",
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
