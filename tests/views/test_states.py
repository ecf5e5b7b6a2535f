"""States, outputs and values as text, compared with Terraform."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from iacctl import values
from iacctl.addrs import Provider
from iacctl.provider.schema import ProviderSchema
from iacctl.values import types
from iacctl.views.human import state as states
from iacctl.views.human import values as notation
from iacctl.views.human.outputs import OutputHuman, OutputRaw
from iacctl.views.human.show import ShowHuman
from iacctl.views.terminal import Terminal
from iacctl_state.document import StateDocument
from iacctl_state.reader import parse

from . import builders, terraform

MODULE = """
resource "terraform_data" "z" {
  input = sensitive("x")
}
data "terraform_remote_state" "other" {
  backend  = "local"
  config   = { path = "other.tfstate" }
  defaults = { z = 1 }
}
resource "terraform_data" "counted" {
  count = 11
}
"""
SOURCE = """
resource "terraform_data" "r" {
  input    = { a = tolist(["x"]), m = tomap({ q = "e" }), s = toset([1]), n = null, j = jsonencode({ k = [1] }) }
  for_each = toset(["a b"])
}
module "m" {
  source = "./m"
  count  = 2
}
output "a" { value = "x" }
output "list" { value = tolist(["a"]) }
output "secret" {
  value     = "hidden"
  sensitive = true
}
output "number" { value = 1.50 }
output "lines" { value = "a\\nb <>&" }
output "object" { value = { a = null, b = tostring(null), c = [], "d e" = tomap({ x = 1 }) } }
"""
OTHER = {
    "version": 4,
    "terraform_version": "1.15.5",
    "serial": 1,
    "lineage": "l",
    "outputs": {"hello": {"value": "w", "type": "string"}},
    "resources": [],
}


class Declared:
    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document["provider_schemas"]

    def schema(self, source: Provider, /) -> ProviderSchema:
        found = self._document[str(source)]
        return ProviderSchema(
            resources={name: builders.schema(item) for name, item in found.get("resource_schemas", {}).items()},
            data_sources={name: builders.schema(item) for name, item in found.get("data_source_schemas", {}).items()},
        )


class Applied:
    """A folder with a state, and what that is to us."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.joinpath("m").mkdir()
        folder.joinpath("main.tf").write_text(SOURCE)
        folder.joinpath("m", "main.tf").write_text(MODULE)
        folder.joinpath("other.tfstate").write_text(json.dumps(OTHER))
        terraform.succeed(folder, "init")
        terraform.succeed(folder, "apply", "-auto-approve")
        self.state: StateDocument = parse(folder.joinpath("terraform.tfstate").read_bytes())
        self.declared = Declared(json.loads(terraform.succeed(folder, "providers", "schema", "-json")))


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Applied:
    return Applied(tmp_path_factory.mktemp("applied"))


def _terminal() -> tuple[Terminal, io.StringIO]:
    out = io.StringIO()
    return Terminal(out, io.StringIO()), out


def test_show(applied: Applied) -> None:
    for color, flags in ((False, ("-no-color",)), (True, ())):
        expected = terraform.succeed(applied.folder, "show", *flags)
        assert states.text(applied.state, applied.declared, color=color) == expected


def test_show_of_tainted_and_deposed_objects_and_modules_alone(applied: Applied) -> None:
    document = json.loads(applied.folder.joinpath("terraform.tfstate").read_text())
    document["outputs"] = {}
    document["resources"] = [item for item in document["resources"] if item.get("module")]
    for item in document["resources"]:
        if item["name"] == "z":
            item["instances"][0]["status"] = "tainted"
            item["instances"].append({**item["instances"][0], "status": None, "deposed": "aabbccdd"})
            del item["instances"][1]["status"]
    path = applied.folder / "odd.tfstate"
    path.write_text(json.dumps(document))
    expected = terraform.succeed(applied.folder, "show", "-no-color", path.name)
    assert states.text(parse(path.read_bytes()), applied.declared, color=False) == expected


def test_show_of_nothing(tmp_path: Path, applied: Applied) -> None:
    terminal, out = _terminal()
    ShowHuman(terminal).state(None, applied.declared)
    assert out.getvalue() == terraform.succeed(tmp_path, "show")
    tmp_path.joinpath("empty.tfstate").write_text(json.dumps({**OTHER, "outputs": {}}))
    assert states.text(StateDocument(), applied.declared, color=False) == terraform.succeed(
        tmp_path, "show", "empty.tfstate"
    )


def test_output(applied: Applied) -> None:
    terminal, out = _terminal()
    OutputHuman(terminal).all(applied.state.outputs)
    assert out.getvalue() == terraform.succeed(applied.folder, "output")


@pytest.mark.parametrize("name", ["a", "list", "secret", "number", "lines", "object", "nope"])
@pytest.mark.parametrize("raw", [False, True], ids=["plain", "raw"])
def test_one_output(applied: Applied, name: str, raw: bool) -> None:
    said = terraform.run(applied.folder, "output", "-no-color", *(["-raw"] if raw else []), name)
    out, err = io.StringIO(), io.StringIO()
    view = (OutputRaw if raw else OutputHuman)(Terminal(out, err))
    fine = view.one(name, applied.state.outputs)
    assert (out.getvalue(), err.getvalue(), fine) == (said.out, said.err, said.code == 0)


def test_no_outputs(tmp_path: Path) -> None:
    terminal, out = _terminal()
    OutputHuman(terminal).all({})
    assert out.getvalue() == terraform.succeed(tmp_path, "output", "-no-color")


def test_notation_of_values() -> None:
    object_type = types.object_of({"x": types.STRING})
    value = values.object_value(
        {
            "empty": (),
            "nothing": {},
            "set": values.set_value(types.NUMBER, [2, 1]),
            "text": 'tab\t"quoted" ${x}',
            "lines": "EOT\nb",
            "secret": values.mark("s", (values.SENSITIVE,)),
            "passing": values.mark("s", (values.EPHEMERAL,)),
            "later": values.unknown_of(types.STRING),
            "a": values.null_of(types.STRING),
            "b": values.null_of(types.list_of(types.NUMBER)),
            "c": values.null_of(types.map_of(types.list_of(types.STRING))),
            "d": values.null_of(object_type),
            "e": values.null_of(types.tuple_of([types.STRING])),
            "f": None,
        }
    )
    assert notation.text(value).split("\n") == [
        "{",
        '  "a" = tostring(null)',
        '  "b" = tolist(null) /* of number */',
        '  "c" = tomap(null) /* of list of string */',
        '  "d" = null /* object */',
        '  "e" = null /* tuple */',
        '  "empty" = []',
        '  "f" = null',
        '  "later" = (known after apply)',
        '  "lines" = <<-EOT_',
        "  EOT",
        "  b",
        "  EOT_",
        '  "nothing" = {}',
        '  "passing" = (ephemeral value)',
        '  "secret" = (sensitive value)',
        '  "set" = toset([',
        "    1,",
        "    2,",
        "  ])",
        '  "text" = "tab\\t\\"quoted\\" ${x}"',
        "}",
    ]
