"""`connection` blocks: the arguments that there are, whatever the type of the connection."""

from __future__ import annotations

from typing import Final

from iacctl.provider.schema import Attribute, Block
from iacctl.values import BOOL, NUMBER, STRING, Type

_ARGUMENTS: Final[dict[str, Type]] = {
    "type": STRING,
    "user": STRING,
    "password": STRING,
    "port": NUMBER,
    "timeout": STRING,
    "script_path": STRING,
    "target_platform": STRING,
    "private_key": STRING,
    "certificate": STRING,
    "host_key": STRING,
    "agent": BOOL,
    "agent_identity": STRING,
    "proxy_scheme": STRING,
    "proxy_host": STRING,
    "proxy_port": NUMBER,
    "proxy_user_name": STRING,
    "proxy_user_password": STRING,
    "bastion_host": STRING,
    "bastion_host_key": STRING,
    "bastion_port": NUMBER,
    "bastion_user": STRING,
    "bastion_password": STRING,
    "bastion_private_key": STRING,
    "bastion_certificate": STRING,
    "https": BOOL,
    "insecure": BOOL,
    "cacert": STRING,
    "use_ntlm": BOOL,
}

SCHEMA: Final = Block(
    {"host": Attribute(STRING, required=True)}
    | {name: Attribute(kind, optional=True) for name, kind in _ARGUMENTS.items()}
)
"""The arguments of all types of connections together (Terraform's `connectionBlockSupersetSchema`)."""
