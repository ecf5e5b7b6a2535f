"""`.terraform/modules/modules.json`: where each module call of the tree is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.addrs import ModulePath
    from iacctl.config.source import Source

DATA_FOLDER: Final = ".terraform"
"""The data folder, unless TF_DATA_DIR names another."""

_PATH: Final = "modules/modules.json"


class Installed(NamedTuple):
    """One module call's entry.

    Attributes:
        source: the source address in its full form, as `install` normalized it.
        directory: where its files are, relative to the working directory.
        version: the version chosen from a registry, or None.
    """

    source: str
    directory: str
    version: str | None = None


class ManifestError(ValueError):
    """The file is damaged; the text says how."""


def path_in(data_folder: str) -> str:
    """The path of the manifest in a data folder."""
    return f"{data_folder}/{_PATH}"


def parse(data: bytes) -> dict[ModulePath, Installed]:
    """Read a manifest.

    Raises:
        ManifestError: it is damaged.
    """
    import json

    found: dict[ModulePath, Installed] = {}
    try:
        document = json.loads(data)
    except json.JSONDecodeError as error:
        at_end = error.pos >= len(error.doc.rstrip())
        reason = "unexpected end of JSON input" if at_end else str(error)
        raise ManifestError(f"error unmarshalling snapshot: {reason}") from error
    except ValueError as error:
        raise ManifestError(f"error unmarshalling snapshot: {error}") from error
    try:
        for entry in document.get("Modules") or []:
            key = entry.get("Key") or ""
            path = tuple(key.split(".")) if key else ()
            if path in found:
                raise ManifestError(f"snapshot file contains two records for path {key}")
            found[path] = Installed(entry.get("Source", ""), entry.get("Dir", ""), entry.get("Version") or None)
    except (AttributeError, TypeError) as error:
        raise ManifestError(f"error unmarshalling snapshot: {error}") from error
    return found


def read(source: Source, data_folder: str = DATA_FOLDER) -> dict[ModulePath, Installed]:
    """The manifest in a data folder; empty if there is none.

    Args:
        source: where files come from.
        data_folder: the data folder's path, from the source's directory on.

    Raises:
        ManifestError: it is damaged.
        OSError: it is there but cannot be read.
    """
    try:
        data = source.read(path_in(data_folder))
    except FileNotFoundError:
        return {}
    return parse(data)


def render(modules: Mapping[ModulePath, Installed]) -> str:
    """The manifest as Terraform writes it: in one line, sorted by key, with the characters `<>&` escaped."""
    import json

    entries: list[dict[str, str]] = []
    for path in sorted(modules, key=".".join):
        module = modules[path]
        entry = {"Key": ".".join(path), "Source": module.source}
        if module.version is not None:
            entry["Version"] = module.version
        entry["Dir"] = module.directory
        entries.append(entry)
    text = json.dumps({"Modules": entries}, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
