"""Literals, parentheses, `[…]` and `{…}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Diagnostics
from iacctl.hcl import ast
from iacctl.lang.compiler.core import Code, constant
from iacctl.lang.compiler.report import report
from iacctl.lang.context import MISSING
from iacctl.values import (
    DYNAMIC_UNKNOWN,
    NO_MARKS,
    STRING,
    ConversionError,
    Null,
    convert,
    mark,
    object_value,
    tuple_value,
    unmark,
)

if TYPE_CHECKING:
    from iacctl.diag import Range
    from iacctl.hcl.json_expression import JsonExpression
    from iacctl.lang.compiler.core import Compiler, Names, Run
    from iacctl.lang.context import EvalContext
    from iacctl.values import Value


def compile_literal(compiler: Compiler, node: ast.Literal) -> Code:
    """A number, bool, null or text."""
    return constant(node.value)


def compile_invalid(compiler: Compiler, node: ast.Invalid) -> Code:
    """What the parser has reported already."""
    return constant(DYNAMIC_UNKNOWN)


def compile_json(compiler: Compiler, node: JsonExpression) -> Code:
    """A JSON value, whose strings are templates; what is wrong with these is reported at each evaluation."""
    problems = Diagnostics()
    code = compiler.compile(node.native(problems))
    if not len(problems):
        return code

    def run(context: EvalContext) -> Value:
        context.diags.extend(problems)
        return DYNAMIC_UNKNOWN

    return Code(run, code.traits)


def compile_inner(compiler: Compiler, node: ast.Parentheses | ast.TemplateWrap) -> Code:
    """`(x)` and `"${x}"`: the value of `x`."""
    return compiler.compile(node.expression)


def compile_tuple(compiler: Compiler, node: ast.TupleConstructor) -> Code:
    """`[a, b]`."""
    items = [compiler.compile(item) for item in node.items]
    runs = [item.run for item in items]

    def run(context: EvalContext) -> Value:
        return tuple_value([each(context) for each in runs])

    return compiler.finish(run, items)


def compile_object(compiler: Compiler, node: ast.ObjectConstructor) -> Code:
    """`{a = 1, (b) = 2}`."""
    keys: list[Code] = []
    values: list[Code] = []
    for item in node.items:
        key = item.key
        keys.append(constant(key.name) if key.name is not None else _compile_key(compiler, key))
        values.append(compiler.compile(item.value))
    names = _fixed_names(keys)
    if names is not None and (len(set(names)) == len(names) or not node.unique_keys):
        return compiler.finish(_fixed_object(names, [value.run for value in values]), values)
    run = _object(node, [key.run for key in keys], [value.run for value in values], compiler.names)
    return compiler.finish(run, (*keys, *values))


def _fixed_names(keys: list[Code]) -> list[str] | None:
    """The names of an object's attributes if they are known before any evaluation."""
    names: list[str] = []
    for key in keys:
        if key.value is MISSING or key.value is None:
            return None
        try:
            name, marks = unmark(convert(key.value, STRING))  # type: ignore[arg-type]
        except ConversionError:
            return None
        if type(name) is not str or marks:
            return None
        names.append(name)
    return names


def _fixed_object(names: list[str], runs: list[Run]) -> Run:
    pairs = sorted(zip(names, range(len(runs)), strict=True), key=lambda pair: pair[0])
    if [position for _, position in pairs] == list(range(len(runs))) and len(set(names)) == len(names):
        in_order = list(zip(names, runs, strict=True))

        def run(context: EvalContext) -> Value:
            return object_value({name: each(context) for name, each in in_order})

        return run
    template: dict[str, Value] = dict.fromkeys(sorted(names))
    every = list(zip(names, runs, strict=True))

    def run_in_written_order(context: EvalContext) -> Value:
        made: dict[str, Value] = template.copy()
        for name, each in every:
            made[name] = each(context)
        return object_value(made)

    return run_in_written_order


def _object(node: ast.ObjectConstructor, keys: list[Run], values: list[Run], scope: Names) -> Run:
    items = list(zip(node.items, keys, values, strict=True))

    def run(context: EvalContext) -> Value:
        made: dict[str, Value] = {}
        places: dict[str, Range] = {}
        marks = NO_MARKS
        known = True
        for item, key, value in items:
            before = len(context.diags)
            name, more = unmark(key(context))
            failed = len(context.diags) > before
            found = value(context)
            if failed:
                known = False
                continue
            text = _key_text(name, item, node, context, scope)
            if text is None:
                known = False
                continue
            marks |= more
            if node.unique_keys:
                if text in places:
                    detail = f'An attribute named "{text}" was already defined at {places[text]}.'
                    where = item.key.range
                    report(context, scope, item.key.expression, "Duplicate object attribute", detail, where)
                    known = False
                    continue
                places[text] = item.key.range
            made[text] = found
        if not known:
            return DYNAMIC_UNKNOWN
        return mark(object_value(made), marks)

    return run


def _key_text(
    name: Value, item: ast.ObjectItem, node: ast.ObjectConstructor, context: EvalContext, scope: Names
) -> str | None:
    """The name that an unmarked key stands for; None if it is unknown or was reported."""
    key = item.key
    if name is None or type(name) is Null:
        if node.unique_keys:
            summary, detail, where = (
                "Invalid object key expression",
                "Cannot use null value as an object key.",
                key.range,
            )
        else:
            summary, detail, where = "Null value as key", "Can't use a null value as a key.", item.value.range
        report(context, scope, key.expression, summary, detail, where)
        return None
    try:
        text = convert(name, STRING)
    except ConversionError as error:
        if node.unique_keys:
            summary = "Invalid object key expression"
            detail = f"Cannot use this expression as an object key: {error.message}."
        else:
            summary, detail = "Incorrect key type", f"Can't use this value as a key: {error.message}."
        report(context, scope, key.expression, summary, detail, key.range)
        return None
    return text if type(text) is str else None


def _compile_key(compiler: Compiler, key: ast.ObjectKey) -> Code:
    node = key.expression
    inner = compiler.compile(node)
    if key.forced or type(node) is not ast.ScopeTraversal:
        return inner
    scope = compiler.names

    def run(context: EvalContext) -> Value:
        report(
            context,
            scope,
            node,
            "Ambiguous attribute key",
            "If this expression is intended to be a reference, wrap it in parentheses. If it's instead intended as a"
            " literal name containing periods, wrap it in quotes to create a string literal.",
            node.range,
        )
        return DYNAMIC_UNKNOWN

    return Code(run, inner.traits)
