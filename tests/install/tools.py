"""Runs iacctl's installation in this process and Terraform's beside it, and makes what they say comparable."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from iacctl.addrs import ModulePath
from iacctl.config.cli_config import CliConfig, load
from iacctl.config.manifest import Installed
from iacctl.diag import Diagnostics
from iacctl.install import modules
from iacctl.install.fetching import Tools
from tests.cli.tools import TERRAFORM
from tests.install.internet import Internet

_MANIFEST = ".terraform/modules/modules.json"
_PLACE = re.compile(r"\(main\.tf:\d+\)|main\.tf:\d+")


class Outcome(NamedTuple):
    """What an installation came to.

    Attributes:
        said: "Downloading …" and "- … in …", in order.
        found: errors, as summary, detail, and the line they are about (0 without one), in order.
        manifest: the manifest's text, or None.
    """

    said: list[str]
    found: list[tuple[str, str, int]]
    manifest: str | None

    def of(self, name: str) -> list[tuple[str, str]]:
        """Summary and detail of the errors that name a module."""
        return [(summary, detail) for summary, detail, _ in self.found if f'"{name}"' in detail]


def calls(sources: Sequence[str | tuple[str, str]]) -> str:
    """A configuration that calls modules `m000`, `m001`, …; each call takes four lines."""
    parts: list[str] = []
    for number, item in enumerate(sources):
        source, version = item if isinstance(item, tuple) else (item, "")
        constraint = f'  version = "{version}"' if version else ""
        parts.append(f'module "m{number:03}" {{\n  source = "{source}"\n{constraint}\n}}\n')
    return "".join(parts)


def environment(net: Internet, home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a program on the test's internet."""
    kept = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("LC_")}
    return {
        **kept,
        **net.environment,
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "CHECKPOINT_DISABLE": "1",
        "TF_REGISTRY_DISCOVERY_RETRY": "1",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        **(more or {}),
    }


def install(folder: Path, environ: Mapping[str, str], *, upgrade: bool = False) -> Outcome:
    """Install with iacctl, in this process."""
    said: list[str] = []

    def downloading(path: ModulePath, address: str, version: str | None) -> None:
        said.append(f"Downloading {address}{f' {version}' if version else ''} for {'.'.join(path)}...")

    def installed(path: ModulePath, entry: Installed) -> None:
        said.append(f"- {'.'.join(path)} in {entry.directory}")

    def config() -> CliConfig:
        return load(Diagnostics(), environ)

    result = modules.install(
        str(folder),
        listener=installed,
        on_download=downloading,
        tools=Tools(environ, config),
        upgrade=upgrade,
    )
    found = [
        (item.summary, item.detail, item.subject.start_pos.line if item.subject is not None else 0)
        for item in result.diagnostics
    ]
    return Outcome(said, found, _manifest(folder))


def terraform(folder: Path, environ: Mapping[str, str], *words: str) -> Outcome:
    """Install with Terraform: `init -json` and further words."""
    done = subprocess.run(
        [*TERRAFORM, "init", "-json", *words],
        cwd=folder,
        env={"TF_CLI_CONFIG_FILE": os.devnull, **environ},
        capture_output=True,
        check=False,
    )
    said: list[str] = []
    found: list[tuple[str, str, int]] = []
    for line in done.stdout.decode(errors="replace").splitlines():
        if not line.startswith("{"):
            continue
        message = json.loads(line)
        if "diagnostic" in message:
            item = message["diagnostic"]
            found.append((item["summary"], item["detail"], item.get("range", {}).get("start", {}).get("line", 0)))
        elif message["@message"].startswith(("Downloading ", "- ")):
            said.append(message["@message"])
    return Outcome(said, found, _manifest(folder))


def _manifest(folder: Path) -> str | None:
    path = folder / _MANIFEST
    return path.read_text() if path.exists() else None


def tree(folder: Path) -> dict[str, str]:
    """The files in the modules' folder, without those of Git; links by their targets."""
    found: dict[str, str] = {}
    base = folder / ".terraform" / "modules"
    for path in sorted(base.rglob("*")):
        name = str(path.relative_to(base))
        # Copies of a package lack what starts with a dot, and which one is the copy is Terraform's choice.
        if any(part.startswith(".") for part in name.split("/")) or name == "modules.json":
            continue
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = path.read_bytes().decode(errors="replace")
    return found
