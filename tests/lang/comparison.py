"""Evaluates expressions with real Terraform and with ours, and tells the differences."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, cast

from iacctl import values
from iacctl.diag import Diagnostic, SourceFile
from iacctl.hcl.parser import parse_expression
from iacctl.lang.compile import compile_expression
from iacctl.values import numbers

from .surroundings import Surroundings, configuration

UNKNOWN = "<unknown>"
_ORACLE = Path(__file__).parents[1] / "conformance" / "oracle.py"
_PANIC = "panic in function implementation"


class Problem(NamedTuple):
    """A diagnostic as both sides can show it; the place is (first line, column, last line, column) in the expression."""

    summary: str
    detail: str
    place: tuple[int, int, int, int]
    values: tuple[tuple[str, str], ...]
    function: str | None


Place = tuple[str | int, ...]


class Outcome(NamedTuple):
    """What an expression gives: problems while validating or planning, or a value and its type (None if not wholly known),
    and the places of what is sensitive in it.
    """

    validate: tuple[Problem, ...] = ()
    plan: tuple[Problem, ...] = ()
    value: Any = None
    type: Any = None
    sensitive: frozenset[Place] = frozenset()


INFINITE = Problem("infinity", "", (0, 0, 0, 0), (), None)
"""What there is to an infinite number, which no plan can hold."""
_INFINITE_OUTPUT = re.compile(r'output value "o(\d+)": cannot serialize infinity')


def terraform(directory: Path, *words: str, input: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs Terraform in a directory."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    environment["CHECKPOINT_DISABLE"] = "1"
    environment["TF_CLI_ARGS"] = "-no-color"
    return subprocess.run(
        [sys.executable, str(_ORACLE), *words],
        cwd=directory,
        env=environment,
        capture_output=True,
        text=True,
        input=input,
    )


HEAD = "  value = "


def output_block(number: int, expression: str) -> str:
    """An output whose value is the expression, which starts in line 3 behind `HEAD`."""
    return f'output "o{number}" {{\n  sensitive = true\n{HEAD}{expression}\n}}\n'


def _problem(data: dict[str, Any]) -> Problem:
    where = data["range"]
    snippet = data.get("snippet") or {}
    shown = tuple((item["traversal"], item["statement"]) for item in snippet.get("values") or ())
    call = snippet.get("function_call")
    detail = data["detail"]
    if _PANIC in detail:
        detail = _PANIC
    start, end = where["start"], where["end"]
    place = (start["line"], start["column"], end["line"], end["column"])
    return Problem(data["summary"], detail, place, shown, call["called_as"] if call else None)


def oracle_outcomes(directory: Path, expressions: list[str]) -> list[Outcome]:
    """What Terraform makes of each expression. Problems are taken from one validate and one plan of all of them."""
    directory.joinpath("surroundings.tf").write_text(configuration())
    for number, expression in enumerate(expressions):
        directory.joinpath(f"o{number}.tf").write_text(output_block(number, expression))
    terraform(directory, "init")
    validated: dict[str, list[Problem]] = {}
    for data in json.loads(terraform(directory, "validate", "-json").stdout)["diagnostics"]:
        # For some malformed references Terraform complains about a nameless one besides.
        if data["range"]["filename"]:
            validated.setdefault(data["range"]["filename"], []).append(_problem(data))
    _remove(directory, validated)
    planned: dict[str, list[Problem]] = {}
    while True:
        run = terraform(directory, "plan", "-json", "-out=plan")
        if run.returncode == 0:
            break
        found: dict[str, list[Problem]] = {}
        for line in run.stdout.splitlines():
            data = json.loads(line)
            if data["type"] == "diagnostic":
                if data["diagnostic"]["summary"] == "Failed to write plan file":
                    for number in _INFINITE_OUTPUT.findall(data["diagnostic"]["detail"]):
                        found[f"o{number}.tf"] = [INFINITE]
                    continue
                assert "range" in data["diagnostic"], data["diagnostic"]
                found.setdefault(data["diagnostic"]["range"]["filename"], []).append(_problem(data["diagnostic"]))
        assert found, run.stdout + run.stderr
        planned.update(found)
        _remove(directory, found)
    shown = json.loads(terraform(directory, "show", "-json", "plan").stdout, parse_float=str, parse_int=str)
    good = [number for number in range(len(expressions)) if not {f"o{number}.tf"} & {*validated, *planned}]
    sensitive = _sensitive_places(directory, {number: expressions[number] for number in good})
    outcomes = []
    for number in range(len(expressions)):
        name = f"o{number}"
        file = f"{name}.tf"
        if file in validated or file in planned:
            outcomes.append(Outcome(tuple(validated.get(file, ())), _distinct(planned.get(file, ()))))
            continue
        change = shown["output_changes"][name]
        known = shown["planned_values"]["outputs"].get(name, {})
        value = _merge(change.get("after"), change.get("after_unknown"))
        outcomes.append(Outcome(value=value, type=known.get("type"), sensitive=sensitive[number]))
    return outcomes


def _sensitive_places(directory: Path, expressions: dict[int, str]) -> dict[int, frozenset[Place]]:
    """What is sensitive in the values of expressions without faults, which only the plan of a resource tells."""
    for number in expressions:
        directory.joinpath(f"o{number}.tf").unlink()
    blocks = [
        f'resource "terraform_data" "o{number}" {{\n  input = {text}\n}}\n' for number, text in expressions.items()
    ]
    directory.joinpath("inputs.tf").write_text("".join(blocks))
    run = terraform(directory, "plan", "-out=plan")
    assert run.returncode == 0, run.stdout + run.stderr
    found: dict[int, frozenset[Place]] = {}
    for change in json.loads(terraform(directory, "show", "-json", "plan").stdout)["resource_changes"]:
        if change["name"][1:].isdigit():
            places = _marked_places(change["change"]["after_sensitive"].get("input", False), ())
            found[int(change["name"][1:])] = frozenset(places)
    return found


def _marked_places(marks: Any, place: Place) -> Iterable[Place]:
    if marks is True:
        yield place
    parts: Iterable[tuple[str | int, Any]] = ()
    if isinstance(marks, dict):
        parts = marks.items()
    elif isinstance(marks, list):
        parts = enumerate(marks)
    for name, part in parts:
        yield from _marked_places(part, (*place, name))


def _our_sensitive_places(value: values.Value) -> frozenset[Place]:
    found = {
        tuple(step if isinstance(step, str) else cast("str | int", step.key) for step in path)
        for path, marks in values.unmark_deep_with_paths(value)[1]
        if values.SENSITIVE in marks
    }
    # What is inside of something sensitive is not told.
    return frozenset(place for place in found if not any(place[:end] in found for end in range(len(place))))


def _distinct(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """What a plan shows: a problem that comes up several times in one place is told once."""
    return tuple(dict.fromkeys(problems))


def _remove(directory: Path, files: dict[str, list[Problem]]) -> None:
    for file in files:
        assert file.startswith("o"), files[file]
        directory.joinpath(file).unlink()


def _merge(after: Any, unknown: Any) -> Any:
    if unknown is True:
        return UNKNOWN
    if isinstance(unknown, dict) or isinstance(after, dict):
        names = sorted({*(after or {}), *(unknown or {})})
        return {name: _merge((after or {}).get(name), (unknown or {}).get(name)) for name in names}
    if isinstance(after, list):
        flags = unknown if isinstance(unknown, list) else [False] * len(after)
        return [_merge(item, flag) for item, flag in zip(after, flags, strict=True)]
    return after


def show(value: values.Value) -> Any:
    """A value in the form of plan JSON, with `UNKNOWN` where it is not known."""
    value, _ = values.unmark(value)
    if isinstance(value, values.Unknown):
        return UNKNOWN
    if value is None or isinstance(value, values.Null):
        return None
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | values.BigFloat):
        # On its way into a plan zero loses its sign.
        return numbers.text(value) if numbers.sign(value) else "0"
    if isinstance(value, dict):
        return {name: show(item) for name, item in value.items()}
    if isinstance(value, values.ObjectValue):
        return {name: show(item) for name, item in value.attributes.items()}
    if isinstance(value, values.MapValue):
        return {name: show(item) for name, item in value.entries.items()}
    items = value if isinstance(value, tuple) else value.items
    return [show(item) for item in items]


def _our_problem(problem: Diagnostic) -> Problem:
    assert problem.subject is not None, problem
    start, end = problem.subject.start_pos, problem.subject.end_pos
    call = problem.function_call
    return Problem(
        problem.summary,
        problem.detail,
        # Reports never show an empty range.
        (start.line, start.column, end.line, end.column + (start == end)),
        problem.values,
        call.called_as if call else None,
    )


def _holds_infinity(shown: Any) -> bool:
    if isinstance(shown, dict):
        return any(map(_holds_infinity, shown.values()))
    return any(map(_holds_infinity, shown)) if isinstance(shown, list) else shown in ("+Inf", "-Inf")


def our_outcomes(expressions: list[str]) -> list[Outcome]:
    """What we make of each expression."""
    validate, plan = Surroundings("validate"), Surroundings("plan")
    outcomes = []
    for number, text in enumerate(expressions):
        source = output_block(number, text)
        file = SourceFile(f"o{number}.tf", source)
        start = source.index(HEAD) + len(HEAD)
        first = validate.context()
        tree = parse_expression(file, first.diags, start, start + len(text))
        if len(first.diags):
            outcomes.append(Outcome(tuple(map(_our_problem, first.diags))))
            continue
        compiled = compile_expression(tree)
        compiled(first)
        if len(first.diags):
            outcomes.append(Outcome(tuple(map(_our_problem, first.diags))))
            continue
        second = plan.context()
        value = compiled(second)
        if len(second.diags):
            outcomes.append(Outcome((), _distinct(map(_our_problem, second.diags))))
            continue
        if values.is_wholly_known(value) and _holds_infinity(show(value)):
            outcomes.append(Outcome((), (INFINITE,)))
            continue
        type_ = None
        if values.is_wholly_known(value):
            type_ = "dynamic" if values.is_null(value) else values.type_to_json(values.type_of(value))
        outcomes.append(Outcome(value=show(value), type=type_, sensitive=_our_sensitive_places(value)))
    return outcomes


def differences(expressions: list[str], theirs: list[Outcome], ours: list[Outcome]) -> list[str]:
    """The expressions whose outcomes are not the same, with both."""
    found = []
    for expression, their, our in zip(expressions, theirs, ours, strict=True):
        if _in_order(their) != _in_order(our) and not _crashes(their):
            found.append(f"{expression}\n  terraform: {_text(their)}\n  ours:      {_text(our)}")
    return found


def _in_order(outcome: Outcome) -> Outcome:
    """An outcome with problems in the order of their places: reports of validation are sorted."""
    return outcome._replace(
        validate=tuple(sorted(outcome.validate, key=str)), plan=tuple(sorted(outcome.plan, key=str))
    )


def _crashes(their: Outcome) -> bool:
    """Where Terraform's function crashes, which is no example to follow."""
    return any(problem.detail == _PANIC for problem in (*their.validate, *their.plan))


def _text(outcome: Outcome) -> str:
    if outcome.validate or outcome.plan:
        return f"validate {outcome.validate} plan {outcome.plan}"
    places = f", sensitive at {sorted(outcome.sensitive, key=str)}" if outcome.sensitive else ""
    return f"{json.dumps(outcome.value, ensure_ascii=False)} of {json.dumps(outcome.type)}{places}"
