"""Values that are known before anything is planned: of const variables, and of locals and literals built on them.

Module sources and versions may use them. Everything else is unknown here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Diagnostics
from iacctl.hcl.ast import Literal
from iacctl.lang.context import EvalContext
from iacctl.lang.references import LOCAL, PATH, VARIABLE, references
from iacctl.values import DYNAMIC_UNKNOWN, STRING, ConversionError, Value, convert, is_wholly_known, unmark_deep

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.config.model import Module
    from iacctl.hcl.ast import Expression
    from iacctl.lang.functions.calling import Function
    from iacctl.lang.references import Reference


class StaticScope:
    """The scope of expressions in a module before planning.

    Args:
        module: whose expressions are evaluated.
        variables: the values of its const variables.
        early: tells the value of any other variable, unknown if it is not known yet. OpenTofu's files may use these, too.
    """

    __slots__ = ("_early", "_locals", "_module", "_variables")

    def __init__(
        self, module: Module, variables: Mapping[str, Value], early: Callable[[str], Value] | None = None
    ) -> None:
        self._module = module
        self._variables = variables
        self._early = early
        self._locals: dict[str, Value] = {}

    def variable(self, reference: Reference, context: EvalContext) -> Value:
        """The value of a const variable; any other is unknown, except in an OpenTofu file."""
        name = reference.name
        if name not in self._module.variables:
            context.diags.error(
                "Reference to undeclared input variable",
                f'An input variable with the name "{name}" has not been declared. This variable can be declared with a'
                f' variable "{name}" {{}} block.',
                reference.range,
            )
        elif name not in self._variables and self._early is not None and _is_opentofus(reference):
            return self._early(name)
        return self._variables.get(name, DYNAMIC_UNKNOWN)

    def local(self, reference: Reference, context: EvalContext) -> Value:
        """The value of a local, worked out when it is first asked for."""
        name = reference.name
        if name in self._locals:
            return self._locals[name]
        if name not in self._module.locals:
            context.diags.error(
                "Reference to undeclared local value",
                f'A local value with the name "{name}" has not been declared.',
                reference.range,
            )
            return DYNAMIC_UNKNOWN
        self._settle(name)
        return self._locals[name]

    def _settle(self, name: str) -> None:
        """Work out a local after those it refers to, however long the chain is."""
        declared = self._module.locals
        seen: set[str] = set()
        waiting = [(name, False)]
        while waiting:
            current, ready = waiting.pop()
            if ready:
                # A local that depends on itself finds this; the cycle is reported with the graph.
                self._locals[current] = DYNAMIC_UNKNOWN
                self._locals[current] = self.evaluate(declared[current].expression, Diagnostics())
            elif current not in seen:
                seen.add(current)
                waiting.append((current, True))
                for reference in references(declared[current].expression):
                    if reference.kind == LOCAL and reference.name in declared and reference.name not in self._locals:
                        waiting.append((reference.name, False))

    def path(self, reference: Reference, context: EvalContext) -> Value:
        """The directories of the module and the root."""
        if reference.name == "module":
            return self._module.directory
        return "." if reference.name == "root" else DYNAMIC_UNKNOWN

    def _unknown(self, reference: Reference, context: EvalContext) -> Value:
        return DYNAMIC_UNKNOWN

    resource = module = terraform = other = _unknown

    def resource_instance(self, reference: Reference, key: int | str, context: EvalContext) -> Value:
        """Unknown."""
        return DYNAMIC_UNKNOWN

    def module_output(self, reference: Reference, key: int | str | None, output: str, context: EvalContext) -> Value:
        """Unknown."""
        return DYNAMIC_UNKNOWN

    def provider_function(self, name: str, context: EvalContext) -> Function | None:
        """No provider is running yet."""
        return None

    def evaluate(self, expression: Expression, diags: Diagnostics) -> Value:
        """The value of an expression, with unknown values where it depends on what is not known yet."""
        from iacctl.lang.compile import compile_expression

        return compile_expression(expression)(EvalContext(self, diags))


def _is_opentofus(reference: Reference) -> bool:
    """Whether a reference stands in one of OpenTofu's files."""
    return reference.range.file.name.endswith((".tofu", ".tofu.json"))


def string(scope: StaticScope, expression: Expression, what: str, diags: Diagnostics) -> str | None:
    """The string that a module's `source` or `version` stands for.

    Args:
        scope: of the calling module.
        expression: the argument.
        what: `"source"` or `"version"`.
        diags: gets the report.

    Returns:
        The string, or None if it is null or was reported.
    """
    if type(expression) is Literal and type(expression.value) is str:
        return expression.value
    before = len(diags)
    for reference in references(expression, diags):
        if reference.kind not in (VARIABLE, LOCAL, PATH):
            diags.error(
                f"Invalid module {what}",
                f"The module {what} can only reference constant input variables and local values.",
                reference.range,
            )
    if len(diags) > before:
        return None
    value, _ = unmark_deep(scope.evaluate(expression, diags))
    if len(diags) > before:
        return None
    if not is_wholly_known(value):
        diags.error(
            f"Unknown module {what}",
            "Only literal values and const variables can be evaluated during init.",
            expression.range,
        )
        return None
    try:
        text = convert(value, STRING)
    except ConversionError as error:
        diags.error("Incorrect value type", f"Invalid expression value: {error.message}.", expression.range)
        return None
    return text if type(text) is str else None
