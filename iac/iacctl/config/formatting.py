"""Files in canonical form: the layout of `hcl.formatting`, and what `terraform fmt` rewrites besides.

* Labels of blocks are quoted; comments before and between them are dropped.
* `x = "${y}"`: a string that is one interpolation gives way to what is in it.
* `type = "list"` in a variable: types in the notation of Terraform 0.11 are put in today's.

Where Terraform would drop something (a label with a dollar or per cent sign, an index that is `true`, `false` or `null`) or
break an expression over several lines, this does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.addrs import quote
from iacctl.hcl.formatting.layout import laid_out
from iacctl.hcl.formatting.spacing import CLOSING, OPENING
from iacctl.hcl.formatting.tokens import Token, Tokens, scan
from iacctl.hcl.native_body import NativeBody
from iacctl.hcl.normalization import nfc
from iacctl.hcl.parser import parse_config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iacctl.diag import Diagnostics, SourceFile
    from iacctl.hcl.ast import Attribute

    Edit = tuple[int, int, Sequence[Token]]

_WORD_TYPES: Final = {"list": "list(any)", "map": "map(any)", "set": "set(any)"}
_QUOTED_TYPES: Final = {'"string"': "string", '"list"': "list(string)", '"map"': "map(string)"}
_NEWLINE: Final = frozenset(("nl", "note"))


def formatted(file: SourceFile, diagnostics: Diagnostics) -> str | None:
    """The text of a configuration file in native syntax in canonical form; None if it has errors, which are reported."""
    body = parse_config(file, diagnostics)
    if diagnostics.has_errors:
        return None
    tokens = scan(file)
    tokens.replace(_edits(body, tokens))
    return laid_out(tokens)


def _edits(body: NativeBody, tokens: Tokens) -> list[Edit]:
    """What there is to rewrite in a body and those within it."""
    edits: list[Edit] = []
    pending: list[tuple[NativeBody, int, bool]] = [(body, 0, False)]
    while pending:
        body, depth, in_variable = pending.pop()
        for name, attribute in body.attributes.items():
            of_type = in_variable and name == "type"
            edit = _type_edit(attribute, tokens) if of_type else _value_edit(attribute, tokens)
            if edit is not None:
                edits.append(edit)
        for block in body.blocks:
            if block.labels:
                start, end = tokens.span(block.type_end, block.label_spans[-1][1])
                edits.append((start, end, [Token("str", quote(nfc(label))) for label in block.labels]))
            if type(block.body) is NativeBody:
                pending.append((block.body, depth + 1, not depth and block.type == "variable"))
    return edits


def _type_edit(attribute: Attribute, tokens: Tokens) -> Edit | None:
    start, end = tokens.span(attribute.expression.start, attribute.expression.end)
    if end - start != 1:
        return None
    text = tokens.texts[start]
    today = _WORD_TYPES.get(text) or _QUOTED_TYPES.get(text)
    return (start, end, [Token("id", today)]) if today else None


def _value_edit(attribute: Attribute, tokens: Tokens) -> Edit | None:
    text = attribute.file.text
    expression = attribute.expression
    if not text.startswith('"${', expression.start) or not text.startswith('}"', expression.end - 2):
        return None
    start, end = tokens.span(expression.start, expression.end)
    kinds, texts = tokens.kinds[start:end], tokens.texts[start:end]
    if len(kinds) < 5 or kinds[0] != "oq" or kinds[1] != "ti" or kinds[-2] != "te" or not _is_single(kinds[2:-2]):
        return None
    first, last = 2, len(kinds) - 2
    while first < last and kinds[first] == "nl":
        first += 1
    while last > first and kinds[last - 1] == "nl":
        last -= 1
    inner = [Token(kind, part) for kind, part in zip(kinds[first:last], texts[first:last], strict=True)]
    parenthesized = inner[0].kind == "(" and inner[-1].kind == ")"
    if ("nl" in kinds[first:last] and not parenthesized) or _is_broken(inner[:-1]):
        inner = [Token("(", "("), *inner, Token(")", ")")]
    return start, end, inner


def _is_single(kinds: Sequence[str]) -> bool:
    """Whether the tokens of a string between its first `${` and its last brace belong together."""
    quotes = 0
    for kind in kinds:
        if kind == "oq":
            quotes += 1
        elif kind == "cq":
            quotes -= 1
        elif not quotes and kind in ("ti", "te", "ql"):
            return False
    return True


def _is_broken(tokens: Sequence[Token]) -> bool:
    """Whether there is a newline outside of all brackets, where it would end the argument."""
    depth = 0
    for token in tokens:
        if token.kind in OPENING:
            depth += 1
        elif token.kind in CLOSING:
            depth -= 1
        elif not depth and token.kind in _NEWLINE:
            return True
    return False
