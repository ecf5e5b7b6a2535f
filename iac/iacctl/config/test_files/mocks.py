"""Override blocks, `mock_provider` blocks, and the files that mock providers take values from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Literal

from iacctl.config import constants, targets
from iacctl.config.model import ProviderConfig
from iacctl.config.source import join
from iacctl.config.test_files import discovery
from iacctl.config.test_files.model import Mock, MockValues, Override, ProviderBlock, find_duplicate
from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl import static
from iacctl.hcl.body import BodySchema

if TYPE_CHECKING:
    from iacctl.config.model import Target
    from iacctl.config.source import Source
    from iacctl.config.test_files.model import OverrideKind
    from iacctl.diag import Range
    from iacctl.hcl.ast import Attribute
    from iacctl.hcl.body import Block, Body, Content

OVERRIDE_BLOCKS: Final = ("override_resource", "override_data", "override_module")

_OVERRIDES: Final[dict[str, tuple[BodySchema, str, str]]] = {
    "override_resource": (BodySchema({"target": False, "override_during": False, "values": False}), "values", "resources"),
    "override_data": (BodySchema({"target": False, "override_during": False, "values": False}), "values", "data sources"),
    "override_module": (BodySchema({"target": False, "override_during": False, "outputs": False}), "outputs", "modules"),
}
"""Schema, the argument with the values, and what may be the target."""

_MOCK_BLOCKS: Final[dict[str, tuple[str, ...]]] = {
    "mock_resource": ("type",),
    "mock_data": ("type",),
    "override_resource": (),
    "override_data": (),
}
_MOCK_PROVIDER: Final = BodySchema({"alias": False, "source": False, "override_during": False}, _MOCK_BLOCKS)
_MOCK_FILE: Final = BodySchema({}, _MOCK_BLOCKS)
_MOCK_VALUES: Final = BodySchema({"defaults": False, "override_during": False})


def decode_override(block: Block, diags: Diagnostics) -> Override | None:
    """An override block; None if it was reported."""
    kind: OverrideKind = block.type  # type: ignore[assignment]
    schema, argument, wanted = _OVERRIDES[kind]
    content = block.body.content(schema, diags)
    given = content.attributes.get(argument)
    during_plan = _during_plan(content, diags)
    attribute = content.attributes.get("target")
    if attribute is None:
        diags.error("Missing target attribute", f"{kind} blocks must specify a target address.", block.definition_range)
        return None
    target = targets.parse(attribute.expression, diags)
    if target is None:
        return None
    if not _is_suitable(kind, target):
        shown = attribute.expression.range.text
        traversal = static.as_traversal(attribute.expression)
        if traversal is not None:
            shown = traversal.range.text
        diags.error(
            "Invalid override target",
            f"You can only target {wanted} from {kind} blocks, not {shown}.",
            attribute.range,
        )
        return None
    return Override(
        kind,
        target,
        None if given is None else given.expression,
        None if given is None else given.range,
        during_plan,
        block.definition_range,
        attribute.range,
    )


def _is_suitable(kind: OverrideKind, target: Target) -> bool:
    if target.resource is None:
        return kind == "override_module"
    mode = target.resource[0]
    return (kind, mode) in (("override_resource", "managed"), ("override_data", "data"))


def _during_plan(content: Content, diags: Diagnostics) -> bool | None:
    attribute = content.attributes.get("override_during")
    if attribute is None:
        return None
    traversal = static.as_traversal(attribute.expression)
    word = traversal.root if traversal is not None and not traversal.steps else ""
    if word not in ("plan", "apply"):
        diags.error(
            "Invalid override_during value",
            "The override_during attribute must be a value of plan or apply.",
            attribute.range,
        )
        return None
    return word == "plan"


def add_override(known: list[Override], block: Block, diags: Diagnostics) -> None:
    """Read an override block and add it to the others of its file, run or provider, unless its target has one."""
    found = decode_override(block, diags)
    if found is None:
        return
    earlier = find_duplicate(known, found.target)
    if earlier is not None:
        diags.error(
            f"Duplicate {block.type} block",
            f"An {block.type} block targeting {target_text(found.target)} has already been defined at {earlier.range}.",
            found.range,
        )
        return
    known.append(found)


def target_text(target: Target) -> str:
    """An override's target as messages name it."""
    from iacctl.addrs import quote

    def key(value: object) -> str:
        return "" if value is None else f"[{quote(value) if isinstance(value, str) else value}]"

    parts = [f"module.{name}{key(instance)}" for name, instance in target.modules]
    if target.resource is not None:
        mode, type_, name = target.resource
        prefix = "" if mode == "managed" else f"{mode}."
        parts.append(f"{prefix}{type_}.{name}{key(target.key)}")
    return ".".join(parts)


def decode_mock_provider(block: Block, diags: Diagnostics) -> ProviderBlock:
    """A `mock_provider` block, without what its source directory holds."""
    content = block.body.content(_MOCK_PROVIDER, diags)
    config = _provider_config(block, content, diags)
    values: dict[tuple[str, str], MockValues] = {}
    overrides: list[Override] = []
    during_plan = _during_plan(content, diags)
    _read_values(content, values, overrides, diags)
    directory = constants.string(content.attributes.get("source"), diags)
    return ProviderBlock(config, Mock(values, tuple(overrides), bool(during_plan), directory))


def with_directory(block: ProviderBlock, source: Source, diags: Diagnostics) -> ProviderBlock:
    """A mock provider together with what the files of its source directory say; what the block itself says wins."""
    mock = block.mock
    if mock is None or mock.directory is None:
        return block
    values = dict(mock.values)
    overrides = list(mock.overrides)
    _add_directory(mock.directory, source, block.config.range, values, overrides, diags)
    return block._replace(mock=mock._replace(values=values, overrides=tuple(overrides)))


def _provider_config(block: Block, content: Content, diags: Diagnostics) -> ProviderConfig:
    from iacctl.config.names import check_provider_name

    config = ProviderConfig(block.labels[0], block.body, block.definition_range, block.label_ranges[0])
    check_provider_name(config.local_name, config.range, diags)
    alias = content.attributes.get("alias")
    if alias is not None:
        config.alias = constants.string(alias, diags)
        config.alias_range = alias.range
    return config


def _read_values(
    content: Content, values: dict[tuple[str, str], MockValues], overrides: list[Override], diags: Diagnostics
) -> None:
    for nested in content.blocks:
        if nested.type in ("mock_resource", "mock_data"):
            found = _mock_values(nested, diags)
            key = (found.mode, found.type)
            earlier = values.setdefault(key, found)
            if earlier is not found:
                diags.error(
                    f"Duplicate {nested.type} block",
                    f"A {nested.type} block for {found.type} has already been defined at {earlier.range}.",
                    nested.label_ranges[0],
                )
        else:
            add_override(overrides, nested, diags)


def _mock_values(block: Block, diags: Diagnostics) -> MockValues:
    mode: Literal["managed", "data"] = "managed" if block.type == "mock_resource" else "data"
    content = block.body.content(_MOCK_VALUES, diags)
    defaults: Attribute | None = content.attributes.get("defaults")
    return MockValues(
        mode,
        block.labels[0],
        None if defaults is None else defaults.expression,
        None if defaults is None else defaults.range,
        _during_plan(content, diags),
        block.definition_range,
    )


def _add_directory(
    directory: str,
    source: Source,
    place: Range,
    values: dict[tuple[str, str], MockValues],
    overrides: list[Override],
    diags: Diagnostics,
) -> None:
    """Add what the files of a directory say; what the block itself says wins."""
    folder = os.path.normpath(directory)
    names = source.list(folder)
    if names is None:
        diags.error(
            "Failed to read mock data directory",
            f"Mock data directory {directory} does not exist or cannot be read.",
            place,
        )
        return
    more: dict[tuple[str, str], MockValues] = {}
    for name in discovery.mock_files(names):
        body = read_body(source, join(folder, name), diags)
        if body is not None:
            _read_values(body.content(_MOCK_FILE, diags), more, overrides, diags)
    for key, found in more.items():
        values.setdefault(key, found)


def read_body(source: Source, path: str, diags: Diagnostics, name: str = "") -> Body | None:
    """The parsed body of a file; None if it cannot be read, which is reported.

    Args:
        source: where files come from.
        path: the file.
        diags: gets the reports.
        name: what messages call it; the path if not given.
    """
    try:
        data = source.read(path)
    except OSError:
        diags.error("Failed to read file", f'The file "{path}" could not be read.')
        return None
    file = SourceFile.from_bytes(name or path, data)
    if path.endswith(".json"):
        from iacctl.hcl import json_syntax

        return json_syntax.parse_config(file, diags)
    from iacctl.hcl import parser

    return parser.parse_config(file, diags)
