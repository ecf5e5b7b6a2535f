"""The messages are real Terraform's: they were got by giving it a provider that breaks the rules on demand."""

from typing import Any

import pytest

from iacctl import values
from iacctl.provider import conformance, decoding, schema
from iacctl.provider.schema import Attribute, Block, NestedBlock, NestedObject
from iacctl.values import BOOL, DYNAMIC, NUMBER, STRING, Value


def inner() -> dict[str, Attribute]:
    return {
        "name": Attribute(STRING, optional=True),
        "size": Attribute(NUMBER, optional=True),
        "gen": Attribute(STRING, computed=True),
        "oc": Attribute(STRING, optional=True, computed=True),
        "sec": Attribute(STRING, optional=True, sensitive=True),
    }


NESTINGS: tuple[schema.Nesting, ...] = (schema.SINGLE, schema.LIST, schema.SET, schema.MAP)
BLOCK = Block(
    {
        "id": Attribute(STRING, computed=True),
        "o": Attribute(STRING, optional=True),
        "oc": Attribute(STRING, optional=True, computed=True),
        "num": Attribute(NUMBER, optional=True),
        "b": Attribute(BOOL, optional=True),
        "any": Attribute(DYNAMIC, optional=True),
        "sec": Attribute(STRING, optional=True, sensitive=True),
        "wo": Attribute(STRING, optional=True, write_only=True),
        "l": Attribute(values.list_of(STRING), optional=True),
        "s": Attribute(values.set_of(STRING), optional=True),
        "m": Attribute(values.map_of(STRING), optional=True),
        "ob": Attribute(values.object_of({"a": STRING, "b": NUMBER}), optional=True),
        **{f"n_{nesting}": Attribute(nested=NestedObject(inner(), nesting), optional=True) for nesting in NESTINGS},
    },
    {f"b_{nesting}": NestedBlock(Block(inner()), nesting) for nesting in NESTINGS},
)
OBJECT = BLOCK.blocks["b_single"].block.object_type
NULL = values.null_of(BLOCK.object_type)
UNKNOWN = object()


def raw(data: Any) -> Value:
    if isinstance(data, dict):
        return values.object_value({key: raw(item) for key, item in data.items()})
    if isinstance(data, (list, tuple)):
        return values.tuple_value([raw(item) for item in data])
    return values.numbers.from_float(data) if isinstance(data, float) else data


def typed(data: Any, type_: values.Type) -> Value:
    """A value of a type: null where data is None, unknown where it is UNKNOWN, missing object attributes null."""
    if data is UNKNOWN:
        return values.unknown_of(type_)
    if isinstance(type_, values.ObjectType) and isinstance(data, dict):
        return values.object_value({name: typed(data.get(name), part) for name, part in type_.attributes.items()})
    if isinstance(type_, (values.ListType, values.SetType)) and data is not None:
        items = [typed(item, type_.element) for item in data]
        return (
            values.list_value(type_.element, items) if type_.kind == "list" else values.set_value(type_.element, items)
        )
    if isinstance(type_, values.MapType) and data is not None:
        return values.map_value(type_.element, {key: typed(item, type_.element) for key, item in data.items()})
    return values.convert(raw(data), type_)


def body(**held: Any) -> Value:
    """An object of the block's type; blocks that are not given are empty."""
    members = dict(decoding.empty_value(BLOCK))  # type: ignore[call-overload]
    members.update((name, typed(data, BLOCK.object_type.attributes[name])) for name, data in held.items())
    return values.object_value(members)


def one(name: str = "b", *, sec: str | None = None, size: int | None = None) -> dict[str, Any]:
    return {"name": name, "sec": sec, "size": size}


ONE = {"name": "b", "size": 1, "gen": "x", "oc": "z", "sec": "s"}
SHOWN = (
    'cty.ObjectVal(map[string]cty.Value{"gen":cty.NullVal(cty.String), "name":cty.StringVal("b"), '
    '"oc":cty.StringVal("z"), "sec":cty.NullVal(cty.String), "size":cty.NullVal(cty.Number)})'
)
TYPE = (
    'cty.Object(map[string]cty.Type{"gen":cty.String, "name":cty.String, "oc":cty.String, "sec":cty.String, '
    '"size":cty.Number})'
)

PLANS: list[tuple[dict[str, Any], dict[str, Any], set[str]]] = [
    ({"o": "a"}, {"o": "a", "id": "1", "oc": "x"}, set()),
    (
        {"o": "a"},
        {"o": "b"},
        {'.o: planned value cty.StringVal("b") does not match config value cty.StringVal("a")'},
    ),
    ({}, {"sec": "b"}, {".sec: sensitive planned value for a non-computed attribute"}),
    ({"sec": "a"}, {"sec": "b"}, {".sec: sensitive planned value does not match config value"}),
    ({"wo": "a"}, {"wo": None}, set()),
    ({"wo": "a"}, {"wo": "a"}, {".wo: planned value for write-only attribute is not null"}),
    (
        {"num": 1},
        {"num": 1.5},
        {".num: planned value cty.NumberFloatVal(1.5) does not match config value cty.NumberIntVal(1)"},
    ),
    ({}, {"s": ["q"]}, {'.s: planned value cty.SetVal([]cty.Value{cty.StringVal("q")}) for a non-computed attribute'}),
    (
        {"l": []},
        {"l": None},
        {
            ".l: planned value cty.NullVal(cty.List(cty.String)) does not match config value cty.ListValEmpty(cty.String)"
        },
    ),
    (
        {"o": "x"},
        {"o": UNKNOWN},
        {'.o: planned value cty.UnknownVal(cty.String) does not match config value cty.StringVal("x")'},
    ),
    ({"n_single": one("a")}, {"n_single": None}, {".n_single: planned for absence but config wants existence"}),
    ({}, {"n_single": {**one(), "oc": "z"}}, {f".n_single: planned value {SHOWN} for a non-computed attribute"}),
    (
        {"n_list": [one("a"), one("c")]},
        {"n_list": [ONE]},
        {".n_list: count in plan (cty.NumberIntVal(1)) disagrees with count in config (cty.NumberIntVal(2))"},
    ),
    (
        {"n_list": [one("b"), one("c")]},
        {"n_list": [ONE, UNKNOWN]},
        {
            ".n_list[0].size: planned value cty.NumberIntVal(1) for a non-computed attribute",
            ".n_list[0].sec: sensitive planned value for a non-computed attribute",
            '.n_list[1].name: planned value cty.UnknownVal(cty.String) does not match config value cty.StringVal("c")',
            ".n_list[1].size: planned value cty.UnknownVal(cty.Number) for a non-computed attribute",
            ".n_list[1].sec: sensitive planned value for a non-computed attribute",
        },
    ),
    ({"n_list": [one("a")]}, {"n_list": None}, {".n_list: planned for absence but config wants existence"}),
    ({"n_list": [one("a")]}, {"n_list": UNKNOWN}, {".n_list: planned unknown for configured value"}),
    (
        {"n_map": {"k": one("a")}},
        {"n_map": {"z": ONE}},
        {
            '.n_map: map key "z" from plan is not present in config',
            '.n_map: map key "k" from config is not present in plan',
        },
    ),
    (
        {"n_map": {"k": one("a")}},
        {"n_map": {"k": ONE, "z": ONE}},
        {".n_map: count in plan (cty.NumberIntVal(2)) disagrees with count in config (cty.NumberIntVal(1))"},
    ),
    ({"n_set": [one("a")]}, {"n_set": [ONE]}, set()),
    (
        {"n_set": [one("a")]},
        {"n_set": []},
        {".n_set: count in plan (cty.NumberIntVal(0)) disagrees with count in config (cty.NumberIntVal(1))"},
    ),
    ({"b_single": one("a")}, {"b_single": None}, {".b_single: planned for absence but config wants existence"}),
    (
        {"b_single": one("a")},
        {"b_single": UNKNOWN},
        {
            ".b_single: attribute representing nested block must not be unknown itself; "
            "set nested attribute values to unknown instead"
        },
    ),
    ({}, {"b_single": ONE}, {".b_single: planned for existence but config wants absence"}),
    ({"b_list": [one("a")]}, {"b_list": []}, {".b_list: block count in plan (0) disagrees with count in config (1)"}),
    (
        {"b_list": [one("a")]},
        {"b_list": None},
        {".b_list: attribute representing a list of nested blocks must be empty to indicate no blocks, not null"},
    ),
    (
        {"b_list": [one("a")]},
        {"b_list": [UNKNOWN]},
        {
            ".b_list[0]: element representing nested block must not be unknown itself; "
            "set nested attribute values to unknown instead"
        },
    ),
    ({"b_set": [one("a")]}, {"b_set": [ONE]}, set()),
    ({"b_set": [one("a")]}, {"b_set": []}, set()),
    (
        {"b_set": [one("a")]},
        {"b_set": None},
        {".b_set: attribute representing a set of nested blocks must be empty to indicate no blocks, not null"},
    ),
    (
        {"b_map": {"k": one("a")}},
        {"b_map": {"z": ONE}},
        {
            '.b_map["z"]: block key "z" from plan is not present in config',
            '.b_map: block key "k" from config is not present in plan',
        },
    ),
    (
        {"b_map": {"k": one("a")}},
        {"b_map": {"k": ONE, "z": ONE}},
        {".b_map: block count in plan (2) disagrees with count in config (1)"},
    ),
    (
        {"b_list": UNKNOWN},
        {"b_list": []},
        {f".b_list: planned value cty.ListValEmpty({TYPE}) for unknown dynamic block"},
    ),
    ({"b_list": UNKNOWN}, {"b_list": UNKNOWN}, set()),
    ({"b_single": UNKNOWN}, {"b_single": None}, {".b_single: planned for absence but config wants existence"}),
]


@pytest.mark.parametrize(("config", "planned", "expected"), PLANS)
def test_plans_of_creations(config: dict[str, Any], planned: dict[str, Any], expected: set[str]) -> None:
    found = conformance.assert_plan_valid(BLOCK, NULL, body(**config), body(**planned))
    assert {finding.text() for finding in found} == expected


def test_a_plan_may_keep_what_there_is_for_another_spelling() -> None:
    prior, config = body(o="A", num=1), body(o="a", num=2)
    assert conformance.assert_plan_valid(BLOCK, prior, config, body(o="A", num=2)) == []
    (found,) = conformance.assert_plan_valid(BLOCK, prior, config, body(o="A", num=3))
    assert found.message == (
        "planned value cty.NumberIntVal(3) does not match config value cty.NumberIntVal(2) "
        "nor prior value cty.NumberIntVal(1)"
    )


def test_whole_objects_in_plans() -> None:
    (found,) = conformance.assert_plan_valid(BLOCK, NULL, body(), NULL)
    assert found == ((), "planned for absence but config wants existence")
    (found,) = conformance.assert_plan_valid(BLOCK, body(), NULL, body())
    assert found == ((), "planned for existence but config wants absence")
    assert conformance.assert_plan_valid(BLOCK, body(), NULL, NULL) == []


RESULTS: list[tuple[dict[str, Any], dict[str, Any], set[str]]] = [
    ({"id": UNKNOWN, "o": "a"}, {"id": "1", "o": "a"}, set()),
    ({"o": "a"}, {"o": None}, {'.o: was cty.StringVal("a"), but now null'}),
    ({}, {"b": True}, {".b: was null, but now cty.True"}),
    ({"oc": "z"}, {"oc": "y"}, {'.oc: was cty.StringVal("z"), but now cty.StringVal("y")'}),
    ({"oc": "z"}, {"oc": UNKNOWN}, {".oc: was known, but now unknown"}),
    ({"sec": "a"}, {"sec": "b"}, {".sec: inconsistent values for sensitive attribute"}),
    ({"l": ["a", "b"]}, {"l": ["a"]}, {".l: element 1 has vanished"}),
    ({"l": ["a"]}, {"l": ["a", "b"]}, {".l: new element 1 has appeared"}),
    (
        {"m": {"k": "v", "z": "y"}},
        {"m": {"k": "w", "n": "x"}},
        {
            '.m["k"]: was cty.StringVal("v"), but now cty.StringVal("w")',
            '.m: element "z" has vanished',
            '.m: new element "n" has appeared',
        },
    ),
    (
        {"ob": {"a": "x", "b": 2}},
        {"ob": {"a": "y", "b": None}},
        {
            ".ob.b: was cty.NumberIntVal(2), but now null",
            '.ob.a: was cty.StringVal("x"), but now cty.StringVal("y")',
        },
    ),
    (
        {"s": ["a", "b"]},
        {"s": ["a", "c"]},
        {'.s: planned set element cty.StringVal("b") does not correlate with any element in actual'},
    ),
    (
        {"s": ["a"]},
        {"s": ["a", "b"]},
        {
            '.s: actual set element cty.StringVal("b") does not correlate with any element in plan',
            ".s: length changed from 1 to 2",
        },
    ),
    ({"n_list": [one()]}, {"n_list": []}, {".n_list: inconsistent values for sensitive attribute"}),
    ({"n_single": one()}, {"n_single": None}, {".n_single: inconsistent values for sensitive attribute"}),
    ({"b_single": one()}, {"b_single": None}, {".b_single: was present, but now absent"}),
    ({"b_list": [one()]}, {"b_list": []}, {".b_list: block count changed from 1 to 0"}),
    ({"b_list": UNKNOWN}, {"b_list": []}, set()),
    (
        {"b_list": [one("a")]},
        {"b_list": [one("b")]},
        {'.b_list[0].name: was cty.StringVal("a"), but now cty.StringVal("b")'},
    ),
    ({"b_map": {"k": one()}}, {"b_map": {"z": one()}}, set()),
    (
        {"b_map": {"k": one()}},
        {"b_map": {"k": one("c", sec="s")}},
        {
            '.b_map["k"].name: was cty.StringVal("b"), but now cty.StringVal("c")',
            '.b_map["k"].sec: inconsistent values for sensitive attribute',
        },
    ),
    ({"b_map": {"k": one()}}, {"b_map": {}}, {".b_map: block count changed from 1 to 0"}),
    (
        {"b_set": [{**one(), "oc": "z"}]},
        {"b_set": []},
        {f".b_set: planned set element {SHOWN} does not correlate with any element in actual"},
    ),
    (
        {"b_set": [one("a")]},
        {"b_set": [one("a"), {**one(), "oc": "z"}]},
        {
            f".b_set: actual set element {SHOWN} does not correlate with any element in plan",
            ".b_set: block set length changed from 1 to 2",
        },
    ),
    ({"b_set": [{**one("a"), "gen": UNKNOWN}]}, {"b_set": [{**one("a"), "gen": "g"}]}, set()),
    ({"any": {"a": 1}}, {"any": "x"}, {".any: wrong final value type: object required, but have string"}),
    (
        {"any": {"a": 1, "b": [1]}},
        {"any": {"a": 2, "b": [1, 2]}},
        {'.any: wrong final value type: attribute "b": tuple required'},
    ),
]


@pytest.mark.parametrize(("planned", "actual", "expected"), RESULTS)
def test_results(planned: dict[str, Any], actual: dict[str, Any], expected: set[str]) -> None:
    found = conformance.assert_object_compatible(BLOCK, body(**planned), body(**actual))
    assert {finding.text() for finding in found} == expected


def test_whole_objects_as_results() -> None:
    (found,) = conformance.assert_object_compatible(BLOCK, body(), NULL)
    assert found.text() == "Root object was present, but now absent"
    (found,) = conformance.assert_object_compatible(BLOCK, NULL, body())
    assert found.text() == "Root object was absent, but now present"
    assert conformance.assert_object_compatible(BLOCK, NULL, NULL) == []


def test_an_unknown_value_keeps_what_was_known_of_it() -> None:
    held = dict(body())  # type: ignore[call-overload]
    promise = values.refine(values.unknown_of(STRING), not_null=True, prefix="pre-")
    planned = values.object_value({**held, "o": promise})
    assert conformance.assert_object_compatible(BLOCK, planned, body(o="pre-x")) == []
    (found,) = conformance.assert_object_compatible(BLOCK, planned, body(o="x"))
    assert found.message == (
        'final value cty.StringVal("x") does not conform to planning placeholder '
        'cty.UnknownVal(cty.String).Refine().NotNull().StringPrefixFull("pre-").NewValue()'
    )
    (found,) = conformance.assert_object_compatible(BLOCK, planned, body(o=None))
    assert "planning placeholder" in found.message


def test_types_and_unknown_parts() -> None:
    assert conformance.assert_conforms(BLOCK, body(b_list=[one()])) == []
    assert conformance.assert_conforms(BLOCK, NULL) == []
    assert conformance.assert_conforms(BLOCK, values.object_value({"unexpected": True}))
    assert conformance.unknown_paths(body(o="a")) == []
    found = conformance.unknown_paths(body(id=UNKNOWN, b_list=[{**one(), "gen": UNKNOWN}]))
    assert found == [("b_list", values.Index(0), "gen"), ("id",)]
