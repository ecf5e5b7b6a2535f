"""Trees drawn with lines, as `modules` and `providers` print them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iacctl.ops.inventory import CalledModule, Needs


class Branch(NamedTuple):
    """A line of a tree, and the branches below it."""

    text: str
    branches: Sequence[Branch] = ()


def drawn(branches: Sequence[Branch]) -> str:
    """The lines of a tree; its root is a dot."""
    lines = ["."]
    _draw(branches, "", lines)
    return "".join(f"{line}\n" for line in lines)


def _draw(branches: Sequence[Branch], indent: str, lines: list[str]) -> None:
    for number, branch in enumerate(branches, 1):
        is_last = number == len(branches)
        lines.append(f"{indent}{'└── ' if is_last else '├── '}{branch.text}")
        _draw(branch.branches, indent + ("    " if is_last else "│\u00a0\u00a0 "), lines)


def of_modules(modules: Sequence[CalledModule]) -> list[Branch]:
    """The branches for called modules."""
    found: list[Branch] = []
    for module in modules:
        text = f'"{module.name}"[{module.source}]'
        if module.version:
            text += f" {module.version}"
            if module.constraint:
                text += f" ({module.constraint})"
        found.append(Branch(text, of_modules(module.children)))
    return found


def of_needs(needs: Needs) -> list[Branch]:
    """The branches for what a configuration or a part of it needs."""
    found = [
        Branch(f"provider[{provider.source}]{' ' if provider.constraints else ''}{provider.constraints}")
        for provider in needs.providers
    ]
    return found + [Branch(child.name, of_needs(child)) for child in needs.children]
