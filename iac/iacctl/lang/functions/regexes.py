"""Regular expressions in RE2's dialect, by the RE2 library itself."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from iacctl.lang.functions.calling import ArgumentError, FunctionError, Implementation
from iacctl.values import (
    DYNAMIC,
    STRING,
    Unknown,
    list_of,
    list_value,
    null_of,
    object_of,
    object_value,
    tuple_of,
    tuple_value,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from iacctl.values import Type, Value

_KEPT: Final = 256


class Pattern(NamedTuple):
    """A compiled pattern.

    Attributes:
        regex: of the RE2 library.
        names: of the groups from the first on; None for a group without one.
        type: what a match gives.
    """

    regex: Any
    names: tuple[str | None, ...]
    type: Type


class PatternError(Exception):
    """A pattern is malformed; says why in the words of Go's `regexp/syntax`."""


@lru_cache(maxsize=_KEPT)
def compiled(pattern: str) -> Pattern:
    """The compiled form of a pattern. Raises PatternError."""
    import re2  # type: ignore[import-untyped]

    options = re2.Options()
    options.log_errors = False
    try:
        regex = re2.compile(pattern, options)
    except re2.error as error:
        message = error.args[0] if error.args else ""
        text = message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)
        raise PatternError(_go_message(text, pattern)) from None
    names = tuple(_group_names(pattern))
    if not names:
        type_: Type = STRING
    elif None in names:
        type_ = tuple_of([STRING] * len(names))
    else:
        type_ = object_of(dict.fromkeys(cast("tuple[str, ...]", names), STRING))
    return Pattern(regex, names, type_)


_PIECE: Final = re.compile(
    r"\\Q.*?(?:\\E|\Z)|\\.|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]|\(\?P?<(?P<name>\w+)>|\(\?|(?P<group>\()|.",
    re.DOTALL,
)


def _group_names(pattern: str) -> Iterator[str | None]:
    """The name of each group of a valid pattern, or None. (The library knows only one group of each name.)"""
    for piece in _PIECE.finditer(pattern):
        if piece["name"] is not None:
            yield piece["name"]
        elif piece["group"] is not None:
            yield None


_MESSAGES: Final = {
    "missing )": "missing closing )",
    "missing ]": "missing closing ]",
    "unexpected )": "unexpected )",
    "trailing \\": "trailing backslash at end of expression",
    "no argument for repetition operator": "missing argument to repetition operator",
    "invalid repetition size": "invalid repeat count",
    "bad repetition operator": "invalid nested repetition operator",
    "invalid perl operator": "invalid or unsupported Perl syntax",
    "invalid named capture group": "invalid named capture",
    "duplicate capture group name": "duplicate capture group name",
    "invalid escape sequence": "invalid escape sequence",
    "invalid character class": "invalid character class",
    "invalid character class range": "invalid character class range",
    "invalid UTF-8": "invalid UTF-8",
    "pattern too large - compile failed": "expression too large",
}


def _go_message(message: str, pattern: str) -> str:
    """What Go says where the C++ library says `message`."""
    code, separator, rest = message.partition(": ")
    told = _MESSAGES.get(code, code)
    if code in ("missing )", "unexpected )"):
        rest = pattern
    elif code == "trailing \\":
        separator, rest = ": ", ""
    return f"{told}: `{rest}`" if separator else told


def groups(match: Any, pattern: Pattern) -> Value:
    """What a match gives: the text, or the groups as tuple or object."""
    if not pattern.names:
        return str(match.group(0))
    found = [null_of(STRING) if text is None else text for text in match.groups()]
    if pattern.names[0] is None:
        return tuple_value(found)
    return object_value(dict(zip(pattern.names, found, strict=True)))  # type: ignore[arg-type]


def _compiled_argument(pattern: str) -> Pattern:
    try:
        found = compiled(pattern)
    except PatternError as error:
        raise ArgumentError(0, _for_regex(str(error))) from None
    if None in found.names and any(found.names):
        raise ArgumentError(0, "invalid regexp pattern: cannot mix both named and unnamed capture groups")
    return found


def _for_regex(message: str) -> str:
    """The message of the functions `regex` and `regexall`: `invalid regexp pattern: CODE in PART`."""
    code, separator, part = message.partition(": `")
    return f"invalid regexp pattern: {code} in {part[:-1]}" if separator else message


def _regex(pattern: str, text: str) -> Value:
    found = _compiled_argument(pattern)
    match = found.regex.search(text)
    if match is None:
        raise FunctionError("pattern did not match any part of the given string")
    return groups(match, found)


def _regexall(pattern: str, text: str) -> Value:
    found = _compiled_argument(pattern)
    return list_value(found.type, [groups(match, found) for match in all_matches(found, text)])


def all_matches(pattern: Pattern, text: str) -> list[Any]:
    """All matches as Go finds them: an empty one right behind another match does not count."""
    matches: list[Any] = []
    last_end = -1
    for match in pattern.regex.finditer(text):
        if match.start() == match.end() == last_end:
            continue
        matches.append(match)
        last_end = match.end()
    return matches


def _regex_type(pattern: Value, text: Value) -> Type:
    return DYNAMIC if type(pattern) is Unknown else _compiled_argument(str(pattern)).type


def _regexall_type(pattern: Value, text: Value) -> Type:
    return list_of(_regex_type(pattern, text))


def replace_pattern(text: str, source: str, template: str) -> str:
    """Replaces every match; `$1`, `$name` and `${name}` in the template stand for groups. Raises FunctionError."""
    try:
        pattern = compiled(source)
    except PatternError as error:
        raise FunctionError(f"error parsing regexp: {error}") from None
    out: list[str] = []
    at = 0
    for match in all_matches(pattern, text):
        out.append(text[at : match.start()])
        out.append(_expand(template, match, pattern))
        at = match.end()
    out.append(text[at:])
    return "".join(out)


def _expand(template: str, match: Any, pattern: Pattern) -> str:
    """Go's `Regexp.Expand`: the name is the longest sequence of letters, digits and underscores."""
    out: list[str] = []
    at = 0
    while True:
        dollar = template.find("$", at)
        if dollar < 0:
            out.append(template[at:])
            return "".join(out)
        out.append(template[at:dollar])
        at = dollar + 1
        if template.startswith("$", at):
            out.append("$")
            at += 1
            continue
        braced = template.startswith("{", at)
        start = at + 1 if braced else at
        end = start
        while end < len(template) and (template[end].isalnum() or template[end] == "_"):
            end += 1
        if end == start or (braced and not template.startswith("}", end)):
            out.append("$")
            continue
        out.append(_group_text(template[start:end], match, pattern))
        at = end + 1 if braced else end


def _group_text(name: str, match: Any, pattern: Pattern) -> str:
    if name.isascii() and name.isdigit():
        index = int(name)
        return (match.group(index) or "") if index <= len(pattern.names) else ""
    return (match.group(name) or "") if name in pattern.names else ""


IMPLEMENTATIONS: Final[Mapping[str, Implementation | Callable[..., Value]]] = {
    "regex": Implementation(_regex, _regex_type),
    "regexall": Implementation(_regexall, _regexall_type),
}
