"""`query -json`: a message for each thing that is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl import values
from iacctl.diag.events import ListFinished, ListFound, ListStarted
from iacctl.eval.sensitivity import mark_sensitive
from iacctl.values import SENSITIVE
from iacctl.views.json.attributes import known_part
from iacctl.views.json.operations import Stream

if TYPE_CHECKING:
    from iacctl.diag.events import Event
    from iacctl.eval.listing import Found, Listed
    from iacctl.values import Value
    from iacctl.values.paths import Path
    from iacctl.views.terminal import Terminal


class QueryJson(Stream):
    """The view of `query -json`."""

    def __init__(self, terminal: Terminal, *, generating: bool) -> None:
        super().__init__(terminal)
        self._generating = generating

    def event(self, event: Event) -> None:
        """See `protocols.QueryView`."""
        if isinstance(event, ListStarted):
            self.send(
                {
                    "@message": f"{event.address}: Starting query...",
                    "type": "list_start",
                    "list_start": {"address": event.address, "resource_type": event.type, **_input(event.config)},
                }
            )
        elif isinstance(event, ListFound):
            self.send(
                {
                    "@message": f"{event.listed.address}: Result found",
                    "type": "list_resource_found",
                    "list_resource_found": self._found(event.listed, event.found),
                }
            )
        elif isinstance(event, ListFinished):
            self.send(
                {
                    "@message": f"{event.address}: List complete",
                    "type": "list_complete",
                    "list_complete": {"address": event.address, "resource_type": event.type, "total": event.total},
                }
            )

    def _found(self, listed: Listed, found: Found) -> dict[str, Any]:
        identity = listed.schema.identity
        content: dict[str, Any] = {
            "address": listed.address,
            "display_name": found.display_name,
            "identity": known_part(found.identity),
            "identity_version": 0 if identity is None else identity.version,
            "resource_type": listed.block.type,
        }
        if not values.is_null(found.state):
            content["resource_object"] = known_part(_public(mark_sensitive(listed.schema.block, found.state))[0])
        if self._generating:
            from iacctl.ops.querying import generated

            content["config"], content["import_config"] = generated(listed, listed.found.index(found), found)
        return content

    def finished(self) -> None:
        """See `protocols.QueryView`."""


def _input(config: Value) -> dict[str, Any]:
    """What a list block asks for, if it says so itself."""
    if config is None:
        return {}
    shown, hidden = _public(config)
    found: dict[str, Any] = {"input_config": known_part(shown)}
    if hidden:
        found["sensitive_attribute_paths"] = [values.paths.text(path) for path in hidden]
    return found


def _public(value: Value) -> tuple[Value, list[Path]]:
    """The value with nulls in place of what is sensitive, and where that is."""
    plain, marks = values.unmark_deep_with_paths(value)
    hidden = [path for path, found in marks if SENSITIVE in found]
    if not hidden:
        return plain, []
    keys = {values.paths.key(path) for path in hidden}

    def hide(path: Path, part: Value) -> Value:
        return values.null_of(values.type_of(part)) if values.paths.key(path) in keys else part

    return values.paths.transform(plain, hide), hidden
