"""The SDK where the providers of the catalog do not lead: every kind of attribute, wrong answers, errors, checks."""

from typing import Any

import pytest

from iacctl import values
from iacctl.provider import port, requests, schema
from iacctl.values import NUMBER, STRING, Value, numbers
from iacctl_providers import sdk
from iacctl_providers.sdk import flatmap, plain, stored
from iacctl_providers.sdk.shapes import shape_of
from tests.providers import driver
from tests.providers.driver import Driver, Refused, value_of

# -- plain values -------------------------------------------------------------------------------------------------------

KINDS: list[tuple[sdk.Kind[Any], Value, Any]] = [
    (sdk.string, "é", "é"),
    (sdk.string, values.null_of(STRING), None),
    (sdk.boolean, True, True),
    (sdk.integer, 10**40, 10**40),
    (sdk.number, numbers.parse("0.5"), 0.5),
    (sdk.list_of(sdk.string), values.list_value(STRING, ("b", "a")), ["b", "a"]),
    (sdk.set_of(sdk.string), values.set_value(STRING, ("b", "a")), ["a", "b"]),
    (sdk.map_of(sdk.integer), values.map_value(NUMBER, {"k": 1}), {"k": 1}),
    (sdk.list_of(sdk.string), values.list_value(STRING, (values.null_of(STRING),)), [None]),
    (sdk.of_type(values.object_of({"a": STRING, "b": NUMBER})), {"a": "x", "b": 1}, {"a": "x", "b": 1}),
    (sdk.of_type(values.tuple_of((STRING, NUMBER))), ("x", 1), ["x", 1]),
]


@pytest.mark.parametrize(("kind", "value", "python"), KINDS)
def test_values_become_plain_and_come_back(kind: sdk.Kind[Any], value: Value, python: Any) -> None:
    held = kind.load(value)
    assert held == python
    assert values.raw_equals(kind.dump(held), value)


def test_exact_numbers_come_back_exact() -> None:
    exact = numbers.parse("0.1000000000000000000000000000000000000001")
    held = sdk.number.load(exact)
    assert held * 2 == 0.2
    assert values.raw_equals(sdk.number.dump(held), exact)
    assert values.raw_equals(sdk.number.dump(0.1), numbers.parse("0.1"))


def test_texts_are_normalized() -> None:
    assert sdk.string.dump("e\u0301") == "\u00e9"


def test_what_is_known_of_unknown_values_is_kept() -> None:
    refined = values.refine(values.unknown_of(STRING), prefix="a-")
    held = sdk.string.load(refined)
    assert not sdk.is_known(held)
    assert sdk.string.dump(held) is refined
    assert sdk.string.load(values.unknown_of(STRING)) is sdk.UNKNOWN
    with pytest.raises(TypeError, match="not known yet"):
        bool(held)


def test_any_value_stays_as_it_is() -> None:
    for value in (values.null_of(STRING), {"a": (1,)}, values.unknown_of(NUMBER)):
        assert sdk.dynamic.dump(sdk.dynamic.load(value)) is value
    assert sdk.dynamic.dump(sdk.UNKNOWN) is values.DYNAMIC_UNKNOWN


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (sdk.string, 1),
        (sdk.boolean, 1),
        (sdk.integer, True),
        (sdk.number, "1"),
        (sdk.list_of(sdk.string), "text"),
        (sdk.set_of(sdk.string), 5),
        (sdk.map_of(sdk.string), []),
    ],
)
def test_wrong_python_types_are_refused(kind: sdk.Kind[Any], wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"expected .*, got"):
        kind.dump(wrong)


# -- declarations -------------------------------------------------------------------------------------------------------


class Part(sdk.Nested):
    """A part."""

    key = sdk.string(required=True, force_new=True)
    made = sdk.string(computed=True, keep=True)
    level = sdk.integer(default=3, validators=(sdk.validators.between(1, 5),))


class Whole(sdk.Resource, import_by="number"):
    """A whole."""

    number = sdk.integer(computed=True, keep=True)
    from_ = sdk.string(optional=True, validators=(sdk.validators.matches("^[a-z]+$", "must be lower-case"),))
    first = sdk.single(Part)(optional=True)
    named = sdk.map_of(Part)(optional=True)
    ordered = sdk.blocks(Part)
    bag = sdk.blocks(Part, nesting="set")
    only = sdk.block(Part)

    def create(self, call: sdk.Call["Maker"]) -> None:
        self.number = 7
        self.make_parts()
        call.provider.made.append(self)

    def update(self, call: sdk.Call["Maker"]) -> None:
        self.make_parts()

    def make_parts(self) -> None:
        parts = [*(self.ordered or ()), *(self.bag or ()), *(self.named or {}).values()]
        for part in [*parts, *filter(None, (self.first, self.only))]:
            if not sdk.is_known(part.made):
                part.made = f"made of {part.key}"


class Stubborn(sdk.Resource):
    """Does everything wrong on demand."""

    mode = sdk.string(optional=True)
    result = sdk.string(computed=True)

    def create(self, call: sdk.Call["Maker"]) -> None:
        self.result = {"type": 1, "keep": "done"}.get(self.mode or "", "done")
        if self.mode == "warn":
            call.warn("Careful", "About this.", "mode")
        if self.mode == "raise":
            raise sdk.ProviderError("No", "Because.", ("mode",))

    def modify_plan(self, plan: sdk.Plan["Maker"]) -> None:
        plan.private = b"planned"
        if self.mode == "plan":
            raise sdk.ProviderError("No plan", path="mode")

    def check(self, report: sdk.Reporting["Maker"]) -> None:
        if self.mode == "check":
            report.error("Wrong", "One thing.", "mode")
            report.warn("Strange", "Another.")
            raise sdk.ProviderError("Worse")

    def read(self, call: sdk.Call["Maker"]) -> None:
        if self.mode == "read":
            raise sdk.ProviderError("Unreadable")


class Maker(sdk.Provider):
    """Makes things."""

    endpoint = sdk.string(default="here", validators=(sdk.validators.one_of("here", "there"),))
    part = sdk.blocks(Part)
    resources = {"maker_whole": Whole, "maker_stubborn": Stubborn}  # noqa: RUF012

    made: list[Whole]

    def check(self, report: sdk.Reporting["Maker"]) -> None:
        if sdk.is_known(self.endpoint) and self.endpoint == "there":
            report.warn("Far away")

    def configure(self, report: sdk.Reporting["Maker"]) -> None:
        self.made = []
        if self.part and self.part[0].key == "bad":
            report.error("Bad part")


@pytest.fixture
def maker() -> port.Provider:
    made = sdk.serve(Maker)
    driver.configure(made)
    return made


@pytest.fixture
def whole(maker: port.Provider) -> Driver:
    return Driver(maker, "maker_whole")


@pytest.fixture
def stubborn(maker: port.Provider) -> Driver:
    return Driver(maker, "maker_stubborn")


def test_declarations_become_a_schema(maker: port.Provider) -> None:
    block = maker.schema().resources["maker_whole"].block
    assert sorted(block.attributes) == ["first", "from", "named", "number"]
    assert block.description == "A whole."
    assert block.blocks["only"].nesting == schema.SINGLE
    assert block.blocks["bag"].nesting == schema.SET
    level = block.blocks["ordered"].block.attributes["level"]
    assert (level.optional, level.computed) == (True, True)
    nested = block.attributes["named"].nested
    assert nested is not None
    assert nested.nesting == schema.MAP


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"required": True, "optional": True},
        {"required": True, "computed": True},
        {"required": True, "default": "x"},
    ],
)
def test_attributes_must_make_sense(options: dict[str, Any]) -> None:
    declare: Any = sdk.string
    with pytest.raises(TypeError, match="attribute"):
        declare(**options)


def test_attributes_read_as_themselves_on_the_class_and_as_none_when_unset() -> None:
    assert isinstance(Whole.number, sdk.Attribute)
    assert Whole().from_ is None
    assert repr(Part(key="a")) == "Part(key='a')"


def test_nested_attributes_cannot_have_blocks() -> None:
    class Deep(sdk.Nested):
        part = sdk.blocks(Part)

    with pytest.raises(TypeError, match="Deep has blocks"):
        sdk.list_of(Deep)


# -- planning -----------------------------------------------------------------------------------------------------------

ALL: dict[str, Any] = {
    "first": {"key": "f"},
    "named": {"n": {"key": "n"}},
    "ordered": [{"key": "o"}, {"key": "p", "level": 5}],
    "bag": [{"key": "b"}, {"key": "c"}],
    "only": {"key": "y"},
}


def test_nested_defaults_and_computed_values(whole: Driver) -> None:
    planned = driver.attributes(whole.plan(whole.config(**ALL)).planned)
    for name in ALL:
        assert not values.is_wholly_known(planned[name]), name
    whole.apply(whole.plan(whole.config(**ALL)))
    ordered = [driver.attributes(part) for part in whole["ordered"].items]
    assert [(part["made"], part["level"]) for part in ordered] == [("made of o", 3), ("made of p", 5)]
    assert driver.attributes(whole["first"])["made"] == "made of f"
    assert whole.plan(whole.config(**ALL)).changes_nothing


@pytest.mark.parametrize(
    ("change", "replaces"),
    [
        ({"ordered": [{"key": "o"}]}, True),
        ({"ordered": [{"key": "o", "level": 4}, {"key": "p", "level": 5}]}, False),
        ({"ordered": [{"key": "q"}, {"key": "p", "level": 5}]}, True),
        ({"named": {"n": {"key": "n", "level": 1}}}, False),
        ({"named": {"n": {"key": "m"}}}, True),
        ({"named": {"x": {"key": "n"}}}, True),
        ({"first": {"key": "f", "level": 2}}, False),
        ({"first": {"key": "g"}}, True),
        ({"first": None}, True),
        ({"only": {"key": "z"}}, True),
        ({"bag": [{"key": "b"}]}, True),
        ({"from": "x"}, False),
    ],
)
def test_what_replaces_a_whole(whole: Driver, change: dict[str, Any], replaces: bool) -> None:
    whole.create(**ALL)
    wanted = {key: item for key, item in {**ALL, **change}.items() if item is not None}
    planned = whole.plan(whole.config(**wanted))
    assert planned.replaces is replaces
    whole.apply(planned)
    assert whole.plan(whole.config(**wanted)).changes_nothing


def test_unknown_blocks_stay_unknown(whole: Driver) -> None:
    held = dict(driver.attributes(whole.config()))
    held["ordered"] = values.unknown_of(whole.block.blocks["ordered"].value_type())
    held["first"] = values.unknown_of(whole.block.attributes["first"].value_type())
    planned = driver.attributes(whole.plan(values.object_value(held)).planned)
    assert planned["ordered"] is held["ordered"]


def test_checks_reach_into_nested_objects(whole: Driver) -> None:
    wrong = {"from": "X", "first": {"key": "a", "level": 9}, "bag": [{"key": "a", "level": 0}]}
    wrong |= {"named": {"k": {"key": "a", "level": 0}}, "ordered": [{"key": "a"}, {"key": "b", "level": 0}]}
    found = {problem.detail for problem in whole.problems(whole.config(**wrong))}
    assert "Attribute from must be lower-case, got: X" in found
    assert "Attribute first.level value must be between 1 and 5, got: 9" in found
    assert 'Attribute named["k"].level value must be between 1 and 5, got: 0' in found
    assert "Attribute ordered[1].level value must be between 1 and 5, got: 0" in found
    assert len(found) == 5


def test_import_by_a_number(whole: Driver) -> None:
    assert driver.attributes(whole.import_("12"))["number"] == 12
    with pytest.raises(Refused, match="must be a number"):
        whole.import_("twelve")


# -- answers of methods -------------------------------------------------------------------------------------------------


def test_errors_of_methods(stubborn: Driver) -> None:
    with pytest.raises(Refused, match="No: Because"):
        stubborn.create(mode="raise")
    assert values.is_null(stubborn.state)
    with pytest.raises(Refused, match="No plan"):
        stubborn.create(mode="plan")
    with pytest.raises(Refused, match=r"TypeError: Stubborn\.result: expected str, got int 1"):
        stubborn.create(mode="type")
    stubborn.create(mode="read")
    with pytest.raises(Refused, match="Unreadable"):
        stubborn.read()


def test_checks_may_report_many_things(stubborn: Driver) -> None:
    problems = stubborn.problems(stubborn.config(mode="check"))
    assert [(problem.severity, problem.summary, problem.path) for problem in problems] == [
        ("error", "Wrong", ("mode",)),
        ("warning", "Strange", None),
        ("error", "Worse", None),
    ]


def test_warnings_and_private_data_are_passed_on(stubborn: Driver) -> None:
    planned = stubborn.plan(stubborn.config(mode="warn"))
    assert planned.private == b"planned"
    response = stubborn.provider.apply(
        requests.ApplyRequest("maker_stubborn", stubborn.null, planned.planned, planned.config, planned.private)
    )
    assert response.private == b"planned"
    (problem,) = response.diagnostics
    assert (problem.severity, problem.summary, problem.path) == ("warning", "Careful", ("mode",))


def test_moves_that_nobody_knows_are_refused(stubborn: Driver) -> None:
    move = requests.MoveRequest("example.com/a/b", "b_thing", 0, {}, b"", "maker_stubborn")
    (problem,) = stubborn.provider.move(move).diagnostics
    assert problem.summary == "Unable to Move Resource State"
    assert "b_thing" in problem.detail


def test_provider_configuration(maker: port.Provider) -> None:
    def response(**config: Any) -> tuple[requests.Problems, requests.Problems]:
        from iacctl.provider import decoding

        made = sdk.serve(Maker)
        wanted = decoding.coerce(made.schema().provider.block, value_of(config))
        checked = made.validate_provider(requests.ValidateRequest("", wanted)).diagnostics
        return checked, made.configure(requests.ConfigureRequest(wanted, "1.15.5")).diagnostics

    assert response() == ((), ())
    checked, _ = response(endpoint="nowhere")
    assert checked[0].detail == 'Attribute endpoint value must be one of: ["here" "there"], got: "nowhere"'
    assert response(endpoint="there")[0][0].summary == "Far away"
    assert response(part=[{"key": "a", "level": 7}])[0][0].path == ("part", values.Index(0), "level")
    assert response(part=[{"key": "bad"}])[1][0].summary == "Bad part"


def test_defaults_of_the_provider_block() -> None:
    made = sdk.serve(Maker)
    driver.configure(made, part=[{"key": "a"}])
    instance: Maker = made.instance  # type: ignore[attr-defined]
    assert instance.endpoint == "here"
    assert [(part.key, part.level) for part in instance.part] == [("a", 3)]


# -- functions ----------------------------------------------------------------------------------------------------------


@sdk.function(
    sdk.Parameter("first", sdk.integer),
    variadic=sdk.Parameter("others", sdk.integer),
    returns=sdk.integer,
)
def add(first: int, *others: int) -> int:
    """Adds numbers up.

    All of them.
    """
    if first < 0:
        raise sdk.ProviderError("negative")
    if 0 in others:
        raise sdk.ArgumentError(1 + others.index(0), "nothing to add")
    return first + sum(others)


def test_functions_take_any_number_of_arguments() -> None:
    def call(*arguments: int) -> requests.CallFunctionResponse:
        return add.call(requests.CallFunctionRequest("add", arguments))

    assert call(1).result == 1
    assert call(1, 2, 3).result == 6
    assert (call(1, 2, 0).argument, call(1, 2, 0).error) == (2, "nothing to add")
    assert (call(-1).argument, call(-1).error) == (None, "negative")
    assert add.schema.summary == "Adds numbers up."
    assert add.schema.variadic is not None
    assert add.schema.variadic.name == "others"


# -- stored objects -----------------------------------------------------------------------------------------------------


def test_stored_objects_lose_what_is_unknown_and_gain_what_is_new() -> None:
    block = shape_of(Whole).block
    data = {"number": 1, "gone": "x", "ordered": [{"key": "a", "gone": 1}], "only": None, "named": {"k": {"key": "a"}}}
    held = stored.Decoder(block).decode(data)
    assert values.conformance.conforms(held, block.object_type)
    assert values.raw_equals(driver.attributes(held)["number"], 1)
    assert values.raw_equals(
        driver.attributes(held)["bag"], values.set_value(block.blocks["bag"].block.object_type, ())
    )


def test_flat_state() -> None:
    block = schema.Block(
        {
            "on": schema.Attribute(values.BOOL, optional=True),
            "count": schema.Attribute(NUMBER, optional=True),
            "empty": schema.Attribute(NUMBER, optional=True),
            "set": schema.Attribute(values.set_of(STRING), optional=True),
            "map": schema.Attribute(values.map_of(STRING), optional=True),
            "none": schema.Attribute(values.list_of(STRING), optional=True),
        },
        {"part": schema.NestedBlock(schema.Block({"a": schema.Attribute(STRING, optional=True)}), schema.LIST)},
    )
    flat = {
        "on": "true", "count": "1.5", "empty": "", "set.#": "2", "set.123": "x", "set.9": "y", "map.%": "1",
        "map.a.b": "c", "part.#": "11", **{f"part.{index}.a": str(index) for index in range(11)},
    }  # fmt: skip
    data = flatmap.attributes(flat, block)
    assert data["on"] is True
    assert numbers.text(data["count"]) == "1.5"
    assert data["empty"] is None
    assert sorted(data["set"]) == ["x", "y"]
    assert data["map"] == {"a.b": "c"}
    assert data["none"] is None
    assert [part["a"] for part in data["part"]] == [str(index) for index in range(11)]


def test_the_plain_form_of_unknown_values_shows_itself() -> None:
    assert repr(plain.UNKNOWN) == "UNKNOWN"
