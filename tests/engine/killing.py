"""Kill an apply at every single thing that it does to a disk or to the cloud, and see what the next one makes of it.

Run as a program (`python -m tests.engine.killing FOLDER SCENARIO`), since it forks: one child for each point at which
an apply is killed, another for the apply after it. Prints one JSON object for each point.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iacctl_providers.mock.cloud import FolderStore
from iacctl_providers.mock.provider import Mock
from iacctl_state.filesystem import FileSystem

from .project import Project, actions, summaries

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST = """
variable "v" { default = "1" }
resource "mock_object" "a" { name = "a" }
resource "mock_object" "b" {
  name       = "b"
  value      = mock_object.a.id
  replace_on = var.v
  LIFECYCLE
}
resource "mock_object" "c" {
  name  = "c"
  value = var.v
}
"""
SECOND = FIRST.replace('resource "mock_object" "a" { name = "a" }', 'resource "mock_object" "d" { name = "d" }').replace(
    "mock_object.a.id", "mock_object.d.id"
)
SCENARIOS = {
    "create": ("", FIRST.replace("LIFECYCLE", ""), "1"),
    "change": (FIRST.replace("LIFECYCLE", ""), SECOND.replace("LIFECYCLE", ""), "2"),
    "replace-create-first": (
        FIRST.replace("LIFECYCLE", "lifecycle { create_before_destroy = true }"),
        SECOND.replace("LIFECYCLE", "lifecycle { create_before_destroy = true }"),
        "2",
    ),
    "destroy": (FIRST.replace("LIFECYCLE", ""), "", "1"),
}
"""What there is, what is applied then, and the variable."""


class Killer:
    """Counts what is done, and ends the process at one point: before it, or in the middle of a write."""

    def __init__(self, point: int, *, torn: bool) -> None:
        self._left = point
        self._torn = torn

    def install(self) -> None:
        """Watch every change of a file by the state and by the mock cloud."""
        for name in ("write", "truncate", "sync", "rename", "remove"):
            self._watch(FileSystem, name)
        for name in ("put", "remove"):
            self._watch(FolderStore, name)

    def _watch(self, owner: type, name: str) -> None:
        original: Callable[..., Any] = getattr(owner, name)

        def watched(instance: Any, *arguments: Any) -> Any:
            self._left -= 1
            if self._left == 0:
                if self._torn and name == "write":
                    descriptor, data, position = arguments
                    original(instance, descriptor, bytes(data)[: len(data) // 2], position)
                os.kill(os.getpid(), signal.SIGKILL)
            return original(instance, *arguments)

        setattr(owner, name, watched)


def in_child(work: Callable[[], Any]) -> tuple[bool, Any]:
    """Run in a forked process: whether it was killed, and what it returned."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            result = work()
        except BaseException:
            result = {"broken": traceback.format_exc()}
        with os.fdopen(writing, "w") as pipe:
            pipe.write(json.dumps(result))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status), json.loads(text) if text else None


def resume(project: Project, variable: str) -> dict[str, Any]:
    """Plan and apply after the kill, and tell how things are."""
    session = project.session([f"v={variable}"] if "variable" in (project.folder / "main.tf").read_text() else [])
    with session.lock("OperationTypeApply"):
        planned = session.plan()
        found = {"diagnostics": summaries(planned.diagnostics), "planned": actions(planned.plan)}
        if not planned.diagnostics.has_errors:
            assert planned.plan is not None
            applied = session.apply(planned.plan)
            found["applied"] = summaries(applied.diagnostics)
    again = project.session([f"v={variable}"] if "variable" in (project.folder / "main.tf").read_text() else []).plan()
    held = {item["attributes"]["id"] for item in project.instances().values()}
    return {
        **found,
        "again": actions(again.plan) if again.plan is not None else None,
        "names": project.names(),
        "not in the state": sorted(item["name"] for item in project.objects() if item["id"] not in held),
        "journal": project.journal().exists(),
    }


def main(folder: Path, scenario: str, *, telling: bool = True, torn: bool = False) -> None:
    """Kill at the first point, the second, … until an apply comes through."""
    before, after, variable = SCENARIOS[scenario]
    if not telling:
        Mock._capabilities = Mock._capabilities._replace(find_created=False)
    origin = Project(folder / "origin")
    origin.folder.mkdir()
    origin.write(before)
    in_child(lambda: origin.apply() and None)
    point = 0
    while True:
        point += 1
        project = Project(folder / f"at-{point}")
        shutil.copytree(origin.folder, project.folder)
        project.write(after)

        def work(project: Project = project, point: int = point) -> None:
            Killer(point, torn=torn).install()
            project.apply(*([f"v={variable}"] if after else []), parallelism=2)

        killed, broken = in_child(work)
        if not killed:
            print(json.dumps({"point": point, "finished": True, "broken": broken}))
            return
        _, found = in_child(lambda project=project: resume(project, variable))
        print(json.dumps({"point": point, **(found or {"broken": "killed"})}))
        shutil.rmtree(project.folder)


if __name__ == "__main__":
    words = sys.argv[3:]
    main(Path(sys.argv[1]), sys.argv[2], telling="silent" not in words, torn="torn" in words)
