"""Recorded calls: what real Terraform 1.15.5 sent to providers in PlanResourceChange."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from iacctl import values
from iacctl.provider import schema
from iacctl.provider.decoding import empty_value
from iacctl.provider.proposed import proposed_new, with_unknown_computed
from iacctl.provider.schema import Attribute, Block, NestedBlock, NestedObject
from iacctl.values import NUMBER, STRING, numbers

DATA = Path(__file__).parent / "data"


def lines(name: str) -> list[dict[str, Any]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as file:
        return [json.loads(line, parse_float=numbers.parse) for line in file]


def block_from_json(data: dict[str, Any]) -> Block:
    attributes = {
        name: Attribute(
            type=values.type_from_json(item["type"]),
            required=item.get("required", False),
            optional=item.get("optional", False),
            computed=item.get("computed", False),
            sensitive=item.get("sensitive", False),
        )
        for name, item in data.get("attributes", {}).items()
    }
    blocks = {
        name: NestedBlock(block_from_json(item["block"]), item["nesting_mode"])
        for name, item in data.get("block_types", {}).items()
    }
    return Block(attributes, blocks)


def nested_block() -> Block:
    """The schema of the provider that recorded the nested cases."""

    def inner() -> dict[str, Attribute]:
        return {
            "name": Attribute(STRING, required=True),
            "size": Attribute(NUMBER, optional=True),
            "gen": Attribute(STRING, computed=True),
            "oc": Attribute(STRING, optional=True, computed=True),
        }

    attributes = {"id": Attribute(STRING, computed=True), "any": Attribute(values.DYNAMIC, optional=True)}
    for nesting in (schema.SINGLE, schema.LIST, schema.SET, schema.MAP):
        attributes[f"n_{nesting}"] = Attribute(nested=NestedObject(inner(), nesting), optional=True)
        attributes[f"c_{nesting}"] = Attribute(nested=NestedObject(inner(), nesting), optional=True, computed=True)
    deep = {
        "k": Attribute(STRING, required=True),
        "in": Attribute(nested=NestedObject(inner(), schema.SET), optional=True),
        "im": Attribute(nested=NestedObject(inner(), schema.MAP), optional=True),
    }
    attributes["deep"] = Attribute(nested=NestedObject(deep, schema.LIST), optional=True)
    blocks = {
        f"b_{nesting}": NestedBlock(Block(inner(), {"sub": NestedBlock(Block(inner()), schema.LIST)}), nesting)
        for nesting in (schema.SINGLE, schema.LIST, schema.SET)
    }
    return Block(attributes, blocks)


def value_of(data: Any, type_: values.Type) -> values.Value:
    """A recorded value: plain JSON, with `$unknown`, and `$type`/`$value` for attributes of any type."""
    if isinstance(data, dict) and data.get("$unknown"):
        return values.unknown_of(type_)
    if data is None:
        return values.null_of(type_)
    if type_ is values.DYNAMIC:
        return value_of(data["$value"], values.type_from_json(data["$type"]))
    if isinstance(type_, values.ObjectType):
        return values.object_value({name: value_of(data[name], part) for name, part in type_.attributes.items()})
    if isinstance(type_, values.MapType):
        return values.map_value(type_.element, {key: value_of(item, type_.element) for key, item in data.items()})
    if isinstance(type_, values.ListType):
        return values.list_value(type_.element, [value_of(item, type_.element) for item in data])
    if isinstance(type_, values.SetType):
        return values.set_value(type_.element, [value_of(item, type_.element) for item in data])
    if isinstance(type_, values.TupleType):
        return values.tuple_value([value_of(item, part) for item, part in zip(data, type_.elements, strict=True)])
    return data


def check(block: Block, call: dict[str, Any]) -> None:
    prior, config, proposed = (value_of(call[name], block.object_type) for name in ("prior", "config", "proposed"))
    assert values.raw_equals(proposed_new(block, prior, config), proposed)


def test_recorded_calls_of_the_aws_provider() -> None:
    with gzip.open(DATA / "proposed_aws_schemas.json.gz", "rt", encoding="utf-8") as file:
        blocks = {name: block_from_json(item["block"]) for name, item in json.load(file).items()}
    calls = lines("proposed_aws.jsonl.gz")
    assert len(calls) == 117
    for call in calls:
        check(blocks[call["type"]], call)


def test_recorded_calls_with_every_nesting_mode() -> None:
    block = nested_block()
    calls = lines("proposed_nested.jsonl.gz")
    assert len(calls) == 480
    for call in calls:
        check(block, call)


FLAT = Block({"id": Attribute(STRING, computed=True), "name": Attribute(STRING, optional=True)})


def test_a_creation_is_the_configuration_itself() -> None:
    config = values.object_value({"id": values.null_of(STRING), "name": "a"})
    assert proposed_new(FLAT, values.null_of(FLAT.object_type), config) is config


def test_a_deletion_leaves_what_there_is() -> None:
    prior = values.object_value({"id": "1", "name": "a"})
    assert proposed_new(FLAT, prior, values.null_of(FLAT.object_type)) is prior


def test_unknown_arguments_stay_unknown() -> None:
    prior = values.object_value({"id": "1", "name": "a"})
    config = values.object_value({"id": values.null_of(STRING), "name": values.unknown_of(STRING)})
    found = proposed_new(FLAT, prior, config)
    assert values.raw_equals(found, values.object_value({"id": "1", "name": values.unknown_of(STRING)}))


def test_a_data_source_that_waits_for_apply_has_unknown_results() -> None:
    block = nested_block()
    held = dict(empty_value(block))  # type: ignore[call-overload]
    one = {"name": "a", "size": 1, "gen": values.null_of(STRING), "oc": "set"}
    held["n_list"] = values.list_value(block.attributes["n_list"].nested.object_type, [one])  # type: ignore[union-attr]
    found = with_unknown_computed(block, values.object_value(held))
    assert isinstance(found, values.ObjectValue)
    assert isinstance(found.attributes["id"], values.Unknown)
    assert isinstance(found.attributes["c_map"], values.Unknown)
    item = found.attributes["n_list"].items[0]  # type: ignore[union-attr]
    assert values.raw_equals(item, values.object_value({**one, "gen": values.unknown_of(STRING)}))


@pytest.mark.parametrize("nesting", [schema.LIST, schema.SET, schema.MAP, schema.SINGLE, schema.GROUP])
def test_empty_bodies(nesting: schema.Nesting) -> None:
    block = Block({}, {"b": NestedBlock(FLAT, nesting)})
    held = empty_value(block)
    assert values.conformance.conforms(held, block.object_type)
    assert values.is_null(held["b"]) is (nesting == schema.SINGLE)  # type: ignore[index, call-overload]
