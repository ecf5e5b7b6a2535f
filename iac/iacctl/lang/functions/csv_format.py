"""`csvdecode`: CSV as RFC 4180 and Go's `encoding/csv` have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.lang.functions.calling import FunctionError
from iacctl.lang.functions.go_syntax import quoted
from iacctl.values import STRING, list_value, object_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import Value


class _CsvError(Exception):
    """A line is malformed."""

    def __init__(self, line: int, message: str, start: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.start = start


def _records(text: str) -> list[tuple[int, list[str]]]:
    """The lines of the text as fields, each with its number."""
    lines = [line.removesuffix("\r") for line in text.replace("\r\n", "\n").split("\n")]
    if lines and not lines[-1]:
        lines.pop()
    records: list[tuple[int, list[str]]] = []
    number = 0
    while number < len(lines):
        first = number
        fields, number = _record(lines, number)
        if fields is not None:
            records.append((first + 1, fields))
    return records


def _record(lines: list[str], number: int) -> tuple[list[str] | None, int]:
    line = lines[number]
    start = number
    if not line:
        return None, number + 1
    fields: list[str] = []
    at = 0
    while True:
        if line[at : at + 1] != '"':
            end = line.find(",", at)
            field = line[at:] if end < 0 else line[at:end]
            if '"' in field:
                raise _CsvError(number + 1, 'bare " in non-quoted-field')
            fields.append(field)
            if end < 0:
                return fields, number + 1
            at = end + 1
            continue
        at += 1
        parts: list[str] = []
        while True:
            end = line.find('"', at)
            if end < 0:
                parts.append(line[at:])
                number += 1
                if number == len(lines):
                    raise _CsvError(number, 'extraneous or missing " in quoted-field', start + 1)
                parts.append("\n")
                line, at = lines[number], 0
                continue
            parts.append(line[at:end])
            at = end + 1
            if line[at : at + 1] == '"':
                parts.append('"')
                at += 1
                continue
            break
        fields.append("".join(parts))
        if at == len(line):
            return fields, number + 1
        if line[at] != ",":
            raise _CsvError(number + 1, 'extraneous or missing " in quoted-field', start + 1)
        at += 1


def _decode(text: str) -> Value:
    try:
        records = _records(text)
    except _CsvError as error:
        raise FunctionError(f"CSV parse error on line {error.line}: {error.message}") from None
    if not records:
        raise FunctionError("missing header line")
    header = records[0][1]
    seen: set[str] = set()
    for name in header:
        if name in seen:
            raise FunctionError(f"duplicate column name {quoted(name)}")
        seen.add(name)
    type_ = object_of(dict.fromkeys(header, STRING))
    order = sorted(range(len(header)), key=lambda index: header[index])
    rows: list[Value] = []
    for line, fields in records[1:]:
        if len(fields) != len(header):
            raise FunctionError(f"CSV parse error on line {line}: wrong number of fields")
        rows.append({header[index]: fields[index] for index in order})
    return list_value(type_, rows)


IMPLEMENTATIONS: Final[Mapping[str, Callable[..., Value]]] = {"csvdecode": _decode}
