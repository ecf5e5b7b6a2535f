"""The agreement table: `python -m tests.conformance.report [PATTERN ...]`, from the top of the repository.

`--section` takes one corpus, `--differences` prints each difference, `--causes` groups them by place, `--later` takes the
cases that wait, `--summary` prints the table alone.
"""

from __future__ import annotations

import argparse

from . import sections
from .sections import Options, Result, Section


def main() -> int:
    """Compare what was chosen, print the table, and return the exit code: 0 when all agrees."""
    known = sections.load()
    parser = argparse.ArgumentParser(description="How far iacctl agrees with Terraform, corpus by corpus.")
    parser.add_argument("patterns", nargs="*", help="names of cases or other items; * stands for any text")
    parser.add_argument("--section", action="append", choices=[section.name for section in known])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--causes", action="store_true")
    parser.add_argument("--differences", action="store_true")
    parser.add_argument("--later", action="store_true")
    parser.add_argument("--summary", action="store_true")
    given = parser.parse_args()
    options = Options(tuple(given.patterns), given.jobs, given.causes, given.later)
    results: list[tuple[Section, Result]] = []
    for section in known:
        if given.section and section.name not in given.section:
            continue
        result = section.compare(options)
        if not result.compared:
            continue
        results.append((section, result))
        if not given.summary:
            _print_rows(section, result, differences=given.differences)
    print(table(results))
    return 0 if results and all(result.agreeing == result.compared for _, result in results) else 1


def _print_rows(section: Section, result: Result, *, differences: bool) -> None:
    print(f"{section.title}\n")
    width = max((len(row.name) for row in result.rows), default=0)
    for row in result.rows:
        print(f"{row.name:{width}} {row.verdict}")
        if differences:
            for difference in row.differences:
                print("  " + difference.replace("\n", "\n  "))
    for note in result.notes:
        print(note)
    print()


def table(results: list[tuple[Section, Result]]) -> str:
    """Render the figures of all sections as a Markdown table."""
    head = ("corpus", "compared", "agree", "of them but for listed differences", "differ")
    lines = [
        (
            section.title,
            f"{result.compared} {section.unit}",
            str(result.agreeing),
            str(result.listed),
            str(result.compared - result.agreeing),
        )
        for section, result in results
    ]
    widths = [max(len(line[column]) for line in (head, *lines)) for column in range(len(head))]

    def text(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"

    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([text(head), rule, *map(text, lines)])


if __name__ == "__main__":
    raise SystemExit(main())
