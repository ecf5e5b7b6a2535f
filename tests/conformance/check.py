"""One case from end to end: does Terraform do what the case is about, and does iacctl do the same?"""

from __future__ import annotations

from dataclasses import dataclass

from . import known
from .cases import Case
from .compare import Difference, differences
from .known import KnownDifference
from .observe import observe
from .runner import Recording, candidate, run, terraform_recording


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comparing one case gave."""

    case: Case
    unexpected: list[Difference]
    expected: list[Difference]
    """Differences that docs/compatibility.md lists."""
    idle: list[KnownDifference]
    """Rows of docs/compatibility.md that no longer hold."""

    @property
    def agrees(self) -> bool:
        """Return whether nothing unlisted differs and nothing listed is out of date."""
        return not self.unexpected and not self.idle


def check(case: Case) -> Outcome:
    """Run the case with both tools and compare."""
    expected = observe(case, terraform_recording(case))
    actual = observe(case, run(case, candidate()))
    found = list(differences(expected, actual))
    rows = [row for row in known.load() if row.case == case.name]
    unexpected, idle = known.split(found, rows)
    return Outcome(case, unexpected, [item for item in found if item not in unexpected], idle)


def broken_expectations(case: Case, recording: Recording) -> list[str]:
    """Return where Terraform did not do what the case says it does: exit codes, and texts in its output."""
    problems = []
    for step, entry in zip(case.steps, recording, strict=True):
        if not entry["calls"]:
            continue
        call = entry["calls"][0]
        said = call["stdout"] + call["stderr"]
        output = " ".join(said.split())
        if step.exit is not None and call["exit"] != step.exit:
            problems.append(f"`{step.name}` exits with {call['exit']}, not {step.exit}:\n{said}")
        for text in step.says:
            if " ".join(text.split()) not in output:
                problems.append(f"`{step.name}` does not say {text!r}:\n{said}")
    return problems
