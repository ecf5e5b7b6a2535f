"""Native syntax to a syntax tree: bodies, and the functions that read whole files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.diag.diagnostics import Diagnostics
from iacctl.diag.source import Range
from iacctl.hcl.ast import Attribute, Invalid
from iacctl.hcl.body import Block
from iacctl.hcl.expressions import ExpressionReader
from iacctl.hcl.native_body import NativeBody

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from iacctl.diag.source import SourceFile
    from iacctl.hcl.ast import Expression

    T = TypeVar("T")

_REQUIRED: Final = "Argument or block definition required"
_REQUIRED_HERE: Final = "An argument or block definition is required here."
_EQUALS: Final = f'{_REQUIRED_HERE} To set an argument, use the equals sign "=" to introduce the argument value.'
_UNCLOSED: Final = (
    "There is no closing brace for this block before the end of the file."
    " This may be caused by incorrect brace nesting elsewhere in this file."
)
_SINGLE: Final = "Invalid single-argument block definition"
_SINGLE_COMMA: Final = (
    "Single-line block syntax can include only one argument definition. To define multiple arguments, use the"
    " multi-line block syntax with one argument definition per line."
)
_SINGLE_NEWLINE: Final = (
    "An argument definition on the same line as its containing block creates a single-line block definition, which must"
    " also be closed on the same line. Place the block's closing brace immediately after the argument definition."
)
_SINGLE_MORE: Final = (
    "A single-line block definition must end with a closing brace immediately after its single argument definition."
)


def parse_config(file: SourceFile, diagnostics: Diagnostics) -> NativeBody:
    """The body of a configuration file in native syntax.

    What cannot be understood is reported and left out (`Invalid` where an expression is needed).
    """

    def read(found: Diagnostics) -> NativeBody:
        reader = BodyReader(file, "config")
        body = reader.body("eof", None)
        found.extend(reader.problems)
        return body

    body = deep_enough(read, file, diagnostics) or NativeBody(file, 0, len(file.text), {}, [])
    file.describe = body.describe
    return body


def parse_expression(file: SourceFile, diagnostics: Diagnostics, start: int = 0, end: int | None = None) -> Expression:
    """A file that holds one expression, such as a `-var` value or a line of `console`; newlines mean nothing in it.

    With `start` and `end`, the expression is in that part of the file.
    """

    def read(found: Diagnostics) -> Expression:
        reader = BodyReader(file, "expression", start, end)
        expression = reader.expression()
        if reader.kinds[reader.at] != "eof" and not reader.recovering:
            detail = "An expression was successfully parsed, but extra characters were found after it."
            reader.error("Extra characters after expression", detail, reader.at)
        found.extend(reader.problems)
        return expression

    return deep_enough(read, file, diagnostics) or Invalid(file, start, len(file.text) if end is None else end)


def parse_template(file: SourceFile, diagnostics: Diagnostics, start: int = 0, end: int | None = None) -> Expression:
    """A file that is a template as a whole, as `templatefile` reads it; or the part of it from `start` to `end`."""

    def read(found: Diagnostics) -> Expression:
        reader = BodyReader(file, "template", start, end)
        template = reader.whole_template()
        found.extend(reader.problems)
        return template

    return deep_enough(read, file, diagnostics) or Invalid(file, start, len(file.text) if end is None else end)


def deep_enough(read: Callable[[Diagnostics], T], file: SourceFile, diagnostics: Diagnostics) -> T | None:
    """What `read` gives, which may recurse as deep as the text nests; None if that is too deep, which is reported.

    The parser recurses through Python functions only, which takes no C stack; so all it needs is a higher limit.
    """
    found = Diagnostics()
    try:
        result = read(found)
    except RecursionError:
        from iacctl.values import nesting

        found = Diagnostics()
        try:
            result = nesting.run_deep(read, found)
        except RecursionError:
            detail = "The brackets, operators or templates in this file are nested more deeply than iacctl can read."
            diagnostics.error("Too much nesting", detail, Range(file, 0, 0))
            return None
    diagnostics.extend(found)
    return result


class BodyReader(ExpressionReader):
    """Reads bodies."""

    __slots__ = ()

    def body(self, closing: str, opening: int | None) -> NativeBody:
        """Read attributes and blocks up to and with the closing token; `opening` is the brace before."""
        kinds, starts, ends, text, file = self.kinds, self.starts, self.ends, self.text, self.file
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        while True:
            token = self.at
            kind = kinds[token]
            if kind == "id":
                following = kinds[token + 1]
                name = text[starts[token] : ends[token]]
                if "." in name:
                    self.split(token)
                    continue
                if following == "=":
                    attribute = self._attribute(token, name)
                    if name in attributes:
                        self._redefined(attributes[name], attribute)
                    else:
                        attributes[name] = attribute
                elif following == "str" or following == "{" or following == "id" or following == "oq":
                    blocks.append(self._block(token, name))
                else:
                    self.take()
                    self.error(_REQUIRED, _EQUALS, token)
                    self.recover_after_item()
            elif kind == "nl":
                self.at = token + 1
            elif kind == closing:
                self.take()
                break
            else:
                self.take()
                self._not_an_item(token, opening)
                token = self.recover(closing)
                break
        start = starts[opening] if opening is not None else starts[0]
        return NativeBody(file, start, ends[token], attributes, blocks)

    def _not_an_item(self, token: int, opening: int | None) -> None:
        if self.recovering:
            return
        kind = self.kinds[token]
        if kind == "oq" or kind == "str":
            self.error("Invalid argument name", "Argument names must not be quoted.", token)
        elif kind == "eof":
            self.error("Unclosed configuration block", _UNCLOSED, token if opening is None else opening)
        else:
            self.error(_REQUIRED, _REQUIRED_HERE, token)

    def _redefined(self, earlier: Attribute, later: Attribute) -> None:
        detail = (
            f'The argument "{later.name}" was already set at {earlier.name_range}. Each argument may be set only once.'
        )
        self.report("Attribute redefined", detail, later.name_range)

    def _attribute(self, token: int, name: str, single: bool = False) -> Attribute:
        """Read `name = expression` and, unless it is the only item of a block on one line, the newline after it."""
        self.at = token + 2
        mark = len(self.problems)
        start, name_end = self.starts[token], self.ends[token]
        expression = self.expression()
        end = self.ends[self.at - 1]
        if self.failed(mark):
            self.recover_after_item()
        elif not single:
            kind = self.kinds[self.at]
            if kind == "nl":
                self.at += 1
            elif kind != "eof":
                if not self.recovering:
                    summary, detail = (
                        "Missing newline after argument",
                        "An argument definition must end with a newline.",
                    )
                    if kind == ",":
                        summary = "Unexpected comma after argument"
                        detail = f"Argument definitions must be separated by newlines, not commas. {detail}"
                    self.error(summary, detail, self.at, start)
                self.recover_after_item()
        return Attribute(self.file, start, end, name, name_end, expression)

    def _block(self, token: int, name: str) -> Block:
        """Read a block of which only the type was seen."""
        kinds, starts, ends = self.kinds, self.starts, self.ends
        self.at = token + 1
        start, type_end = starts[token], ends[token]
        labels: list[str] = []
        spans: list[tuple[int, int]] = []
        while True:
            label = self.at
            kind = kinds[label]
            if kind == "str":
                labels.append(self.text[starts[label] + 1 : ends[label] - 1])
                spans.append((starts[label], ends[label]))
                self.at = label + 1
            elif kind == "id":
                self.split(label)
                labels.append(self.text[starts[label] : ends[label]])
                spans.append((starts[label], ends[label]))
                self.at = label + 1
            elif kind == "oq":
                value, label_end = self.quoted_text()
                labels.append(value)
                spans.append((starts[label], label_end))
            elif kind == "{":
                break
            else:
                self._no_block(start, label)
                body = NativeBody(self.file, start, type_end, {}, [])
                end = spans[-1][1] if spans else type_end
                return Block(
                    self.file,
                    start,
                    type_end,
                    name,
                    start,
                    type_end,
                    tuple(labels),
                    tuple(spans),
                    start,
                    end,
                    start,
                    body,
                    type_end,
                )
        opening = starts[label]
        self.at = label + 1
        kind = kinds[self.at]
        if kind == "nl" or kind == "}" or kind == "eof":
            body = self.body("}", label)
        else:
            body = self._single_body(label)
        end = self.previous_end()
        after = kinds[self.at]
        if after == "nl":
            self.at += 1
        elif after != "eof":
            if not self.recovering:
                detail = "A block definition must end with a newline."
                self.error("Missing newline after block definition", detail, self.at, start)
            self.recover_after_item()
        header_end = spans[-1][1] if spans else type_end
        return Block(
            self.file, start, end, name, start, type_end, tuple(labels), tuple(spans), start, header_end, opening, body
        )

    def _no_block(self, start: int, token: int) -> None:
        kind = self.kinds[token]
        detail = 'Either a quoted string block label or an opening brace ("{") is expected here.'
        silent = self.recovering
        if kind == "=":
            silent = False
            detail = 'The equals sign "=" indicates an argument definition, and must not be used when defining a block.'
        elif kind == "nl":
            silent = False
            detail = (
                'A block definition must have block content delimited by "{" and "}",'
                " starting on the same line as the block header."
            )
        if not silent:
            self.error("Invalid block definition", detail, token, start)
        self.recover_after_item()

    def quoted_text(self) -> tuple[str, int]:
        """Read a quoted string in which no templates may be: its value and the offset after its closing quote."""
        kinds = self.kinds
        opening = self.take()
        start = self.starts[opening]
        value = ""
        while True:
            token = self.take()
            kind = kinds[token]
            if kind == "cq":
                return value, self.ends[token]
            if kind == "ql":
                value += self.unescape(token)
            elif kind == "ti" or kind == "tc":
                sign = "$" if kind == "ti" else "%"
                detail = (
                    "Template sequences are not allowed in this string."
                    f' To include a literal "{sign}", double it (as "{sign}{sign}") to escape it.'
                )
                self.error("Invalid string literal", detail, token, start)
                value += sign + "{ ... }"
                self.recover("te")
            elif kind == "eof":
                detail = "Unable to find the closing quote mark before the end of the file."
                self.error("Unterminated string literal", detail, token, start)
                return value, start
            else:
                self.error("Invalid string literal", "This item is not valid in a string literal.", token, start)
                self.recover("cq")
                return value, start

    def _single_body(self, opening: int) -> NativeBody:
        """Read `name = expression }`: the one-line form of a block's body, after its opening brace."""
        kinds = self.kinds
        mark = len(self.problems)
        body = self._single_item(opening)
        kind = kinds[self.at]
        if kind == "}":
            self.at += 1
            return body
        later = self.problems[mark:]
        del self.problems[mark:]
        if kind == ",":
            self.error(_SINGLE, _SINGLE_COMMA, self.at)
        elif kind == "nl":
            self.error(_SINGLE, _SINGLE_NEWLINE, self.at)
        elif not self.recovering:
            if kind == "eof":
                self.error("Unclosed configuration block", _UNCLOSED, opening)
            else:
                self.error(_SINGLE, _SINGLE_MORE, self.at)
        self.problems += later
        self.recover("}")
        return body

    def _single_item(self, opening: int) -> NativeBody:
        token = self.take()
        place = self.range_of(token)
        empty = NativeBody(self.file, self.starts[opening], self.ends[opening], {}, [])
        if self.kinds[token] != "id":
            self.error(_REQUIRED, _REQUIRED_HERE, token)
            self.recover_after_item()
            return empty
        self.split(token)
        name = self.text[self.starts[token] : self.ends[token]]
        following = self.kinds[token + 1]
        if following == "=":
            attribute = self._attribute(token, name, single=True)
            return NativeBody(self.file, attribute.start, attribute.end, {name: attribute}, [])
        if following in ("str", "oq", "{", "id"):
            detail = (
                "A single-line block definition can contain only a single argument."
                f' If you meant to define argument "{name}", use an equals sign to assign it a value.'
                " To define a nested block, place it on a line of its own within its parent block."
            )
            subject = place.until(self.range_of(token + 1))
            self.report("Argument definition required", detail, subject)
        else:
            self.error(_REQUIRED, _EQUALS, token)
        self.recover_after_item()
        return empty
