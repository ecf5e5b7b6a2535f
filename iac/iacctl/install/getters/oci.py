"""Packages in registries of OCI artifacts, as OpenTofu has them: `oci://registry/repository?tag=…` or `…?digest=…`.

See https://opentofu.org/docs/cli/oci_registries/module-package/ for what a package is, and
https://github.com/opencontainers/distribution-spec for how it is had.
"""

from __future__ import annotations

import json
import os
import re
import urllib.parse
from typing import TYPE_CHECKING, Any, Final

from iacctl.install import archives
from iacctl.install.fetching import FetchError
from iacctl.install.getters.http import save
from iacctl.install.getters.oci_login import Login
from iacctl.network.client import NetworkError

if TYPE_CHECKING:
    from iacctl.install.fetching import Tools

_MANIFEST: Final = "application/vnd.oci.image.manifest.v1+json"
_ARTIFACT: Final = "application/vnd.opentofu.modulepkg"
_LAYER: Final = "archive/zip"
_DIGEST: Final = re.compile(r"(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})\Z")
_TAG: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\Z")
_REPOSITORY: Final = re.compile(r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\Z")
_LONGEST_MANIFEST: Final = 4 << 20


def fetch_folder(url: str, destination: str, tools: Tools, hops: int) -> None:
    """Find the package by its tag or digest, check what comes, and unpack it."""
    import tempfile

    host, repository, reference = _parse(url)
    login = Login(host, repository, tools)
    base = f"https://{host}/v2/{repository}"
    layer = _layer(_manifest(base, reference, login), reference)
    with tempfile.TemporaryDirectory(prefix=".archive-", dir=os.path.dirname(destination) or ".") as folder:  # noqa: PTH120
        path = os.path.join(folder, "package.zip")  # noqa: PTH118
        try:
            with login.request(f"{base}/blobs/{layer}", {}) as response:
                if not response.ok:
                    raise FetchError(f"fetching the package's content failed: {response.status_text}")
                save(response, path, tools)
        except NetworkError as error:
            raise FetchError(str(error)) from None
        kind, _, value = layer.partition(":")
        import hashlib

        with open(path, "rb") as file:
            if hashlib.file_digest(file, kind).hexdigest() != value:
                raise FetchError(f"the package's content does not have the digest {layer}")
        archives.unpack(path, "zip", destination, archives.limits(tools.environment))


def fetch_file(url: str, path: str, tools: Tools) -> None:
    """Refuse: a package is the archive already."""
    raise FetchError('the argument "archive" cannot be used with an OCI source address')


def _parse(url: str) -> tuple[str, str, str]:
    """The registry, the repository, and a tag or digest."""
    parts = urllib.parse.urlsplit(url)
    repository = parts.path.strip("/")
    given = urllib.parse.parse_qs(parts.query, keep_blank_values=True)
    unknown = sorted(set(given) - {"tag", "digest"})
    if unknown:
        raise FetchError(f'unsupported argument "{unknown[0]}"')
    if any(len(values) > 1 for values in given.values()):
        raise FetchError("too many values for one argument of the source address")
    if not parts.netloc or "@" in parts.netloc:
        raise FetchError("invalid registry host name in the source address")
    if not _REPOSITORY.match(repository):
        raise FetchError(f'invalid repository name "{repository}"')
    if "tag" in given and "digest" in given:
        raise FetchError('cannot set both "tag" and "digest" in one source address')
    if "digest" in given:
        digest = given["digest"][0]
        if not _DIGEST.match(digest):
            raise FetchError(f'invalid digest "{digest}"')
        return parts.netloc, repository, digest
    tag = given.get("tag", ["latest"])[0]
    if not _TAG.match(tag):
        raise FetchError(f'invalid tag "{tag}"')
    return parts.netloc, repository, tag


def _manifest(base: str, reference: str, login: Login) -> Any:
    import hashlib

    try:
        with login.request(f"{base}/manifests/{reference}", {"Accept": _MANIFEST}) as response:
            if response.status == 404:
                raise FetchError(f'there is no "{reference}" in {base.removeprefix("https://").replace("/v2/", "/", 1)}')
            if not response.ok:
                raise FetchError(f"resolving the package failed: {response.status_text}")
            data = response.read(_LONGEST_MANIFEST)
    except NetworkError as error:
        raise FetchError(str(error)) from None
    if ":" in reference:
        kind, _, value = reference.partition(":")
        if hashlib.new(kind, data).hexdigest() != value:
            raise FetchError(f"the manifest does not have the digest {reference}")
    try:
        return json.loads(data)
    except ValueError as error:
        raise FetchError(f"invalid manifest: {error}") from None


def _layer(manifest: Any, reference: str) -> str:
    """The digest of the archive that a manifest names."""
    try:
        kind = manifest.get("mediaType", _MANIFEST)
        artifact = manifest.get("artifactType") or manifest.get("config", {}).get("mediaType")
        layers = [str(item["digest"]) for item in manifest.get("layers", ()) if item.get("mediaType") == _LAYER]
    except (AttributeError, KeyError, TypeError):
        raise FetchError("invalid manifest") from None
    if kind != _MANIFEST:
        raise FetchError(f'"{reference}" is of the media type {kind}, and no image manifest')
    if artifact != _ARTIFACT:
        raise FetchError(f'"{reference}" is an artifact of the type {artifact}, and not {_ARTIFACT}')
    if len(layers) != 1:
        problem = "no layer" if not layers else "more than one layer"
        raise FetchError(f"the manifest has {problem} of the media type {_LAYER}")
    if not _DIGEST.match(layers[0]):
        raise FetchError(f'invalid digest "{layers[0]}"')
    return layers[0]
