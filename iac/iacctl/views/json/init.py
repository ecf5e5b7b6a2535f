"""`init -json`: a stream of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.views.human import init as texts
from iacctl.views.json.operations import Stream

if TYPE_CHECKING:
    from iacctl.views.protocols import InitStep

_CODES: Final[dict[str, str]] = {
    "backend": "initializing_backend_message",
    "backend-configured": "backend_configured_success",
    "backend-unset": "backend_configured_unset",
    "copying-configuration": "copying_configuration_message",
    "lock-file-created": "lock_info",
    "lock-file-changed": "dependencies_lock_changes_info",
    "empty-directory": "output_init_empty_message",
    "done": "output_init_success_message",
}
"""Terraform's `message_code` of each kind of step; steps that are not here are lines of the log."""


class InitJson(Stream):
    """The view of `init -json`."""

    def message(self, step: InitStep) -> None:
        """See `protocols.InitView`."""
        if step.kind == "gap":
            return
        text = texts.text(step)
        code = _code(step)
        if code is None:
            # Providers come without the dash that people see before them, modules with it.
            self.log(text if step.kind == "module-installed" else text.removeprefix("- "))
            return
        self._output(text.strip("\n"), code)
        if step.kind == "done":
            self._output(texts.NEXT, "output_init_success_cli_message")

    def _output(self, text: str, code: str) -> None:
        self.send({"@message": text, "message_code": code, "type": "init_output"})


def _code(step: InitStep) -> str | None:
    if step.kind == "modules":
        return "upgrading_modules_message" if step.upgrade else "initializing_modules_message"
    if step.kind == "providers":
        source = "state" if step.text == "state" else "config"
        return f"initializing_provider_plugin_from_{source}_message"
    return _CODES.get(step.kind)
