"""A case: a folder with a configuration, what to do with it, and what must come of it. See README.md."""

from __future__ import annotations

import re
import shlex
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CASES = HERE / "cases"
LATER = HERE / "later"

CASE_FILE = "case.toml"
_STEP_FOLDER = re.compile(r"[0-9]+")
_CASE_KEYS = {"about", "env", "error", "random", "steps", "text", "init"}
_STEP_KEYS = {"run", "exit", "says", "env", "stdin"}


class CaseError(Exception):
    """A case folder is wrong; the message says where and how."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action: a Terraform command line, or one of the harness's own words `use FOLDER`, `delete FILE`, `wait SECONDS`."""

    words: tuple[str, ...]
    exit: int | None = 0
    """The exit code Terraform must give; None for any."""
    says: tuple[str, ...] = ()
    """What Terraform's output must contain, white space apart."""
    env: tuple[tuple[str, str], ...] = ()
    stdin: str | None = None
    """Answers to prompts. With it, neither `-input=false` nor `-auto-approve` is added to the command line."""

    @property
    def name(self) -> str:
        """Return the action as it was written."""
        return shlex.join(self.words)


@dataclass(frozen=True, slots=True)
class Case:
    """A folder under `cases` or `later`."""

    folder: Path
    about: str
    steps: tuple[Step, ...]
    env: tuple[tuple[str, str], ...] = ()
    random: tuple[str, ...] = ()
    """Patterns of `address.attribute` and `output.name` whose values differ in every run."""
    text: bool = False
    """Whether what `plan` prints is compared too."""

    @property
    def name(self) -> str:
        """Return the folder's name, which is the test's id."""
        return self.folder.name

    def files(self) -> list[Path]:
        """Return every file of the case, sorted."""
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def layer(self, step_folder: str | None) -> dict[Path, Path]:
        """Return the files that `use step_folder` puts in place: relative target to source. `None`: the common ones."""
        root = self.folder if step_folder is None else self.folder / step_folder
        found = {}
        for path in self.files():
            if path.is_relative_to(root):
                target = path.relative_to(root)
                if root == self.folder and (_STEP_FOLDER.fullmatch(target.parts[0]) or target.name == CASE_FILE):
                    continue
                found[target] = path
        return found

    def needs_null_provider(self) -> bool:
        """Return whether the configuration mentions the null provider."""
        return any(b"null_" in path.read_bytes() for path in self.files() if path.suffix in {".tf", ".json"})


def load(folder: Path) -> Case:
    """Read a case; raises CaseError for anything that is not understood."""
    settings: dict[str, Any] = {}
    file = folder / CASE_FILE
    if file.exists():
        try:
            settings = tomllib.loads(file.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as problem:
            raise CaseError(f"{file}: {problem}") from problem
    if unknown := settings.keys() - _CASE_KEYS:
        raise CaseError(f"{file}: unknown settings {sorted(unknown)}")
    folders = sorted((p.name for p in folder.iterdir() if p.is_dir() and _STEP_FOLDER.fullmatch(p.name)), key=int)
    if "steps" in settings:
        steps = [_step(entry, file) for entry in settings["steps"]]
    elif "error" in settings:
        steps = _error_steps(settings["error"])
    else:
        steps = _life_cycle(folders)
    uses = [step for step in steps if step.words[0] == "use"]
    if not uses:
        steps.insert(0, Step(("use", folders[0] if folders else ".")))
    if settings.get("init", True):
        steps = _with_init(steps)
    for step in uses:
        if len(step.words) != 2 or not (folder / step.words[1]).is_dir():
            raise CaseError(f"{file}: there is no folder for `{step.name}`")
    return Case(
        folder=folder,
        about=settings.get("about", ""),
        steps=tuple(steps),
        env=tuple(settings.get("env", {}).items()),
        random=tuple(settings.get("random", ())),
        text=bool(settings.get("text", False)),
    )


def load_all(root: Path = CASES) -> list[Case]:
    """Read every case under `root`, sorted by name; there may be none."""
    if not root.is_dir():
        return []
    return [load(folder) for folder in sorted(root.iterdir()) if folder.is_dir()]


def _step(entry: str | dict[str, Any], file: Path) -> Step:
    if isinstance(entry, str):
        entry = {"run": entry}
    if unknown := entry.keys() - _STEP_KEYS:
        raise CaseError(f"{file}: unknown step settings {sorted(unknown)}")
    says = entry.get("says", ())
    return Step(
        words=tuple(shlex.split(entry["run"])),
        exit=None if entry.get("exit") == "any" else entry.get("exit", 0),
        says=(says,) if isinstance(says, str) else tuple(says),
        env=tuple(entry.get("env", {}).items()),
        stdin=entry.get("stdin"),
    )


def _error_steps(says: str | list[str]) -> list[Step]:
    """Return the steps of a case that `plan` must refuse."""
    wanted = (says,) if isinstance(says, str) else tuple(says)
    return [Step(("validate",), exit=None), Step(("plan",), exit=1, says=wanted)]


def _life_cycle(folders: list[str]) -> list[Step]:
    """Return the steps of a case that names none: everything from `validate` to `destroy`, for each folder in turn."""
    steps = []
    for folder in folders or ["."]:
        steps += [Step(("use", folder)), Step(("validate",)), Step(("plan",)), Step(("apply", "tfplan"))]
    return [*steps, Step(("plan", "-detailed-exitcode")), Step(("destroy",))]


def _with_init(steps: list[Step]) -> list[Step]:
    """Return the steps with an `init` after each change of configuration that has none."""
    result: list[Step] = []
    for position, step in enumerate(steps):
        result.append(step)
        following = steps[position + 1].words[0] if position + 1 < len(steps) else ""
        if step.words[0] == "use" and following != "init":
            result.append(Step(("init",), exit=None))
    return result
