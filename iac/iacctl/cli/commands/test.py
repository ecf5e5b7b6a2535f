"""`iacctl test`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import running, usage
from iacctl.cli.flags import Flag
from iacctl.cli.interrupts import Interrupts
from iacctl.cli.prompts import Prompt
from iacctl.diag import Diagnostic, DiagnosticError

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.session import Session
    from iacctl.testing.results import SuiteResult
    from iacctl.views.protocols import TestView

_PARALLELISM: Final = 10
FLAGS: Final = (
    Flag("cloud-run", "string"),
    Flag("filter", "list"),
    Flag("json", "bool"),
    Flag("junit-xml", "string"),
    Flag("no-color", "bool"),
    Flag("parallelism", "int", _PARALLELISM),
    Flag("test-directory", "string", "tests"),
    Flag("var", "list"),
    Flag("var-file", "list"),
    Flag("verbose", "bool"),
)

HELP: Final = """\
Usage: iacctl [global options] test [options]

  Runs the tests of this configuration: the run blocks of its .tftest.hcl
  and .tftest.json files, in this directory and in the test directory.

  Tests make real objects, unless providers are mocked, and destroy them at
  the end. Whatever cannot be destroyed is told, and its state is kept under
  .terraform/test.

Options:

  -filter=testfile      Only run this file. May be repeated.

  -json                 Print events as JSON, one a line.

  -junit-xml=path       Write a report in JUnit's XML format to this file.

  -no-color             No colour.

  -parallelism=n        How many objects of a run to work on at once (10).

  -test-directory=path  Where test files are, besides this directory
                        ("tests").

  -var 'foo=bar'        Set an input variable. May be repeated.

  -var-file=filename    Read input variables from a file, after
                        terraform.tfvars and *.auto.tfvars. May be repeated.

  -verbose              Print the plan or the state of each run.

Example:

  iacctl test -filter=tests/network.tftest.hcl -verbose
"""


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    terminal = usage.terminal(words)
    try:
        flags = usage.parse(FLAGS, words)
        _check(flags)
    except usage.HelpError:
        terminal.print(HELP)
        return 0
    except usage.UsageError as error:
        return usage.complain("test", error, terminal)
    from iacctl.views import choice

    view = choice.test_view(terminal, as_json=flags.json, verbose=flags.verbose)
    try:
        return _test(flags, origin, view, Prompt(terminal))
    except DiagnosticError as error:
        view.diagnostics(error.diagnostics)
        return 1
    finally:
        view.close()


def _check(flags: Flags) -> None:
    if flags.cloud_run:
        raise usage.UsageError(
            [
                Diagnostic(
                    "error",
                    "Tests cannot be run remotely",
                    "The -cloud-run option asks HCP Terraform or Terraform Enterprise to run the tests, which iacctl does not"
                    " support. Without it the tests are run on this machine.",
                )
            ],
            advice=False,
        )


def _test(flags: Flags, origin: str, view: TestView, prompt: Prompt) -> int:
    from iacctl.session import Session
    from iacctl.session.testing import SuiteOptions

    session = Session(
        origin=origin,
        options=running.variable_options(flags),
    )
    Interrupts(session, _Interrupted(session, view), prompt).install()
    options = SuiteOptions(flags.test_directory, tuple(flags.filter), flags.verbose, max(flags.parallelism, 0) or _PARALLELISM)
    suite = session.test(options, view.event)
    failed = suite.status in ("fail", "error")
    if flags.junit_xml and not _report(suite, flags.junit_xml, view):
        return 1
    return 1 if failed else 0


class _Interrupted:
    """The part of the view that interrupts need; at the second one it also tells what is left behind."""

    def __init__(self, session: Session, view: TestView) -> None:
        self._session = session
        self._view = view

    def interrupted(self, times: int) -> None:
        """See `protocols.TestView`."""
        self._view.interrupted(times)
        left = self._session.testing.abandon() if times > 1 and self._session.testing is not None else None
        if left is not None:
            self._view.abandoned(left)

    def close(self) -> None:
        """See `protocols.TestView`."""
        self._view.close()


def _report(suite: SuiteResult, path: str, view: TestView) -> bool:
    """Write the report; whether that went well."""
    from iacctl.views import junit

    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(junit.report(suite))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        view.diagnostics(
            [Diagnostic("error", f'error saving JUnit XML to file "{path}"', f"open {path}: {reason}")]
        )
        return False
    return True
