"""Names and suggestions for misspelt ones."""

from __future__ import annotations

import pytest

from iacctl.hcl.names import is_name
from iacctl.hcl.suggestions import did_you_mean, name_suggestion


@pytest.mark.parametrize("text", ["a", "_", "a-b", "a1", "é", "π2", "e\u0301", "x\u00b7y", "漢字", "ⅷ"])
def test_names(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", ["", "1a", "-a", "a b", "a.b", "²", "a²", "\u0301a", "a$", "\udcff", "\u2e2f"])
def test_not_names(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    ("given", "known", "suggestion"),
    [
        ("form", ["to", "from"], "from"),
        ("formm", ["too", "from"], "from"),
        ("resorce", ["data", "resource"], "resource"),
        ("xyz", ["resource"], None),
        ("contt", ["count", "const"], "count"),
        ("a", [], None),
    ],
)
def test_suggestion(given: str, known: list[str], suggestion: str | None) -> None:
    assert name_suggestion(given, known) == suggestion
    assert did_you_mean(given, known) == (f' Did you mean "{suggestion}"?' if suggestion else "")
