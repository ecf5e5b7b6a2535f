"""How actions, list blocks and providers of imports are used: what can be said of that without evaluating anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.hcl.ast import AttributeStep

if TYPE_CHECKING:
    from iacctl.config.model import Module
    from iacctl.diag import Diagnostics
    from iacctl.lang.references import Reference


GENERATED_FILE: Final = "iacctl-generated.tf"
"""The file of a saved plan that holds the configuration which the plan has generated."""

_PROVIDER_OF_IMPORT: Final = "The provider argument can only be specified in import blocks that will generate configuration.\n\n"


def check_import_providers(root: Module, diags: Diagnostics, *, installing: bool) -> None:
    """Report `provider` arguments of import blocks whose resource does not name the same provider itself.

    Args:
        root: the root module.
        diags: gets the reports.
        installing: modules are being installed, which is to be finished before anything is said of them.
    """
    for item in root.imports:
        if item.provider_range is None or (installing and item.to.modules):
            continue
        if item.to.modules:
            advice = (
                "Use the providers argument within the module block to configure providers for all resources within a module,"
                " including imported resources."
            )
        elif item.to.resource in root.resources:
            declared = root.resources[item.to.resource]
            if str(declared.provider_ref) == str(item.provider_ref) or declared.range.file.name.endswith(GENERATED_FILE):
                continue
            advice = (
                "Use the provider argument in the target resource block to configure the provider for a resource with explicit"
                " provider configuration."
            )
        else:
            continue
        diags.error("Invalid import provider argument", _PROVIDER_OF_IMPORT + advice, item.provider_range)


def check_list_reference(reference: Reference, diags: Diagnostics) -> None:
    """Report what is taken of a listed object, if it is neither its state nor its identity."""
    steps = reference.steps
    if len(steps) > 2 and (type(steps[2]) is not AttributeStep or steps[2].name not in ("state", "identity")):
        diags.error(
            "Invalid list resource traversal",
            'The third step in the traversal for a list resource must be an attribute "state" or "identity".',
            reference.range,
        )


def check_triggered(module: Module, diags: Diagnostics) -> None:
    """Report triggers of actions that the module does not have."""
    for resource in module.resources.values():
        for trigger in resource.action_triggers:
            for item in trigger.actions:
                if (item.action.type, item.action.name) not in module.actions:
                    diags.error(
                        "action_trigger actions references non-existent action",
                        f'The lifecycle action_trigger actions list contains a reference to the action "{item.action}" that'
                        " does not exist in the configuration of this module.",
                        item.expression.range,
                    )
