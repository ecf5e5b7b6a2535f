"""Addresses: where a module, resource, provider or deposed object lives, as text and as data.

Everything here is an immutable tuple that can be a dictionary key; `str()` gives Terraform's text for it and
`parse` reads that text back.
"""

from __future__ import annotations

from iacctl.addrs.modules import (
    ROOT,
    ModuleInstance,
    ModulePath,
    module_call_text,
    module_instance_text,
    module_path,
    module_path_text,
)
from iacctl.addrs.parse import AddressError, parse_resource_instance, parse_target
from iacctl.addrs.providers import (
    BUILTIN_TERRAFORM,
    DEFAULT_HOST,
    AbsProviderConfig,
    Provider,
    parse_abs_provider_config,
    parse_provider_source,
)
from iacctl.addrs.resources import (
    AbsResource,
    ConfigResource,
    InstanceKey,
    ResourceInstance,
    instance_key_text,
    key_order,
    quote,
)

__all__ = [
    "BUILTIN_TERRAFORM",
    "DEFAULT_HOST",
    "ROOT",
    "AbsProviderConfig",
    "AbsResource",
    "AddressError",
    "ConfigResource",
    "InstanceKey",
    "ModuleInstance",
    "ModulePath",
    "Provider",
    "ResourceInstance",
    "instance_key_text",
    "key_order",
    "module_call_text",
    "module_instance_text",
    "module_path",
    "module_path_text",
    "parse_abs_provider_config",
    "parse_provider_source",
    "parse_resource_instance",
    "parse_target",
    "quote",
]
