"""Reading what has brackets around a list: calls, tuples, objects and for expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.hcl.ast import (
    Expression,
    ForExpression,
    FunctionCall,
    Invalid,
    ObjectConstructor,
    ObjectItem,
    ObjectKey,
    TupleConstructor,
)
from iacctl.hcl.templates import TemplateReader

if TYPE_CHECKING:
    from iacctl.diag.source import Range

_UNTERMINATED: Final = {
    "call": "There is no closing parenthesis for this function call before the end of the file."
    " This may be caused by incorrect parenthesis nesting elsewhere in this file.",
    "tuple": "There is no corresponding closing bracket before the end of the file."
    " This may be caused by incorrect bracket nesting elsewhere in this file.",
    "object": "There is no corresponding closing brace before the end of the file."
    " This may be caused by incorrect brace nesting elsewhere in this file.",
}
_SEPARATOR: Final = 'Expected an equals sign ("=") to mark the beginning of the attribute value.'
_PERIODS: Final = (
    " If you intended to given an attribute name containing periods or spaces,"
    " write the name in quotes to create a string literal."
)


class ConstructorReader(TemplateReader):
    """Reads calls and constructors."""

    __slots__ = ()

    def failed(self, mark: int) -> bool:
        """Whether something was reported since `mark` and the parser has lost its way."""
        return self.recovering and len(self.problems) > mark

    def call(self, token: int) -> Expression:
        """Read a function call whose name starts at `token`."""
        kinds, starts, ends = self.kinds, self.starts, self.ends
        start = starts[token]
        name = self.text[start : ends[token]]
        name_end = ends[token]
        self.at = token + 1
        opening = self.take()
        while kinds[opening] == "::":
            part = self.take()
            if kinds[part] != "id":
                detail = "Function scope resolution symbol :: must be followed by a function name in this scope."
                return self._no_call("Missing function name", detail, start, part)
            self.split(part)
            name = f"{name}::{self.text[starts[part] : ends[part]]}"
            name_end = ends[part]
            opening = self.take()
        if kinds[opening] != "(":
            detail = "Function selector must be followed by an open parenthesis to begin the function call."
            return self._no_call("Missing open parenthesis", detail, start, opening)
        arguments: list[Expression] = []
        expand = False
        while True:
            if kinds[self.at] == ")":
                closing = self.take()
                break
            mark = len(self.problems)
            arguments.append(self.expression())
            if self.failed(mark):
                closing = self.recover(")")
                break
            closing = self.take()
            kind = kinds[closing]
            if kind == ",":
                continue
            if kind == ")":
                break
            if kind == "...":
                expand = True
                closing = self._after_ellipsis(start, closing)
            else:
                self._no_separator(start, closing, opening)
                closing = self.recover(")")
            break
        return FunctionCall(
            self.file, start, ends[closing], name, tuple(arguments), expand, name_end, starts[opening], starts[closing]
        )

    def _no_call(self, summary: str, detail: str, start: int, token: int) -> Expression:
        self.error(summary, detail, token, start)
        end = self.range_of(token).end
        self.recover_over("(", ")")
        return Invalid(self.file, start, end)

    def _after_ellipsis(self, start: int, ellipsis: int) -> int:
        if self.kinds[self.at] == ")":
            return self.take()
        if not self.recovering:
            detail = "An expanded function argument (with ...) must be immediately followed by closing parentheses."
            self.error("Missing closing parenthesis", detail, ellipsis, start)
        return self.recover(")")

    def _no_separator(self, start: int, token: int, opening: int) -> None:
        if self.kinds[token] == "eof":
            place = self.file.range(start, self.ends[opening])
            self.report("Unterminated function call", _UNTERMINATED["call"], place)
        else:
            detail = "A comma is required to separate each function argument from the next."
            self.error("Missing argument separator", detail, token, start)

    def tuple_constructor(self) -> Expression:
        """Read `[ … ]`."""
        kinds = self.kinds
        opening = self.at
        self.at = opening + 1
        if self.word_is(self.at, "for"):
            return self._for(opening)
        items: list[Expression] = []
        while True:
            if kinds[self.at] == "]":
                closing = self.take()
                break
            mark = len(self.problems)
            items.append(self.expression())
            if self.failed(mark):
                closing = self.recover("]")
                break
            kind = kinds[self.at]
            if kind == ",":
                self.at += 1
                continue
            if kind == "]":
                closing = self.take()
                break
            if not self.recovering:
                if kind == "eof":
                    self.error("Unterminated tuple constructor expression", _UNTERMINATED["tuple"], opening)
                else:
                    detail = "Expected a comma to mark the beginning of the next item."
                    self.error("Missing item separator", detail, self.at, self.starts[opening])
            closing = self.recover("]")
            break
        return TupleConstructor(self.file, self.starts[opening], self.ends[closing], tuple(items))

    def object_constructor(self) -> Expression:
        """Read `{ … }`."""
        kinds = self.kinds
        opening = self.at
        self.at = opening + 1
        if self.word_is(self.at, "for"):
            return self._for(opening)
        items: list[ObjectItem] = []
        while True:
            kind = kinds[self.at]
            if kind == "nl":
                self.at += 1
                continue
            if kind == "}":
                closing = self.take()
                break
            item = self._object_item(opening)
            if item is None:
                closing = self.recover("}")
                break
            items.append(item)
            kind = kinds[self.at]
            if kind == "nl" or kind == ",":
                self.at += 1
                continue
            if kind == "}":
                closing = self.take()
                break
            if not self.recovering:
                if kind == "eof":
                    self._unterminated_object(opening)
                else:
                    detail = "Expected a newline or comma to mark the beginning of the next attribute."
                    self.error("Missing attribute separator", detail, self.at, self.starts[opening])
            closing = self.recover("}")
            break
        return ObjectConstructor(self.file, self.starts[opening], self.ends[closing], tuple(items))

    def _object_item(self, opening: int) -> ObjectItem | None:
        """Read `key = value`; None if that cannot be understood."""
        token = self.at
        start, end = self.starts[token], self.ends[token]
        mark = len(self.problems)
        following = self.kinds[token + 1]
        if (
            self.kinds[token] == "id"
            and (following == "=" or following == ":")
            and "." not in (name := self.text[start:end])
        ):
            key = ObjectKey(self.file, start, end, name, None, False)
            self.at = token + 1
        else:
            forced = self.kinds[token] == "("
            value = self.expression()
            if self.failed(mark):
                return None
            key = ObjectKey(self.file, value.start, value.end, None, value, forced)
            if self.kinds[self.at] not in ("=", ":"):
                if not self.recovering:
                    self._no_value(opening)
                return None
        self.at += 1
        value = self.expression()
        return None if self.failed(mark) else ObjectItem(key, value)

    def _no_value(self, opening: int) -> None:
        kind = self.kinds[self.at]
        start = self.starts[opening]
        if kind == "nl" or kind == ",":
            detail = 'Expected an attribute value, introduced by an equals sign ("=").'
            self.error("Missing attribute value", detail, self.at, start)
        elif kind == "eof":
            self._unterminated_object(opening)
        else:
            detail = _SEPARATOR + _PERIODS if kind == "id" else _SEPARATOR
            self.error("Missing key/value separator", detail, self.at, start)

    def _unterminated_object(self, opening: int) -> None:
        self.error("Unterminated object constructor expression", _UNTERMINATED["object"], opening)

    def _for(self, opening: int) -> Expression:
        """Read a for expression, from the word `for` on."""
        kinds = self.kinds
        makes_object = kinds[opening] == "{"
        self.at += 1
        names = self._for_names()
        if isinstance(names, str):
            return self._broken_for(names, opening)
        mark = len(self.problems)
        collection = self.expression()
        if self.failed(mark):
            return self._broken_for(None, opening)
        if kinds[self.at] != ":":
            return self._broken_for("For expression requires a colon after the collection expression.", opening)
        self.at += 1
        key: Expression | None = None
        value = self.expression()
        if kinds[self.at] == "=>":
            self.at += 1
            key = value
            value = self.expression()
        if self.failed(mark):
            return self._broken_for(None, opening)
        ellipsis = self.take() if kinds[self.at] == "..." else None
        condition: Expression | None = None
        if self.word_is(self.at, "if"):
            self.at += 1
            condition = self.expression()
            if self.failed(mark):
                return self._broken_for(None, opening)
        end_kind = "}" if makes_object else "]"
        if kinds[self.at] == end_kind:
            closing = self.take()
        else:
            if not self.recovering:
                detail = "Extra characters after the end of the 'for' expression."
                self.error("Invalid 'for' expression", detail, self.at, self.starts[opening])
            closing = self.recover(end_kind)
        start, end = self.starts[opening], self.ends[closing]
        self._check_for(makes_object, key, value, ellipsis, self.file.range(start, end))
        return ForExpression(self.file, start, end, *names, collection, key, value, condition, ellipsis is not None)

    def _for_names(self) -> tuple[str | None, str] | str:
        """Read the names and the word `in`: (key name, value name), or what is wrong."""
        kinds = self.kinds
        key_name: str | None = None
        if kinds[self.at] != "id":
            return "For expression requires variable name after 'for'."
        value_name = self._plain_name()
        if kinds[self.at] == ",":
            self.at += 1
            if kinds[self.at] != "id":
                return "For expression requires value variable name after comma."
            key_name, value_name = value_name, self._plain_name()
        if not self.word_is(self.at, "in"):
            return "For expression requires the 'in' keyword after its name declarations."
        self.at += 1
        return key_name, value_name

    def _plain_name(self) -> str:
        token = self.at
        self.split(token)
        self.at = token + 1
        return self.text[self.starts[token] : self.ends[token]]

    def _broken_for(self, detail: str | None, opening: int) -> Expression:
        """Report if there is something to report, and skip the rest of a for expression."""
        start = self.starts[opening]
        if detail is not None and not self.recovering:
            self.error("Invalid 'for' expression", detail, self.at, start)
        closing = self.recover("}" if self.kinds[opening] == "{" else "]")
        return Invalid(self.file, start, self.ends[closing])

    def _check_for(
        self, makes_object: bool, key: Expression | None, value: Expression, ellipsis: int | None, context: Range
    ) -> None:
        summary = "Invalid 'for' expression"
        if makes_object:
            if key is None:
                self.report(summary, "Key expression is required when building an object.", value.range, context)
            return
        if key is not None:
            self.report(summary, "Key expression is not valid when building a tuple.", key.range, context)
        if ellipsis is not None:
            detail = "Grouping ellipsis (...) cannot be used when building a tuple."
            self.report(summary, detail, self.range_of(ellipsis), context)
