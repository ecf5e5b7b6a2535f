"""`for` expressions and `for` directives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from iacctl.hcl import ast
from iacctl.lang.compiler.access import items_of
from iacctl.lang.compiler.core import COSTLY, Code, without_own_frame
from iacctl.lang.compiler.report import report
from iacctl.values import (
    BOOL,
    DYNAMIC,
    DYNAMIC_UNKNOWN,
    NO_MARKS,
    STRING,
    ConversionError,
    ListType,
    ListValue,
    MapType,
    MapValue,
    Null,
    ObjectType,
    ObjectValue,
    SetType,
    SetValue,
    TupleType,
    TupleValue,
    Unknown,
    convert,
    mark,
    object_value,
    tuple_value,
    type_of,
    unknown_of,
    unmark,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.lang.compiler.core import Compiler, Names, Run
    from iacctl.lang.context import EvalContext
    from iacctl.values import Mark, Value


class _Loop(NamedTuple):
    """The compiled parts of a `for`; `key_place` is -1 without a key variable."""

    node: ast.ForExpression | ast.TemplateFor
    collection: Run
    key_place: int
    value_place: int
    key: Run | None
    value: Run
    condition: Run | None
    outer: Names
    inner: Names
    over_splat: bool


def compile_for(compiler: Compiler, node: ast.ForExpression) -> Code:
    """`[for …]` and `{for …}`."""
    loop, parts = _compile_loop(compiler, node, node.key, node.value, node.condition)
    if node.key is None:
        return Code(_tuple_loop(loop), parts | COSTLY)
    return Code(_object_loop(loop, node.key, node.group), parts | COSTLY)


def compile_template_for(compiler: Compiler, node: ast.TemplateFor) -> Code:
    """`%{ for … }…%{ endfor }`: the results joined to one string."""
    loop, traits = _compile_loop(compiler, node, None, node.body, None)
    return Code(_joined(_tuple_loop(loop), node, compiler.names), traits | COSTLY)


def _compile_loop(
    compiler: Compiler,
    node: ast.ForExpression | ast.TemplateFor,
    key_node: ast.Expression | None,
    value_node: ast.Expression,
    condition_node: ast.Expression | None,
) -> tuple[_Loop, int]:
    outer = compiler.names
    collection = compiler.compile(node.collection)
    variables = (node.value_name,) if node.key_name is None else (node.key_name, node.value_name)
    before, place = compiler.enter(*variables)
    inner = compiler.names
    parts = [compiler.compile(part) if part is not None else None for part in (key_node, value_node, condition_node)]
    compiler.leave(before, place)
    traits = collection.traits
    for part in parts:
        if part is not None:
            traits |= part.traits
    key, value, condition = (part.run if part is not None else None for part in parts)
    assert value is not None
    key_place = -1 if node.key_name is None else place
    value_place = place if node.key_name is None else place + 1
    source = node.collection
    while isinstance(source, ast.Parentheses):
        source = source.expression
    over_splat = isinstance(source, ast.Splat)
    loop = _Loop(node, collection.run, key_place, value_place, key, value, condition, outer, inner, over_splat)
    return loop, without_own_frame(traits, compiler)


class _NoElementsError(Exception):
    """A loop gives DYNAMIC_UNKNOWN with marks, without looking at elements."""

    def __init__(self, marks: frozenset[Mark] = NO_MARKS) -> None:
        self.marks = marks


def _elements(loop: _Loop, context: EvalContext) -> tuple[Iterable[tuple[Value, Value]], frozenset[Mark]]:
    """Keys and values of what is iterated, and the marks of the collection. Raises _NoElementsError."""
    node = loop.node
    before = len(context.diags)
    collection, marks = unmark(loop.collection(context))
    where = node.collection
    if loop.over_splat and any(context.diags[at].severity == "error" for at in range(before, len(context.diags))):
        # Of what such an expression gives in spite of its faults nothing more is said.
        raise _NoElementsError
    if collection is None or type(collection) is Null:
        detail = "A null value cannot be used as the collection in a 'for' expression."
        report(context, loop.outer, where, "Iteration over null value", detail, where.range, node.range)
        raise _NoElementsError
    if type(collection) is Unknown:
        if collection.type is DYNAMIC:
            raise _NoElementsError
        if not _iterable(collection):
            _report_not_iterable(loop, collection, context)
        elif loop.condition is not None:
            marks |= _condition_marks(loop, context) or NO_MARKS
        raise _NoElementsError(marks)
    pairs = _pairs(collection)
    if pairs is None:
        _report_not_iterable(loop, collection, context)
        raise _NoElementsError
    if loop.condition is not None and _condition_marks(loop, context) is None:
        raise _NoElementsError
    return pairs, marks


def _iterable(value: Value) -> bool:
    return isinstance(type_of(value), ListType | SetType | MapType | TupleType | ObjectType)


def _report_not_iterable(loop: _Loop, collection: Value, context: EvalContext) -> None:
    where = loop.node.collection
    kind = type_of(collection).friendly_name()
    detail = f"A value of type {kind} cannot be used as the collection in a 'for' expression."
    report(context, loop.outer, where, "Iteration over non-iterable value", detail, where.range, loop.node.range)


def _pairs(collection: Value) -> Iterable[tuple[Value, Value]] | None:
    kind = type(collection)
    if kind is tuple:
        return enumerate(cast("tuple[Value, ...]", collection))
    if kind is dict:
        return cast("dict[str, Value]", collection).items()
    if kind is ListValue or kind is TupleValue:
        return enumerate(cast("ListValue | TupleValue", collection).items)
    if kind is MapValue:
        return cast("MapValue", collection).entries.items()
    if kind is ObjectValue:
        return cast("ObjectValue", collection).attributes.items()
    if kind is SetValue:
        return [(item, item) for item in cast("SetValue", collection).items]
    return None


def _condition_marks(loop: _Loop, context: EvalContext) -> frozenset[Mark] | None:
    """Tries the `if` clause with unknown variables: a clause that never can be a bool is reported once, even for no elements.

    Returns:
        The marks of what it gives; None if it was reported.
    """
    assert loop.condition is not None
    _set(loop, context, DYNAMIC_UNKNOWN, DYNAMIC_UNKNOWN)
    before = len(context.diags)
    result, marks = unmark(loop.condition(context))
    node = cast("ast.ForExpression", loop.node)
    where = cast("ast.Expression", node.condition)
    if result is None or type(result) is Null:
        detail = "The value of the 'if' clause must not be null."
        report(context, loop.inner, where, "Condition is null", detail, where.range, node.range)
        return None
    try:
        convert(result, BOOL)
    except ConversionError as error:
        detail = f"The 'if' clause value is invalid: {error.message}."
        report(context, loop.inner, where, "Invalid 'for' condition", detail, where.range, node.range)
        return None
    return marks if len(context.diags) == before else None


def _set(loop: _Loop, context: EvalContext, key: Value, value: Value) -> None:
    frame = context.frame
    if loop.key_place >= 0:
        frame[loop.key_place] = key
    frame[loop.value_place] = value


def _included(loop: _Loop, context: EvalContext, known: bool) -> tuple[bool | None, frozenset[Mark]]:
    """What the `if` clause says of the current element: None if it cannot tell or is wrong; and its marks."""
    node = cast("ast.ForExpression", loop.node)
    where = cast("ast.Expression", node.condition)
    assert loop.condition is not None
    value = loop.condition(context)
    if type(value) is bool:
        return value, NO_MARKS
    value, marks = unmark(value)
    if value is None or type(value) is Null:
        if known:
            detail = "The value of the 'if' clause must not be null."
            report(context, loop.inner, where, "Invalid 'for' condition", detail, where.range, node.range)
        return None, NO_MARKS
    try:
        decided = convert(value, BOOL)
    except ConversionError as error:
        if known:
            detail = f"The 'if' clause value is invalid: {error.message}."
            report(context, loop.inner, where, "Invalid 'for' condition", detail, where.range, node.range)
        return None, NO_MARKS
    return (None if type(decided) is Unknown else cast("bool", decided)), marks


def _tuple_loop(loop: _Loop) -> Run:
    key_place, value_place = loop.key_place, loop.value_place
    value_run, condition = loop.value, loop.condition

    def run(context: EvalContext) -> Value:
        try:
            pairs, marks = _elements(loop, context)
        except _NoElementsError as stop:
            return mark(DYNAMIC_UNKNOWN, stop.marks)
        frame = context.frame
        found: list[Value] = []
        known = True
        for key, value in pairs:
            if key_place >= 0:
                frame[key_place] = key
            frame[value_place] = value
            if condition is not None:
                included, more = _included(loop, context, known)
                if more:
                    marks |= more
                if included is None:
                    known = False
                    continue
                if not included:
                    continue
            found.append(value_run(context))
        result = tuple_value(found) if known else DYNAMIC_UNKNOWN
        return mark(result, marks) if marks else result

    return run


def _object_loop(loop: _Loop, key_node: ast.Expression, group: bool) -> Run:
    node = loop.node
    key_run, value_run, condition = loop.key, loop.value, loop.condition
    assert key_run is not None

    def run(context: EvalContext) -> Value:
        try:
            pairs, marks = _elements(loop, context)
        except _NoElementsError as stop:
            return mark(DYNAMIC_UNKNOWN, stop.marks)
        found: dict[str, Value] = {}
        groups: dict[str, list[Value]] = {}
        known = True
        for key, value in pairs:
            _set(loop, context, key, value)
            if condition is not None:
                included, more = _included(loop, context, known)
                marks |= more
                if included is None:
                    known = False
                    continue
                if not included:
                    continue
            name, more = _object_key(loop, key_run(context), key_node, context, known)
            marks |= more
            if name is None:
                known = False
                continue
            item = value_run(context)
            if group:
                groups.setdefault(name, []).append(item)
            elif name in found:
                detail = (
                    f"Two different items produced the key \"{name}\" in this 'for' expression. If duplicates are expected,"
                    " use the ellipsis (...) after the value expression to enable grouping by key."
                )
                report(context, loop.inner, key_node, "Duplicate object key", detail, key_node.range, node.range)
            else:
                found[name] = item
        if not known:
            return mark(DYNAMIC_UNKNOWN, marks)
        if group:
            found = {name: tuple_value(items) for name, items in groups.items()}
        return mark(object_value(found), marks)

    return run


def _object_key(
    loop: _Loop, value: Value, node: ast.Expression, context: EvalContext, known: bool
) -> tuple[str | None, frozenset[Mark]]:
    if type(value) is str:
        return value, NO_MARKS
    value, marks = unmark(value)
    if value is None or type(value) is Null:
        if known:
            detail = "Key expression in 'for' expression must not produce a null value."
            report(context, loop.inner, node, "Invalid object key", detail, node.range, loop.node.range)
        return None, NO_MARKS
    if type(value) is Unknown:
        return None, marks
    try:
        name = convert(value, STRING)
    except ConversionError as error:
        if known:
            detail = f"The key expression produced an invalid result: {error.message}."
            report(context, loop.inner, node, "Invalid object key", detail, node.range, loop.node.range)
        return None, NO_MARKS
    return (name if type(name) is str else None), marks


def _joined(items: Run, node: ast.TemplateFor, names: Names) -> Run:
    """Joins the strings that a `for` directive gives."""

    def run(context: EvalContext) -> Value:
        value, marks = unmark(items(context))
        if type(value) is Unknown:
            return unknown_of(STRING)
        texts: list[str] = []
        for item in items_of(value):
            if type(item) is str:
                texts.append(item)
                continue
            bare, more = unmark(item)
            if bare is None or type(bare) is Null:
                detail = "An iteration result is null. Cannot include a null value in a string template."
                report(context, names, node, "Invalid template interpolation value", detail, node.range, node.range)
                continue
            try:
                text = convert(bare, STRING)
            except ConversionError as error:
                detail = f"Cannot include one of the interpolation results into the string template: {error.message}."
                report(context, names, node, "Invalid template interpolation value", detail, node.range, node.range)
                continue
            if type(text) is not str:
                return mark(unknown_of(STRING), marks)
            marks |= more
            texts.append(text)
        return mark("".join(texts), marks)

    return run
