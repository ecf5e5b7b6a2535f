"""Generated sources: two other parsers are asked for a second opinion on what is valid."""

from __future__ import annotations

import random
from typing import Any

import hcl2
import pygohcl
from hypothesis import given, settings
from hypothesis import strategies as st

from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl.parser import parse_config, parse_expression, parse_template

from .ast_form import body_form
from .sources import mutated

NAMES = st.sampled_from(["a", "b_1", "c-d", "for_each", "x"])
TEXTS = st.text('ab {}#/\n\t$%"\\é', max_size=6)


def quoted(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("${", "$${"), ("%{", "%%{")):
        text = text.replace(plain, escaped)
    return f'"{text}"'


STRINGS = TEXTS.filter(lambda text: "$$" not in text and "%%" not in text).map(quoted)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.lists(st.tuples(NAMES, inner), max_size=3).map(
            lambda items: "{\n" + "".join(f"  {key} = {value}\n" for key, value in items) + "}"
        ),
        st.lists(inner, max_size=3).map(lambda items: f"f({', '.join(items)})"),
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||"]), inner).map(
            " ".join
        ),
        pair.map(lambda both: f"(a ? {both[0]} : {both[1]})"),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"!{text}"),
        inner.map(lambda text: f'"x ${{{text}}} y"'),
        pair.map(lambda both: f"[for k, v in {both[0]} : {both[1]}]"),
        pair.map(lambda both: f"{{for k, v in {both[0]} : k => {both[1]}... if a}}"),
        inner.map(lambda text: f"a[{text}]"),
    )


EXPRESSIONS = st.recursive(
    st.one_of(
        NAMES,
        NAMES.map(lambda name: f"a.{name}[0].{name}"),
        NAMES.map(lambda name: f"a[*].{name}"),
        st.integers(0, 10**20).map(str),
        st.sampled_from(["1.5", "true", "null", "1e3"]),
        STRINGS,
    ),
    _larger,
    max_leaves=8,
)
BODIES = st.recursive(
    st.dictionaries(NAMES, EXPRESSIONS, max_size=3).map(
        lambda items: "".join(f"{name} = {value}\n" for name, value in items.items())
    ),
    lambda inner: st.lists(
        st.tuples(NAMES, st.lists(STRINGS.filter(lambda text: "$" not in text), max_size=2), inner), max_size=3
    ).map(lambda blocks: "".join(f"{name} {' '.join(labels)} {{\n{body}}}\n" for name, labels, body in blocks)),
    max_leaves=4,
)


def problems(text: str) -> list[str]:
    found = Diagnostics()
    parse_config(SourceFile("main.tf", text), found)
    return [f"{problem.summary}: {problem.detail}" for problem in found]


def hashicorp_accepts(text: str) -> bool:
    """The verdict of HashiCorp's parser; what it makes of the values does not matter here."""
    try:
        pygohcl.loads(text)
    except pygohcl.HCLParseError:
        return False
    except (pygohcl.HCLInternalError, pygohcl.UnknownFunctionError):
        return True
    return True


@settings(max_examples=150, deadline=None)
@given(BODIES)
def test_generated_configurations_are_valid(text: str) -> None:
    assert problems(text) == []
    assert hashicorp_accepts(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES), max_size=3, unique_by=lambda item: item[0]), STRINGS)
def test_python_hcl2_agrees_on_structure(attributes: list[tuple[str, str]], label: str) -> None:
    text = "b {\n" + "".join(f"  {name} = {value}\n" for name, value in attributes) + "}\n"
    found = Diagnostics()
    form = body_form(parse_config(SourceFile("main.tf", text), found))
    names = [item[1] for item in form[0][3]]
    (block,) = hcl2.loads(text)["b"]
    assert [name for name in block if not name.startswith("__")] == names
    assert list(found) == []


def test_mutated_sources_get_hashicorps_verdict() -> None:
    for text in mutated(random.Random(7), 400):
        if "\0" in text:  # pygohcl would see only what stands before it
            continue
        assert (problems(text) == []) == hashicorp_accepts(text), text


@settings(max_examples=200, deadline=None)
@given(st.text("ab1.\"'${}%[]()#/*\\\n\r\t =,:?<>E~é\u0301\U0001f600\udcff-", max_size=40))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    for read in (parse_config, parse_expression, parse_template):
        found = Diagnostics()
        result: Any = read(SourceFile("main.tf", text), found)
        assert result.range.end <= len(text)
        for problem in found:
            assert problem.subject is not None and problem.subject.end <= len(text)
            assert problem.subject.end_pos >= problem.subject.start_pos
