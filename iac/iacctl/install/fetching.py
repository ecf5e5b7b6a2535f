"""Packages of files, brought from their addresses into a folder.

What an address means is decided as HashiCorp's go-getter does, which Terraform uses: the kind in front of `::` or else the URL's
scheme says how to fetch; an address whose path ends like an archive, or that has the parameter `archive`, is fetched as one file
and unpacked, any other as a folder. See https://developer.hashicorp.com/terraform/language/modules/sources.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

from iacctl.network.addresses import redact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import ModuleType

    from iacctl.config.cli_config import CliConfig
    from iacctl.network.client import Client

_GETTERS: Final = {
    "git": "git",
    "hg": "mercurial",
    "http": "http",
    "https": "http",
    "s3": "s3",
    "gcs": "google_storage",
    "file": "files",
    "oci": "oci",
}
"""The module in `iacctl.install.getters` for each kind of address."""

_FALSE: Final = frozenset(("0", "f", "F", "FALSE", "false", "False"))
_TRUE: Final = frozenset(("1", "t", "T", "TRUE", "true", "True"))


class FetchError(Exception):
    """A package cannot be had; the text says why, without credentials.

    Attributes:
        summary: what kind of failure it is, where that is not simply that the download failed.
    """

    def __init__(self, text: str, summary: str = "") -> None:
        super().__init__(redact(text))
        self.summary = summary


class Tools:
    """What getters work with. Nothing is made before it is needed.

    Args:
        environment: environment variables; those of the process if not given.
        cli_config: makes the CLI configuration.
        progress: told how many bytes of a download have arrived, and how many there will be if that is known.
    """

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        cli_config: Callable[[], CliConfig] | None = None,
        progress: Callable[[int, int | None], None] | None = None,
    ) -> None:
        self.environment = dict(os.environ if environment is None else environment)
        self.progress = progress
        self._cli_config = cli_config
        self._client: Client | None = None
        self._known_config: CliConfig | None = None

    @property
    def client(self) -> Client:
        """Makes HTTP requests, patiently."""
        if self._client is None:
            from iacctl.network.client import Client, Policy

            self._client = Client(Policy(attempts=2), environment=self.environment)
        return self._client

    @property
    def cli_config(self) -> CliConfig:
        """The CLI configuration."""
        if self._known_config is None:
            from iacctl.config.cli_config import CliConfig

            self._known_config = CliConfig() if self._cli_config is None else self._cli_config()
        return self._known_config

    def run(self, words: Sequence[str], folder: str | None = None, environment: Mapping[str, str] | None = None) -> str:
        """Run a program that fetches.

        Args:
            words: the program and its arguments.
            folder: where to run it.
            environment: further environment variables.

        Returns:
            What it printed.

        Raises:
            FetchError: it cannot be run or fails.
        """
        import subprocess

        program = shutil.which(words[0], path=self.environment.get("PATH"))
        if program is None:
            raise FetchError(f"{words[0]} must be available and on the PATH")
        done = subprocess.run(
            [program, *words[1:]],
            cwd=folder,
            env={**self.environment, **(environment or {})},
            stdin=subprocess.DEVNULL if not os.isatty(0) else None,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            said = (done.stdout + done.stderr).decode(errors="replace")
            how = f"exited with {done.returncode}" if done.returncode > 0 else "was interrupted"
            raise FetchError(f"{program} {how}: {said}")
        return done.stdout.decode(errors="replace")

    def close(self) -> None:
        """Close connections."""
        if self._client is not None:
            self._client.close()
            self._client = None


def fetch(address: str, destination: str, tools: Tools, *, hops: int = 0) -> None:
    """Fetch a package.

    Args:
        address: as `remote_sources.parse` returns it.
        destination: the folder to make; it must not exist, its parent must.
        tools: what to work with.
        hops: how many answers have led here already.

    Raises:
        FetchError: it cannot be had.
    """
    from iacctl.config.remote_sources import is_url, split_forced
    from iacctl.install import archives, checksums

    forced, url = split_forced(address)
    if not is_url(url):
        raise FetchError(f"invalid source string: {address}")
    written, colon, rest = url.partition(":")
    url = f"{written.lower()}{colon}{rest}"
    scheme = forced or written.lower()
    if scheme not in _GETTERS:
        raise FetchError(f"download not supported for scheme '{scheme}'")
    getter = _getter(scheme)
    url, parameters = take_parameters(url, "archive", "checksum", "filename")
    kind = _archive_kind(url, parameters.get("archive"))
    expected = checksums.parse(parameters["checksum"], url, tools) if parameters.get("checksum") else None
    if kind is None:
        if expected is not None:
            raise FetchError("checksum cannot be specified for directory download")
        try:
            getter.fetch_folder(url, destination, tools, hops)
        except FetchError as error:
            raise FetchError(f"error downloading '{redact(url)}': {error}") from None
        return
    import tempfile

    with tempfile.TemporaryDirectory(prefix=".archive-", dir=os.path.dirname(destination) or ".") as folder:  # noqa: PTH120
        file = os.path.join(folder, "archive")  # noqa: PTH118
        getter.fetch_file(url, file, tools)
        if expected is not None:
            checksums.check(file, expected, url)
        archives.unpack(file, kind, destination, archives.limits(tools.environment))


def _getter(scheme: str) -> ModuleType:
    import importlib

    return importlib.import_module(f"iacctl.install.getters.{_GETTERS[scheme]}")


def _archive_kind(url: str, parameter: str | None) -> str | None:
    """The kind of archive that an address means; None for a folder."""
    from iacctl.install import archives

    if parameter:
        if parameter in _FALSE:
            return None
        if parameter not in _TRUE:
            return parameter if parameter in archives.KINDS else None
    import urllib.parse

    path = urllib.parse.unquote(urllib.parse.urlsplit(url).path)
    fitting = [kind for kind in archives.KINDS if path.endswith(f".{kind}")]
    return max(fitting, key=len, default=None)


def take_parameters(url: str, *names: str) -> tuple[str, dict[str, str]]:
    """Take parameters out of a URL's query.

    Returns:
        The URL without them (unchanged if it has none of them), and their values.
    """
    address, mark, fragment = url.partition("#")
    base, question, query = address.partition("?")
    if not question or not any(f"{name}=" in query for name in names):
        return url, {}
    import urllib.parse

    found: dict[str, str] = {}
    left: list[tuple[str, str]] = []
    for name, value in urllib.parse.parse_qsl(query, keep_blank_values=True):
        if name in names:
            found.setdefault(name, value)
        else:
            left.append((name, value))
    rest = urllib.parse.urlencode(sorted(left, key=lambda item: item[0]))
    return base + (f"?{rest}" if rest else "") + mark + fragment, found


def place_folder(source: str, destination: str, directory: str = "") -> None:
    """Copy a package, or the part of it that a pattern names, without files whose names start with a dot.

    Args:
        source: the package's folder.
        destination: the folder to make.
        directory: what to copy, from the package's folder on; a pattern has to match one folder.

    Raises:
        FetchError: there is no such folder.
    """
    if directory:
        source = os.path.join(source, expand(source, directory))  # noqa: PTH118
    try:
        shutil.copytree(os.path.realpath(source), destination, symlinks=True, ignore=shutil.ignore_patterns(".*"))
    except (OSError, shutil.Error) as error:
        raise FetchError(str(error)) from None


def expand(folder: str, directory: str) -> str:
    """The directory that a pattern means in a folder.

    Raises:
        FetchError: no directory matches it, or more than one.
    """
    import glob

    found = sorted(glob.glob(directory, root_dir=folder))  # noqa: PTH207
    if not found:
        raise FetchError(f'subdir "{directory}" not found', "Failed to expand subdir globs")
    if len(found) > 1:
        raise FetchError(f'subdir "{directory}" matches multiple paths', "Failed to expand subdir globs")
    return os.path.normpath(found[0])
