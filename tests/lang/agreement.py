"""The section of expressions in the agreement table: one row for each file of the corpus."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conformance.sections import Options, Result, Row, Section

from .comparison import differences, oracle_outcomes, our_outcomes
from .test_corpus import CORPUS, FILES, expressions


def compare(options: Options) -> Result:
    """Evaluate the chosen files of the corpus with both tools."""
    rows: list[Row] = []
    compared = agreeing = 0
    for name in FILES:
        if not options.wants(name):
            continue
        corpus = expressions(CORPUS / name)
        with TemporaryDirectory() as folder:
            found = differences(corpus, oracle_outcomes(Path(folder), corpus), our_outcomes(corpus))
        compared += len(corpus)
        agreeing += len(corpus) - len(found)
        verdict = f"{len(corpus):4} expressions  " + (f"{len(found)} differ" if found else "agree")
        rows.append(Row(name, verdict, tuple(found)))
    notes = ["value, type, unknown and sensitive parts, or every diagnostic to the column"] if rows else []
    return Result(compared, agreeing, rows=rows, notes=notes)


SECTION = Section("expressions", "Expressions", "expressions", compare)
