"""A JSON value where an expression is expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag.diagnostics import Diagnostics
from iacctl.diag.source import Range, SourceFile
from iacctl.hcl.ast import Expression, Invalid, Literal, ObjectConstructor, ObjectItem, ObjectKey, TupleConstructor
from iacctl.hcl.json_values import JsonArray, JsonConstant, JsonObject, JsonString
from iacctl.hcl.relocation import move

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from iacctl.hcl.ast import Node
    from iacctl.hcl.json_values import JsonValue

    N = TypeVar("N", bound=Node | None)


class JsonExpression(Expression):
    """A JSON value where an expression is expected; strings in it are templates.

    `native` gives the equivalent in native syntax and reports templates that cannot be parsed. HCL does so whenever the
    expression is evaluated, and not before.
    """

    __slots__ = ("json",)

    def __init__(self, json: JsonValue) -> None:
        self.file = json.file
        self.start = json.start
        self.end = json.end
        self.json = json

    @property
    def start_range(self) -> Range:
        """The opening bracket of an object or array; all of any other value."""
        return self.json.start_range

    def native(self, diagnostics: Diagnostics, templates: bool = True) -> Expression:
        """The equivalent expression in native syntax, with the ranges that HCL reports.

        Args:
            diagnostics: takes the problems of templates.
            templates: False to take strings literally, as HCL does where it evaluates without any scope.
        """
        return _native(self.json, diagnostics, templates)


def _native(json: JsonValue, diagnostics: Diagnostics, templates: bool) -> Expression:
    file, start, end = json.file, json.start, json.end
    if isinstance(json, JsonString):
        return _string(json, diagnostics, templates)
    if isinstance(json, JsonConstant):
        return Literal(file, start, end, json.value)
    if isinstance(json, JsonArray):
        return TupleConstructor(file, start, end, tuple([_native(item, diagnostics, templates) for item in json.items]))
    if isinstance(json, JsonObject):
        items = [
            ObjectItem(
                ObjectKey(
                    file, member.name.start, member.name.end, None, _string(member.name, diagnostics, templates), True
                ),
                _native(member.value, diagnostics, templates),
            )
            for member in json.members
        ]
        return ObjectConstructor(file, start, end, tuple(items), unique_keys=True)
    return Invalid(file, start, end)


def _string(json: JsonString, diagnostics: Diagnostics, templates: bool) -> Expression:
    if not templates or ("${" not in json.value and "%{" not in json.value):
        return Literal(json.file, json.start, json.end, json.value)
    from iacctl.hcl.parser import parse_template

    if not json.escaped:
        tree = parse_template(json.file, diagnostics, json.start + 1, json.end - 1)
    else:
        tree = parse_embedded(json, parse_template, 1, diagnostics)
    if type(tree) is Literal:
        tree.start, tree.end = json.start, json.end
    return tree


def parse_embedded(
    json: JsonString, parse: Callable[[SourceFile, Diagnostics], N], distance: int, diagnostics: Diagnostics
) -> N:
    """What `parse` makes of a string's value, as if it stood `distance` characters after the opening quote.

    HCL counts positions within a string as if it had no escapes. It starts to count after the quote for a template
    (distance 1), but at the quote for the expressions it reads statically (distance 0).
    """
    found = Diagnostics()
    tree = parse(SourceFile(json.file.name, json.value), found)
    start = json.start + distance
    if tree is not None:
        move(tree, json.file, start)
    for diagnostic in found:
        subject, context = diagnostic.subject, diagnostic.context
        diagnostics.append(
            diagnostic._replace(
                subject=subject and Range(json.file, subject.start + start, subject.end + start),
                context=context and Range(json.file, context.start + start, context.end + start),
            )
        )
    return tree
