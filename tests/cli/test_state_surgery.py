"""Changing states by hand, beside Terraform: what is said, what the state files hold afterwards, which backups there are."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

from tests.cli.tools import TERRAFORM, Run, Step, both, run, succeed, write

MODULE = """\
resource "terraform_data" "i" {
  input = "y"
}
data "terraform_remote_state" "r" {
  backend = "local"
  config = {
    path = "other.json"
  }
}
"""
MAIN = """\
resource "terraform_data" "a" {
  input = "x"
}
resource "terraform_data" "c" {
  count = 2
  input = count.index
}
resource "terraform_data" "f" {
  for_each = toset(["p", "q"])
  input    = each.key
}
module "m" {
  source = "./m"
}
module "k" {
  source = "./m"
  count  = 2
}
output "o" {
  value = terraform_data.a.output
}
"""
OTHER = json.dumps(
    {
        "version": 4,
        "terraform_version": "1.15.5",
        "serial": 1,
        "lineage": "3f2b5a0c-1111-2222-3333-444455556666",
        "outputs": {},
        "resources": [],
    }
)
START: list[Step] = [
    {"main.tf": MAIN, "m/main.tf": MODULE, "other.json": OTHER},
    Run(["init", "-no-color"]),
    Run(["apply", "-auto-approve", "-no-color", "-json"]),
]


def _steps(text: str) -> list[Step]:
    import shlex

    return [Run([*shlex.split(line), "-no-color"]) for line in text.splitlines() if line]


HISTORIES = {
    "looking": """
state list
state list module.m
state list module.k terraform_data.a terraform_data.a
state list terraform_data.c
state list terraform_data.c[1]
state list terraform_data.c[5]
state list module.k[5]
state list module.k.terraform_data.i
state list module.k[0].terraform_data.i
state list nope.x
state list -id=nothing
state list -state=none
state show terraform_data.a
state show module.k[1].data.terraform_remote_state.r
state show terraform_data.c
state show terraform_data.zz
state show module.m
state show nope
state show
state show a.b c.d
state identities
state identities -json
state identities -json module.nope
state pull
""",
    "moving": """
state mv -dry-run terraform_data.a terraform_data.z
state mv terraform_data.a terraform_data.b
state mv terraform_data.b terraform_data.b
state mv terraform_data.b terraform_data.c
state mv terraform_data.b terraform_data.c[0]
state mv terraform_data.c[0] terraform_data.e
state mv terraform_data.c terraform_data.cc
state mv terraform_data.f 'terraform_data.g["a"]'
state mv 'terraform_data.f["p"]' 'terraform_data.f["zz"]'
state mv terraform_data.f module.new.terraform_data.f
state mv module.m module.n
state mv module.k module.kk
state mv module.n 'module.q["a"]'
state mv module.nope module.other
state mv nope terraform_data.x
state mv terraform_data.e null_resource.e
state mv terraform_data.e data.terraform_data.e
state mv terraform_data.e module.e
state mv module.k[0] terraform_data.x
state mv module.k[0] module.k[1]
state mv module.k[0] module.k[1].module.z
state mv module.k[1] module.kept
state mv
state mv terraform_data.e
state list
""",
    "moving between files": """
state mv -state-out=out.tfstate terraform_data.a terraform_data.a
state mv -state-out=out.tfstate module.k[0] module.moved
state mv -state-out=out.tfstate terraform_data.c terraform_data.c
state mv -state-out=out.tfstate terraform_data.f terraform_data.c
state mv -state=out.tfstate terraform_data.a terraform_data.a2
state list -state=out.tfstate
state list
""",
    "removing": """
state rm -dry-run terraform_data.a
state rm terraform_data.a
state rm terraform_data.a
state rm terraform_data.c[0] 'terraform_data.f["p"]'
state rm module.k
state rm module.m.terraform_data.i terraform_data.zz
state rm terraform_data.c[7]
state rm
state rm nope
state list
plan -no-color
""",
    "tainting": """
taint terraform_data.a
taint terraform_data.a
state show terraform_data.a
untaint terraform_data.a
untaint terraform_data.a
taint terraform_data.c
taint terraform_data.zz
taint -allow-missing terraform_data.zz
untaint -allow-missing terraform_data.zz
untaint terraform_data.zz
taint module.m
taint data.x.y
taint
untaint
taint module.k[0].terraform_data.i
plan -no-color
apply -auto-approve -json
taint -state=none terraform_data.a
""",
    "providers": """
state replace-provider -auto-approve hashicorp/null foo/bar
state replace-provider -auto-approve foo/bar
state replace-provider -auto-approve 'a b' foo/bar
state replace-provider -auto-approve foo/bar x/y/z/w
""",
    "unlocking": """
force-unlock -force abc
force-unlock abc
""",
    "importing": """
state rm terraform_data.a terraform_data.c[0] module.k[0].terraform_data.i
import terraform_data.a abc
import terraform_data.c[0] abc
import terraform_data.c[5] abc
import terraform_data.c abc
import module.k[0].terraform_data.i xyz
import module.zz.terraform_data.i xyz
import terraform_data.nope x
import nope x
import module.m y
import data.terraform_remote_state.x y
import -config=/nonexistent terraform_data.a x
state show terraform_data.a
state show module.k[0].terraform_data.i
plan -no-color
""",
    "refreshing": """
refresh
refresh -target=terraform_data.a
refresh extra
refresh -nonsense
""",
}


def _quiet(text: str) -> str:
    """Leave out what is random or no matter: the stream of `apply -json`, times in the names of backups, ids."""
    lines = [line for line in text.splitlines() if not line.startswith(('{"@level"', '{"type"'))]
    return re.sub(r"\.\d{10}\.backup", ".<time>.backup", "\n".join(lines))


def _backups(text: str) -> str:
    """Backups that were made in the same second share one file in Terraform: compare that there are any."""
    kept, seen = [], set()
    for line in text.splitlines():
        name = line.split(":", 1)[0] if ".<time>.backup: " in line else ""
        if name:
            line = f"{name}: some"
            if name in seen:
                continue
            seen.add(name)
        kept.append(line)
    return "\n".join(kept)


@pytest.mark.parametrize("name", HISTORIES)
def test_history(tmp_path: Path, name: str) -> None:
    ours, theirs = both(tmp_path, [*START, *_steps(HISTORIES[name])])
    assert _comparable(ours).splitlines() == _comparable(theirs).splitlines()


_NO_FILE = "  on  line 1:\n  (source code not available)\n\n"
"""What Terraform says of the place of an address on the command line; iacctl says nothing."""


def _comparable(text: str) -> str:
    text = _backups(_quiet(text)).replace(_NO_FILE, "")
    text = re.sub(r'"serial": \d+', '"serial": 0', text)
    text = re.sub(r"(?m)(^Move .*\n)+", lambda moves: "".join(sorted(moves[0].splitlines(keepends=True))), text)
    return re.sub(r"(?m)^(\S+: )(Reading|Read complete|Refreshing state).*\n", "", text)


PUSHED = """
state push
state push main.tf
state push none
state push other.json
state push -force other.json
state push older.json
state push newer.json
state push differing.json
state push -lock=false a b
"""


def test_pushing(tmp_path: Path) -> None:
    said = []
    for program in (TERRAFORM, None):
        folder = tmp_path / ("terraform" if program else "iacctl")
        write(folder, {"main.tf": 'output "o" {\n  value = "x"\n}\n', "other.json": OTHER})
        chosen = {"program": program} if program else {}
        assert run(folder, "apply", "-auto-approve", **chosen).code == 0
        state = json.loads((folder / "terraform.tfstate").read_text())
        for name, serial, value in (("older", 0, "x"), ("newer", 50, "x"), ("differing", 60, "y")):
            changed = {**state, "serial": serial, "outputs": {"o": {"value": value, "type": "string"}}}
            (folder / f"{name}.json").write_text(json.dumps(changed))
        told = []
        for line in PUSHED.splitlines()[1:]:
            ended = run(folder, *line.split(), "-no-color", **chosen)
            stored = json.loads((folder / "terraform.tfstate").read_text())
            text = ended.out + (ended.err if "main.tf" not in line else "")
            told.append((line, ended.code, text.replace(state["lineage"], "<lineage>"), stored["serial"], stored["outputs"]))
            if "-force" in line:
                (folder / "terraform.tfstate").write_text(json.dumps(state))
        said.append(told)
    assert said[1] == said[0]


def test_pulled_state_can_be_pushed(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'resource "terraform_data" "a" {\n}\n'})
    succeed(tmp_path, "apply", "-auto-approve")
    pulled = succeed(tmp_path, "state", "pull")
    succeed(tmp_path, "state", "rm", "terraform_data.a")
    assert succeed(tmp_path, "state", "list") == ""
    said = run(tmp_path, "state", "push", "-force", "-", stdin=pulled)
    assert said == (0, "", "")
    assert succeed(tmp_path, "state", "list") == "terraform_data.a\n"
    assert "No changes" in succeed(tmp_path, "plan")


def test_every_change_keeps_a_backup_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'resource "terraform_data" "a" {\n}\n'})
    succeed(tmp_path, "apply", "-auto-approve")
    names = ["a", "b", "c", "d"]
    for before, after in itertools.pairwise(names):
        succeed(tmp_path, "state", "mv", f"terraform_data.{before}", f"terraform_data.{after}")
    held = [json.loads(path.read_text())["resources"][0]["name"] for path in sorted(tmp_path.glob("*.backup"))]
    assert held == ["a", "b", "c"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.glob("*.backup"))


def test_what_is_managed_already_is_not_imported(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'resource "terraform_data" "a" {\n}\n'})
    succeed(tmp_path, "import", "terraform_data.a", "one")
    before = (tmp_path / "terraform.tfstate").read_text()
    said = run(tmp_path, "import", "terraform_data.a", "two")
    assert said.code == 1
    assert "Terraform is already managing a remote object for terraform_data.a." in said.err
    assert (tmp_path / "terraform.tfstate").read_text() == before
