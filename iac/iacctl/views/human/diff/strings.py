"""Differences of strings: in one line, line by line, or as the JSON document that they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iacctl.plan.changes import CREATE, DELETE, NO_OP, UPDATE
from iacctl.values.set_hash import go_quoted
from iacctl.views.human.diff import sequences
from iacctl.views.human.diff.nodes import INDENT, Leaf, TypeChange, draw

if TYPE_CHECKING:
    from iacctl.plan.changes import Action
    from iacctl.views.human.diff.nodes import Options

_SPACE: Final = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""What Go takes for white space."""


class Text(Leaf):
    """A string; `before` and `after` are None for a null or where there is none."""

    __slots__ = ("after", "before")

    def __init__(self, before: str | None, after: str | None, action: Action, replace: bool) -> None:
        self.before = before
        self.after = after
        self.action = action
        self.replace = replace

    def text(self, level: int, options: Options, force: bool = False) -> str:
        """See `Leaf.text`."""
        forces = options.style.forces if self.replace or force else ""
        action = self.action
        if action == UPDATE:
            return self._update(level, options, forces)
        shown = self.before if action == DELETE else self.after
        if shown is None:
            return options.style.null + forces
        suffix = options.null_suffix(action)
        if shown[:1] in ("{", "["):
            document = parse_json(shown)
            if document is not NOT_JSON:
                before = document if action != CREATE else NOT_JSON
                after = document if action != DELETE else NOT_JSON
                return self._json(level, options, forces, before, after)
        if "\n" not in shown:
            return f"{go_quoted(shown)}{suffix}{forces}"
        lead = INDENT * (level + 1) + options.symbols[NO_OP]
        return _heredoc([lead + line for line in _lines(shown)], level, options, forces, suffix)

    def _update(self, level: int, options: Options, forces: str) -> str:
        before, after = self.before, self.after
        old = NOT_JSON if before is None else parse_json(before)
        new = NOT_JSON if after is None else parse_json(after)
        if old is not NOT_JSON and new is not NOT_JSON:
            return self._json(level, options, forces, old, new)
        if old is not NOT_JSON or new is not NOT_JSON:
            change = TypeChange(Text(before, None, DELETE, False), Text(None, after, CREATE, False), UPDATE, False)
            return draw(change, level, options)
        if (before is None or "\n" not in before) and (after is None or "\n" not in after):
            return f"{_simple(before, options)} {options.style.arrow} {_simple(after, options)}{forces}"
        ours = _lines(before if before is not None else options.style.null)
        theirs = _lines(after if after is not None else options.style.null)
        lines: list[str] = []
        indent = INDENT * (level + 1)
        symbols = options.symbols
        for x, y in sequences.aligned(ours, theirs):
            if x < 0:
                lines.append(f"{indent}{symbols[CREATE]}{theirs[y]}")
            elif y < 0:
                lines.append(f"{indent}{symbols[DELETE]}{ours[x]}")
            elif ours[x] != theirs[y]:
                lines.append(f"{indent}{symbols[DELETE]}{ours[x]}")
                lines.append(f"{indent}{symbols[CREATE]}{theirs[y]}")
            else:
                lines.append(f"{indent}{symbols[NO_OP]}{ours[x]}")
        return _heredoc(lines, level, options, forces, options.null_suffix(self.action))

    def _json(self, level: int, options: Options, forces: str, before: object, after: object) -> str:
        from iacctl.views.human.diff import documents

        node = documents.difference(before, after)
        inner = options.without_null_suffix
        spaces = ""
        if node.action == NO_OP and self.action == UPDATE:
            spaces = " # whitespace changes force replacement" if forces else " # whitespace changes"
            forces = ""
            inner = inner.showing_all
        shown = draw(node, level + 1, inner)
        suffix = options.null_suffix(self.action)
        if "\n" not in shown:
            return f"jsonencode({shown}){spaces}{forces}"
        symbols = options.symbols
        symbol = symbols[node.action if self.action == UPDATE else NO_OP]
        indent = INDENT * level
        return f"jsonencode({spaces}\n{indent}{INDENT}{symbol}{shown}{forces}\n{indent}{symbols[NO_OP]}){suffix}"


def _simple(text: str | None, options: Options) -> str:
    return options.style.null if text is None else go_quoted(text)


def _lines(text: str) -> list[str]:
    return text.strip(_SPACE).split("\n") if "\n" in text else [text]


def _heredoc(lines: list[str], level: int, options: Options, forces: str, suffix: str) -> str:
    body = "\n".join(lines)
    return f"<<-EOT{forces}\n{body}\n{INDENT * level}{options.symbols[NO_OP]}EOT{suffix}"


NOT_JSON: Final = object()


class Digits(str):
    """A number of a JSON document, as it is written."""

    __slots__ = ()


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def parse_json(text: str) -> Any:
    """The JSON object or array that a string holds, numbers as `Digits`; `NOT_JSON` for any other string.

    Documents of several hundred levels count as ordinary strings: Python's parser, in C, cannot take them.
    """
    if text[:1] not in ("{", "["):
        return NOT_JSON
    from json import loads

    try:
        return loads(text, parse_int=Digits, parse_float=Digits, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return NOT_JSON
