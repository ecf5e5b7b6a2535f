"""The JSON variant of the syntax (`.tf.json`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.hcl.ast import Expression

if TYPE_CHECKING:
    from iacctl.diag.diagnostics import Diagnostics
    from iacctl.diag.source import SourceFile
    from iacctl.hcl.body import Body


class JsonExpression(Expression):
    """A JSON value where an expression is expected; strings in it are templates.

    `native(diagnostics)` gives the equivalent in native syntax, with the same ranges, and reports templates that cannot
    be parsed. HCL does so whenever the expression is evaluated, and not before.
    """

    __slots__ = ()

    def native(self, diagnostics: Diagnostics) -> Expression:
        """The equivalent expression in native syntax."""
        raise NotImplementedError


def parse_config(file: SourceFile, diagnostics: Diagnostics) -> Body:
    """The body of a configuration file in JSON syntax."""
    raise NotImplementedError
