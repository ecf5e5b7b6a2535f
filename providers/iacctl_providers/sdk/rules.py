"""Checks across the attributes of one configuration, for the `rules` of a class.

The messages are those of terraform-plugin-framework-validators, as users of Terraform know them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from iacctl.provider import requests
from iacctl_providers.sdk.plain import is_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from iacctl_providers.sdk.shapes import Body

Rule: TypeAlias = "Callable[[Body], Iterable[requests.Problem]]"

_COMBINATION = "Invalid Attribute Combination"


def exactly_one_of(*names: str) -> Rule:
    """One of the attributes must be given, and only one."""

    def check(config: Body) -> Iterable[requests.Problem]:
        given, unknown = _given(config, names)
        listed = f"[{','.join(names)}]"
        if len(given) > 1:
            detail = f"{len(given)} attributes specified when one (and only one) of {listed} is required"
            return [requests.error(_COMBINATION, detail, (name,)) for name in given]
        if not given and not unknown:
            detail = f"No attribute specified when one (and only one) of {listed} is required"
            return [requests.error(_COMBINATION, detail)]
        return ()

    return check


def at_least_one_of(*names: str) -> Rule:
    """One of the attributes, or more, must be given."""

    def check(config: Body) -> Iterable[requests.Problem]:
        given, unknown = _given(config, names)
        if given or unknown:
            return ()
        detail = f"At least one attribute out of [{','.join(names)}] must be specified"
        return [requests.error(_COMBINATION, detail)]

    return check


def conflicting(name: str, *others: str) -> Rule:
    """An attribute excludes others."""

    def check(config: Body) -> Iterable[requests.Problem]:
        if not _given(config, (name,))[0]:
            return ()
        given, _ = _given(config, others)
        return [
            requests.error(_COMBINATION, f'Attribute "{other}" cannot be specified when "{name}" is specified', (name,))
            for other in given
        ]

    return check


def _given(config: Body, names: Iterable[str]) -> tuple[list[str], bool]:
    data = config.__dict__
    held = [(name, data.get(name)) for name in names]
    given = [name for name, value in held if value is not None and is_known(value)]
    return given, any(not is_known(value) for _, value in held)
