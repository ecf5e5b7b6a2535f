"""Functions that providers define, called from a configuration."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from iacctl import values
from iacctl_providers import sdk

from .project import texts

if TYPE_CHECKING:
    from .project import Project

COUNTER = itertools.count()


@sdk.function(
    sdk.Parameter("separator", sdk.string),
    variadic=sdk.Parameter("parts", sdk.string, allow_null=True),
    returns=sdk.string,
)
def glue(separator: str, *parts: str | None) -> str:
    """Puts texts together."""
    return separator.join("null" if part is None else part for part in parts)


@sdk.function(sdk.Parameter("value", sdk.dynamic, allow_unknown=True), returns=sdk.boolean)
def known(value: Any) -> bool:
    """Says whether a value is known."""
    return sdk.is_known(value)


@sdk.function(returns=sdk.integer)
def next_number() -> int:
    """Gives another number each time."""
    return next(COUNTER)


@sdk.function(sdk.Parameter("n", sdk.integer), returns=sdk.integer)
def inverse(n: int) -> int:
    """Has a bug."""
    return 1 // n


class Tools(sdk.Provider):
    """Nothing but functions."""

    functions = {"glue": glue, "known": known, "next_number": next_number, "inverse": inverse}  # noqa: RUF012


HEAD = """
terraform {
  required_providers {
    tools = { source = "example.com/demo/tools" }
    files = { source = "hashicorp/local" }
    clock = { source = "hashicorp/time" }
  }
}
resource "terraform_data" "u" {}
variable "secret" {
  default   = "s"
  sensitive = true
}
"""


@pytest.fixture
def tools(project: Project) -> Project:
    project.providers["example.com/demo/tools"] = lambda: sdk.serve(Tools)
    return project


def outputs(project: Project, **expressions: str) -> dict[str, Any]:
    blocks = [f'output "{name}" {{\n  sensitive = true\n  value = {text}\n}}\n' for name, text in expressions.items()]
    project.folder.joinpath("main.tf").write_text(HEAD + "".join(blocks))
    planned = project.plan()
    assert not planned.diagnostics.has_errors, texts(planned.diagnostics)
    assert planned.plan is not None
    return {name: change.after for name, change in planned.plan.outputs.items()}


def problems(project: Project, text: str, head: str = HEAD) -> list[str]:
    project.folder.joinpath("main.tf").write_text(head + f'output "o" {{\n  value = {text}\n}}\n')
    return texts(project.plan().diagnostics)


def test_results(tools: Project) -> None:
    found = outputs(
        tools,
        none='provider::tools::glue("-")',
        three='provider::tools::glue("-", "a", null, 1)',
        spread='provider::tools::glue("-", ["a", "b"]...)',
        lazy="provider::tools::known(terraform_data.u.id)",
        directory='provider::files::direxists(".")',
        nothing='provider::files::direxists("nowhere")',
        year='provider::clock::rfc3339_parse("2023-07-25T23:43:16Z").year',
        loop='[for x in ["a", "b"] : provider::tools::glue("", x, x)]',
        hours='provider::clock::duration_parse("90m").hours',
    )
    assert found["none"] == ""
    assert found["three"] == "a-null-1"
    assert found["spread"] == "a-b"
    assert found["lazy"] is False
    assert (found["directory"], found["nothing"], found["year"]) == (True, False, 2023)
    assert found["loop"] == ("aa", "bb")
    assert str(found["hours"]) == "1.5"


def test_unknown_and_sensitive_arguments(tools: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tools.folder)
    found = outputs(
        tools,
        unknown='provider::tools::glue("-", terraform_data.u.id)',
        sensitive='issensitive(provider::tools::glue("-", var.secret))',
        both="issensitive(provider::tools::glue(var.secret, terraform_data.u.id))",
        attempt='try(provider::files::direxists("main.tf"), "no directory")',
    )
    unknown = found["unknown"]
    assert isinstance(unknown, values.Unknown)
    assert unknown.type is values.STRING
    assert (found["sensitive"], found["both"], found["attempt"]) == (True, True, "no directory")


def test_modules_have_names_of_their_own(tools: Project) -> None:
    call = 'module "m" {\n  source = "./m"\n}\noutput "o" {\n  value = module.m.o\n}\n'
    tools.folder.joinpath("main.tf").write_text(call)
    required = (
        'terraform {\n  required_providers {\n    t = {\n      source = "example.com/demo/tools"\n    }\n  }\n}\n'
    )
    tools.write_module("m", required + 'output "o" {\n  value = provider::t::glue("", "a", "b")\n}\n')
    tools.install(m="m")
    planned = tools.plan()
    assert not planned.diagnostics.has_errors, texts(planned.diagnostics)
    assert planned.plan is not None and planned.plan.outputs["o"].after == "ab"
    tools.write_module("m", required + 'output "o" {\n  value = provider::tools::glue("", "a", "b")\n}\n')
    (problem,) = texts(tools.plan().diagnostics)
    assert 'Ensure that provider name "tools" is declared' in problem


FAILED = "error: Error in function call: Call to function"
WRONG = "error: Invalid function argument: Invalid value for"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            'provider::tools::glu("-")',
            'error: Unknown provider function: The function "glu" is not available from the provider "tools".',
        ),
        ("provider::tools::glue()", "error: Not enough function arguments: Function"),
        ("provider::tools::glue(null)", f'{WRONG} "separator" parameter: argument must not be null.'),
        ('provider::tools::glue("", [])', f'{WRONG} "parts" parameter: string required, but have tuple.'),
        (
            'provider::files::direxists("main.tf")',
            f'{WRONG} "path" parameter: Invalid file mode detected: "main.tf" was found, but is not a directory.',
        ),
        (
            'provider::clock::rfc3339_parse("x")',
            f'{WRONG} "timestamp" parameter: Error parsing RFC3339 timestamp: "x" is not a valid RFC3339 timestamp.',
        ),
        (
            "provider::tools::inverse(0)",
            f'{FAILED} "provider::tools::inverse" failed: the provider example.com/demo/tools failed: ZeroDivisionError:',
        ),
        (
            "[provider::tools::next_number(), provider::tools::next_number()]",
            f'{FAILED} "provider::tools::next_number" failed: function returned an inconsistent result.',
        ),
    ],
)
def test_refusals(tools: Project, text: str, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tools.folder)
    found = problems(tools, text)
    assert len(found) == 1
    assert found[0].startswith(problem), found


def test_results_that_change_between_plan_and_apply(tools: Project) -> None:
    folder = tools.folder / "d"
    tools.folder.joinpath("main.tf").write_text(
        HEAD + f'resource "terraform_data" "d" {{\n  input = provider::files::direxists("{folder}")\n}}\n'
    )
    applied = tools.apply(fails=True, before=lambda plan: folder.mkdir())
    (problem,) = texts(applied.diagnostics)
    assert problem.endswith('"provider::files::direxists" failed: function returned an inconsistent result.')
