"""The random provider's catalog."""

from __future__ import annotations

from iacctl_providers import sdk


class Random(sdk.Provider, capabilities=sdk.Capabilities(no_external_effects=True)):
    """Random values that stay the same until an argument or a keeper changes. It has no configuration."""

    resources = {
        "random_bytes": "iacctl_providers.random.identifiers:Bytes",
        "random_id": "iacctl_providers.random.identifiers:Id",
        "random_integer": "iacctl_providers.random.choices:Integer",
        "random_password": "iacctl_providers.random.strings:Password",
        "random_pet": "iacctl_providers.random.choices:Pet",
        "random_shuffle": "iacctl_providers.random.choices:Shuffle",
        "random_string": "iacctl_providers.random.strings:String",
        "random_uuid": "iacctl_providers.random.identifiers:Uuid",
    }
    ephemeral_resources = {"random_password": "iacctl_providers.random.strings:EphemeralPassword"}
