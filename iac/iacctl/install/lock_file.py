"""`.terraform.lock.hcl`: which version of each provider was chosen, and what its packages are recognized by.

See https://developer.hashicorp.com/terraform/language/files/dependency-lock. The file is written as Terraform writes it, byte for
byte.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.addrs import DEFAULT_HOST, parse_provider_source
from iacctl.config import constants
from iacctl.config.versions import VersionError, parse_constraints, parse_version
from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl import parser, static
from iacctl.hcl.body import BodySchema
from iacctl.install.providers import normal_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iacctl.addrs import Provider
    from iacctl.hcl.ast import Attribute
    from iacctl.hcl.body import Block

NAME: Final = ".terraform.lock.hcl"
"""The file's name, in the root module's directory."""

_HEADER: Final = (
    '# This file is maintained automatically by "terraform init".\n# Manual edits may be lost in future updates.\n'
)
_FILE: Final = BodySchema({}, {"provider": ("source_addr",), "module": ("path",)})
_PROVIDER: Final = BodySchema({"version": True, "constraints": False, "hashes": False})
_LEGACY: Final = "-"


class Lock(NamedTuple):
    """What is recorded of a provider.

    Attributes:
        version: the version chosen.
        constraints: what it was chosen by, in its normal form; empty if it was unconstrained.
        hashes: what its packages are recognized by, such as `h1:…` (a package's content) or `zh:…` (an archive); of any platform.
    """

    version: str
    constraints: str = ""
    hashes: frozenset[str] = frozenset()


def read(directory: str, diags: Diagnostics) -> dict[Provider, Lock]:
    """The locks in a directory; none if there is no file.

    Args:
        directory: the root module's.
        diags: gets what is wrong with the file.
    """
    try:
        with open(os.path.join(directory, NAME), "rb") as file:  # noqa: PTH118
            data = file.read()
    except FileNotFoundError:
        return {}
    except OSError as error:
        diags.error(
            "Failed to read dependency lock file",
            f"The dependency lock file cannot be read: {(error.strerror or str(error)).lower()}.",
        )
        return {}
    return parse(data, diags)


def parse(data: bytes, diags: Diagnostics) -> dict[Provider, Lock]:
    """Read a lock file.

    Args:
        data: the file's content.
        diags: gets what is wrong with it.
    """
    body = parser.parse_config(SourceFile.from_bytes(NAME, data), diags)
    if diags.has_errors:
        return {}
    found: dict[Provider, Lock] = {}
    places: dict[Provider, Block] = {}
    warned = False
    for block in body.content(_FILE, diags).blocks:
        if block.type == "module":
            if not warned:
                diags.warning(
                    "Dependency locks for modules are not yet supported",
                    "Terraform v1.15.5 only supports dependency locks for providers, not for modules. This configuration may be"
                    " intended for a later version of Terraform that also supports dependency locks for modules.",
                    block.type_range,
                )
            warned = True
            continue
        source = _source(block, diags)
        lock = None if source is None else _lock(block, source, diags)
        if source is None or lock is None:
            continue
        if source in found:
            first = places[source].definition_range
            start, end = first.start_pos, first.end_pos
            diags.error(
                "Duplicate provider lock",
                f"This lockfile already declared a lock for provider {source} at"
                f" {NAME}:{start.line},{start.column}-{end.column}.",
                block.type_range,
            )
            continue
        found[source], places[source] = lock, block
    return found


def _source(block: Block, diags: Diagnostics) -> Provider | None:
    """The provider that a block is for; None if that was reported."""
    text, place = block.labels[0], block.label_ranges[0]
    source = parse_provider_source(text)
    summary = "Invalid provider source address"
    legacy = text.split("/")[-2:-1] == [_LEGACY]
    if source is None and not legacy:
        diags.error(
            summary,
            "The provider source address for a provider lock must be a valid, fully-qualified address of the form"
            ' "hostname/namespace/type".',
            place,
        )
    elif source is None:
        name = text if text.count("/") > 1 else f"{DEFAULT_HOST}/{text}"
        diags.error(
            summary,
            f"Provider source address {name} is a special provider that is not eligible for dependency locking.",
            place,
        )
    elif source.is_builtin:
        diags.error(
            summary,
            f"Cannot lock a version for built-in provider {source}. Built-in providers are bundled inside Terraform itself, so"
            " you can't select a version for them independently of the Terraform release you are currently running.",
            place,
        )
    elif str(source) != text:
        diags.error(
            "Non-normalized provider source address",
            f'The provider source address for this provider lock must be written as "{source}", the fully-qualified and'
            " normalized form.",
            place,
        )
    else:
        return source
    return None


def _lock(block: Block, source: Provider, diags: Diagnostics) -> Lock | None:
    before = len(diags)
    given = block.body.content(_PROVIDER, diags).attributes
    if len(diags) > before:
        return None
    version = _version(given["version"], source, diags)
    constraints = _constraints(given["constraints"], source, diags) if "constraints" in given else ""
    hashes = _hashes(given["hashes"], diags) if "hashes" in given else frozenset()
    return Lock(version, constraints, hashes) if len(diags) == before else None


def _version(attribute: Attribute, source: Provider, diags: Diagnostics) -> str:
    if constants.value(attribute.expression, Diagnostics()) is None:
        diags.error(
            "Missing required argument",
            'A provider lock block must contain a "version" argument.',
            attribute.expression.range,
        )
        return ""
    text = constants.string(attribute, diags)
    if text is None:
        return ""
    summary = "Invalid provider version number"
    about = f"The selected version number for provider {source}"
    place = attribute.expression.range
    try:
        normal = str(parse_version(text))
    except VersionError as error:
        diags.error(summary, f"{about} is invalid: {error}.", place)
        return ""
    if normal != text:
        diags.error(summary, f'{about} must be written in normalized form: "{normal}".', place)
    return normal


def _constraints(attribute: Attribute, source: Provider, diags: Diagnostics) -> str:
    text = constants.string(attribute, diags)
    if text is None:
        return ""
    summary = "Invalid provider version constraints"
    about = f"The recorded version constraints for provider {source}"
    place = attribute.expression.range
    try:
        normal = normal_text(parse_constraints(text).items)
    except VersionError as error:
        diags.error(summary, f"{about} are invalid: {error}.", place)
        return ""
    if normal != text:
        diags.error(summary, f'{about} must be written in normalized form: "{normal}".', place)
    return normal


def _hashes(attribute: Attribute, diags: Diagnostics) -> frozenset[str]:
    items = static.items(attribute.expression, diags)
    if items is None:
        return frozenset()
    if not items:
        diags.error(
            "Invalid provider hash set",
            'The "hashes" argument must either be omitted or contain at least one hash value.',
            attribute.expression.range,
        )
    found: set[str] = set()
    for item in items:
        value = constants.value(item, diags)
        text = value if type(value) is str else str(value)
        scheme, colon, _ = text.partition(":")
        if not scheme or not colon:
            diags.error(
                "Invalid provider hash string",
                f'Cannot interpret "{text}" as a provider hash: hash string must start with a scheme keyword followed by a'
                " colon.",
                attribute.expression.range,
            )
        found.add(text)
    return frozenset(found)


def render(locks: Mapping[Provider, Lock]) -> str:
    """The file's text: providers and hashes in order, and a comment on top."""
    parts = [_HEADER]
    for source in sorted(locks, key=str):
        lock = locks[source]
        parts.append(f'\nprovider "{source}" {{\n')
        if lock.constraints:
            parts.append(f'  version     = "{lock.version}"\n  constraints = "{lock.constraints}"\n')
        else:
            parts.append(f'  version = "{lock.version}"\n')
        if lock.hashes:
            parts.append("  hashes = [\n")
            parts.extend(f'    "{text}",\n' for text in sorted(lock.hashes))
            parts.append("  ]\n")
        parts.append("}\n")
    return "".join(parts)


def write(directory: str, locks: Mapping[Provider, Lock]) -> None:
    """Write the file, whole or not at all.

    Args:
        directory: the root module's.
        locks: what to record.

    Raises:
        OSError: it cannot be written.
    """
    path = os.path.join(directory, NAME)  # noqa: PTH118
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "w", encoding="utf-8") as file:
            file.write(render(locks))
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105
    except OSError:
        if os.path.exists(temporary):  # noqa: PTH110
            os.remove(temporary)  # noqa: PTH107
        raise


def hash_folder(folder: str) -> str:
    """The `h1:` hash of an unpacked package: of its files' names and contents, whatever their dates and permissions.

    Raises:
        OSError: a file cannot be read.
    """
    import hashlib

    digests: dict[str, str] = {}
    root = os.path.realpath(folder)
    for place, _, names in os.walk(root):
        for name in names:
            path = os.path.join(place, name)  # noqa: PTH118
            with open(path, "rb") as file:
                digests[os.path.relpath(path, root).replace(os.sep, "/")] = hashlib.file_digest(file, "sha256").hexdigest()
    return _first(digests.items())


def hash_archive(path: str) -> str:
    """The `h1:` hash of a package as a ZIP archive: the same that it has when it is unpacked.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no ZIP archive, or is damaged.
    """
    import hashlib
    import zipfile
    import zlib

    digests: list[tuple[str, str]] = []
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if entry.filename.endswith("/"):
                    continue
                digest = hashlib.sha256()
                with archive.open(entry) as file:
                    while piece := file.read(1 << 20):
                        digest.update(piece)
                digests.append((entry.filename, digest.hexdigest()))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise ValueError(f"{path} is no usable ZIP archive: {error}") from error
    return _first(digests)


def _first(digests: Iterable[tuple[str, str]]) -> str:
    """The hash of the form that Go's module checksums have (https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash)."""
    import base64
    import hashlib

    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests))
    return "h1:" + base64.b64encode(hashlib.sha256(lines.encode("utf-8", "surrogateescape")).digest()).decode()


def checksum_archive(path: str) -> str:
    """The `zh:` hash of a package as a ZIP archive: of the archive's own bytes, as registries announce it.

    Raises:
        OSError: it cannot be read.
    """
    import hashlib

    with open(path, "rb") as file:
        return f"zh:{hashlib.file_digest(file, 'sha256').hexdigest()}"
