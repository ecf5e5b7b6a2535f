"""Questions that only a person can answer, for whoever runs a session to put to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias


class Question(NamedTuple):
    """A question.

    Attributes:
        query: the question itself, one line.
        description: what to know before answering, one or several paragraphs.
        stands_out: whether it tells of a problem.
    """

    query: str
    description: str = ""
    stands_out: bool = False


class NoAnswerError(Exception):
    """There is no answer; the text says why in a few words, such as `EOF`."""


if TYPE_CHECKING:
    Ask: TypeAlias = Callable[[Question], str]
    """Puts a question to a person. Raises `NoAnswerError`."""


INPUT_DISABLED: Final = "input is disabled"
"""Why there is no answer where nobody may be asked."""


def nobody(question: Question) -> str:
    """Answers no question at all: for programs that nobody watches.

    Raises:
        NoAnswerError: always.
    """
    raise NoAnswerError(INPUT_DISABLED)


def confirm(ask: Ask, question: Question) -> bool:
    """Whether the answer to a question is yes. What is neither yes nor no is asked again once, and then a no.

    Raises:
        NoAnswerError: there is no answer.
    """
    for _ in range(2):
        try:
            answer = ask(question).lower()
        except NoAnswerError as error:
            if str(error) == INPUT_DISABLED:
                raise
            raise NoAnswerError(f"Error asking for confirmation: {error}") from None
        if answer in ("yes", "no"):
            return answer == "yes"
    return False
