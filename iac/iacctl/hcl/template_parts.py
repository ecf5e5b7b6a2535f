"""The parts of a template before they are nested, and what happens to the literal text among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from iacctl.hcl.ast import Expression

SPACE: Final = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What trimming removes: the characters of Unicode's property White_Space."""


class Text:
    """Literal text; the part of a template whose value trimming changes."""

    __slots__ = ("end", "start", "value")

    def __init__(self, value: str, start: int, end: int) -> None:
        self.value = value
        self.start = start
        self.end = end


class Interpolation:
    """One `${ … }`."""

    __slots__ = ("end", "expression", "start")

    def __init__(self, expression: Expression, start: int, end: int) -> None:
        self.expression = expression
        self.start = start
        self.end = end


class Directive:
    """One `%{ … }`. `names` and `expression` are those of a for; an if has an expression only."""

    __slots__ = ("end", "expression", "keyword", "names", "start")

    def __init__(
        self,
        keyword: str,
        start: int,
        end: int,
        names: tuple[str | None, str] = (None, ""),
        expression: Expression | None = None,
    ) -> None:
        self.keyword = keyword
        self.start = start
        self.end = end
        self.names = names
        self.expression = expression


Part: TypeAlias = Text | Interpolation | Directive


def trim_start(text: Text, whole: bool) -> None:
    """Remove the space after a `~}`: all of it in a quoted string (`whole`), elsewhere that on the same line."""
    if whole:
        text.value = text.value.lstrip(SPACE)
    else:
        head, newline, rest = text.value.partition("\n")
        text.value = (head + newline).lstrip(SPACE) + rest


def trim_end(text: Text, whole: bool) -> None:
    """Remove the space before a `${~` or `%{~`: all of it in a quoted string (`whole`), elsewhere that of its line.

    If the sequence starts its line, that is the line before, with its newline.
    """
    value = text.value
    start = 0 if whole else value.rfind("\n", 0, -1) + 1
    text.value = value[:start] + value[start:].rstrip(SPACE)


def melded(parts: list[Part]) -> list[Part]:
    """The parts with neighbouring texts joined."""
    result: list[Part] = []
    run: list[Text] = []
    for part in [*parts, None]:
        if type(part) is Text:
            run.append(part)
            continue
        if run:
            value = run[0].value if len(run) == 1 else "".join(text.value for text in run)
            result.append(Text(value, run[0].start, run[-1].end))
            run = []
        if part is not None:
            result.append(part)
    return result


def flush(parts: list[Part]) -> None:
    """Remove the indentation of a `<<-` heredoc: the least number of spaces with which any of its lines starts.

    Lines of nothing but space neither count nor lose anything. A line that starts with a sequence has no spaces.
    """
    least: int | None = None
    indented: list[tuple[Text, list[str], list[int]]] = []
    line_start = True
    for part in parts:
        if type(part) is not Text:
            if line_start:
                least = 0
            line_start = False
            continue
        lines = part.value.split("\n")
        lines = [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] or len(lines) == 1 else [])
        numbers: list[int] = []
        for number, line in enumerate(lines):
            if number or line_start:
                rest = line.lstrip(SPACE)
                if rest or not line.endswith("\n"):
                    numbers.append(number)
                    spaces = len(line) - len(rest)
                    if least is None or spaces < least:
                        least = spaces
        indented.append((part, lines, numbers))
        line_start = lines[-1].endswith("\n")
    if least:
        for text, lines, numbers in indented:
            for number in numbers:
                lines[number] = lines[number][least:]
            text.value = "".join(lines)
