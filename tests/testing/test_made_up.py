"""Values that mocks make up, for schemas with everything that protocol 6 has."""

from __future__ import annotations

import re
from typing import Any

import pytest

from iacctl import values
from iacctl.provider import conformance, decoding
from iacctl.provider.schema import GROUP, LIST, MAP, SET, SINGLE, Attribute, Block, NestedBlock, NestedObject
from iacctl.testing.made_up import Filler, Given, made_up
from iacctl.values import BOOL, DYNAMIC, NUMBER, STRING, list_of, map_of, object_of, set_of, tuple_of

COMPUTED = {
    "text": Attribute(STRING, computed=True),
    "number": Attribute(NUMBER, computed=True),
    "flag": Attribute(BOOL, optional=True, computed=True),
    "list": Attribute(list_of(STRING), computed=True),
    "set": Attribute(set_of(NUMBER), computed=True),
    "map": Attribute(map_of(BOOL), computed=True),
    "object": Attribute(object_of({"a": STRING, "b": list_of(NUMBER)}), computed=True),
    "any": Attribute(DYNAMIC, computed=True),
    "given": Attribute(STRING, optional=True),
}
INNER = {"id": Attribute(STRING, computed=True), "name": Attribute(STRING, optional=True)}
BLOCK = Block(
    {
        **COMPUTED,
        "one": Attribute(nested=NestedObject(INNER, SINGLE), computed=True),
        "many": Attribute(nested=NestedObject(INNER, LIST), computed=True),
        "said": Attribute(nested=NestedObject(INNER, MAP), optional=True),
    },
    {
        "list_block": NestedBlock(Block(dict(INNER)), LIST),
        "set_block": NestedBlock(Block(dict(INNER)), SET),
        "map_block": NestedBlock(Block(dict(INNER)), MAP),
        "single_block": NestedBlock(Block(dict(INNER)), SINGLE),
        "group_block": NestedBlock(Block(dict(INNER)), GROUP),
    },
)


def _config(**given: Any) -> values.Value:
    empty = decoding.empty_value(BLOCK)
    assert isinstance(empty, dict | values.ObjectValue)
    members = dict(empty if isinstance(empty, dict) else empty.attributes)
    for name, value in given.items():
        members[name] = values.convert(_value(value), BLOCK.object_type.attributes[name])  # type: ignore[attr-defined]
    return values.object_value(members)


def _value(data: Any) -> values.Value:
    if isinstance(data, dict):
        return values.object_value({key: _value(item) for key, item in data.items()})
    if isinstance(data, list):
        return values.tuple_value([_value(item) for item in data])
    found: values.Value = data
    return found


def _fill(config: values.Value, given: Any = None, *, unknown: bool = False) -> tuple[Any, Filler]:
    filler = Filler(Given(None if given is None else _value(given)), unknown=unknown)
    made = filler.fill(config, BLOCK)
    assert not filler.problems
    assert not conformance.assert_conforms(BLOCK, made)
    plain = values.object_value(dict(made)) if isinstance(made, dict) else made
    return (plain if isinstance(plain, dict) else plain.attributes), filler  # type: ignore[union-attr]


def _json(value: values.Value) -> Any:
    import json

    from iacctl_state.json_text import compact

    return json.loads(compact(values.json.encode(value, values.type_of(value))))


def test_what_nobody_gives_is_made_up_by_type() -> None:
    made, _ = _fill(_config())
    assert re.fullmatch("[a-z0-9]{8}", made["text"])
    assert (made["number"], made["flag"]) == (0, False)
    assert [_json(made[name]) for name in ("list", "set", "map")] == [[], [], {}]
    assert re.fullmatch("[a-z0-9]{8}", made["object"]["a"]) and _json(made["object"]["b"]) == []
    assert values.is_null(made["any"]) and values.is_null(made["given"])
    assert re.fullmatch("[a-z0-9]{8}", made["one"]["id"]) and values.is_null(made["one"]["name"])
    assert _json(made["many"]) == []
    assert values.is_null(made["said"])


def test_what_is_configured_stays_and_its_computed_parts_are_filled_in() -> None:
    item = {"id": None, "name": "n"}
    config = _config(
        flag=True,
        said={"k": item},
        list_block=[item, {"id": None, "name": "o"}],
        set_block=[item],
        map_block={"k": item},
        single_block=item,
        group_block=item,
    )
    made, _ = _fill(config, {"list_block": {"id": "L"}, "set_block": {"id": "S"}, "said": {"id": "A"}, "flag": False})
    assert made["flag"] is True
    assert _json(made["said"]) == {"k": {"id": "A", "name": "n"}}
    assert _json(made["list_block"]) == [{"id": "L", "name": "n"}, {"id": "L", "name": "o"}]
    assert _json(made["set_block"]) == [{"id": "S", "name": "n"}]
    for name in ("single_block", "group_block"):
        assert re.fullmatch("[a-z0-9]{8}", _json(made[name])["id"]) and _json(made[name])["name"] == "n"
    assert re.fullmatch("[a-z0-9]{8}", _json(made["map_block"])["k"]["id"])


def test_given_values_are_converted_and_only_computed_ones_count() -> None:
    made, _ = _fill(
        _config(), {"text": 5, "list": ["a", 1], "one": {"id": "O"}, "given": "ignored", "nonsense": 1, "any": [True]}
    )
    assert made["text"] == "5"
    assert _json(made["list"]) == ["a", "1"]
    assert _json(made["one"]) == {"id": "O", "name": None}
    assert values.is_null(made["given"])
    assert _json(made["any"]) == [True]


def test_while_planning_computed_values_are_unknown() -> None:
    made, _ = _fill(_config(list_block=[{"id": None, "name": "n"}]), unknown=True)
    assert all(not values.is_known(made[name]) for name in ("text", "number", "flag", "list", "object", "one", "many"))
    (item,) = made["list_block"].items
    assert not values.is_known(item.attributes["id"]) and item.attributes["name"] == "n"


@pytest.mark.parametrize("attribute", ["number", "set", "object"])
def test_what_cannot_be_converted_is_reported(attribute: str) -> None:
    filler = Filler(Given(_value({attribute: [["x"]]})), unknown=False)
    filler.fill(_config(), BLOCK)
    (problem,) = filler.problems
    assert problem.summary == "Failed to compute attribute"
    assert f'with the attribute ".{attribute}"' in problem.detail


@pytest.mark.parametrize(
    "kind", [STRING, NUMBER, BOOL, list_of(STRING), set_of(BOOL), map_of(NUMBER), object_of({"a": tuple_of([STRING])})]
)
def test_made_up_values_have_the_type(kind: values.Type) -> None:
    assert values.type_of(made_up(kind)) is kind
