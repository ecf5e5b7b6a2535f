"""`condition ? then : otherwise`, also as the `if` directive of templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Range
from iacctl.hcl import ast
from iacctl.lang.compiler.report import report
from iacctl.values import (
    BOOL,
    DYNAMIC,
    NO_MARKS,
    NUMBER,
    ConversionError,
    ListType,
    MapType,
    Marked,
    Null,
    ObjectType,
    SetType,
    TupleType,
    Unknown,
    convert,
    mark,
    null_of,
    refine,
    type_of,
    unify,
    unknown_of,
    unmark,
    unmark_deep,
)
from iacctl.values.unknown import refinements_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.hcl.ast import Conditional, Expression, TemplateIf
    from iacctl.lang.compiler.core import Code, Compiler, Names
    from iacctl.lang.context import EvalContext
    from iacctl.values import Type, Value

    Converter = Callable[[Value], Value] | None


def compile_conditional(compiler: Compiler, node: Conditional | TemplateIf) -> Code:
    """A choice between two expressions."""
    condition = compiler.compile(node.condition)
    then = compiler.compile(node.then)
    otherwise = compiler.compile(node.otherwise)
    names = compiler.names
    test, yes, no = condition.run, then.run, otherwise.run
    is_splat = isinstance(_within_parentheses(node.condition), ast.Splat)

    def run(context: EvalContext) -> Value:
        diags = context.diags
        start = len(diags)
        one = yes(context)
        middle = len(diags)
        other = no(context)
        end = len(diags)
        if end == start and type(one) is type(other) and type(one) in _SIMPLE:
            before = len(diags)
            chosen = test(context)
            if chosen is True:
                return one
            if chosen is False:
                return other
            if is_splat and len(diags) > before:
                return unknown_of(type_of(one))
            return _choose(one, other, chosen, None, None, type_of(one), node, context, names)
        other_problems = diags.cut(middle)
        one_problems = diags.cut(start)
        found = _common_type(one, other)
        if found is None:
            _report_mismatch(one, other, node, context, names)
            return unknown_of(DYNAMIC)
        type_, convert_one, convert_other = found
        before = len(diags)
        chosen = test(context)
        if is_splat and any(diags[at].severity == "error" for at in range(before, len(diags))):
            # Of what such an expression gives in spite of its faults nothing more is said.
            return unknown_of(type_)
        bare, _ = unmark_deep(chosen)
        if bare is True or bare in ("true", "1"):
            diags.extend(one_problems)
        elif bare is False or bare in ("false", "0"):
            diags.extend(other_problems)
        return _choose(one, other, chosen, convert_one, convert_other, type_, node, context, names)

    return compiler.finish(run, (condition, then, otherwise))


def _within_parentheses(expression: Expression) -> Expression:
    while isinstance(expression, ast.Parentheses):
        expression = expression.expression
    return expression


_SIMPLE = frozenset((str, int, bool))


def _common_type(one: Value, other: Value) -> tuple[Type, Converter, Converter] | None:
    """The type of the result, and how to convert either side to it."""
    one_type, other_type = type_of(one), type_of(other)
    if one is None:
        return other_type, lambda value: null_of(other_type), None
    if other is None:
        return one_type, None, lambda value: null_of(one_type)
    if one_type is other_type:
        return one_type, None, None
    if one_type is DYNAMIC or other_type is DYNAMIC:
        return DYNAMIC, None, None
    found = unify([one_type, other_type], unsafe=True)
    if found is None:
        return None
    type_, converters = found
    return type_, converters[0], converters[1]


def _choose(
    one: Value,
    other: Value,
    condition: Value,
    convert_one: Converter,
    convert_other: Converter,
    type_: Type,
    node: Conditional | TemplateIf,
    context: EvalContext,
    names: Names,
) -> Value:
    chosen, marks = unmark(condition)
    test = node.condition
    if chosen is None or type(chosen) is Null:
        detail = "The condition value is null. Conditions must either be true or false."
        report(context, names, test, "Null condition", detail, test.range, node.range)
        return unknown_of(type_)
    if type(chosen) is Unknown:
        return _undecided(one, other, type_, marks)
    try:
        decided = convert(chosen, BOOL)
    except ConversionError:
        detail = "The condition expression must be of type bool."
        report(context, names, test, "Incorrect condition type", detail, test.range, node.range)
        return unknown_of(type_)
    value, converter, branch, word = (
        (one, convert_one, node.then, "true") if decided else (other, convert_other, node.otherwise, "false")
    )
    if converter is not None:
        try:
            value = converter(value)
        except ConversionError as error:
            detail = f"The {word} result value has the wrong type: {error.message}."
            report(context, names, branch, "Inconsistent conditional result types", detail, branch.range, node.range)
            value = unknown_of(type_)
    # The other branch's marks count too: the choice may tell something about it.
    for branch_value in (one, other):
        if type(branch_value) is Marked:
            marks = marks | branch_value.marks
    return mark(value, marks) if marks else value


def _undecided(one: Value, other: Value, type_: Type, marks: frozenset[object]) -> Value:
    """What is known of the result while the condition is not."""
    one, one_marks = unmark(one)
    other, other_marks = unmark(other)
    marks = marks | one_marks | other_marks
    one_null, other_null = one is None or type(one) is Null, other is None or type(other) is Null
    if one_null and other_null:
        return mark(null_of(type_), marks)
    result = unknown_of(type_)
    if one_null or other_null:
        return mark(result, marks)
    about, other_about = refinements_of(one), refinements_of(other)
    not_null = about.not_null and other_about.not_null
    refined: Value = refine(result, not_null=True) if not_null else result
    one_type, other_type = type_of(one), type_of(other)
    if one_type is NUMBER and other_type is NUMBER:
        from iacctl.values import numbers

        lower = upper = None
        if about.lower is not None and other_about.lower is not None:
            lower = about.lower if numbers.compare(about.lower, other_about.lower) <= 0 else other_about.lower
        if about.upper is not None and other_about.upper is not None:
            upper = about.upper if numbers.compare(about.upper, other_about.upper) >= 0 else other_about.upper
        refined = refine(refined, lower=lower, upper=upper)
    elif one_type.is_collection and one_type is other_type:
        most = None
        if about.max_length is not None and other_about.max_length is not None:
            most = max(about.max_length, other_about.max_length)
        least = min(about.min_length, other_about.min_length)
        refined = refine(refined, min_length=least, max_length=most)
    return mark(refined, marks or NO_MARKS)


def _report_mismatch(
    one: Value, other: Value, node: Conditional | TemplateIf, context: EvalContext, names: Names
) -> None:
    reason = describe_mismatch(type_of(one), type_of(other))
    report(
        context,
        names,
        node,
        "Inconsistent conditional result types",
        f"The true and false result expressions must have consistent types. {reason}.",
        _both(node.then, node.otherwise),
        node.range,
    )


def _both(then: Expression, otherwise: Expression) -> Range:
    return Range(then.file, then.start, otherwise.end)


def describe_mismatch(one: Type, other: Type) -> str:
    """Why the types of two branches have nothing in common, as precisely as can be said."""
    prefix = ""
    while True:
        if isinstance(one, ObjectType) and isinstance(other, ObjectType):
            step = _attribute_mismatch(one, other)
        elif isinstance(one, TupleType) and isinstance(other, TupleType):
            step = _element_mismatch(one, other)
        elif (
            type(one) is type(other)
            and isinstance(one, ListType | SetType | MapType)
            and isinstance(other, ListType | SetType | MapType)
            and (isinstance(one.element, ObjectType | TupleType) and type(one.element) is type(other.element))
        ):
            step = (f"Mismatched {one.kind} element types: ", one.element, other.element)
        else:
            step = None
        if step is None:
            return (
                f"{prefix}The 'true' value is {one.friendly_name()}, but the 'false' value is {other.friendly_name()}"
            )
        text, one, other = step
        if one is other:
            return prefix + text
        prefix += text


def _attribute_mismatch(one: ObjectType, other: ObjectType) -> tuple[str, Type, Type] | None:
    for name, type_ in sorted(one.attributes.items()):
        if name not in other.attributes:
            text = f"The 'true' value includes object attribute \"{name}\", which is absent in the 'false' value"
            return text, one, one
        if type_ is not other.attributes[name]:
            return f'Type mismatch for object attribute "{name}": ', type_, other.attributes[name]
    for name in sorted(other.attributes):
        if name not in one.attributes:
            text = f"The 'false' value includes object attribute \"{name}\", which is absent in the 'true' value"
            return text, one, one
    return None


def _element_mismatch(one: TupleType, other: TupleType) -> tuple[str, Type, Type] | None:
    if len(one.elements) != len(other.elements):
        text = (
            f"The 'true' tuple has length {len(one.elements)}, but the 'false' tuple has length {len(other.elements)}"
        )
        return text, one, one
    for position, (mine, its) in enumerate(zip(one.elements, other.elements, strict=True)):
        if mine is not its:
            return f"Type mismatch for tuple element {position}: ", mine, its
    return None
