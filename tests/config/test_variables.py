"""Input variables: which value counts, how it is read, and what is said about values that do not fit, as in Terraform."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from iacctl import values
from iacctl.config import loader, variables
from iacctl.config.source import DirectorySource
from iacctl.config.variables import Option
from iacctl.diag import Diagnostics, shown_range

from .terraform import TESTS, Report, place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DECLARATIONS = """
variable "s" {
  default = "default"
}
variable "n" {
  type    = number
  default = 0
}
variable "l" {
  type    = list(string)
  default = []
}
variable "a" {
  type    = any
  default = null
}
variable "o" {
  type    = object({ x = number, y = optional(string, "why"), z = optional(bool) })
  default = null
}
variable "nn" {
  type     = string
  default  = "fallback"
  nullable = false
}
variable "secret" {
  type      = number
  default   = 1
  sensitive = true
}
"""
OUTPUTS = "".join(
    f'output "{name}" {{\n  value     = var.{name}\n  sensitive = true\n}}\n'
    for name in ("s", "n", "l", "a", "o", "nn", "secret")
)


class Scenario(NamedTuple):
    id: str
    arguments: tuple[tuple[str, str], ...] = ()
    environment: Mapping[str, str] = MappingProxyType({})
    files: Mapping[str, str] = MappingProxyType({})
    main: str = DECLARATIONS + OUTPUTS


FILES = {
    "terraform.tfvars": 's = "tfvars"\nn = 1\nl = ["tfvars"]\n',
    "terraform.tfvars.json": '{"s": "json", "n": "2", "a": "${1}"}',
    "b.auto.tfvars": 's = "b"\n',
    "a.auto.tfvars.json": '{"s": "a", "n": 3}',
}
SCENARIOS = [
    Scenario("defaults"),
    Scenario("environment", environment={"TF_VAR_s": "env", "TF_VAR_n": "5", "TF_VAR_l": '["x"]', "TF_VAR_a": "{p=1}"}),
    Scenario("unknown names in the environment", environment={"TF_VAR_zz": "1", "TF_VARS": "1", "TF_VAR_": "x"}),
    Scenario("tfvars over environment", environment={"TF_VAR_s": "env"}, files={"terraform.tfvars": 's = "file"'}),
    Scenario("automatic files", files=FILES),
    Scenario("hidden automatic file", files={".h.auto.tfvars": 's = "h"', "x.auto.tfvars~": 's = "backup"'}),
    Scenario("argument over files", (("var", "s=cli"),), files=FILES),
    Scenario(
        "last argument counts", (("var", "s=1"), ("var-file", "x"), ("var", "n=9")), files={"x": 's = "x"\nn = 8'}
    ),
    Scenario("file after argument", (("var", "s=1"), ("var-file", "x.json")), files={"x.json": '{"s": "x"}'}),
    Scenario("text is literal without type", (("var", 's=["a"]'), ("var", "n=0x10"))),
    Scenario("numbers as text", (("var", "n=1e3"), ("var", "s=${local.x}"))),
    Scenario("expressions for other types", (("var", 'l=["a", 1, true]'), ("var", 'a="text"'), ("var", "o={x=1}"))),
    Scenario("null", (("var", "l=null"), ("var", "o=null"), ("var", "s=null"))),
    Scenario("null for not nullable", files={"terraform.tfvars": "nn = null"}),
    Scenario("optional attributes", (("var", 'o={x="5", z="true"}'),)),
    Scenario("equals signs in the value", (("var", "s=a=b=c"),)),
    Scenario("empty value", (("var", "s="),)),
    Scenario("undeclared in one file", files={"terraform.tfvars": "zz = 1\n"}),
    Scenario("undeclared on the command line", (("var", "zz=1"), ("var", "yy=2"))),
    Scenario("no equals sign", (("var", "s"),)),
    Scenario("trailing space", (("var", "s =1"),)),
    Scenario("wrong number", (("var", "n=abc"),)),
    Scenario("wrong number in the environment", environment={"TF_VAR_n": "abc"}),
    Scenario("wrong number in a file", files={"terraform.tfvars": 'n = "abc"\n'}),
    Scenario("wrong type in a file", files={"terraform.tfvars": "l = {}\n"}),
    Scenario("wrong attribute", (("var", 'o={x="a"}'),)),
    Scenario("missing attribute", files={"x.auto.tfvars": "o = {}"}),
    Scenario("wrong sensitive value", files={"terraform.tfvars": 'secret = "abc"\n'}),
    Scenario("wrong sensitive argument", (("var", "secret=abc"),)),
    Scenario("reference in an argument", (("var", "l=local.x"),)),
    Scenario("call in an argument", (("var", 'a=upper("x")'),)),
    Scenario("references in a file", files={"terraform.tfvars": "s = local.x\nn = foo()\n"}),
    Scenario("syntax error in an argument", (("var", "l=["),)),
    Scenario("required variable", main='variable "r" {}\nvariable "q" {\n  type = number\n}\n'),
    Scenario(
        "required and not nullable",
        main='variable "r" {\n  nullable = false\n}\n',
        files={"terraform.tfvars": "r = null"},
    ),
]


def observed(scenario: Scenario, folder: Path) -> tuple[dict[str, Any], dict[str, Any], list[Report]]:
    """Terraform's values as given, as converted, and its diagnostics."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    environment.update(scenario.environment)
    options = [word for kind, value in scenario.arguments for word in (f"-{kind}", value)]

    def run(*words: str) -> str:
        command = [sys.executable, str(TESTS / "conformance/oracle.py"), *words]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        return done.stdout

    found: list[Report] = []
    for line in run("plan", "-json", "-input=false", "-out=p", *options).splitlines():
        item = json.loads(line).get("diagnostic")
        if item is not None:
            where = ""
            if "range" in item:
                at = item["range"]
                start, end = ((at[side]["line"], at[side]["column"]) for side in ("start", "end"))
                where = place(at["filename"], start, end)
            found.append(Report(item["severity"], where, item["summary"], item["detail"]))
    if any(item.severity == "error" for item in found):
        return {}, {}, found
    shown = json.loads(run("show", "-json", "p"))
    given = {name: item.get("value") for name, item in shown["variables"].items()}
    converted = {name: item.get("value") for name, item in shown["planned_values"]["outputs"].items()}
    return given, converted, found


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[item.id for item in SCENARIOS])
def test_as_terraform(scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "main.tf").write_text(scenario.main)
    for name, text in scenario.files.items():
        (tmp_path / name).write_text(text)
    expected_given, expected_values, expected = observed(scenario, tmp_path)
    monkeypatch.chdir(tmp_path)
    root = loader.load().root
    diags = Diagnostics()
    options = [Option(kind, value) for kind, value in scenario.arguments]  # type: ignore[arg-type]
    given = variables.gather(DirectorySource(), options, scenario.environment, diags)
    variables.check_undeclared(root.variables, given, diags)
    found = variables.values_of(root.variables, given, diags)
    ours = []
    for item in diags:
        where = ""
        if item.subject is not None:
            start, end = shown_range(item.subject)
            where = place(item.subject.file.name, (start.line, start.column), (end.line, end.column))
        ours.append(Report(item.severity, where, item.summary, item.detail))
    assert sorted(ours) == sorted(expected)
    if not diags.has_errors:
        assert encoded(found) == expected_values
        assert encoded(variables.as_given(root.variables, given)) == expected_given


def encoded(found: dict[str, Any]) -> dict[str, Any]:
    return {name: values.json.encode(value, values.type_of(value)) for name, value in found.items()}


def test_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    # Terraform reports this too, but plans on all the same.
    diags = Diagnostics()
    variables.gather(DirectorySource(str(tmp_path)), [Option("var-file", "nope.tfvars")], {}, diags)
    assert [str(item) for item in diags.errors] == [
        "Failed to read variables file; Given variables file nope.tfvars does not exist."
    ]


def test_declaration_in_a_variable_file(tmp_path: Path) -> None:
    (tmp_path / "x.tfvars").write_text('variable "s" {}\n')
    diags = Diagnostics()
    assert variables.gather(DirectorySource(str(tmp_path)), [Option("var-file", "x.tfvars")], {}, diags) == {}
    assert diags[0].summary == "Variable declaration in .tfvars file"
    assert "    s = <value>" in diags[0].detail


def test_prompt() -> None:
    diags = Diagnostics()
    from iacctl.config.model import Variable
    from iacctl.diag import SourceFile

    variable = Variable("n", SourceFile("main.tf", "x").range(0, 1))
    variable.type = values.NUMBER
    assert variables.read(variable, variables.from_prompt("n", "5"), diags) == (5,)
    assert variables.read(variable, variables.from_prompt("n", "x"), diags) is None
    assert diags[0].detail == "Unsuitable value for var.n set using an interactive prompt: a number is required."
