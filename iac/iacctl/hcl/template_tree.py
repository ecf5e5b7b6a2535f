"""Nesting the parts of a template by its directives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag.source import Range
from iacctl.hcl.ast import Expression, Invalid, Literal, Template, TemplateFor, TemplateIf
from iacctl.hcl.normalization import nfc
from iacctl.hcl.template_parts import Directive, Interpolation, Part, Text, melded

if TYPE_CHECKING:
    from iacctl.hcl.reader import Reader


class Tree:
    """Nests the parts of a template by its directives."""

    __slots__ = ("at", "last", "parts", "reader")

    def __init__(self, reader: Reader, parts: list[Part], last: int) -> None:
        self.reader = reader
        self.parts = melded(parts)
        self.last = last
        self.at = 0

    def root(self) -> tuple[Expression, ...]:
        """All parts."""
        items: list[Expression] = []
        while self.at < len(self.parts):
            items.append(self._item())
        return tuple(items)

    def _item(self) -> Expression:
        part = self.parts[self.at]
        self.at += 1
        file = self.reader.file
        if type(part) is Text:
            return Literal(file, part.start, part.end, nfc(part.value))
        if type(part) is Interpolation:
            return part.expression
        assert type(part) is Directive
        if part.keyword == "if":
            return self._if(part)
        if part.keyword == "for":
            return self._for(part)
        return self._unexpected(part, "The control directives within this template are unbalanced.")

    def _unexpected(self, part: Directive, detail: str) -> Expression:
        place = Range(self.reader.file, part.start, part.end)
        self.reader.report(f"Unexpected {part.keyword} directive", detail, place)
        return Invalid(place.file, place.start, place.end)

    def _unfinished(self, opening: Directive, wanted: str) -> Expression:
        place = Range(self.reader.file, opening.start, opening.end)
        end = self.reader.range_of(self.last)
        detail = f"The {opening.keyword} directive at {place} is missing its corresponding {wanted} directive."
        self.reader.report("Unexpected end of template", detail, end)
        return Invalid(end.file, end.start, end.end)

    def _if(self, opening: Directive) -> Expression:
        place = Range(self.reader.file, opening.start, opening.end)
        then: list[Expression] = []
        otherwise: list[Expression] | None = None
        while True:
            if self.at == len(self.parts):
                return self._unfinished(opening, "endif")
            part = self.parts[self.at]
            if type(part) is not Directive or part.keyword in ("if", "for"):
                (then if otherwise is None else otherwise).append(self._item())
                continue
            self.at += 1
            if part.keyword == "else":
                if otherwise is not None:
                    return self._unexpected(part, f"Already in the else clause for the if started at {place}.")
                otherwise = []
            elif part.keyword == "endif":
                break
            else:
                return self._unexpected(part, f"Expecting an endif directive for the if started at {place}.")
        assert opening.expression is not None
        return TemplateIf(
            place.file,
            opening.start,
            part.end,
            opening.expression,
            self._branch(then, opening.end),
            self._branch(otherwise or [], part.start),
        )

    def _for(self, opening: Directive) -> Expression:
        body: list[Expression] = []
        while True:
            if self.at == len(self.parts):
                return self._unfinished(opening, "endfor")
            part = self.parts[self.at]
            if type(part) is not Directive or part.keyword in ("if", "for"):
                body.append(self._item())
                continue
            self.at += 1
            if part.keyword == "endfor":
                break
            if part.keyword == "else":
                return self._unexpected(part, "An else clause is not expected for a for directive.")
            place = Range(self.reader.file, opening.start, opening.end)
            return self._unexpected(
                part, f"Expecting an endfor directive corresponding to the for directive at {place}."
            )
        assert opening.expression is not None
        return TemplateFor(
            self.reader.file,
            opening.start,
            part.end,
            *opening.names,
            opening.expression,
            self._branch(body, opening.end),
        )

    def _branch(self, items: list[Expression], empty_at: int) -> Template:
        file = self.reader.file
        if not items:
            items = [Literal(file, empty_at, empty_at, "")]
        return Template(file, items[0].start, items[-1].end, tuple(items))
