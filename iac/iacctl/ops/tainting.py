"""Marking objects for replacement by hand, and taking the mark away; in Terraform's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Diagnostic, DiagnosticError
from iacctl.ops.surgery import failure
from iacctl.plan.planning import state_key
from iacctl_state.document import READY, TAINTED

if TYPE_CHECKING:
    from iacctl.addrs import ResourceInstance
    from iacctl_state.document import ObjectState, StateDocument, Status


class NotFoundError(DiagnosticError):
    """The state holds no such instance."""


def taint(state: StateDocument, item: ResourceInstance) -> None:
    """Mark an instance for replacement.

    Raises:
        NotFoundError: the state does not hold it.
        DiagnosticError: it has no current object.
    """
    _mark(state, item, _current(state, item, "tainting it"), TAINTED)


def untaint(state: StateDocument, item: ResourceInstance) -> None:
    """Take the mark away.

    Raises:
        NotFoundError: the state does not hold the instance.
        DiagnosticError: it has no current object, or it is not tainted.
    """
    current = _current(state, item, "untainting it")
    if current.status != TAINTED:
        raise failure(
            "Resource instance is not tainted",
            f"Resource instance {item} is not currently tainted, and so it cannot be untainted.",
        )
    _mark(state, item, current, READY)


def _current(state: StateDocument, item: ResourceInstance, doing: str) -> ObjectState:
    if state.is_empty:
        raise failure(
            "No such resource instance",
            "The state currently contains no resource instances whatsoever. This may occur if the configuration has never "
            "been applied or if it has recently been destroyed.",
        )
    instance = state.instance(state_key(item.resource()), item.key)
    if instance is None:
        raise NotFoundError(
            [
                Diagnostic(
                    "error",
                    "No such resource instance",
                    f"There is no resource instance in the state with the address {item}. If the resource configuration has "
                    'just been added, you must run "terraform apply" once to create the corresponding instance(s) before '
                    "they can be tainted.",
                )
            ]
        )
    if instance.current is None:
        raise failure(
            "No such resource instance",
            f"Resource instance {item} is currently part-way through a create_before_destroy replacement action. Run "
            f'"terraform apply" to complete its replacement before {doing}.',
        )
    return instance.current


def _mark(state: StateDocument, item: ResourceInstance, current: ObjectState, status: Status) -> None:
    key = state_key(item.resource())
    if current.status != status:
        state.set_object(key, item.key, current.replace(status=status), provider=state.resources[key].provider)
