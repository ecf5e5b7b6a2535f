"""Strings with interpolations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.hcl import ast
from iacctl.hcl.normalization import nfc
from iacctl.lang.compiler.core import constant
from iacctl.lang.compiler.report import report
from iacctl.values import (
    DYNAMIC_UNKNOWN,
    NO_MARKS,
    STRING,
    ConversionError,
    Null,
    Unknown,
    convert,
    mark,
    refine,
    unknown_of,
    unmark,
)
from iacctl.values.unknown import safe_prefix

if TYPE_CHECKING:
    from iacctl.lang.compiler.core import Code, Compiler, Names
    from iacctl.lang.context import EvalContext
    from iacctl.values import Value

_PREFIX_BYTES: Final = 128
"""How much of the known beginning of an unknown string is kept."""


def compile_template(compiler: Compiler, node: ast.Template) -> Code:
    """Texts, interpolations and directives, joined to one string."""
    parts = [compiler.compile(part) for part in node.parts]
    if not parts:
        return constant("")
    names = compiler.names
    runs = [part.run for part in parts]

    splats = any(isinstance(part, ast.Splat) for part in node.parts)

    def run(context: EvalContext) -> Value:
        before = len(context.diags)
        values = [each(context) for each in runs]
        if splats and any(context.diags[at].severity == "error" for at in range(before, len(context.diags))):
            # Of what such an expression gives in spite of its faults nothing more is said.
            values = [
                DYNAMIC_UNKNOWN if isinstance(part, ast.Splat) else value
                for part, value in zip(node.parts, values, strict=True)
            ]
        texts: list[str] = []
        for value in values:
            if type(value) is str:
                texts.append(value)
            elif type(value) is int:
                texts.append(str(value))
            else:
                return _join(node, values, context, names)
        return nfc("".join(texts))

    return compiler.finish(run, parts)


def _join(node: ast.Template, values: list[Value], context: EvalContext, names: Names) -> Value:
    marks = NO_MARKS
    texts: list[str] = []
    known = True
    failed = False
    for part, value in zip(node.parts, values, strict=True):
        bare, more = unmark(value)
        if bare is None or type(bare) is Null:
            detail = "The expression result is null. Cannot include a null value in a string template."
            report(context, names, part, "Invalid template interpolation value", detail, part.range, node.range)
            failed = True
            continue
        if more:
            marks |= more
        if type(bare) is Unknown:
            known = False
            continue
        try:
            text = convert(bare, STRING)
        except ConversionError as error:
            detail = f"Cannot include the given value in a string template: {error.message}."
            report(context, names, part, "Invalid template interpolation value", detail, part.range, node.range)
            failed = True
            continue
        if known and not failed:
            assert type(text) is str
            texts.append(text)
    beginning = nfc("".join(texts))
    if known:
        return mark(beginning, marks)
    prefix = "" if failed else safe_prefix(_cut(beginning))
    return mark(refine(unknown_of(STRING), not_null=True, prefix=prefix), marks)


def _cut(text: str) -> str:
    """The text, or as many whole characters of it as fit into the limit."""
    if len(text) <= _PREFIX_BYTES // 4:
        return text
    return text.encode("utf-8", "surrogateescape")[:_PREFIX_BYTES].decode("utf-8", "ignore")
