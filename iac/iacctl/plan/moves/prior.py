"""The prior state as a plan starts from it: with everything under its new address."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.plan.moves import implied
from iacctl.plan.planning import covers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iacctl.addrs import ResourceInstance
    from iacctl.diag import Diagnostics
    from iacctl.eval.world import World
    from iacctl.plan.model import Options, Target
    from iacctl.plan.moves.statements import Statement
    from iacctl_state.document import StateDocument


class MovedState(NamedTuple):
    """A state that moves were applied to.

    Attributes:
        state: the state with everything under its new address.
        origins: for each new address, the one in the state as it was.
        blocked: what could not move since there was something already: its address and the one wanted.
        statements: all moves.
    """

    state: StateDocument
    origins: Mapping[ResourceInstance, ResourceInstance] = {}
    blocked: Sequence[tuple[str, str]] = ()
    statements: Sequence[Statement] = ()


def find(world: World, state: StateDocument, options: Options) -> MovedState | None:
    """Apply all moves to the state.

    Returns:
        The state as the plan starts from it; None when an object cannot become one of another type, or when a move leads
        out of what is targeted, which has been reported.
    """
    root = world.config.root
    adjusted = implied.find(root, state)
    if not adjusted and not any(module.moved for module in root.walk()):
        return MovedState(state)
    from iacctl.plan.moves import applying, retyping, statements

    found = statements.with_implied(statements.explicit(root), adjusted)
    outcome = applying.apply(found, state)
    converted = retyping.convert(world, state, outcome)
    origins = {new: move.origin for new, move in outcome.moved.items()}
    if converted is None or (options.targets and not _targeted(origins, options.targets, world.diags)):
        return None
    if options.mode == "destroy" and is_refreshed(state, options):
        # What is read before everything is destroyed counts as the previous state: nobody speaks of old names any more.
        converted = applying.rename_dependencies(converted, origins)
        origins = {}
    return MovedState(converted, origins, outcome.blocked, found)


def is_refreshed(state: StateDocument, options: Options) -> bool:
    """Whether the plan is, or begins with, one that looks at the configuration: a destroying one only if it refreshes."""
    return options.mode != "destroy" or (options.refresh and not state.is_empty)


def _targeted(
    origins: Mapping[ResourceInstance, ResourceInstance], targets: Sequence[Target], diags: Diagnostics
) -> bool:
    """Whether targets cover both ends of every move; reported if not."""
    excluded = sorted(
        (
            address
            for address in {*origins, *origins.values()}
            if not any(covers(target, address) for target in targets)
        ),
        key=lambda address: address.order(),
    )
    if not excluded:
        return True
    from iacctl.values.set_hash import go_quoted

    resources = dict.fromkeys(str(address.resource()) for address in excluded)
    lines = "".join(f"\n  -target={go_quoted(text)}" for text in resources)
    diags.error(
        "Moved resource instances excluded by targeting",
        "Resource instances in your current state have moved to new addresses in the latest configuration. Terraform must "
        "include those resource instances while planning in order to ensure a correct result, but your -target=... options "
        "do not fully cover all of those resource instances.\n\nTo create a valid plan, either remove your -target=... "
        f"options altogether or add the following additional target options:{lines}\n\nNote that adding these options may "
        "include further additional resource instances in your plan, in order to respect object dependencies.",
    )
    return False


def hold(moved: MovedState, world: World, options: Options, before: int) -> bool:
    """Whether the moves make sense with what is declared, as known after the walk.

    If they do not, that alone is reported: other problems may come of it. What could not move is told of as a warning.

    Args:
        moved: the moves.
        world: the operation, everything expanded.
        options: what the plan was asked for.
        before: how many diagnostics there were before planning began.
    """
    if not moved.statements:
        return True
    if is_refreshed(moved.state, options):
        from iacctl.plan.moves import validation

        declared = validation.static(world.config.root) if options.mode == "destroy" else world.modules
        found = validation.check(moved.statements, declared)
        if found.has_errors:
            world.diags.cut(before)
            world.diags.extend(found)
            return False
    _warn_of_blocked(moved, world.diags)
    return True


def _warn_of_blocked(moved: MovedState, diags: Diagnostics) -> None:
    """Tell what could not move."""
    if not moved.blocked:
        return
    lines = "".join(f"\n  - {actual} could not move to {wanted}" for actual, wanted in moved.blocked)
    diags.warning(
        "Unresolved resource instance address changes",
        "Terraform tried to adjust resource instance addresses in the prior state based on change information recorded in "
        "the configuration, but some adjustments did not succeed due to existing objects already at the intended addresses:"
        f"{lines}\n\nTerraform has planned to destroy these objects. If Terraform's proposed changes aren't appropriate, you "
        'must first resolve the conflicts using the "terraform state" subcommands and then create a new plan.',
    )
