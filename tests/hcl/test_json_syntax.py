"""JSON syntax: what is read, and that broken documents are reported as Terraform does."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl import json_syntax
from iacctl.hcl.json_values import JsonArray, JsonConstant, JsonObject, JsonReader, JsonString, JsonValue

from .ast_form import expression_form
from .terraform import Report, file_of, reported, validate

BROKEN = (
    "",
    "{",
    "[",
    '{"a"',
    '{"a":',
    '{"a":}',
    '{"a":1',
    '{"a":1,',
    '{"a":1,}',
    "{a:1}",
    "{'a':1}",
    '{"a" 1}',
    '{"a"=1}',
    '{"a":1;"b":2}',
    '{"a":1 "b":2}',
    "[1 2]",
    "[1,]",
    "[,]",
    "1",
    '"a"',
    "null",
    "true",
    '{"locals":tru}',
    '{"locals":01}',
    '{"locals":1.}',
    '{"locals":-}',
    '{"locals":+1}',
    '{"locals":1e}',
    '{"locals":.5}',
    '{"locals":NaN}',
    '{"locals":"a\\qb"}',
    '{"locals":"a\\u12"}',
    '{"locals":"a',
    '{"locals":"a\\',
    '{"a":1}}',
    '{"a":1} x',
    '{"a":[1}',
    '{"a":{1:2}}',
    '{"a":{"b":1]}',
    "# c\n{}",
    "// c\n{}",
    '{"a":1,,"b":2}',
    "{,}",
    '{"a"::1}',
    '[{"locals":{"a":1}},{"locals":{"b":2}}]',
    "[1]",
    "[[]]",
    '[{"locals":[{"x":1},{"y":2}]}]',
    '{"locals":"x"}',
    '{"locals":[1]}',
    '{"locals":null}',
    '{"resource":1}',
    '{"resource":{"a":1}}',
    '{"resource":{"a":{"b":1}}}',
    '{"resource":{"a":{"b":null}}}',
    '{"resource":{}}',
    '{"resource":{"a":{}}}',
    '{"resource":[]}',
    '{"resource":{"a":[]}}',
    '{"resource":{"a":{"b":[]}}}',
    '{"resource":{"a":{"b":[1]}}}',
    '{"moved":{"from":"a.b","from":"c.d","to":"e.f"}}',
    '{"locals":{"a":1,"a":2}}',
    '{"//":"x","locals":{"//":"y","b":1}}',
    '{"moved":{}}',
    '{"moved":[{}]}',
    '{"moved":{"from":1,"to":[]}}',
    '{"moved":{"from":"a b","to":"f(x)"}}',
    '{"variable":{"a":{"type":"strin","typ":1}}}',
    '{"variable":{"b":{"type":["x"]}}}',
    '{"variable":{"c":{"type":"list(object({a=number, (b)=1}))"}}}',
    '{"variable":{"d":{"type":"${string}"}}}',
    '{"variable":{"e":{"type":"f(x).y"}}}',
    '{"variable":{"f":{"type":"1 +"}}}',
    '{"module":{"mm":{"source":"./x","providers":{"aws.x":"aws.y","b c":"d e"}}}}',
    '{"module":{"mn":{"source":"./x","depends_on":"x"}}}',
    '{"module":{"mo":{"source":"./x","depends_on":["x y",1,"a.b","${a.b}"]}}}',
    '{"terraform":{"required_providers":{"x":1,"y":"${z}"}}}',
    '{"terraform":{"required_providers":[{"x":1}]}}',
    '{"locals":{"a":tru}}',
    '{"locals":{"a":"x"}\n"b":1}',
    '{"locals"\n',
    '{"locals":{"a":[1,2\n}}',
    '{"locals" "x"}',
    '{"a":/*x*/1}',
    '{"a":1}\n\n#',
    '{"a":',
    '{"a",}',
    '{"a":[1:2]}',
    "[1:2",
    '{"a":[}]}',
    "]",
    "}",
    '{"a" "b":1}',
    '{"locals":undefined}',
    '{"locals":Infinity}',
    '{"locals":nul}',
    '{"a":1 "b":{"c":2} "d":3}',
    "[1 [2] 3] 4",
)
ABOUT_SYNTAX = {
    *("Missing value", "Invalid object property name", "Unclosed object", "Missing property value colon"),
    *("Missing JSON value", "Trailing comma in object", "Trailing comma in array", "Invalid JSON keyword"),
    *("Invalid start of value", "Missing attribute seperator comma", "Invalid JSON number", "Invalid JSON string"),
    *("Extraneous data after value", "Mismatched brackets", "Mismatched braces", "Root value must be object"),
    *("Missing object value", "Invalid array value", "Missing array element value"),
}


@pytest.fixture(scope="module")
def terraform() -> dict[str, list[Report]]:
    return validate({f"{number:03}.tf.json": text for number, text in enumerate(BROKEN)})


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_broken_document(number: int, terraform: dict[str, list[Report]]) -> None:
    name = f"{number:03}.tf.json"
    found = Diagnostics()
    json_syntax.parse_config(file_of(name, BROKEN[number]), found)
    assert reported(found) == [report for report in terraform[name] if report.summary in ABOUT_SYNTAX]


def native_form(text: str, templates: bool = True) -> object:
    found = Diagnostics()
    expression = json_syntax.parse_expression(SourceFile("a.json", text), found).native(found, templates)
    assert list(found) == []
    return expression_form(expression)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("null", ["lit", None]),
        ("true", ["lit", True]),
        ("-1.5e1", ["lit", "n:-15"]),
        ('"a"', ["tmpl", [["lit", "a"]]]),
        ('"${a.b}"', ["wrap", ["trav", [["root", "a"], ["attr", "b"]]]]),
        ('"x ${a}"', ["tmpl", [["lit", "x "], ["trav", [["root", "a"]]]]]),
        ('"$${a}"', ["tmpl", [["lit", "${a}"]]]),
        (r'"${a[\"b\"]}"', ["wrap", ["trav", [["root", "a"], ["index", "b"]]]]),
        (r'"\u00e9\n\ud83d\ude00\/"', ["tmpl", [["lit", "é\n😀/"]]]),
        ('[1, "a"]', ["tuple", [["lit", "n:1"], ["tmpl", [["lit", "a"]]]]]),
        ('{"${a}": 1}', ["obj", [[["keyx", ["wrap", ["trav", [["root", "a"]]]], True], ["lit", "n:1"]]]]),
    ],
)
def test_native_equivalent(text: str, form: object) -> None:
    assert native_form(text) == form


def test_literal_strings() -> None:
    assert native_form('["${a}"]', templates=False) == ["tuple", [["tmpl", [["lit", "${a}"]]]]]


# In the second text HCL counts as if the string had no escapes.
@pytest.mark.parametrize(("text", "start"), [('{"a": "${b +}"}', 12), (r'{"a": "\"${b +}"}', 13)])
def test_template_error_is_reported_when_asked_for(text: str, start: int) -> None:
    found = Diagnostics()
    body = json_syntax.parse_config(SourceFile("a.tf.json", text), found)
    expression = body.just_attributes(found)["a"].expression
    assert list(found) == []
    assert isinstance(expression, json_syntax.JsonExpression)
    expression.native(found)
    (problem,) = found
    assert problem.summary == "Invalid expression"
    assert problem.subject is not None and problem.subject.start == start


def plain(value: JsonValue) -> object:
    match value:
        case JsonObject():
            return {member.name.value: plain(member.value) for member in value.members}
        case JsonArray():
            return [plain(item) for item in value.items]
        case JsonString() | JsonConstant():
            return value.value
    raise AssertionError(value)


DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8", max_codepoint=0x2FF), max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('ab"\\\n', max_size=3), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, st.booleans(), st.sampled_from([None, 1]))
def test_reads_what_json_writes(document: object, ascii_only: bool, indent: int | None) -> None:
    text = unicodedata.normalize("NFC", json.dumps(document, ensure_ascii=False))
    document = json.loads(text)
    found = Diagnostics()
    value = JsonReader(SourceFile("a", json.dumps(document, ensure_ascii=ascii_only, indent=indent)), found).document()
    assert list(found) == []
    assert plain(value) == document
