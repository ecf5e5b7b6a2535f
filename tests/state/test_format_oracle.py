"""Byte for byte what Terraform writes, over files that it wrote and files that it was given."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from iacctl_state.reader import parse
from iacctl_state.writer import serialize

from .samples import PROVIDER
from .terraform import terraform

CONFIGURATIONS = {
    "values": """
        variable "s" {
          default   = "x<>&\\u2028 é 😀 \\u007f \\u0001"
          sensitive = true
        }
        resource "terraform_data" "a" {
          input = {
            n = 1.5, big = 1.5e30, tiny = 0.000000125, third = 1 / 3, s = var.s, b = true, e = [], o = {}, nul = null
            l = [1, "a", [true]], minus = -7
          }
        }
        output "o" {
          value     = terraform_data.a.output
          sensitive = true
        }
        output "third" { value = 1 / 3 }
        output "l" { value = tolist(["a", "b"]) }
        output "em" { value = [] }
        output "n" { value = null }
    """,
    "instances": """
        resource "terraform_data" "c" {
          count = 12
          input = count.index
        }
        resource "terraform_data" "e" {
          for_each         = toset(["b", "a", "é", "A\\"q", "<", "10", "9"])
          input            = terraform_data.c[0].output
          triggers_replace = [each.key]
          lifecycle { create_before_destroy = true }
        }
        resource "terraform_data" "z" { depends_on = [terraform_data.e, terraform_data.c] }
    """,
    "modules": """
        module "m" {
          source   = "./m"
          for_each = toset(["k1", "k\\"2"])
        }
        module "z" {
          source = "./m"
          count  = 11
        }
        data "terraform_remote_state" "x" {
          backend  = "local"
          config   = { path = "./none.tfstate" }
          defaults = { a = 1 }
        }
        check "c" {
          assert {
            condition     = length(module.z) == 1
            error_message = "oops <b>"
          }
        }
    """,
}
MODULE = """
resource "terraform_data" "in" { input = "hello" }
resource "terraform_data" "dep" { depends_on = [terraform_data.in] }
output "x" {
  value = 1
  precondition {
    condition     = terraform_data.in.output == "hello"
    error_message = "bad"
  }
}
"""


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_file_that_terraform_wrote_is_written_again_the_same(name: str, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(CONFIGURATIONS[name])
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text(MODULE)
    (tmp_path / "none.tfstate").write_text('{"version": 4, "outputs": {"q": {"value": 1, "type": "number"}}}')
    terraform(tmp_path, "init")
    terraform(tmp_path, "apply", "-auto-approve")
    file = tmp_path / "terraform.tfstate"
    assert serialize(parse(file.read_bytes())) == file.read_bytes()
    terraform(tmp_path, "taint", "-allow-missing", "terraform_data.c[3]")
    terraform(tmp_path, "taint", "-allow-missing", "terraform_data.a")
    assert serialize(parse(file.read_bytes())) == file.read_bytes()
    assert "No changes" in terraform(tmp_path, "plan", "-refresh-only").stdout


def pulled(folder: Path, data: Any) -> bytes:
    """What Terraform makes of a state document when it reads and writes it."""
    (folder / "terraform.tfstate").write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False))
    return terraform(folder, "state", "pull").stdout.removesuffix("\n").encode()  # the command adds a line break


ODD = r"""
{"version":4,"terraform_version":"1.0.3","serial":7,"lineage":"l<",
"outputs":{"b":{"value":1,"type":"number"},
  "a":{"type":"string","value":"\u0041<\/script>\u007f\b\f\u0001\ud83d\ude00","sensitive":false},
  "é":{"value":[],"type":["list","string"]},"Z":{"value":true,"type":"bool"}},
"resources":[
 {"mode":"managed","type":"t","name":"flat","provider":"provider.aws","each":"list","instances":[
   {"index_key":2,"schema_version":1,"attributes_flat":{"b":"1","a":"2"},"depends_on":["a.b"],
    "dependencies":["z.z","a.b","module.x.a.b"]},
   {"index_key":10,"schema_version":1,"attributes":{"z":1.50,"a":  [ ] , "q":{}, "e":1E3},"private":"aGVsbG8="},
   {"schema_version":1,"attributes":{"a":1},"status":"tainted","create_before_destroy":true,
    "identity":{"b":1,"a":2},"identity_schema_version":3},
   {"index_key":-1},{"index_key":3.0,"attributes":null,"private":""}]},
 {"module":"module.b","mode":"managed","type":"t","name":"n","provider":"provider[\"x.io/y/aws\"].x","instances":[]},
 {"mode":"managed","type":"t","name":"keyed","provider":"provider.aws","each":"map","instances":[
   {"index_key":"x","schema_version":1,"attributes":{},"deposed":"00000002"},
   {"index_key":"x","schema_version":1,"attributes":{}, "status":"tainted"},
   {"index_key":"x","schema_version":1,"attributes":{},"deposed":"00000001"},
   {"index_key":"b"},{"deposed":"0000000a"}]},
 {"mode":"data","type":"t","name":"n","provider":"provider[\"x.io/y/aws\"].x","instances":[{"attributes":{"a":1},
  "sensitive_attributes":[[{"type":"get_attr","value":"b"}],[{"type":"get_attr","value":"a"},
  {"type":"index","value":{"value":0,"type":"number"}},{"type":"index","value":{"value":"k","type":"string"}}]]}]},
 {"module":"module.a[10]","mode":"managed","type":"t","name":"n","provider":"module.a.provider[\"x.io/y/aws\"]",
  "instances":[{"attributes":{"a":1}}]},
 {"module":"module.a[9]","mode":"managed","type":"t","name":"n","provider":"provider[\"x.io/y/aws\"]",
  "instances":[{"attributes":{"a":1}}]},
 {"module":"module.a[9]","mode":"managed","type":"t","name":"n","provider":"provider[\"x.io/y/b\"]",
  "instances":[{"index_key":"two","attributes":{"a":1}}]}],
"check_results":[]}
"""


@pytest.mark.parametrize(
    "text",
    [
        ODD,
        '{"version": 4}',
        '{"version": 4, "terraform_version": "9.9.9", "resources": null, "outputs": null, "serial": 18446744073709551615}',
    ],
)
def test_an_odd_file_is_normalized_as_terraform_does(text: str, tmp_path: Path) -> None:
    assert serialize(parse(text)).decode() == pulled(tmp_path, text).decode()


def test_random_files_are_normalized_as_terraform_does(tmp_path: Path) -> None:
    dice = random.Random(4)
    alphabet = 'aZ0_-é<&\u2028\n\t"\\\u0001😀'

    def word() -> str:
        return "".join(dice.choice(alphabet) for _ in range(dice.randint(1, 5)))

    def value(depth: int = 0) -> Any:
        kind = dice.randrange(8 if depth < 3 else 5)
        if kind == 5:
            return [value(depth + 1) for _ in range(dice.randrange(4))]
        if kind > 5:
            return {word(): value(depth + 1) for _ in range(dice.randrange(4))}
        return [None, True, dice.randint(-9, 10**20), word(), ""][kind]

    for _ in range(12):
        resources = []
        for index in range(dice.randrange(8)):
            keys: list[Any] = dice.choice([[None], [0, 1, 10, 2], ["b", "a", "é", "A"], [None, 1, 0]])
            instances: list[dict[str, Any]] = []
            for key in keys:
                fields: dict[str, Any] = {"attributes": {word(): value() for _ in range(dice.randrange(5))}}
                if key is not None:
                    fields["index_key"] = key
                if dice.random() < 0.2:
                    fields["status"] = "tainted"
                if dice.random() < 0.2:
                    fields["deposed"] = f"{dice.randrange(16**8):08x}"
                if dice.random() < 0.2:
                    fields["private"] = "aGVsbG8="
                instances.append(fields)
            dice.shuffle(instances)
            module = dice.choice(["", "module.a", 'module.a["x"].module.b[0]', "module.a[10]", "module.a[2]"])
            head: dict[str, Any] = {"module": module} if module else {}
            head |= {"mode": dice.choice(["managed", "data"]), "type": "t", "name": f"n{index}", "provider": PROVIDER}
            resources.append({**head, "instances": instances})
        dice.shuffle(resources)
        data = {"version": 4, "serial": 1, "lineage": word(), "resources": resources}
        data["outputs"] = {f"o{word()}": {"value": word(), "type": "string", "sensitive": True} for _ in range(3)}
        assert serialize(parse(json.dumps(data))).decode() == pulled(tmp_path, data).decode()
