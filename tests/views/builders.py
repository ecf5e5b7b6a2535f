"""Plans, schemas and values made from Terraform's own JSON documents.

Terraform's plan JSON and schema JSON hold enough to make the plan again as our own data, which the views under test
then draw. So they are tested without an engine, against the very output of the Terraform that wrote the documents.
"""

from __future__ import annotations

from typing import Any

from iacctl import values
from iacctl.addrs import AbsProviderConfig, Provider, ResourceInstance, parse_resource_instance
from iacctl.diag import Diagnostic, FunctionCallNote, Range, SourceFile
from iacctl.plan import changes
from iacctl.plan.model import Options, Plan, RelevantAttribute
from iacctl.provider.schema import Attribute, Block, NestedBlock, NestedObject, Schema
from iacctl.values import SENSITIVE, Index, Type, Value, types
from iacctl.values.paths import Path

ACTIONS = {found: action for action, found in changes.JSON_ACTIONS.items()}


def provider(text: str) -> Provider:
    return Provider(*text.split("/"))


def schema(document: dict[str, Any]) -> Schema:
    """A schema from an entry of `providers schema -json`."""
    return Schema(_block(document["block"]), document.get("version", 0))


def _block(document: dict[str, Any]) -> Block:
    return Block(
        {name: _attribute(item) for name, item in document.get("attributes", {}).items()},
        {
            name: NestedBlock(_block(item["block"]), item["nesting_mode"], item.get("min_items", 0))
            for name, item in document.get("block_types", {}).items()
        },
    )


def _attribute(document: dict[str, Any]) -> Attribute:
    flags = {
        name: document.get(name, False) for name in ("required", "optional", "computed", "sensitive", "write_only")
    }
    if "nested_type" in document:
        inner = document["nested_type"]
        attributes = {name: _attribute(item) for name, item in inner["attributes"].items()}
        return Attribute(nested=NestedObject(attributes, inner["nesting_mode"]), **flags)
    return Attribute(types.type_from_json(document["type"]), **flags)


def value(type_: Type, data: Any, unknown: Any = False, sensitive: Any = False) -> Value:
    """A value from its JSON form in a plan, with what is unknown and sensitive in it."""
    made = _value(type_, data, unknown, sensitive)
    return values.mark(made, (SENSITIVE,)) if sensitive is True else made


def _value(type_: Type, data: Any, unknown: Any, sensitive: Any) -> Value:
    if unknown is True:
        return values.unknown_of(type_)
    if type_ is types.DYNAMIC:
        type_ = _implied(data, unknown)
    if data is None and not unknown:
        return values.null_of(type_)
    if isinstance(type_, types.ObjectType):
        return values.object_value(
            {
                name: value(part, (data or {}).get(name), _part(unknown, name), _part(sensitive, name))
                for name, part in type_.attributes.items()
            }
        )
    if isinstance(type_, types.MapType):
        names = sorted({*(data or {}), *(unknown if isinstance(unknown, dict) else {})})
        return values.map_value(
            type_.element,
            {
                name: value(type_.element, (data or {}).get(name), _part(unknown, name), _part(sensitive, name))
                for name in names
            },
        )
    if isinstance(type_, types.TupleType):
        return values.tuple_value(
            [
                value(part, data[index], _part(unknown, index), _part(sensitive, index))
                for index, part in enumerate(type_.elements)
            ]
        )
    if isinstance(type_, types.ListType | types.SetType):
        items = tuple(
            value(type_.element, item, _part(unknown, index), _part(sensitive, index))
            for index, item in enumerate(data)
        )
        if isinstance(type_, types.SetType):
            return values.SetValue(type_.element, items)
        return values.list_value(type_.element, items)
    return values.json.decode(data, type_)


def _part(whole: Any, key: str | int) -> Any:
    if isinstance(whole, dict):
        return whole.get(key, False)
    if isinstance(whole, list):
        return whole[key] if isinstance(key, int) and key < len(whole) else False
    return False


def _implied(data: Any, unknown: Any) -> Type:
    if isinstance(data, dict) or isinstance(unknown, dict):
        names = {*(data or {}), *(unknown or {})}
        return types.object_of(dict.fromkeys(names, types.DYNAMIC))
    if isinstance(data, list):
        return types.tuple_of([types.DYNAMIC] * len(data))
    return values.type_of(values.json.implied(data))


def path(steps: list[Any]) -> Path:
    """A path from `replace_paths`. An attribute's name and a map's key look alike there, and so they do to the views."""
    return tuple(step if isinstance(step, str) else Index(step if isinstance(step, int) else None) for step in steps)


def resource_change(document: dict[str, Any], found: Schema) -> changes.ResourceChange:
    """A change from an entry of `resource_changes` or `resource_drift`."""
    change = document["change"]
    address = parse_resource_instance(document["address"])
    previous = parse_resource_instance(document.get("previous_address", document["address"]))
    type_ = found.block.object_type
    after: Value = values.null_of(type_)
    if change.get("after") is not None or change.get("after_unknown"):
        after = value(type_, change.get("after"), change.get("after_unknown", False), change["after_sensitive"])
    importing = None
    if "importing" in change:
        importing = changes.Importing(
            change["importing"].get("id", ""), unknown=change["importing"].get("unknown", False)
        )
    return changes.ResourceChange(
        address,
        previous,
        document.get("deposed"),
        AbsProviderConfig((), provider(document["provider_name"])),
        ACTIONS[tuple(change["actions"])],
        document.get("action_reason", ""),
        value(type_, change.get("before"), False, change["before_sensitive"]),
        after,
        found,
        tuple(path(steps) for steps in change.get("replace_paths", ())),
        importing=importing,
        generated_config=change.get("generated_config", ""),
    )


def instance(text: str) -> ResourceInstance:
    return parse_resource_instance(text)


def plan(document: dict[str, Any], schemas: dict[str, Any], mode: Any = "normal") -> Plan:
    """A plan from `show -json PLAN` and `providers schema -json`; without configuration and states."""

    def found(entry: dict[str, Any]) -> Schema:
        declared = schemas["provider_schemas"][entry["provider_name"]]
        kind = "data_source_schemas" if entry["mode"] == "data" else "resource_schemas"
        return schema(declared[kind][entry["type"]])

    outputs = {}
    for name, entry in document.get("output_changes", {}).items():
        after = value(types.DYNAMIC, entry.get("after"), entry.get("after_unknown", False), entry["after_sensitive"])
        outputs[name] = changes.OutputChange(
            name,
            ACTIONS[tuple(entry["actions"])],
            value(types.DYNAMIC, entry.get("before")),
            values.unmark_deep(after)[0],
            entry["after_sensitive"] is True,
            entry["before_sensitive"] is True,
        )
    return Plan(
        Options(mode=mode),
        None,  # type: ignore[arg-type]
        {},
        None,  # type: ignore[arg-type]
        None,  # type: ignore[arg-type]
        tuple(resource_change(entry, found(entry)) for entry in document.get("resource_changes", ())),
        tuple(resource_change(entry, found(entry)) for entry in document.get("resource_drift", ())),
        outputs,
        (),
        tuple(
            RelevantAttribute(parse_resource_instance(entry["resource"]), path(entry["attribute"]))
            for entry in document.get("relevant_attributes", ())
        ),
        document["timestamp"],
        errored=document["errored"],
        complete=document["complete"],
    )


def diagnostic(document: dict[str, Any], files: dict[str, SourceFile]) -> Diagnostic:
    """A diagnostic from its JSON form, which quotes `files` (by name)."""
    subject = context = call = None
    quoted = document.get("snippet") or {}
    if "range" in document:
        found = document["range"]
        file = files[found["filename"]]
        data = file.text.encode("utf-8", "surrogateescape")
        start, end = (len(data[: found[side]["byte"]].decode("utf-8", "surrogateescape")) for side in ("start", "end"))
        subject = Range(file, start, end)
        file.describe = lambda _offset: quoted.get("context") or ""
        if "\n" in quoted.get("code", ""):
            starts = file.line_starts()
            first = quoted["start_line"] - 1
            last = starts[first] + len(quoted["code"])
            context = Range(file, starts[first], last)
    if "function_call" in quoted:
        made = quoted["function_call"]
        signature = made.get("signature")
        if signature is not None:
            signature = {
                "name": signature["name"],
                "parameters": signature.get("params", []),
                **({"variadic_parameter": signature["variadic_param"]} if "variadic_param" in signature else {}),
                "return_type": signature["return_type"],
            }
        call = FunctionCallNote(made["called_as"], signature)
    return Diagnostic(
        document["severity"],
        document["summary"],
        document["detail"],
        subject,
        context,
        tuple((item["traversal"], item["statement"]) for item in quoted.get("values", ())),
        document.get("address"),
        function_call=call,
    )
