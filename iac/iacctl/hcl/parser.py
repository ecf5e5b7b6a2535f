"""Native syntax to a syntax tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iacctl.diag.diagnostics import Diagnostics
    from iacctl.diag.source import SourceFile
    from iacctl.hcl.ast import Expression
    from iacctl.hcl.native_body import NativeBody


def parse_config(file: SourceFile, diagnostics: Diagnostics) -> NativeBody:
    """The body of a configuration file in native syntax.

    What cannot be understood is reported and left out (`Invalid` where an expression is needed).
    """
    raise NotImplementedError


def parse_expression(file: SourceFile, diagnostics: Diagnostics) -> Expression:
    """A file that holds one expression, such as a `-var` value or a line of `console`. Newlines have no meaning in it."""
    raise NotImplementedError


def parse_template(file: SourceFile, diagnostics: Diagnostics) -> Expression:
    """A file that is a template as a whole, as `templatefile` reads it."""
    raise NotImplementedError
