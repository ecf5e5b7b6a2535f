"""`assert` blocks of runs: evaluated with what the run has come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl import values
from iacctl.config.validate import NO_SELF, References
from iacctl.diag import Comparison, Diagnostic, Diagnostics
from iacctl.eval.conditions import error_message
from iacctl.lang.compile import compile_expression
from iacctl.lang.compiler.report import reference_values
from iacctl.lang.context import EvalContext
from iacctl.lang.references import OUTPUT, RUN, SELF, TEST_ROOTS, VARIABLE
from iacctl.testing import comparison
from iacctl.testing.results import ERROR, FAIL, PASS, worse
from iacctl.testing.scope import AssertionScope
from iacctl.values import BOOL, ConversionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from iacctl.config.model import Condition, Module
    from iacctl.eval.world import World
    from iacctl.lang.compile import Compiled
    from iacctl.lang.references import Reference
    from iacctl.testing.results import Status
    from iacctl.values import Value


class Assertion(NamedTuple):
    """A compiled `assert` block."""

    condition: Compiled
    message: Compiled

    @property
    def references(self) -> Iterable[Reference]:
        """What condition and message refer to."""
        return (*self.condition.references, *self.message.references)


def compiled(conditions: Iterable[Condition]) -> list[Assertion]:
    """Compile assertions."""
    return [
        Assertion(
            compile_expression(item.condition, extra_roots=TEST_ROOTS),
            compile_expression(item.error_message, extra_roots=TEST_ROOTS),
        )
        for item in conditions
    ]


def malformed(assertions: Iterable[Assertion]) -> list[Diagnostic]:
    """What is wrong with references that are none, which keeps a run from being carried out."""
    return [problem for assertion in assertions for part in assertion for problem in part.problems]


def judge(
    assertions: Iterable[Assertion],
    world: World,
    runs: Callable[[str], Mapping[str, Value] | None],
    extra: Mapping[str, Value],
    diags: Diagnostics,
) -> Status:
    """Evaluate assertions.

    Args:
        assertions: of a run.
        world: of the walk that the run ended with.
        runs: gives the outputs of a run by its name: None if it has none; KeyError if there is no such run.
        extra: values of variables that only the test file knows.
        diags: gets what fails, and what is wrong.

    Returns:
        "pass", "fail" or "error".
    """

    def outputs(name: str) -> Mapping[str, Value] | None:
        try:
            return runs(name)
        except KeyError:
            return None

    scope = AssertionScope(world, outputs, extra)
    ctx = EvalContext(scope, diags, settings=world.settings)
    status: Status = PASS
    for assertion in assertions:
        found = Diagnostics()
        ctx.diags = found
        if _can_be_evaluated(assertion, world, runs, extra, found):
            status = worse(status, _evaluate(assertion, ctx))
        else:
            status = ERROR
        diags.extend(found)
    return status


def _can_be_evaluated(
    assertion: Assertion,
    world: World,
    runs: Callable[[str], Mapping[str, Value] | None],
    extra: Mapping[str, Value],
    diags: Diagnostics,
) -> bool:
    """Whether everything is there that the assertion refers to; what is not is reported, of the condition first."""
    return all(_is_sound(part, world, runs, extra, diags) for part in assertion)


def _is_sound(
    part: Compiled,
    world: World,
    runs: Callable[[str], Mapping[str, Value] | None],
    extra: Mapping[str, Value],
    diags: Diagnostics,
) -> bool:
    before = len(diags)
    root = world.config.root
    ordinary: list[Reference] = []
    for reference in part.references:
        if reference.kind == SELF:
            diags.error(*NO_SELF, reference.range)
            return False
        if reference.kind == RUN:
            _check_run(reference, runs, diags)
        elif reference.kind == OUTPUT:
            _check_output(reference, root, diags)
        elif reference.kind != VARIABLE or reference.name not in extra:
            ordinary.append(reference)

    def schema_of(resource: object) -> object:
        found = world.providers.resource_schema(resource.provider, resource.mode, resource.type)  # type: ignore[attr-defined]
        return None if found is None else found.block

    References(schema_of).check(root, ordinary, diags)  # type: ignore[arg-type]
    return not any(diags[index].severity == "error" for index in range(before, len(diags)))


def _check_run(reference: Reference, runs: Callable[[str], Mapping[str, Value] | None], diags: Diagnostics) -> None:
    name = reference.name
    try:
        if runs(name) is None:
            diags.error(
                "Reference to unevaluated run block",
                f'The run block "{name}" has not been evaluated yet, so its outputs are not available.',
                reference.range,
            )
    except KeyError:
        diags.error(
            "Reference to undeclared run block",
            f'There is no run "{name}" declared in this test suite.',
            reference.range,
        )


def _check_output(reference: Reference, root: Module, diags: Diagnostics) -> None:
    from iacctl.hcl.suggestions import did_you_mean

    name = reference.name
    if name not in root.outputs:
        diags.error(
            "Reference to undeclared output value",
            f'An output value with the name "{name}" has not been declared.{did_you_mean(name, root.outputs)}',
            reference.range,
        )


def _evaluate(assertion: Assertion, ctx: EvalContext) -> Status:
    found = ctx.diags
    expression = assertion.condition.expression
    message, fault = error_message(assertion.message, ctx)
    result = assertion.condition(ctx)
    if found.has_errors or fault:
        return ERROR
    result, _ = values.unmark(result)
    if values.is_null(result):
        found.error(
            "Invalid condition run",
            "Condition expression must return either true or false, not null.",
            expression.range,
            values=reference_values(expression, ctx),
        )
        return ERROR
    if not values.is_known(result):
        found.error(
            "Unknown condition value",
            "Condition expression could not be evaluated at this time. This means you have executed a `run` block with"
            " `command = plan` and one of the values your condition depended on is not known until after the plan has been"
            " applied. Either remove this value from your condition, or execute an `apply` command from this `run` block."
            " Alternatively, if there is an override for this value, you can make it available during the plan phase by"
            " setting `override_during = plan` in the `override_` block.",
            expression.range,
            values=reference_values(expression, ctx),
        )
        return ERROR
    try:
        result = values.convert(result, BOOL)
    except ConversionError as error:
        found.error(
            "Invalid condition run",
            f"Invalid condition run value: {error.message}.",
            expression.range,
            values=reference_values(expression, ctx),
        )
        return ERROR
    if result is True:
        return PASS
    found.append(
        Diagnostic(
            "error",
            "Test assertion failed",
            message,
            expression.range,
            values=comparison.reference_texts(expression, ctx),
            comparison=comparison.of(expression, ctx),
            tag=FAILED_ASSERTION,
        )
    )
    return FAIL


FAILED_ASSERTION = "test assertion"
"""The tag of the diagnostics of failed assertions."""

__all__ = ["FAILED_ASSERTION", "Assertion", "Comparison", "compiled", "judge"]
