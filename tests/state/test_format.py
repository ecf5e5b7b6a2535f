"""State files: what is read, what is written, and what is refused with which words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iacctl_state.document import NumberLiteral, ObjectState, StateDocument
from iacctl_state.errors import FormatError, ShapeError, SyntaxFormatError, VersionError
from iacctl_state.json_text import compact, decode, lay_out
from iacctl_state.reader import parse
from iacctl_state.writer import serialize

from .samples import PROVIDER, key

BASE: dict[str, Any] = {"version": 4, "terraform_version": "1.15.5", "serial": 1, "lineage": "l"}


def resource(*instances: Any, **fields: Any) -> dict[str, Any]:
    head = {"mode": "managed", "type": "t", "name": "n", "provider": PROVIDER}
    return {**head, **fields, "instances": list(instances)}


def source(*resources: Any, **fields: Any) -> str:
    return json.dumps({**BASE, "outputs": {}, "resources": list(resources), "check_results": None, **fields})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.just(NumberLiteral("1.50")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(json_values)
def test_laid_out_json_is_what_the_standard_library_makes_of_it(value: Any) -> None:
    text = lay_out(value)
    assert text.replace("1.50", "1.5") == json.dumps(_plain(value), indent=2, ensure_ascii=False)
    assert decode(text) == value
    assert decode(compact(value)) == value


def _plain(value: Any) -> Any:
    if isinstance(value, NumberLiteral):
        return 1.5
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {name: _plain(item) for name, item in value.items()} if isinstance(value, dict) else value


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=6)
extras = st.dictionaries(st.text("xyz", min_size=3), json_values, max_size=2)


@st.composite
def instances(draw: st.DrawFn, instance_key: Any, deposed: str) -> dict[str, Any]:
    fields: dict[str, Any] = {} if instance_key is None else {"index_key": instance_key}
    if draw(st.booleans()):
        fields["status"] = "tainted"
    if deposed:
        fields["deposed"] = deposed
    fields["schema_version"] = draw(st.integers(0, 9))
    fields["attributes"] = draw(st.dictionaries(names, json_values, max_size=4))
    fields["sensitive_attributes"] = draw(
        st.lists(st.lists(st.fixed_dictionaries({"type": st.just("get_attr"), "value": names}), min_size=1), max_size=2)
    )
    fields["identity_schema_version"] = draw(st.integers(0, 3))
    if draw(st.booleans()):
        fields["identity"] = draw(st.dictionaries(names, json_values, max_size=2))
    if draw(st.booleans()):
        fields["private"] = "aGVsbG8="
    if dependencies := sorted(draw(st.lists(names, max_size=3))):
        fields["dependencies"] = dependencies
    if draw(st.booleans()):
        fields["create_before_destroy"] = True
    return {**fields, **draw(extras)}


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    heads = draw(
        st.lists(
            st.tuples(st.sampled_from(["", "module.a", "module.a[10]", "module.a[9]", 'module.é["<"]']), names, names),
            max_size=4,
            unique=True,
        )
    )
    resources = []
    for module, type_, name in sorted(heads):
        keys = draw(st.sampled_from([[None], [0, 2, 10], ["a", "é<"], [None, "a", 3]]))
        held = []
        for instance_key in keys:
            for deposed in draw(st.sampled_from([[""], ["", "0000000a"], ["00000001", "00000002"]])):
                held.append(draw(instances(instance_key, deposed)))
        head = {"module": module} if module else {}
        rest = {"mode": "managed", "type": type_, "name": name, "provider": PROVIDER, "instances": held}
        resources.append({**head, **rest, **draw(extras)})
    outputs = {}
    for name in sorted(draw(st.lists(names, max_size=3, unique=True))):
        sensitive = {"sensitive": True} if draw(st.booleans()) else {}
        outputs[name] = {"value": draw(json_values), "type": "dynamic", **sensitive, **draw(extras)}
    return {**BASE, "outputs": outputs, "resources": resources, "check_results": None, **draw(extras)}


@settings(deadline=None, max_examples=60)
@given(files())
def test_reading_and_writing_changes_nothing_not_even_unknown_fields(data: dict[str, Any]) -> None:
    written = serialize(parse(compact(data)))
    assert decode(written.decode()) == data
    assert list(decode(written.decode())) == list(data)
    assert serialize(parse(written)) == written
    document = parse(written)
    first = serialize(document)
    assert serialize(document) == first  # from each object's remembered text


def test_numbers_keep_every_digit() -> None:
    digits = "0." + "123456789" * 20
    long = "9" * 5000
    written = serialize(parse(source(resource({"attributes": {"a": 0}})).replace('"a": 0', f'"a": [{digits}, {long}]')))
    assert digits.encode() in written
    assert long.encode() in written
    state = StateDocument(lineage="l")
    state.set_object(key("a"), None, ObjectState({"n": 10**5000, "f": 1.5}), provider=PROVIDER)
    assert b"0" * 5000 in serialize(state)
    assert b'"f": 1.5' in serialize(state)


def test_what_is_not_json_data_is_not_written() -> None:
    state = StateDocument()
    state.set_object(key("a"), None, ObjectState({"n": object()}), provider=PROVIDER)
    with pytest.raises(TypeError, match="not JSON data"):
        serialize(state)


def test_deep_values_are_read_and_written() -> None:
    depth = 3_000
    deep = "[" * depth + '{"a": [1.5, null, "x", false]}' + "]" * depth
    written = serialize(parse(source(resource({"attributes": {"a": 0}})).replace('"a": 0', f'"a": {deep}')))
    assert serialize(parse(written)) == written
    assert b"".join(written.split()).count(b"[" * depth) == 1


def test_reading_has_no_limit_of_depth() -> None:
    value = decode("[" * 100_000 + "1" + "]" * 100_000)
    for _ in range(100_000):
        [value] = value
    assert value == 1


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "[" * 5000 + "]" * 4999,
        "[" * 5000 + "1,,2",
        '{"a":' * 5000 + "}",
        "[" * 5000 + '"\n',
        "[" * 4000 + "nul",
    ],
)
def test_deep_text_that_is_not_json_is_refused(text: str) -> None:
    with pytest.raises(SyntaxFormatError):
        decode(text)


def test_a_lone_surrogate_is_written_as_terraform_reads_it() -> None:
    state = parse(source(resource({"attributes": {"a": "x"}})).replace('"x"', '"\\ud800x"'))
    assert '"\ufffdx"'.encode() in serialize(state)


def test_missing_parts_are_empty() -> None:
    state = parse('{"version": 4, "resources": null, "outputs": null, "serial": null}')
    assert (state.is_empty, state.serial, state.lineage) == (True, 0, "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("provider.aws", 'provider["registry.terraform.io/-/aws"]'),
        ("provider.aws.west", 'provider["registry.terraform.io/-/aws"].west'),
        ("module.a.module.b.provider.aws", 'module.a.module.b.provider["registry.terraform.io/-/aws"]'),
        ('module.a.provider["x/y/z"].w', 'module.a.provider["x/y/z"].w'),
    ],
)
def test_old_provider_addresses_are_converted(old: str, new: str) -> None:
    [found] = parse(source(resource(provider=old))).resources.values()
    assert found.provider == new


FAULTS = {
    "version": ('{"version": "4"}', "In the state file, version must be a positive whole number, not a string."),
    "no version": ("{}", 'The state file does not have a "version" attribute'),
    "array": ("[]", "The state file must hold an object, not an array."),
    "serial": (source(serial=-1), "serial must be a whole number from 0 to 18446744073709551615, not the number -1"),
    "lineage": (source(lineage=1), "lineage must be a string, not the number 1"),
    "terraform_version": (source(terraform_version=[]), "terraform_version must be a string, not an array"),
    "check_results": (source(check_results={}), "check_results must be an array, not an object"),
    "resources": (source(resources={}), "resources must be an array, not an object"),
    "outputs": (source(outputs=[]), "outputs must be an object, not an array"),
    "output": (source(outputs={"a": 1}), "outputs.a must be an object, not the number 1"),
    "output type": (source(outputs={"a": {"value": 1}}), 'outputs.a lacks the "type" attribute'),
    "output type kind": (source(outputs={"a": {"value": 1, "type": 2}}), "outputs.a.type must be a type"),
    "output flag": (
        source(outputs={"a": {"value": 1, "type": "number", "sensitive": "x"}}),
        "outputs.a.sensitive must be true or false, not a string",
    ),
    "resource": (source(1), "resources[0] must be an object, not the number 1"),
    "mode": (source(resource(mode="x")), 'resources[0].mode must be "managed" or "data", not "x"'),
    "no name": (source(resource(name=None)), 'resources[0] lacks the "name" attribute'),
    "type": (source(resource(type=True)), "resources[0].type must be a string, not a boolean"),
    "module": (source(resource(module="q")), "resources[0].module must be a module instance address"),
    "provider": (source(resource(provider="bad")), "resources[0].provider must be a provider configuration address"),
    "instances": (source({**resource(), "instances": 1}), "resources[0].instances must be an array, not the number 1"),
    "instance": (source(resource({}, "x")), "resources[0].instances[1] must be an object, not a string"),
    "attributes": (
        source(resource({"attributes": ["s3cret"]})),
        "instances[0].attributes must be an object, not an array",
    ),
    "flat": (
        source(resource({"attributes_flat": {"a": 1}})),
        'attributes_flat["a"] must be a string, not the number 1',
    ),
    "schema_version": (
        source(resource({"schema_version": 1.5})),
        "schema_version must be a whole number, not the number 1.5",
    ),
    "private": (source(resource({"private": {}})), "private must be a string, not an object"),
    "dependencies": (source(resource({"dependencies": "a"})), "dependencies must be an array, not a string"),
    "sensitive": (
        source(resource({"sensitive_attributes": {}})),
        "sensitive_attributes must be an array, not an object",
    ),
    "create": (source(resource({"create_before_destroy": 1})), "create_before_destroy must be true or false"),
    "status": (source(resource({"status": "q"})), 'instances[0].status must be "tainted" or absent, not "q"'),
    "key": (source(resource({"index_key": True})), "index_key must be a string or a whole number, not a boolean"),
    "fraction": (
        source(resource({"index_key": 1.5})),
        "index_key must be a string or a whole number, not the number 1.5",
    ),
    "deposed": (
        source(resource({"deposed": "short"})),
        'must be a deposed key of eight hexadecimal digits, not "short"',
    ),
    "twice": (source(resource({}, {}, module="module.m")), "resources[0].instances[1] repeats module.m.t.n"),
    "deposed twice": (source(resource({"deposed": "0000000a"}, {"deposed": "0000000a"})), "repeats t.n"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_wrong_shape_is_refused_with_the_path_of_the_fault(name: str) -> None:
    text, message = FAULTS[name]
    with pytest.raises(ShapeError) as caught:
        parse(text)
    assert message in caught.value.detail
    assert "s3cret" not in str(caught.value)


def test_whole_numbers_in_other_spelling_are_keys() -> None:
    [found] = parse(source(resource({"index_key": 2.0}))).resources.values()
    assert list(found.instances) == [2]


@pytest.mark.parametrize(
    "text", ["", " \n", "{", '{"version": 4} x', '{"a": NaN}', '\ufeff{"version": 4}', "nul", b"\xff"]
)
def test_what_is_not_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(SyntaxFormatError) as caught:
        parse(text)
    assert "could not be parsed as JSON" in caught.value.detail


def test_the_place_of_a_syntax_error_is_named() -> None:
    with pytest.raises(SyntaxFormatError, match=r"line 2, column 8 \(offset 9\)"):
        parse('{\n  "a": x}')


def test_a_newer_format_is_refused() -> None:
    with pytest.raises(VersionError, match=r"created by Terraform 2\.0\.0"):
        parse('{"version": 5, "terraform_version": "2.0.0"}')
    assert issubclass(VersionError, FormatError)
