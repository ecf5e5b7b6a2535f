"""The local provider's catalog."""

from __future__ import annotations

from iacctl_providers import sdk


class Local(sdk.Provider):
    """Files on this machine. It has no configuration."""

    resources = {
        "local_file": "iacctl_providers.local.files:File",
        "local_sensitive_file": "iacctl_providers.local.files:SensitiveFile",
    }
    data_sources = {
        "local_file": "iacctl_providers.local.data_sources:FileContent",
        "local_sensitive_file": "iacctl_providers.local.data_sources:SensitiveFileContent",
    }
    functions = {"direxists": "iacctl_providers.local.functions:direxists"}
