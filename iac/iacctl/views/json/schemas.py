"""What providers declare, as `providers schema -json` gives it (format version 1.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iacctl import values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.addrs import Provider
    from iacctl.provider.schema import (
        Attribute,
        Block,
        FunctionParameter,
        FunctionSchema,
        IdentitySchema,
        NestedBlock,
        ProviderSchema,
        Schema,
    )

FORMAT_VERSION: Final = "1.0"


def document(schemas: Mapping[Provider, ProviderSchema]) -> dict[str, Any]:
    """The whole document."""
    found = {str(source): _provider(schemas[source]) for source in sorted(schemas, key=str)}
    return {"format_version": FORMAT_VERSION, **({"provider_schemas": found} if found else {})}


def _provider(schema: ProviderSchema) -> dict[str, Any]:
    found: dict[str, Any] = {"provider": _schema(schema.provider)}
    for name, declared in (
        ("resource_schemas", schema.resources),
        ("data_source_schemas", schema.data_sources),
        ("ephemeral_resource_schemas", schema.ephemeral_resources),
        ("list_resource_schemas", schema.list_resources),
    ):
        if declared:
            found[name] = {type_name: _schema(declared[type_name]) for type_name in sorted(declared)}
    if schema.functions:
        found["functions"] = {name: _function(schema.functions[name]) for name in sorted(schema.functions)}
    identities = {
        name: _identity(identity)
        for name in sorted(schema.resources)
        if (identity := schema.resources[name].identity) is not None
    }
    if identities:
        found["resource_identity_schemas"] = identities
    if schema.actions:
        found["action_schemas"] = {name: {"block": _block(schema.actions[name].block)} for name in sorted(schema.actions)}
    return found


def _schema(schema: Schema) -> dict[str, Any]:
    return {"version": schema.version, "block": _block(schema.block)}


def _block(block: Block) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if block.attributes:
        found["attributes"] = {name: _attribute(block.attributes[name]) for name in sorted(block.attributes)}
    if block.blocks:
        found["block_types"] = {name: _nested_block(block.blocks[name]) for name in sorted(block.blocks)}
    found |= _description(block.description, markdown=block.markdown)
    if block.deprecated:
        found["deprecated"] = True
    return found


def _attribute(item: Attribute) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if item.nested is not None:
        inner = item.nested.attributes
        found["nested_type"] = {
            "attributes": {name: _attribute(inner[name]) for name in sorted(inner)},
            "nesting_mode": item.nested.nesting,
        }
    else:
        assert item.type is not None
        found["type"] = values.type_to_json(item.type)
    found |= _description(item.description, markdown=item.markdown)
    for name, holds in (
        ("deprecated", bool(item.deprecated)),
        ("required", item.required),
        ("optional", item.optional),
        ("computed", item.computed),
        ("sensitive", item.sensitive),
        ("write_only", item.write_only),
    ):
        if holds:
            found[name] = True
    return found


def _nested_block(item: NestedBlock) -> dict[str, Any]:
    found: dict[str, Any] = {"nesting_mode": item.nesting, "block": _block(item.block)}
    if item.min_items:
        found["min_items"] = item.min_items
    if item.max_items:
        found["max_items"] = item.max_items
    return found


def _description(text: str, *, markdown: bool) -> dict[str, Any]:
    described = {"description": text} if text else {}
    return {**described, "description_kind": "markdown" if markdown else "plain"}


def _identity(schema: IdentitySchema) -> dict[str, Any]:
    attributes: dict[str, Any] = {}
    for name in sorted(schema.attributes):
        item = schema.attributes[name]
        shown: dict[str, Any] = {"type": values.type_to_json(item.type)}
        if item.description:
            shown["description"] = item.description
        if item.required_for_import:
            shown["required_for_import"] = True
        if item.optional_for_import:
            shown["optional_for_import"] = True
        attributes[name] = shown
    return {"version": schema.version, "attributes": attributes}


def _function(schema: FunctionSchema) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, text in (
        ("description", schema.description),
        ("summary", schema.summary),
        ("deprecation_message", schema.deprecated),
    ):
        if text:
            found[name] = text
    found["return_type"] = values.type_to_json(schema.return_type)
    if schema.parameters:
        found["parameters"] = [_parameter(item) for item in schema.parameters]
    if schema.variadic is not None:
        found["variadic_parameter"] = _parameter(schema.variadic)
    return found


def _parameter(item: FunctionParameter) -> dict[str, Any]:
    found: dict[str, Any] = {"name": item.name}
    if item.description:
        found["description"] = item.description
    if item.allow_null:
        found["is_nullable"] = True
    found["type"] = values.type_to_json(item.type)
    return found
