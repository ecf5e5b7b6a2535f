"""The agreement table: `python -m tests.conformance.report [PATTERN ...]`, from the top of the repository.

`--causes` groups the differences by place instead, `--differences` prints each, `--later` takes the cases that wait.
"""

from __future__ import annotations

import argparse
import collections
import fnmatch
import re
from concurrent.futures import ThreadPoolExecutor

from .cases import CASES, LATER, load_all
from .check import Outcome, check

_CAUSE_DEPTH = 5
_MEMBER = re.compile(r"\[([^\[\]]|\[[^\]]*\])*\]")


def main() -> int:
    """Compare the chosen cases, print the table, and return the exit code: 0 when all agree."""
    parser = argparse.ArgumentParser(description="How far iacctl agrees with Terraform, case by case.")
    parser.add_argument("patterns", nargs="*", help="names of cases; * stands for any text")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--causes", action="store_true")
    parser.add_argument("--differences", action="store_true")
    parser.add_argument("--later", action="store_true")
    options = parser.parse_args()
    cases = [
        case
        for case in load_all(LATER if options.later else CASES)
        if not options.patterns or any(fnmatch.fnmatchcase(case.name, pattern) for pattern in options.patterns)
    ]
    with ThreadPoolExecutor(options.jobs) as pool:
        outcomes = list(pool.map(check, cases))
    width = max((len(case.name) for case in cases), default=0)
    for outcome in outcomes:
        print(_row(outcome, width))
        if options.differences:
            for difference in outcome.unexpected:
                print(f"  {difference}")
    if options.causes:
        print_causes(outcomes)
    agreeing = sum(outcome.agrees for outcome in outcomes)
    histories = sum(any(step.words[0] == "use" for step in o.case.steps[1:]) for o in outcomes)
    listed = sum(bool(outcome.expected) for outcome in outcomes)
    print(f"\n{agreeing} of {len(outcomes)} cases agree, {listed} of them but for listed differences; "
          f"{histories} are histories of several configurations")  # fmt: skip
    return 0 if agreeing == len(outcomes) else 1


def _row(outcome: Outcome, width: int) -> str:
    steps = f"{len(outcome.case.steps):3} steps"
    if outcome.unexpected:
        first = outcome.unexpected[0].path
        return f"{outcome.case.name:{width}} {steps}  {len(outcome.unexpected)} differ, first {first}"
    if outcome.idle:
        return f"{outcome.case.name:{width}} {steps}  {len(outcome.idle)} listed differences are gone"
    note = f" but for {len(outcome.expected)} listed" if outcome.expected else ""
    return f"{outcome.case.name:{width}} {steps}  agrees{note}"


def print_causes(outcomes: list[Outcome]) -> None:
    """Print the places that differ, most frequent first, with the cases they appear in."""
    places: dict[str, set[str]] = collections.defaultdict(set)
    for outcome in outcomes:
        for difference in outcome.unexpected:
            places[cause(difference.path)].add(outcome.case.name)
    print()
    for place, names in sorted(places.items(), key=lambda entry: -len(entry[1])):
        print(f"{len(names):4}  {place}: {', '.join(sorted(names)[:6])}")


def cause(path: str) -> str:
    """Return a difference's path without what belongs to one case: step numbers, addresses, names deep inside."""
    step, _, rest = path.partition(": ")
    command = step.split()[1] if " " in step else step
    keys = _MEMBER.sub("[]", rest).split(".")
    return f"{command}: {'.'.join(keys[:_CAUSE_DEPTH])}"


if __name__ == "__main__":
    raise SystemExit(main())
