"""The `provider_installation` block of the CLI configuration: where provider packages come from, and which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from iacctl.addrs import DEFAULT_HOST, parse_provider_source
from iacctl.config import hcl1

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.addrs import Provider
    from iacctl.diag import Diagnostics

_METHOD: Final = "Invalid provider_installation method block"
_LOCATIONS: Final = {"filesystem_mirror": "path", "network_mirror": "url"}


class Pattern(NamedTuple):
    """Source addresses of providers; `*` stands for anything."""

    host: str
    namespace: str
    type: str

    def matches(self, source: Provider) -> bool:
        """Whether a provider is meant."""
        return all(
            wanted in ("*", given)
            for wanted, given in zip(self, (source.hostname, source.namespace, source.type), strict=True)
        )


class Method(NamedTuple):
    """A way to get packages.

    Attributes:
        kind: from the providers' own registries, from a folder or a server that has copies, or from folders of a developer.
        location: the folder's path or the server's URL.
        include: the providers it is for; empty for all.
        exclude: those it is not for nevertheless.
        overrides: folders, by provider, for `dev_overrides`.
    """

    kind: Literal["direct", "filesystem_mirror", "network_mirror", "dev_overrides"]
    location: str = ""
    include: tuple[Pattern, ...] = ()
    exclude: tuple[Pattern, ...] = ()
    overrides: Mapping[Provider, str] = {}

    def allows(self, source: Provider) -> bool:
        """Whether packages of a provider are to be had this way."""
        if self.include and not any(pattern.matches(source) for pattern in self.include):
            return False
        return not any(pattern.matches(source) for pattern in self.exclude)


def decode(item: hcl1.Item, diags: Diagnostics) -> tuple[Method, ...]:
    """The methods of a block, as far as they are in order; the rest is reported."""
    place = f"{item.line}:{item.column}"
    if item.assigned or not isinstance(item.value, hcl1.Object):
        problem = "be introduced with an equals sign"
    elif len(item.keys) > 1:
        problem = "have any labels"
    else:
        found = (_method(part, place, diags) for part in item.value.items)
        return tuple(method for method in found if method is not None)
    diags.error(
        "Invalid provider_installation block", f"The provider_installation block at {place} must not {problem}."
    )
    return ()


def _method(item: hcl1.Item, place: str, diags: Diagnostics) -> Method | None:
    body = item.value
    if item.assigned or not isinstance(body, hcl1.Object):
        diags.error(_METHOD, f"The items inside the provider_installation block at {place} must all be blocks.")
        return None
    if len(item.keys) > 1:
        diags.error(_METHOD, f"The blocks inside the provider_installation block at {place} may not have any labels.")
        return None
    kind = item.keys[0]
    if kind == "dev_overrides":
        return Method("dev_overrides", overrides=_overrides(body, place, diags))
    if kind not in ("direct", "filesystem_mirror", "network_mirror"):
        diags.error(_METHOD, f'Unknown provider installation method "{kind}" at {item.line}:{item.column}.')
        return None
    texts: dict[str, str] = {}
    lists: dict[str, tuple[Pattern, ...]] = {"include": (), "exclude": ()}
    for part in body.items:
        name, value = part.keys[0], part.value
        if name in lists:
            if not isinstance(value, hcl1.ListOf):
                diags.error(
                    _METHOD,
                    f"Invalid {kind} block at {place}: At {value.line}:{value.column}: unknown slice type: *ast.LiteralType.",
                )
                return None
            lists[name] = _patterns(value, name, diags)
        elif isinstance(value, hcl1.Scalar):
            texts[name] = str(value.value)
    location = texts.get(_LOCATIONS.get(kind, ""), "")
    if kind in _LOCATIONS and not location:
        diags.error(_METHOD, f'Invalid {kind} block at {place}: "{_LOCATIONS[kind]}" argument is required.')
        return None
    if kind == "network_mirror" and not _is_https(location, diags):
        return None
    return Method(kind, location, lists["include"], lists["exclude"])  # type: ignore[arg-type]


def _is_https(url: str, diags: Diagnostics) -> bool:
    summary = "Invalid URL for provider installation source"
    scheme, colon, _ = url.partition(":")
    if not colon or not scheme.isalnum():
        diags.error(
            summary, f'Cannot parse "{url}" as a URL for a network provider mirror: parse "{url}": missing protocol scheme.'
        )
    elif scheme.lower() != "https":
        diags.error(
            summary, f'Cannot use "{url}" as a URL for a network provider mirror: the mirror must be at an https: URL.'
        )
    else:
        return True
    return False


def _overrides(body: hcl1.Object, place: str, diags: Diagnostics) -> dict[Provider, str]:
    found: dict[Provider, str] = {}
    for item in body.items:
        source = parse_provider_source(item.keys[0])
        if source is None:
            diags.error(
                "Invalid provider installation dev overrides",
                f'The entry "{item.keys[0]}" in {place} is not a valid provider source string.',
            )
        elif isinstance(item.value, hcl1.Scalar):
            found[source] = str(item.value.value)
    return found


def _patterns(value: hcl1.ListOf, name: str, diags: Diagnostics) -> tuple[Pattern, ...]:
    found: list[Pattern] = []
    for item in value.items:
        text = str(item.value) if isinstance(item, hcl1.Scalar) else ""
        try:
            found.append(parse_pattern(text))
        except ValueError as error:
            kind = "inclusion" if name == "include" else "exclusion"
            diags.error(
                f"Invalid provider source {kind} patterns",
                f"CLI config specifies invalid provider {kind} patterns: invalid provider matching pattern"
                f' "{text}": {error}.',
            )
    return tuple(found)


def parse_pattern(text: str) -> Pattern:
    """Read a pattern such as `registry.terraform.io/hashicorp/*`.

    Raises:
        ValueError: it is none; the text says why.
    """
    parts = text.split("/")
    if len(parts) not in (2, 3):
        raise ValueError("must have either two or three slash-separated segments")
    if len(parts) == 2:
        parts.insert(0, DEFAULT_HOST)
    host, namespace, type_ = (part.lower() for part in parts)
    if host == "*" and (namespace != "*" or type_ != "*"):
        raise ValueError("hostname can be a wildcard only if both namespace and provider type are also wildcards")
    if namespace == "*" and type_ != "*":
        raise ValueError("namespace can be a wildcard only if the provider type is also a wildcard")
    plain = "/".join("x" if part == "*" else part for part in (namespace, type_))
    whole = plain if host == "*" else f"{host}/{plain}"
    if parse_provider_source(whole) is None:
        raise ValueError("not a valid provider source address")
    return Pattern(host, namespace, type_)
