"""What an author's methods raise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.provider import requests

if TYPE_CHECKING:
    from iacctl.values import Path


class ProviderError(Exception):
    """The remote system, or the user's configuration, does not allow it: reported as an error diagnostic.

    Args:
        summary: one line, what failed.
        detail: why, and what to do about it.
        path: the attribute that it is about, as a name or as a path of `iacctl.values.paths`.
    """

    def __init__(self, summary: str, detail: str = "", path: str | Path | None = None) -> None:
        super().__init__(f"{summary}: {detail}" if detail else summary)
        self.summary = summary
        self.detail = detail
        self.path: Path | None = (path,) if isinstance(path, str) else path

    def problem(self) -> requests.Problem:
        """The error as the provider port carries it."""
        return requests.error(self.summary, self.detail, self.path)


class Gone(Exception):  # noqa: N818 -- it is an answer, not an error
    """Raised by `read`: the object no longer exists."""


class ArgumentError(Exception):
    """Raised by a function: one argument (counted from 0) is wrong."""

    def __init__(self, argument: int, message: str) -> None:
        super().__init__(message)
        self.argument = argument
        self.message = message
