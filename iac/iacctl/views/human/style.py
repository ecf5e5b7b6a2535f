"""Colours and the fixed pieces of text that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.plan import changes

if TYPE_CHECKING:
    from iacctl.plan.changes import Action

RESET: Final = "\033[0m"
BOLD: Final = "\033[1m"
UNDERLINE: Final = "\033[4m"
RED: Final = "\033[31m"
GREEN: Final = "\033[32m"
YELLOW: Final = "\033[33m"
CYAN: Final = "\033[36m"
GRAY: Final = "\033[90m"

RULE_CHAR: Final = "─"


class Style:
    """How text is highlighted: with ANSI escape sequences, or not at all.

    Terraform ends each coloured piece of text with a reset of its own, which is why some pieces end in two.

    Attributes:
        reset, bold, underline, red, green, yellow, cyan, gray: escape sequences, or empty texts.
        symbols: for each action its symbol, three characters wide, with a space behind.
        words: for each action its symbol as the legend of a plan has it.
        null: a null.
        null_suffix: what follows a value that goes away.
        arrow: stands between an old and a new value.
        forces: what follows a value that forces a replacement.
        warning: introduces a warning inside of a plan.
    """

    __slots__ = (
        "arrow",
        "bold",
        "color",
        "cyan",
        "forces",
        "gray",
        "green",
        "null",
        "null_suffix",
        "red",
        "reset",
        "symbols",
        "underline",
        "warning",
        "words",
        "yellow",
    )

    def __init__(self, color: bool) -> None:
        self.color = color
        self.reset = RESET if color else ""
        self.bold = BOLD if color else ""
        self.underline = UNDERLINE if color else ""
        self.red = RED if color else ""
        self.green = GREEN if color else ""
        self.yellow = YELLOW if color else ""
        self.cyan = CYAN if color else ""
        self.gray = GRAY if color else ""
        end = self.reset
        plus, minus = f"{self.green}+{end}", f"{self.red}-{end}"
        change, read = f"{self.yellow}~{end}", f"{self.cyan}<={end}"
        dot = f"{self.red}.{end}"
        self.words: dict[Action, str] = {
            changes.CREATE: f"  {plus}",
            changes.UPDATE: f"  {change}",
            changes.DELETE: f"  {minus}",
            changes.DELETE_THEN_CREATE: f"{minus}/{plus}",
            changes.CREATE_THEN_DELETE: f"{plus}/{minus}",
            changes.CREATE_THEN_FORGET: f"{plus}/{dot}",
            changes.READ: f" {read}",
            changes.FORGET: f" {dot}",
            changes.NO_OP: "   ",
        }
        self.symbols: dict[Action, str] = {action: f"{text}{end} " for action, text in self.words.items()}
        self.symbols[changes.NO_OP] = "    "
        self.null = f"{self.gray}null{end}{end}"
        self.null_suffix = f" {self.gray}-> null{end}{end}"
        self.arrow = f"{self.yellow}->{end}{end}"
        self.forces = f" {self.red}# forces replacement{end}{end}"
        self.warning = f"  # {self.yellow}Warning{end}: "

    def unchanged(self, noun: str, count: int) -> str:
        """`# (2 unchanged attributes hidden)`."""
        end = self.reset
        return f"{self.gray}# ({count} unchanged {noun}{'' if count == 1 else 's'} hidden){end}{end}"


_styles: Final = {False: Style(False), True: Style(True)}


def style(color: bool) -> Style:
    """The style with or without colour."""
    return _styles[color]


def horizontal_rule(color: bool, columns: int) -> str:
    """A line across the terminal, with a line break before and after."""
    line = f"\n{RULE_CHAR * (columns - 1)}"
    return f"{GRAY}{line}{RESET}\n" if color else f"{line}\n"


def wrap(text: str, width: int) -> str:
    """Text broken between words so that lines are shorter than `width`, as Terraform breaks its paragraphs.

    Lines that start with a space stay as they are, and so do line breaks.
    """
    if width <= 1:
        return text
    limit = width - 1
    if "\n" not in text and len(text) <= limit:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        if len(line) <= limit or line.startswith(" "):
            lines.append(line)
        else:
            lines.extend(_wrap_line(line, limit))
    return "\n".join(lines)


def _wrap_line(line: str, limit: int) -> list[str]:
    import re

    lines: list[str] = []
    current = spaces = ""
    for piece in re.findall(r"[^\S\xa0]+|[\S\xa0]+", line):
        if piece.isspace() and "\xa0" not in piece:
            spaces = piece
        elif current and len(current) + len(spaces) + len(piece) > limit:
            lines.append(current)
            current, spaces = piece, ""
        else:
            current += spaces + piece
            spaces = ""
    lines.append(current + spaces if len(current) + len(spaces) <= limit else current)
    return lines
