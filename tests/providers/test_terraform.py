"""The built-in provider. What the functions write and say is what real Terraform 1.15.5 does."""

import json
from pathlib import Path
from typing import Any

import pytest

from iacctl import values
from iacctl.provider import requests
from iacctl.values import STRING, Value
from tests.providers import driver
from tests.providers.driver import Driver, Refused, value_of

BUILTIN = "terraform.io/builtin/terraform"


@pytest.fixture
def data() -> Driver:
    return Driver(driver.provider(BUILTIN), "terraform_data")


def planned(it: Driver, **arguments: Any) -> dict[str, Value]:
    return driver.attributes(it.plan(it.config(**arguments)).planned)


def test_output_has_the_type_of_input_before_apply(data: Driver) -> None:
    held = planned(data, input=["a", 1])
    assert held["output"] is values.unknown_of(values.tuple_of([STRING, values.NUMBER]))
    assert isinstance(held["id"], values.Unknown)
    assert held["id"].refinements is not None
    assert held["id"].refinements.not_null


def test_no_input_gives_no_output(data: Driver) -> None:
    assert planned(data)["output"] is None
    typed = values.null_of(STRING)
    assert planned(data, input=typed)["output"] is typed
    data.create()
    assert data["output"] is None


def test_output_follows_input_in_place(data: Driver) -> None:
    data.create(input="a")
    before = data["id"]
    held = planned(data, input="b")
    assert held["output"] is values.unknown_of(STRING)
    assert held["id"] == before
    data.apply(data.plan(data.config(input="b")))
    assert (data["output"], data["id"]) == ("b", before)
    assert planned(data)["output"] is values.DYNAMIC_UNKNOWN


def test_triggers_replace_also_when_only_their_type_changes(data: Driver) -> None:
    data.create(triggers_replace=["a"])
    assert data.plan(data.config(triggers_replace=values.list_value(STRING, ("a",)))).replaces


def test_ids_are_uuids(data: Driver) -> None:
    data.create()
    assert [len(part) for part in data["id"].split("-")] == [8, 4, 4, 4, 12]


def test_it_is_imported_by_identity_but_reports_none(data: Driver) -> None:
    response = data.provider.import_resource(requests.ImportRequest("terraform_data", identity={"id": "x"}))
    (found,) = response.resources
    assert found.state["id"] == "x"
    assert found.identity is None
    read = data.provider.read(requests.ReadRequest("terraform_data", found.state, identity=found.identity))
    assert read.identity is None
    data.create()
    assert data.identity is None


def test_it_takes_over_null_resources(data: Driver) -> None:
    def move(source: str, type_: str, **attributes: Any) -> requests.MoveResponse:
        return data.provider.move(requests.MoveRequest(source, type_, 0, attributes, b"", "terraform_data"))

    moved = move("registry.terraform.io/hashicorp/null", "null_resource", id="5", triggers={"a": "b"})
    expected = {"id": "5", "input": None, "output": None, "triggers_replace": {"a": "b"}}
    assert values.raw_equals(moved.state, value_of(expected))
    moved = move("example.com/hashicorp/null", "null_resource", id="5", triggers=None)
    assert values.raw_equals(moved.state, value_of({**expected, "triggers_replace": None}))
    refused = move("registry.terraform.io/hashicorp/null", "null_thing", id="5")
    assert refused.diagnostics[0].severity == "error"


def test_the_schema_is_terraforms() -> None:
    schema = driver.provider(BUILTIN).schema()
    identity = schema.resources["terraform_data"].identity
    assert identity is not None
    assert identity.attributes["id"].description == "The unique identifier for the data store."
    assert identity.attributes["id"].required_for_import
    assert schema.resources["terraform_data"].block.description == ""
    assert list(schema.functions) == ["decode_tfvars", "encode_expr", "encode_tfvars"]
    assert schema.functions["decode_tfvars"].parameters[0].name == "src"


# -- terraform_remote_state -------------------------------------------------------------------------------------------


def write_state(path: Path, **outputs: tuple[Any, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {
        "version": 4,
        "terraform_version": "1.15.5",
        "serial": 1,
        "lineage": "l",
        "outputs": {name: {"value": value, "type": type_} for name, (value, type_) in outputs.items()},
        "resources": [],
    }
    path.write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def remote_state(**arguments: Any) -> dict[str, Value]:
    return driver.read_data(driver.provider(BUILTIN), "terraform_remote_state", **arguments)


def test_outputs_have_their_types_and_defaults(folder: Path) -> None:
    write_state(
        folder / "other" / "x.tfstate",
        number=(1.5, "number"),
        list=(["a"], ["list", "string"]),
        object=({"a": [1, 2], "b": None}, ["object", {"a": ["tuple", ["number", "number"]], "b": "dynamic"}]),
    )
    found = remote_state(backend="local", config={"path": "other/x.tfstate"}, defaults={"number": 7, "extra": "e"})
    expected = {
        "number": values.numbers.parse("1.5"),
        "list": values.list_value(STRING, ("a",)),
        "object": value_of({"a": [1, 2], "b": None}),
        "extra": "e",
    }
    assert values.raw_equals(found["outputs"], values.object_value(expected))


def test_workspaces(folder: Path) -> None:
    write_state(folder / "terraform.tfstate", a=("default", "string"))
    write_state(folder / "terraform.tfstate.d" / "dev" / "terraform.tfstate", a=("dev", "string"))
    write_state(folder / "elsewhere" / "dev" / "terraform.tfstate", a=("there", "string"))
    assert remote_state(backend="local")["outputs"] == {"a": "default"}
    assert remote_state(backend="local", workspace="dev")["outputs"] == {"a": "dev"}
    there = remote_state(backend="local", workspace="dev", config={"workspace_dir": "elsewhere"})
    assert there["outputs"] == {"a": "there"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "Unable to find remote state: No stored state was found for the given workspace in the given backend."),
        ({"backend": "nope"}, 'Invalid backend configuration: There is no backend type named "nope".'),
        (
            {"config": {"foo": 1}},
            'Invalid backend configuration: The given configuration is not valid for backend "local": '
            'unexpected attribute "foo".',
        ),
        (
            {"config": "x"},
            'Invalid backend configuration: The given configuration is not valid for backend "local": '
            "an object is required.",
        ),
        (
            {"config": {"path": ["x"]}},
            'Invalid backend configuration: The given configuration is not valid for backend "local": '
            ".path: string required, but have tuple.",
        ),
        ({"defaults": "x"}, "Invalid default values: Defaults must be given in an object value."),
        ({"config": {"path": "broken"}}, "Unsupported state file format: The state file could not be parsed as JSON"),
    ],
)
def test_what_goes_wrong_with_remote_states(folder: Path, arguments: dict[str, Any], message: str) -> None:
    (folder / "broken").write_text("{", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        remote_state(**{"backend": "local", **arguments})
    assert str(caught.value).startswith(message)


# -- functions ----------------------------------------------------------------------------------------------------------

EXPRESSIONS: list[tuple[Any, str]] = [
    (
        {"a": 1, "b": ["x", None, True], "c d": {}, "e": [], "for": {"x": 1}},
        '{\n  a     = 1\n  b     = ["x", null, true]\n  "c d" = {}\n  e     = []\n  for = {\n    x = 1\n  }\n}',
    ),
    (1.5, "1.5"),
    (10**30, "1000000000000000000000000000000"),
    (values.list_value(STRING, ("a",)), '["a"]'),
    (values.set_value(STRING, ("a",)), '["a"]'),
    (values.map_value(STRING, {"a": "b"}), '{\n  a = "b"\n}'),
    ([{"a": 1}, {"b": 2}], "[{\n  a = 1\n  }, {\n  b = 2\n}]"),
    (
        [[1, [{"a": 1}]], {}, {"a": {"b": []}, "ccc": 1, "dd": 2}],
        "[[1, [{\n  a = 1\n  }]], {}, {\n  a = {\n    b = []\n  }\n  ccc = 1\n  dd  = 2\n}]",
    ),
    (
        {"a": {"x": 1}, "b": 1, "ccc": 2, "d": [{}], "e": ["q", {"r": 1}], "ff": 1},
        '{\n  a = {\n    x = 1\n  }\n  b   = 1\n  ccc = 2\n  d   = [{}]\n  e = ["q", {\n    r = 1\n  }]\n  ff = 1\n}',
    ),
    ('a\nb\t"\\ é \a ${x} %{y} $ % ${ $${a}', '"a\\nb\\t\\"\\\\ é \\u0007 $${x} %%{y} $ % $${ $$${a}"'),
    (
        {"1a": 1, "true": 1, "a-b": 1, "é": 2, "for": 3, "null": 4},
        '{\n  "1a" = 1\n  a-b  = 1\n  for  = 3\n  null = 4\n  true = 1\n  é    = 2\n}',
    ),
]


@pytest.mark.parametrize(("value", "text"), EXPRESSIONS)
def test_values_as_expressions(value: Any, text: str) -> None:
    assert driver.call(driver.provider(BUILTIN), "encode_expr", value_of(value)) == text


def test_deep_values_as_expressions() -> None:
    deep: Value = ()
    for _ in range(10_000):
        deep = (deep,)
    assert driver.call(driver.provider(BUILTIN), "encode_expr", deep) == "[" * 10_001 + "]" * 10_001


def test_variable_definitions() -> None:
    made = driver.provider(BUILTIN)
    encoded = driver.call(made, "encode_tfvars", value_of({"a": 1, "b": ["x", {"z": 1}], "c": {"d": 1}, "long": "x"}))
    assert encoded == 'a = 1\nb = ["x", {\n  z = 1\n}]\nc = {\n  d = 1\n}\nlong = "x"\n'
    encoded = driver.call(made, "encode_tfvars", value_of({"a": 1, "bb": None, "ccc": {}}))
    assert encoded == "a   = 1\nbb  = null\nccc = {}\n"
    assert driver.call(made, "encode_tfvars", {}) == ""
    text = 'a = {("x")=1, b=true?1:2, c=[for x in [1]: x]}\n'
    decoded = driver.call(made, "decode_tfvars", text)
    assert values.raw_equals(decoded, value_of({"a": {"b": 1, "c": [1], "x": 1}}))
    assert driver.call(made, "decode_tfvars", "") == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a = 1\nb {}\n",
            'invalid tfvars content: <decode_tfvars argument>:2,1-2: Unexpected "b" block; Blocks are not allowed here.',
        ),
        (
            "a = x\n",
            'invalid expression for variable "a": <decode_tfvars argument>:1,5-6: '
            "Variables not allowed; Variables may not be used here.",
        ),
        (
            "a = x + y\n",
            'invalid expression for variable "a": <decode_tfvars argument>:1,5-6: '
            "Variables not allowed; Variables may not be used here., and 1 other diagnostic(s)",
        ),
        (
            'a = upper("x")\n',
            'invalid expression for variable "a": <decode_tfvars argument>:1,5-15: '
            "Function calls not allowed; Functions may not be called here.",
        ),
        (
            "a = \n",
            "invalid tfvars syntax: <decode_tfvars argument>:1,5-2,1: Invalid expression; "
            "Expected the start of an expression, but found an invalid expression token.",
        ),
        (
            "a = 1\na = 2\n",
            'invalid tfvars syntax: <decode_tfvars argument>:2,1-2: Attribute redefined; The argument "a" was already '
            "set at <decode_tfvars argument>:1,1-2. Each argument may be set only once.",
        ),
    ],
)
def test_definitions_that_make_no_sense(text: str, message: str) -> None:
    response = driver.provider(BUILTIN).call_function(requests.CallFunctionRequest("decode_tfvars", (text,)))
    assert response.error == message


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            {"a b": 1},
            'invalid variable name "a b": must be a valid identifier, per Terraform\'s rules for input variable '
            "declarations",
        ),
        (
            "x",
            "invalid value to encode: must be an object whose attribute names will become the encoded variable names",
        ),
    ],
)
def test_values_that_are_no_definitions(value: Any, message: str) -> None:
    response = driver.provider(BUILTIN).call_function(requests.CallFunctionRequest("encode_tfvars", (value_of(value),)))
    assert response.error == message
