"""The CLI configuration file: credentials and services of hosts, where providers come from, and a few switches.

See https://developer.hashicorp.com/terraform/cli/config/config-file, and for the blocks about OCI registries OpenTofu's
documentation. The file is named by TF_CLI_CONFIG_FILE, or it is `~/.terraformrc` (else `~/.tofurc`) together with the files
`*.tfrc` and `*.tfrc.json` in `~/.terraform.d`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.config import hcl1
    from iacctl.config.provider_installation import Method
    from iacctl.diag import Diagnostics

_FOLDER: Final = ".terraform.d"
_FILES: Final = (".terraformrc", ".tofurc")
_ENDINGS: Final = (".tfrc", ".tfrc.json")


class CredentialsHelper(NamedTuple):
    """A program that knows credentials: `terraform-credentials-NAME`, with its first arguments."""

    name: str
    arguments: tuple[str, ...] = ()


class OciCredentials(NamedTuple):
    """How to log in to a registry of OCI artifacts.

    Attributes:
        prefix: the host, perhaps with the start of the repositories' names.
        username: who.
        password: that one's password.
        access_token: a token, in place of both.
        helper: the name of a Docker credential helper that knows, in place of all.
    """

    prefix: str
    username: str = ""
    password: str = ""
    access_token: str = ""
    helper: str = ""


class CliConfig(NamedTuple):
    """What the files and environment variables say.

    Attributes:
        credentials: the arguments of `credentials` blocks, by host in its normal form.
        credentials_helper: whom to ask for further ones.
        services: URLs of services, by host and service id such as `modules.v1`, in place of the host's own announcement.
        provider_installation: the methods of the `provider_installation` block in their order; None without one.
        plugin_cache_dir: a folder shared by all configurations, or empty.
        plugin_cache_may_break_lock_file: whether packages out of it are taken without all their checksums.
        disable_checkpoint: not to look for newer versions of the program.
        disable_checkpoint_signature: not to identify the machine when doing so.
        oci_credentials: logins of OCI registries.
        oci_ambient: whether Docker's configuration is looked at for further ones.
        oci_docker_files: Docker configuration files to look at in place of the usual ones.
    """

    credentials: Mapping[str, Mapping[str, str]] = {}
    credentials_helper: CredentialsHelper | None = None
    services: Mapping[str, Mapping[str, str]] = {}
    provider_installation: tuple[Method, ...] | None = None
    plugin_cache_dir: str = ""
    plugin_cache_may_break_lock_file: bool = False
    disable_checkpoint: bool = False
    disable_checkpoint_signature: bool = False
    oci_credentials: tuple[OciCredentials, ...] = ()
    oci_ambient: bool = True
    oci_docker_files: tuple[str, ...] | None = None


def files(environment: Mapping[str, str] | None = None) -> tuple[list[str], str | None]:
    """The configuration files that count.

    Args:
        environment: the environment variables; those of the process if not given.

    Returns:
        The paths of those that are there, and the path that an environment variable names if there is no such file.
    """
    environment = os.environ if environment is None else environment
    named = environment.get("TF_CLI_CONFIG_FILE") or environment.get("TERRAFORM_CONFIG")
    if named:
        return ([named], None) if os.path.exists(named) else ([], named)  # noqa: PTH110
    home = environment.get("HOME") or os.path.expanduser("~")  # noqa: PTH111
    found = [path for name in _FILES if os.path.isfile(path := os.path.join(home, name))][:1]  # noqa: PTH113, PTH118
    folder = os.path.join(home, _FOLDER)  # noqa: PTH118
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208
    except OSError:
        names = []
    found += [os.path.join(folder, name) for name in names if name.endswith(_ENDINGS) and name[0] != "."]  # noqa: PTH118
    return found, None


def load(diags: Diagnostics, environment: Mapping[str, str] | None = None) -> CliConfig:
    """Read the configuration files and the environment variables that stand above them.

    Args:
        diags: gets what is wrong; what is right counts nevertheless.
        environment: the environment variables; those of the process if not given.
    """
    environment = os.environ if environment is None else environment
    paths, missing = files(environment)
    if missing is not None:
        diags.warning(
            "Unable to open CLI configuration file", f'The CLI configuration file at "{missing}" does not exist.'
        )
    if not paths:
        return _with_environment(CliConfig(), environment, diags)
    from iacctl.config import hcl1

    documents: list[tuple[str, hcl1.Object]] = []
    for path in paths:
        try:
            with open(path, "rb") as file:
                documents.append((path, hcl1.parse(file.read().decode("utf-8-sig"))))
        except hcl1.SyntaxProblemError as error:
            diags.error(f"Error parsing {path}: {error}")
        except UnicodeDecodeError:
            diags.error(f"Error parsing {path}: the file is not UTF-8")
        except OSError as error:
            diags.error(f"Error reading {path}: read {path}: {(error.strerror or str(error)).lower()}")
    from iacctl.config.cli_blocks import decode

    found = CliConfig()
    for path, document in documents:
        found = decode(document, found, path, environment, diags)
    return _with_environment(found, environment, diags)


def _with_environment(found: CliConfig, environment: Mapping[str, str], diags: Diagnostics) -> CliConfig:
    folder = environment.get("TF_PLUGIN_CACHE_DIR") or found.plugin_cache_dir
    if folder:
        try:
            os.stat(folder)  # noqa: PTH116
        except OSError as error:
            diags.error(
                f"The specified plugin cache dir {folder} cannot be opened: stat {folder}:"
                f" {(error.strerror or str(error)).lower()}"
            )
            folder = ""
    may_break = environment.get("TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE", "")
    return found._replace(
        plugin_cache_dir=folder,
        plugin_cache_may_break_lock_file=(may_break not in ("", "0")) or found.plugin_cache_may_break_lock_file,
        disable_checkpoint=bool(environment.get("CHECKPOINT_DISABLE")) or found.disable_checkpoint,
    )
