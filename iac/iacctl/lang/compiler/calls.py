"""Function calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.diag import Diagnostic, FunctionCallNote, Range
from iacctl.hcl import ast
from iacctl.hcl.suggestions import did_you_mean_closest
from iacctl.lang.compiler.access import items_of
from iacctl.lang.compiler.core import COSTLY, IMPURE, Code, constant
from iacctl.lang.compiler.report import report
from iacctl.lang.context import MISSING
from iacctl.lang.functions import calling, catalog
from iacctl.lang.references import is_type_keyword
from iacctl.lang.traversals import free_traversals
from iacctl.values import (
    DYNAMIC,
    DYNAMIC_UNKNOWN,
    NO_MARKS,
    ConversionError,
    ListType,
    Null,
    SetType,
    TupleType,
    Unknown,
    convert,
    mark,
    type_of,
    unmark,
)

if TYPE_CHECKING:
    from iacctl.lang.compiler.core import Compiler, Names, Run
    from iacctl.lang.context import EvalContext
    from iacctl.lang.functions.calling import Function
    from iacctl.values import Value


class Call(NamedTuple):
    """A call in the source, as functions get it that evaluate their arguments themselves.

    Attributes:
        node: the call.
        function: what is called.
        arguments: give the values of the arguments.
        names: local names in reach.
    """

    node: ast.FunctionCall
    function: Function
    arguments: tuple[Run, ...]
    names: Names

    def fail(self, context: EvalContext, message: str, position: int | None = None) -> None:
        """Report that the call failed, because of the argument at `position` if one is given."""
        if position is None:
            _report_failure(self, message, context)
        else:
            _report_argument(self, position, message, context)


def compile_call(compiler: Compiler, node: ast.FunctionCall) -> Code:
    """`name(arguments)`."""
    if compiler.static:
        return Code(_not_allowed(node), 0)
    function = catalog.lookup(node.name)
    if function is not None and function.unevaluated and not node.expand_final:
        return _compile_unevaluated(compiler, node, function)
    arguments = [compiler.compile(argument) for argument in node.arguments]
    runs = tuple([argument.run for argument in arguments])
    traits = COSTLY
    for argument in arguments:
        traits |= argument.traits
    if function is None:
        return Code(_undeclared(node, runs, compiler.names), traits | IMPURE)
    if not function.pure:
        traits |= IMPURE
    call = Call(node, function, runs, compiler.names)
    run = _run(call)
    if function.console_only or function.plan_only:
        return Code(_if_available(call, run), traits)
    constants = all(argument.value is not MISSING for argument in arguments)
    if constants and function.pure and not function.needs_context:
        run = _once(run)
    return Code(run, traits)


def _compile_unevaluated(compiler: Compiler, node: ast.FunctionCall, function: Function) -> Code:
    """A call of a function that looks at the expressions of its arguments: those that are no values need no code."""
    runs: list[Run] = []
    problems: list[Diagnostic] = []
    traits = COSTLY | (0 if function.pure else IMPURE)
    for position, argument in enumerate(node.arguments):
        if position < len(function.parameters) and function.parameters[position] is catalog.TYPE_PARAMETER:
            runs.append(_nothing)
            problems.extend(_references_in_type(compiler, argument))
            continue
        code = compiler.compile(argument)
        runs.append(code.run)
        traits |= code.traits
    call = Call(node, function, tuple(runs), compiler.names)

    def run(context: EvalContext) -> Value:
        if problems:
            context.diags.extend(problems)
            return DYNAMIC_UNKNOWN
        if not _arity_fits(call, len(runs), context):
            return DYNAMIC_UNKNOWN
        return function.implementation.call(context, call)

    return Code(run, traits)


def _not_allowed(node: ast.FunctionCall) -> Run:
    def run(context: EvalContext) -> Value:
        context.diags.error("Function calls not allowed", "Functions may not be called here.", node.range)
        return DYNAMIC_UNKNOWN

    return run


def _references_in_type(compiler: Compiler, argument: ast.Expression) -> list[Diagnostic]:
    """Terraform takes names in a type constraint for references, except for those of types."""
    found = [compiler.reference(name) for name in free_traversals(argument) if not is_type_keyword(name)]
    return [problem for problem in found if isinstance(problem, Diagnostic)]


def _nothing(context: EvalContext) -> Value:
    return DYNAMIC_UNKNOWN


def _once(run: Run) -> Run:
    """A call with constant arguments: its result is kept if it is a success."""
    kept: list[Value] = []

    def run_once(context: EvalContext) -> Value:
        if kept:
            return kept[0]
        before = len(context.diags)
        value = run(context)
        if len(context.diags) == before:
            kept.append(value)
        return value

    return run_once


def _undeclared(node: ast.FunctionCall, runs: tuple[Run, ...], names: Names) -> Run:
    """A call of a provider's function, or of one that there is not."""

    def run(context: EvalContext) -> Value:
        function: Function | None = None
        missing = ""
        if node.name.startswith("provider::"):
            try:
                function = context.scope.provider_function(node.name, context)
            except calling.UnknownFunctionError as error:
                missing = str(error)
        if function is None:
            summary, detail = _unknown_function(node.name, context)
            detail = missing or detail
            report(context, names, node, summary, detail, node.name_range, node.range)
            return DYNAMIC_UNKNOWN
        return _run(Call(node, function, runs, names))(context)

    return run


def _unknown_function(name: str, context: EvalContext) -> tuple[str, str]:
    namespace, separator, rest = name.partition("::")
    if not separator:
        names = [*catalog.names(), "type"] if context.settings.console else catalog.names()
        hint = did_you_mean_closest(name, [known for known in names if known != name])
        return "Call to unknown function", f'There is no function named "{name}".{hint}'
    if namespace != "provider":
        return (
            "Unknown provider function",
            f'The function namespace "{namespace}" is not valid. Provider function calls must use the "provider::" namespace'
            " prefix.",
        )
    provider, separator, function = rest.partition("::")
    if not separator:
        return (
            "Unknown provider function",
            'The function call must include the provider name after the "provider::" prefix.',
        )
    function = function.rpartition("::")[2]
    return (
        "Unknown provider function",
        f'There is no function named "{name}". Ensure that provider name "{provider}" is declared in this module\'s'
        f' required_providers block, and that this provider offers a function named "{function}".',
    )


def _if_available(call: Call, run: Run) -> Run:
    """A call of a function that only the console has, or that is there only where there is or may be a plan."""
    function, node = call.function, call.node

    def run_if_available(context: EvalContext) -> Value:
        settings = context.settings
        planned = settings.pure or settings.plan_timestamp is not None
        if settings.console if function.console_only else planned and not settings.console:
            return run(context)
        summary, detail = _unknown_function(node.name, context)
        report(context, call.names, node, summary, detail, node.name_range, node.range)
        return DYNAMIC_UNKNOWN

    return run_if_available


def _run(call: Call) -> Run:
    node, function, runs = call.node, call.function, call.arguments
    if node.expand_final:
        return _run_expanded(call)
    kinds = function.kinds
    plain = calling.is_plain

    def run(context: EvalContext) -> Value:
        if not _arity_fits(call, len(runs), context):
            return DYNAMIC_UNKNOWN
        diags = context.diags
        before = len(diags)
        values: list[Value] = []
        simple = True
        for position, argument in enumerate(runs):
            value = argument(context)
            if position >= len(kinds) or type(value) is not kinds[position]:
                value = _converted(call, position, value, context)
                if simple and not plain(value):
                    simple = False
            values.append(value)
        if len(diags) > before and any(diags[at].severity == "error" for at in range(before, len(diags))):
            return DYNAMIC_UNKNOWN
        try:
            if simple:
                return calling.invoke_plain(function, values, context)
            return calling.invoke(function, values, context)
        except calling.FunctionError as error:
            _report(call, error, context)
            return DYNAMIC_UNKNOWN

    return run


def _run_expanded(call: Call) -> Run:
    function, runs = call.function, call.arguments

    def run(context: EvalContext) -> Value:
        before = len(context.diags)
        last = runs[-1](context)
        if len(context.diags) > before:
            return DYNAMIC_UNKNOWN
        expanded = _expand(call, last, context)
        if expanded is None:
            return DYNAMIC_UNKNOWN
        fixed = len(runs) - 1
        if not _arity_fits(call, fixed + len(expanded), context):
            return DYNAMIC_UNKNOWN
        if function.unevaluated:
            more = tuple([constant(value).run for value in expanded])
            return function.implementation.call(context, call._replace(arguments=runs[:-1] + more))
        given = [argument(context) for argument in runs[:-1]]
        values = [_converted(call, position, value, context) for position, value in enumerate([*given, *expanded])]
        if len(context.diags) > before:
            return DYNAMIC_UNKNOWN
        try:
            return calling.invoke(function, values, context)
        except calling.FunctionError as error:
            _report(call, error, context)
            return DYNAMIC_UNKNOWN

    return run


def _expand(call: Call, value: Value, context: EvalContext) -> list[Value] | None:
    """The arguments that `value...` stands for; None if there are none or they are not known yet."""
    bare, marks = unmark(value)
    type_ = type_of(bare)
    node = call.node.arguments[-1]
    problem = ""
    expands = type_ is DYNAMIC or isinstance(type_, ListType | TupleType | SetType)
    if (bare is None or type(bare) is Null) and expands:
        problem = "The expanding argument (indicated by ...) must not be null."
    elif not expands:
        problem = "The expanding argument (indicated by ...) must be of a tuple, list, or set type."
    if problem:
        report(
            context,
            call.names,
            node,
            "Invalid expanding argument value",
            problem,
            node.range,
            call.node.range,
            _note(call, context),
        )
        return None
    if type(bare) is Unknown:
        return None
    items = items_of(bare)
    return [mark(item, marks) for item in items] if marks is not NO_MARKS else list(items)


def _converted(call: Call, position: int, value: Value, context: EvalContext) -> Value:
    type_ = call.function.parameter(position).type
    if type_ is DYNAMIC:
        return value
    try:
        return convert(value, type_)
    except ConversionError as error:
        _report_argument(call, position, error.message, context)
        return DYNAMIC_UNKNOWN


# Diagnostics.


def _note(call: Call, context: EvalContext) -> FunctionCallNote:
    name = call.node.name
    if context.quiet:
        return FunctionCallNote(name, None)
    from iacctl.lang.functions import metadata

    return FunctionCallNote(name, metadata.signature(call.function))


def _arity_fits(call: Call, count: int, context: EvalContext) -> bool:
    function = call.function
    wanted = len(function.parameters)
    if count == wanted or (count > wanted and function.variadic is not None):
        return True
    node = call.node
    whole = Range(node.file, node.start, node.close + 1)
    if count < wanted:
        least = " at least" if function.variadic is not None else ""
        report(
            context,
            call.names,
            node,
            "Not enough function arguments",
            f'Function "{node.name}" expects{least} {wanted} argument(s). Missing value for'
            f' "{function.parameters[count].name}".',
            node.close_range,
            whole,
            _note(call, context),
        )
        return False
    position = min(wanted, len(node.arguments) - 1)
    report(
        context,
        call.names,
        node,
        "Too many function arguments",
        f'Function "{node.name}" expects only {wanted} argument(s).',
        argument_range(node, position),
        whole,
        _note(call, context),
    )
    return False


def _report(call: Call, error: calling.FunctionError, context: EvalContext) -> None:
    if isinstance(error, calling.ArgumentError):
        _report_argument(call, error.position, str(error), context)
    else:
        _report_failure(call, str(error), context)


def _report_failure(call: Call, message: str, context: EvalContext) -> None:
    node = call.node
    report(
        context,
        call.names,
        node,
        "Error in function call",
        f'Call to function "{node.name}" failed: {message}.',
        Range(node.file, node.start, node.open + 1),
        node.range,
        _note(call, context),
    )


def _report_argument(call: Call, position: int, message: str, context: EvalContext) -> None:
    node = call.node
    parameter = call.function.parameter(position)
    expanded = node.expand_final and position >= len(node.arguments) - 1
    report(
        context,
        call.names,
        None if expanded else node.arguments[position],
        "Invalid function argument",
        f'Invalid value for "{parameter.name}" parameter: {message}.',
        argument_range(node, position),
        node.range,
        _note(call, context),
    )


def argument_range(node: ast.FunctionCall, position: int) -> Range:
    """Where messages point for an argument: where it starts to be, or the whole expanded one."""
    last = len(node.arguments) - 1
    if position >= last and node.expand_final:
        return node.arguments[last].range
    return node.arguments[min(position, last)].start_range
