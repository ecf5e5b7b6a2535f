"""`plan`, `apply`, `destroy` and `refresh` for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

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
        self._imports = 0

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        items = list(found)
        if items:
            from iacctl.views.human import diagnostics

            diagnostics.show(items, self._terminal, compact_warnings=self._compact)

    def event(self, event: Event) -> None:
        """See `protocols.OperationView`."""
        self._progress.event(event)

    def state_lock(self, step: Literal["waiting", "releasing"]) -> None:
        """See `protocols.OperationView`."""
        word = "Acquiring" if step == "waiting" else "Releasing"
        self._terminal.print(f"{word} state lock. This may take a few moments...\n")

    def plan(self, plan: Plan) -> None:
        """See `protocols.OperationView`."""
        from iacctl.views.human import plan as plans

        terminal = self._terminal
        self._imports = sum(change.importing is not None for change in plan.changes)
        terminal.print(
            plans.text(plan, color=terminal.color, columns=terminal.out_columns, automation=terminal.automation)
        )

    def interrupted(self, times: int) -> None:
        """See `protocols.OperationView`."""
        if times == 1:
            text = "Please wait for Terraform to exit or data loss may occur.\nGracefully shutting down...\n"
            self._terminal.print(f"\nInterrupt received.\n{text}\n")
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
        """See `protocols.PlanView`. Nothing is said of a plan that cannot be applied."""
        terminal = self._terminal
        if not plan.applyable or terminal.automation:
            return
        columns = terminal.out_columns
        parts = [horizontal_rule(terminal.color, columns)]
        if generated_config is not None:
            parts.append(
                wrap(
                    f"\nTerraform has generated configuration and written it to {generated_config}. Please review the "
                    "configuration and edit it as necessary before adding it to version control.\n",
                    columns,
                )
            )
        if saved_to is None:
            parts.append(
                wrap(
                    "\nNote: You didn't use the -out option to save this plan, so Terraform can't guarantee to take exactly "
                    'these actions if you run "terraform apply" now.\n',
                    columns,
                )
            )
        else:
            how = wrap("To perform exactly these actions, run the following command to apply:", columns)
            parts.append(f'\nSaved the plan to: {saved_to}\n\n{how}\n    terraform apply "{saved_to}"\n')
        terminal.print("".join(parts))


class ApplyHuman(_OperationHuman):
    """The view of `apply`, `destroy` and `refresh`."""

    def planned(self, plan: Plan) -> None:
        """See `protocols.ApplyView`. People have seen a plan that they saved."""

    def cancelled(self, mode: Mode) -> None:
        """See `protocols.ApplyView`."""
        self._terminal.print(f"{'Destroy' if mode == 'destroy' else 'Apply'} cancelled.\n")

    def finished(
        self, operation: Operation, outputs: Mapping[str, OutputState], *, state_out: str = "", errored: bool = False
    ) -> None:
        """See `protocols.ApplyView`."""
        if errored:
            return
        terminal = self._terminal
        look = style(terminal.color)
        highlight = f"{look.reset}{look.bold}{look.green}\n"
        done = self._progress
        if operation == "destroy":
            terminal.print(f"{highlight}Destroy complete! Resources: {done.destroyed} destroyed.{look.reset}\n")
        elif operation == "apply":
            imported = f"{self._imports} imported, " if self._imports else ""
            counts = f"{imported}{done.added} added, {done.changed} changed, {done.destroyed} destroyed."
            invoked = ""
            if done.invoked:
                invoked = f"{look.reset}{look.reset}{look.bold}{look.green} Actions: {done.invoked} invoked."
            terminal.print(f"{highlight}Apply complete! Resources: {counts}{invoked}{look.reset}\n")
        if state_out and done.added + done.changed > 0:
            terminal.print(f"{wrap(_STATE_SAVED, terminal.out_columns)}\n\nState path: {state_out}\n")
        if outputs and operation != "destroy":
            from iacctl.views.human.outputs import listing

            terminal.print(f"{highlight}Outputs:\n\n{look.reset}{listing(outputs)}")


_STATE_SAVED = (
    "\nThe state of your infrastructure has been saved to the path below. This state is required to modify and destroy your "
    "infrastructure, so keep it safe. To inspect the complete state use the `terraform show` command."
)
