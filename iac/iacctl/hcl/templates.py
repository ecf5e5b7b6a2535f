"""Reading templates: quoted strings, heredocs and template files."""

from __future__ import annotations

import re
from typing import Final

from iacctl.diag.source import Range
from iacctl.hcl.ast import Expression, Literal, Template, TemplateWrap
from iacctl.hcl.normalization import nfc
from iacctl.hcl.reader import Reader
from iacctl.hcl.suggestions import did_you_mean
from iacctl.hcl.template_parts import Directive, Interpolation, Part, Text, flush, trim_end, trim_start
from iacctl.hcl.template_tree import Tree

_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|\$\$\{|%%\{", re.DOTALL)
_DIGITS: Final = re.compile(r"[0-9a-fA-F]*")
_SIMPLE: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


class TemplateReader(Reader):
    """Reads templates."""

    __slots__ = ()

    def template(self, closing: str) -> Expression:
        """Read a template from its opening token to after the closing one (`cq` or `ch`)."""
        opening = self.at
        start = self.starts[opening]
        flushed = closing == "ch" and self.text[start + 2] == "-"
        self.at = opening + 1
        parts, last = self._parts(closing)
        if flushed:
            flush(parts)
        return self._combine(parts, start, self.ends[last], last)

    def whole_template(self) -> Expression:
        """Read a file that is a template as a whole."""
        start = self.starts[0]
        parts, last = self._parts("eof")
        return self._combine(parts, start, self.ends[last], last)

    def unescape(self, token: int) -> str:
        """The text of a token of literal text with its escapes resolved; wrong ones are reported."""
        start = self.starts[token]
        raw = self.text[start : self.ends[token]]
        if self.kinds[token] == "hl":
            return raw.replace("$${", "${").replace("%%{", "%{") if "{" in raw else raw
        if "\\" not in raw and "{" not in raw:
            return raw
        return _ESCAPE.sub(lambda match: self._escape(match, start), raw)

    def _escape(self, match: re.Match[str], start: int) -> str:
        letter = match[3]
        if letter is None:
            digits = match[1] or match[2]
            if digits is None:
                return match[0][1:]
            code = int(digits, 16)
            if code < 0x110000 and not 0xD800 <= code < 0xE000:
                return chr(code)
            detail = f"Cannot encode character U+{code:04x} in UTF-8."
            end = match.end()
        elif letter in _SIMPLE:
            return _SIMPLE[letter]
        else:
            end = match.end()
            detail = f'The symbol "{letter}" is not a valid escape sequence selector.'
            if letter in "uU":
                wanted, size = ("four", 4) if letter == "u" else ("eight", 8)
                detail = f"The \\{letter} escape sequence must be followed by {wanted} hexadecimal digits."
                digits_match = _DIGITS.match(match.string, end, end + size)
                end = digits_match.end() if digits_match else end
        self.report("Invalid escape sequence", detail, Range(self.file, start + match.start(), start + end))
        return match[0][1:]

    def _parts(self, closing: str) -> tuple[list[Part], int]:
        """The parts up to the closing token, which is read too, and that token's number."""
        kinds, starts, ends = self.kinds, self.starts, self.ends
        parts: list[Part] = []
        first = self.at
        trim_next = False
        after_text = False
        while True:
            token = self.take()
            kind = kinds[token]
            if kind == closing:
                return parts, token
            if kind == "ql" or kind == "hl":
                text = Text(self.unescape(token), starts[token], ends[token])
                if trim_next:
                    trim_start(text, kind == "ql")
                parts.append(text)
                trim_next, after_text = False, True
                continue
            trim_next = False
            if kind == "ti" or kind == "tc":
                if after_text and ends[token] - starts[token] == 3:
                    previous = parts[-1]
                    assert type(previous) is Text
                    trim_end(previous, closing == "cq")
                after_text = False
                if kind == "ti":
                    trim_next = self._interpolation(parts, token, first, closing)
                else:
                    trim_next = self._directive(parts, token, first)
                continue
            if not self.recovering:
                self.error(
                    "Unterminated template string", "No closing marker was found for the string.", token, starts[first]
                )
            return parts, self.recover(closing)

    def _interpolation(self, parts: list[Part], opening: int, first: int, closing: str) -> bool:
        """Read `${ … }` after its opening; whether it ends with a strip marker."""
        expression = self.expression()
        token = self.at
        trim_next = False
        if self.kinds[token] == "te":
            trim_next = self.ends[token] - self.starts[token] == 2
            self.at = token + 1
            end = self.ends[token]
        else:
            if not self.recovering:
                self._unclosed(token, first, closing)
            end = self.range_of(token).end
            self.recover("te")
        parts.append(Interpolation(expression, self.starts[opening], end))
        return trim_next

    def _unclosed(self, token: int, first: int, closing: str) -> None:
        kind = self.kinds[token]
        unclosed = "Unclosed template interpolation sequence"
        nesting = "This might be caused by incorrect nesting inside the given expression."
        extra = "Extra characters after interpolation expression"
        if kind == "eof":
            detail = f"There is no closing brace for this interpolation sequence before the end of the file. {nesting}"
            self.error(unclosed, detail, first)
        elif kind == ":":
            self.error(extra, _COLON, token, self.starts[first])
        elif closing == "cq" and kind in ("cq", "oq", "str"):
            detail = (
                "There is no closing brace for this interpolation sequence before the end of the quoted template."
                f" {nesting}"
            )
            self.error(unclosed, detail, first)
        else:
            self.error(extra, _EXTRA, token, self.starts[first])

    def _directive(self, parts: list[Part], opening: int, first: int) -> bool:
        """Read `%{ … }` after its opening; whether it ends with a strip marker."""
        word = self.at
        if self.kinds[word] != "id":
            if not self.recovering:
                self.error("Invalid template directive", _DIRECTIVE, word, self.starts[opening])
            self.recover("te")
            return False
        self.split(word)
        keyword = self.text[self.starts[word] : self.ends[word]]
        self.at = word + 1
        start = self.starts[opening]
        directive: Directive | None
        if keyword == "if":
            condition = self.expression()
            directive = Directive(keyword, start, self.range_of(self.at).end, expression=condition)
        elif keyword == "for":
            directive = self._for_directive(start)
        elif keyword in ("else", "endif", "endfor"):
            directive = Directive(keyword, start, self.range_of(self.at).end)
        else:
            if not self.recovering:
                hint = did_you_mean(keyword, ("if", "for", "else", "endif", "endfor"))
                detail = f'"{keyword}" is not a valid template control keyword.{hint}'
                self.error("Invalid template control keyword", detail, word, start)
            directive = None
        if directive is None:
            self.recover("te")
            return False
        parts.append(directive)
        token = self.at
        if self.kinds[token] == "te":
            self.at = token + 1
            return self.ends[token] - self.starts[token] == 2
        if not self.recovering:
            detail = "Expected a closing brace to end the sequence, but found extra characters."
            self.error(f"Extra characters in {keyword} marker", detail, token, self.starts[first])
        self.recover("te")
        return False

    def _for_directive(self, start: int) -> Directive | None:
        problem = "For directive requires variable name after 'for'."
        names: tuple[str | None, str] = (None, "")
        if self.kinds[self.at] == "id":
            names = (None, self._directive_name())
            problem = "For directive requires 'in' keyword after names."
            if self.kinds[self.at] == ",":
                self.at += 1
                problem = "For directive requires value variable name after comma."
                if self.kinds[self.at] == "id":
                    names = (names[1], self._directive_name())
                    problem = "For directive requires 'in' keyword after names."
            if "'in'" in problem and self.word_is(self.at, "in"):
                self.at += 1
                collection = self.expression()
                return Directive("for", start, self.range_of(self.at).end, names, collection)
        if not self.recovering:
            self.error("Invalid 'for' directive", problem, self.at)
        return None

    def _directive_name(self) -> str:
        token = self.at
        self.split(token)
        self.at = token + 1
        return self.text[self.starts[token] : self.ends[token]]

    def _combine(self, parts: list[Part], start: int, end: int, last: int) -> Expression:
        """The expression for all parts of a template."""
        file = self.file
        if len(parts) == 1:
            only = parts[0]
            if type(only) is Text:
                return Literal(file, start, end, nfc(only.value))
            if type(only) is Interpolation:
                return TemplateWrap(file, start, end, only.expression)
        if all(type(part) is Text for part in parts):
            return Literal(file, start, end, nfc("".join(part.value for part in parts if type(part) is Text)))
        return Template(file, start, end, Tree(self, parts, last).root())


_DIRECTIVE: Final = 'A template directive keyword ("if", "for", etc) is expected at the beginning of a %{ sequence.'
_COLON: Final = (
    "Template interpolation doesn't expect a colon at this location. Did you intend this to be a literal sequence to be"
    ' processed as part of another language? If so, you can escape it by starting with "$${" instead of just "${".'
)
_EXTRA: Final = (
    "Expected a closing brace to end the interpolation expression, but found extra characters.\n\nThis can happen when"
    " you include interpolation syntax for another language, such as shell scripting, but forget to escape the"
    " interpolation start token. If this is an embedded sequence for another language, escape it by starting with"
    ' "$${" instead of just "${".'
)
