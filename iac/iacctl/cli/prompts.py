"""Asking a person at the terminal, in the form that Terraform's users know."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from iacctl.session.questions import INPUT_DISABLED, NoAnswerError

if TYPE_CHECKING:
    from iacctl.session.questions import Question
    from iacctl.views.terminal import Terminal

_NO: Final = frozenset(("0", "f", "F", "false", "FALSE", "False"))


def input_is_allowed(flag: bool) -> bool:
    """Whether questions may be asked: by `-input`, and by TF_INPUT."""
    return flag and os.environ.get("TF_INPUT", "") not in _NO


class Prompt:
    """Puts questions on the terminal and reads the answers; an `Ask` of `iacctl.session.questions`.

    Args:
        terminal: where the questions appear.
        enabled: whether anything may be asked at all.

    Attributes:
        waiting: whether an answer is being waited for: an interrupt then ends the waiting, by `KeyboardInterrupt`.
    """

    def __init__(self, terminal: Terminal, *, enabled: bool = True) -> None:
        self.waiting = False
        self._terminal = terminal
        self._enabled = enabled

    def __call__(self, question: Question) -> str:
        """Ask.

        Raises:
            NoAnswerError: there is no answer.
        """
        return self._ask(question, hidden=False)

    def secret(self, question: Question) -> str:
        """Ask for what nobody should see on the screen.

        Raises:
            NoAnswerError: there is no answer.
        """
        return self._ask(question, hidden=True)

    def _ask(self, question: Question, *, hidden: bool) -> str:
        if not self._enabled:
            raise NoAnswerError(INPUT_DISABLED)
        self._terminal.print(self._text(question))
        try:
            self.waiting = True
            answer = _read_hidden() if hidden and sys.stdin.isatty() else _read()
        except KeyboardInterrupt:
            raise NoAnswerError("interrupted") from None
        finally:
            self.waiting = False
        self._terminal.print("\n")
        return answer

    def _text(self, question: Question) -> str:
        reset, bold, yellow = ("\x1b[0m", "\x1b[1m", "\x1b[33m") if self._terminal.color else ("", "", "")
        query = question.query
        if question.stands_out:
            query = f"\n{reset}{bold}{yellow}{query}{reset}"
        lines = [f"{reset}{bold}{query}{reset}"]
        if question.description:
            lines += [f"  {line}" for line in question.description.split("\n")]
            lines.append("")
        lines.append(f"  {bold}Enter a value:{reset} {reset}")
        return "\n".join(lines)


def _read() -> str:
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        raise NoAnswerError("not UTF-8") from None
    if not line.endswith("\n"):
        raise NoAnswerError("EOF")
    return line.rstrip("\r\n")


def _read_hidden() -> str:
    """A line from the terminal while it shows nothing that is typed."""
    import termios

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    quiet = termios.tcgetattr(descriptor)
    quiet[3] &= ~termios.ECHO
    try:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, quiet)
        return _read()
    finally:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)
        sys.stdout.write("\n")
