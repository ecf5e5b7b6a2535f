"""YAML text as values: libyaml's parser, and Terraform's rules for what the scalars mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from iacctl.hcl.normalization import nfc
from iacctl.lang.functions.go_syntax import quoted
from iacctl.values import STRING, ConversionError, convert, numbers, object_value, tuple_value, type_of, unmark
from iacctl.values.nesting import run_deep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl.values import Value

_TAG: Final = "tag:yaml.org,2002:"
_WORDS: Final[dict[str, Value]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), numbers.POSITIVE_INFINITY),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), numbers.NEGATIVE_INFINITY),
}
_NAN: Final = frozenset((".nan", ".NaN", ".NAN"))
_INTEGER: Final = re.compile(r"[-+]?[0-9]+\Z")
_HEXADECIMAL: Final = re.compile(r"0x[0-9a-fA-F]+\Z")
_OCTAL: Final = re.compile(r"0o[0-7]+\Z")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_TIMESTAMP: Final = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:(?P<join>[Tt ])([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\.([0-9]+))?(Z|[-+][0-9]{2}:[0-9]{2})?)?\Z"
)


class YamlError(Exception):
    """The text is not what Terraform takes for YAML; says where and why."""


def _error(message: str, mark: Any, in_scanner: bool = False) -> YamlError:
    """Places are told as go-cty-yaml does: not at all in the first line."""
    if mark is None or not mark.line:
        return YamlError(message)
    line, column = (mark.line + 1, 1) if in_scanner else (mark.line, mark.column + 1)
    return YamlError(f"on line {line}, column {column}: {message}")


def document(text: str) -> Value:
    """The value of a YAML text that holds one document. Raises YamlError."""
    return run_deep(_Reader(text).document)


class _Reader:
    def __init__(self, text: str) -> None:
        import yaml

        self.yaml = yaml
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=yaml.CLoader))
        self.anchors: dict[str, Value] = {}
        self.open_anchors: set[str] = set()

    def next(self) -> Any:
        try:
            return next(self.events)
        except self.yaml.MarkedYAMLError as error:
            in_scanner = type(error).__name__ == "ScannerError"
            raise _error(str(error.problem), error.problem_mark, in_scanner) from None
        except self.yaml.YAMLError as error:
            raise YamlError(str(error)) from None

    def document(self) -> Value:
        self.next()
        event = self.next()
        if isinstance(event, self.yaml.StreamEndEvent):
            raise YamlError("on line 1, column 1: missing start of document")
        value = self.node(self.next())
        self.next()
        event = self.next()
        if not isinstance(event, self.yaml.StreamEndEvent):
            raise _error("unexpected extra content after value", event.start_mark)
        return value

    def node(self, event: Any) -> Value:
        if isinstance(event, self.yaml.AliasEvent):
            return self.alias(event)
        anchor = event.anchor
        if anchor is not None:
            self.open_anchors.add(anchor)
        if isinstance(event, self.yaml.ScalarEvent):
            value = _scalar(event)
        elif isinstance(event, self.yaml.SequenceStartEvent):
            value = self.sequence(event)
        else:
            value = self.mapping(event)
        if anchor is not None:
            self.open_anchors.discard(anchor)
            self.anchors[anchor] = value
        return value

    def alias(self, event: Any) -> Value:
        name = event.anchor
        if name in self.open_anchors:
            raise _error(f"cannot refer to anchor {quoted(name)} from inside its own definition", event.start_mark)
        if name not in self.anchors:
            raise _error(f"reference to undefined anchor {quoted(name)}", event.start_mark)
        return self.anchors[name]

    def sequence(self, start: Any) -> Value:
        if start.tag is not None and start.tag not in (f"{_TAG}seq", "!"):
            raise _error(f"can't interpret sequence as {start.tag}", start.start_mark)
        items: list[Value] = []
        while True:
            event = self.next()
            if isinstance(event, self.yaml.SequenceEndEvent):
                return tuple_value(items)
            items.append(self.node(event))

    def mapping(self, start: Any) -> Value:
        if start.tag is not None and start.tag not in (f"{_TAG}map", "!"):
            raise _error(f"can't interpret mapping as {start.tag}", start.start_mark)
        found: dict[str, Value] = {}
        while True:
            event = self.next()
            if isinstance(event, self.yaml.MappingEndEvent):
                return object_value(found)
            if _is_merge(event, self.yaml):
                inner = self.node(self.next())
                if not isinstance(inner, dict):
                    kind = type_of(inner).friendly_name()
                    raise _error(f"cannot merge {kind} into mapping", event.start_mark)
                found.update(inner)
                continue
            name = self.key(event)
            found[name] = self.node(self.next())

    def key(self, event: Any) -> str:
        value, _ = unmark(self.node(event))
        if value is None:
            raise _error("mapping key cannot be null", event.start_mark)
        try:
            name = convert(value, STRING)
        except ConversionError:
            raise _error("only strings are allowed as mapping keys", event.start_mark) from None
        assert isinstance(name, str)
        return name


def _is_merge(event: Any, yaml: Any) -> bool:
    return (
        isinstance(event, yaml.ScalarEvent)
        and event.value == "<<"
        and (event.tag == f"{_TAG}merge" or (event.tag is None and event.implicit[0]))
    )


def _scalar(event: Any) -> Value:
    text = nfc(event.value)
    tag = event.tag
    if event.style or tag == f"{_TAG}str":
        return text
    if tag is None:
        return _plain(text, event)
    kind = tag.removeprefix(_TAG)
    if kind in ("null", "bool", "int", "float", "timestamp", "binary", "merge"):
        return _tagged(text, kind, tag, event)
    raise _error(f"unsupported tag {quoted(tag)}", event.start_mark)


def _tagged(text: str, kind: str, tag: str, event: Any) -> Value:
    if kind == "binary":
        return text
    if not text:
        return None
    value = _plain(text, event)
    numeric = type(value) is not bool and type(value) is not str and value is not None
    fits = {
        "null": value is None,
        "bool": type(value) is bool,
        "int": numeric and numbers.to_int(value) is not None,  # type: ignore[arg-type]
        "float": numeric,
        "timestamp": _TIMESTAMP.match(text) is not None,
    }
    if not fits.get(kind, False):
        raise _error(f"cannot parse {quoted(text)} as {tag}", event.start_mark)
    return value


def _plain(text: str, event: Any) -> Value:
    if text in _WORDS:
        return _WORDS[text]
    if text in _NAN:
        raise _error("floating point NaN is not supported", event.start_mark)
    if _INTEGER.match(text):
        return numbers.from_int(int(text))
    if _FLOAT.match(text):
        return numbers.parse(text)
    if _HEXADECIMAL.match(text) or _OCTAL.match(text):
        return numbers.from_int(int(text, 0))
    timestamp = _TIMESTAMP.match(text)
    return text if timestamp is None else _timestamp(timestamp) or text


def _timestamp(found: re.Match[str]) -> str | None:
    """A date or time as RFC 3339; None if there is no such day."""
    from datetime import datetime

    year, month, day, join, hour, minute, second, fraction, zone = found.groups()
    if join is not None and (zone is None) is (join != " "):
        return None
    try:
        datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    behind = f".{fraction}".rstrip("0").rstrip(".") if fraction else ""
    offset = "Z" if zone is None or zone[1:] == "00:00" else zone
    time = f"{int(hour or 0):02d}:{int(minute or 0):02d}:{int(second or 0):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}T{time}{behind}{offset}"
