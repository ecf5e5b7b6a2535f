"""Every part of a syntax tree knows exactly where it is written."""

from __future__ import annotations

from typing import Any

import pytest

from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl import ast
from iacctl.hcl.parser import parse_config, parse_expression, parse_template


def parsed(text: str) -> Any:
    found = Diagnostics()
    expression = parse_expression(SourceFile("a", text), found)
    assert list(found) == []
    return expression


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a",
            "a.b.c",
            'a["b"].c[0]',
            "1.5",
            '"text"',
            '"a${b}c"',
            '"${a}"',
            "(a)",
            "-a",
            "!a.b",
            "a + b",
            "a ? b : c",
        ),
        *("[1, 2]", "{ a = 1 }", "[for a in b : a]", "{for a, b in c : a => b... if d}", "f(a, b...)", "a::b::c(1)"),
        *("a[b]", "a[b].c", "a[*].b", "a.*.b", "a.*", "f(x).y", "a [ 0 ] . b", "a.0.b", "<<E\nabc\nE", "null"),
    ],
)
def test_expression_covers_its_text(text: str) -> None:
    padded = f"  {text}\n"
    expression = parsed(padded)
    assert expression.range.text == text


def test_traversal_steps() -> None:
    traversal = parsed('aé.b . c["k"] [0].1')
    assert traversal.root_range.text == "aé"
    assert [step.range.text for step in traversal.steps] == [".b", ". c", '["k"]', "[0]", ".1"]
    relative = parsed("f(x).b.c[0]")
    assert [step.range.text for step in relative.steps] == [".b", ".c", "[0]"]


def test_operators() -> None:
    operation = parsed("a  &&  b == c")
    assert operation.operator_range.text == "&&"
    assert operation.left.range.text == "a"
    assert operation.right.range.text == "b == c"
    assert parsed("!a").operator_range.text == "!"


def test_call() -> None:
    call = parsed("a :: b ( 1 , 2 )")
    assert call.name == "a::b"
    assert (call.name_range.text, call.open_range.text, call.close_range.text) == ("a :: b", "(", ")")
    assert call.start_range.text == "a :: b ("
    assert [argument.range.text for argument in call.arguments] == ["1", "2"]


def test_index_and_splat() -> None:
    index = parsed("a.b[c].d[e]")
    assert index.bracket_range.text == "[e]"
    assert index.collection.source.bracket_range.text == "[c]"
    splat = parsed("a[ * ].b[0].c")
    assert splat.marker_range.text == "[ * ]"
    assert splat.each.range.text == "[ * ].b[0].c"
    assert parsed("a.*.b").marker_range.text == ".*"
    assert parsed("a.*.b").each.range.text == ".b"


def test_constructors() -> None:
    items = parsed("{ a = 1, (b) = 2, c.d = 3 }")
    assert items.open_range.text == "{"
    assert [item.key.range.text for item in items.items] == ["a", "(b)", "c.d"]
    assert [item.key.expression.range.text for item in items.items] == ["a", "(b)", "c.d"]
    loop = parsed("[for a in b : a if c]")
    assert (loop.open_range.text, loop.close_range.text) == ("[", "]")


def test_template_parts() -> None:
    template = parsed('"a ${ b } %{ if c }d%{ else }e%{ endif }%{ for f in g }%{ endfor }"')
    assert [part.range.text for part in template.parts] == [
        "a ",
        "b",
        " ",
        "%{ if c }d%{ else }e%{ endif }",
        "%{ for f in g }%{ endfor }",
    ]
    condition = template.parts[3]
    assert (condition.then.range.text, condition.otherwise.range.text) == ("d", "e")


def test_heredoc_lines() -> None:
    found = Diagnostics()
    source = "x = <<-E\n  a\n  ${b} c\n  E\n"
    template = parse_config(SourceFile("a", source), found).attributes["x"].expression
    assert isinstance(template, ast.Template)
    assert [part.range.text for part in template.parts] == ["  a\n  ", "b", " c\n"]
    assert template.range.text == "<<-E\n  a\n  ${b} c\n  E"


def test_attributes_and_blocks() -> None:
    found = Diagnostics()
    body = parse_config(SourceFile("a", 'x = [1, 2] # c\nb "l\\"1" l2 {\n  y = 1\n}\n'), found)
    attribute = body.attributes["x"]
    assert (attribute.range.text, attribute.name_range.text) == ("x = [1, 2]", "x")
    (block,) = body.blocks
    assert block.range.text == 'b "l\\"1" l2 {\n  y = 1\n}'
    assert (block.type_range.text, block.definition_range.text) == ("b", 'b "l\\"1" l2')
    assert [label.text for label in block.label_ranges] == ['"l\\"1"', "l2"]
    assert block.open_range.text == "{"
    assert block.body.range.text == "{\n  y = 1\n}"
    assert (block.body.missing_item_range.start, body.missing_item_range.start) == (block.open, 0)


def test_part_of_a_file() -> None:
    file = SourceFile("a", "say <a ${b} c> and <d + e>")
    found = Diagnostics()
    template = parse_template(file, found, 5, 13)
    assert isinstance(template, ast.Template)
    assert [part.range.text for part in template.parts] == ["a ", "b", " c"]
    assert parse_expression(file, found, 20, 25).range.text == "d + e"
    assert list(found) == []
