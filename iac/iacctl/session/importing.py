"""Taking one existing object into the state, as `iacctl import` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.addrs import module_path, module_path_text
from iacctl.diag import Diagnostic, DiagnosticError, Diagnostics

if TYPE_CHECKING:
    from iacctl.addrs import ResourceInstance
    from iacctl.session.session import Session

_OF_TARGETS: Final = frozenset(("Resource targeting is in effect", "Applied changes may be incomplete"))


def missing_block(session: Session, address: ResourceInstance) -> str:
    """What to say when the configuration has no block for an address; empty when it has one.

    Raises:
        DiagnosticError: the configuration is at fault, or has no such module.
    """
    config = session.config()
    config.diagnostics.raise_errors()
    path = module_path(address.module)
    module = config.root.descendant(path)
    if module is None:
        raise DiagnosticError(
            [
                Diagnostic(
                    "error",
                    "Import to non-existent module",
                    f"{module_path_text(path)} is not defined in the configuration. Please add configuration for this module "
                    "before importing into it.",
                )
            ]
        )
    if (address.mode, address.type, address.name) in module.resources:
        return ""
    where = module_path_text(path) or "the root module"
    return (
        f'Error: resource address "{address}" does not exist in the configuration.\n\nBefore importing this resource, please '
        f'create its configuration in {where}. For example:\n\nresource "{address.type}" "{address.name}" {{\n'
        "  # (resource arguments)\n}\n"
    )


def run(session: Session, address: ResourceInstance, object_id: str, *, parallelism: int = 10) -> Diagnostics:
    """Find an object and record it. The state's lock must be held.

    Args:
        session: whose state.
        address: the address that it is to have.
        object_id: its identifier.
        parallelism: how many provider calls may run at once.

    Returns:
        What was found; with errors when it was not imported.
    """
    from iacctl.plan.model import Options

    stored = session.state().instance((_module_text(address), address.mode, address.type, address.name), address.key)
    if stored is not None and stored.current is not None:
        problems = Diagnostics()
        problems.error(
            "Resource already managed by Terraform",
            f"Terraform is already managing a remote object for {address}. To import to this address you must first remove "
            "the existing object from the state.",
        )
        return problems
    options = Options(
        "refresh-only", refresh=False, targets=(address,), parallelism=parallelism, imports=((address, object_id),)
    )
    made = session.plan(options)
    if made.plan is None or made.diagnostics.has_errors:
        return _without_targets(made.diagnostics)
    applied = session.apply(made.plan)
    return _without_targets(Diagnostics([*made.diagnostics, *applied.diagnostics]))


def _module_text(address: ResourceInstance) -> str:
    from iacctl.addrs import module_instance_text

    return module_instance_text(address.module)


def _without_targets(found: Diagnostics) -> Diagnostics:
    """Without warnings of targets, which nobody has asked for."""
    return Diagnostics([item for item in found if item.summary not in _OF_TARGETS])
