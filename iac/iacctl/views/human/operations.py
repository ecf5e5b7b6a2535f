"""`plan`, `apply`, `destroy` and `refresh` for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from iacctl.views.human import diagnostics, plan
from iacctl.views.human.progress import Progress
from iacctl.views.human.style import horizontal_rule, style, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iacctl.diag import Diagnostic
    from iacctl.diag.events import Event
    from iacctl.plan.model import Mode, Plan
    from iacctl.views.protocols import Operation
    from iacctl.views.terminal import Terminal
    from iacctl_state.document import OutputState


class _OperationHuman:
    """What the views of operations share."""

    def __init__(self, terminal: Terminal, compact_warnings: bool = False) -> None:
        self._terminal = terminal
        self._compact = compact_warnings
        self._progress = Progress(terminal)

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        diagnostics.show(found, self._terminal, compact_warnings=self._compact)

    def event(self, event: Event) -> None:
        """See `protocols.OperationView`."""
        self._progress.event(event)

    def state_lock(self, step: Literal["waiting", "releasing"]) -> None:
        """See `protocols.OperationView`."""
        word = "Acquiring" if step == "waiting" else "Releasing"
        self._terminal.print(f"{word} state lock. This may take a few moments...\n")

    def plan(self, found: Plan) -> None:
        """See `protocols.OperationView`."""
        terminal = self._terminal
        terminal.print(
            plan.text(found, color=terminal.color, columns=terminal.out_columns, automation=terminal.automation)
        )

    def interrupted(self, times: int) -> None:
        """See `protocols.OperationView`."""
        if times == 1:
            self._terminal.print(
                "\nInterrupt received.\nPlease wait for Terraform to exit or data loss may occur.\nGracefully shutting down...\n\n"
            )
        else:
            self._terminal.print(
                "\nTwo interrupts received. Exiting immediately. What was begun is in the journal beside the state.\n"
            )

    def close(self) -> None:
        """See `protocols.OperationView`."""
        self._progress.close()


class PlanHuman(_OperationHuman):
    """The view of `plan`."""

    def next_step(self, plan: Plan, *, saved_to: str | None = None, generated_config: str | None = None) -> None:
        """See `protocols.PlanView`."""
        terminal = self._terminal
        if not plan.applyable or terminal.automation:
            return
        columns = terminal.out_columns
        if saved_to is None:
            text = (
                "\nNote: You didn't use the -out option to save this plan, so Terraform can't guarantee to take exactly these "
                'actions if you run "terraform apply" now.\n'
            )
        else:
            text = (
                f"\nSaved the plan to: {saved_to}\n\nTo perform exactly these actions, run the following command to apply:\n"
                f'    terraform apply "{saved_to}"\n'
            )
        terminal.print(horizontal_rule(terminal.color, columns) + wrap(text, columns))


class ApplyHuman(_OperationHuman):
    """The view of `apply`, `destroy` and `refresh`."""

    def cancelled(self, mode: Mode) -> None:
        """See `protocols.ApplyView`."""
        self._terminal.print(f"\n{'Destroy' if mode == 'destroy' else 'Apply'} cancelled.\n")

    def finished(
        self, operation: Operation, outputs: Mapping[str, OutputState], *, state_out: str = "", errored: bool = False
    ) -> None:
        """See `protocols.ApplyView`."""
        if errored:
            return
        look = style(self._terminal.color)
        counts = self._progress.counts
        end = look.reset
        if operation == "destroy":
            line = f"Destroy complete! Resources: {counts['delete']} destroyed."
        else:
            line = (
                f"Apply complete! Resources: {counts['create']} added, {counts['update']} changed, "
                f"{counts['delete']} destroyed."
            )
        self._terminal.print(f"{end}{look.bold}{look.green}\n{line}\n{end}")
        if outputs and operation != "destroy":
            from iacctl.views.human.outputs import OutputHuman

            self._terminal.print(f"{end}{look.bold}{look.green}\nOutputs:\n\n{end}")
            OutputHuman(self._terminal).all(outputs)
