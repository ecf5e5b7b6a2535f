"""`format` and `formatlist`: printf with Go's verbs, as cty defines them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from iacctl.lang.compiler.access import items_of
from iacctl.lang.functions.calling import ArgumentError, FunctionError, Implementation
from iacctl.lang.functions.go_numbers import exponent_form, fixed_form, general_form
from iacctl.lang.functions.go_syntax import quoted
from iacctl.values import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ConversionError,
    ListType,
    SetType,
    TupleType,
    Unknown,
    convert,
    is_null,
    is_wholly_known,
    json,
    list_of,
    list_value,
    numbers,
    refine,
    type_of,
    unknown_of,
)
from iacctl.values.unknown import safe_prefix

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import Number, Type, Value

_VERB: Final = re.compile(r"%(?:%|([ +\-0#]*)([1-9][0-9]*)?(?:\.([0-9]*))?(?:\[([1-9][0-9]*)\])?([a-zA-Z]))")
_BEGINNING: Final = re.compile(r"%[ +\-0#]*(?:[1-9][0-9]*)?(?:\.[0-9]*)?(?:\[(?:[1-9][0-9]*\]?)?)?")
_KNOWN_VERBS: Final = "vtbdoxXeEfgGsq"


class _Verb(NamedTuple):
    """One verb of a format.

    Attributes:
        raw: its source.
        offset: where it is, in bytes.
        flags: of ` +-0#`.
        width, precision: None where not given.
        mode: its letter.
        argument: which argument it takes, from 1.
    """

    raw: str
    offset: int
    flags: str
    width: int | None
    precision: int | None
    mode: str
    argument: int


def _format(pattern: str, *arguments: Value) -> Value:
    for argument in arguments:
        if not is_wholly_known(argument):
            # Only what stands before the first verb is certain.
            return refine(unknown_of(STRING), not_null=True, prefix=safe_prefix(pattern.partition("%")[0]))
    return _render(pattern, arguments)


def _render(pattern: str, arguments: tuple[Value, ...]) -> str:
    from iacctl.hcl.normalization import nfc

    out: list[str] = []
    at = 0
    following = 1
    most_used = 0
    while True:
        start = pattern.find("%", at)
        if start < 0:
            out.append(pattern[at:])
            break
        out.append(pattern[at:start])
        found = _VERB.match(pattern, start)
        if found is None:
            raise FunctionError(_malformed(pattern, start))
        at = found.end()
        if found[0] == "%%":
            out.append("%")
            continue
        verb = _read_verb(found, _byte_offset(pattern, start), following)
        following = verb.argument + 1
        most_used = max(most_used, verb.argument)
        out.append(_render_verb(verb, arguments))
    if most_used < len(arguments):
        verbs = f"only {most_used} used by format string" if most_used else "no verbs in format string"
        raise ArgumentError(most_used + 1, f"too many arguments; {verbs}")
    return nfc("".join(out))


def _byte_offset(text: str, offset: int) -> int:
    return len(text[:offset].encode("utf-8", "surrogateescape"))


def _malformed(pattern: str, start: int) -> str:
    """Why there is no verb behind a percent sign."""
    beginning = _BEGINNING.match(pattern, start)
    assert beginning is not None
    offset = _byte_offset(pattern, beginning.end())
    if beginning.end() == len(pattern):
        return f"invalid format string starting at offset {offset}"
    return f"unrecognized format character {_rune(pattern[beginning.end()])} at offset {offset}"


def _read_verb(found: re.Match[str], offset: int, following: int) -> _Verb:
    flags, width, precision, index, mode = found.groups()
    return _Verb(
        found[0],
        offset,
        flags or "",
        int(width) if width else None,
        int(precision or 0) if precision is not None else None,
        mode,
        int(index) if index else following,
    )


def _rune(char: str) -> str:
    return "'" + quoted(char)[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"


def _as(value: Value, type_: Type, raw: str, offset: int) -> Value:
    try:
        found = convert(value, type_)
    except ConversionError as error:
        raise FunctionError(f"unsupported value for {quoted(raw)} at {offset}: {error.message}") from None
    if is_null(found):
        raise FunctionError(f"unsupported value for {quoted(raw)} at {offset}: null value cannot be formatted")
    return found


def _render_verb(verb: _Verb, arguments: tuple[Value, ...]) -> str:
    if verb.argument > len(arguments):
        raise FunctionError(
            f"not enough arguments for {quoted(verb.raw)} at {verb.offset}: need index {verb.argument} but have"
            f" {len(arguments)} total"
        )
    value = arguments[verb.argument - 1]
    mode = verb.mode
    if mode not in _KNOWN_VERBS:
        if is_null(value):
            raise FunctionError(
                f"unsupported value for {quoted(verb.raw)} at {verb.offset}: null value cannot be formatted"
            )
        raise FunctionError(f"unsupported format verb {_rune(mode)} in {quoted(verb.raw)} at offset {verb.offset}")
    if mode == "v":
        return _render_default(verb, value)
    if mode == "t":
        return "true" if _as(value, BOOL, verb.raw, verb.offset) else "false"
    if mode in "sq":
        text = cast("str", _as(value, STRING, verb.raw, verb.offset))
        return _render_text(verb, text)
    number = cast("Number", _as(value, NUMBER, verb.raw, verb.offset))
    return _padded(verb, _with_sign(verb, _number_text(verb, number)), numeric=True)


def _render_default(verb: _Verb, value: Value) -> str:
    """`%v`: text for a text, a number's shortest form, `null`, and JSON for everything else."""
    type_ = type_of(value)
    if "#" in verb.flags:
        return _padded(verb, json.dumps(value, type_))
    if is_null(value):
        return _padded(verb, "null")
    if type_ is STRING:
        return _render_text(verb._replace(mode="s"), cast("str", value))
    if type_ is BOOL:
        return _padded(verb, "true" if value else "false")
    if type_ is NUMBER:
        text = _number_text(verb._replace(mode="g"), cast("Number", value))
        return _padded(verb, text, numeric=True)
    return _padded(verb, json.dumps(value, type_))


def _render_text(verb: _Verb, text: str) -> str:
    from iacctl.lang.functions.strings import clusters

    if verb.mode == "q":
        text = json.dumps(text, STRING)
    if verb.precision is not None:
        text = "".join(clusters(text)[: verb.precision])
    return _padded(verb, text)


def _number_text(verb: _Verb, number: Number) -> str:
    mode = verb.mode
    if mode in "bdoxX":
        whole = numbers.to_int(number)
        if whole is None:
            raise FunctionError(f"unsupported value for {quoted(verb.raw)} at {verb.offset}: an integer is required")
        text = {"b": f"{abs(whole):b}", "d": str(abs(whole)), "o": f"{abs(whole):o}"}.get(mode)
        if text is None:
            text = f"{abs(whole):x}" if mode == "x" else f"{abs(whole):X}"
            if "#" in verb.flags:
                text = f"0{mode}{text}"
        if verb.precision is not None:
            text = text.rjust(verb.precision, "0")
        return f"-{text}" if whole < 0 else text
    if mode in "eE":
        return exponent_form(number, 6 if verb.precision is None else verb.precision, mode)
    if mode == "f":
        return fixed_form(number, 6 if verb.precision is None else verb.precision)
    return general_form(number, verb.precision, "e" if mode == "g" else "E")


def _with_sign(verb: _Verb, text: str) -> str:
    if text.startswith("-"):
        return text
    if "+" in verb.flags:
        return f"+{text}"
    return f" {text}" if " " in verb.flags else text


def _padded(verb: _Verb, text: str, numeric: bool = False) -> str:
    from iacctl.lang.functions.strings import clusters

    if verb.width is None:
        return text
    missing = verb.width - len(clusters(text))
    if missing <= 0:
        return text
    if "-" in verb.flags:
        return text + " " * missing
    if "0" in verb.flags:
        if numeric and text[:1] in "+- ":
            return text[0] + "0" * missing + text[1:]
        return "0" * missing + text
    return " " * missing + text


def _formatlist(pattern: str, *arguments: Value) -> Value:
    columns, length = _columns(arguments)
    if length is None:
        return unknown_of(list_of(STRING))
    rows: list[Value] = []
    for row in range(length):
        values = tuple([column[row] if is_list else column[0] for column, is_list in columns])
        if all(is_wholly_known(value) for value in values):
            try:
                rows.append(_render(pattern, values))
            except FunctionError as error:
                if not arguments:
                    raise
                raise FunctionError(f"error on format iteration {row}: {error}") from None
        else:
            rows.append(unknown_of(STRING))
    return list_value(STRING, rows)


def _columns(arguments: tuple[Value, ...]) -> tuple[list[tuple[tuple[Value, ...], bool]], int | None]:
    """Each argument as what it gives row by row and whether it is a list; and the number of rows, None if unknown."""
    columns: list[tuple[tuple[Value, ...], bool]] = []
    length: int | None = None
    first = 0
    unclear = False
    for position, argument in enumerate(arguments, 1):
        if type_of(argument) is DYNAMIC and type(argument) is Unknown:
            unclear = True
        if not isinstance(type_of(argument), ListType | SetType | TupleType) or is_null(argument):
            columns.append(((argument,), False))
            continue
        if type(argument) is Unknown:
            unclear = True
            columns.append(((), True))
            continue
        items = items_of(argument)
        if length is None:
            length, first = len(items), position
        elif len(items) != length:
            raise ArgumentError(
                position,
                f"argument {position} has length {len(items)}, which is inconsistent with argument {first} of length"
                f" {length}",
            )
        columns.append((items, True))
    if unclear:
        return columns, None
    return columns, 1 if length is None else length


IMPLEMENTATIONS: Final[Mapping[str, Implementation | Callable[..., Value]]] = {
    "format": _format,
    "formatlist": _formatlist,
}
