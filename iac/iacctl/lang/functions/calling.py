"""The calling convention: what a function declares, and how null, unknown, sensitive and untyped arguments are dealt with.

An implementation is called with values that are known and unmarked (at least on the outside: a list may hold unknown
elements) and not null, converted to the types of the parameters, except where a parameter allows more. The marks of the
arguments come back on the result; an unknown argument makes an unknown result of the type that the function declares.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iacctl.values import (
    BOOL,
    DYNAMIC,
    DYNAMIC_UNKNOWN,
    NO_MARKS,
    NUMBER,
    STRING,
    Marked,
    Null,
    Unknown,
    has_marks,
    mark,
    refine_not_null,
    unknown_of,
    unmark_deep,
)
from iacctl.values.core import NATIVE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iacctl.lang.context import EvalContext
    from iacctl.values import Type, Value


class FunctionError(Exception):
    """A call fails; the text says why, without a full stop."""


class ArgumentError(FunctionError):
    """A call fails because of one argument.

    Attributes:
        position: of the argument, from 0.
    """

    def __init__(self, position: int, message: str) -> None:
        super().__init__(message)
        self.position = position


class UnknownFunctionError(Exception):
    """A provider has no such function; the text is the detail of the message."""


class Parameter(NamedTuple):
    """A parameter.

    Attributes:
        name: in messages.
        type: arguments are converted to it.
        allow_null: whether the implementation takes null.
        allow_unknown: whether the implementation takes unknown values.
        allow_dynamic: whether it takes unknown values of unknown type and the untyped null.
        allow_marked: whether it takes marked values and deals with the marks itself.
        keeps_marks: of one that does: whether the marks of the argument itself also come back on a result that is unknown
            for want of another argument, or of this one. (Not with all functions; Terraform forgets them then.)
    """

    name: str
    type: Type
    allow_null: bool = False
    allow_unknown: bool = False
    allow_dynamic: bool = False
    allow_marked: bool = False
    keeps_marks: bool = False


class Implementation(NamedTuple):
    """What a function does.

    Attributes:
        call: takes the arguments (after the context, for functions that need it) and gives the result. Raises FunctionError.
        returns: the type of the result for arguments of which some are unknown; None if the catalog's type says it.
        takes_call: whether `call` gets the call itself instead of values, to evaluate the arguments as it likes.
    """

    call: Callable[..., Value]
    returns: Callable[..., Type] | None = None
    takes_call: bool = False


_NATIVE_KIND: Final[dict[Type, type]] = {STRING: str, BOOL: bool, NUMBER: int}


class Function:
    """A function: its signature, and where its implementation is.

    Attributes:
        name: without namespace.
        parameters: the positional ones.
        variadic: of all further arguments, or None.
        return_type: of the result; DYNAMIC if it depends on the arguments.
        not_null: whether the result is never null.
        pure: whether equal arguments give equal results; others give unknown values while planning.
        needs_context: whether the implementation takes the evaluation's context as its first argument.
        unevaluated: whether the implementation gets unevaluated expressions.
        console_only: whether only the console knows it.
        plan_only: whether it is there only while there is a plan, or may yet be one.
        recorded: the name under which results are kept to see that they stay the same; empty where they cannot differ.
    """

    __slots__ = (
        "_family",
        "_found",
        "console_only",
        "kinds",
        "name",
        "needs_context",
        "not_null",
        "parameters",
        "plan_only",
        "pure",
        "recorded",
        "return_type",
        "unevaluated",
        "variadic",
    )

    def __init__(
        self,
        name: str,
        implementation: str | Implementation,
        parameters: Sequence[Parameter],
        variadic: Parameter | None,
        return_type: Type,
        *,
        not_null: bool = True,
        pure: bool = True,
        needs_context: bool = False,
        unevaluated: bool = False,
        console_only: bool = False,
        plan_only: bool = False,
        recorded: str = "",
    ) -> None:
        self.name = name
        self.parameters = tuple(parameters)
        self.variadic = variadic
        self.return_type = return_type
        self.not_null = not_null
        self.pure = pure
        self.needs_context = needs_context
        self.unevaluated = unevaluated
        self.console_only = console_only
        self.plan_only = plan_only
        self.recorded = recorded
        self.kinds = tuple([_NATIVE_KIND.get(parameter.type) for parameter in self.parameters])
        self._family = implementation
        self._found: Implementation | None = None

    @property
    def implementation(self) -> Implementation:
        """The implementation; its module is imported by the first call."""
        found = self._found
        if found is None:
            if isinstance(self._family, str):
                module = import_module(f"iacctl.lang.functions.{self._family}")
                entry: Any = module.IMPLEMENTATIONS[self.name]
                found = entry if isinstance(entry, Implementation) else Implementation(entry)
            else:
                found = self._family
            self._found = found
        return found

    def parameter(self, position: int) -> Parameter:
        """The parameter that takes the argument at a position."""
        if position < len(self.parameters):
            return self.parameters[position]
        assert self.variadic is not None
        return self.variadic


def is_plain(value: Value) -> bool:
    """Whether an argument is wholly known, unmarked and not null, so that every implementation can take it."""
    kind = type(value)
    if kind in NATIVE:
        return value is not None
    if kind is Null or kind is Unknown or kind is Marked:
        return False
    return not (value.has_unknown or value.has_marks)  # type: ignore[union-attr]


def invoke(function: Function, values: Sequence[Value], context: EvalContext) -> Value:
    """Calls a function.

    Args:
        function: not one that takes unevaluated expressions.
        values: as many as it wants, converted to the types of the parameters.
        context: of the evaluation.

    Returns:
        The result, with the marks of the arguments.

    Raises:
        FunctionError: if the call fails.
    """
    arguments: list[Value] = []
    marks = kept = NO_MARKS
    unknown = dynamic = False
    for position, value in enumerate(values):
        parameter = function.parameter(position)
        bare = value
        if has_marks(value):
            if parameter.allow_marked:
                if type(value) is Marked:
                    bare = value.value
                    if parameter.keeps_marks:
                        kept |= value.marks
            else:
                bare, more = unmark_deep(value)
                marks |= more
                value = bare
        if bare is None or type(bare) is Null:
            # Behind an argument of unknown type nothing is looked at closely.
            if not parameter.allow_null and not dynamic:
                raise ArgumentError(position, "argument must not be null")
            if bare is None and not parameter.allow_dynamic:
                dynamic = True
        elif type(bare) is Unknown:
            if bare.type is DYNAMIC:
                dynamic = dynamic or not parameter.allow_dynamic
            if not parameter.allow_unknown:
                unknown = True
        arguments.append(value)
    if dynamic:
        return mark(DYNAMIC_UNKNOWN, marks)
    implementation = function.implementation
    if unknown or _held_back(function, context):
        returns = implementation.returns
        result = unknown_of(function.return_type if returns is None else returns(*arguments))
        return mark(_refined(function, result), marks | kept)
    if function.needs_context:
        _check_template(function, context)
        found = implementation.call(context, *arguments)
    else:
        found = implementation.call(*arguments)
    if function.recorded:
        _check_result(function, arguments, found, context)
    return mark(_refined(function, found), marks)


def _check_template(function: Function, context: EvalContext) -> None:
    """Templates that come from elsewhere may not read files."""
    if context.template == "templatestring" and function.name.startswith("file"):
        raise FunctionError(
            f"cannot use filesystem access functions like {function.name} in templatestring templates; consider passing the"
            " function result as a template variable instead"
        )


def _check_result(function: Function, arguments: Sequence[Value], result: Value, context: EvalContext) -> None:
    """Make sure that the same call has given the same result before, where anybody looks."""
    results = context.settings.results
    if results is not None and not results.agree(function.recorded, arguments, result):
        raise FunctionError("function returned an inconsistent result")


def _held_back(function: Function, context: EvalContext) -> bool:
    """Whether a call gives another result each time and so has to wait until apply."""
    return not function.pure and context.settings.pure


def _refined(function: Function, result: Value) -> Value:
    if function.not_null and type(result) is Unknown and result.type is not DYNAMIC:
        return refine_not_null(result)
    return result


def invoke_plain(function: Function, values: Sequence[Value], context: EvalContext) -> Value:
    """Like `invoke` for arguments that are all plain."""
    implementation = function.implementation
    if _held_back(function, context):
        return _refined(function, unknown_of(function.return_type))
    if function.needs_context:
        _check_template(function, context)
        found = implementation.call(context, *values)
        if function.recorded:
            _check_result(function, values, found, context)
        return _refined(function, found)
    result = implementation.call(*values)
    if function.recorded:
        _check_result(function, values, result, context)
    return _refined(function, result) if type(result) is Unknown else result
