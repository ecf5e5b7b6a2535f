"""A reference written in a string: `"aws_instance.a[0].id"`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.hcl.ast import AttributeStep, IndexStep, Literal, ScopeTraversal
from iacctl.hcl.normalization import nfc
from iacctl.hcl.parser import BodyReader

if TYPE_CHECKING:
    from iacctl.diag.diagnostics import Diagnostics
    from iacctl.diag.source import SourceFile
    from iacctl.hcl.ast import Constant, Step


def parse_traversal(
    file: SourceFile, diagnostics: Diagnostics, start: int = 0, end: int | None = None
) -> ScopeTraversal | None:
    """The traversal that a file, or the part of it from `start` to `end`, holds and nothing else.

    Unlike in an expression, an index is a literal number or string, and `.0` is none. After an error this gives what
    was understood before it; None if that is not even a name.
    """
    reader = _TraversalReader(file, "expression", start, end)
    traversal = reader.traversal()
    diagnostics.extend(reader.problems)
    return traversal


class _TraversalReader(BodyReader):
    __slots__ = ()

    def traversal(self) -> ScopeTraversal | None:
        token = self.at
        if self.kinds[token] != "id":
            self.error("Variable name required", "Must begin with a variable name.", token)
            return None
        self.split(token)
        self.at += 1
        start, end = self.starts[token], self.ends[token]
        root = self.text[start:end]
        steps: list[Step] = []
        while self.kinds[self.at] != "eof":
            kind = self.kinds[self.at]
            if kind == ".":
                step: Step | None = self._attribute_step()
            elif kind == "[":
                step = self._index_step()
            else:
                self.error("Invalid character", "Expected an attribute access or an index operator.", self.at)
                break
            if step is None:
                break
            steps.append(step)
            end = step.end
        return ScopeTraversal(self.file, start, end, root, tuple(steps))

    def _attribute_step(self) -> AttributeStep | None:
        dot = self.take()
        name = self.at
        if self.kinds[name] != "id":
            detail = "Dot must be followed by attribute name."
            if self.kinds[name] == "*":
                detail = "Splat expressions (.*) may not be used here."
            self.error("Attribute name required", detail, name)
            return None
        self.split(name)
        self.at += 1
        text = self.text[self.starts[name] : self.ends[name]]
        return AttributeStep(self.file, self.starts[dot], self.ends[name], text)

    def _index_step(self) -> IndexStep | None:
        opening = self.take()
        token = self.at
        kind = self.kinds[token]
        key: Constant
        if kind == "num":
            number = self.number(token)
            self.at += 1
            key = number.value if type(number) is Literal else 0
        elif kind == "str":
            key = nfc(self.text[self.starts[token] + 1 : self.ends[token] - 1])
            self.at += 1
        elif kind == "oq":
            key = nfc(self.quoted_text()[0])
        elif kind == "*":
            self.error("Attribute name required", "Splat expressions ([*]) may not be used here.", token)
            return None
        else:
            detail = "Index brackets must contain either a literal number or a literal string."
            self.error("Index value required", detail, token)
            return None
        closing = self.at
        if self.kinds[closing] != "]":
            self.error("Unclosed index brackets", "Index key must be followed by a closing bracket.", closing)
            return None
        self.at += 1
        return IndexStep(self.file, self.starts[opening], self.ends[closing], key)
