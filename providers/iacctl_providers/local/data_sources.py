"""The data sources `local_file` and `local_sensitive_file`: a file's content and checksums."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from iacctl_providers import sdk
from iacctl_providers.local.contents import Checksums, reason


class _ReadFile(Checksums, sdk.DataSource):
    filename = sdk.string(required=True, description="The file to read; it must exist.")

    def read(self, call: sdk.Call[Any]) -> None:
        from base64 import b64encode

        try:
            content = Path(self.filename).read_bytes()
        except OSError as problem:
            detail = f"The file at given path cannot be read.\n\nOriginal Error: {reason(problem)}"
            raise sdk.ProviderError("Read local file data source error", detail) from None
        self.take_checksums(content)
        self.__dict__["content"] = content.decode("utf-8", "replace")
        self.__dict__["content_base64"] = b64encode(content).decode()


class FileContent(_ReadFile):
    """Reads a file."""

    content = sdk.string(computed=True, description="The content as text; what is not UTF-8 is replaced.")
    content_base64 = sdk.string(computed=True, description="The content in base64.")


class SensitiveFileContent(_ReadFile):
    """Reads a file whose content is hidden in output."""

    content = sdk.string(computed=True, sensitive=True, description="The content as text.")
    content_base64 = sdk.string(computed=True, sensitive=True, description="The content in base64.")
