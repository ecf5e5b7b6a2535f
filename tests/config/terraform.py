"""Configurations as test data, and what real Terraform's `validate` says about them, many in one process."""

from __future__ import annotations

import ctypes
import json
import os
import posixpath
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

TESTS = Path(__file__).resolve().parents[1]
CASES = Path(__file__).resolve().parent / "cases"
_MODULE = re.compile(r'^module\s+"(\w+)"\s*{(.*?)(?=^module|\Z)', re.MULTILINE | re.DOTALL)
_SOURCE = re.compile(r'source\s*=\s*"(\.[^"$]*)"')


class Case(NamedTuple):
    """A configuration: file names and texts."""

    id: str
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        """Put the files into a directory, with a manifest of the local modules unless the case has its own."""
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        modules = {"": {"Key": "", "Source": "", "Dir": "."}}
        if not any(name.startswith(".terraform/") for name in self.files):
            self._find_modules("", "", modules)
        if len(modules) > 1:
            manifest = folder / ".terraform/modules/modules.json"
            manifest.parent.mkdir(parents=True)
            manifest.write_text(json.dumps({"Modules": list(modules.values())}))

    def _find_modules(self, key: str, directory: str, found: dict[str, dict[str, str]]) -> None:
        for name, text in self.files.items():
            if posixpath.dirname(name) != directory or not name.endswith(".tf") or key.count(".") > 3:
                continue
            for call in _MODULE.finditer(text):
                source = _SOURCE.search(call[2])
                inner = f"{key}.{call[1]}".lstrip(".")
                if source is None or inner in found:
                    continue
                target = posixpath.normpath(posixpath.join(directory, source[1]))
                found[inner] = {"Key": inner, "Source": source[1], "Dir": target}
                self._find_modules(inner, target, found)


def cases(file: Path) -> list[Case]:
    """The cases of a file: `=== name`, then `--- file` and its text; without a file name it is `main.tf`."""
    found: list[Case] = []
    for chunk in re.split(r"^=== ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, body = chunk.partition("\n")
        parts = re.split(r"^--- (\S+)\n", body, flags=re.MULTILINE)
        files = {"main.tf": parts[0]} if parts[0] else {}
        files.update(zip(parts[1::2], parts[2::2], strict=True))
        found.append(Case(f"{file.stem}: {name.strip()}", files))
    return found


def all_cases() -> list[Case]:
    """Every case of every file."""
    return [case for file in sorted(CASES.glob("*.txt")) for case in cases(file)]


class Report(NamedTuple):
    """A diagnostic as it is compared."""

    severity: str
    place: str
    summary: str
    detail: str


def place(filename: str, start: tuple[int, int], end: tuple[int, int]) -> str:
    """A range in one form for both sides."""
    return f"{filename}:{start[0]},{start[1]}-{end[0]},{end[1]}"


def validate_all(chosen: list[Case]) -> dict[str, list[Report]]:
    """What Terraform says about each case."""
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(chosen):
            case.write(Path(folder) / str(number))
            (Path(folder) / str(number)).mkdir(exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
        subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), folder, str(len(chosen))],
            env={**environment, "PYTHONPATH": str(TESTS / "conformance")},
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return {
            case.id: _reports(json.loads((Path(folder) / f"{number}.json").read_text()))
            for number, case in enumerate(chosen)
        }


def _reports(document: dict[str, Any]) -> list[Report]:
    found: list[Report] = []
    for item in document["diagnostics"]:
        where = ""
        if "range" in item:
            at = item["range"]
            start, end = ((at[side]["line"], at[side]["column"]) for side in ("start", "end"))
            where = place(at["filename"], start, end)
        found.append(Report(item["severity"], where, item["summary"], item["detail"]))
    return found


def _main(folder: str, count: int) -> None:
    """Run `validate -json` in each of the numbered directories of a folder."""
    import oracle  # type: ignore[import-not-found]

    cli = ctypes.CDLL(str(oracle.library()))
    cli.RunCli.argtypes = [ctypes.c_int64, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int64, ctypes.c_int64]
    errors = os.open(os.devnull, os.O_WRONLY)
    for number in range(count):
        words = [f"-chdir={folder}/{number}", "validate", "-json"]
        argv = (ctypes.c_char_p * len(words))(*[os.fsencode(word) for word in words])
        output = os.open(f"{folder}/{number}.json", os.O_WRONLY | os.O_CREAT)
        cli.RunCli(len(words), argv, output, os.dup(errors))
    os._exit(0)


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
