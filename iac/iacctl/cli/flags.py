"""Command-line flags by the rules of Go's `flag` package, which Terraform's users know.

One dash or two; `-name value` or `-name=value`; a boolean takes a value only behind `=`; the first word that is no flag
ends the flags. (argparse knows neither the second last nor the last rule.)
"""

from __future__ import annotations

import re
from typing import Any, Final, Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["bool", "string", "int", "duration", "list"]

_TRUE: Final = frozenset(("1", "t", "T", "true", "TRUE", "True"))
_FALSE: Final = frozenset(("0", "f", "F", "false", "FALSE", "False"))
_DURATION_PART: Final = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)")
_SECONDS: Final = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}


class Flag(NamedTuple):
    """A flag: `list` flags may be repeated, each adds to a list; durations are in seconds."""

    name: str
    kind: Kind
    default: Any = None


class FlagError(ValueError):
    """The words are no acceptable flags; the text is the one that Go's `flag` package gives."""


class HelpRequested(Exception):  # noqa: N818 - a way out, no error
    """`-help` or `-h` was among the flags."""


class Flags:
    """Parsed flags, as attributes with underscores for dashes, and what followed them.

    Attributes:
        arguments: the words behind the flags.
        order: every `list` flag in the order given, as (name, value).
        given: names of the flags that were given.
    """

    def __init__(self, values: dict[str, Any], arguments: list[str], order: list[tuple[str, str]], given: set[str]) -> None:
        self._values = values
        self.arguments = arguments
        self.order = order
        self.given = given

    def __getattr__(self, name: str) -> Any:
        try:
            return self._values[name.replace("_", "-")]
        except KeyError:
            raise AttributeError(name) from None


def parse(declared: tuple[Flag, ...], words: list[str]) -> Flags:
    """Read flags.

    Raises:
        FlagError: a flag is unknown, lacks its value or has an unsuitable one.
        HelpRequested: help is wanted.
    """
    known = {flag.name: flag for flag in declared}
    values: dict[str, Any] = {
        flag.name: [] if flag.kind == "list" else _default(flag) for flag in declared
    }
    order: list[tuple[str, str]] = []
    given: set[str] = set()
    position = 0
    while position < len(words):
        word = words[position]
        if len(word) < 2 or word[0] != "-":
            break
        position += 1
        if word == "--":
            break
        body = word[2:] if word.startswith("--") else word[1:]
        if not body or body[0] in "-=":
            raise FlagError(f"bad flag syntax: {word}")
        name, equals, text = body.partition("=")
        flag = known.get(name)
        if flag is None:
            if name in ("help", "h"):
                raise HelpRequested
            raise FlagError(f"flag provided but not defined: -{name}")
        given.add(name)
        if flag.kind == "bool":
            values[name] = _boolean(name, text) if equals else True
            continue
        if not equals:
            if position >= len(words):
                raise FlagError(f"flag needs an argument: -{name}")
            text = words[position]
            position += 1
        if flag.kind == "list":
            values[name].append(text)
            order.append((name, text))
        else:
            values[name] = _value(flag, text)
    return Flags(values, words[position:], order, given)


def _default(flag: Flag) -> Any:
    if flag.default is not None:
        return flag.default
    return {"bool": False, "string": "", "int": 0, "duration": 0.0}[flag.kind]


def _boolean(name: str, text: str) -> bool:
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise FlagError(f'invalid boolean value "{text}" for -{name}: parse error')


def _value(flag: Flag, text: str) -> Any:
    if flag.kind == "string":
        return text
    problem = f'invalid value "{text}" for flag -{flag.name}: parse error'
    if flag.kind == "int":
        try:
            return int(text, 0)
        except ValueError:
            raise FlagError(problem) from None
    seconds = duration(text)
    if seconds is None:
        raise FlagError(problem)
    return seconds


def duration(text: str) -> float | None:
    """Seconds of a duration in Go's notation (`1m30s`); None when it is none."""
    sign = -1.0 if text.startswith("-") else 1.0
    body = text.lstrip("+-")
    if body == "0":
        return 0.0
    total = 0.0
    position = 0
    for match in _DURATION_PART.finditer(body):
        if match.start() != position:
            return None
        total += float(match[1]) * _SECONDS[match[2]]
        position = match.end()
    return sign * total if body and position == len(body) else None
