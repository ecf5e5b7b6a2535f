"""Expressions that are read as syntax: references, lists and keywords, in native syntax and JSON."""

from __future__ import annotations

import json

import pytest

from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl import json_syntax, parser, static
from iacctl.hcl.ast import Expression, Literal

from .ast_form import expression_form
from .terraform import Report, file_of, reported, validate

NOT_LISTS = (
    "(x.y)",
    "x.y.z",
    'x["a"]',
    "f(x)",
    "x::y(1)",
    "{a = 1}",
    "{for a in b : a => a}",
    "[for a in b : a]",
    "a + b",
    "-a",
    "!a",
    "a ? b : c",
    "a[b]",
    "a[*]",
    "a.*.b",
    "(1)",
    '"abc"',
    '""',
    '"a${b}"',
    '"${b}"',
    "<<E\nfoo\nbar\nE\n",
    "null",
    "true",
    "f(x).y",
    "[1].y",
    "1.5",
    '("a")',
)
REFERENCES = (
    ("(x.y)", None),
    ("f(x).y", None),
    ("x[y].z", None),
    ("-x", None),
    ("1", None),
    ('"${x.y}"', None),
    ("x.*.y", None),
    ("null", "null"),
    ("true.a", "true.a"),
    ("x.y", "x.y"),
    ("x.0", "x.0"),
    ('x["a"].b[0]', 'x["a"].b[0]'),
)
JSON_REFERENCES = (
    ("x.y", True),
    (" x.y #", True),
    ("x[0]", True),
    ("x[1.5]", True),
    ('x["a"]', True),
    ("true", True),
    ("x.0", False),
    ("x y", False),
    ("(x.y)", False),
    ("x[*].y", False),
    ("x[y]", False),
    ("x[-1]", False),
    ("${x.y}", False),
    ("", False),
)
QUOTED = (
    *("x.y[0]", "x[", "x[1", "x[y]", 'x["a"', 'x["a$${b}"]', "x[]", "x.y z", "x..y", ".x", "", "1", "x[1 2]"),
    *('x["a"].b[0].*', "x[*].y", "x.*.y", "x[1.5.5]", r'x["\q"]', "x.y[-1]", 'x["a" "b"]', "x.y[true]", "x.", "x.y]"),
    *('x["a]', " x", "x[\n1\n]", "x.0"),
)


def parsed(text: str) -> Expression:
    found = Diagnostics()
    expression = parser.parse_config(SourceFile("a.tf", f"a = {text}\n"), found).attributes["a"].expression
    assert list(found) == []
    return expression


def json_expression(value: object) -> Expression:
    found = Diagnostics()
    expression = json_syntax.parse_expression(SourceFile("a.json", json.dumps(value)), found)
    assert list(found) == []
    return expression


def depends_on(number: int, text: str) -> str:
    return f'resource "terraform_data" "r{number}" {{\n  depends_on = {text}\n}}\n'


@pytest.fixture(scope="module")
def terraform() -> dict[str, list[Report]]:
    sources = {f"list{number}.tf": depends_on(number, text) for number, text in enumerate(NOT_LISTS)}
    sources |= {f"ref{number}.tf": depends_on(number + 100, f"[{text}]") for number, (text, _) in enumerate(REFERENCES)}
    sources |= {
        f"json{number}.tf.json": json.dumps({"resource": {"terraform_data": {f"j{number}": {"depends_on": [text]}}}})
        for number, (text, _) in enumerate(JSON_REFERENCES)
    }
    sources |= {
        f"quoted{number}.tf": depends_on(number + 200, "[" + json.dumps(text) + "]")
        for number, text in enumerate(QUOTED)
    }
    return validate(sources)


@pytest.mark.parametrize("number", range(len(NOT_LISTS)))
def test_what_is_no_list(number: int, terraform: dict[str, list[Report]]) -> None:
    found = Diagnostics()
    body = parser.parse_config(file_of("a.tf", depends_on(number, NOT_LISTS[number])), found)
    (block,) = body.blocks
    expression = block.body.just_attributes(found)["depends_on"].expression
    assert static.items(expression, found) is None
    assert reported(found) == terraform[f"list{number}.tf"]


@pytest.mark.parametrize("number", range(len(REFERENCES)))
def test_references(number: int, terraform: dict[str, list[Report]]) -> None:
    text, reference = REFERENCES[number]
    found = Diagnostics()
    body = parser.parse_config(file_of("a.tf", depends_on(number + 100, f"[{text}]")), found)
    elements = static.items(body.blocks[0].body.just_attributes(found)["depends_on"].expression, found)
    assert elements is not None
    traversal = static.traversal(elements[0], found)
    assert (traversal and traversal.range.text) == reference
    about_syntax = [report for report in terraform[f"ref{number}.tf"] if report.summary == "Invalid expression"]
    assert reported(found) == about_syntax


@pytest.mark.parametrize("number", range(len(JSON_REFERENCES)))
def test_json_references(number: int, terraform: dict[str, list[Report]]) -> None:
    text, valid = JSON_REFERENCES[number]
    assert (static.as_traversal(json_expression(text)) is not None) == valid
    assert any(report.summary == "Invalid expression" for report in terraform[f"json{number}.tf.json"]) != valid


@pytest.mark.parametrize("number", range(len(QUOTED)))
def test_quoted_references(number: int, terraform: dict[str, list[Report]]) -> None:
    found = Diagnostics()
    body = parser.parse_config(file_of("a.tf", depends_on(number + 200, "[" + json.dumps(QUOTED[number]) + "]")), found)
    elements = static.items(body.blocks[0].body.just_attributes(found)["depends_on"].expression, found)
    assert elements is not None and isinstance(elements[0], Literal)
    static.quoted_traversal(elements[0], found)
    expected = [
        report
        for report in terraform[f"quoted{number}.tf"]
        if report.summary not in ("Quoted references are deprecated", "Invalid expression")
    ]
    assert [report._replace(context=None, code="", highlight=(0, 0)) for report in reported(found)] == [
        report._replace(context=None, code="", highlight=(0, 0)) for report in expected
    ]


def test_keywords() -> None:
    assert static.keyword(parsed("all")) == "all"
    assert static.keyword(parsed("null")) == "null"
    assert static.keyword(parsed("a.b")) is None
    assert static.keyword(parsed('"all"')) is None
    assert static.keyword(json_expression("all")) == "all"
    assert static.keyword(json_expression("a b")) is None
    assert static.keyword(json_expression(["all"])) is None


@pytest.mark.parametrize(
    "expression", [parsed("list(object({a = string}))"), json_expression("list(object({a = string}))")]
)
def test_calls(expression: Expression) -> None:
    found = Diagnostics()
    outer = static.call(expression, found)
    assert outer is not None and outer.name == "list"
    inner = static.call(outer.arguments[0], found)
    assert inner is not None and inner.name == "object"
    pairs = static.pairs(inner.arguments[0], found)
    assert pairs is not None
    assert [(static.keyword(pair.key), static.keyword(pair.value)) for pair in pairs] == [("a", "string")]
    assert list(found) == []


def test_json_objects_are_pairs() -> None:
    found = Diagnostics()
    pairs = static.pairs(json_expression({"aws.x": "aws.y"}), found)
    assert pairs is not None
    traversals = [static.as_traversal(pairs[0].key), static.as_traversal(pairs[0].value)]
    forms = [traversal and expression_form(traversal) for traversal in traversals]
    assert forms == [["trav", [["root", "aws"], ["attr", "x"]]], ["trav", [["root", "aws"], ["attr", "y"]]]]


def test_what_is_no_call_or_map() -> None:
    found = Diagnostics()
    assert static.call(parsed("f(x).y"), found) is None
    assert static.pairs(parsed("[1]"), found) is None
    assert static.call(json_expression("a b"), found) is None
    assert [(problem.summary, problem.detail) for problem in found] == [
        ("Invalid expression", "A static function call is required."),
        ("Invalid expression", "A static map expression is required."),
        ("Invalid expression", "A static function call is required."),
    ]
