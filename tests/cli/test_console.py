"""`console` gives what Terraform's gives: values, types, errors, from pipes and from the keyboard."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from iacctl.hcl.completeness import still_open
from iacctl.ops.console import Console
from iacctl.session import Session
from iacctl.views.human import diagnostics, values
from iacctl.views.terminal import Terminal
from tests.cli.tools import TERRAFORM, run, watch, write

MAIN = """
variable "s" {
  default = "hello"
}
variable "unset" {
  type = string
}
variable "secret" {
  default   = "secret"
  sensitive = true
}
variable "passing" {
  type      = string
  default   = "passing"
  ephemeral = true
}
variable "o" {
  type    = object({ a = number, b = optional(list(string), ["x"]) })
  default = { a = 1 }
}
locals {
  l       = [1, 2, 3]
  m       = { a = 1, "b c" = [true, null] }
  stored  = terraform_data.one.output
  unknown = var.unset
  now     = timestamp() != ""
}
resource "terraform_data" "one" {
  input = "changed"
}
resource "terraform_data" "counted" {
  count = 1
}
resource "terraform_data" "each" {
  for_each = toset(["a", "z"])
}
resource "terraform_data" "new" {
  input = "new"
}
resource "terraform_data" "new_counted" {
  count = 2
}
resource "terraform_data" "faulty" {
  nonsense = var.nope
}
data "terraform_remote_state" "unread" {
  backend = "local"
}
module "m" {
  source = "./mod"
  count  = 2
  x      = "v${count.index}"
}
module "one" {
  source = "./mod"
  x      = var.s
}
output "x" {
  value = terraform_data.new.id
}
"""
INNER = """
variable "x" {}
resource "terraform_data" "inner" {
  input = var.x
}
output "id" {
  value = terraform_data.inner.id
}
output "x" {
  value = var.x
}
"""


def stored(name: str, instances: dict[str | int | None, object], module: str = "") -> dict[str, object]:
    """A resource as a state file holds it; each instance by its input."""
    items = []
    for key, value in instances.items():
        dynamic = {"value": value, "type": "string"}
        attributes = {"id": f"id-{name}-{key}", "input": dynamic, "output": dynamic, "triggers_replace": None}
        item: dict[str, object] = {"schema_version": 0, "attributes": attributes, "sensitive_attributes": []}
        if key is not None:
            item["index_key"] = key
        if value == "hidden":
            item["sensitive_attributes"] = [[{"type": "get_attr", "value": "input"}]]
        items.append(item)
    found: dict[str, object] = {"module": module} if module else {}
    provider = 'provider["terraform.io/builtin/terraform"]'
    return {
        **found,
        "mode": "managed",
        "type": "terraform_data",
        "name": name,
        "provider": provider,
        "instances": items,
    }


STATE = {
    "version": 4,
    "terraform_version": "1.15.5",
    "serial": 1,
    "lineage": "00000000-0000-0000-0000-000000000000",
    "outputs": {},
    "resources": [
        stored("one", {None: "one"}),
        stored("counted", {0: "first", 1: "hidden"}),
        stored("each", {"a": "x\ny", "b": "b"}),
        stored("inner", {None: "inside"}, "module.m[0]"),
    ],
    "check_results": None,
}
MODULES = {
    "Modules": [
        {"Key": "", "Source": "", "Dir": "."},
        {"Key": "m", "Source": "./mod", "Dir": "mod"},
        {"Key": "one", "Source": "./mod", "Dir": "mod"},
    ]
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("console")
    files = {"main.tf": MAIN, "mod/main.tf": INNER, "terraform.tfstate": json.dumps(STATE)}
    write(path, {**files, ".terraform/modules/modules.json": json.dumps(MODULES)})
    return path


def both(folder: Path, text: str, *words: str) -> tuple[object, object]:
    words = ("console", "-no-color", *words)
    return run(folder, *words, program=TERRAFORM, stdin=text), run(folder, *words, stdin=text)


VALUES = """
var.s; var.unset; var.secret; var.passing; var.o; local.l; local.m; local.stored; local.unknown; local.now
terraform_data.one; terraform_data.counted; terraform_data.counted[1].input; terraform_data.counted[0].output
terraform_data.each; terraform_data.each["a"].input; terraform_data.new; terraform_data.new_counted
terraform_data.new_counted[0].id; terraform_data.faulty.input; terraform_data.new_counted[*].id
data.terraform_remote_state.unread; module.m; module.m[1].id; module.one; module.m[*].x
path.cwd == ""; path.module; path.root; terraform.workspace; terraform.applying
"${var.unset}x"; length(var.unset); upper(var.secret); nonsensitive(var.secret); issensitive(var.secret)
sensitive([1]); [sensitive(1), 2]; { (var.s) = sensitive("x") }; ephemeralasnull(var.passing)
null; tostring(null); tolist(null); tomap({}); toset([2, 1, 2]); tolist([]); {}; []; "a\\nb"; "\\t\\u0001\\"é$${a}"
1.1 * 1.1; 1 / 3; 123456789012345678901234567890; -0; 1 == "1"; timestamp() == ""; uuid() == ""; file("main.tf") == ""
var.unset == "" ? 1 : 2; [for x in local.l : x * 2]; { for k, v in local.m : k => v }; core::upper("a")
provider::terraform::encode_expr([1]) == ""; try(terraform_data.counted[9], "none"); can(local.l[7])
"""
LISTED = [text.strip() for line in VALUES.strip().splitlines() for text in line.split("; ")]


def test_values_are_terraforms(folder: Path) -> None:
    wanted = [text for text in LISTED if not text.startswith("provider::")]
    theirs, ours = both(folder, f"[{', '.join(wanted)}]\n")
    assert ours == theirs


@pytest.fixture(scope="module")
def console(folder: Path) -> Console:
    return Session(str(folder), origin=str(folder)).console()


def shown(console: Console, text: str) -> tuple[int, str]:
    """The exit code for a line, and what is printed."""
    answer = console.evaluate(text)
    if not answer.diagnostics.has_errors:
        return 0, (answer.type_text or values.text(answer.value)) + "\n"
    printed = io.StringIO()
    diagnostics.show(answer.diagnostics, Terminal(printed, printed), spaced=True)
    return 1, printed.getvalue()


SINGLE = (
    "type(var.o)",
    "type(terraform_data.new)",
    "type(module.m)",
    "type([1, null, var.secret])",
    "type(type(1))",
    "[type(1)]",
    "foo",
    "foo.bar",
    "var.nope",
    "local.nope",
    "module.nope",
    "module.one.nope",
    "output.x",
    "terraform_data.counted[7]",
    "terraform_data.counted.id",
    "terraform_data.one.nope",
    "count.index",
    "self",
    "no_such_function()",
    "plantimestamp()",
    "upper(1, 2)",
    "1 +",
    '"é" + 1',
    "1 2",
)


@pytest.mark.parametrize("text", SINGLE)
def test_what_stands_alone_is_terraforms(folder: Path, console: Console, text: str) -> None:
    theirs = run(folder, "console", "-no-color", program=TERRAFORM, stdin=f"{text}\n")
    assert shown(console, text) == (theirs.code, theirs.out + theirs.err)


PIPED = ("1\nfoo\n2\n", "1\n2", "exit\n2\n", "\n\n", '"abc\n"\n', "[1", "\t1 # c\r\n")


@pytest.mark.parametrize("text", PIPED)
def test_pipes_are_read_as_terraform_reads_them(folder: Path, text: str) -> None:
    theirs, ours = both(folder, text)
    assert ours == theirs


PLANNED = """
variable "unset" {}
resource "terraform_data" "new" {
  input = "new"
}
resource "terraform_data" "new_counted" {
  count = 2
  input = count.index
}
"""


def test_the_plan_can_be_looked_at(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": PLANNED})
    text = "[terraform_data.new, terraform_data.new_counted[1].input, var.unset, timestamp()]\n"
    theirs, ours = both(tmp_path, text, "-plan")
    assert ours == theirs


PROBLEMS = {
    "values": 'locals {\n  bad = tonumber("${var.s}")\n  after = local.bad\n  nothing = local.none\n}\n',
    "conditions": """
variable "v" {
  default = 1
  validation {
    condition     = var.v > 1
    error_message = "Too small."
  }
}
""",
    "syntax": "a {\n",
    "cycle": "locals {\n  b = local.c\n  c = local.b\n}\n",
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_problems_of_the_configuration_are_told_first(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"main.tf": 'variable "s" {\n  default = "x"\n}\n', "other.tf": PROBLEMS[name]})
    theirs, ours = both(tmp_path, "local.after\n" if name == "values" else "var.s\n")
    if name == "cycle":  # which Terraform names in any order
        assert ours.code == theirs.code == 1 and "Error: Cycle: local.b (expand), local.c (expand)" in ours.err
    else:
        assert ours == theirs


def test_flags(folder: Path) -> None:
    for words in (["-var", "unset=given"], ["-var", "nope=1"], ["-state=nowhere.tfstate"], ["-bogus"], ["extra"]):
        theirs, ours = both(folder, "[var.unset, terraform_data.counted]\n", *words)
        assert ours == theirs


def test_people_get_a_prompt(folder: Path) -> None:
    script = [
        ("> ", "[1,\r"),
        (": ", "2]\r"),
        ("\r\n]\r\n", "local.nope\r"),
        ("declared", "\x1b[A\x1b[A\x1b[A\r"),  # the arrow goes back in the history
        (": ", "3]\r"),
        ("3,", "exit\r"),
    ]
    seen = watch(folder, "console", "-no-color", script=script)
    assert seen.code == 0
    assert "[\n  1,\n  2,\n]\n" in seen.text and "[\n  1,\n  3,\n]\n" in seen.text
    assert 'A local value with the name "nope" has not been declared' in seen.text


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_the_console_is_left_by_a_key(folder: Path, key: str) -> None:
    seen = watch(folder, "console", script=[("> ", key)])
    assert (seen.code, seen.text) == (0, "> \n")


@pytest.mark.parametrize(
    ("text", "pending"),
    [
        ("[1,\n", "["),
        ("f(\n# )\n", "("),
        ('"${\n', "ti"),
        ('"%{ if a\n', "tc"),
        ("<<E\nx [\n", "oh"),
        ("<<E\nx [\nE\n", ""),
        ('"abc\n', ""),
        ('"["\n', ""),
        ("{[}\n", ""),
        ("]\n", ""),
        ("1 +\n", ""),
    ],
)
def test_it_is_known_whether_an_expression_goes_on(text: str, pending: str) -> None:
    assert still_open(text) == pending
