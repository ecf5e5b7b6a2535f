"""A recording made comparable: documents parsed, random values replaced by placeholders, sets put in order."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from . import diagnostics
from .cases import Case
from .runner import Recording

Document = Any
"""A parsed JSON document."""

RANDOM_ATTRIBUTES = {
    ("managed", "terraform_data"): ("id",),
    ("managed", "null_resource"): ("id",),
    ("data", "null_data_source"): ("random",),
}
"""Attributes that providers choose at random, by resource type. Every other one is named by its case."""

NOT_UNIQUE = {"null_resource", "null_data_source"}
"""Types of the null provider, which seeds its numbers with the time in seconds: objects may share one."""

UNORDERED = {
    "check_results",
    "checks",
    "child_modules",
    "diagnostics",
    "failure_messages",
    "instances of checks",
    "objects",
    "problems",
    "progress of the plan",
    "relevant_attributes",
    "replace_paths",
    "sensitive_attributes",
}
"""Keys whose arrays are sets, and which Terraform writes in any order."""

_RFC3339_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_SHORTEST_RANDOM_VALUE = 8
_MIRROR_WARNING = "Incomplete lock file information for providers"
_CYCLE = re.compile(r"Cycle: (.+)")
_PROGRESS = re.compile(r": (Preparing import\.\.\.|Refreshing state\.\.\.|Reading\.\.\.|Read complete after)")
_DURATION = re.compile(r"after \d+s")


class Placeholders:
    """Names for random values: the same value has the same name wherever it appears in one recording.

    A value is called after the address and attribute where it was seen first, and counted there, so that an object
    that was replaced is told from one that was kept.
    """

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._patterns = patterns
        self._names: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def name(self, value: object, origin: str) -> None:
        """Give a value a name if it has none."""
        if isinstance(value, str) and len(value) >= _SHORTEST_RANDOM_VALUE and value not in self._names:
            self._counts[origin] = self._counts.get(origin, 0) + 1
            self._names[value] = f"<{origin} #{self._counts[origin]}>"

    def name_attributes(self, mode: str, type_name: str, address: str, attributes: Document) -> None:
        """Name the random attributes of one resource instance object."""
        for attribute, value in attributes.items() if isinstance(attributes, dict) else ():
            origin = f"{address}.{attribute}"
            known_random = attribute in RANDOM_ATTRIBUTES.get((mode, type_name), ())
            if known_random or any(fnmatch.fnmatchcase(origin, pattern) for pattern in self._patterns):
                for leaf in _strings(value):
                    if type_name in NOT_UNIQUE:
                        self._names.setdefault(leaf, "<random number>")
                    else:
                        self.name(leaf, origin)

    def name_output(self, output: str, value: Document) -> None:
        """Name the value of an output that the case lists."""
        origin = f"output.{output}"
        if any(fnmatch.fnmatchcase(origin, pattern) for pattern in self._patterns):
            for leaf in _strings(value):
                self.name(leaf, origin)

    def replacer(self) -> Callable[[str], str]:
        """Return a function that puts the names into a text."""
        if not self._names:
            return lambda text: text
        longest_first = sorted(self._names, key=len, reverse=True)
        pattern = re.compile("|".join(re.escape(value) for value in longest_first))
        return lambda text: pattern.sub(lambda match: self._names[match[0]], text)


def observe(case: Case, recording: Recording) -> dict[str, Document]:
    """Return what is compared: one entry a step, keyed by its number and words, in order."""
    names = Placeholders(case.random)
    steps: dict[str, Document] = {}
    serials: dict[str, int] = {}
    for number, entry in enumerate(recording, 1):
        observed: dict[str, Document] = {}
        for position, call in enumerate(entry["calls"]):
            observed[" ".join(call["words"][:2]) if position else "command"] = _observe_call(call, case, names)
        observed["states"] = {
            file: _observe_state(file, text, names, serials) for file, text in entry["states"].items()
        }
        steps[f"{number} {entry['step']}"] = observed
    replace = names.replacer()
    return {step: _finish(observed, replace) for step, observed in steps.items()}


def _observe_call(call: dict[str, Any], case: Case, names: Placeholders) -> Document:
    command = call["words"][0]
    observed: dict[str, Document] = {"exit": call["exit"]}
    if command == "validate" or "-json" in call["words"]:
        observed["document"] = _parse(call["stdout"])
        _name_document(observed["document"], names)
        if call["exit"] != 0:
            observed["stderr"] = diagnostics.parse(call["stderr"])
        return observed
    problems = diagnostics.parse(call["stderr"]) + diagnostics.parse(call["stdout"])
    if command == "init":
        problems = [problem for problem in problems if problem["summary"] != _MIRROR_WARNING]
    observed["diagnostics"] = problems
    if command in ("output", "workspace") or (case.text and command in ("plan", "show")):
        lines = [line.rstrip() for line in diagnostics.plain(call["stdout"]).splitlines()]
        observed["text"] = [line for line in lines if not _PROGRESS.search(line)]
        observed["progress of the plan"] = [line for line in lines if _PROGRESS.search(line)]
    return observed


def _observe_state(file: str, text: str, names: Placeholders, serials: dict[str, int]) -> Document:
    """Return a state document. Its serial becomes what happened to it, since Terraform's counts its many writes."""
    document = _parse(text)
    if not isinstance(document, dict):
        return document
    _name_document(document, names)
    serial = document.get("serial")
    if type(serial) is int:
        before = serials.get(file)
        serials[file] = serial
        if before is not None and serial != before:
            document["serial"] = "advanced" if serial > before else "went back"
        else:
            document["serial"] = "new" if before is None else "unchanged"
    for resource in document.get("resources") or ():
        for instance in resource.get("instances", ()):
            if resource.get("type") == "null_resource":
                instance.pop("private", None)  # what the SDK of a plugin writes there, an in-process provider does not
    return document


def _parse(text: str) -> Document:
    """Parse JSON with fractions kept as they were written; other text is returned in a way that can't match JSON."""
    try:
        return json.loads(text, parse_float=lambda digits: f"number {digits}")
    except ValueError:
        return {"not JSON": text}


def _name_document(document: Document, names: Placeholders) -> None:
    """Name the random values in a state file, `show -json` or `output -json` document."""
    if not isinstance(document, dict):
        return
    if "lineage" in document:
        names.name(document["lineage"], "lineage")
    if _RFC3339_UTC.fullmatch(str(document.get("timestamp", ""))):
        document["timestamp"] = "<timestamp>"
    for resource in document.get("resources") or ():
        for instance in resource.get("instances") or ():
            address = _state_address(resource, instance)
            names.name_attributes(resource["mode"], resource["type"], address, instance.get("attributes"))
            names.name(instance.get("deposed"), f"deposed {address}")
    prior = document.get("prior_state") or {}
    for values in (prior.get("values"), document.get("values"), document.get("planned_values")):
        for resource in _module_resources((values or {}).get("root_module") or {}):
            names.name_attributes(resource["mode"], resource["type"], resource["address"], resource.get("values"))
            names.name(resource.get("deposed_key"), f"deposed {resource['address']}")
    for change in [*(document.get("resource_drift") or ()), *(document.get("resource_changes") or ())]:
        for side in ("before", "after"):
            names.name_attributes(change["mode"], change["type"], change["address"], change["change"].get(side))
        names.name(change.get("deposed"), f"deposed {change['address']}")
    for output, change in (document.get("output_changes") or {}).items():
        names.name_output(output, change.get("before"))
        names.name_output(output, change.get("after"))
    outputs = document.get("outputs")
    for output, value in (outputs if isinstance(outputs, dict) else document).items():
        if isinstance(value, dict) and "value" in value:
            names.name_output(output, value["value"])


def _state_address(resource: dict[str, Any], instance: dict[str, Any]) -> str:
    prefix = f"{resource['module']}." if "module" in resource else ""
    data = "data." if resource["mode"] == "data" else ""
    key = f"[{json.dumps(instance['index_key'])}]" if "index_key" in instance else ""
    return f"{prefix}{data}{resource['type']}.{resource['name']}{key}"


def _module_resources(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from module.get("resources") or ()
    for child in module.get("child_modules") or ():
        yield from _module_resources(child)


def _strings(value: Document) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)


def _finish(value: Document, replace: Callable[[str], str], key: str = "") -> Document:
    if key == "summary" and isinstance(value, str) and (cycle := _CYCLE.fullmatch(value)):
        return "Cycle: " + ", ".join(sorted(cycle[1].split(", ")))  # Terraform names the members in any order
    if isinstance(value, str):
        return _DURATION.sub("after 0s", replace(value))
    if isinstance(value, dict):
        inner = {"instances": "instances of checks"} if "status" in value else {}
        return {replace(name): _finish(item, replace, inner.get(name, name)) for name, item in value.items()}
    if isinstance(value, list):
        items = [_finish(item, replace) for item in value]
        return sorted(items, key=lambda item: json.dumps(item, sort_keys=True)) if key in UNORDERED else items
    return value
