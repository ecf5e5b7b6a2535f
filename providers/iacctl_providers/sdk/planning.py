"""The default plan: defaults, computed attributes, what forces a replacement. Compiled per class; works on values, not
on plain Python."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from iacctl import values
from iacctl.provider import schema
from iacctl_providers.sdk import plain, shapes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.values import Path, Value
    from iacctl_providers.sdk.attributes import Attributes
    from iacctl_providers.sdk.shapes import Shape


class _Computed(NamedTuple):
    """A computed attribute without a default."""

    name: str
    unknown: Value
    keep: bool


class _Inner(NamedTuple):
    """Nested objects that the plan has something to do with."""

    name: str
    nesting: schema.Nesting
    planner: Planner
    computed: bool


class Planner:
    """Plans objects of one shape.

    Attributes:
        shape: the shape.
        idle: there is nothing to plan: the proposed object is the plan.
        forces_new: whether any attribute, at any depth, forces a replacement.
    """

    idle: bool
    forces_new: bool

    def __init__(self, shape: Shape[Any]) -> None:
        self.shape = shape
        attributes = shape.attributes.items()
        self._defaults = tuple(
            (name, item.kind.dump(item.default)) for name, item in attributes if item.default is not None
        )
        self._computed = tuple(
            _Computed(name, item.unknown(), item.keep)
            for name, item in attributes
            if item.computed and item.default is None and item.planned is None
        )
        self._planned = tuple((name, item.planned) for name, item in attributes if item.planned is not None)
        self._force_new = tuple(
            (name, item.force_new if callable(item.force_new) else _always)
            for name, item in attributes
            if item.force_new
        )
        self._write_only = tuple((name, values.null_of(item.kind.type)) for name, item in attributes if item.write_only)
        nested: list[tuple[str, schema.Nesting, type[shapes.Nested], bool]] = [
            (name, item.nesting, item.body, False) for name, item in shape.blocks.items()
        ]
        for name, item in attributes:
            if item.kind.shape is not None and item.kind.nested is not None:
                nested.append((name, item.kind.nested.nesting, item.kind.shape, item.computed))
        inner = (
            _Inner(name, nesting, Planner(shapes.shape_of(body)), computed) for name, nesting, body, computed in nested
        )
        self._inner = tuple(item for item in inner if not item.planner.idle)
        self.forces_new = bool(self._force_new) or any(item.planner.forces_new for item in self._inner)
        self.idle = not (
            self._defaults or self._computed or self._planned or self._force_new or self._write_only or self._inner
        )

    def plan(self, prior: Value, proposed: Value, config: Value) -> Value:
        """Plan a creation (`prior` None) or an update. The very object `prior` means that nothing changes."""
        given = plain.attributes_of(config)
        wanted = self._with_defaults(plain.attributes_of(proposed), given)
        before = None if prior is None else plain.attributes_of(prior)
        if self._planned:
            self._work_out(wanted, before, given)
        if before is not None and all(
            wanted[name] is value or values.raw_equals(wanted[name], value) for name, value in before.items()
        ):
            return prior
        return values.object_value(self._with_unknowns(wanted, given, before))

    def replaced(self, prior: Value, planned: Value) -> list[Path]:
        """The attributes whose change from `prior` to `planned` forces a replacement."""
        found: list[Path] = []
        if prior is not planned and self.forces_new:
            self._replacements((), plain.attributes_of(prior), plain.attributes_of(planned), found)
        return found

    def _with_defaults(self, proposed: Mapping[str, Value], config: Mapping[str, Value]) -> dict[str, Value]:
        wanted = dict(proposed)
        for name, default in self._defaults:
            if values.is_null(config[name]):
                wanted[name] = default
        for name, null in self._write_only:
            wanted[name] = null
        for inner in self._inner:
            wanted[inner.name] = _each_object(
                inner.nesting, wanted[inner.name], config[inner.name], inner.planner._with_defaults
            )
        return wanted

    def _work_out(self, wanted: dict[str, Value], before: Attributes | None, config: Attributes) -> None:
        for name, planned in self._planned:
            wanted[name] = planned(wanted, before, config)

    def _with_unknowns(
        self, wanted: dict[str, Value], config: Mapping[str, Value], before: Mapping[str, Value] | None
    ) -> dict[str, Value]:
        for name, unknown, keep in self._computed:
            if not values.is_null(config[name]):
                continue
            if keep and before is not None and not values.is_null(before[name]):
                continue
            wanted[name] = unknown
        for inner in self._inner:
            if inner.computed and values.is_null(config[inner.name]):
                continue
            wanted[inner.name] = _each_object(
                inner.nesting, wanted[inner.name], config[inner.name], inner.planner._with_unknowns_inside
            )
        return wanted

    def _with_unknowns_inside(self, wanted: Mapping[str, Value], config: Mapping[str, Value]) -> dict[str, Value]:
        # A nested object that was there before carries the values of its computed attributes itself.
        return self._with_unknowns(dict(wanted), config, wanted)

    def _replacements(
        self, path: Path, before: Mapping[str, Value], planned: Mapping[str, Value], found: list[Path]
    ) -> None:
        for name, forces in self._force_new:
            old, new = before[name], planned[name]
            if not values.raw_equals(old, new) and forces(old, new):
                found.append((*path, name))
        for inner in self._inner:
            old, new = before[inner.name], planned[inner.name]
            if not inner.planner.forces_new or values.raw_equals(old, new):
                continue
            for step, was, becomes in _paired(inner.nesting, old, new):
                if was is None or becomes is None:
                    if inner.planner._holds_forcing(becomes if was is None else was):
                        found.append((*path, inner.name))
                else:
                    inner.planner._replacements((*path, inner.name, *step), was, becomes, found)

    def _holds_forcing(self, held: Attributes | None) -> bool:
        """Whether an object that comes or goes has anything in attributes that force a replacement."""
        if held is None:
            return False
        return any(not values.is_null(held[name]) for name, _ in self._force_new) or any(
            inner.planner._holds_forcing(item)
            for inner in self._inner
            for _, item, _ in _paired(inner.nesting, held[inner.name], held[inner.name])
        )


def _always(_old: Value, _new: Value) -> bool:
    return True


def _known(value: Value) -> bool:
    return value is not None and type(value) is not values.Null and type(value) is not values.Unknown


def _each_object(nesting: schema.Nesting, value: Value, config: Value, change: Any) -> Value:
    """The nested objects of a value, each changed together with its configuration. (Set elements are their own
    configuration.)"""
    if not _known(value) or not _known(config):
        return value
    if nesting in (schema.SINGLE, schema.GROUP):
        return values.object_value(change(plain.attributes_of(value), plain.attributes_of(config)))

    def changed(item: Value, given: Value) -> Value:
        if not _known(item) or not _known(given):
            return item
        return values.object_value(change(plain.attributes_of(item), plain.attributes_of(given)))

    if isinstance(value, values.SetValue):
        return values.set_value(value.element_type, [changed(item, item) for item in value.items])
    if isinstance(value, values.MapValue):
        assert isinstance(config, values.MapValue)
        given = config.entries
        return values.map_value(
            value.element_type, {key: changed(item, given[key]) for key, item in value.entries.items()}
        )
    if isinstance(value, values.ListValue):
        assert isinstance(config, values.ListValue)
        return values.list_value(value.element_type, map(changed, value.items, config.items))
    return values.tuple_value(map(changed, plain.items_of(value), plain.items_of(config)))


def _paired(nesting: schema.Nesting, old: Value, new: Value) -> list[tuple[Path, Attributes | None, Attributes | None]]:
    """The nested objects that correspond to each other, with their paths. None stands for one that is not there."""
    if nesting in (schema.SINGLE, schema.GROUP):
        return [((), _held(old), _held(new))]
    if nesting == schema.SET:
        gone = [item for item in _items(old) if not any(values.raw_equals(item, other) for other in _items(new))]
        come = [item for item in _items(new) if not any(values.raw_equals(item, other) for other in _items(old))]
        return [((), _held(item), None) for item in gone] + [((), None, _held(item)) for item in come]
    if nesting == schema.MAP:
        olds = old.entries if isinstance(old, values.MapValue) else {}
        news = new.entries if isinstance(new, values.MapValue) else {}
        return [
            ((values.Index(key),), _held(olds.get(key)), _held(news.get(key))) for key in dict.fromkeys([*olds, *news])
        ]
    return [
        ((values.Index(index),), _held(was), _held(becomes))
        for index, (was, becomes) in enumerate(zip_longest(_items(old), _items(new)))
    ]


def _held(value: Value) -> Attributes | None:
    return plain.attributes_of(value) if _known(value) else None


def _items(value: Value) -> tuple[Value, ...]:
    if isinstance(value, (values.ListValue, values.SetValue)):
        return value.items
    return plain.items_of(value) if isinstance(value, (tuple, values.TupleValue)) else ()
