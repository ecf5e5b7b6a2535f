"""Functions of strings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from iacctl.hcl.normalization import nfc
from iacctl.lang.functions.calling import ArgumentError, FunctionError, Implementation
from iacctl.lang.functions.numeric import whole
from iacctl.values import (
    BOOL,
    STRING,
    ListValue,
    Null,
    Unknown,
    list_value,
    refine_not_null,
    unknown_of,
)
from iacctl.values.unknown import refinements_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import Number, Value

_SPACE: Final = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What counts as white space: Unicode's property White_Space."""


def clusters(text: str) -> list[str]:
    """The grapheme clusters of a text: what people take for its characters."""
    if text.isascii() and "\r\n" not in text:
        return list(text)
    from iacctl.diag import graphemes

    starts = graphemes.breaks(text)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _upper(text: str) -> Value:
    return text.upper() if text.isascii() else nfc("".join(_simple_upper(char) for char in text))


def _simple_upper(char: str) -> str:
    """The one character that is the upper case of another (`ß`, whose upper case has two, stays)."""
    upper = char.upper()
    return upper if len(upper) == 1 else char


def _lower(text: str) -> Value:
    return text.lower() if text.isascii() else nfc("".join(_simple_lower(char) for char in text))


def _simple_lower(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else lower[0]


def _title(text: str) -> Value:
    previous = " "
    out: list[str] = []
    for char in text:
        out.append(_title_case(char) if _separates(previous) else char)
        previous = char
    return nfc("".join(out))


def _title_case(char: str) -> str:
    title = char.title()
    return title if len(title) == 1 else char


def _separates(char: str) -> bool:
    """Whether a character ends a word, as Go's `strings.Title` has it."""
    if char.isascii():
        return not (char.isalnum() or char == "_")
    return not (char.isalpha() or char.isdigit()) and char in _SPACE


def _strrev(text: str) -> Value:
    return "".join(reversed(clusters(text)))


def _chomp(text: str) -> Value:
    return text.rstrip("\r\n")


def _trimspace(text: str) -> Value:
    return text.strip(_SPACE)


def _trim(text: str, cutset: str) -> Value:
    return text.strip(cutset) if cutset else text


def _trimprefix(text: str, prefix: str) -> Value:
    return text.removeprefix(prefix)


def _trimsuffix(text: str, suffix: str) -> Value:
    return text.removesuffix(suffix)


def _startswith(text: Value, prefix: str) -> Value:
    if type(text) is Unknown:
        # The known beginning may decide already.
        known = refinements_of(text).prefix
        if known.startswith(prefix):
            return True
        if not prefix.startswith(known):
            return False
        return refine_not_null(unknown_of(BOOL))
    return cast("str", text).startswith(prefix)


def _endswith(text: str, suffix: str) -> Value:
    return text.endswith(suffix)


def _strcontains(text: str, part: str) -> Value:
    return part in text


def _indent(spaces: Number, text: str) -> Value:
    width = whole(spaces)
    if width < 0:
        raise FunctionError("the number of spaces must not be negative")
    return text.replace("\n", "\n" + " " * width)


def _split(separator: str, text: str) -> Value:
    if separator:
        parts = text.split(separator)
    else:
        parts = list(text)
    return list_value(STRING, [nfc(part) for part in parts])


def _join(separator: str, *lists: ListValue) -> Value:
    if not lists:
        raise FunctionError("at least one list is required")
    parts: list[str] = []
    for items in lists:
        if items.has_unknown:
            return unknown_of(STRING)
    for number, items in enumerate(lists, 1):
        for position, item in enumerate(items.items):
            if type(item) is Null:
                where = f"element {position} of list {number}" if len(lists) > 1 else f"element {position}"
                raise ArgumentError(number, f"{where} is null; cannot concatenate null values")
            parts.append(cast("str", item))
    return nfc(separator.join(parts))


def _replace(text: str, search: str, replacement: str) -> Value:
    if len(search) > 1 and search[0] == "/" and search[-1] == "/":
        from iacctl.lang.functions.regexes import replace_pattern

        return nfc(replace_pattern(text, search[1:-1], replacement))
    return nfc(text.replace(search, replacement))


def _substr(text: str, offset: Number, length: Number) -> Value:
    start, count = whole(offset), whole(length)
    characters = clusters(text)
    if start < 0:
        start = max(start + len(characters), 0)
        if count == 0:  # Counted from the end, no length is any length.
            count = -1
    end = len(characters) if count < 0 else start + count
    return "".join(characters[start:end])


IMPLEMENTATIONS: Final[Mapping[str, Implementation | Callable[..., Value]]] = {
    "chomp": _chomp,
    "endswith": _endswith,
    "indent": _indent,
    "join": _join,
    "lower": _lower,
    "replace": _replace,
    "split": _split,
    "startswith": _startswith,
    "strcontains": _strcontains,
    "strrev": _strrev,
    "substr": _substr,
    "title": _title,
    "trim": _trim,
    "trimprefix": _trimprefix,
    "trimspace": _trimspace,
    "trimsuffix": _trimsuffix,
    "upper": _upper,
}
