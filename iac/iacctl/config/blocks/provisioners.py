"""`provisioner` blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.config import traversals
from iacctl.config.bodies import JoinedBody
from iacctl.config.model import Provisioner
from iacctl.diag import Diagnostics
from iacctl.hcl import static
from iacctl.hcl.ast import AttributeStep
from iacctl.hcl.body import BodySchema
from iacctl.lang.references import COUNT, EACH, PATH, SELF, TERRAFORM
from iacctl.lang.traversals import free_traversals

if TYPE_CHECKING:
    from iacctl.hcl.ast import Attribute, ScopeTraversal
    from iacctl.hcl.body import Block, Body

SCHEMA: Final = BodySchema({"when": False, "on_failure": False}, {"lifecycle": (), "connection": (), "_": ()})
_GONE: Final = frozenset(("chef", "habitat", "puppet", "salt-masterless"))
_ALLOWED: Final = frozenset((SELF, COUNT, PATH, TERRAFORM))


def decode(block: Block, diags: Diagnostics) -> Provisioner | None:
    """A provisioner; None for one of those that Terraform has dropped."""
    content, body = block.body.partial_content(SCHEMA, diags)
    kind = block.labels[0]
    if kind in _GONE:
        diags.error(
            f'The "{kind}" provisioner has been removed',
            f'The "{kind}" provisioner was deprecated in Terraform 0.13.4 has been removed from Terraform. Visit'
            " https://learn.hashicorp.com/collections/terraform/provision for alternatives to using provisioners that"
            " are a better fit for the Terraform workflow.",
            block.label_ranges[0],
        )
        return None
    when = _keyword(content.attributes.get("when"), "when", ("create", "destroy"), diags)
    on_failure = _keyword(content.attributes.get("on_failure"), "on_failure", ("continue", "fail"), diags)
    connection: Block | None = None
    escape: Block | None = None
    for nested in content.blocks:
        if nested.type == "connection":
            if connection is not None:
                diags.error(
                    "Duplicate connection block",
                    f"This provisioner already has a connection block at {connection.definition_range}.",
                    nested.definition_range,
                )
                continue
            connection = nested
        elif nested.type == "_":
            if escape is not None:
                diags.error(
                    "Duplicate escaping block",
                    'The special block type "_" can be used to force particular arguments to be interpreted as'
                    " provisioner-typpe-specific rather than as meta-arguments, but each provisioner block can have only"
                    f" one such block. The first escaping block was at {escape.definition_range}.",
                    nested.definition_range,
                )
                continue
            escape = nested
            body = JoinedBody((body, nested.body))
        else:
            diags.error(
                "Reserved block type name in provisioner block",
                f'The block type name "{nested.type}" is reserved for use by Terraform in a future version.',
                nested.type_range,
            )
    return Provisioner(
        kind,
        when or "create",
        on_failure or "fail",
        body,
        connection.body if connection is not None else None,
        block.definition_range,
        block.label_ranges[0],
    )


def _keyword(attribute: Attribute | None, name: str, allowed: tuple[str, str], diags: Diagnostics) -> str | None:
    if attribute is None:
        return None
    expression = traversals.unquoted(attribute.expression, diags, keyword=True)
    word = static.keyword(expression)
    if word in allowed:
        return word
    diags.error(
        f'Invalid "{name}" keyword',
        f'The "{name}" argument requires one of the following keywords: {allowed[0]} or {allowed[1]}.',
        attribute.expression.range,
    )
    return None


def check_destroy_references(body: Body | None, diags: Diagnostics) -> None:
    """Report references to other objects from what runs while an object is destroyed: a provisioner or a connection."""
    if body is None:
        return
    for attribute in body.just_attributes(Diagnostics()).values():
        for traversal in free_traversals(attribute.expression):
            if traversal.root not in _ALLOWED and not _is_each_key(traversal):
                diags.error(
                    "Invalid reference from destroy provisioner",
                    "Destroy-time provisioners and their connection configurations may only reference attributes of the"
                    " related resource, via 'self', 'count.index', or 'each.key'.\n\nReferences to other resources during"
                    " the destroy phase can cause dependency cycles and interact poorly with create_before_destroy.",
                    attribute.expression.range,
                )


def _is_each_key(traversal: ScopeTraversal) -> bool:
    step = traversal.steps[0] if traversal.steps else None
    return traversal.root == EACH and type(step) is AttributeStep and step.name == "key"
