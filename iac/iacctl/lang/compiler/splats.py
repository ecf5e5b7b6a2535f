"""Splats: `x[*].a` and `x.*.a`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from iacctl.lang.compiler.access import items_of
from iacctl.lang.compiler.core import COSTLY, Code, without_own_frame
from iacctl.lang.compiler.report import report
from iacctl.values import (
    DYNAMIC,
    DYNAMIC_UNKNOWN,
    ListType,
    Null,
    SetType,
    TupleType,
    Unknown,
    list_of,
    list_value,
    mark,
    refine,
    refine_not_null,
    tuple_of,
    tuple_value,
    type_of,
    unknown_of,
    unmark,
)
from iacctl.values.unknown import refinements_of

if TYPE_CHECKING:
    from iacctl.hcl import ast
    from iacctl.lang.compiler.core import Compiler, Names, Run
    from iacctl.lang.context import EvalContext
    from iacctl.values import Type, Value


def compile_splat(compiler: Compiler, node: ast.Splat) -> Code:
    """`x[*].a` and `x.*.a`."""
    source = compiler.compile(node.source)
    outer = compiler.names
    before, place = compiler.enter()
    compiler.bind_item(node.item, place)
    each = compiler.compile(node.each)
    compiler.leave(before, place)
    traits = without_own_frame(source.traits | each.traits, compiler)
    return Code(_splat(node, source.run, each.run, place, outer), traits | COSTLY)


def _splat(node: ast.Splat, source: Run, each: Run, place: int, names: Names) -> Run:
    def run(context: EvalContext) -> Value:
        before = len(context.diags)
        value, marks = unmark(source(context))
        if any(context.diags[at].severity == "error" for at in range(before, len(context.diags))):
            return DYNAMIC_UNKNOWN
        type_ = type_of(value)
        sequence = isinstance(type_, ListType | SetType | TupleType)
        if value is None or type(value) is Null:
            if not sequence:
                return mark((), marks)
            detail = "Splat expressions (with the * symbol) cannot be applied to null sequences."
            where = node.source
            report(context, names, where, "Splat of null value", detail, where.range, node.range)
            return DYNAMIC_UNKNOWN
        if type_ is DYNAMIC:
            return mark(DYNAMIC_UNKNOWN, marks)
        frame = context.frame
        if type(value) is Unknown:
            if not sequence:
                frame[place] = value
                before = len(context.diags)
                only = each(context)
                if len(context.diags) > before:
                    known_type = refinements_of(value).not_null
                    return mark(unknown_of(tuple_of((DYNAMIC,))) if known_type else DYNAMIC_UNKNOWN, marks)
                return mark(tuple_value([only]) if refinements_of(value).not_null else DYNAMIC_UNKNOWN, marks)
            return mark(_unknown_result(value, each, place, context), marks)
        if not sequence:
            frame[place] = value
            return mark(tuple_value([each(context)]), marks)
        items = items_of(value)
        before = len(context.diags)
        found: list[Value] = []
        for item in items:
            frame[place] = item
            found.append(each(context))
        if isinstance(type_, TupleType):
            return mark(tuple_value(found), marks)
        if len(context.diags) > before:
            return mark(unknown_of(list_of(DYNAMIC)), marks)
        if found:
            element = _common_element_type(found)
            if element is None:
                return mark(tuple_value(found), marks)
            return mark(list_value(element, found), marks)
        frame[place] = unknown_of(cast("ListType | SetType", type_).element)
        result = each(context)
        return mark(list_value(type_of(result), ()), marks)

    return run


def _common_element_type(items: list[Value]) -> Type | None:
    first = type_of(items[0])
    for item in items:
        if type_of(item) is not first:
            return None
    return first


def _unknown_result(value: Unknown, each: Run, place: int, context: EvalContext) -> Value:
    """An unknown sequence of the right type and length for the splat of an unknown sequence."""
    frame = context.frame
    type_ = value.type
    if isinstance(type_, TupleType):
        types = []
        for element in type_.elements:
            frame[place] = unknown_of(element)
            types.append(type_of(each(context)))
        return refine_not_null(unknown_of(tuple_of(types)))
    frame[place] = unknown_of(cast("ListType | SetType", type_).element)
    about = refinements_of(value)
    least = min(about.min_length, 1) if isinstance(type_, SetType) else about.min_length
    return refine(
        unknown_of(list_of(type_of(each(context)))), not_null=True, min_length=least, max_length=about.max_length
    )
