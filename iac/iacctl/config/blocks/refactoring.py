"""`moved`, `removed` and `import` blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.addrs.resources import MANAGED
from iacctl.config import constants, targets, traversals
from iacctl.config.blocks import provisioners
from iacctl.config.model import Import, Moved, Removed
from iacctl.hcl.body import BodySchema

if TYPE_CHECKING:
    from iacctl.config.model import Provisioner, Target
    from iacctl.diag import Diagnostics
    from iacctl.hcl.ast import Attribute
    from iacctl.hcl.body import Block

MOVED_SCHEMA: Final = BodySchema({"from": True, "to": True})
IMPORT_SCHEMA: Final = BodySchema({"provider": False, "for_each": False, "id": False, "identity": False, "to": True})
REMOVED_SCHEMA: Final = BodySchema({"from": True}, {"lifecycle": (), "connection": (), "provisioner": ("type",)})
_REMOVED_LIFECYCLE_SCHEMA: Final = BodySchema({"destroy": False})


def decode_moved(block: Block, diags: Diagnostics) -> Moved | None:
    """A moved block; None if it was reported."""
    attributes = block.body.content(MOVED_SCHEMA, diags).attributes
    ends = [
        targets.parse(attributes[name].expression, diags) if name in attributes else None for name in ("from", "to")
    ]
    from_, to = ends
    if from_ is None or to is None:
        return None
    if (from_.resource is None) != (to.resource is None):
        diags.error(
            'Invalid "moved" addresses',
            'The "from" and "to" addresses must either both refer to resources or both refer to modules.',
            block.definition_range,
        )
        return None
    return Moved(from_, to, block.definition_range)


def decode_import(block: Block, diags: Diagnostics) -> Import | None:
    """An import block; None if it was reported."""
    before = len(diags)
    attributes = block.body.content(IMPORT_SCHEMA, diags).attributes
    if "to" in attributes and len(diags) > before:
        return None  # Terraform looks no further then
    expressions = {name: attribute.expression for name, attribute in attributes.items()}
    if "id" in attributes and "identity" in attributes:
        diags.error("Invalid import block", "Only one of 'id' or 'identity' can be specified.", block.definition_range)
    to = _import_target(attributes["to"], diags) if "to" in attributes else None
    if "id" not in attributes and "identity" not in attributes:
        diags.error(
            "Invalid import block", "At least one of 'id' or 'identity' must be specified.", block.definition_range
        )
    ref = traversals.provider_ref(expressions["provider"], "provider", diags) if "provider" in expressions else None
    if to is None:
        return None
    return Import(
        to,
        expressions["to"],
        expressions.get("id"),
        expressions.get("identity"),
        expressions.get("for_each"),
        ref,
        block.definition_range,
        attributes["provider"].range if "provider" in attributes else None,
    )


def _import_target(attribute: Attribute, diags: Diagnostics) -> Target | None:
    target = targets.parse_with_expressions(attribute.expression, diags)
    if target is not None and target.resource is None:
        diags.error(
            "Invalid address",
            "A resource instance address is required here. The module path must be followed by a resource instance"
            " specification.",
            target.range,
        )
        target = None
    if target is None or target.resource is None or target.resource[0] != MANAGED:
        diags.error("Invalid import address", "Only managed resources can be imported.", attribute.range)
        return None
    return target


def decode_removed(block: Block, diags: Diagnostics) -> Removed | None:
    """A removed block; None if it was reported."""
    content = block.body.content(REMOVED_SCHEMA, diags)
    from_: Target | None = None
    if "from" in content.attributes:
        from_ = targets.parse_static(content.attributes["from"].expression, diags)
    destroy = True
    lifecycle: Block | None = None
    connection: Block | None = None
    steps: list[Provisioner] = []
    managed = from_ is not None and from_.resource is not None and from_.resource[0] == "managed"
    for nested in content.blocks:
        if nested.type == "lifecycle":
            if lifecycle is not None:
                continue
            lifecycle = nested
            attributes = nested.body.content(_REMOVED_LIFECYCLE_SCHEMA, diags).attributes
            destroy = constants.boolean(attributes.get("destroy"), diags) is not False
        elif nested.type == "connection":
            if not managed:
                diags.error(
                    "Invalid connection block",
                    "Provisioner connection configuration is valid only when a removed block targets a managed resource.",
                    nested.definition_range,
                )
                continue
            if connection is not None:
                diags.error(
                    "Duplicate connection block",
                    f'This "removed" block already has a connection block at {connection.definition_range}.',
                    nested.definition_range,
                )
                continue
            connection = nested
        elif not managed:
            diags.error(
                "Invalid provisioner block",
                "Provisioners are valid only when a removed block targets a managed resource.",
                nested.definition_range,
            )
        else:
            step = provisioners.decode(nested, diags)
            if step is None:
                continue
            if step.when != "destroy":
                diags.error(
                    "Invalid provisioner block",
                    'Only destroy-time provisioners are valid in "removed" blocks. To declare a destroy-time'
                    " provisioner, use:\n    when = destroy",
                    nested.definition_range,
                )
            else:
                for part in (step.body, step.connection):
                    provisioners.check_destroy_references(part, diags)
            steps.append(step)
    if from_ is None:
        return None
    body = connection.body if connection is not None else None
    return Removed(from_, destroy, tuple(steps), body, block.definition_range)
