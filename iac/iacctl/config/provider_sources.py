"""Provider source addresses as users write them, with Terraform's explanations of what is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iacctl.addrs import DEFAULT_HOST, Provider
from iacctl.config.names import provider_part_problem

if TYPE_CHECKING:
    from iacctl.diag import Diagnostics, Range

_LABEL: Final = re.compile(r"(?!-)[a-z0-9-]+(?<!-)\Z")
_LEGACY_NAMESPACE: Final = "-"


def parse(text: str, place: Range, diags: Diagnostics) -> Provider | None:
    """Read `type`, `namespace/type` or `host/namespace/type`; None if it was reported."""
    parts = text.split("/")
    if len(parts) > 3 or not all(parts):
        diags.error(
            "Invalid provider source string",
            'The "source" attribute must be in the format "[hostname/][namespace/]name"',
            place,
        )
        return None
    kind = parts[-1]
    problem = provider_part_problem(kind)
    if problem is not None:
        diags.error("Invalid provider type", f'Invalid provider type "{kind}" in source "{text}": {problem}"', place)
        return None
    kind = kind.lower()
    if len(parts) == 1:
        return Provider(DEFAULT_HOST, "hashicorp", kind)
    namespace = parts[-2]
    problem = None if namespace == _LEGACY_NAMESPACE else provider_part_problem(namespace)
    if problem is not None:
        diags.error(
            "Invalid provider namespace", f'Invalid provider namespace "" in source "{text}": {problem}"', place
        )
        return None
    host = parts[0] if len(parts) == 3 else DEFAULT_HOST
    problem = host_problem(host)
    if problem is not None:
        diags.error(
            "Invalid provider source hostname",
            f'Invalid provider source hostname namespace "" in source "{text}": {problem}"',
            place,
        )
        return None
    provider = Provider(host.lower(), namespace.lower(), kind)
    return provider if _is_well_named(provider, text, place, diags) else None


def _is_well_named(provider: Provider, text: str, place: Range, diags: Diagnostics) -> bool:
    """Whether the type does not repeat that it is a provider of Terraform's; else reports it."""
    if provider.type.startswith("terraform-provider-"):
        suggestion = provider._replace(type=provider.type.removeprefix("terraform-provider-"))
        diags.error(
            "Invalid provider type",
            f'Provider source "{provider.for_display()}" has a type with the prefix "terraform-provider-", which isn\'t'
            " valid. Although that prefix is often used in the names of version control repositories for Terraform"
            " providers, provider source strings should not include it.\n\nDid you mean"
            f' "{suggestion.for_display()}"?',
            place,
        )
        return False
    if provider.type.startswith("terraform-"):
        diags.error(
            "Invalid provider type",
            f'Provider source "{provider}" has a type with the prefix "terraform-", which isn\'t allowed because it would'
            " be redundant to name a Terraform provider with that prefix. If you are the author of this provider, rename"
            " it to not include the prefix.",
            place,
        )
        return False
    return True


def host_problem(host: str) -> str | None:
    """Why the text is no hostname with an optional port; None if it is one."""
    name, colon, port = host.partition(":")
    if colon:
        if not (port.isascii() and port.isdigit()):
            return "port portion contains non-digit characters"
        if int(port) > 65535:
            return "port number is greater than 65535"
    if not name:
        return "empty string is not a valid hostname"
    for label in name.lower().split("."):
        if not label:
            return "hostname contains empty label (two consecutive periods)"
        if _LABEL.match(label) or not label.isascii():
            continue
        bad = next((char for char in label if not (char.isalnum() or char == "-")), None)
        return f'idna: invalid label "{label}"' if bad is None else f"idna: disallowed rune U+{ord(bad):04X}"
    return None
