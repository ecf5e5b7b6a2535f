"""Checks of a configuration: validators, rules and the author's own `check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl import values
from iacctl.provider import requests
from iacctl.values import paths
from iacctl_providers.sdk import plain, shapes
from iacctl_providers.sdk.calls import Reporting
from iacctl_providers.sdk.errors import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iacctl.values import Path, Value
    from iacctl_providers.sdk.attributes import Attribute
    from iacctl_providers.sdk.rules import Rule
    from iacctl_providers.sdk.shapes import Body, Shape


class Checker:
    """Checks configurations of one shape.

    Attributes:
        idle: there is nothing to check.
    """

    idle: bool

    def __init__(
        self, shape: Shape[Any], rules: tuple[Rule, ...] = (), own: Callable[[Any, Reporting[Any]], None] | None = None
    ) -> None:
        self._shape = shape
        self._rules = rules
        self._own = own
        self._attributes = tuple(
            (name, item) for name, item in shape.attributes.items() if item.validators or item.kind.whole
        )
        inner = [(name, Checker(shapes.shape_of(item.body))) for name, item in shape.blocks.items()]
        for name, item in shape.attributes.items():
            if item.kind.shape is not None:
                inner.append((name, Checker(shapes.shape_of(item.kind.shape))))
        self._inner = tuple((name, checker) for name, checker in inner if not checker.idle)
        self.idle = not (self._attributes or self._inner or rules or own)

    def check(self, config: Value, provider: Any) -> requests.Problems:
        """Everything that is wrong with a configuration."""
        if self.idle:
            return ()
        found = list(self._invalid((), config))
        if self._rules or self._own is not None:
            instance = self._shape.load(config)
            for rule in self._rules:
                found.extend(rule(instance))
            if self._own is not None:
                found.extend(_own_problems(self._own, instance, provider))
        return tuple(found)

    def _invalid(self, path: Path, config: Value) -> Iterator[requests.Problem]:
        held = plain.attributes_of(config)
        for name, attribute in self._attributes:
            value = held[name]
            if values.is_wholly_known(value) and not values.is_null(value):
                yield from _complaints((*path, name), attribute, attribute.kind.load(value))
        for name, checker in self._inner:
            for step, item in _objects(held[name]):
                yield from checker._invalid((*path, name, *step), item)


def _own_problems(own: Callable[[Any, Reporting[Any]], None], instance: Body, provider: Any) -> list[requests.Problem]:
    report = Reporting(provider)
    try:
        own(instance, report)
    except ProviderError as problem:
        report.problems.append(problem.problem())
    return report.problems


def _complaints(path: Path, attribute: Attribute[Any], value: Any) -> Iterator[requests.Problem]:
    if attribute.kind.whole and not isinstance(value, int):
        detail = f"Attribute {path_text(path)} must be a whole number, got: {value}"
        yield requests.error("Invalid Attribute Value", detail, path)
        return
    for validator in attribute.validators:
        complaint = validator(value)
        if complaint is not None:
            yield requests.error(complaint.summary, f"Attribute {path_text(path)} {complaint.detail}", path)


def path_text(path: Path) -> str:
    """A path as provider frameworks print it: `disk[0].size`."""
    return paths.text(path).removeprefix(".")


def _objects(value: Value) -> Iterator[tuple[Path, Value]]:
    if not values.is_known(value) or values.is_null(value):
        return
    if type(value) is dict or isinstance(value, values.ObjectValue):
        yield (), value
    elif isinstance(value, values.MapValue):
        for key, item in value.entries.items():
            yield from ((((values.Index(key),)), found) for _, found in _objects(item))
    elif isinstance(value, values.SetValue):
        for item in value.items:
            yield from (((values.Index(item),), found) for _, found in _objects(item))
    else:
        items = value.items if isinstance(value, values.ListValue) else plain.items_of(value)
        for index, item in enumerate(items):
            yield from (((values.Index(index),), found) for _, found in _objects(item))
