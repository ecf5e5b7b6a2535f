"""Asks real Terraform what expressions evaluate to and how values convert, many in one run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from iacctl import values
from iacctl.values import Value

_ORACLE = [sys.executable, str(Path(__file__).parents[1] / "conformance" / "oracle.py")]
_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("TF_")} | {
    "CHECKPOINT_DISABLE": "1",
    "TF_CLI_CONFIG_FILE": os.devnull,
}


def run(folder: Path, *words: str) -> str:
    done = subprocess.run([*_ORACLE, *words], cwd=folder, env=_ENVIRONMENT, capture_output=True, text=True, timeout=120)
    return done.stdout + (done.stderr if done.returncode and "-json" not in words else "")


def evaluate(expressions: list[str], config: str = "") -> list[Value]:
    """The value of each expression, as Terraform stores it for an output.

    Args:
        expressions: their values must be known and not sensitive.
        config: what else is in the configuration.
    """
    listed = "".join(f"    {text},\n" for text in expressions)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.joinpath("main.tf").write_text(f'{config}output "all" {{\n  value = [\n{listed}  ]\n}}\n')
        said = run(folder, "apply", "-auto-approve", "-no-color")
        state = folder / "terraform.tfstate"
        assert state.exists(), said
        output = values.json.loads(state.read_text())["outputs"]["all"]
    found = values.json.decode(output["value"], values.type_from_json(output["type"]))
    assert type(found) is tuple and len(found) == len(expressions)
    return list(found)


def planned(expressions: list[str], config: str = "") -> list[dict[str, Any]]:
    """The planned change of an output for each expression."""
    config += "".join(f'output "o{n:03d}" {{\n  value = {text}\n}}\n' for n, text in enumerate(expressions))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.joinpath("main.tf").write_text(config)
        said = run(folder, "plan", "-out=plan", "-no-color")
        assert (folder / "plan").exists(), said
        changes = values.json.loads(run(folder, "show", "-json", "plan"))["output_changes"]
    return [changes.get(f"o{n:03d}", {}) for n in range(len(expressions))]


def default_problems(cases: list[tuple[str, str]]) -> list[str | None]:
    """For pairs of a variable's type and default: why the default does not fit, or None."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n, (type_, default) in enumerate(cases):
            # Small files: Terraform reads a file from its start for each problem in it.
            folder.joinpath(f"v{n}.tf").write_text(f'variable "v{n}" {{\n  type = {type_}\n  default = {default}\n}}\n')
        said = values.json.loads(run(folder, "validate", "-json"))
    found: list[str | None] = [None] * len(cases)
    for problem in said["diagnostics"]:
        lead = "This default value is not compatible with the variable's type constraint: "
        number = int(problem["range"]["filename"].removeprefix("v").removesuffix(".tf"))
        found[number] = problem["detail"].removeprefix(lead)
    return found
