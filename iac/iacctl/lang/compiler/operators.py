"""Unary and binary operators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from iacctl.lang.compiler.report import report
from iacctl.values import (
    BOOL,
    DYNAMIC_UNKNOWN,
    NO_MARKS,
    NUMBER,
    BigFloat,
    ConversionError,
    Null,
    Unknown,
    convert,
    equal,
    mark,
    numbers,
    refine_not_null,
    unknown_of,
    unmark,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.diag import Diagnostic
    from iacctl.hcl.ast import BinaryOperation, Expression, UnaryOperation
    from iacctl.lang.compiler.core import Code, Compiler, Names, Run
    from iacctl.lang.context import EvalContext
    from iacctl.values import Mark, Number, Type, Value

_SMALL: Final = 1 << 200

_NUMBER_KINDS: Final = frozenset((int, BigFloat))
_NULL_OPERAND: Final = "argument must not be null"


def _operand(
    value: Value, type_: Type, place: str, node: Expression, whole: Expression, context: EvalContext, names: Names
) -> Value:
    try:
        return convert(value, type_)
    except ConversionError as error:
        detail = f"Unsuitable value for {place} operand: {error.message}."
        report(context, names, node, "Invalid operand", detail, node.range, whole.range)
        return unknown_of(type_)


def _failed(node: Expression, message: str, context: EvalContext, names: Names) -> None:
    report(context, names, node, "Operation failed", f"Error during operation: {message}.", node.range)


def compile_unary(compiler: Compiler, node: UnaryOperation) -> Code:
    """`-x` and `!x`."""
    inner = compiler.compile(node.operand)
    run = _negation if node.operator == "-" else _inversion
    return compiler.finish(run(node, inner.run, compiler.names), (inner,))


def _negation(node: UnaryOperation, operand: Run, names: Names) -> Run:
    def run(context: EvalContext) -> Value:
        value = operand(context)
        if type(value) is int and value:
            return -value
        return _unary(value, NUMBER, node, context, names)

    return run


def _inversion(node: UnaryOperation, operand: Run, names: Names) -> Run:
    def run(context: EvalContext) -> Value:
        value = operand(context)
        if type(value) is bool:
            return not value
        return _unary(value, BOOL, node, context, names)

    return run


def _unary(value: Value, type_: Type, node: UnaryOperation, context: EvalContext, names: Names) -> Value:
    bare, marks = unmark(_operand(value, type_, "unary", node.operand, node, context, names))
    if type(bare) is Unknown:
        # Terraform forgets the marks here.
        return refine_not_null(unknown_of(type_))
    if type(bare) is Null or bare is None:
        _failed(node, _NULL_OPERAND, context, names)
        return unknown_of(type_)
    if type_ is BOOL:
        return mark(not bare, marks)
    return mark(numbers.negate(cast("Number", bare)), marks)


def compile_binary(compiler: Compiler, node: BinaryOperation) -> Code:
    """`x op y`."""
    left = compiler.compile(node.left)
    right = compiler.compile(node.right)
    run = _BINARY[node.operator](node, left.run, right.run, compiler.names)
    return compiler.finish(run, (left, right))


# Equality.


def _equality(node: BinaryOperation, left: Run, right: Run, names: Names) -> Run:
    def run(context: EvalContext) -> Value:
        one = left(context)
        other = right(context)
        if type(one) is str and type(other) is str:
            return one == other
        return equal(one, other)

    return run


def _inequality(node: BinaryOperation, left: Run, right: Run, names: Names) -> Run:
    def run(context: EvalContext) -> Value:
        one = left(context)
        other = right(context)
        if type(one) is str and type(other) is str:
            return one != other
        found, marks = unmark(equal(one, other))
        return mark(found if type(found) is Unknown else not found, marks)

    return run


# Comparison.


def _comparison(test: Callable[[int], bool], operator: str) -> Callable[..., Run]:
    def make(node: BinaryOperation, left: Run, right: Run, names: Names) -> Run:
        def run(context: EvalContext) -> Value:
            one = left(context)
            other = right(context)
            if type(one) is int and type(other) is int:
                return test(one - other)
            found = _numbers(one, other, node, context, names)
            if found is None:
                return unknown_of(BOOL)
            one, other, marks = found
            if type(one) is Unknown or type(other) is Unknown:
                return mark(_compare_unknown(one, other, operator), marks)
            return mark(test(numbers.compare(cast("Number", one), cast("Number", other))), marks)

        return run

    return make


def _compare_unknown(left: Value, right: Value, operator: str) -> Value:
    """Decides by the bounds of the operands if they are apart (equal bounds decide nothing, as in cty)."""
    low_left, high_left = _bounds(left)
    low_right, high_right = _bounds(right)
    if high_left is not None and low_right is not None and numbers.compare(high_left, low_right) < 0:
        return operator in ("<", "<=")
    if low_left is not None and high_right is not None and numbers.compare(low_left, high_right) > 0:
        return operator in (">", ">=")
    return refine_not_null(unknown_of(BOOL))


def _bounds(value: Value) -> tuple[Number | None, Number | None]:
    if type(value) is not Unknown:
        return cast("Number", value), cast("Number", value)
    about = value.refinements
    return (None, None) if about is None else (about.lower, about.upper)


# Arithmetic.


def _numbers(
    left: Value, right: Value, node: BinaryOperation, context: EvalContext, names: Names
) -> tuple[Value, Value, frozenset[Mark]] | None:
    """The operands as numbers or unknown, with the marks of both; None if a null was reported."""
    diags = context.diags
    before = len(diags)
    one, marks = unmark(_operand(left, NUMBER, "left", node.left, node, context, names))
    other, more = unmark(_operand(right, NUMBER, "right", node.right, node, context, names))
    failed = len(diags) > before or (before and (left is DYNAMIC_UNKNOWN or right is DYNAMIC_UNKNOWN))
    if type(one) is Null or type(other) is Null or one is None or other is None:
        if not failed:
            _failed(node, _NULL_OPERAND, context, names)
        return None
    return one, other, marks | more if more else marks


def _arithmetic(calculate: Callable[[Number, Number], Number]) -> Callable[..., Run]:
    def make(node: BinaryOperation, left: Run, right: Run, names: Names) -> Run:
        def run(context: EvalContext) -> Value:
            return _calculate(calculate, left(context), right(context), node, context, names)

        return run

    return make


def _calculate(
    calculate: Callable[[Number, Number], Number],
    left: Value,
    right: Value,
    node: BinaryOperation,
    context: EvalContext,
    names: Names,
) -> Value:
    if type(left) in _NUMBER_KINDS and type(right) in _NUMBER_KINDS:
        marks = NO_MARKS
    else:
        found = _numbers(left, right, node, context, names)
        if found is None:
            return unknown_of(NUMBER)
        left, right, marks = found
        if type(left) is Unknown or type(right) is Unknown:
            return mark(refine_not_null(unknown_of(NUMBER)), marks)
    try:
        result = calculate(cast("Number", left), cast("Number", right))
    except ArithmeticError as error:
        _failed(node, str(error), context, names)
        return unknown_of(NUMBER)
    return mark(result, marks) if marks else result


def _sum(node: BinaryOperation, left: Run, right: Run, names: Names) -> Run:
    def run(context: EvalContext) -> Value:
        one = left(context)
        other = right(context)
        if type(one) is int and type(other) is int:
            result = one + other
            if -_SMALL < result < _SMALL:
                return result
        return _calculate(_add, one, other, node, context, names)

    return run


def _add(left: Number, right: Number) -> Number:
    try:
        return numbers.add(left, right)
    except ArithmeticError:
        raise ArithmeticError("can't compute sum of opposing infinities") from None


def _subtract(left: Number, right: Number) -> Number:
    try:
        return numbers.subtract(left, right)
    except ArithmeticError:
        raise ArithmeticError("can't subtract infinity from itself") from None


def _multiply(left: Number, right: Number) -> Number:
    try:
        return numbers.multiply(left, right)
    except ArithmeticError:
        raise ArithmeticError("can't multiply zero by infinity") from None


def _divide(left: Number, right: Number) -> Number:
    try:
        return numbers.divide(left, right)
    except ZeroDivisionError:
        sign = numbers.sign(left)
        if sign:
            return numbers.POSITIVE_INFINITY if sign > 0 else numbers.NEGATIVE_INFINITY
    except ArithmeticError:
        pass
    raise ArithmeticError("can't divide zero by zero or infinity by infinity")


def _modulo(left: Number, right: Number) -> Number:
    try:
        return numbers.modulo(left, right)
    except ZeroDivisionError:
        return left


# Logic. Both sides are always evaluated, for the sake of their marks; but if one of them decides alone, what is wrong
# with the other one does not matter.


def _logic(controlling: bool) -> Callable[..., Run]:
    """`&&` is controlled by False, `||` by True."""

    def make(node: BinaryOperation, left: Run, right: Run, names: Names) -> Run:
        def run(context: EvalContext) -> Value:
            diags = context.diags
            start = len(diags)
            one = left(context)
            middle = len(diags)
            other = right(context)
            if type(one) is bool and type(other) is bool and len(diags) == start:
                return one if one is controlling else other
            right_problems = diags.cut(middle)
            left_problems = diags.cut(start)
            return _decide(one, left_problems, other, right_problems, node, context, names, controlling)

        return run

    return make


def _decide(
    left: Value,
    left_problems: list[Diagnostic],
    right: Value,
    right_problems: list[Diagnostic],
    node: BinaryOperation,
    context: EvalContext,
    names: Names,
    controlling: bool,
) -> Value:
    diags = context.diags
    try:
        one, marks = unmark(convert(left, BOOL))
        other, more = unmark(convert(right, BOOL))
    except ConversionError:
        diags.extend(left_problems)
        _operand(left, BOOL, "left", node.left, node, context, names)
        diags.extend(right_problems)
        _operand(right, BOOL, "right", node.right, node, context, names)
        return unknown_of(BOOL)
    marks = marks | more
    unknown = refine_not_null(unknown_of(BOOL))
    if type(one) is Unknown and type(other) is Unknown:
        diags.extend(left_problems)
        if any(problem.severity == "error" for problem in left_problems):
            diags.extend(right_problems)
        return mark(unknown, marks)
    # A null counts as False here.
    if type(one) is not Unknown and (one is True) is controlling:
        diags.extend(left_problems)
        return mark(controlling, marks)
    if type(other) is not Unknown and (other is True) is controlling:
        diags.extend(right_problems)
        return mark(controlling, marks)
    if type(one) is Unknown:
        diags.extend(left_problems)
        return mark(unknown, marks)
    if type(other) is Unknown:
        diags.extend(right_problems)
        return mark(unknown, marks)
    diags.extend(left_problems)
    diags.extend(right_problems)
    if type(one) is Null or type(other) is Null:
        _failed(node, _NULL_OPERAND, context, names)
        return unknown_of(BOOL)
    return mark(not controlling, marks)


_BINARY: Final[dict[str, Callable[..., Run]]] = {
    "==": _equality,
    "!=": _inequality,
    "<": _comparison(lambda order: order < 0, "<"),
    "<=": _comparison(lambda order: order <= 0, "<="),
    ">": _comparison(lambda order: order > 0, ">"),
    ">=": _comparison(lambda order: order >= 0, ">="),
    "+": _sum,
    "-": _arithmetic(_subtract),
    "*": _arithmetic(_multiply),
    "/": _arithmetic(_divide),
    "%": _arithmetic(_modulo),
    "&&": _logic(False),
    "||": _logic(True),
}
