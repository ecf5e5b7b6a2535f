"""Provider addresses: the source address of a provider, and one configuration of it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from iacctl.addrs.keys import instance_key_text
from iacctl.addrs.modules import ModulePath, module_path_text

DEFAULT_HOST: Final = "registry.terraform.io"
BUILTIN_HOST: Final = "terraform.io"

_PART = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?\Z", re.IGNORECASE)


class Provider(NamedTuple):
    """A provider's source address: `hostname/namespace/type`."""

    hostname: str
    namespace: str
    type: str

    def __str__(self) -> str:
        """The full source address, as state files and plans name it."""
        return f"{self.hostname}/{self.namespace}/{self.type}"

    def for_display(self) -> str:
        """The address without the default host, as messages show it."""
        if self.hostname == DEFAULT_HOST:
            return f"{self.namespace}/{self.type}"
        return str(self)

    @property
    def is_builtin(self) -> bool:
        """Whether this is one of the providers that are part of the program."""
        return self.hostname == BUILTIN_HOST and self.namespace == "builtin"


BUILTIN_TERRAFORM: Final = Provider(BUILTIN_HOST, "builtin", "terraform")


def implied_provider(type_name: str) -> Provider:
    """The source address that a local name without a `source` stands for."""
    if type_name == "terraform":
        return BUILTIN_TERRAFORM
    return Provider(DEFAULT_HOST, "hashicorp", type_name)


def parse_provider_source(text: str) -> Provider | None:
    """Read `type`, `namespace/type` or `host/namespace/type`; None when it is none of these."""
    parts = text.split("/")
    if not 1 <= len(parts) <= 3 or not all(_PART.match(part) for part in parts[-2:]):
        return None
    kind = parts[-1].lower()
    if len(parts) == 1:
        return Provider(DEFAULT_HOST, "hashicorp", kind)
    namespace = parts[-2].lower()
    host = parts[0].lower() if len(parts) == 3 else DEFAULT_HOST
    if len(parts) == 3 and "." not in host and ":" not in host and host != "localhost":
        return None
    return Provider(host, namespace, kind)


class AbsProviderConfig(NamedTuple):
    """One configuration of a provider, in the module that declares it; with a key, an instance of one with `for_each`."""

    module: ModulePath
    provider: Provider
    alias: str | None = None
    key: str | None = None

    def __str__(self) -> str:
        """`module.a.provider["host/namespace/type"].alias["key"]`, as state files name it."""
        text = f'provider["{self.provider}"]'
        if self.alias:
            text = f"{text}.{self.alias}{instance_key_text(self.key)}"
        return f"{module_path_text(self.module)}.{text}" if self.module else text


_CONFIG = re.compile(r'(?P<module>(?:module\.[^.\[]+\.)*)provider\["(?P<source>[^"]+)"\](?:\.(?P<alias>[^.\[\s]+))?\Z')


def parse_abs_provider_config(text: str) -> AbsProviderConfig | None:
    """Read a provider configuration's address from a state file; None when it is malformed.

    Providers inside modules with keys never appear there: a provider block belongs to the static module.
    """
    match = _CONFIG.match(text)
    if match is None:
        return None
    provider = parse_provider_source(match["source"])
    if provider is None:
        return None
    module = tuple(match["module"].replace("module.", "").split(".")[:-1]) if match["module"] else ()
    return AbsProviderConfig(module, provider, match["alias"])
