"""What `test -json -verbose` shows of a plan or a state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl.views.json import plan as plans
from iacctl.views.json import state as states

if TYPE_CHECKING:
    from iacctl.testing.results import Shown
    from iacctl.views.protocols import Schemas

_OF_PLAN = ("output_changes", "resource_changes", "resource_drift", "relevant_attributes", "action_invocations")
_FORMAT_VERSION = "1.0"
"""The version of the format of provider schemas, which Terraform names here."""


def content(shown: Shown, schemas: Schemas) -> dict[str, Any]:
    """The parts of the document that `show -json` would give which depend on the run."""
    if shown.plan is not None:
        document = plans.document(shown.plan, schemas)
        found: dict[str, Any] = {"plan_format_version": document["format_version"]}
        found.update((name, document[name]) for name in _OF_PLAN if name in document)
    else:
        document = states.document(shown.state, schemas)
        values = document.get("values", {})
        found = {"state_format_version": document["format_version"]}
        found.update((name, values[name]) for name in ("root_module", "outputs") if name in values)
    found["provider_format_version"] = _FORMAT_VERSION
    return found
