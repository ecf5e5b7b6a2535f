"""`templatefile` and `templatestring`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl import ast
from iacctl.lang.functions.calling import ArgumentError, FunctionError, Implementation
from iacctl.lang.functions.filesystem import read_text
from iacctl.lang.functions.go_syntax import quoted
from iacctl.lang.functions.maps import entries_of
from iacctl.values import (
    DYNAMIC_UNKNOWN,
    STRING,
    ConversionError,
    MapType,
    ObjectType,
    Unknown,
    convert,
    is_null,
    mark,
    type_of,
    unknown_of,
    unmark,
    unmark_deep,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.hcl.ast import Expression
    from iacctl.lang.compile import Compiled
    from iacctl.lang.compiler.calls import Call
    from iacctl.lang.context import EvalContext
    from iacctl.values import Value

_NAME: Final = re.compile(r"[^\W\d][\w-]*\Z")

_MOST_COMPILED: Final = 256
"""As many templates are kept ready by one run."""


class _Template(NamedTuple):
    """A template that is ready to be rendered."""

    compiled: Compiled
    variables: list[ast.ScopeTraversal]


class _TemplateSyntaxError(Exception):
    """A template does not parse."""


def _template(name: str, text: str, context: EvalContext) -> _Template:
    """A template, which is compiled once however many instances render it."""
    kept: dict[tuple[str, str], _Template] = context.settings.templates
    found = kept.get((name, text))
    if found is None:
        from iacctl.hcl.parser import parse_template
        from iacctl.lang.compile import compile_template, template_variables

        problems = Diagnostics()
        tree = parse_template(SourceFile(name, text), problems)
        if problems.has_errors:
            raise _TemplateSyntaxError(summarized(problems))
        found = _Template(compile_template(tree), template_variables(tree))
        if len(kept) >= _MOST_COMPILED:
            kept.clear()
        kept[name, text] = found
    return found


def summarized(problems: Diagnostics) -> str:
    """The first problem, and how many there are besides."""
    first = next(problem for problem in problems if problem.severity == "error")
    more = len(problems) - 1
    return f"{first}, and {more} other diagnostic(s)" if more else str(first)


def _variables(values: Value, position: int) -> dict[str, Value]:
    type_ = type_of(values)
    if not isinstance(type_, MapType | ObjectType):
        raise ArgumentError(position, "invalid vars value: must be a map")
    entries = entries_of(values)
    for name in entries:
        if not _NAME.match(name):
            raise ArgumentError(
                position,
                f"invalid template variable name {quoted(name)}: must start with a letter, followed by zero or more letters,"
                " digits, and underscores",
            )
    return entries


def _render(template: _Template, variables: dict[str, Value], function: str, context: EvalContext) -> Value:
    """Renders a template with variables of which none is missing. Raises FunctionError."""
    for traversal in template.variables:
        if traversal.root not in variables:
            raise ArgumentError(
                1, f"vars map does not contain key {quoted(traversal.root)}, referenced at {traversal.root_range}"
            )
    diags, outer, quiet, enclosing = context.diags, context.variables, context.quiet, context.template
    context.diags = problems = Diagnostics()
    context.variables = variables
    context.quiet = True
    context.template = function
    try:
        value = template.compiled(context)
    finally:
        context.diags, context.variables, context.quiet, context.template = diags, outer, quiet, enclosing
    if is_null(unmark(value)[0]):
        problems.error(
            "Template result is null",
            "The result of the template is null, which is not a valid result for a templatestring call.",
            template.compiled.range,
        )
    if problems.has_errors:
        raise FunctionError(summarized(problems))
    return value


def _no_recursion(function: str, context: EvalContext) -> None:
    if context.template:
        raise FunctionError(f"cannot recursively call {function} from inside another template function")


def _templatefile(context: EvalContext, path: Value, values: Value) -> Value:
    _no_recursion("templatefile", context)
    name, marks = unmark(path)
    bare, more = unmark(values)
    if type(name) is Unknown or type(bare) is Unknown:
        return mark(DYNAMIC_UNKNOWN, marks | unmark_deep(values)[1])
    text = read_text(path, context)
    try:
        template = _template(cast("str", name), text, context)
    except _TemplateSyntaxError as error:
        raise FunctionError(str(error)) from None
    return mark(_render(template, _variables(bare, 1), "templatefile", context), marks | more)


_NAME_OF_ARGUMENT: Final = "<templatestring argument>"


def _templatestring(context: EvalContext, call: Call) -> Value:
    try:
        return _rendered_string(context, call)
    except ArgumentError as error:
        call.fail(context, str(error), error.position)
    except FunctionError as error:
        call.fail(context, str(error))
    return DYNAMIC_UNKNOWN


def _rendered_string(context: EvalContext, call: Call) -> Value:
    before = len(context.diags)
    _check_expression(call.node.arguments[0])
    values = call.arguments[1](context)
    source = call.arguments[0](context)
    if len(context.diags) > before:
        return DYNAMIC_UNKNOWN
    _no_recursion("templatestring", context)
    text, marks = unmark(source)
    bare, more = unmark(values)
    marks |= more
    if is_null(bare):
        raise ArgumentError(1, "argument must not be null")
    if is_null(text) or (type(text) is not Unknown and type(text) is not str):
        raise ArgumentError(0, "invalid template value: a string is required")
    if type(text) is Unknown or type(bare) is Unknown:
        return mark(unknown_of(STRING), marks | unmark_deep(bare)[1])
    try:
        template = _template(_NAME_OF_ARGUMENT, text, context)
    except _TemplateSyntaxError as error:
        raise ArgumentError(0, f"invalid template: {error}") from None
    result = _render(template, _variables(bare, 1), "templatestring", context)
    rendered, result_marks = unmark(result)
    if type(rendered) is not Unknown:
        try:
            rendered = convert(rendered, STRING)
        except ConversionError as error:
            raise FunctionError(f"invalid template result: {error.message}") from None
    return mark(rendered, marks | result_marks)


def _check_expression(node: Expression) -> None:
    """Only a plain reference makes sense: a template written on the spot would be a template for a template."""
    if isinstance(node, ast.TemplateWrap):
        raise ArgumentError(
            0,
            "invalid template expression: templatestring is only for rendering templates retrieved dynamically from elsewhere;"
            " to treat the inner expression as template syntax, write the reference expression directly without any template"
            " interpolation syntax",
        )
    if isinstance(node, ast.Template) or (isinstance(node, ast.Literal) and type(node.value) is str):
        raise ArgumentError(
            0,
            "invalid template expression: templatestring is only for rendering templates retrieved dynamically from elsewhere,"
            " and so does not support providing a literal template; consider using a template string expression instead",
        )
    if not isinstance(node, ast.ScopeTraversal | ast.RelativeTraversal | ast.Index):
        raise ArgumentError(
            0,
            "invalid template expression: must be a direct reference to a single string from elsewhere, containing valid"
            " Terraform template syntax",
        )


IMPLEMENTATIONS: Final[Mapping[str, Implementation]] = {
    "templatefile": Implementation(_templatefile),
    "templatestring": Implementation(_templatestring, takes_call=True),
}
