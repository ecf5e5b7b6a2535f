"""A directory with a configuration for the mock cloud, planned and applied through `iacctl.session`."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from iacctl.addrs import parse_resource_instance, parse_target
from iacctl.addrs.actions import parse_action
from iacctl.config.variables import Option
from iacctl.plan.model import Options
from iacctl.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from iacctl.diag import Diagnostics
    from iacctl.diag.events import Event
    from iacctl.plan.model import Mode, Plan
    from iacctl.provider.port import Provider
    from iacctl.session import Applied, Planned

REQUIRED = """
terraform {
  required_providers {
    mock = {
      source = "iacctl/mock"
    }
  }
}
"""


class Call(NamedTuple):
    """A call of the mock cloud."""

    operation: str
    name: str

    def __str__(self) -> str:
        return f"{self.operation} {self.name}"


class Project:
    """A working directory.

    Attributes:
        folder: the directory.
        events: what happened in the last operation.
        hook: called with each event.
        providers: in-process providers in place of built-in ones.
        last: the session of the last operation.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.events: list[Event] = []
        self.hook: Callable[[Event], None] | None = None
        self.providers: dict[str, Callable[[], Provider]] = {}
        self.last: Session | None = None

    def _take(self, event: Event) -> None:
        self.events.append(event)
        if self.hook is not None:
            self.hook(event)

    # -- the configuration --------------------------------------------------------------------------------------

    def write(self, text: str, *, provider: str = "", name: str = "main.tf") -> None:
        """Replace the configuration; a provider block of the mock cloud is added, with `provider` in it."""
        block = f'\nprovider "mock" {{\n  path = "{self.cloud}"\n  call_log = "{self.log}"\n{provider}\n}}\n'
        (self.folder / name).write_text(REQUIRED + block + text, encoding="utf-8")

    def write_module(self, module: str, text: str) -> None:
        """Put a child module in place; `install` is done for all of them."""
        folder = self.folder / module
        folder.mkdir(exist_ok=True)
        (folder / "main.tf").write_text(text, encoding="utf-8")

    def install(self, **sources: str) -> None:
        """Write the manifest of modules: call name to directory."""
        entries = [{"Key": "", "Source": "", "Dir": "."}]
        entries += [{"Key": key, "Source": f"./{source}", "Dir": source} for key, source in sources.items()]
        folder = self.folder / ".terraform" / "modules"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "modules.json").write_text(json.dumps({"Modules": entries}), encoding="utf-8")

    # -- the mock cloud -----------------------------------------------------------------------------------------

    @property
    def cloud(self) -> Path:
        """Where its objects are."""
        return self.folder / "cloud"

    @property
    def log(self) -> Path:
        """Where its calls are logged."""
        return self.folder / "calls.jsonl"

    def objects(self, type_name: str = "*") -> list[dict[str, Any]]:
        """The objects that exist, by name."""
        found = [json.loads(path.read_text()) for path in self.cloud.glob(f"{type_name}/*.json")]
        return sorted((item for item in found if "name" in item), key=lambda item: (item["name"], item["id"]))

    def names(self) -> list[str]:
        """The names of the objects that exist."""
        return [item["name"] for item in self.objects()]

    def change(self, name: str, **attributes: Any) -> None:
        """Change an object behind everybody's back."""
        for path in self.cloud.glob("*/*.json"):
            data = json.loads(path.read_text())
            if data.get("name") == name:
                path.write_text(json.dumps({**data, **attributes}))

    def remove(self, name: str) -> None:
        """Remove an object behind everybody's back."""
        for path in list(self.cloud.glob("*/*.json")):
            if json.loads(path.read_text()).get("name") == name:
                path.unlink()

    def logged(self, phase: str = "start") -> list[dict[str, Any]]:
        """The lines of the log so far."""
        if not self.log.exists():
            return []
        lines = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [line for line in lines if line["phase"] == phase]

    def calls(self, *operations: str) -> list[str]:
        """Changes made so far, or calls of the given kinds, in the order in which they began."""
        wanted = operations or ("create", "update", "delete")
        return [str(Call(line["operation"], line["name"])) for line in self.logged() if line["operation"] in wanted]

    def forget_calls(self) -> None:
        """Begin a new log."""
        with suppress(FileNotFoundError):
            self.log.unlink()

    # -- operations ---------------------------------------------------------------------------------------------

    def session(self, variables: Iterable[str] = (), environ: dict[str, str] | None = None) -> Session:
        """A session on the directory."""
        self.events = []
        self.last = Session(
            str(self.folder),
            environ=environ or {},
            options=[Option("var", item) for item in variables],
            providers=self.providers,
            listener=self._take,
        )
        return self.last

    def plan(self, *variables: str, **options: Any) -> Planned:
        """Plan; nothing is applied."""
        session = self.session(variables)
        with session.lock("OperationTypePlan"):
            return session.plan(asked(**options))

    def apply(
        self, *variables: str, fails: bool = False, before: Callable[[Plan], None] | None = None, **options: Any
    ) -> Applied:
        """Plan and apply, which must go well or `fails`; the log of calls begins anew with the apply."""
        session = self.session(variables)
        with session.lock("OperationTypeApply"):
            planned = session.plan(asked(**options))
            assert not planned.diagnostics.has_errors, texts(planned.diagnostics)
            assert planned.plan is not None
            self.forget_calls()
            if before is not None:
                before(planned.plan)
            applied = session.apply(planned.plan)
        assert applied.diagnostics.has_errors is fails, texts(applied.diagnostics)
        return applied

    def state(self) -> dict[str, Any]:
        """The state file."""
        path = self.folder / "terraform.tfstate"
        return json.loads(path.read_text()) if path.exists() else {"resources": [], "outputs": {}}

    def instances(self) -> dict[str, dict[str, Any]]:
        """The objects of the state by address; of deposed ones with their key behind it."""
        found = {}
        for resource in self.state()["resources"]:
            prefix = f"{resource['module']}." if "module" in resource else ""
            mode = "data." if resource["mode"] == "data" else ""
            for instance in resource["instances"]:
                key = f"[{json.dumps(instance['index_key'])}]" if "index_key" in instance else ""
                deposed = " (deposed)" if "deposed" in instance else ""
                found[f"{prefix}{mode}{resource['type']}.{resource['name']}{key}{deposed}"] = instance
        return found

    def journal(self) -> Path:
        """Where the journal is."""
        return Path(self.session().manager().store.journal_path)


def asked(
    mode: Mode = "normal",
    *,
    targets: Iterable[str] = (),
    replace: Iterable[str] = (),
    refresh: bool = True,
    parallelism: int = 10,
    invoke: str = "",
) -> Options:
    """The options of a plan."""
    return Options(
        mode,
        refresh,
        tuple(parse_target(item) for item in targets),
        tuple(parse_resource_instance(item) for item in replace),
        parallelism,
        (parse_action(invoke),) if invoke else (),
    )


def texts(diagnostics: Diagnostics) -> list[str]:
    """All diagnostics, each as its severity, summary and detail on one line."""
    return [f"{item.severity}: {item.summary}: {' '.join(item.detail.split())}" for item in diagnostics]


def summaries(diagnostics: Diagnostics) -> list[str]:
    """The summaries of all diagnostics."""
    return [item.summary for item in diagnostics]


def actions(plan: Plan | None) -> dict[str, str]:
    """What a plan does, by address (with the deposed key's place told); no-ops are left out."""
    assert plan is not None
    return {
        str(change.address) + (" (deposed)" if change.deposed else ""): change.action
        for change in plan.changes
        if change.action != "no-op"
    }
