"""`iacctl init`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from iacctl.cli import running, usage
from iacctl.cli.flags import Flag
from iacctl.cli.prompts import Prompt, input_is_allowed
from iacctl.diag import Diagnostic, DiagnosticError
from iacctl.views.protocols import InitStep

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.session.initialization import Initialization
    from iacctl.views.protocols import InitView
    from iacctl.views.terminal import Terminal

FLAGS: Final = (
    Flag("backend", "bool", True),
    Flag("backend-config", "list"),
    Flag("cloud", "bool", True),
    Flag("create-default-workspace", "bool", True),
    Flag("enable-pluggable-state-storage-experiment", "bool"),
    Flag("force-copy", "bool"),
    Flag("from-module", "string"),
    Flag("get", "bool", True),
    Flag("ignore-remote-version", "bool"),
    Flag("input", "bool", True),
    Flag("json", "bool"),
    Flag("lock", "bool", True),
    Flag("lock-timeout", "duration"),
    Flag("lockfile", "string"),
    Flag("migrate-state", "bool"),
    Flag("no-color", "bool"),
    Flag("plugin-dir", "list"),
    Flag("reconfigure", "bool"),
    Flag("test-directory", "string", "tests"),
    Flag("upgrade", "bool"),
    Flag("var", "list"),
    Flag("var-file", "list"),
)

HELP: Final = """\
Usage: iacctl [global options] init [options]

  Prepares a working directory: installs the modules that the configuration
  calls, chooses a provider for each requirement, and prepares the backend
  that keeps the state. To be run first, and again after a change to modules,
  providers or the backend. Running it more often does no harm.

Options:

  -backend=false         Leave the backend as it was prepared before.

  -backend-config=path   Arguments for the backend block: a file in the format
                         of terraform.tfvars, or name=value. May be repeated.

  -force-copy            Copy state to a new backend without asking.

  -from-module=SOURCE    Copy a module into the empty working directory first.

  -get=false             Don't install modules.

  -input=false           Don't ask anything.

  -json                  Print events as JSON, one a line.

  -lock=false            Don't lock states while they are copied.

  -lock-timeout=0s       How long to wait for a lock.

  -migrate-state         Take the state along to a backend that changed.

  -no-color              No colour.

  -reconfigure           Forget which backend was prepared before.

  -test-directory=path   Where test files are ("tests").

  -upgrade               Install modules anew, in the newest versions allowed.

  -var 'foo=bar'         Set an input variable that module sources refer to.
                         May be repeated.

  -var-file=filename     Read input variables from a file. May be repeated.

  -ignore-remote-version, -lockfile=MODE and -plugin-dir=PATH are accepted and
  have no effect: there is no remote backend yet, and providers are part of
  iacctl or come as Python packages.

Example:

  iacctl init -backend-config=path=prod.tfstate
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
        return usage.complain("init", error, terminal)
    from iacctl.views import choice

    view = choice.init_view(terminal, as_json=flags.json)
    try:
        return _init(flags, view, terminal)
    except DiagnosticError as error:
        view.diagnostics(error.diagnostics)
        return 1


def _check(flags: Flags) -> None:
    """Refuse flags that contradict one another.

    Raises:
        UsageError: they do.
    """
    problems: list[Diagnostic] = []
    if flags.arguments:
        problems.append(Diagnostic("error", "Too many command line arguments. Did you mean to use -chdir?"))
    if flags.migrate_state and flags.json:
        problems.append(
            Diagnostic(
                "error",
                "The -migrate-state and -json options are mutually-exclusive",
                "Terraform cannot ask for interactive approval when -json is set. To use the -migrate-state option, disable the "
                "-json option.",
            )
        )
    if flags.migrate_state and flags.reconfigure:
        problems.append(
            Diagnostic(
                "error", "Invalid init options", "The -migrate-state and -reconfigure options are mutually-exclusive."
            )
        )
    if flags.enable_pluggable_state_storage_experiment:
        problems.append(
            Diagnostic(
                "error",
                "Cannot use -enable-pluggable-state-storage-experiment flag without experiments enabled",
                "This is an experiment of Terraform's development versions.",
            )
        )
    if problems:
        raise usage.UsageError(problems, advice=False)


def _init(flags: Flags, view: InitView, terminal: Terminal) -> int:
    from iacctl.session import Session
    from iacctl.session.initialization import Initialization, InitOptions

    session = Session(options=running.variable_options(flags))
    options = InitOptions(
        backend=flags.backend and flags.cloud,
        backend_config=flags.backend_config,
        reconfigure=flags.reconfigure,
        migrate_state=flags.migrate_state,
        force_copy=flags.force_copy,
        modules=flags.get,
        upgrade=flags.upgrade,
        lock=flags.lock,
        lock_timeout=flags.lock_timeout,
        test_directory=flags.test_directory,
    )
    prompt = Prompt(terminal, enabled=input_is_allowed(flags.input) and not flags.json)
    if flags.from_module:
        _copy_from(flags.from_module, view)
    return _finish(Initialization(session, options, step=view.message, ask=prompt), flags, view)


def _copy_from(source: str, view: InitView) -> None:
    from iacctl.config.file_names import configuration_files
    from iacctl.session.initialization import copy_configuration

    if any(configuration_files(sorted(os.listdir()))):  # noqa: PTH208
        raise DiagnosticError(
            [
                Diagnostic(
                    "error",
                    "The working directory already contains files. The -from-module option requires\nan empty directory into "
                    "which a copy of the referenced module will be placed.\n\nTo initialize the configuration already in this "
                    "working directory, omit the\n-from-module option.",
                )
            ]
        )
    view.message(InitStep("copying-configuration", text=source))
    copy_configuration(source, ".")


def _finish(work: Initialization, flags: Flags, view: InitView) -> int:
    found = work.run()
    tests = flags.test_directory
    if "test-directory" in flags.given and not os.path.isdir(tests):  # noqa: PTH112
        found.warning("Test directory does not exist", f"Requested test directory {tests} does not exist.")
    view.diagnostics(found)
    if found.has_errors:
        return 1
    if not work.was_empty:
        view.message(InitStep("done"))
    return 0
