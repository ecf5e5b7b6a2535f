"""A session in a directory of its own, without a command line around it."""

from __future__ import annotations

import json
import threading
import zlib
from pathlib import Path

import pytest

from iacctl.config import loader
from iacctl.config.source import MemorySource
from iacctl.diag import DiagnosticError
from iacctl.diag.events import Event
from iacctl.plan.model import Options
from iacctl.session import Session, backend_config
from iacctl.session.initialization import InitOptions
from iacctl.session.questions import INPUT_DISABLED, NoAnswerError, Question, confirm, nobody
from tests.cli.tools import write

DATA = 'variable "v" {\n  default = 1\n}\nresource "terraform_data" "x" {\n  input = var.v\n}\noutput "o" {\n  value = var.v\n}\n'


def apply(session: Session) -> dict[str, object]:
    with session.lock("test"):
        planned = session.plan()
        planned.diagnostics.raise_errors()
        assert planned.plan is not None
        session.apply(planned.plan).diagnostics.raise_errors()
    return session.output_values()


def test_everything_happens_in_the_directory(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "stack/main.tf": 'module "m" {\n  source = "./m"\n}\noutput "o" {\n  value = "${file("text")}/${module.m.o}"\n}\n',
            "stack/m/m.tf": 'output "o" {\n  value = file("${path.module}/inner")\n}\n',
            "stack/text": "outer",
            "stack/m/inner": "inner",
            "stack/terraform.tfvars": "",
        },
    )
    before = sorted(Path.cwd().iterdir())
    session = Session(str(tmp_path / "stack"))
    session.init().raise_errors()
    assert apply(session) == {"o": "outer/inner"}
    assert sorted(Path.cwd().iterdir()) == before
    assert (tmp_path / "stack" / "terraform.tfstate").exists()


def test_variables_from_python(tmp_path: Path) -> None:
    kinds = {"text": "string", "number": "number", "flag": "bool", "many": "list(string)", "map": "map(any)"}
    declared = "".join(
        f'variable "{name}" {{\n  type = {kind}\n}}\noutput "{name}" {{\n  value = var.{name}\n}}\n'
        for name, kind in kinds.items()
    )
    write(tmp_path, {"main.tf": declared, "terraform.tfvars": 'text = "overridden"\n'})
    given = {"text": 'a "b" ${c}', "number": 1.5, "flag": True, "many": ["a"], "map": {"k": "v"}}
    assert apply(Session(str(tmp_path), variables=given)) == given


def test_the_environment_can_be_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"main.tf": DATA})
    monkeypatch.setenv("TF_VAR_v", "ignored")
    environ = {"TF_VAR_v": "7", "TF_WORKSPACE": "dev", "TF_DATA_DIR": "data"}
    session = Session(str(tmp_path), environ=environ)
    assert apply(session) == {"o": "7"}
    assert session.workspace() == "dev"
    assert (tmp_path / "terraform.tfstate.d" / "dev" / "terraform.tfstate").exists()


def test_events_and_plans(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    events: list[Event] = []
    session = Session(str(tmp_path), listener=events.append)
    apply(session)
    assert events
    plan = session.plan(Options(mode="destroy")).plan
    assert plan is not None
    assert [(str(change.address), change.action) for change in plan.changes] == [("terraform_data.x", "delete")]
    session.save_plan(plan, str(tmp_path / "tfplan"))
    other = Session(str(tmp_path))
    with other.lock("test"):
        saved = other.ready_plan(other.open_plan(str(tmp_path / "tfplan"), to_apply=True))
        assert not other.apply(saved).diagnostics.has_errors
    assert other.state().is_empty


def test_a_lock_is_held_against_other_sessions(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    apply(Session(str(tmp_path)))
    refused: list[str] = []

    def other() -> None:
        code = f"from iacctl.session import Session\nwith Session({str(tmp_path)!r}).lock('x'): pass\n"
        import subprocess
        import sys

        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        refused.append(done.stderr)

    with Session(str(tmp_path)).lock("test"):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert "Error acquiring the state lock" in refused[0]


def test_nothing_is_asked_without_somebody_to_ask(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'terraform {\n  backend "local" {\n    path = "a"\n  }\n}\n' + DATA})
    Session(str(tmp_path)).init().raise_errors()
    apply(Session(str(tmp_path)))
    write(tmp_path, {"main.tf": 'terraform {\n  backend "local" {\n    path = "b"\n  }\n}\n' + DATA})
    with pytest.raises(DiagnosticError, match="Backend initialization required"):
        Session(str(tmp_path)).state()
    assert Session(str(tmp_path)).init().has_errors
    assert Session(str(tmp_path)).init(InitOptions(migrate_state=True)).has_errors
    asked: list[Question] = []

    def yes(question: Question) -> str:
        asked.append(question)
        return "yes"

    assert not Session(str(tmp_path)).init(InitOptions(migrate_state=True), ask=yes).has_errors
    assert len(asked) == 1
    assert json.loads((tmp_path / "b").read_text())["resources"]


def test_questions() -> None:
    answers = iter(["maybe", "YES"])
    assert confirm(lambda _: next(answers), Question("?"))
    assert not confirm(lambda _: "never", Question("?"))
    with pytest.raises(NoAnswerError, match=INPUT_DISABLED):
        confirm(nobody, Question("?"))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ('path = "a.tfstate"', 2985648108),
        ('path = "b.tfstate"', 2554194718),
        ("", 666019178),
        ('path = "x"\nworkspace_dir = "w"', None),
    ],
)
def test_the_hash_of_a_backend_is_terraforms(arguments: str, expected: int | None) -> None:
    """The numbers are those that Terraform 1.15.5 writes into `.terraform/terraform.tfstate`."""
    text = f'terraform {{\n  backend "local" {{\n{arguments}\n  }}\n}}\n'
    block = loader.load_root(MemorySource({"main.tf": text.encode()})).root.backend
    assert block is not None
    found = backend_config.hash_of(block)
    assert found == (expected if expected is not None else zlib.crc32(b'<"local";<"x";"w";>;>'))
