"""What differs between two observations of one case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_ABSENT = object()
_NAMES = ("address", "name", "summary", "to_display", "object_addr", "config_addr", "type")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where iacctl does not do what Terraform does."""

    path: str
    """Where: the step, then keys; members of arrays go by their address where they have one."""
    expected: object
    actual: object

    def __str__(self) -> str:
        """Return the difference on three lines."""
        return f"{self.path}\n    terraform: {_show(self.expected)}\n    iacctl:    {_show(self.actual)}"


def differences(expected: Any, actual: Any, path: str = "") -> Iterator[Difference]:
    """Yield every difference, outermost and leftmost first."""
    if type(expected) is not type(actual):
        yield Difference(path, expected, actual)
    elif isinstance(expected, dict):
        for key in [*expected, *(key for key in actual if key not in expected)]:
            inner = _inner(path, str(key))
            if key not in actual or key not in expected:
                yield Difference(inner, expected.get(key, _ABSENT), actual.get(key, _ABSENT))
            else:
                yield from differences(expected[key], actual[key], inner)
    elif isinstance(expected, list):
        yield from _array_differences(expected, actual, path)
    elif expected != actual:
        yield Difference(path, expected, actual)


def _inner(path: str, key: str) -> str:
    """Return the path one level down; a step, which stands first, is set off by a colon."""
    if not path:
        return f"{key}:"
    return f"{path} {key}" if path.endswith(":") else f"{path}.{key}"


def _array_differences(expected: list[Any], actual: list[Any], path: str) -> Iterator[Difference]:
    left, right = _labels(expected), _labels(actual)
    if left is None or right is None:
        if len(expected) != len(actual):
            yield Difference(f"{path}.length", len(expected), len(actual))
        for position, (one, other) in enumerate(zip(expected, actual, strict=False)):
            yield from differences(one, other, f"{path}[{position}]")
        for position in range(min(len(expected), len(actual)), max(len(expected), len(actual))):
            one = expected[position] if position < len(expected) else _ABSENT
            other = actual[position] if position < len(actual) else _ABSENT
            yield Difference(f"{path}[{position}]", one, other)
        return
    if left != right and sorted(left) == sorted(right):
        yield Difference(f"{path}.order", left, right)
    ours = dict(zip(right, actual, strict=True))
    theirs = dict(zip(left, expected, strict=True))
    for label in [*left, *(label for label in right if label not in theirs)]:
        inner = f"{path}[{label}]"
        if label in ours and label in theirs:
            yield from differences(theirs[label], ours[label], inner)
        else:
            yield Difference(inner, theirs.get(label, _ABSENT), ours.get(label, _ABSENT))


def _labels(items: list[Any]) -> list[str] | None:
    """Return a name for each member of an array of objects; None when they have none, or not one each."""
    labels = []
    for item in items:
        if not isinstance(item, dict):
            return None
        name = next((item[key] for key in _NAMES if isinstance(item.get(key), str)), None)
        if name is None:
            return None
        if isinstance(item.get("deposed"), str):
            name += f" ({item['deposed']})"
        if "object_addr" not in item and isinstance(item.get("module"), str):
            name = f"{item['module']}.{name}"
        if isinstance(item.get("mode"), str) and "address" not in item:
            name = f"{item['mode']} {item.get('type')}.{name}"
        if isinstance(item.get("where"), str):
            name += f" {item['where']}"
        labels.append(name)
    return labels if len(set(labels)) == len(labels) else None


def _show(value: object) -> str:
    if value is _ABSENT:
        return "(absent)"
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= 600 else text[:600] + " …"
