"""Errors and warnings as text, with the source they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.diag import ALONE, ERROR, Diagnostic, snippet
from iacctl.views.human.style import style, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.diag import FunctionCallNote, Snippet
    from iacctl.views.human.style import Style
    from iacctl.views.terminal import Terminal


def show(
    found: Iterable[Diagnostic],
    terminal: Terminal,
    *,
    compact_warnings: bool = False,
    spaced: bool = False,
    verbose: bool = False,
) -> None:
    """Print diagnostics as Terraform's views do: errors to standard error, warnings to standard output.

    Args:
        found: the diagnostics, in any order.
        terminal: where to.
        compact_warnings: list warnings by their summaries alone, unless there are errors as well.
        spaced: put an empty line behind each, as Terraform's older commands do, which have no views.
        verbose: show both sides of comparisons that failed in full.
    """
    ordered = consolidated(in_order(found))
    if not ordered:
        return
    if compact_warnings and all(shown.item.severity != ERROR for shown in ordered):
        terminal.print(compact(ordered, color=terminal.color))
        return
    for shown in ordered:
        item = shown.item
        text = render(_counted(shown), color=terminal.color, columns=terminal.err_columns, verbose=verbose)
        if spaced:
            shade = "\x1b[31m" if item.severity == ERROR else "\x1b[33m"
            text = f"{shade}{text}\x1b[0m\x1b[0m\n" if terminal.color else f"{text}\n"
        if item.severity == ERROR:
            terminal.print_error(text)
        else:
            terminal.print(text)


def in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics in the order Terraform shows them: warnings first, those without a place first, then by file and place."""
    return sorted(found, key=_place)


def _place(item: Diagnostic) -> tuple[bool, bool, int, str, int, int]:
    subject = item.subject
    if subject is None:
        return (item.severity == ERROR, False, 0, "", 0, 0)
    name = subject.file.name
    return (item.severity == ERROR, True, name.count("/"), name, subject.start, subject.end)


class Shown(NamedTuple):
    """A diagnostic as it is shown, and how many warnings of the same summary it stands for as well."""

    item: Diagnostic
    others: int = 0


def consolidated(found: Iterable[Diagnostic]) -> list[Shown]:
    """Diagnostics with warnings of the same summary made one, which counts the others."""
    result: list[Shown] = []
    places: dict[str, int] = {}
    for item in found:
        if item.severity == ERROR or item.subject is None or item.tag == ALONE:
            result.append(Shown(item))
        elif item.summary in places:
            place = places[item.summary]
            result[place] = result[place]._replace(others=result[place].others + 1)
        else:
            places[item.summary] = len(result)
            result.append(Shown(item))
    return result


def _counted(shown: Shown) -> Diagnostic:
    """The diagnostic with a note on how many others it stands for."""
    item, more = shown
    if not more:
        return item
    note = f"(and {more} more similar warnings elsewhere)" if more > 1 else "(and one more similar warning elsewhere)"
    return item._replace(detail=f"{item.detail}\n\n{note}" if item.detail else note)


def compact(found: Iterable[Shown], *, color: bool) -> str:
    """Warnings by summary and place alone, as for `-compact-warnings`."""
    look = style(color)
    lines = [f"\n{look.bold}{look.yellow}Warnings:{look.reset}\n\n{look.reset}"]
    for item, others in found:
        lines.append(f"- {item.summary}\n")
        if item.subject is not None:
            more = f" (and {others} more)" if others else ""
            lines.append(f"  on {item.subject.file.name} line {item.subject.start_pos.line}{more}\n")
    lines.append("\nTo see the full warning notes, run Terraform without -compact-warnings.\n")
    return "".join(lines)


def render(item: Diagnostic, *, color: bool, columns: int, verbose: bool = False) -> str:
    """One diagnostic: with a rule on the left if in colour, else plain.

    Args:
        item: the diagnostic.
        color: whether to colour.
        columns: the width of the terminal.
        verbose: whether to show both sides of a comparison in full.
    """
    if not color:
        word = "Error" if item.severity == ERROR else "Warning"
        body = "".join(_source(item, style(False), verbose))
        return f"\n{word}: {item.summary}\n\n{body}{_detail(item, columns - 1)}"
    look = style(True)
    shade = look.red if item.severity == ERROR else look.yellow
    end = look.reset
    word = "Error: " if item.severity == ERROR else "Warning: "
    parts = [f"{look.bold}{shade}{word}{end}{end}{look.bold}{item.summary}{end}\n\n{end}"]
    parts.extend(_source(item, look, verbose))
    parts.append(_detail(item, columns - 3))
    text = "".join(parts)
    rule = f"{shade}│{end} {end}"
    lines = [f"{rule}{line}\n" for line in text.removesuffix("\n").split("\n")]
    return f"{shade}╷{end}{end}\n{''.join(lines)}{shade}╵{end}{end}\n"


def _detail(item: Diagnostic, width: int) -> str:
    if not item.detail:
        return ""
    return f"{wrap(item.detail, width + 1)}\n"


def _source(item: Diagnostic, look: Style, verbose: bool = False) -> list[str]:
    """The lines that say where the problem is, and quote the source."""
    parts: list[str] = []
    if item.address is not None:
        parts.append(f"  with {item.address},\n")
    if item.subject is None:
        return [*parts, "\n"] if parts else parts
    quoted = snippet(item)
    enclosing = f", in {quoted.context}" if quoted is not None and quoted.context else ""
    parts.append(f"  on {item.subject.file.name} line {item.subject.start_pos.line}{enclosing}:\n")
    if quoted is None:
        return [*parts, "  (source code not available)\n", "\n"]
    parts.extend(
        f"{quoted.start_line + index:4}: {line}\n" for index, line in enumerate(_underlined(quoted, look).split("\n"))
    )
    if item.comparison is not None:
        from iacctl.views.human import comparisons

        parts.extend(comparisons.lines(item.comparison, look, verbose=verbose))
        if verbose:
            parts.extend(_statements(quoted, look))
    else:
        parts.extend(_values(item.function_call, quoted, look))
    parts.append("\n")
    if item.origin:
        parts.append(f"  The deprecation originates from {item.origin}\n\n")
    return parts


def _underlined(quoted: Snippet, look: Style) -> str:
    if not look.color:
        return quoted.code
    # The offsets count a byte that is not UTF-8 as one, in whose place the code has the replacement character.
    code = quoted.code.replace("\ufffd", "\udcff").encode(errors="surrogateescape")
    start = quoted.highlight_start_offset
    end = quoted.highlight_end_offset if quoted.highlight_end_offset >= start else min(start + 1, len(code))
    before, fault, after = (part.decode(errors="replace") for part in (code[:start], code[start:end], code[end:]))
    return f"{before}{look.underline}{fault}{look.reset}{after}{look.reset}"


def _values(call: FunctionCallNote | None, quoted: Snippet, look: Style) -> list[str]:
    """The lines that say what the references in the failing expression hold."""
    signature = call.signature if call is not None else None
    if not quoted.values and signature is None:
        return []
    end = look.reset
    parts = [f"    {look.gray}├────────────────{end}\n{end}"]
    rule = f"    {look.gray}│{end} "
    if call is not None and signature is not None:
        names = [parameter["name"] for parameter in signature.get("parameters", ())]
        if "variadic_parameter" in signature:
            names.append(f"{signature['variadic_parameter']['name']}...")
        parts.append(f"{rule}while calling {look.bold}{call.called_as}{end}({end}{', '.join(names)})\n")
    return parts + _statements(quoted, look)


def _statements(quoted: Snippet, look: Style) -> list[str]:
    """A line for each reference, or several for a value in full."""
    end = look.reset
    rule = f"    {look.gray}│{end} "
    parts: list[str] = []
    for name, statement in sorted(quoted.values):
        first, *more = statement.split("\n")
        parts.append(f"{rule}{look.bold}{name}{end} {first}\n{end}")
        parts.extend(f"{rule}  {line}\n{end}" for line in more)
    return parts
