"""`fileset`: the files below a directory that match a pattern.

The patterns are those of the Go package doublestar: `*`, `?`, `[a-z]`, `[^a]`, `{a,b}`, `**` for directories at any
depth, `\\` to escape.
"""

from __future__ import annotations

import os
import re
import stat
from itertools import product
from typing import TYPE_CHECKING, Final, cast

from iacctl.lang.functions.calling import FunctionError
from iacctl.lang.functions.filesystem import clean, expanded, redacted
from iacctl.values import STRING, mark, set_value, unmark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from iacctl.lang.context import EvalContext
    from iacctl.values import Value


class _PatternError(Exception):
    """The pattern is malformed."""


def _fileset(context: EvalContext, path: Value, pattern: Value) -> Value:
    folder, marks = unmark(path)
    glob, more = unmark(pattern)
    marks |= more
    text = cast("str", glob)
    base = expanded(cast("str", folder))
    if not base.startswith("/"):
        base = f"{context.settings.base_dir}/{base}"
    base = clean(base)
    try:
        choices = [_alternatives(part) for part in text.split("/")]
        found = {match for parts in product(*choices) for match in _matches(base, "/".join(parts))}
    except _PatternError:
        raise FunctionError(
            f"failed to glob pattern {redacted(clean(text) if text else text, more)}: syntax error in pattern"
        ) from None
    names: list[Value] = []
    for name in sorted(found):
        where = clean(f"{base}/{name}")
        try:
            mode = os.stat(where).st_mode  # noqa: PTH116
        except FileNotFoundError:
            shown = redacted(where, marks)
            raise FunctionError(f"failed to stat {shown}: stat {where}: no such file or directory") from None
        except OSError as error:
            raise FunctionError(f"failed to stat {redacted(where, marks)}: {error.strerror}") from None
        if stat.S_ISREG(mode):
            names.append(os.path.relpath(where, base))
    return mark(set_value(STRING, names), marks)


def _alternatives(pattern: str) -> list[str]:
    """The patterns that `{a,b}` in one path component stand for."""
    opening = _find(pattern, "{", 0)
    if opening < 0:
        return [pattern]
    depth = 0
    parts: list[str] = []
    start = opening + 1
    at = opening
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if not depth:
                parts.append(pattern[start:at])
                break
        elif char == "," and depth == 1:
            parts.append(pattern[start:at])
            start = at + 1
        at += 1
    else:
        raise _PatternError
    head, tail = pattern[:opening], pattern[at + 1 :]
    return [found for part in parts for found in _alternatives(head + part + tail)]


def _find(pattern: str, wanted: str, start: int) -> int:
    at = start
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] == wanted:
            return at
        at += 1
    return -1


def _matches(base: str, pattern: str) -> Iterator[str]:
    """Paths that match, relative to the base, directories and links among them."""
    parts = [part for part in clean(pattern).split("/") if part] if pattern else []
    if pattern.startswith("/"):
        parts = [*clean(pattern).strip("/").split("/")]
    compiled = [None if part == "**" else _translate(part) for part in parts]
    pending: list[tuple[str, int]] = [("", 0)]
    seen: set[tuple[str, int]] = set()
    while pending:
        prefix, position = pending.pop()
        if (prefix, position) in seen:
            continue
        seen.add((prefix, position))
        if position == len(parts):
            if prefix:
                yield prefix
            continue
        part, matcher = parts[position], compiled[position]
        last = position == len(parts) - 1
        if part == "..":
            pending.append((f"{prefix}/.." if prefix else "..", position + 1))
            continue
        folder = f"{base}/{prefix}" if prefix else base
        if matcher is None:
            pending.append((prefix, position + 1))
            for name in _entries(folder):
                joined = f"{prefix}/{name}" if prefix else name
                if _is_directory(f"{folder}/{name}"):
                    pending.append((joined, position))
                elif last:
                    pending.append((joined, position + 1))
            continue
        if isinstance(matcher, str):
            if os.path.lexists(f"{folder}/{matcher}"):
                pending.append((f"{prefix}/{matcher}" if prefix else matcher, position + 1))
            continue
        for name in _entries(folder):
            if matcher.fullmatch(name) and (last or _is_directory(f"{folder}/{name}")):
                pending.append((f"{prefix}/{name}" if prefix else name, position + 1))


def _entries(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208
    except OSError:
        return []


def _is_directory(path: str) -> bool:
    return os.path.isdir(path)  # noqa: PTH112


def _translate(part: str) -> re.Pattern[str] | str:
    """A path component as a regular expression, or as plain text if it holds nothing special."""
    out: list[str] = []
    special = False
    at = 0
    while at < len(part):
        char = part[at]
        at += 1
        if char == "*":
            out.append(".*")
            special = True
        elif char == "?":
            out.append(".")
            special = True
        elif char == "[":
            special = True
            text, at = _character_class(part, at)
            out.append(text)
        elif char == "\\":
            if at == len(part):
                raise _PatternError
            special = True
            out.append(re.escape(part[at]))
            at += 1
        else:
            out.append(re.escape(char))
    return re.compile("".join(out), re.DOTALL) if special else part


def _character_class(part: str, at: int) -> tuple[str, int]:
    out = ["["]
    if at < len(part) and part[at] in "^!":
        out.append("^" if part[at] == "^" else re.escape("!"))
        at += 1
    members = 0
    while True:
        if at >= len(part):
            raise _PatternError
        if part[at] == "]" and members:
            text = "".join(out)
            # A class without members matches nothing, or everything if it is negated.
            empty = {"[": r"(?!)", "[^": "."}
            return empty.get(text, f"{text}]"), at + 1
        low, at = _member(part, at)
        high = low
        if at < len(part) and part[at] == "-":
            high, at = _member(part, at + 1)
        if low <= high:
            out.append(re.escape(low) if high == low else f"{re.escape(low)}-{re.escape(high)}")
        members += 1


def _member(part: str, at: int) -> tuple[str, int]:
    if at < len(part) and part[at] == "\\":
        at += 1
    elif at >= len(part) or part[at] in "-]":
        raise _PatternError
    if at >= len(part):
        raise _PatternError
    return part[at], at + 1


IMPLEMENTATIONS: Final[Mapping[str, Callable[..., Value]]] = {"fileset": _fileset}
