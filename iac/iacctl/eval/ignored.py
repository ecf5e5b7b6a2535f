"""What `ignore_changes` names, held against the schema of the resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.config.validate import check_path
from iacctl.hcl import ast

if TYPE_CHECKING:
    from iacctl.config.model import Resource
    from iacctl.diag import Diagnostics
    from iacctl.provider.schema import Block


def check(resource: Resource, block: Block, diags: Diagnostics, *, warn: bool) -> None:
    """Report attributes that there are not and, with `warn`, those that only the provider decides on."""
    before = len(diags)
    for traversal in resource.ignore_changes:
        start = traversal.start
        root = ast.AttributeStep(traversal.file, start, start + len(traversal.root), traversal.root)
        steps = (root, *traversal.steps)
        check_path(block, steps, diags)
        if not warn or any(diags[index].severity == "error" for index in range(before, len(diags))):
            continue
        path = _computed(block, steps)
        if path:
            diags.warning(
                "Redundant ignore_changes element",
                "Adding an attribute name to ignore_changes tells Terraform to ignore future changes to the argument in "
                "configuration after the object has been created, retaining the value originally configured.\n\nThe "
                f"attribute {path} is decided by the provider alone and therefore there can be no configured value to compare "
                "with. Including this attribute in ignore_changes has no effect. Remove the attribute from ignore_changes to "
                "quiet this warning.",
                resource.type_range,
            )


def _computed(block: Block, steps: tuple[ast.Step, ...]) -> str:
    """The path of an attribute that no configuration can set; empty where the steps lead to anything else."""
    path = ""
    for position, step in enumerate(steps):
        if not isinstance(step, ast.AttributeStep):
            path += f"[{step.key!r}]" if isinstance(step.key, int) else f'["{step.key}"]'
            continue
        path += f".{step.name}" if path else step.name
        attribute = block.attributes.get(step.name)
        if attribute is not None:
            last = position == len(steps) - 1
            return path if last and attribute.computed and not attribute.optional else ""
        nested = block.blocks.get(step.name)
        if nested is None:
            return ""
        block = nested.block
    return ""
