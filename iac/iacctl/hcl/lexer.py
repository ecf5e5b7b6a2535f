"""Native syntax to tokens.

One regular expression finds each token and the whitespace after it. The lexer also decides which newlines mean
something, because that depends on brackets only, and leaves out the others. HashiCorp's scanner is the reference for
what is a token; two kinds are wider here for speed: a dotted name (`a.b.c`) and a quoted string without escapes and
templates are one token each.

Kinds of token: punctuation and operators stand for themselves; further

    id    a name, or several joined by dots         num   a number
    nl    a newline that ends an item               eof   the end (three times, so that one may look ahead)
    str   a whole plain quoted string               oq ql cq   quote, text and closing quote of any other string
    oh hl ch   heredoc introduction, text and closing marker; text of a template file is hl as well
    ti tc te   `${`, `%{` and the brace that closes them, with their strip markers
    invalid    a character that has no meaning      utf8  a byte that is not UTF-8
    qnl   a newline within a quoted string
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final, Literal, TypeAlias

from iacctl.hcl.names import dotted_name_end, is_name

Mode: TypeAlias = Literal["config", "expression", "template", "lines"]
"""What a text is; `lines` is a piece of a configuration in which every newline is wanted."""

_COMMENT: Final = r"/\*(?s:.*?)\*/"
_PATTERN: Final = r"""(?:(?P<id>NAME(?:\.NAME)*)
|(?P<nl>\r?\n)(?:[ \t]*\r?\n)*
|(?P<op>==|!=|<=|>=|&&|\|\||=>|::|\.\.\.|[][().,*%+\-=>!?:{]|<(?!<-?NAME\r?\n)|/(?![/*]))
|(?P<str>"[^"\\$%\r\n]*")
|(?P<note>(?:\#|//)[^\n]*\n)(?:[ \t]*\r?\n)*
|(?P<end>~?\})
|(?P<num>\d(?:[\d.]|[eE][+\-]?\d)*(?<!\.))
|(?P<oq>")
|(?P<remark>/\*(?s:.*?)\*/|(?:\#|//)[^\n]*)
|(?P<oh><<-?NAME\r?\n)
|(?P<bad>(?s:.)))[ \t]*"""
_ASCII_NAME: Final = "[A-Za-z_][A-Za-z0-9_-]*"
# Here any character outside of ASCII may be part of a name; `_unicode_name` then looks closer.
_UNICODE_NAME: Final = r"[^\x00-@\[-^`{-\x7f][^\x00-,./:-@\[-^`{-\x7f]*"
_BROKEN: Final = re.compile("[\udc80-\udcff]")  # what `SourceFile` has for a byte that is not UTF-8
_BLANK: Final = re.compile(r"[ \t]*")
_FOR: Final = re.compile(r"(?:\s|#[^\n]*\n|//[^\n]*\n|/\*(?s:.*?)\*/)*for(?![\w-])")
_QUOTED: Final = re.compile(r'(?:[^"\\$%\r\n]+|\\[^\r\n]|\$\$\{|%%\{|[$%](?=[^{]))+')
_NEWLINES: Final = re.compile(r"[\r\n]+")
_LONE_RETURN: Final = re.compile(r"\r(?!\n)")
_SEQUENCE: Final = re.compile(r"\$\$\{|%%\{|([$%]\{)")
_SPACE: Final = r"[\t\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*"


class _Code:
    """A stretch of code: a file, or what is between the braces of an interpolation or directive."""

    __slots__ = ("braces", "brackets", "inner", "newlines", "top")

    def __init__(self, top: str, newlines: bool, inner: bool) -> None:
        self.top = top  # the innermost open bracket: B for a body, or ( [ {
        self.newlines = newlines  # whether newlines mean something here
        self.brackets: list[tuple[str, bool]] = []  # the same two for each bracket around
        self.braces = 0
        self.inner = inner


class _Template:
    """A quoted string, heredoc (with the pattern of its last line) or template file."""

    __slots__ = ("closing", "last", "marker")

    def __init__(self, closing: str, marker: re.Pattern[str] | None = None) -> None:
        self.closing = closing
        self.marker = marker
        self.last: tuple[int, int] | None = None  # where the next line is that could be the last one


class Lexer:
    """The tokens of `text[start:end]`, as three lists of the same length.

    Attributes:
        kinds: the kind of each token.
        starts: the offset of its first character.
        ends: the offset after its last character.
        invalid: the numbers of the tokens that are wrong anywhere.
        body_lines: the offsets of the newlines between the items of bodies, in order.
    """

    __slots__ = (
        "_broken",
        "_end",
        "_every_newline",
        "_frames",
        "_markers",
        "_returns",
        "_scan",
        "body_lines",
        "ends",
        "invalid",
        "kinds",
        "starts",
        "text",
    )

    def __init__(self, text: str, start: int, end: int, mode: Mode) -> None:
        self.text = text
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.invalid: list[int] = []
        self.body_lines: list[int] = []
        self._end = end
        self._markers: dict[str, re.Pattern[str]] = {}
        self._every_newline = mode == "lines"
        self._broken = False if text.isascii() else _BROKEN.search(text) is not None
        self._returns = "\r" in text
        self._scan = _pattern(text.isascii(), self._broken)
        self._frames: list[_Code | _Template] = []
        if mode == "template":
            self._frames.append(_Template("eof"))
        else:
            start = _BLANK.match(text, start, end).end()  # type: ignore[union-attr]  # matches anything
            body = mode != "expression"
            self._frames.append(_Code("B" if body else "(", newlines=body, inner=False))
        self._run(start)

    def restart(self, token: int, position: int) -> None:
        """Replace the tokens from one on by those from an offset on, read as items of a body."""
        del self.kinds[token:], self.starts[token:], self.ends[token:]
        del self.body_lines[bisect_left(self.body_lines, position) :]
        self._frames = [_Code("B", newlines=True, inner=False)]
        self._run(self._after_blanks(position))

    def _run(self, position: int) -> None:
        frames = self._frames
        while frames:
            frame = frames[-1]
            if type(frame) is _Code:
                position = self._code(frame, position)
            else:
                position = self._template(frame, position)  # type: ignore[arg-type]  # there are only two classes
        self.kinds += ("eof", "eof", "eof")
        self.starts += (self._end,) * 3
        self.ends += (self._end,) * 3

    def _add(self, kind: str, start: int, end: int) -> None:
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)

    def _code(self, frame: _Code, position: int) -> int:
        """Read code until a template starts or the code ends; gives where to go on."""
        text, brackets = self.text, frame.brackets
        add_kind, add_start, add_end = self.kinds.append, self.starts.append, self.ends.append
        top, newlines = frame.top, frame.newlines
        add_line = self.body_lines.append
        ascii_only, every_newline = text.isascii(), self._every_newline
        before = self.kinds[-1] if self.kinds else ""
        for match in self._scan.finditer(text, position, self._end):
            kind = match.lastgroup
            if kind == "id":
                start, end = match.span("id")
                if not ascii_only and not text[start:end].isascii():
                    frame.top, frame.newlines = top, newlines
                    return self._unicode_name(start, end)
            elif kind == "nl" or kind == "note":
                if not newlines and not every_newline:
                    continue
                start, end = match.span(kind)
                kind = "nl"
                if top == "B":
                    add_line(start)
            elif kind == "op":
                start, end = match.span("op")
                kind = text[start:end]
                if kind == "{":
                    brackets.append((top, newlines))
                    frame.braces += 1
                    if top == "B" and before in _LABELS:
                        newlines = True
                    else:
                        top = "{"
                        newlines = _FOR.match(text, end, self._end) is None
                elif kind == "(" or kind == "[":
                    brackets.append((top, newlines))
                    top, newlines = kind, False
                elif (kind == ")" or kind == "]") and brackets and (top == "(" or top == "["):
                    top, newlines = brackets.pop()
            elif kind == "str" or kind == "num":
                start, end = match.span(kind)
            elif kind == "remark":
                continue
            elif kind == "end":
                start, end = match.span("end")
                if frame.inner and not frame.braces:
                    self._add("te", start, end)
                    self._frames.pop()
                    return end
                if frame.braces:
                    frame.braces -= 1
                    while top == "(" or top == "[":
                        top, newlines = brackets.pop()
                    top, newlines = brackets.pop()
                kind = "}" if end - start == 1 else "te"
            else:
                frame.top, frame.newlines = top, newlines
                assert kind is not None
                return self._open(kind, match)
            add_kind(kind)
            add_start(start)
            add_end(end)
            before = kind
        self._frames.clear()
        return self._end

    def _unicode_name(self, start: int, end: int) -> int:
        name_end = dotted_name_end(self.text, start, end)
        if name_end == start:
            name_end = start + 1
            self._wrong("utf8" if _BROKEN.match(self.text, start) else "invalid", start, name_end)
        else:
            self._add("id", start, name_end)
        return self._after_blanks(name_end)

    def _open(self, kind: str, match: re.Match[str]) -> int:
        """Start a template, or note a character that does not belong here."""
        start, end = match.span(kind)
        if kind == "oq":
            self._add("oq", start, end)
            self._frames.append(_Template("cq"))
            return end
        if kind == "oh":
            marker = self.text[start + (3 if self.text[start + 2] == "-" else 2) : end].rstrip("\r\n")
            if not marker.isascii() and not is_name(marker):
                self._add("<", start, start + 1)
                return start + 1
            self._add("oh", start, end)
            pattern = self._markers.get(marker)
            if pattern is None:
                pattern = re.compile(f"^{_SPACE}{re.escape(marker)}{_SPACE}$", re.MULTILINE)
                self._markers[marker] = pattern
            self._frames.append(_Template("ch", pattern))
            return end
        if self.text[start] == "/":
            # A comment does not end; so none that starts further down does, and there is no need to look for its end.
            self._scan = _pattern(self.text.isascii(), self._broken, comments=False)
            self._add("/", start, end)
        else:
            self._wrong("invalid", start, end)
        return self._after_blanks(end)

    def _after_blanks(self, position: int) -> int:
        return _BLANK.match(self.text, position, self._end).end()  # type: ignore[union-attr]  # matches anything

    def _wrong(self, kind: str, start: int, end: int) -> None:
        self.invalid.append(len(self.kinds))
        self._add(kind, start, end)

    def _template(self, frame: _Template, position: int) -> int:
        """Read text until a sequence or the end of the template; gives where to go on."""
        if frame.closing == "cq":
            return self._quoted(position)
        if frame.marker is not None:
            return self._heredoc(frame, position)
        sequence = self._next_sequence(position, self._end)
        stop = self._end if sequence is None else sequence
        if self._returns and _LONE_RETURN.search(self.text, position, stop) is not None:
            # HashiCorp's scanner gives up at a carriage return without newline, and takes the rest for text.
            sequence, stop = None, self._end
        if stop > position:
            self._text(position, stop)
        if sequence is not None:
            return self._sequence(sequence)
        self._frames.clear()
        return self._end

    def _heredoc(self, frame: _Template, position: int) -> int:
        text = self.text
        assert frame.marker is not None
        if frame.last is None or frame.last[0] < position:
            found = frame.marker.search(text, position, self._end)
            # The marker's line must end with a newline, not with the file.
            last = found.span() if found is not None and found.end() < self._end else (self._end, self._end)
            frame.last = last
        last_start, last_end = frame.last
        sequence = self._next_sequence(position, last_start)
        stop = last_start if sequence is None else sequence
        # Here HashiCorp's scanner gives up as well, and also at a sign before the end of the file.
        stuck: int | None = None
        if self._returns and (lone := _LONE_RETURN.search(text, position, stop)) is not None:
            stuck = lone.start()
        elif position < stop == self._end and text[stop - 1] in "$%":
            stuck = stop - 1
        if stuck is not None:
            stop = stuck
        if stop > position:
            self._text(position, stop)
        if stuck is not None:
            self._wrong("invalid", stuck, self._end)
        elif sequence is not None:
            return self._sequence(sequence)
        elif last_end < self._end:
            if text[last_end - 1] == "\r":
                last_end -= 1
            self._add("ch", last_start, last_end)
            self._frames.pop()
            return last_end
        self._frames.clear()
        return self._end

    def _next_sequence(self, position: int, end: int) -> int | None:
        for found in _SEQUENCE.finditer(self.text, position, end):
            if found[1]:
                return found.start()
        return None

    def _text(self, start: int, end: int) -> None:
        """Add text of a heredoc or template file; each broken byte in it is a token of its own."""
        if self._broken:
            for found in _BROKEN.finditer(self.text, start, end):
                if found.start() > start:
                    self._add("hl", start, found.start())
                start = found.end()
                self._wrong("utf8", found.start(), start)
        if end > start:
            self._add("hl", start, end)

    def _sequence(self, start: int) -> int:
        end = start + 3 if self.text.startswith("~", start + 2, self._end) else start + 2
        self._add("ti" if self.text[start] == "$" else "tc", start, end)
        self._frames.append(_Code("(", newlines=False, inner=True))
        return self._after_blanks(end)

    def _quoted(self, position: int) -> int:
        text, end = self.text, self._end
        found = _QUOTED.match(text, position, end)
        if found is not None:
            stop = found.end()
            broken = _BROKEN.search(text, position, stop) if self._broken else None
            if broken is not None:
                stop = broken.start()
            if stop > position:
                self._add("ql", position, stop)
            position = stop
        if position >= end:
            self._frames.clear()
            return end
        char = text[position]
        if char == '"':
            self._add("cq", position, position + 1)
            self._frames.pop()
            return self._after_blanks(position + 1)
        if text.startswith(("${", "%{"), position, end):
            return self._sequence(position)
        newlines = _NEWLINES.match(text, position, end)
        width = newlines.end() - position if newlines else 1
        self._wrong(
            "qnl" if char in "\r\n" else "utf8" if _BROKEN.match(char) else "invalid", position, position + width
        )
        return position + width


_LABELS: Final = frozenset(("id", "str", "cq"))
_patterns: Final[dict[tuple[bool, bool, bool], re.Pattern[str]]] = {}


def _pattern(ascii_only: bool, broken: bool, comments: bool = True) -> re.Pattern[str]:
    """The main pattern for a kind of text, compiled when the first such text is read."""
    pattern = _patterns.get((ascii_only, broken, comments))
    if pattern is None:
        source = _PATTERN.replace("NAME", _ASCII_NAME if ascii_only else _UNICODE_NAME)
        if broken:  # look into every string
            source = source.replace("(?P<str>", "(?P<str>(?!)")
        if not comments:
            source = source.replace(_COMMENT, "(?!)")
        pattern = _patterns[ascii_only, broken, comments] = re.compile(source, re.VERBOSE)
    return pattern
