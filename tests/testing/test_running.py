"""What tests ask of providers, in what order, and what they leave behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Barrier

import pytest

from iacctl import values
from iacctl.diag import DiagnosticError
from iacctl.provider import requests
from iacctl.session import Session
from iacctl.session.testing import SuiteOptions
from iacctl.testing import events
from iacctl.testing.results import SuiteResult
from tests.testing.recording import ADDRESS, REQUIRED, Recording

THING = f"""{REQUIRED}
variable "name" {{
  default = "one"
}}
resource "thing" "a" {{
  name = var.name
}}
data "thing" "d" {{
  name = "data"
}}
output "id" {{
  value = thing.a.id
}}
"""


def _run(
    folder: Path,
    files: Mapping[str, str],
    calls: list[str] | None = None,
    before_apply: Callable[[str], None] = lambda name: None,
    options: SuiteOptions = SuiteOptions(),  # noqa: B008
) -> SuiteResult:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    noted: list[str] = [] if calls is None else calls
    session = Session(str(folder), environ={}, providers={ADDRESS: lambda: Recording(noted, before_apply)})
    return session.test(options)


def _statuses(suite: SuiteResult) -> dict[str, str]:
    return {run.run.name: run.status for file in suite.files for run in file.runs}


def test_everything_made_is_destroyed_and_no_state_stays(tmp_path: Path) -> None:
    calls: list[str] = []
    tests = """
      run "first" {}
      run "other" {
        state_key = "other"
        variables { name = "two" }
      }
    """
    suite = _run(tmp_path, {"main.tf": THING, "a.tftest.hcl": tests}, calls)
    assert suite.status == "pass"
    changes = [call for call in calls if call.startswith(("apply", "destroy"))]
    assert changes == ["apply one", "apply two", "destroy two", "destroy one"]
    assert not (tmp_path / ".terraform" / "test").exists()
    assert not (tmp_path / "terraform.tfstate").exists()


def test_a_mocked_provider_does_nothing(tmp_path: Path) -> None:
    calls: list[str] = []
    tests = """
      mock_provider "thing" {
        mock_resource "thing" {
          defaults = { id = "made up" }
        }
      }
      run "mocked" {
        assert {
          condition     = output.id == "made up" && length(data.thing.d.id) == 8
          error_message = "not mocked: ${output.id}"
        }
      }
    """
    suite = _run(tmp_path, {"main.tf": THING, "a.tftest.hcl": tests}, calls)
    assert suite.status == "pass"
    assert calls == []


def test_an_overridden_object_is_no_business_of_its_provider(tmp_path: Path) -> None:
    calls: list[str] = []
    main = f"{THING}\nresource \"thing\" \"b\" {{\n  name = \"b\"\n}}\n"
    tests = """
      override_resource {
        target = thing.a
        values = { id = "given" }
      }
      override_data {
        target = data.thing.d
      }
      run "overridden" {
        assert {
          condition     = output.id == "given" && thing.b.id == "real b"
          error_message = "${output.id} ${thing.b.id}"
        }
      }
    """
    suite = _run(tmp_path, {"main.tf": main, "a.tftest.hcl": tests}, calls)
    assert suite.status == "pass"
    assert [call for call in calls if not call.startswith("configure")] == ["apply b", "destroy b"]


def test_overrides_of_a_run_come_before_those_of_the_file_and_of_the_instance_before_all(tmp_path: Path) -> None:
    main = f"{REQUIRED}\nresource \"thing\" \"a\" {{\n  count = 3\n}}\n"
    tests = """
      mock_provider "thing" {
        override_resource {
          target = thing.a
          values = { id = "provider" }
        }
      }
      override_resource {
        target = thing.a[1]
        values = { id = "file" }
      }
      run "a" {
        override_resource {
          target = thing.a[2]
          values = { id = "run" }
        }
        assert {
          condition     = join(" ", thing.a[*].id) == "provider file run"
          error_message = join(" ", thing.a[*].id)
        }
      }
    """
    assert _run(tmp_path, {"main.tf": main, "a.tftest.hcl": tests}).status == "pass"


def test_an_overridden_module_is_not_looked_into(tmp_path: Path) -> None:
    calls: list[str] = []
    child = f"{REQUIRED}\nresource \"thing\" \"c\" {{\n  name = \"c\"\n}}\noutput \"id\" {{\n  value = thing.c.id\n}}\n"
    main = """
      module "m" {
        source   = "./m"
        for_each = toset(["x", "y"])
      }
      output "ids" {
        value = [for key, m in module.m : m.id]
      }
    """
    tests = """
      run "a" {
        override_module {
          target  = module.m["x"]
          outputs = { id = "given" }
        }
        assert {
          condition     = join(" ", output.ids) == "given real c"
          error_message = join(" ", output.ids)
        }
      }
    """
    files = {"main.tf": main, "m/main.tf": child, "a.tftest.hcl": tests}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert not Session(str(tmp_path), environ={}, providers={ADDRESS: lambda: Recording([])}).init().has_errors
    suite = _run(tmp_path, files, calls)
    assert suite.status == "pass"
    assert [call for call in calls if call.startswith("apply")] == ["apply c"]


def test_parallel_runs_run_at_the_same_time(tmp_path: Path) -> None:
    # Each waits for the other: one after the other, both would fail.
    together = Barrier(2, timeout=60)
    tests = """
      test {
        parallel = true
      }
      run "first" {
        state_key = "first"
      }
      run "second" {
        state_key = "second"
      }
    """
    suite = _run(tmp_path, {"main.tf": THING, "a.tftest.hcl": tests}, before_apply=lambda name: _wait(together))
    assert suite.status == "pass"


def _wait(barrier: Barrier) -> None:
    barrier.wait()


def test_provider_blocks_see_variables_and_outputs_of_runs(tmp_path: Path) -> None:
    calls: list[str] = []
    tests = """
      variables {
        name = "from-the-file"
      }
      provider "thing" {
        region = "${var.name} ${run.setup.place}"
      }
      run "setup" {
        module {
          source = "./setup"
        }
      }
      run "main" {}
    """
    files = {
        "main.tf": THING,
        "setup/main.tf": 'output "place" {\n  value = "here"\n}\n',
        "a.tftest.hcl": tests,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert not Session(str(tmp_path), environ={}, providers={ADDRESS: lambda: Recording([])}).init().has_errors
    suite = _run(tmp_path, files, calls)
    assert suite.status == "pass", [run.diagnostics for file in suite.files for run in file.runs]
    assert {call for call in calls if call.startswith("configure")} == {"configure from-the-file here"}


def test_a_provider_that_breaks_is_cleaned_up_after(tmp_path: Path) -> None:
    calls: list[str] = []

    def break_down(name: str) -> None:
        if name == "two":
            raise RuntimeError("out of order")

    tests = """
      run "fine" {}
      run "broken" {
        variables { name = "two" }
        state_key = "x"
      }
      run "later" {}
    """
    suite = _run(tmp_path, {"main.tf": THING, "a.tftest.hcl": tests}, calls, break_down)
    assert _statuses(suite) == {"fine": "pass", "broken": "error", "later": "skip"}
    assert "destroy one" in calls


def test_what_cannot_be_destroyed_is_told_and_its_state_stays(tmp_path: Path) -> None:
    class Undying(Recording):
        def apply(self, request: requests.ApplyRequest) -> requests.ApplyResponse:
            if values.is_null(request.planned):
                return requests.ApplyResponse(request.prior, diagnostics=(requests.error("No", "It stays."),))
            return super().apply(request)

    (tmp_path / "main.tf").write_text(THING)
    (tmp_path / "a.tftest.hcl").write_text('run "made" {}\n')
    told: list[events.Event] = []
    session = Session(str(tmp_path), environ={}, providers={ADDRESS: lambda: Undying([])})
    suite = session.test(SuiteOptions(), told.append)
    assert suite.status == "error"
    (left,) = [event for event in told if isinstance(event, events.RunTornDown)]
    assert list(left.left) == [("thing.a", "")]
    (state,) = (tmp_path / ".terraform" / "test").glob("*.tfstate")
    assert '"real one"' in state.read_text()


def test_tofu_files_hide_others_of_their_name(tmp_path: Path) -> None:
    files = {
        "main.tf": THING,
        "a.tftest.hcl": 'run "terraform" {}\n',
        "a.tofutest.hcl": 'run "tofu" {\n  command = plan\n}\n',
        "tests/b.tofutest.json": '{"run": {"json": {"command": "plan"}}}\n',
        "tests/.hidden.tftest.hcl": "nonsense",
    }
    assert _statuses(_run(tmp_path, files)) == {"tofu": "pass", "json": "pass"}


def test_filters_choose_files(tmp_path: Path) -> None:
    files = {
        "main.tf": THING,
        "a.tftest.hcl": 'run "a" {\n  command = plan\n}\n',
        "tests/b.tftest.hcl": 'run "b" {\n  command = plan\n}\n',
    }
    suite = _run(tmp_path, files, options=SuiteOptions(filters=("tests/b.tftest.hcl",)))
    assert _statuses(suite) == {"b": "pass"}


def test_a_faulty_file_keeps_all_from_being_run(tmp_path: Path) -> None:
    calls: list[str] = []
    files = {"main.tf": THING, "a.tftest.hcl": 'run "a" {}\n', "b.tftest.hcl": 'run "b" {\n  command = destroy\n}\n'}
    with pytest.raises(DiagnosticError) as raised:
        _run(tmp_path, files, calls)
    assert [item.summary for item in raised.value.diagnostics] == ['Invalid "command" keyword']
    assert calls == []
