"""The type of every expression of the corpus, unknown or not, is the one that Terraform's console tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from iacctl import values
from iacctl.diag import SourceFile
from iacctl.hcl.parser import parse_expression
from iacctl.lang.compile import compile_expression
from iacctl.lang.type_text import type_text

from .comparison import terraform
from .surroundings import Surroundings, configuration
from .test_corpus import CORPUS, FILES, expressions

AT_ONCE = 150


def successes(corpus: list[str]) -> list[tuple[str, str]]:
    """The expressions without problems, and their types."""
    scope = Surroundings("console")
    found = []
    for text in corpus:
        context = scope.context()
        tree = parse_expression(SourceFile("console", text), context.diags)
        if not len(context.diags):
            value = compile_expression(tree)(context)
            if not len(context.diags) and "\\r" not in text:
                found.append((text, type_text(values.type_of(value))))
    return found


@pytest.mark.parametrize("name", FILES)
def test_types(name: str, tmp_path: Path) -> None:
    tmp_path.joinpath("surroundings.tf").write_text(configuration())
    terraform(tmp_path, "init")
    checked = successes(expressions(CORPUS / name))
    differences = []
    for start in range(0, len(checked), AT_ONCE):
        some = checked[start : start + AT_ONCE]
        listed = ",".join(text for text, _ in some)
        run = terraform(tmp_path, "console", input=f"type([{listed}])\n")
        assert run.returncode == 0, run.stderr
        theirs = _elements(run.stdout)
        assert len(theirs) == len(some)
        for (text, ours), their in zip(some, theirs, strict=True):
            if ours != their:
                differences.append(f"{text}\n  terraform: {their}\n  ours:      {ours}")
    assert not differences, "\n".join(differences)


def _elements(printed: str) -> list[str]:
    """The element types in a printed tuple type."""
    found: list[str] = []
    lines: list[str] = []
    for line in printed.rstrip("\n").split("\n")[1:-1]:
        lines.append(line.removeprefix("    "))
        if line[4:5] != " " and line.endswith(","):
            found.append("\n".join(lines).removesuffix(","))
            lines.clear()
    return found


@pytest.mark.parametrize(
    "expression",
    [
        'type({a = 1, "b c" = [1, "x"], c = {}, d = [], e = tolist([{x = 1}]), "1" = 2, "é" = 3, "a-b" = null})',
        "type([tolist([tolist([{a=1}])]), tolist([[1]]), tomap({a=tomap({b={}})}), tolist([[]])])",
        "type(null)",
        "type(local.unk)",
        "type(var.s)",
        "type(type(1))",
    ],
)
def test_type_function(expression: str, tmp_path: Path) -> None:
    tmp_path.joinpath("surroundings.tf").write_text(configuration())
    terraform(tmp_path, "init")
    theirs = terraform(tmp_path, "console", input=f"{expression}\n").stdout.removesuffix("\n")
    context = Surroundings("console").context()
    ours, marks = values.unmark(
        compile_expression(parse_expression(SourceFile("x", expression), context.diags))(context)
    )
    assert not len(context.diags)
    assert marks
    assert ours == theirs
