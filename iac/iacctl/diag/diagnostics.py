"""A diagnostic and its collector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iacctl.diag.source import Range

Severity = Literal["error", "warning"]
ERROR: Final = "error"
WARNING: Final = "warning"
ALONE: Final = "alone"
"""The tag of warnings that are shown each by itself, however similar they are."""

DEPRECATION: Final = "deprecation"
"""The tag of warnings of deprecated variables and values."""


class FunctionCallNote(NamedTuple):
    """Which call of a function failed: the name it was called by and the function's signature.

    `signature` is the function's entry in `metadata functions -json` with its `name` added, or None if unknown.
    """

    called_as: str
    signature: Mapping[str, Any] | None = None


class Comparison(NamedTuple):
    """The sides of a comparison that failed, as JSON text, and what is to be said of them (or an empty text)."""

    left: str
    right: str
    warning: str = ""


class Diagnostic(NamedTuple):
    """One problem.

    Attributes:
        severity: `"error"` or `"warning"`.
        summary: one short line without a full stop.
        detail: full sentences; may have several paragraphs.
        subject: the source text at fault.
        context: the wider source text to quote around `subject`.
        values: what the references in the failing expression hold, as (reference, statement) with the statement in the
            words Terraform prints: `("var.a", 'is "abc"')`.
        address: the resource instance concerned, for problems that have no place in the source.
        attribute_path: the argument a provider complained about, as attribute names and index keys; whoever knows the
            resource's body turns it into a `subject`.
        function_call: the function call that failed.
        checked: for failed conditions, the kind and address of the object that they are conditions of.
        comparison: for failed assertions of tests that compare, what was compared.
        origin: what a deprecated value that was used comes from.
        tag: names the kind of problem for code that must recognise it; never shown.
    """

    severity: Severity
    summary: str
    detail: str = ""
    subject: Range | None = None
    context: Range | None = None
    values: tuple[tuple[str, str], ...] = ()
    address: str | None = None
    attribute_path: tuple[object, ...] = ()
    function_call: FunctionCallNote | None = None
    tag: str | None = None
    checked: tuple[str, str] | None = None
    comparison: Comparison | None = None
    origin: str = ""

    def __str__(self) -> str:
        place = f"{self.subject}: " if self.subject else ""
        return f"{place}{self.summary}; {self.detail}" if self.detail else f"{place}{self.summary}"


class Diagnostics:
    """Problems in the order in which they were found."""

    __slots__ = ("_items",)

    def __init__(self, items: Iterable[Diagnostic] = ()) -> None:
        self._items: list[Diagnostic] = list(items)

    def error(self, summary: str, detail: str = "", subject: Range | None = None, **more: Any) -> None:
        """Add an error; `more` are further fields of `Diagnostic`."""
        self._items.append(Diagnostic("error", summary, detail, subject, **more))

    def warning(self, summary: str, detail: str = "", subject: Range | None = None, **more: Any) -> None:
        """Add a warning; `more` are further fields of `Diagnostic`."""
        self._items.append(Diagnostic("warning", summary, detail, subject, **more))

    def append(self, diagnostic: Diagnostic) -> None:
        """Add one."""
        self._items.append(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add several."""
        self._items.extend(diagnostics)

    def cut(self, length: int) -> list[Diagnostic]:
        """Remove and return everything behind the first `length` problems."""
        removed = self._items[length:]
        del self._items[length:]
        return removed

    def drop_repeated(self, start: int = 0) -> None:
        """Of errors that say the same of the same place, keep the first, as where every instance of a block has it.

        Those stay that Terraform tells more of than their text: failed conditions and function calls, and values that cannot
        be used since they are unknown or sensitive (which have a `tag`).
        """
        seen: set[tuple[object, ...]] = set()
        kept: list[Diagnostic] = []
        for item in self._items[start:]:
            place = item.subject
            plain = item.tag in (None, ALONE) and item.function_call is None and item.checked is None
            if plain and place is not None and item.severity == "error":
                key = (item.summary, item.detail, id(place.file), place.start, place.end)
                if key in seen:
                    continue
                seen.add(key)
            kept.append(item)
        self._items[start:] = kept

    @property
    def has_errors(self) -> bool:
        """Whether there is any error."""
        return any(item.severity == "error" for item in self._items)

    @property
    def errors(self) -> list[Diagnostic]:
        """The errors alone."""
        return [item for item in self._items if item.severity == "error"]

    def raise_errors(self) -> None:
        """Raise `DiagnosticError` with everything gathered so far if there is an error."""
        if self.has_errors:
            raise DiagnosticError(self)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int) -> Diagnostic:
        return self._items[index]

    def __repr__(self) -> str:
        return f"Diagnostics({self._items!r})"


class DiagnosticError(Exception):
    """Carries diagnostics through code that cannot go on, to the nearest place that reports them."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = diagnostics if isinstance(diagnostics, Diagnostics) else Diagnostics(diagnostics)
        super().__init__("; ".join(str(item) for item in self.diagnostics))
