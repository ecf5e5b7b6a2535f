"""Credentials for hosts that speak Terraform's protocols, such as registries.

They come from an environment variable `TF_TOKEN_…`, else from the CLI configuration, else from its credentials helper. See
https://developer.hashicorp.com/terraform/cli/config/config-file#credentials.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.config.cli_config import CliConfig, CredentialsHelper
    from iacctl.install.fetching import Tools

_VARIABLE: Final = "TF_TOKEN_"
_HELPER_NAME: Final = re.compile(r"[A-Za-z0-9_.-]+\Z")


class CredentialsError(Exception):
    """The credentials helper fails; the text says how."""


def token_for(host: str, tools: Tools) -> str | None:
    """The token to present to a host.

    Args:
        host: in its normal form.
        tools: with the CLI configuration and the environment.

    Raises:
        CredentialsError: the credentials helper fails.
    """
    token = _from_environment(host, tools.environment)
    if token is not None:
        return token
    config = tools.cli_config
    if host in config.credentials:
        return config.credentials[host].get("token") or None
    return None if config.credentials_helper is None else _from_helper(config.credentials_helper, host, tools)


def _from_environment(host: str, environment: Mapping[str, str]) -> str | None:
    """The token in a variable named after the host: dots are underscores, hyphens may be two underscores."""
    for name, value in environment.items():
        if name.startswith(_VARIABLE) and value:
            named = name.removeprefix(_VARIABLE).replace("__", "-").replace("_", ".").lower()
            if named in (host, _ascii(host)):
                return value
    return None


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


def _from_helper(helper: CredentialsHelper, host: str, tools: Tools) -> str | None:
    """Ask a program. See https://developer.hashicorp.com/terraform/internals/credentials-helpers."""
    import os
    import shutil
    import subprocess

    if not _HELPER_NAME.match(helper.name):
        raise CredentialsError(f'"{helper.name}" is no name of a credentials helper')
    name = f"terraform-credentials-{helper.name}"
    home = tools.environment.get("HOME", "")
    own = os.path.join(home, ".terraform.d", "plugins", name)  # noqa: PTH118
    program = own if os.access(own, os.X_OK) else shutil.which(name, path=tools.environment.get("PATH"))
    if program is None:
        raise CredentialsError(f"credentials helper {name} was not found")
    try:
        done = subprocess.run(
            [program, *helper.arguments, "get", host], capture_output=True, env=tools.environment, check=False, timeout=120
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CredentialsError(f"credentials helper {name} cannot be run: {error}") from None
    if done.returncode:
        raise CredentialsError(f"credentials helper {name} failed: {done.stderr.decode(errors='replace').strip()}")
    try:
        answer = json.loads(done.stdout)
        token = answer.get("token")
    except (ValueError, AttributeError):
        raise CredentialsError(f"malformed output from credentials helper {name}") from None
    return str(token) if token else None


def services_of(host: str, config: CliConfig) -> Mapping[str, str] | None:
    """The services that the CLI configuration names for a host; None if the host itself is to be asked."""
    return config.services.get(host)
