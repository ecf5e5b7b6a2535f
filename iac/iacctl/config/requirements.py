"""Version constraints as arguments, and whether this program meets what a module requires."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.addrs import module_path_text
from iacctl.config import constants
from iacctl.config.model import VersionRequirement
from iacctl.config.versions import VersionError, parse_constraints, parse_version
from iacctl.values import STRING, ConversionError, convert

if TYPE_CHECKING:
    from iacctl.config.model import Module
    from iacctl.config.versions import Constraints, Version
    from iacctl.diag import Diagnostics, Range
    from iacctl.hcl.ast import Attribute

TERRAFORM_VERSION: Final = "1.15.5"
"""The version of Terraform that iacctl is a drop-in for; `required_version` is compared with it."""


def version_constraint(attribute: Attribute, diags: Diagnostics) -> VersionRequirement | None:
    """The constraint that a `version` or `required_version` argument gives; None if it is null or was reported."""
    expression = attribute.expression
    before = len(diags)
    value = constants.value(expression, diags)
    if len(diags) > before:
        return None
    try:
        text = convert(value, STRING)
    except ConversionError:
        diags.error("Invalid version constraint", f"A string value is required for {attribute.name}.", expression.range)
        return None
    if type(text) is not str:
        return None
    constraints = parse_or_report(text, expression.range, diags)
    return None if constraints is None else VersionRequirement(constraints, attribute.range)


def parse_or_report(text: str, place: Range, diags: Diagnostics) -> Constraints | None:
    """A constraint from its text; None if it was reported."""
    try:
        return parse_constraints(text)
    except VersionError:
        diags.error(
            "Invalid version constraint",
            "This string does not use correct version constraint syntax.",
            place,
        )
        return None


def check_terraform_version(root: Module, diags: Diagnostics, version: str = TERRAFORM_VERSION) -> None:
    """Report each `required_version` in the tree that the given version of Terraform does not meet."""
    running = parse_version(version)
    for module in root.walk():
        for requirement in module.required_versions:
            problem = _problem(requirement, running, module, version)
            if problem is not None:
                diags.error(*problem, requirement.range)


def _problem(requirement: VersionRequirement, running: Version, module: Module, version: str) -> tuple[str, str] | None:
    for item in requirement.constraints.items:
        if item.version.prerelease:
            return (
                "Invalid required_version constraint",
                f"Prerelease version constraints are not supported: {requirement.constraints}. Remove the prerelease"
                " information from the constraint. Prerelease versions of terraform will match constraints using their"
                " version core only.",
            )
    if requirement.constraints.allows(running):
        return None
    who = "This configuration"
    if module.path:
        who = f"Module {module_path_text(module.path)} (from {module.source})"
    return (
        "Unsupported Terraform Core version",
        f"{who} does not support Terraform version {version}. To proceed, either choose another supported Terraform"
        " version or update this version constraint. Version constraints are normally set for good reason, so updating"
        " the constraint may lead to other errors or unexpected behavior.",
    )
