"""Flags, arguments and environment variables mean and refuse what Terraform's do."""

from __future__ import annotations

from pathlib import Path

import pytest

from iacctl.cli import flags
from iacctl.cli.flags import Flag, FlagError
from tests.cli.tools import IACCTL, TERRAFORM, Run, Step, both, run, succeed, write

DATA = 'resource "terraform_data" "a" {}\n'
TARGETS = [
    "a b", "module", "module.", "data.a", "a[", "a.b[x]", 'a.b["x]', "a.b[0].c", "module.a[", "a..b", "1a.b", "*", "a.b[*]",
    "a.b.c.d", "", "a.b[1.5]", "a.b[-1]", "module.a.module", "a/b", "a.b[0", '"a".b', "a.0", "module.a.b", "module.x.data.y",
    "a.b[0][1]", "a.b.c", "data.a.b.c", "a[0].b", "module.m[0][1].a.b", "module[0].m", "data[0].a.b",
]  # fmt: skip
REPLACEMENTS = ["module.x", "module.x[0]", "data.x.y", "ephemeral.a.b", "a", "a.b[", "a.b.c"]

HISTORIES: dict[str, list[Step]] = {
    "targets that are no addresses": [{"main.tf": DATA}, *[Run(["plan", "-no-color", f"-target={text}"]) for text in TARGETS]],
    "replacements that are no addresses": [
        {"main.tf": DATA},
        *[Run(["plan", "-no-color", f"-replace={text}"]) for text in REPLACEMENTS],
    ],
    "addresses of nothing": [
        {"main.tf": DATA},
        *[Run(["plan", "-no-color", f"-target={text}"]) for text in ("module.x", 'module.x["a"].y.z', "resource.x.y", "é.b")],
    ],
    "contradictions": [
        {"main.tf": DATA},
        Run(["plan", "-no-color", "-destroy", "-refresh-only"]),
        Run(["plan", "-no-color", "-refresh=false", "-refresh-only"]),
        Run(["plan", "-no-color", "-destroy", "-replace=terraform_data.a"]),
        Run(["plan", "-no-color", "-refresh-only", "-replace=terraform_data.a"]),
        Run(["destroy", "-no-color", "-refresh-only"]),
        Run(["destroy", "-no-color", "missing"]),
        Run(["plan", "-no-color", "-out=tfplan"]),
        Run(["destroy", "-no-color", "tfplan"]),
        Run(["destroy", "-no-color", "a", "b"]),
        Run(["apply", "-no-color", "a", "b"]),
        Run(["output", "-no-color", "-raw"]),
        Run(["output", "-no-color", "-raw", "-json", "a"]),
        Run(["output", "-no-color", "a", "b"]),
        Run(["show", "-no-color", "a", "b"]),
        Run(["apply", "-json"]),
    ],
    "values that are none": [
        {"main.tf": DATA},
        Run(["plan", "-no-color", "-parallelism=x"]),
        Run(["plan", "-no-color", "-parallelism=-1"]),
        Run(["plan", "-no-color", "-lock-timeout=soon"]),
        Run(["plan", "-no-color", "-lock=perhaps"]),
        Run(["plan", "-no-color", "-out"]),
        Run(["plan", "-no-color", "-nonsense"]),
        Run(["plan", "-nonsense"]),
        Run(["plan", "-no-color", "extra"]),
    ],
    "no parallelism is the usual one": [{"main.tf": DATA}, Run(["plan", "-no-color", "-parallelism=0"])],
    "no configuration": [
        Run(["plan", "-no-color"]),
        Run(["plan", "-no-color", "-refresh-only"]),
        Run(["apply", "-no-color"]),
        Run(["plan", "-no-color", "-destroy"]),
        Run(["destroy", "-no-color", "-auto-approve"]),
        Run(["validate", "-no-color"]),
        Run(["show", "-no-color"]),
        Run(["output", "-no-color"]),
    ],
    "a saved plan": [
        {"main.tf": 'variable "e" {\n  ephemeral = true\n}\nvariable "v" {\n  default = 1\n}\n' + DATA},
        Run(["plan", "-no-color", "-var=e=1", "-out=tfplan"]),
        Run(["apply", "-no-color", "tfplan"]),
        Run(["apply", "-no-color", "-var=v=1", "tfplan"]),
        Run(["apply", "-no-color", "-var=e=1", "-var=v=2", "tfplan"]),
        Run(["apply", "-no-color", "-var=e", "tfplan"]),
        Run(["apply", "-no-color", "-var-file=missing", "tfplan"]),
        Run(["show", "-no-color", "tfplan"]),
        Run(["apply", "-no-color", "missing"]),
        Run(["apply", "-no-color", "-var=e=2", "tfplan"]),
        Run(["apply", "-no-color", "-var=e=2", "tfplan"]),
    ],
    "where a plan file cannot be": [
        {"main.tf": DATA},
        Run(["plan", "-no-color", "-out=missing/tfplan"]),
        Run(["plan", "-no-color", "-out=."]),
    ],
    "a plan of another backend": [
        {"main.tf": DATA + 'terraform {\n  backend "local" {\n    path = "x.tfstate"\n  }\n}\n'},
        Run(["init", "-no-color"]),
        Run(["plan", "-no-color", "-out=tfplan"]),
        {"main.tf": DATA + 'terraform {\n  backend "local" {\n    path = "y.tfstate"\n  }\n}\n'},
        Run(["apply", "-no-color", "tfplan"]),
    ],
    "TF_CLI_ARGS": [
        {"main.tf": DATA},
        Run(["plan"], env={"TF_CLI_ARGS": "-no-color -parallelism=x"}),
        Run(["plan"], env={"TF_CLI_ARGS_plan": "-no-color -parallelism=x"}),
        Run(["plan", "-no-color"], env={"TF_CLI_ARGS": '"'}),
        Run(["plan", "-no-color"], env={"TF_CLI_ARGS_plan": '"'}),
        Run(["workspace", "show"], env={"TF_CLI_ARGS_workspace_list": "x"}),
        Run(["workspace", "list"], env={"TF_CLI_ARGS_workspace_list": "x y"}),
    ],
    "folders that there are not": [Run(["-chdir=missing", "plan"]), Run(["-chdir", "x", "plan"]), Run(["-chdir=", "plan"])],
}


@pytest.mark.parametrize("name", HISTORIES)
def test_history(name: str, tmp_path: Path) -> None:
    ours, theirs = both(tmp_path, HISTORIES[name])
    assert ours == theirs


@pytest.mark.parametrize(
    "words", [[], ["-foo"], ["-help", "-foo"], ["plan", "-help"], ["plan", "-h"], ["-help", "plan"], ["version", "x"]], ids=str
)
def test_exit_codes_of_help(words: list[str], tmp_path: Path) -> None:
    assert run(tmp_path, *words).code == run(tmp_path, *words, program=TERRAFORM).code


def test_every_command_has_help(tmp_path: Path) -> None:
    from iacctl.cli.main import COMMANDS, SUBCOMMANDS

    names = [[name] for name in COMMANDS] + [[name, sub] for name, subs in SUBCOMMANDS.items() for sub in subs]
    general = succeed(tmp_path, "-help")
    for words in names:
        assert f"  {words[0]}" in general
        text = succeed(tmp_path, *words, "-help")
        assert text.startswith(f"Usage: iacctl [global options] {' '.join(words)}")
        assert all(len(line) <= 80 for line in text.splitlines())


def test_every_flag_that_terraform_documents_is_accepted() -> None:
    """Terraform's help is asked for the flags of each command; none may be unknown here."""
    import re
    from importlib import import_module

    for name in ("init", "plan", "apply", "destroy", "validate", "show", "output"):
        text = run(Path.cwd(), name, "-help", program=TERRAFORM).out
        documented = set(re.findall(r"^\s+-([a-z][a-z-]*)", text, re.MULTILINE))
        module = import_module(f"iacctl.cli.commands.{'apply' if name == 'destroy' else name}")
        known = {flag.name for flag in module.FLAGS}
        assert documented <= known, name


def test_version_comes_from_anywhere(tmp_path: Path) -> None:
    for words in (["-version"], ["-v"], ["--version"], ["plan", "-version"]):
        assert succeed(tmp_path, *words).splitlines()[0] == "Terraform v1.15.5"


def test_unknown_commands_get_a_suggestion(tmp_path: Path) -> None:
    said = run(tmp_path, "valdate")
    assert said.code == 1
    assert 'Terraform has no command named "valdate". Did you mean "validate"?' in said.err


def test_chdir_keeps_the_origin_for_path_cwd(tmp_path: Path) -> None:
    text = 'output "where" {\n  value = [basename(path.cwd), basename(abspath(path.root))]\n}\n'
    said = []
    for program, name in ((IACCTL, "ours"), (TERRAFORM, "theirs")):
        folder = tmp_path / name / "outer"
        write(folder, {"inner/main.tf": text})
        assert run(folder, "-chdir=inner", "apply", "-auto-approve", program=program).code == 0
        said.append(run(folder, "-chdir=inner", "output", "-json", program=program).out)
    assert said[0] == said[1]


def test_a_plan_is_written_into_a_pipe_or_through_a_link(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA, "plans/kept": ""})
    (tmp_path / "link").symlink_to("plans/kept")
    succeed(tmp_path, "plan", "-out=link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "plans" / "kept").stat().st_mode & 0o777 == 0o600
    succeed(tmp_path, "apply", "plans/kept")


def test_go_flag_rules() -> None:
    declared = (Flag("x", "bool"), Flag("n", "int", 3), Flag("t", "duration"), Flag("s", "string"), Flag("l", "list"))
    given = flags.parse(declared, ["-x=false", "--n", "0x10", "-t=1m30s", "-l", "a", "-l=b=c", "-s=", "rest", "-x"])
    assert (given.x, given.n, given.t, given.s, given.l) == (False, 16, 90.0, "", ["a", "b=c"])
    assert given.arguments == ["rest", "-x"]
    assert given.order == [("l", "a"), ("l", "b=c")]
    assert flags.parse(declared, ["-x", "--", "-n"]).arguments == ["-n"]
    for words in (["-y"], ["-n"], ["-n=x"], ["-x=maybe"], ["-t=1"], ["---n"], ["-=1"]):
        with pytest.raises(FlagError):
            flags.parse(declared, words)
