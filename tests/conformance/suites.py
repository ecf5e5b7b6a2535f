"""Suites of tests that both tools run: folders under `suites`, each a configuration with `.tftest.hcl` files.

What people and programs are told, the reports and the exit codes must be the same. A `suite.toml` may say more:

    about = "What the suite is about, in one sentence"
    init = true                       # run init first (as suites that call modules need it)
    random = true                     # values of mocks are made up, and differ in every run
    env = { TF_VAR_size = "3" }
    steps = ["test -filter=a.tftest.hcl"]      # other steps than the usual ones
"""

from __future__ import annotations

import itertools
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import runner
from .cases import Case, Step
from .compare import Difference, differences
from .runner import Recording
from .sections import Options, Result, Row, Section

HERE = Path(__file__).resolve().parent / "suites"
_SETTINGS = "suite.toml"
_KEYS = {"about", "init", "random", "env", "steps"}
_REPORT = "report.xml.tfstate"
"""Where reports are written: recordings hold the files whose names end like this."""
_USUAL = (f"test -no-color -junit-xml={_REPORT}", "test -json")

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_RANDOM = re.compile(r'"[a-z0-9]{8}"')
_RANDOM_VALUE = re.compile(r"[a-z0-9]{8}")
_MOMENT = re.compile(r' time="[0-9.e-]+" timestamp="[^"]+"')
_CYCLE = re.compile(r"Cycle: ([^\n\"]+)")


@dataclass(frozen=True, slots=True)
class Suite:
    """A folder under `suites`."""

    case: Case
    random: bool

    @property
    def files(self) -> list[Path]:
        """Return the test files."""
        return [path for path in self.case.files() if re.search(r"\.(tftest|tofutest)\.(hcl|json)$", path.name)]


def load(folder: Path) -> Suite:
    """Read a suite; raises ValueError for settings that are not understood."""
    settings: dict[str, Any] = {}
    if (folder / _SETTINGS).exists():
        settings = tomllib.loads((folder / _SETTINGS).read_text(encoding="utf-8"))
    if unknown := settings.keys() - _KEYS:
        raise ValueError(f"{folder / _SETTINGS}: unknown settings {sorted(unknown)}")
    steps = [Step(("use", "."))]
    if settings.get("init"):
        steps.append(Step(("init",), exit=None))
    colour = (("NO_COLOR", ""),)
    steps += [Step(tuple(shlex.split(text)), exit=None, env=colour) for text in settings.get("steps", _USUAL)]
    env = tuple(settings.get("env", {}).items())
    return Suite(Case(folder, settings.get("about", ""), tuple(steps), env), bool(settings.get("random")))


def load_all() -> list[Suite]:
    """Read every suite, sorted by name."""
    return [load(folder) for folder in sorted(HERE.iterdir()) if folder.is_dir()]


def terraform_recording(suite: Suite) -> Recording:
    """Return what Terraform does."""
    return runner.terraform_recording(suite.case)


def compare(suite: Suite) -> list[Difference]:
    """Run a suite with both tools and return what differs."""
    expected = observe(suite, terraform_recording(suite))
    actual = observe(suite, runner.run(suite.case, runner.candidate()))
    return list(differences(expected, actual))


def observe(suite: Suite, recording: Recording) -> dict[str, Any]:
    """Return what is compared of a recording, by step."""
    found: dict[str, Any] = {}
    for number, entry in enumerate(recording):
        for call in entry["calls"]:
            if call["words"][0] == "init":
                found[f"{number} init"] = {"exit": call["exit"]}
                continue
            name = f"{number} {shlex.join(call['words'])}"
            stdout = call["stdout"]
            seen: dict[str, Any] = {"exit": call["exit"], "stderr": _normal(call["stderr"], suite.random).splitlines()}
            if "-json" in call["words"] and call["words"][0] == "test":
                seen["messages"] = _in_order(list(_messages(stdout, suite.random)))
            elif "-json" in call["words"]:
                seen["document"] = json.loads(stdout)
            else:
                seen["stdout"] = _normal(stdout, suite.random).splitlines()
                if any(_REPORT in word for word in call["words"]):
                    seen["report"] = _normal(entry["states"].get(_REPORT, ""), suite.random).splitlines()
            found[name] = seen
    return found


def _normal(text: str, random: bool) -> str:
    text = _UUID.sub("<uuid>", text)
    text = _MOMENT.sub(' time="" timestamp=""', text)
    text = _CYCLE.sub(lambda found: "Cycle: " + ", ".join(sorted(found[1].split(", "))), text)
    return _RANDOM.sub('"<random>"', text) if random else text


def _messages(stdout: str, random: bool) -> Iterator[Any]:
    for line in stdout.splitlines():
        if not line.startswith("{"):
            yield line
            continue
        message = json.loads(line)
        message.pop("@timestamp", None)
        for what in ("test_plan", "test_state"):
            if what in message:
                message[what].pop("provider_schemas", None)
                message[what] = _without_random(message[what]) if random else message[what]
        yield _in_strings(message, random)


def _in_order(messages: list[Any]) -> list[Any]:
    """Sort what Terraform tells in any order: diagnostics that follow one another, and which state is cleaned up first."""
    found: list[Any] = []
    for kind, group in itertools.groupby(messages, _unordered):
        items = list(group)
        found += sorted(items, key=lambda item: json.dumps(item, sort_keys=True)) if kind else items
    return found


def _unordered(message: Any) -> str:
    if not isinstance(message, dict):
        return ""
    if message.get("type") == "diagnostic":
        return "diagnostic"
    return "teardown" if message.get("test_run", {}).get("progress") == "teardown" else ""


def _in_strings(value: Any, random: bool) -> Any:
    if isinstance(value, str):
        return _normal(value, random)
    if isinstance(value, dict):
        return {key: _in_strings(item, random) for key, item in value.items()}
    return [_in_strings(item, random) for item in value] if isinstance(value, list) else value


def _without_random(value: Any) -> Any:
    if isinstance(value, str):
        return _RANDOM_VALUE.sub("<random>", value) if _RANDOM_VALUE.fullmatch(value) else value
    if isinstance(value, dict):
        return {key: _without_random(item) for key, item in value.items()}
    return [_without_random(item) for item in value] if isinstance(value, list) else value


def _compare_all(options: Options) -> Result:
    chosen = [suite for suite in load_all() if options.wants(suite.case.name)] if not options.later else []
    with ThreadPoolExecutor(options.jobs) as pool:
        outcomes = list(pool.map(compare, chosen))
    rows = []
    for suite, found in zip(chosen, outcomes, strict=True):
        verdict = f"{len(suite.files):3} files  " + (f"{len(found)} differ, first {found[0].path}" if found else "agrees")
        rows.append(Row(suite.case.name, verdict, tuple(map(str, found))))
    return Result(
        sum(len(suite.files) for suite in chosen),
        sum(len(suite.files) for suite, found in zip(chosen, outcomes, strict=True) if not found),
        rows=rows,
    )


SECTION = Section("suites", "Suites of tests", "test files", _compare_all)
