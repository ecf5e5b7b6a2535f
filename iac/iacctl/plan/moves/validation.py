"""Whether moves make sense with what the configuration declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Diagnostics
from iacctl.eval.data import SINGLE, Modules, ResourceData
from iacctl.plan.moves import statements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iacctl.config.model import Module, ModuleCall, Resource
    from iacctl.diag import Range
    from iacctl.eval.data import ModuleData
    from iacctl.plan.moves.endpoints import Absolute
    from iacctl.plan.moves.statements import Statement


def check(found: Sequence[Statement], declared: Modules) -> Diagnostics:
    """Report moves that contradict each other or what is declared, in Terraform's words.

    Args:
        found: all moves, implied ones included.
        declared: the instances that the configuration has.
    """
    diags = Diagnostics()
    sources: dict[Absolute, tuple[Absolute, Statement]] = {}
    targets: dict[Absolute, tuple[Absolute, Statement]] = {}
    for statement in found:
        if statement.implied:
            continue
        for module in declared.at(statement.from_.declared_in):
            from_ = statement.from_.within(module.address)
            to = statement.to.within(module.address)
            if from_ == to:
                diags.error(
                    "Redundant move statement",
                    f"This statement declares a move from {from_} to the same address, which is the same as not declaring "
                    "this move at all.",
                    statement.range,
                )
                continue
            _check_gone(statement, from_, to, declared, diags)
            _check_unique(statement, from_, to, sources, targets, diags)
    if not diags.has_errors:
        _check_cycles(found, diags)
    return diags


def static(root: Module) -> Modules:
    """What a configuration declares without any evaluation: the instances of what does not repeat."""
    declared = Modules(root)
    waiting = [declared.root]
    while waiting:
        data = waiting.pop()
        for key, resource in data.module.resources.items():
            if resource.count is None and resource.for_each is None:
                data.resources[key] = ResourceData(SINGLE)
                data.resources[key].set(None, None)
        for name in data.module.children:
            call = data.module.calls[name]
            if call.count is None and call.for_each is None:
                waiting.append(declared.add(data, name, None))
    return declared


def _noun(address: Absolute) -> tuple[str, str]:
    """What kind of thing an address is of, in full and in short."""
    if address.resource is None:
        return ("module call", "call") if address.whole else ("module instance", "instance")
    return ("resource", "resource") if address.whole else ("resource instance", "instance")


def _check_gone(statement: Statement, from_: Absolute, to: Absolute, declared: Modules, diags: Diagnostics) -> None:
    place = _declaration(from_, declared)
    if place is None:
        return
    noun, short = _noun(from_)
    diags.error(
        "Moved object still exists",
        f"This statement declares a move from {from_}, but that {noun} is still declared at {_start(place)}.\n\n"
        f"Change your configuration so that this {short} will be declared as {to} instead.",
        statement.range,
    )


def _declaration(address: Absolute, declared: Modules) -> Range | None:
    """Where the configuration says that there is such an object; None where it does not."""
    if address.resource is None:
        name = address.modules[-1][0]
        parent = declared.get(address.modules[:-1])
        call = parent.module.calls.get(name) if parent is not None else None
        if call is None:
            return None
        if address.whole:
            return call.range
        return _repetition(call) if declared.exists(address.modules) else None
    data = declared.get(address.modules)
    resource = data.module.resources.get(address.resource) if data is not None else None
    if data is None or resource is None:
        return None
    if address.whole:
        return resource.range
    return _repetition(resource) if _has_instance(data, address) else None


def _has_instance(data: ModuleData, address: Absolute) -> bool:
    assert address.resource is not None
    found = data.resources.get(address.resource)
    return found is not None and address.key in found.instances


def _repetition(block: Resource | ModuleCall) -> Range:
    """What says which instances a block has: `count`, `for_each`, or the block itself."""
    expression = block.count if block.count is not None else block.for_each
    return block.range if expression is None else expression.range


def _check_unique(
    statement: Statement,
    from_: Absolute,
    to: Absolute,
    sources: dict[Absolute, tuple[Absolute, Statement]],
    targets: dict[Absolute, tuple[Absolute, Statement]],
    diags: Diagnostics,
) -> None:
    noun, short = _noun(from_)
    other, earlier = sources.setdefault(from_, (to, statement))
    if other != to:
        diags.error(
            "Ambiguous move statements",
            f"A statement at {_start(earlier.range)} declared that {from_} moved to {other}, but this statement instead "
            f"declares that it moved to {to}.\n\nEach {noun} can move to only one destination {short}.",
            statement.range,
        )
    other, earlier = targets.setdefault(to, (from_, statement))
    if other != from_:
        diags.error(
            "Ambiguous move statements",
            f"A statement at {_start(earlier.range)} declared that {other} moved to {to}, but this statement instead "
            f"declares that {from_} moved there.\n\nEach {noun} can have moved from only one source {short}.",
            statement.range,
        )


def _check_cycles(found: Sequence[Statement], diags: Diagnostics) -> None:
    graph = statements.graph(found)
    if graph.order() is not None:
        return
    from iacctl.graph import analysis

    for component in analysis.components(graph):
        lines = "".join(f"\n  - {text}" for text in sorted(str(statement) for statement in component))
        diags.error(
            "Cyclic dependency in move statements",
            "The following chained move statements form a cycle, and so there is no final location to move objects to:"
            f"{lines}\n\nA chain of move statements must end with an address that doesn't appear in any other statements, "
            "and which typically also refers to an object still declared in the configuration.",
        )


def _start(place: Range) -> str:
    start = place.start_pos
    return f"{place.file.name}:{start.line},{start.column}"
