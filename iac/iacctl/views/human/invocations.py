"""Invocations of actions as text: below the change that triggers them, or by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.views.human.diff import build, nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.plan.invocations import ActionInvocation
    from iacctl.views.human.style import Style

_LEAD = " " * 8


def around_change(planned: Iterable[ActionInvocation], look: Style) -> str:
    """What is invoked before and after one change; empty if nothing is."""
    found = list(planned)
    parts: list[str] = []
    for word, before in (("before", True), ("after", False)):
        chosen = [item for item in found if item.trigger is not None and item.trigger.before is before]
        if chosen:
            parts.append(f"\n    # Actions to be invoked {word} this change in order:\n")
            parts.extend(_block(item, look) for item in chosen)
            parts.append("\n")
    return "".join(parts)


def by_address(planned: Iterable[ActionInvocation], look: Style) -> str:
    """What is invoked because it was asked for."""
    parts = ["\nTerraform will invoke the following action(s):\n\n"]
    parts.extend(
        f"  {look.bold}# {item.address}{look.reset} will be invoked{look.reset}\n{_block(item, look)}\n" for item in planned
    )
    return "".join(parts)


def _block(item: ActionInvocation, look: Style) -> str:
    address = item.address
    plain, _ = values.unmark(item.config)
    if values.is_null(plain):
        body = "{}"
    else:
        empty = values.null_of(item.schema.object_type)
        shown = nodes.draw(
            build.of_bodies(item.schema, empty, item.config), 0, nodes.Options(look, symbols=False)
        )
        body = f"\n{_LEAD}".join(shown.split("\n"))
    return f'    action "{address.type}" "{address.name}" {{\n{_LEAD}config {body}\n    }}\n'
