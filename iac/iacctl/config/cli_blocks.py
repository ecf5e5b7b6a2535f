"""The blocks of the CLI configuration file, decoded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iacctl.config import hcl1
from iacctl.config.cli_config import CliConfig, CredentialsHelper, OciCredentials
from iacctl.config.provider_sources import host_problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iacctl.diag import Diagnostics

_VARIABLE: Final = re.compile(r"\$(?:\{(\w+)\}|(\w+))")


class _MismatchError(ValueError):
    """A value of another type than the argument takes; the text is the whole message."""


def decode(
    document: hcl1.Object, before: CliConfig, path: str, environment: Mapping[str, str], diags: Diagnostics
) -> CliConfig:
    """Add what a file says to what the files before it said.

    Args:
        document: the file's content.
        before: what is known already.
        path: the file's path, for messages.
        environment: environment variables, which some arguments may refer to.
        diags: gets what is wrong.
    """
    try:
        return _decode(document, before, environment, diags)
    except _MismatchError as error:
        diags.error(f"Error parsing {path}: {error}")
        return before


def _decode(
    document: hcl1.Object, before: CliConfig, environment: Mapping[str, str], diags: Diagnostics
) -> CliConfig:
    blocks: dict[str, list[hcl1.Item]] = {}
    for item in document.items:
        blocks.setdefault(item.keys[0].lower(), []).append(item)
    for name in ("providers", "provisioners"):  # arguments of early versions, without any effect since
        for item in blocks.get(name, ()):
            if not isinstance(item.value, hcl1.Object):
                raise _MismatchError(f"{_at(item.value)}: root.{name.title()}: not an object type for map (*ast.LiteralType)")
    changes: dict[str, object] = {}
    for name in ("disable_checkpoint", "disable_checkpoint_signature"):
        if name in blocks:
            changes[name] = _flag(blocks[name][-1])
    name = "plugin_cache_may_break_dependency_lock_file"
    if name in blocks:
        changes["plugin_cache_may_break_lock_file"] = _flag(blocks[name][-1])
    if "plugin_cache_dir" in blocks and not before.plugin_cache_dir:
        changes["plugin_cache_dir"] = _expand(_text(blocks["plugin_cache_dir"][-1]), environment)
    changes["credentials"] = _hosts(blocks.get("credentials", ()), "credentials", before.credentials, diags)
    changes["services"] = _services(blocks.get("host", ()), before.services, diags)
    changes["credentials_helper"] = _helper(blocks.get("credentials_helper", ()), before.credentials_helper, diags)
    if "provider_installation" in blocks:
        from iacctl.config import provider_installation

        given = blocks["provider_installation"]
        if len(given) > 1 or before.provider_installation is not None:
            diags.error("No more than one provider_installation block may be specified")
        if before.provider_installation is None:
            changes["provider_installation"] = provider_installation.decode(given[0], diags)
    changes.update(_oci(blocks, before))
    return before._replace(**changes)  # type: ignore[arg-type]


def _at(node: hcl1.Node) -> str:
    return f"At {node.line}:{node.column}"


def _text(item: hcl1.Item) -> str:
    if not isinstance(item.value, hcl1.Scalar):
        raise _MismatchError(f"{_at(item.value)}: root.{item.keys[0]}: expected a string")
    value = item.value.value
    return str(value).lower() if isinstance(value, bool) else str(value)


def _flag(item: hcl1.Item) -> bool:
    value = item.value
    if not isinstance(value, hcl1.Scalar) or not isinstance(value.value, bool):
        kind = "LiteralType" if isinstance(value, hcl1.Scalar) else "ObjectType"
        raise _MismatchError(f"{_at(value)}: root.{item.keys[0]}: unknown type *ast.{kind}")
    return value.value


def _texts(node: hcl1.Node) -> tuple[str, ...]:
    if not isinstance(node, hcl1.ListOf):
        raise _MismatchError(f"{_at(node)}: unknown slice type: *ast.LiteralType")
    return tuple(str(item.value) for item in node.items if isinstance(item, hcl1.Scalar))


def _expand(text: str, environment: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda match: environment.get(match[1] or match[2], ""), text)


def _labelled(items: list[hcl1.Item] | tuple[()]) -> Iterator[tuple[str, hcl1.Object]]:
    """Blocks by their first label, also where they are written as an object of objects."""
    for item in items:
        value = item.value
        if not isinstance(value, hcl1.Object):
            raise _MismatchError(f"{_at(value)}: root.{item.keys[0]}: not an object type for map (*ast.LiteralType)")
        if len(item.keys) > 1:
            yield item.keys[1], value
            continue
        for part in value.items:
            if isinstance(part.value, hcl1.Object):
                yield part.keys[0], part.value


def _arguments(body: hcl1.Object) -> dict[str, str]:
    return {item.keys[0]: _text(item) for item in body.items if isinstance(item.value, hcl1.Scalar)}


def normal_host(text: str) -> str:
    """A host as it is compared: in lower case, in Unicode, and without the port of HTTPS."""
    return text.lower().removesuffix(":443")


def _is_host(name: str, kind: str, diags: Diagnostics) -> bool:
    problem = host_problem(name)
    if problem is not None:
        diags.error(f'The {kind} "{name}" block has an invalid hostname: {problem}')
    return problem is None


def _hosts(
    items: list[hcl1.Item] | tuple[()], kind: str, before: Mapping[str, Mapping[str, str]], diags: Diagnostics
) -> Mapping[str, Mapping[str, str]]:
    found = dict(before)
    for name, body in _labelled(items):
        if _is_host(name, kind, diags):
            found[normal_host(name)] = _arguments(body)
    return found


def _services(
    items: list[hcl1.Item] | tuple[()], before: Mapping[str, Mapping[str, str]], diags: Diagnostics
) -> Mapping[str, Mapping[str, str]]:
    found = dict(before)
    for name, body in _labelled(items):
        if not _is_host(name, "host", diags):
            continue
        services: dict[str, str] = {}
        for item in body.items:
            if item.keys[0] == "services" and isinstance(item.value, hcl1.Object):
                services.update(_arguments(item.value))
        found[normal_host(name)] = services
    return found


def _helper(
    items: list[hcl1.Item] | tuple[()], before: CredentialsHelper | None, diags: Diagnostics
) -> CredentialsHelper | None:
    given = list(_labelled(items))
    if len(given) + (before is not None) > 1:
        diags.error("No more than one credentials_helper block may be specified")
    found = before
    for name, body in given[:1] if before is None else ():
        arguments = [item for item in body.items if item.keys[0] == "args"]
        found = CredentialsHelper(name, _texts(arguments[-1].value) if arguments else ())
    return found


def _oci(blocks: Mapping[str, list[hcl1.Item]], before: CliConfig) -> dict[str, object]:
    changes: dict[str, object] = {}
    logins = list(before.oci_credentials)
    for prefix, body in _labelled(blocks.get("oci_credentials", [])):
        given = _arguments(body)
        logins.append(
            OciCredentials(
                prefix,
                given.get("username", ""),
                given.get("password", ""),
                given.get("access_token", ""),
                given.get("docker_credentials_helper", ""),
            )
        )
    changes["oci_credentials"] = tuple(logins)
    for item in blocks.get("oci_default_credentials", ()):
        if not isinstance(item.value, hcl1.Object):
            raise _MismatchError(f"{_at(item.value)}: root.{item.keys[0]}: not an object type for map (*ast.LiteralType)")
        for part in item.value.items:
            if part.keys[0] == "discover_ambient_credentials":
                changes["oci_ambient"] = _flag(part)
            elif part.keys[0] == "docker_style_config_files":
                changes["oci_docker_files"] = _texts(part.value)
            elif part.keys[0] == "docker_credentials_helper":
                changes["oci_credentials"] = (*logins, OciCredentials("", helper=_text(part)))
    return changes
