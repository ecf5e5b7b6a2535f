"""Every expression of the corpus gives what Terraform gives: value, type, unknown parts; or its diagnostics, to the column."""

from __future__ import annotations

from pathlib import Path

import pytest

from .comparison import differences, oracle_outcomes, our_outcomes

CORPUS = Path(__file__).parent / "corpus"


def expressions(file: Path) -> list[str]:
    """One expression a line; `\\` at the end of a line continues it; lines that start with `##` are comments."""
    text = file.read_text(encoding="utf-8").replace("\\\n", "\n")
    found: list[str] = []
    for block in text.split("\n\n" if file.suffix == ".blocks" else "\n"):
        if block.strip() and not block.startswith("##"):
            found.append(block.strip("\n"))
    return found


FILES = sorted(file.name for file in CORPUS.iterdir() if file.suffix in (".txt", ".blocks"))


@pytest.mark.parametrize("name", FILES)
def test_expressions(name: str, tmp_path: Path) -> None:
    corpus = expressions(CORPUS / name)
    found = differences(corpus, oracle_outcomes(tmp_path, corpus), our_outcomes(corpus))
    assert not found, f"{len(found)} of {len(corpus)} differ:\n" + "\n".join(found)
