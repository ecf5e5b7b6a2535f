"""Diagnostics as they are printed for people, read back into their parts."""

from __future__ import annotations

import re

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_START = re.compile(r"(Error|Warning): (.*)")
_LOCATION = re.compile(r"  (on .+ line \d+.*|with .+)")
_SNIPPET = re.compile(r" +\d+: |^    ├─|^    │")
_AFTERWARDS = re.compile(
    r"─{20,}|Apply complete!|Destroy complete!|Outputs:$|Terraform has been|No changes\.|Plan: |Success!|Saved the plan"
)


def plain(text: str) -> str:
    """Return the text without colours."""
    return _ANSI.sub("", text)


def parse(text: str) -> list[dict[str, str]]:
    """Return the diagnostics in a command's output, each as `severity`, `summary`, `where`, `snippet` and `detail`.

    White space is collapsed in all but the snippet, since lines are wrapped. Only output without frames is understood,
    which is what `-no-color` gives.
    """
    found: list[list[str]] = []
    inside = False
    for line in _unframed(plain(text)):
        if _START.match(line):
            found.append([line])
            inside = True
        elif _AFTERWARDS.match(line):
            inside = False
        elif inside:
            found[-1].append(line)
    return [_parts(lines) for lines in found]


def _unframed(text: str) -> list[str]:
    lines = []
    for line in text.splitlines():
        if line.startswith("│ "):
            line = line[2:]
        elif line in ("╷", "╵", "│"):
            line = ""
        lines.append(line)
    return lines


def _parts(lines: list[str]) -> dict[str, str]:
    start = _START.match(lines[0])
    assert start is not None
    summary = [start[2]]
    rest = lines[1:]
    while rest and rest[0].strip():  # a long summary is wrapped
        summary.append(rest.pop(0).strip())
    where, snippet, detail = [], [], []
    for line in rest:
        if not detail and (location := _LOCATION.fullmatch(line)):
            where.append(location[1].rstrip(":,"))
        elif not detail and _SNIPPET.match(line):
            snippet.append(line.rstrip())
        elif line.strip():
            detail.append(line.strip())
    return {
        "severity": start[1].lower(),
        "summary": " ".join(summary),
        "where": "; ".join(where),
        "snippet": "\n".join(snippet),
        "detail": " ".join(" ".join(detail).split()),
    }
