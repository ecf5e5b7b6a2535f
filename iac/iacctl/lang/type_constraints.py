"""Type constraint expressions: `list(object({a = optional(string, "x")}))` as a type and the defaults of its attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.diag import Diagnostics, Range
from iacctl.hcl import ast, static
from iacctl.values import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ConversionError,
    Value,
    convert,
    defaults,
    list_of,
    map_of,
    object_of,
    set_of,
    tuple_of,
)
from iacctl.values.defaults import Defaults
from iacctl.values.nesting import run_deep

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.hcl.ast import Expression
    from iacctl.hcl.static import StaticCall
    from iacctl.values import Type


class Constraint(NamedTuple):
    """A type constraint.

    Attributes:
        type: with optional attributes; its "any type" parts are DYNAMIC.
        defaults: of the optional attributes, to be applied before conversion; None if there are none.
    """

    type: Type
    defaults: Defaults | None = None


ANY: Final = Constraint(DYNAMIC)

_SUMMARY: Final = "Invalid type specification"
_NO_TYPE: Final = (
    "A type specification is either a primitive type keyword (bool, number, string) or a complex type constructor call,"
    " like list(string)."
)
_PRIMITIVES: Final[dict[str, Type]] = {"string": STRING, "number": NUMBER, "bool": BOOL}
_COLLECTIONS: Final[dict[str, Callable[[Type], Type]]] = {"list": list_of, "set": set_of, "map": map_of}
_ARGUMENT: Final = {
    "list": "the element type",
    "set": "the element type",
    "map": "the element type",
    "object": "the attribute types and values as a map",
    "tuple": "the element types as a list",
}


def parse_variable_type(expression: Expression, diags: Diagnostics) -> Constraint | None:
    """Reads the `type` argument of a variable, which also may be a bare `list` or `map`, of elements of any one type.

    Returns:
        The constraint, or None if a problem was reported.
    """
    quoted = _quoted(expression)
    if quoted is not None:
        _report_quoted(quoted, expression, diags)
        return None
    word = static.keyword(expression)
    if word == "list":
        return Constraint(list_of(DYNAMIC))
    if word == "map":
        return Constraint(map_of(DYNAMIC))
    return parse_constraint(expression, diags)


def parse_constraint(expression: Expression, diags: Diagnostics) -> Constraint | None:
    """Reads a type constraint.

    Returns:
        The constraint, or None if a problem was reported.
    """
    before = len(diags)
    try:
        found = _constraint(expression, diags)
    except RecursionError:
        diags.cut(before)
        found = run_deep(_constraint, expression, diags)
    return found if len(diags) == before else None


def _quoted(expression: Expression) -> str | None:
    if type(expression) is ast.Literal and type(expression.value) is str:
        return expression.value
    if isinstance(expression, ast.Template | ast.TemplateWrap):
        from iacctl.lang.compile import evaluate_static

        value = evaluate_static(expression, Diagnostics())
        return value if type(value) is str else None
    return None


def _report_quoted(text: str, expression: Expression, diags: Diagnostics) -> None:
    hints = {
        "string": "",
        "list": " and write list(string) instead to explicitly indicate that the list elements are strings",
        "map": " and write map(string) instead to explicitly indicate that the map elements are strings",
    }
    if text in hints:
        diags.error(
            "Invalid quoted type constraints",
            "Terraform 0.11 and earlier required type constraints to be given in quotes, but that form is now deprecated and"
            f' will be removed in a future version of Terraform. Remove the quotes around "{text}"{hints[text]}.',
            expression.range,
        )
    else:
        diags.error(
            "Invalid legacy variable type hint",
            "To provide a full type expression, remove the surrounding quotes and give the type expression directly.",
            expression.range,
        )


def _constraint(expression: Expression, diags: Diagnostics) -> Constraint:
    word = static.keyword(expression)
    if word is not None:
        return _keyword(word, expression, diags)
    call = static.as_call(expression)
    if call is None:
        diags.error(_SUMMARY, _NO_TYPE, expression.range)
        return ANY
    name = call.name
    if name in _PRIMITIVES:
        diags.error(_SUMMARY, f'Primitive type keyword "{name}" does not expect arguments.', _arguments_range(call))
    elif name == "any":
        diags.error(_SUMMARY, 'Type constraint keyword "any" does not expect arguments.', _arguments_range(call))
    elif name == "optional":
        detail = 'Keyword "optional" is valid only as a modifier for object type attributes.'
        diags.error(_SUMMARY, detail, call.name_range)
    elif name not in _ARGUMENT:
        diags.error(_SUMMARY, f'Keyword "{name}" is not a valid type constructor.', expression.range)
    elif len(call.arguments) != 1:
        where = _arguments_range(call)
        if call.arguments:
            where = Range(where.file, call.arguments[1].start, call.arguments[-1].end)
        diags.error(_SUMMARY, f"The {name} type constructor requires one argument specifying {_ARGUMENT[name]}.", where)
    elif name == "object":
        return _object(call.arguments[0], diags)
    elif name == "tuple":
        return _tuple(call.arguments[0], diags)
    else:
        return _collection(name, call.arguments[0], diags)
    return ANY


def _keyword(word: str, expression: Expression, diags: Diagnostics) -> Constraint:
    if word in _PRIMITIVES:
        return Constraint(_PRIMITIVES[word])
    if word == "any":
        return ANY
    if word in _ARGUMENT:
        detail = f"The {word} type constructor requires one argument specifying {_ARGUMENT[word]}."
    else:
        detail = f'The keyword "{word}" is not a valid type specification.'
    diags.error(_SUMMARY, detail, expression.range)
    return ANY


def _arguments_range(call: StaticCall) -> Range:
    return call.open_range.until(call.close_range)


def _collection(name: str, argument: Expression, diags: Diagnostics) -> Constraint:
    element = _constraint(argument, diags)
    type_ = _COLLECTIONS[name](element.type)
    return Constraint(type_, _with_children(type_, {"": element.defaults}))


def _tuple(argument: Expression, diags: Diagnostics) -> Constraint:
    items = static.items(argument, Diagnostics())
    if items is None:
        diags.error(_SUMMARY, "Tuple type constructor requires a list of element types.", argument.range)
        return ANY
    parts = [_constraint(item, diags) for item in items]
    type_ = tuple_of([part.type for part in parts])
    return Constraint(type_, _with_children(type_, {str(at): part.defaults for at, part in enumerate(parts)}))


def _object(argument: Expression, diags: Diagnostics) -> Constraint:
    pairs = static.pairs(argument, Diagnostics())
    if pairs is None:
        diags.error(
            _SUMMARY,
            "Object type constructor requires a map whose keys are attribute names and whose values are the corresponding"
            " attribute types.",
            argument.range,
        )
        return ANY
    attributes: dict[str, Type] = {}
    optional: list[str] = []
    values: dict[str, Value] = {}
    children: dict[str, Defaults | None] = {}
    for pair in pairs:
        name = static.keyword(pair.key)
        if name is None:
            diags.error(_SUMMARY, "Object constructor map keys must be attribute names.", pair.key.range)
            continue
        if name in attributes:
            diags.error(_SUMMARY, "Object constructor map keys must be unique.", pair.key.range)
            continue
        attribute, is_optional, default = _attribute(pair.value, diags)
        attributes[name] = attribute.type
        if is_optional:
            optional.append(name)
        if default is not None:
            values[name] = default[0]
        children[name] = attribute.defaults
    type_ = object_of(attributes, optional)
    found = _with_children(type_, children, values)
    return Constraint(type_, found)


def _with_children(
    type_: Type, children: dict[str, Defaults | None], values: dict[str, Value] | None = None
) -> Defaults | None:
    present = {name: child for name, child in children.items() if child is not None}
    if not present and not values:
        return None
    return Defaults(type_, values or {}, present)


def _attribute(expression: Expression, diags: Diagnostics) -> tuple[Constraint, bool, tuple[Value] | None]:
    """The constraint of an attribute, whether it is optional, and its default."""
    call = static.as_call(expression)
    if call is None or call.name != "optional":
        return _constraint(expression, diags), False, None
    arguments = call.arguments
    if not arguments:
        detail = "Optional attribute modifier requires the attribute type as its argument."
        diags.error(_SUMMARY, detail, _arguments_range(call))
        return ANY, True, None
    if len(arguments) > 2:
        detail = "Optional attribute modifier expects at most two arguments: the attribute type, and a default value."
        diags.error(_SUMMARY, detail, _arguments_range(call))
    constraint = _constraint(arguments[0], diags)
    if len(arguments) < 2:
        return constraint, True, None
    return constraint, True, _default(arguments[1], constraint, diags)


def _default(expression: Expression, constraint: Constraint, diags: Diagnostics) -> tuple[Value] | None:
    from iacctl.lang.compile import evaluate_static

    before = len(diags)
    value = evaluate_static(expression, diags)
    if len(diags) > before:
        return None
    try:
        if constraint.defaults is not None:
            value = defaults.apply(constraint.defaults, value)
        return (convert(value, constraint.type),)
    except ConversionError as error:
        diags.error(
            "Invalid default value for optional attribute",
            f"This default value is not compatible with the attribute's type constraint: {error.message}.",
            expression.range,
        )
        return None
