"""The section of whole configurations: one row for each case."""

from __future__ import annotations

import collections
import re
from concurrent.futures import ThreadPoolExecutor

from .cases import CASES, LATER, load_all
from .check import Outcome, check
from .sections import Options, Result, Row, Section

_CAUSE_DEPTH = 5
_MEMBER = re.compile(r"\[([^\[\]]|\[[^\]]*\])*\]")


def compare(options: Options) -> Result:
    """Run the chosen cases with both tools."""
    cases = [case for case in load_all(LATER if options.later else CASES) if options.wants(case.name)]
    with ThreadPoolExecutor(options.jobs) as pool:
        outcomes = list(pool.map(check, cases))
    histories = sum(any(step.words[0] == "use" for step in outcome.case.steps[1:]) for outcome in outcomes)
    return Result(
        len(outcomes),
        sum(outcome.agrees for outcome in outcomes),
        sum(outcome.agrees and bool(outcome.expected) for outcome in outcomes),
        [_row(outcome) for outcome in outcomes],
        [*([f"{histories} are histories of several configurations"] if histories else []),
         *(causes(outcomes) if options.causes else [])],
    )  # fmt: skip


SECTION = Section("configurations", "Configurations", "cases", compare)


def _row(outcome: Outcome) -> Row:
    steps = f"{len(outcome.case.steps):3} steps"
    if outcome.unexpected:
        first = outcome.unexpected[0].path
        found = tuple(str(difference) for difference in outcome.unexpected)
        return Row(outcome.case.name, f"{steps}  {len(outcome.unexpected)} differ, first {first}", found)
    if outcome.idle:
        return Row(outcome.case.name, f"{steps}  {len(outcome.idle)} listed differences are gone")
    note = f" but for {len(outcome.expected)} listed" if outcome.expected else ""
    return Row(outcome.case.name, f"{steps}  agrees{note}")


def causes(outcomes: list[Outcome]) -> list[str]:
    """Give the places that differ, most frequent first, with the cases they appear in."""
    places: dict[str, set[str]] = collections.defaultdict(set)
    for outcome in outcomes:
        for difference in outcome.unexpected:
            places[cause(difference.path)].add(outcome.case.name)
    return [
        f"{len(names):4}  {place}: {', '.join(sorted(names)[:6])}"
        for place, names in sorted(places.items(), key=lambda entry: -len(entry[1]))
    ]


def cause(path: str) -> str:
    """Return a difference's path without what belongs to one case: step numbers, addresses, names deep inside."""
    step, _, rest = path.partition(": ")
    command = step.split()[1] if " " in step else step
    keys = _MEMBER.sub("[]", rest).split(".")
    return f"{command}: {'.'.join(keys[:_CAUSE_DEPTH])}"
