"""What real Terraform says about the syntax of files, and what iacctl says, in the same form."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from iacctl.diag import Diagnostics, SourceFile, shown_range, snippet

ORACLE = Path(__file__).resolve().parents[1] / "conformance" / "oracle.py"
# What Terraform says about the blocks that the sources of these tests use, none of which it knows.
_ABOUT_BLOCKS = re.compile(r"Unsupported (argument|block type)$")


class Report(NamedTuple):
    """One diagnostic: positions as line, column and byte."""

    start: tuple[int, int, int]
    end: tuple[int, int, int]
    summary: str
    detail: str
    context: str | None
    code: str
    start_line: int
    highlight: tuple[int, int]


def validate(sources: dict[str, str]) -> dict[str, list[Report]]:
    """Terraform's reports on each of the files of one module (file name to text), in order."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in sources.items():
            (Path(folder) / name).write_bytes(text.encode("utf-8", "surrogateescape"))
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
        done = subprocess.run(
            [sys.executable, str(ORACLE), "validate", "-json"], cwd=folder, env=environment, capture_output=True
        )
    reports: dict[str, list[Report]] = {name: [] for name in sources}
    for diagnostic in json.loads(done.stdout)["diagnostics"]:
        place = diagnostic["range"]
        reports[place["filename"]].append(_from_json(diagnostic, place))
    return reports


def syntax_only(reports: list[Report]) -> list[Report]:
    """Without what Terraform says about blocks that it does not know."""
    return [report for report in reports if not _ABOUT_BLOCKS.match(report.summary)]


def _from_json(diagnostic: dict[str, Any], place: dict[str, Any]) -> Report:
    code = diagnostic["snippet"]
    start, end = ((at["line"], at["column"], at["byte"]) for at in (place["start"], place["end"]))
    return Report(
        start,
        end,
        diagnostic["summary"],
        diagnostic["detail"],
        code["context"],
        code["code"],
        code["start_line"],
        (code["highlight_start_offset"], code["highlight_end_offset"]),
    )


def reported(diagnostics: Diagnostics) -> list[Report]:
    """iacctl's diagnostics in the same form."""
    reports: list[Report] = []
    for diagnostic in diagnostics:
        code = snippet(diagnostic)
        assert diagnostic.subject is not None and code is not None
        start, end = shown_range(diagnostic.subject)
        reports.append(
            Report(
                tuple(start),
                tuple(end),
                diagnostic.summary,
                diagnostic.detail,
                code.context,
                code.code,
                code.start_line,
                (code.highlight_start_offset, code.highlight_end_offset),
            )
        )
    return reports


def file_of(name: str, text: str) -> SourceFile:
    """The source as it would be read from disk."""
    return SourceFile.from_bytes(name, text.encode("utf-8", "surrogateescape"))
