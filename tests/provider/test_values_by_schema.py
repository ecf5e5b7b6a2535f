"""Values as messages show them, and what a schema says of a value: empty bodies, sensitive and write-only paths."""

from typing import Any

import pytest

from iacctl import values
from iacctl.provider import decoding, paths, schema
from iacctl.provider.go_syntax import go_type, go_value
from iacctl.provider.schema import Attribute, Block, Lazy, NestedBlock, NestedObject, Schema
from iacctl.values import NUMBER, STRING, Value, numbers

SHOWN: list[tuple[Value, str]] = [
    ("a", 'cty.StringVal("a")'),
    ('b\n"é\a\u00a0\u200b\x7f', 'cty.StringVal("b\\n\\"é\\a\\u00a0\\u200b\\x7f")'),
    (True, "cty.True"),
    (1, "cty.NumberIntVal(1)"),
    (-3, "cty.NumberIntVal(-3)"),
    (999999, "cty.NumberIntVal(999999)"),
    (1000000, "cty.NumberIntVal(1e+06)"),
    (1234567, "cty.NumberIntVal(1.234567e+06)"),
    (10**100 * 5, "cty.NumberIntVal(5e+100)"),
    (123456789012345678901234567890, "cty.NumberIntVal(1.2345678901234567890123456789e+29)"),
    (numbers.parse("1.5"), "cty.NumberFloatVal(1.5)"),
    (numbers.parse("-1500000.5"), "cty.NumberFloatVal(-1.5000005e+06)"),
    (numbers.parse("0.0001220703125"), "cty.NumberFloatVal(0.0001220703125)"),
    (numbers.parse("0.000030517578125"), "cty.NumberFloatVal(3.0517578125e-05)"),
    (numbers.parse("0.1"), 'cty.MustParseNumberVal("0.1")'),
    (numbers.parse("0.00009"), 'cty.MustParseNumberVal("0.00009")'),
    (None, "cty.NullVal(cty.DynamicPseudoType)"),
    (values.null_of(values.set_of(STRING)), "cty.NullVal(cty.Set(cty.String))"),
    (values.list_value(values.DYNAMIC, ()), "cty.ListValEmpty(cty.DynamicPseudoType)"),
    (values.map_value(values.DYNAMIC, {}), "cty.MapValEmpty(cty.DynamicPseudoType)"),
    (values.set_value(NUMBER, (1,)), "cty.SetVal([]cty.Value{cty.NumberIntVal(1)})"),
    (values.map_value(STRING, {"k": "v"}), 'cty.MapVal(map[string]cty.Value{"k":cty.StringVal("v")})'),
    ({}, "cty.EmptyObjectVal"),
    ((), "cty.EmptyTupleVal"),
    ((1, "a"), 'cty.TupleVal([]cty.Value{cty.NumberIntVal(1), cty.StringVal("a")})'),
    (values.DYNAMIC_UNKNOWN, "cty.DynamicVal"),
    (values.refine_not_null(values.unknown_of(STRING)), "cty.UnknownVal(cty.String).RefineNotNull()"),
    (
        values.refine(values.unknown_of(NUMBER), not_null=True, lower=0, upper=5, upper_inclusive=False),
        "cty.UnknownVal(cty.Number).Refine().NotNull().NumberLowerBound(cty.NumberIntVal(0), true)"
        ".NumberUpperBound(cty.NumberIntVal(5), false).NewValue()",
    ),
]


@pytest.mark.parametrize(("value", "text"), SHOWN)
def test_values_as_go_code(value: Value, text: str) -> None:
    assert go_value(value) == text


def test_types_as_go_code() -> None:
    type_ = values.list_of(values.object_of({"a": values.EMPTY_TUPLE, "b": values.EMPTY_OBJECT}))
    assert go_type(type_) == 'cty.List(cty.Object(map[string]cty.Type{"a":cty.EmptyTuple, "b":cty.EmptyObject}))'
    assert go_type(values.tuple_of([STRING])) == "cty.Tuple([]cty.Type{cty.String})"


def test_deep_values_can_be_shown() -> None:
    deep: Value = ()
    for _ in range(10_000):
        deep = (deep,)
    assert go_value(deep).count("TupleVal") == 10_001


SECRET = Block({"plain": Attribute(STRING, optional=True), "secret": Attribute(STRING, optional=True, sensitive=True)})
HOLDER = Block(
    {
        "name": Attribute(STRING, required=True),
        "token": Attribute(STRING, optional=True, write_only=True),
        "nested": Attribute(
            nested=NestedObject({"key": Attribute(STRING, optional=True, sensitive=True)}, schema.MAP), optional=True
        ),
    },
    {
        "many": NestedBlock(SECRET, schema.LIST),
        "one": NestedBlock(Block({"pin": Attribute(STRING, optional=True, write_only=True)}), schema.SINGLE),
    },
)


def holder(**given: Any) -> Value:
    return decoding.coerce(HOLDER, values.object_value({"name": "n", **given}))


def test_sensitive_paths_follow_the_value() -> None:
    value = holder(
        many=({"secret": "s"}, {"plain": "p"}), nested=values.map_value(values.EMPTY_OBJECT, {"k": {"key": "v"}})
    )
    assert paths.sensitive_paths(HOLDER, value) == [
        ("nested", values.Index("k"), "key"),
        ("many", values.Index(0), "secret"),
        ("many", values.Index(1), "secret"),
    ]
    assert paths.sensitive_paths(HOLDER, values.null_of(HOLDER.object_type)) == []
    assert paths.sensitive_paths(Block({"a": Attribute(STRING)}), {"a": "x"}) == []


def test_write_only_values_are_found_and_taken_out() -> None:
    value = holder(token="t", one={"pin": "1"})
    assert paths.write_only_paths(HOLDER, value) == [("token",), ("one", "pin")]
    without = paths.without_write_only(HOLDER, value)
    assert paths.write_only_paths(HOLDER, without) == []
    assert values.raw_equals(values.paths.apply(("name",), without), "n")


def test_bodies_are_coerced_by_the_conventions_of_hcl() -> None:
    value = holder(many=())
    assert values.raw_equals(value["many"], values.list_value(SECRET.object_type, ()))  # type: ignore[index, call-overload]
    assert values.is_null(value["one"])  # type: ignore[index, call-overload]
    assert values.raw_equals(decoding.coerce(HOLDER, {"name": 5})["name"], "5")  # type: ignore[index, call-overload]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, 'attribute "name" is required'),
        ({"name": "a", "x": 1}, 'unexpected attribute "x"'),
        ("text", "an object is required"),
        ({"name": ("a",)}, "string required"),
        ({"name": "a", "many": "x"}, "must be a list"),
    ],
)
def test_what_does_not_fit_is_refused(given: Value, message: str) -> None:
    with pytest.raises(values.ConversionError) as caught:
        decoding.coerce(HOLDER, given)
    assert caught.value.message.startswith(message)


def test_blocks_of_any_type_form_tuples_and_objects() -> None:
    body = Block({"v": Attribute(values.DYNAMIC, optional=True)})
    listed, mapped = NestedBlock(body, schema.LIST), NestedBlock(body, schema.MAP)
    assert listed.value_type() is values.DYNAMIC
    assert decoding.blocks_value(listed, [{"v": 1}, {"v": "a"}]) == ({"v": 1}, {"v": "a"})
    assert decoding.blocks_value(mapped, {"k": {"v": 1}}) == {"k": {"v": 1}}
    assert decoding.empty_blocks(listed) == ()
    assert decoding.empty_blocks(mapped) == {}


def test_schemas_are_made_when_they_are_looked_up() -> None:
    made: list[str] = []

    def maker(name: str) -> Schema:
        made.append(name)
        return Schema(Block())

    schemas = Lazy({"a": lambda: maker("a"), "b": lambda: maker("b")})
    assert list(schemas) == ["a", "b"]
    assert "a" in schemas
    assert "c" not in schemas
    assert len(schemas) == 2
    assert made == []
    assert schemas["b"] is schemas.get("b")
    assert schemas.get("c") is None
    assert made == ["b"]
