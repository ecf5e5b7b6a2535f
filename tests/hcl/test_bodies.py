"""Bodies against schemas, in native and JSON syntax: the reports are Terraform's."""

from __future__ import annotations

import re

import pytest

from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl import json_syntax, parser
from iacctl.hcl.ast import Literal
from iacctl.hcl.body import Body, BodySchema, Content

from .terraform import Report, file_of, reported, validate

ROOT = BodySchema(
    blocks={
        "terraform": (),
        "required_providers": (),
        "provider": ("name",),
        "variable": ("name",),
        "locals": (),
        "output": ("name",),
        "module": ("name",),
        "resource": ("type", "name"),
        "data": ("type", "name"),
        "ephemeral": ("type", "name"),
        "moved": (),
        "import": (),
        "check": ("name",),
        "removed": (),
        "action": ("type", "name"),
    }
)
CHECK = BodySchema(blocks={"data": ("type", "name"), "assert": ()})
ASSERT = BodySchema({"condition": True, "error_message": True})
MOVED = BodySchema({"from": True, "to": True})
LIFECYCLE = BodySchema(
    dict.fromkeys(("create_before_destroy", "prevent_destroy", "ignore_changes", "replace_triggered_by"), False),
    {"precondition": (), "postcondition": (), "action_trigger": ()},
)
RESOURCE = BodySchema(
    dict.fromkeys(("count", "for_each", "provider", "depends_on"), False),
    {"lifecycle": (), "connection": (), "provisioner": ("type",), "locals": (), "_": ()},
)
# What bodies report; the rest of what Terraform says is none of this package's business.
ABOUT_BODIES = re.compile(
    r"Unsupported (argument|block type)|Missing (required argument|block label|name for|type for)|Extraneous"
    r'|Unexpected ".*" block|Duplicate (argument|attribute definition)|Incorrect JSON value type|Root value'
)
NATIVE = (
    "moved {\n  from = a.b\n}\n",
    "moved {\n  form = a.b\n  to = a.c\n}\n",
    "moved {\n  from = a.b\n  to = a.c\n  extra {}\n}\n",
    'moved "x" "y" {\n  from = a.b\n  to = a.c\n}\n',
    "movde {\n}\n",
    "wholly_unknown {\n}\n",
    'resorce "a" "b" {\n}\n',
    "moved = 1\n",
    "mooved = 1\n",
    "locals {\n  a {\n  }\n  b {}\n}\n",
    'resource "terraform_data" "n1" {\n  lifecycle "x" {\n  }\n}\n',
    'resource "terraform_data" "n2" {\n  lifecycle {\n    create_before_destory = true\n    precondtion {}\n  }\n}\n',
    'resource "terraform_data" "n3" {\n  lifecycle {\n    precondition = 1\n    ignore_changes {}\n  }\n}\n',
    'resource "terraform_data" {\n}\n',
    "resource {\n}\n",
    'resource "terraform_data" "a" "b" {}\n',
    'check "c1" {\n  assert {\n  }\n}\n',
    'check "c2" {\n  assert "x" { condition = true }\n  assrt {}\n}\n',
    'check {\n  assert {\n    condition = true\n    error_message = "a"\n  }\n}\n',
    'check "c3" {\n  data "a" {}\n  assert {\n    condition = true\n    error_message = "a"\n  }\n}\n',
    'check "c4" { x = 1 }\n',
)
JSON = (
    '{"moved": {}}',
    '{"moved": [{}]}',
    '{"moved": []}',
    '{"moved": null}',
    '{"moved": "x"}',
    '{"moved": [{"from": "a.b", "to": "a.c"}, {"from": "a.d", "too": "a.e"}]}',
    '{"moved": {"from": "a.b", "to": "a.c", "//": "x", "from": "a.d"}}',
    '{"movde": {}, "//": "comment"}',
    '{"locals": {"j1": 1, "j1": 2, "//": 3}}',
    '{"locals": [{"j2": 1}, 2]}',
    '{"resource": {"terraform_data": {"j1": {"lifecycle": {"precondtion": {}}}}}}',
    '{"resource": {"terraform_data": {"j2": {"lifecycle": [{"x": 1}]}}}}',
    '{"resource": {"terraform_data": {}}}',
    '{"resource": {}}',
    '{"resource": []}',
    '{"resource": 1}',
    '{"resource": {"terraform_data": 1}}',
    '{"resource": {"terraform_data": {"j3": 1}}}',
    '{"resource": {"terraform_data": [{"j4": {}}, {"j5": {}}, 3]}}',
    '{"check": {"j1": {"assert": [{}, {"condition": true}]}}}',
    '{"check": {"j2": {"assert": {"condition": true, "error_message": "a"}, "data": {"a": {}}}}}',
    '[{"locals": {"j3": 1}}, {"locals": {"j4": 1}, "movd": 1}]',
)


@pytest.fixture(scope="module")
def terraform() -> dict[str, list[Report]]:
    sources = {f"{number:03}.tf": text for number, text in enumerate(NATIVE)}
    return validate(sources | {f"{number:03}.tf.json": text for number, text in enumerate(JSON)})


def decoded(name: str, text: str) -> set[Report]:
    found = Diagnostics()
    file = file_of(name, text)
    body: Body
    if name.endswith(".json"):
        body = json_syntax.parse_config(file, found)
    else:
        body = parser.parse_config(file, found)
    for block in body.content(ROOT, found).blocks:
        match block.type:
            case "moved":
                block.body.content(MOVED, found)
            case "locals":
                block.body.just_attributes(found)
            case "resource":
                content, _ = block.body.partial_content(RESOURCE, found)
                for inner in content.blocks_of_type("lifecycle"):
                    inner.body.content(LIFECYCLE, found)
            case "check":
                for inner in block.body.content(CHECK, found).blocks_of_type("assert"):
                    inner.body.content(ASSERT, found)
    return set(reported(found))


@pytest.mark.parametrize("name", [f"{number:03}.tf" for number in range(len(NATIVE))])
def test_native_bodies(name: str, terraform: dict[str, list[Report]]) -> None:
    expected = {report for report in terraform[name] if ABOUT_BODIES.match(report.summary)}
    assert decoded(name, NATIVE[int(name[:3])]) == expected


@pytest.mark.parametrize("name", [f"{number:03}.tf.json" for number in range(len(JSON))])
def test_json_bodies(name: str, terraform: dict[str, list[Report]]) -> None:
    expected = {report for report in terraform[name] if ABOUT_BODIES.match(report.summary)}
    assert decoded(name, JSON[int(name[:3])]) == expected


def content_of(name: str, text: str, schema: BodySchema) -> tuple[Content, Body, Diagnostics]:
    found = Diagnostics()
    file = SourceFile(name, text)
    body: Body = (json_syntax if name.endswith("json") else parser).parse_config(file, found)
    return *body.partial_content(schema, found), found


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.tf", 'x = 1\ny = 2\nb "l" {\n}\nc {\n}\n'), ("a.tf.json", '{"x": 1, "y": 2, "b": {"l": {}}, "c": {}}')],
)
def test_partial_content_leaves_the_rest(name: str, text: str) -> None:
    content, rest, found = content_of(name, text, BodySchema({"x": True}, {"b": ("label",)}))
    assert list(content.attributes) == ["x"]
    assert [(block.type, block.labels) for block in content.blocks] == [("b", ("l",))]
    remaining = rest.content(BodySchema({"y": False}, {"c": ()}), found)
    assert list(remaining.attributes) == ["y"]
    assert [block.type for block in remaining.blocks] == ["c"]
    assert list(found) == []
    rest.content(BodySchema(), found)
    assert len(found) == 2


def test_attributes_are_in_source_order() -> None:
    found = Diagnostics()
    body = parser.parse_config(SourceFile("a.tf", "b = 1\na = 2\nc = 3\n"), found)
    assert list(body.just_attributes(found)) == ["b", "a", "c"]
    expression = body.attributes["a"].expression
    assert isinstance(expression, Literal) and expression.value == 2


def test_one_json_block_for_each_element_of_an_array() -> None:
    content, _, found = content_of(
        "a.tf.json", '{"b": [{"x": 1}, {"x": 2}], "c": null}', BodySchema(blocks={"b": (), "c": ()})
    )
    assert list(found) == []
    assert [block.range.text for block in content.blocks] == ['{"x": 1}', '{"x": 2}']
