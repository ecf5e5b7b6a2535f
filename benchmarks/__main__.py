"""The command line of the benchmarks: chooses rows, measures them and prints the table."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import evaluating, parsing, report, rows, tools
from benchmarks.measure import RunError
from benchmarks.report import Outcome
from benchmarks.rows import Row
from benchmarks.runner import Runner


def main(arguments: list[str]) -> int:
    """Run the benchmarks.

    Args:
        arguments: the command line without the program's name.

    Returns:
        The exit status: 0 if every row could be measured, whether or not its budget was met.
    """
    options = _parser().parse_args(arguments)
    chosen = [row for row in rows.all_rows() if _wanted(row, options)]
    with_parser = _named(parsing.TITLE, options.rows)
    with_expressions = _named(evaluating.TITLE, options.rows)
    if options.list:
        titles = [row.title for row in chosen]
        titles += [title for title, wanted in _inside(with_parser, with_expressions) if wanted]
        print("\n".join(titles))
        return 0
    load = os.getloadavg()[0]
    try:
        available = {tool.name: tool for tool in (tools.iacctl(), tools.terraform())}
    except tools.ToolMissingError as error:
        print(error, file=sys.stderr)
        return 1
    tools.compile_sources()
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="iacctl-benchmark-") as scratch:
        runner = Runner(available, Path(scratch), options.repeat or (3 if options.quick else 5))
        for row in chosen:
            outcomes.append(_measure(runner, row, full=options.full))
            print(report.progress(outcomes[-1]), file=sys.stderr)
    parsed = parsing.measure() if with_parser else []
    evaluated = evaluating.measure() if with_expressions else []
    text = report.render(outcomes, parsed, evaluated, load)
    print(f"\n{text}" if chosen else text, end="")
    if options.save:
        print(f"\nsaved in {report.save(text)}")
    return 1 if any(outcome.subject is None for outcome in outcomes) else 0


def _inside(with_parser: bool, with_expressions: bool) -> list[tuple[str, bool]]:
    """Give the titles of what is measured inside one process, and whether it is wanted."""
    return [(parsing.TITLE, with_parser), (evaluating.TITLE, with_expressions)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the small rows, three runs each")
    parser.add_argument("--full", action="store_true", help="also run what takes Terraform minutes")
    parser.add_argument(
        "--rows",
        metavar="TEXT,TEXT",
        default="",
        help="only rows whose title, read without commas, holds one of the texts",
    )
    parser.add_argument("--repeat", type=int, metavar="N", help="runs of each side (5, with --quick 3)")
    parser.add_argument("--save", action="store_true", help="also write benchmarks/results/<date>.md")
    parser.add_argument("--list", action="store_true", help="print the titles of the rows and stop")
    return parser


def _wanted(row: Row, options: argparse.Namespace) -> bool:
    return (row.quick or not options.quick) and _named(row.title, options.rows)


def _named(title: str, texts: str) -> bool:
    """Say whether a title holds one of the texts as whole words."""
    # A comma in a title ("plan, 1,000") would end a text: titles are compared without commas.
    words = f" {title.replace(',', '').replace(':', '')} "
    return not texts or any(f" {text.strip()} " in words for text in texts.split(","))


def _measure(runner: Runner, row: Row, *, full: bool) -> Outcome:
    try:
        baseline, subject = runner.measure(row, full=full)
    except RunError as error:
        print(error, file=sys.stderr)
        return Outcome(row)
    return Outcome(row, baseline, subject)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
