"""Errors and warnings as text, compared with Terraform on faulty configurations."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from iacctl.diag import Diagnostic, SourceFile
from iacctl.views.human import diagnostics
from iacctl.views.human.style import wrap
from iacctl.views.terminal import Terminal

from . import builders, terraform

FAULTY = {
    "an argument that is not expected": 'resource "terraform_data" "a" {\n  inpt = 1\n}\n',
    "several errors": 'variable "x" {\n  type = string\n  defalt = 1\n}\nmodule "m" {\n}\n',
    "an expression over several lines": 'locals {\n  b = {\n    x = 1 +\n        "a" +\n  true ? 1 : "x"\n  }\n}\n',
    "references": 'output "a" {\n  value = terraform_data.nope.x\n}\noutput "b" {\n  value = var.nope + local.zip\n}\n',
    "values of references": 'locals {\n  n = "a"\n}\noutput "o" {\n  value = local.n + upper(5)\n}\n',
    "function calls": 'output "o" {\n  value = cidrsubnet("10.0.0.0/8", 2)\n}\noutput "q" {\n  value = format("%d", "a")\n}\n',
    "characters beyond ASCII": '# é\nlocals {\n  é = cidrhost("é", "日本", nope.x)\n}\n',
    "an open string": 'locals {\n  a = "abc\n}\n',
    "Windows line ends": "locals {\r\n  a = cidrhost(\r\n   1)\r\n}\r\n",
    "tabs": "locals {\n\ta = nope.x\n\t\tb\t=\tvar.z\n}\n",
    "warnings of a kind": "".join(
        f'resource "terraform_data" "{name}" {{\n  lifecycle {{\n    ignore_changes = [id, output]\n  }}\n}}\n'
        for name in "abc"
    ),
}


def _shown(document: str, source: Path, color: bool) -> tuple[str, str]:
    found = [
        builders.diagnostic(item, {source.name: SourceFile.from_bytes(source.name, source.read_bytes())})
        for item in json.loads(document)["diagnostics"]
    ]
    out, err = io.StringIO(), io.StringIO()
    diagnostics.show(found, Terminal(out, err, color=color))
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize("name", FAULTY)
def test_diagnostics_of(name: str, tmp_path: Path) -> None:
    source = tmp_path / "main.tf"
    source.write_bytes(FAULTY[name].encode())
    document = terraform.run(tmp_path, "validate", "-json").out
    for color, flags in ((False, ("-no-color",)), (True, ())):
        said = terraform.run(tmp_path, "validate", *flags)
        out, err = _shown(document, source, color)
        assert err == said.err
        assert said.out.startswith(out)


def test_an_address_and_values_of_a_failed_condition(tmp_path: Path) -> None:
    source = SourceFile("main.tf", "  condition = var.a == 2\n", lambda _: 'resource "a" "b"')
    item = Diagnostic(
        "error", "Resource precondition failed", "No.", source.range(14, 24), values=(("var.a", "is 1"),), address="a.b"
    )
    assert diagnostics.render(item, color=False, columns=78) == (
        "\nError: Resource precondition failed\n\n"
        '  with a.b,\n  on main.tf line 1, in resource "a" "b":\n   1:   condition = var.a == 2\n'
        "    ├────────────────\n    │ var.a is 1\n\nNo.\n"
    )


def test_compact_warnings(tmp_path: Path) -> None:
    tmp_path.joinpath("main.tf").write_text(FAULTY["warnings of a kind"])
    terraform.succeed(tmp_path, "init")
    planned = terraform.succeed(tmp_path, "plan", "-compact-warnings")
    source = tmp_path / "main.tf"
    document = json.loads(terraform.run(tmp_path, "validate", "-json").out)
    found = [
        builders.diagnostic(item, {"main.tf": SourceFile.from_bytes("main.tf", source.read_bytes())})
        for item in document["diagnostics"]
    ]
    out = io.StringIO()
    diagnostics.show(found, Terminal(out, io.StringIO(), color=True), compact_warnings=True)
    assert out.getvalue() in planned


def test_wrapping() -> None:
    text = "one two three\n  indented lines stay as long as they are\nfour\u00a0five six"
    assert wrap(text, 9) == "one two\nthree\n  indented lines stay as long as they are\nfour\u00a0five\nsix"
    assert wrap("a wordthatistoolong b", 6) == "a\nwordthatistoolong\nb"
    assert wrap("untouched at no width", 1) == "untouched at no width"
