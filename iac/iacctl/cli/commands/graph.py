"""`iacctl graph`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from iacctl.cli import running, usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic, DiagnosticError

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.ops.drawing import Kind
    from iacctl.session import Session
    from iacctl.views.terminal import Terminal

FLAGS: Final = (
    Flag("draw-cycles", "bool"),
    Flag("module-depth", "int", -1),
    Flag("no-color", "bool"),
    Flag("plan", "string"),
    Flag("type", "string"),
    Flag("var", "list"),
    Flag("var-file", "list"),
    Flag("verbose", "bool"),
)

HELP: Final = """\
Usage: iacctl [global options] graph [options]

  Prints a graph in the DOT language, which Graphviz and others draw: which
  resources are derived from which, or what an operation does in which order.

Options:

  -draw-cycles          With -type: point out cycles in place of refusing them.

  -no-color             No colour.

  -plan=path            What applying a plan file does.

  -type=TYPE            What an operation does: plan, plan-refresh-only,
                        plan-destroy or apply.

  -var 'foo=bar'        Set an input variable that module sources refer to.
                        May be repeated.

  -var-file=filename    Read input variables from a file. May be repeated.

Example:

  iacctl graph | dot -Tsvg > graph.svg
"""

_EXTRA: Final = Diagnostic(
    "error", "Too many command line arguments", "Expected no positional arguments. Did you mean to use -chdir?"
)
_UNSUPPORTED: Final = Diagnostic(
    "error",
    "Unsupported graph type",
    'The -type=... argument must be either "plan", "plan-refresh-only", "plan-destroy", or "apply".',
)


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    return running.run(FLAGS, words, HELP, lambda flags, terminal: _run(flags, origin, terminal), _check)


def _check(flags: Flags) -> None:
    """Complain of arguments."""
    if flags.arguments:
        raise usage.UsageError([_EXTRA])


def _run(flags: Flags, origin: str, terminal: Terminal) -> int:
    from iacctl.session import Session

    return _draw(Session(origin=origin, options=running.variable_options(flags)), flags, terminal)


def _draw(session: Session, flags: Flags, terminal: Terminal) -> int:
    from iacctl.ops.drawing import KINDS
    from iacctl.ops.graphing import cyclic_edges, require_order
    from iacctl.session import graphing
    from iacctl.views import dot

    if flags.plan:
        if not os.path.exists(flags.plan):  # noqa: PTH110
            usage.print_failure(f"stat {flags.plan}: no such file or directory", terminal)
            return 1
        graph = graphing.of_plan(session, flags.plan)
    elif not flags.type:
        terminal.print(dot.resources(graphing.of_resources(session)))
        return 0
    elif flags.type in KINDS:
        kind: Kind = flags.type
        graph = graphing.of_operation(session, kind)
    else:
        raise DiagnosticError([_UNSUPPORTED])
    if not flags.draw_cycles:
        require_order(graph)
    terminal.print(dot.operation(graph, cyclic_edges(graph)))
    return 0
