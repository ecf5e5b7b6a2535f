"""What `init` prints for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.views.human import diagnostics
from iacctl.views.human.style import style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from iacctl.diag import Diagnostic
    from iacctl.views.human.style import Style
    from iacctl.views.protocols import InitStep
    from iacctl.views.terminal import Terminal

EMPTY: Final = (
    "The directory has no Terraform configuration files. You may begin working\n"
    "with Terraform immediately by creating Terraform configuration files."
)
NEXT: Final = (
    'You may now begin working with Terraform. Try running "terraform plan" to see\n'
    "any changes that are required for your infrastructure. All Terraform commands\n"
    "should now work.\n\n"
    "If you ever set or change modules or backend configuration for Terraform,\n"
    "rerun this command to reinitialize your working directory. If you forget, other\n"
    "commands will detect it and remind you to do so if necessary."
)
LOCK_FILE_CREATED: Final = (
    "Terraform has created a lock file .terraform.lock.hcl to record the provider\n"
    "selections it made above. Include this file in your version control repository\n"
    "so that Terraform can guarantee to make the same selections by default when\n"
    'you run "terraform init" in the future.'
)
LOCK_FILE_CHANGED: Final = (
    "Terraform has made some changes to the provider dependency selections recorded\n"
    "in the .terraform.lock.hcl file. Review those changes and commit them to your\n"
    "version control system if they represent changes you intended to make."
)


class InitHuman:
    """The view of `init`."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        diagnostics.show(found, self._terminal)

    def message(self, step: InitStep) -> None:
        """See `protocols.InitView`."""
        look = style(self._terminal.color)
        shown = _TEXTS[step.kind](step, look)
        if step.kind == "done" and not self._terminal.automation:
            shown += f"\n{look.reset}{look.green}\n{NEXT}{look.reset}"
        self._terminal.print(f"{shown}\n")


def text(step: InitStep) -> str:
    """What is printed for a step, without colour and advice."""
    return _TEXTS[step.kind](step, style(False))


def _shown(step: InitStep) -> str:
    return step.provider.for_display() if step.provider is not None else ""


def _heading(text: str, look: Style) -> str:
    return f"{look.reset}{look.bold}{text}{look.reset}"


def _success(text: str, look: Style) -> str:
    return f"{look.reset}{look.green}{text}{look.reset}"


def backend_changed(step: InitStep) -> tuple[str, str]:
    """The heading and the explanation of a change of backend; either may be empty."""
    if step.version != step.text:
        return "", f'Terraform detected that the backend type changed from "{step.version}" to "{step.text}".'
    return "Backend configuration changed!", (
        "Terraform has detected that the configuration specified for the backend\n"
        "has changed. Terraform will now check for existing state in the backends."
    )


def _backend_changed(step: InitStep, look: Style) -> str:
    heading, explanation = backend_changed(step)
    return f"{_heading(heading, look)}\n\n{explanation}{look.reset}" if heading else f"{look.reset}{explanation}"


def _finding(step: InitStep, look: Style) -> str:
    wanted = (
        f'{_shown(step)} versions matching "{step.version}"' if step.version else f"latest version of {_shown(step)}"
    )
    return f"- Finding {wanted}..."


_TEXTS: Final[dict[str, Callable[[InitStep, Style], str]]] = {
    "backend": lambda step, look: _heading("Initializing the backend...", look),
    "backend-changed": _backend_changed,
    "backend-configured": lambda step, look: _success(
        f'\nSuccessfully configured the backend "{step.text}"! Terraform will automatically\n'
        "use this backend unless the backend configuration changes.",
        look,
    ),
    "backend-unconfiguring": lambda step, look: (
        f'Terraform has detected you\'re unconfiguring your previously set "{step.text}" backend.'
    ),
    "backend-unset": lambda step, look: _success(
        f'\n\nSuccessfully unset the backend "{step.text}". Terraform will now operate locally.', look
    ),
    "copying-configuration": lambda step, look: f'{_heading("Copying configuration", look)} from "{step.text}"...\n',
    "modules": lambda step, look: _heading("Upgrading modules..." if step.upgrade else "Initializing modules...", look),
    "module-downloading": lambda step, look: f"Downloading {step.text} for {'.'.join(step.module)}...",
    "module-progress": lambda step, look: f"Still downloading for {'.'.join(step.module)}: {step.text} so far...",
    "module-installed": lambda step, look: f"- {'.'.join(step.module)} in {step.text}",
    "providers": lambda step, look: _heading(f"Initializing provider plugins found in the {step.text}...", look),
    "provider-builtin": lambda step, look: f"- {_shown(step)} is built in to Terraform",
    "provider-in-process": lambda step, look: (
        f"- {_shown(step)} v{step.version} is part of iacctl"
        if step.version
        else f"- {_shown(step)} is part of this program"
    ),
    "provider-reusing": lambda step, look: (
        f"- Reusing previous version of {_shown(step)} from the dependency lock file"
    ),
    "provider-finding": _finding,
    "provider-finding-latest": _finding,
    "provider-using": lambda step, look: f"- Using previously-installed {_shown(step)} v{step.version}",
    "provider-using-cache": lambda step, look: (
        f"- Using {_shown(step)} v{step.version} from the shared cache directory"
    ),
    "provider-installing": lambda step, look: f"- Installing {_shown(step)} v{step.version}...",
    "provider-installed": lambda step, look: f"- Installed {_shown(step)} v{step.version} ({step.text})",
    "lock-file-created": lambda step, look: LOCK_FILE_CREATED,
    "lock-file-changed": lambda step, look: LOCK_FILE_CHANGED,
    "empty-directory": lambda step, look: (
        f"{_heading('Terraform initialized in an empty directory!', look)}\n\n{EMPTY}{look.reset}"
    ),
    "done": lambda step, look: (
        f"{look.reset}{look.bold}{look.green}Terraform has been successfully initialized!{look.reset}{look.green}{look.reset}"
    ),
    "gap": lambda step, look: "",
}
