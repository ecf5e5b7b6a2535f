"""Files in canonical form are byte for byte what real `terraform fmt` makes of them."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from iacctl.config.formatting import formatted
from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl.formatting.tokens import scan
from iacctl.hcl.parser import parse_config
from tests.hcl.ast_form import body_form
from tests.hcl.sources import SNIPPETS

ORACLE = Path(__file__).resolve().parents[1] / "conformance" / "oracle.py"
REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = [
    text.rstrip("\n") + "\n"
    for text in (Path(__file__).parent / "data" / "formatting.txt").read_text(encoding="utf-8").split("\n====\n")
]
BETWEEN = (" ", "  ", "\t", " /* c */ ", "/**/", "\n", "\n\n", " # n\n", "// n\n", "/* a\n b */", "\r\n", "\t ", "")
WORDS = frozenset(("id", "in", "num", "str", "oq", "cq"))


def file_of(text: str) -> SourceFile:
    return SourceFile.from_bytes("main.tf", text.encode("utf-8", "surrogateescape"))


def canonical(text: str) -> str:
    """The canonical form; a text with errors as it is."""
    result = formatted(file_of(text), Diagnostics())
    return text if result is None else result


def parses(text: str) -> bool:
    found = Diagnostics()
    parse_config(file_of(text), found)
    return not found.has_errors


def terraform_fmt(texts: list[str], folder: Path) -> list[str]:
    paths = [folder / f"{number:05}.tf" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    done = subprocess.run([sys.executable, str(ORACLE), "fmt", "-list=false"], cwd=folder, env=environment)
    assert done.returncode in (0, 2)
    return [path.read_bytes().decode("utf-8", "surrogateescape") for path in paths]


def mangled(text: str, chance: random.Random) -> str:
    """The text with other spaces, newlines and comments between its tokens; it need not parse any more."""
    tokens = scan(file_of(text))
    share, newlines = chance.random() * 0.5, chance.random()
    parts: list[str] = []
    templates: list[str] = []
    before = ""
    for kind, token in zip(tokens.kinds, tokens.texts, strict=True):
        in_text = before in ("ql", "hl", "oq", "oh") or (before == "te" and templates and templates[-1] in ("oq", "oh"))
        if not in_text and kind not in ("ql", "hl", "cq", "ch") and kind != "nl":
            if chance.random() < share:
                gap = chance.choice(BETWEEN)
                parts.append(" " if "\n" in gap and chance.random() < newlines else gap)
            elif (before in WORDS and kind in WORDS) or chance.random() < 0.3:
                parts.append(" ")
        parts.append(
            chance.choice(("\n\n", "\r\n", "\n  \n", " \n")) if kind == "nl" and chance.random() < 0.1 else token
        )
        if kind in ("oq", "oh", "ti", "tc"):
            templates.append(kind)
        elif kind in ("cq", "ch", "te") and templates:
            templates.pop()
        before = kind
    return "".join(parts)


def sources() -> list[str]:
    chance = random.Random(11)
    plain = [text for text in SAMPLES + SNIPPETS if parses(text)]
    files = sorted(REPOSITORY.glob("examples/**/*.tf")) + sorted(REPOSITORY.glob("tests/conformance/cases/**/*.tf"))
    real = [path.read_bytes().decode("utf-8", "surrogateescape") for path in chance.sample(files, min(120, len(files)))]
    real = [text for text in real if parses(text)]
    pool = [*SAMPLES * 6, *plain, *(text for text in real if len(text) < 2000)]
    texts = [mangled(chance.choice(pool), chance) for _ in range(700)]
    texts += [mangled(chance.choice(pool), chance) + mangled(chance.choice(pool), chance) for _ in range(150)]
    return [*plain, *real, *texts]


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Sources that parse, each with what Terraform makes of it."""
    texts = [text for text in sources() if parses(text)]
    assert len(texts) > 600
    return list(zip(texts, terraform_fmt(texts, tmp_path_factory.mktemp("fmt")), strict=True))


def test_layout_is_terraforms(compared: list[tuple[str, str]]) -> None:
    better = 0
    for text, theirs in compared:
        if canonical(text) != theirs:
            assert not parses(theirs) or labels(theirs) != labels(text), text
            better += 1
    assert better < len(compared) / 10


def labels(text: str) -> list[tuple[str, ...]]:
    """The labels of the blocks of a file."""
    return [block.labels for block in parse_config(file_of(text), Diagnostics()).blocks]


def test_formatting_is_done_after_one_time(compared: list[tuple[str, str]]) -> None:
    for text, _ in compared:
        once = canonical(text)
        assert canonical(once) == once or re.search(r'"\${\s*"\${', text)


def test_formatting_keeps_the_meaning(compared: list[tuple[str, str]]) -> None:
    for text, _ in compared:
        found = Diagnostics()
        before = body_form(parse_config(file_of(text), found))
        after = body_form(parse_config(file_of(canonical(text)), found))
        assert not found.has_errors
        assert without_wraps(after) == without_wraps(before), text


def without_wraps(form: object) -> object:
    """A syntax tree without what `fmt` rewrites: a lone interpolation, parentheses, old types."""
    while isinstance(form, list) and form and form[0] in ("wrap", "paren"):
        form = form[1]
    if isinstance(form, list):
        if form[:2] == ["attr", "type"]:
            return "type"
        return [without_wraps(item) for item in form]
    return form


LABELS = (
    "\\t",
    "\\n\\r",
    "\\u00ad\\u200b",
    "e\u0301",
    '\\"',
    "\\\\",
    "\u00a0\u3000",
    "\ue000",
    "\ufeff",
    "\\u0041",
    "\t",
    "\U0001f600",
)


def test_labels_are_quoted_as_terraform_quotes_them(tmp_path: Path) -> None:
    texts = [f'a  b "x{label}y" {{\n}}\n' for label in LABELS]
    assert [canonical(text) for text in texts] == terraform_fmt(texts, tmp_path)


def test_labels_with_signs_are_kept(tmp_path: Path) -> None:
    text = 'a "x$y" "%" b "$${z}" {\n}\n'
    assert canonical(text) == text.replace(" b ", ' "b" ')
    assert terraform_fmt([text], tmp_path) != [text]  # were it mended there, there would be nothing to differ in


def test_indexes_that_are_words_are_kept(tmp_path: Path) -> None:
    text = "x = [a[true].b, a[null]]\n"
    assert canonical(text) == text
    assert terraform_fmt([text], tmp_path) == ["x = [a[].b, a[]]\n"]


BROKEN_ELSEWHERE = {
    'a = "${ (b)\n+ (c) }"\n': "a = ((b)\n+ (c))\n",
    'a = "${ b # c\n? c : d }"\n': "a = (b # c\n? c : d)\n",
}


def test_expressions_over_several_lines_stay_whole(tmp_path: Path) -> None:
    assert [canonical(text) for text in BROKEN_ELSEWHERE] == list(BROKEN_ELSEWHERE.values())
    assert not any(parses(text) for text in terraform_fmt(list(BROKEN_ELSEWHERE), tmp_path))


def test_a_file_with_errors_is_reported() -> None:
    found = Diagnostics()
    assert formatted(SourceFile("main.tf", "a = \n"), found) is None
    (problem,) = found
    assert problem.summary == "Invalid expression" and problem.subject is not None


def test_depth_does_not_matter() -> None:
    text = "a=" + "[" * 10_000 + "]" * 10_000 + "\n"
    assert canonical(text) == text.replace("=", " = ")
    nested = "".join("a {\n" for _ in range(400)) + "}\n" * 400
    assert canonical(nested).splitlines()[399] == "  " * 399 + "a {"
