"""What the parts of the parser share: tokens, reporting, and finding the way again after a mistake.

The parser makes the same report as HashiCorp's for a broken file, so it recovers in the same way: a mistake is reported
where it is seen, `recovering` is set for the rest of the file, which silences reports that would probably be caused by
the first one, and reading goes on after the bracket that closes the construct, or after the item's line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from iacctl.diag.diagnostics import Diagnostic
from iacctl.diag.source import Range
from iacctl.hcl.lexer import Lexer

if TYPE_CHECKING:
    from iacctl.diag.source import SourceFile
    from iacctl.hcl.ast import Expression
    from iacctl.hcl.lexer import Mode

_OPENING: Final = {"}": "{", "]": "[", ")": "(", "cq": "oq", "ch": "oh", "te": "ti"}
_OPEN: Final = frozenset(("{", "[", "(", "oq", "oh", "ti", "tc"))

_BLANK_LINE: Final = re.compile(r"[ \t]*(\r?\n)")
_MOST_RESTARTS: Final = 100
"""After so many times the rest of a broken file is left unread: each time takes as long as reading all of it."""


class Reader:
    """Tokens of a file (`text[start:end]` of it), and how far they are read.

    Attributes:
        at: the number of the next token.
        ended: whether the end of the file was read.
        problems: what was reported so far.
        recovering: whether anything was misunderstood.
        restarts: how often the lexer had to read the rest of the file again.
    """

    __slots__ = (
        "at",
        "ended",
        "ends",
        "file",
        "kinds",
        "lexer",
        "problems",
        "recovering",
        "restarts",
        "starts",
        "text",
    )

    def __init__(self, file: SourceFile, mode: Mode, start: int = 0, end: int | None = None) -> None:
        self.file = file
        self.text = file.text
        if start == 0 and self.text.startswith("\ufeff"):
            start = 1
        self.lexer = Lexer(self.text, start, len(self.text) if end is None else end, mode)
        self.kinds = self.lexer.kinds
        self.starts = self.lexer.starts
        self.ends = self.lexer.ends
        self.at = 0
        self.ended = False
        self.problems: list[Diagnostic] = []
        self.recovering = False
        self.restarts = 0
        if self.lexer.invalid:
            self._report_invalid()

    def expression(self) -> Expression:
        """Read an expression."""
        raise NotImplementedError

    def range_of(self, token: int) -> Range:
        """The range of a token as HashiCorp's scanner, whose tokens are shorter in some cases, would have it."""
        start, end = self.starts[token], self.ends[token]
        kind = self.kinds[token]
        if kind == "str":
            end = start + 1
        elif kind == "id":
            end = start + len(self.text[start:end].partition(".")[0])
        elif kind == "hl":
            newline = self.text.find("\n", start, end)
            end = end if newline < 0 else newline + 1
        return Range(self.file, start, end)

    def error(self, summary: str, detail: str, token: int, context: int | None = None) -> None:
        """Report an error at a token, quoting the source from offset `context` on if given."""
        subject = self.range_of(token)
        self.report(summary, detail, subject, None if context is None else Range(self.file, context, subject.end))

    def report(self, summary: str, detail: str, subject: Range, context: Range | None = None) -> None:
        """Report an error."""
        self.problems.append(Diagnostic("error", summary, detail, subject, context))

    def word_is(self, token: int, word: str) -> bool:
        """Whether a token is a word; if it is part of a dotted name, that is taken apart first."""
        if self.kinds[token] != "id" or not self.text.startswith(word, self.starts[token]):
            return False
        length = self.ends[token] - self.starts[token]
        if length == len(word):
            return True
        if self.text[self.starts[token] + len(word)] == ".":
            self.split(token)
            return True
        return False

    def split(self, token: int) -> None:
        """Take a dotted name apart into names and dots, where it cannot be a reference."""
        start = self.starts[token]
        parts = self.text[start : self.ends[token]].split(".")
        if len(parts) == 1:
            return
        kinds: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for part in parts:
            if kinds:
                kinds.append(".")
                starts.append(start)
                start += 1
                ends.append(start)
            kinds.append("id")
            starts.append(start)
            start += len(part)
            ends.append(start)
        self.kinds[token : token + 1] = kinds
        self.starts[token : token + 1] = starts
        self.ends[token : token + 1] = ends

    def take(self) -> int:
        """The number of the next token, which is then read; the end of the file is never passed."""
        token = self.at
        if self.kinds[token] != "eof":
            self.at = token + 1
        else:
            self.ended = True
        return token

    def previous_end(self) -> int:
        """The offset after the token that was read last."""
        return self.ends[-1] if self.ended else self.ends[self.at - 1]

    def recover(self, closing: str) -> int:
        """Skip to after the bracket that closes what is being read; the number of that token, or of the end."""
        self.recovering = True
        opening = _OPENING.get(closing)
        kinds = self.kinds
        depth = 0
        while True:
            token = self.take()
            kind = kinds[token]
            if kind == "eof":
                return token
            if kind == closing:
                if depth == 0:
                    return token
                depth -= 1
            elif kind == opening or (kind == "tc" and opening == "ti"):
                depth += 1

    def recover_over(self, opening: str, closing: str) -> None:
        """Skip to the next opening bracket and then to after the one that closes it."""
        while self.kinds[token := self.take()] != opening:
            if self.kinds[token] == "eof":
                break
        self.recover(closing)

    def recover_after_item(self) -> None:
        """Skip to after the end of a body's item: the next newline outside of all brackets opened from here on.

        Such a newline may be one that the lexer left out, because it believes to be within brackets.
        """
        self.recovering = True
        if self.kinds[self.at] == "eof":
            self.ended = True
            return
        found = self._item_end(self.starts[self.at])
        if found is None:
            self.at = len(self.kinds) - 1
            self.ended = True
            return
        start, end = found
        self.at = bisect_left(self.starts, end, self.at)
        lines = self.lexer.body_lines
        number = bisect_left(lines, start)
        if number == len(lines) or lines[number] != start:
            self.restarts += 1
            self.lexer.restart(self.at, end if self.restarts <= _MOST_RESTARTS else self.ends[-1])
        following = _BLANK_LINE.match(self.text, end, self.ends[-1])
        if following is not None:  # the lexer makes one token of several newlines, HashiCorp's scanner does not
            self.at -= 1
            self.kinds[self.at] = "nl"
            self.starts[self.at], self.ends[self.at] = following.span(1)

    def _item_end(self, position: int) -> tuple[int, int] | None:
        """Start and end of the newline that ends the item within which an offset is; None if the file does."""
        whole = self.ends[-1]
        size = 32
        while True:
            size *= 4
            window = min(position + size, whole)
            tokens = Lexer(self.text, position, window, "lines")
            pending: list[str] = []
            for token, kind in enumerate(tokens.kinds):
                if kind == "nl" and not pending:
                    if tokens.ends[token] < window or window == whole:
                        return tokens.starts[token], tokens.ends[token]
                elif kind in _OPEN:
                    pending.append("ti" if kind == "tc" else kind)
                elif kind in _OPENING:
                    opening = _OPENING[kind]
                    while pending and pending.pop() != opening:
                        pass
            if window == whole:
                return None

    def _report_invalid(self) -> None:
        """Report what the lexer could not read; of mistakes that come in swarms only the first ones."""
        told: dict[str, int] = {}
        for token in self.lexer.invalid:
            kind = self.kinds[token]
            char = self.text[self.starts[token]]
            if kind == "qnl":
                self.error("Invalid multi-line string", _MULTI_LINE, token)
                continue
            group = "utf8" if kind == "utf8" else "bitwise" if char in "&|^~" else char
            times = told[group] = told.get(group, 0) + 1
            if kind == "utf8":
                if times == 1:
                    self.error("Invalid character encoding", _ENCODING, token)
            elif group == "bitwise":
                if times <= 4:
                    hint = _BITWISE.get(char)
                    more = f" Did you mean boolean {hint}?" if hint else ""
                    self.error("Unsupported operator", f"Bitwise operators are not supported.{more}", token)
            elif char in "`'":
                if times % 2:
                    self.error("Invalid character", _CHARACTERS[char], token)
            elif char != ";" or times == 1:
                self.error("Invalid character", _CHARACTERS.get(char, _UNUSED), token)


_BITWISE: Final = {"&": 'AND ("&&")', "|": 'OR ("||")', "~": 'NOT ("!")'}
_MULTI_LINE: Final = (
    "Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to"
    ' represent a newline character or use the "heredoc" multi-line template syntax.'
)
_ENCODING: Final = "All input files must be UTF-8 encoded. Ensure that UTF-8 encoding is selected in your editor."
_UNUSED: Final = "This character is not used within the language."
_CURLY: Final = (
    '"Curly quotes" are not valid here. These can sometimes be inadvertently introduced when sharing code via documents'
    ' or discussion forums. It might help to replace the character with a "straight quote".'
)
_CHARACTERS: Final = {
    "`": 'The "`" character is not valid. To create a multi-line string, use the "heredoc" syntax, like "<<EOT".',
    "'": 'Single quotes are not valid. Use double quotes (") to enclose strings.',
    ";": 'The ";" character is not valid. Use newlines to separate arguments and blocks, and commas to separate items'
    " in collection values.",
    "\u201c": _CURLY,
    "\u201d": _CURLY,
    "\u2018": _CURLY,
    "\u2019": _CURLY,
}
