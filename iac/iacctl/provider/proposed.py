"""What a provider is asked to plan: the configuration, with what only the provider can know taken over from the object
as it is.

The rules are Terraform's (its documentation of PlanResourceChange describes the proposed new state); recorded calls
of Terraform 1.15.5 are the test.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from iacctl import values
from iacctl.provider import schema
from iacctl.provider.containers import attributes_of, elements_of, entries_of, like_mapping, like_sequence, present

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.provider.schema import Attribute, Block, NestedBlock
    from iacctl.values import Value
    from iacctl.values.types import Type


def proposed_new(block: Block, prior: Value, config: Value) -> Value:
    """The object that results if every argument is as configured and all else stays as it is.

    Args:
        block: the schema's body.
        prior: the object as it is; null if there is none yet.
        config: the configuration; null for a deletion.

    Returns:
        the proposed object. Computed attributes that the configuration leaves open are as in `prior`: null, for a
        new object. That is for the provider to decide.
    """
    if not present(config):
        return prior
    if not present(prior) and type(prior) is not values.Unknown:
        return config  # nothing to take over
    if block.flat:
        return _flat(block, prior, config)
    return _merged(block.attributes, block.blocks, prior, config)


def _flat(block: Block, prior: Value, config: Value) -> Value:
    held = attributes_of(config)
    taken: dict[str, Value] | None = None
    for name in block.computed:
        given = held[name]
        if given is None or type(given) is values.Null:
            if taken is None:
                taken = dict(held)
            taken[name] = _member(prior, name, block.attributes[name].value_type())
    return config if taken is None else values.object_value(taken)


def _merged(
    attributes: Mapping[str, Attribute], blocks: Mapping[str, NestedBlock], prior: Value, config: Value
) -> Value:
    """One object, merged; what is null or unknown in the configuration stays so."""
    if not present(config):
        return config
    held = attributes_of(config)
    merged: dict[str, Value] = {}
    for name, attribute in attributes.items():
        given = held[name]
        before = _member(prior, name, attribute.value_type())
        if attribute.computed and values.is_null(given):
            # An optional attribute whose objects were configured before has been removed from the configuration.
            removed = attribute.optional and attribute.nested is not None and _was_configured(attribute, before)
            merged[name] = given if removed else before
        elif attribute.nested is not None and attribute.nested.has_computed:
            merged[name] = _nested(attribute.nested.nesting, attribute.nested.attributes, {}, before, given)
        else:
            merged[name] = given
    for name, nested in blocks.items():
        given = held[name]
        if nested.block.has_computed:
            before = _member(prior, name, nested.value_type())
            given = _nested(nested.nesting, nested.block.attributes, nested.block.blocks, before, given)
        merged[name] = given
    return values.object_value(merged)


def _member(holder: Value, name: str, type_: Type) -> Value:
    """An attribute of an object that may be null or unknown."""
    if present(holder):
        return attributes_of(holder)[name]
    return values.unknown_of(type_) if type(holder) is values.Unknown else values.null_of(type_)


def _nested(
    nesting: schema.Nesting,
    attributes: Mapping[str, Attribute],
    blocks: Mapping[str, NestedBlock],
    prior: Value,
    config: Value,
) -> Value:
    """The value of a nested attribute or of all blocks of a type: each object merged with the one it stems from."""
    if not present(config):
        return config
    if nesting in (schema.SINGLE, schema.GROUP):
        return _merged(attributes, blocks, prior, config)
    if nesting == schema.MAP:
        known = entries_of(prior)
        return like_mapping(
            config,
            {
                key: _merged(attributes, blocks, known[key], item) if key in known else item
                for key, item in entries_of(config).items()
            },
        )
    items = elements_of(config)
    if not items:
        return config
    if nesting == schema.SET:
        return like_sequence(config, _set_elements(attributes, blocks, elements_of(prior), items))
    if type(prior) is values.Unknown:
        return like_sequence(config, [_merged(attributes, blocks, prior, item) for item in items])
    priors = elements_of(prior)
    merged = [_merged(attributes, blocks, before, item) for before, item in zip(priors, items, strict=False)]
    return like_sequence(config, [*merged, *items[len(merged) :]])


def _set_elements(
    attributes: Mapping[str, Attribute],
    blocks: Mapping[str, NestedBlock],
    priors: tuple[Value, ...],
    items: tuple[Value, ...],
) -> list[Value]:
    """Set elements have no names: each takes over from the first one that it could have become, and none twice."""
    left = list(priors)
    merged: list[Value] = []
    for item in items:
        found = next(
            (index for index, before in enumerate(left) if _could_stem_from(attributes, blocks, before, item)), None
        )
        merged.append(item if found is None else _merged(attributes, blocks, left.pop(found), item))
    return merged


def _could_stem_from(
    attributes: Mapping[str, Attribute], blocks: Mapping[str, NestedBlock], prior: Value, config: Value
) -> bool:
    """Whether a configured object can have led to `prior`: they differ only where the provider decides.

    Only `prior` is looked through, so a list in it that is shorter than, or null beside, the configured one fits.
    """
    if values.raw_equals(prior, config) or values.is_null(prior):
        return True
    if not present(prior) or not present(config):
        return False
    before, given = attributes_of(prior), attributes_of(config)
    for name, attribute in attributes.items():
        old, new = before[name], given[name]
        if values.raw_equals(old, new):
            continue
        if attribute.nested is not None:
            nested = attribute.nested
            if not _nested_could_stem_from(nested.nesting, nested.attributes, {}, old, new):
                return False
        elif attribute.value_type().kind == "set" or not attribute.computed or not values.is_null(new):
            return False
    for name, block in blocks.items():
        old, new = before[name], given[name]
        if not values.raw_equals(old, new) and not _nested_could_stem_from(
            block.nesting, block.block.attributes, block.block.blocks, old, new
        ):
            return False
    return True


def _nested_could_stem_from(
    nesting: schema.Nesting,
    attributes: Mapping[str, Attribute],
    blocks: Mapping[str, NestedBlock],
    prior: Value,
    config: Value,
) -> bool:
    if nesting == schema.SET:
        return False
    if values.is_null(prior):
        return True
    if nesting in (schema.SINGLE, schema.GROUP):
        return _could_stem_from(attributes, blocks, prior, config)
    if nesting == schema.MAP:
        given = entries_of(config)
        return all(
            key in given and _could_stem_from(attributes, blocks, before, given[key])
            for key, before in entries_of(prior).items()
        )
    olds, news = elements_of(prior), elements_of(config)
    return len(olds) <= len(news) and all(
        _could_stem_from(attributes, blocks, old, new) for old, new in zip(olds, news, strict=False)
    )


def _was_configured(attribute: Attribute, prior: Value) -> bool:
    """Whether objects of a nested attribute hold anything that only a configuration can have given."""
    nested = attribute.nested
    assert nested is not None
    if not present(prior):
        return False
    if nested.nesting in (schema.SINGLE, schema.GROUP):
        objects: tuple[Value, ...] = (prior,)
    elif nested.nesting == schema.MAP:
        objects = tuple(entries_of(prior).values())
    else:
        objects = elements_of(prior)
    return any(
        present(member) and not nested.attributes[name].computed
        for item in objects
        if present(item)
        for name, member in attributes_of(item).items()
    )


def with_unknown_computed(block: Block, config: Value) -> Value:
    """The object that stands for a data source that can be read only during apply.

    Computed attributes that the configuration leaves open are unknown, at every depth.
    """
    if not present(config):
        return config
    held = dict(attributes_of(config))
    _fill_unknown(block.attributes, held)
    for name, nested in block.blocks.items():
        if nested.block.has_computed:
            held[name] = _each(nested.nesting, held[name], partial(with_unknown_computed, nested.block))
    return values.object_value(held)


def _fill_unknown(attributes: Mapping[str, Attribute], held: dict[str, Value]) -> None:
    for name, attribute in attributes.items():
        given = held[name]
        if attribute.computed and values.is_null(given):
            held[name] = values.unknown_of(attribute.value_type())
        elif attribute.nested is not None and attribute.nested.has_computed:
            held[name] = _each(attribute.nested.nesting, given, partial(_filled, attribute.nested.attributes))


def _filled(attributes: Mapping[str, Attribute], item: Value) -> Value:
    if not present(item):
        return item
    members = dict(attributes_of(item))
    _fill_unknown(attributes, members)
    return values.object_value(members)


def _each(nesting: schema.Nesting, value: Value, change: Callable[[Value], Value]) -> Value:
    """The value of a nested attribute or of all blocks of a type, each object changed."""
    if not present(value):
        return value
    if nesting in (schema.SINGLE, schema.GROUP):
        return change(value)
    if nesting == schema.MAP:
        return like_mapping(value, {key: change(item) for key, item in entries_of(value).items()})
    return like_sequence(value, [change(item) for item in elements_of(value)])
