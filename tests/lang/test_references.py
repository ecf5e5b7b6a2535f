"""References read from syntax: what is referred to, and Terraform's complaints about malformed ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl.parser import parse_expression
from iacctl.lang import references

from .comparison import differences, oracle_outcomes, our_outcomes


def refs(text: str, **more: frozenset[str]) -> list[references.Reference]:
    diags = Diagnostics()
    found = references.references(parse_expression(SourceFile("x.tf", text), diags), diags, **more)
    assert not len(diags), list(diags)
    return found


def test_kinds() -> None:
    found = refs(
        "[aws_x.y, data.a.b.c, ephemeral.e.f, var.v.w, local.l[0], module.m, path.root, terraform.workspace,"
        " count.index, each.value.q, self.id, resource.a.b]"
    )
    assert [reference.subject for reference in found] == [
        ("resource", "managed", "aws_x", "y"),
        ("resource", "data", "a", "b"),
        ("resource", "ephemeral", "e", "f"),
        ("var", "v"),
        ("local", "l"),
        ("module", "m"),
        ("path", "root"),
        ("terraform", "workspace"),
        ("count", "index"),
        ("each", "value"),
        ("self",),
        ("resource", "managed", "a", "b"),
    ]
    assert [str(reference) for reference in found[:3]] == ["aws_x.y", "data.a.b", "ephemeral.e.f"]


@pytest.mark.parametrize(
    ("text", "key", "output", "rest", "shown", "object_shown"),
    [
        ("a.b.c", None, None, 1, "a.b", "a.b"),
        ('a.b["k"].c[0]', "k", None, 2, 'a.b["k"]', "a.b"),
        ("a.b[0]", 0, None, 0, "a.b[0]", "a.b"),
        ("data.a.b[2].c", 2, None, 1, "data.a.b[2]", "data.a.b"),
        ("module.m", None, None, 0, "module.m", "module.m"),
        ("module.m.out.x", None, "out", 1, "module.m.out", "module.m"),
        ('module.m["k"].out', "k", "out", 0, 'module.m["k"].out', "module.m"),
        ("module.m[0]", 0, None, 0, "module.m[0]", "module.m"),
        ("var.a.b", None, None, 1, "var.a", "var.a"),
    ],
)
def test_parts(text: str, key: object, output: str | None, rest: int, shown: str, object_shown: str) -> None:
    (reference,) = refs(text)
    assert (reference.key, reference.output, len(reference.steps)) == (key, output, rest)
    assert reference.range.text == shown
    assert reference.object_range.text == object_shown


def test_for_variables_hide_references() -> None:
    found = refs("[for a, b in var.c : [a.x, b.y, d.e, [for d in b : d.f]] if a.z]")
    assert [str(reference) for reference in found] == ["var.c", "d.e"]


def test_local_names_and_object_keys() -> None:
    found = refs('{ k = setting.value, (j.i) = 1, l.m = 2, "${n.o}" = 3 }', local_names=frozenset({"setting"}))
    assert [str(reference) for reference in found] == ["j.i", "l.m", "n.o"]


def test_names_of_types_are_no_references() -> None:
    assert [str(reference) for reference in refs("convert(var.a, list(object({ a = string, b = any })))")] == ["var.a"]


def test_names_of_test_files() -> None:
    assert [reference.kind for reference in refs("[run.a.b, output.c]", extra_roots=references.TEST_ROOTS)] == [
        "run",
        "output",
    ]
    assert [reference.kind for reference in refs("[run.a.b, output.c]")] == ["resource", "resource"]


def test_everywhere() -> None:
    text = '"${a.b} %{ if c.d }${e.f}%{ else }${g.h}%{ endif }%{ for x in i.j }${x}${k.l}%{ endfor }"'
    assert [str(reference) for reference in refs(text)] == ["a.b", "c.d", "e.f", "g.h", "i.j", "k.l"]
    assert [str(reference) for reference in refs("a.b[c.d].e[*].f[g.h]")] == [
        "a.b",
        "c.d",
        "g.h",
    ]


def test_deep_nesting() -> None:
    depth = 10_000
    assert len(refs("[" * depth + "a.b" + "]" * depth)) == 1


MALFORMED = [
    "data.x", "data", 'data["x"]', "data.x[0].y", "resource.x[0].y", "ephemeral.x[0].y", "list.x[0].y",
    "action.x[0].y", 'data["x"].y', 'resource["x"].y', 'ephemeral["x"].y', 'list["x"].y', "data.x[0]",
    "module.m[0][1]", "a.b[1.5]", "a.b[true]", "a.b[null].c", "module.m[1.5]", "data.a.b[null]", "x[0].y", "var",
    'var["x"]', "local", "local[0]", "module", 'module["x"]', "path", 'path["module"]', "terraform", "count",
    "count[0]", "each", 'each["key"]', "resource", "resource.x", "ephemeral.x", "ephemeral", "terraform_data",
    'terraform_data["u"]', "foo", "lazy.x", "template.x", "arg.x", "action.x", "action", "list.x", "list",
    "count.foo", "count.index", "each.foo", "each.key", "self", "self.id", "upper(string)", "string", "number[0]",
    "[for x in data: x]", "convert(1, foo)", "convert(1, list(map))", "convert(1, data.x)",
    "try(path.modul, 1)", "try(each.key, 1)", "try(self.id, each.key, 1)", "[for x in []: count.index]", "try(terraform.env, 1)",
    "false ? each.value : 1", "can(count.foo)", "[path.cmd, upper([])]", "try(var, 1)",
]  # fmt: skip


def test_malformed(tmp_path: Path) -> None:
    found = differences(MALFORMED, oracle_outcomes(tmp_path, MALFORMED), our_outcomes(MALFORMED))
    assert not found, "\n".join(found)


def test_opentofus_name_for_terraform() -> None:
    """`tofu` is another name for `terraform` in OpenTofu's files; in Terraform's it is a type of resources."""
    for file, kind in (("x.tofu", "terraform"), ("x.tofu.json", "terraform"), ("x.tf", "resource")):
        (found,) = references.references(parse_expression(SourceFile(file, "tofu.workspace"), Diagnostics()))
        assert found.kind == kind
