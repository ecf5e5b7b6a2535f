"""Test reports in JUnit's XML format, as continuous integration systems read it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from iacctl.testing.assertions import FAILED_ASSERTION
from iacctl.views.human import diagnostics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.diag import Diagnostic
    from iacctl.testing.results import FileResult, RunResult, SuiteResult

_COLUMNS: Final = 80
_ESCAPES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&#34;",
    "'": "&#39;",
    "\n": "&#xA;",
    "\r": "&#xD;",
    "\t": "&#x9;",
}


def report(suite: SuiteResult) -> str:
    """The whole document."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?><testsuites>\n']
    for file in suite.files:
        lines += _file(file, stopped=suite.stopped)
    lines.append("</testsuites>")
    return "".join(lines)


def _file(file: FileResult, *, stopped: bool) -> list[str]:
    if not file.runs and not file.diagnostics:
        return [
            f'  <testsuite name="{_escaped(file.file.name)}" tests="0" skipped="0" failures="0" errors="0"></testsuite>\n'
        ]
    counts = {status: sum(run.status == status for run in file.runs) for status in ("skip", "fail", "error")}
    lines = [
        f'  <testsuite name="{_escaped(file.file.name)}" tests="{len(file.runs)}" skipped="{counts["skip"]}"'
        f' failures="{counts["fail"]}" errors="{counts["error"]}">\n'
    ]
    for position, run in enumerate(file.runs):
        lines += _run(file, position, run, stopped=stopped)
    if any(item.severity == "error" for item in file.diagnostics):
        lines.append(f"    <system-err>{_quoted(_texts(file.diagnostics))}</system-err>\n")
    lines.append("  </testsuite>\n")
    return lines


def _run(file: FileResult, position: int, run: RunResult, *, stopped: bool) -> list[str]:
    head = f'    <testcase name="{_escaped(run.run.name)}" classname="{_escaped(file.file.name)}"'
    if run.started:
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(run.started))
        head += f' time="{run.duration:.9f}" timestamp="{moment}"'
    inside: list[str] = []
    rest = list(run.diagnostics)
    if run.status == "skip":
        message, text = _why_skipped(file, position, stopped=stopped)
        inside.append(f'      <skipped message="{_escaped(message)}">{_quoted(text) if text else ""}</skipped>\n')
    elif run.status == "fail":
        failed = [item for item in rest if item.tag == FAILED_ASSERTION]
        rest = [item for item in rest if item.tag != FAILED_ASSERTION]
        inside.append(_failure(run, failed))
    elif run.status == "error":
        errors = [item for item in rest if item.severity == "error"]
        rest = [item for item in rest if item.severity != "error"]
        inside.append(f'      <error message="Encountered an error">{_quoted(_texts(errors))}</error>\n')
    if rest:
        inside.append(f"      <system-err>{_quoted(_texts(rest))}</system-err>\n")
    if not inside:
        return [f"{head}></testcase>\n"]
    return [f"{head}>\n", *inside, "    </testcase>\n"]


def _failure(run: RunResult, failed: list[Diagnostic]) -> str:
    if not failed:
        return "      <failure></failure>\n"
    including = "" if len(failed) == 1 else ", including"
    message = f"{len(failed)} of {len(run.run.assertions)} assertions failed{including}: {failed[0].detail}"
    return f'      <failure message="{_escaped(message)}">{_quoted(_texts(failed))}</failure>\n'


def _why_skipped(file: FileResult, position: int, *, stopped: bool) -> tuple[str, str]:
    if stopped:
        return "Testcase skipped due to an interrupt", "Terraform received an interrupt and stopped gracefully. This caused" \
            " all remaining testcases to be skipped"  # fmt: skip
    for earlier in reversed(file.runs[:position]):
        if earlier.status == "error":
            return (
                "Testcase skipped due to a previous testcase error",
                f'Previous testcase "{earlier.run.name}" ended in error, which caused the remaining tests in the file to be'
                " skipped",
            )
    if any(item.severity == "error" for item in file.diagnostics):
        return "Testcase skipped due to file-level errors", ""
    return "", ""


def _texts(found: Iterable[Diagnostic]) -> str:
    return "".join(diagnostics.render(item, color=False, columns=_COLUMNS) for item in diagnostics.in_order(found))


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in text)


def _quoted(text: str) -> str:
    """Text that needs no escaping; what would end it is split."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
