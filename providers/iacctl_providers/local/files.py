"""The resources `local_file` and `local_sensitive_file`: a file with a given content.

A file that was changed or removed by others is written anew; any change of an argument replaces it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from iacctl_providers import sdk
from iacctl_providers.local.contents import Checksums, reason, sha1


def _permission(text: str) -> sdk.Invalid | None:
    summary = "Invalid File Permission String Value"
    if len(text) not in (3, 4):
        return sdk.Invalid(f"bad mode permission: string length should be 3 or 4 digits: {text}", summary)
    if not all(digit in "01234567" for digit in text) or int(text, 8) > 0o777:
        return sdk.Invalid(f"bad mode permission: string must be expressed in octal numeric notation: {text}", summary)
    return None


class _WrittenFile(Checksums, sdk.Resource):
    """What both resources do. (They are alike but for what is sensitive.)"""

    filename = sdk.string(
        required=True,
        force_new=True,
        description="Where the file is. Missing folders are made; a file that is there is overwritten.",
    )
    source = sdk.string(optional=True, force_new=True, description="A file to copy the content from.")
    file_permission = sdk.string(
        default="0777",
        force_new=True,
        validators=(_permission,),
        description='Permissions of the file before umask, in octal, such as "0644".',
    )
    directory_permission = sdk.string(
        default="0777",
        force_new=True,
        validators=(_permission,),
        description='Permissions of folders that are made, before umask, in octal, such as "0755".',
    )

    def create(self, call: sdk.Call[Any]) -> None:
        content = self.wanted_content()
        folder = Path(self.filename).parent
        if not folder.exists():
            try:
                _make_folders(folder, int(self.directory_permission, 8))
            except OSError as problem:
                raise self._failed("making the folder", problem) from None
        try:
            self._write(content)
        except OSError as problem:
            raise self._failed("writing the file", problem) from None
        self.take_checksums(content)

    def read(self, call: sdk.Call[Any]) -> None:
        try:
            content = Path(self.filename).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise sdk.Gone from None
        except OSError as problem:
            detail = f"An unexpected error occurred while reading the file\n\nOriginal Error: {reason(problem)}"
            raise sdk.ProviderError("Read local file error", detail) from None
        if sha1(content) != self.id:
            raise sdk.Gone

    def delete(self, call: sdk.Call[Any]) -> None:
        # What cannot be removed is left behind without an error, as the original does.
        try:
            Path(self.filename).unlink()
        except OSError as problem:
            if not isinstance(problem, FileNotFoundError):
                call.warn("File not removed", f"{reason(problem)}. It is no longer managed.")

    def wanted_content(self) -> bytes:
        """The content that the arguments ask for."""
        given: dict[str, Any] = self.__dict__
        if given.get("content_base64") is not None:
            return self._decoded(given["content_base64"])
        if self.source is not None:
            try:
                return Path(self.source).read_bytes()
            except OSError as problem:
                raise self._failed("reading the source", problem) from None
        text: str = given.get("sensitive_content") or given.get("content") or ""
        return text.encode()

    def _decoded(self, text: str) -> bytes:
        from base64 import b64decode

        try:
            return b64decode(text, validate=True)
        except ValueError as problem:
            detail = f"An unexpected error occurred while parsing local file content\n\nOriginal Error: {problem}"
            raise sdk.ProviderError("Create local file error", detail, "content_base64") from None

    def _write(self, content: bytes) -> None:
        mode = int(self.file_permission, 8)
        descriptor = os.open(self.filename, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with open(descriptor, "wb") as file:
            file.write(content)

    def _failed(self, step: str, problem: OSError) -> sdk.ProviderError:
        detail = f"An unexpected error occurred while {step}\n\nOriginal Error: {reason(problem)}"
        return sdk.ProviderError("Create local file error", detail)


def _make_folders(folder: Path, mode: int) -> None:
    """Every missing folder gets the mode, not only the last one."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir(mode, exist_ok=True)


class File(
    _WrittenFile,
    rules=(sdk.rules.exactly_one_of("content", "sensitive_content", "content_base64", "source"),),
):
    """A file with a given content."""

    content = sdk.string(optional=True, force_new=True, description="The content, as text.")
    content_base64 = sdk.string(optional=True, force_new=True, description="The content, in base64.")
    sensitive_content = sdk.string(
        optional=True,
        force_new=True,
        sensitive=True,
        deprecated="Use the `local_sensitive_file` resource instead",
        description="The content, as text that is hidden in output.",
    )


class SensitiveFile(_WrittenFile, rules=(sdk.rules.exactly_one_of("content", "content_base64", "source"),)):
    """A file whose content is hidden in output."""

    content = sdk.string(optional=True, force_new=True, sensitive=True, description="The content, as text.")
    content_base64 = sdk.string(optional=True, force_new=True, sensitive=True, description="The content, in base64.")
    file_permission = sdk.string(
        default="0700",
        force_new=True,
        validators=(_permission,),
        description='Permissions of the file before umask, in octal, such as "0600".',
    )
    directory_permission = sdk.string(
        default="0700",
        force_new=True,
        validators=(_permission,),
        description='Permissions of folders that are made, before umask, in octal, such as "0700".',
    )
