"""A plan as text: drift, changes of resources, the summary, changes of outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.plan import changes
from iacctl.values import SENSITIVE, is_null, mark
from iacctl.views.human.diff import build, nodes
from iacctl.views.human.diff.containers import attribute_name
from iacctl.views.human.diff.parts import ABSENT
from iacctl.views.human.headings import heading
from iacctl.views.human.style import horizontal_rule, style, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iacctl.addrs import ResourceInstance
    from iacctl.plan.changes import Action, OutputChange, ResourceChange
    from iacctl.plan.invocations import ActionInvocation
    from iacctl.plan.model import Plan
    from iacctl.values.paths import Path
    from iacctl.views.human.diff.nodes import Node, Options
    from iacctl.views.human.diff.parts import Part
    from iacctl.views.human.style import Style

_LEGEND: Final[tuple[tuple[Action, str], ...]] = (
    (changes.CREATE, "create"),
    (changes.UPDATE, "update in-place"),
    (changes.DELETE, "destroy"),
    (changes.DELETE_THEN_CREATE, "destroy and then create replacement"),
    (changes.CREATE_THEN_DELETE, "create replacement and then destroy"),
    (changes.CREATE_THEN_FORGET, "create replacement and then forget"),
    (changes.READ, "read (data resources)"),
)


class Shown:
    """The parts of a plan that are shown, worked out once.

    Attributes:
        changes: changes of resources worth showing.
        drift: what happened outside of Terraform and is worth showing, with its difference.
        outputs: differences of output values by name, also of those that stay.
    """

    __slots__ = ("_nodes", "changes", "drift", "outputs")

    def __init__(self, plan: Plan) -> None:
        self.changes = [change for change in plan.changes if _is_shown(change)]
        self.outputs = {name: output_difference(item) for name, item in sorted(plan.outputs.items())}
        self._nodes: list[Node] | None = None
        self.drift: list[tuple[ResourceChange, Node]] = []
        if plan.drift:
            self._nodes = [difference(change) for change in self.changes]
            if plan.options.mode == "refresh-only" or not self._is_empty():
                self.drift = list(_relevant_drift(plan))

    def _is_empty(self) -> bool:
        assert self._nodes is not None
        pairs = zip(self.changes, self._nodes, strict=True)
        return not any(
            node.action != changes.NO_OP or change.moved or change.importing is not None for change, node in pairs
        ) and not any(node.action != changes.NO_OP for node in self.outputs.values())

    def differences(self) -> Iterable[tuple[ResourceChange, Node]]:
        """The changes with their differences."""
        if self._nodes is not None:
            return zip(self.changes, self._nodes, strict=True)
        return ((change, difference(change)) for change in self.changes)

    @property
    def changed_outputs(self) -> dict[str, Node]:
        """The differences of output values that change."""
        return {name: node for name, node in self.outputs.items() if node.action != changes.NO_OP}


def _is_shown(change: ResourceChange) -> bool:
    if change.action == changes.NO_OP:
        return change.moved or change.importing is not None
    return change.action != changes.DELETE or change.address.mode == "managed"


def difference(change: ResourceChange, relevant: Sequence[Path] | None = None) -> Node:
    """The difference that a change makes.

    Args:
        change: the change.
        relevant: the only paths whose differences are to be seen; None for all.
    """
    after = change.before if change.action == changes.FORGET else change.after
    return build.of_bodies(change.schema.block, change.before, after, change.replace_paths, relevant)


def output_difference(change: OutputChange) -> Node:
    """The difference of an output value."""
    before: Part = ABSENT if change.action == changes.CREATE else change.before
    after: Part = ABSENT if change.action == changes.DELETE or _ends(change) else change.after
    if change.before_sensitive and before is not ABSENT:
        before = mark(change.before, (SENSITIVE,))
    if change.sensitive and after is not ABSENT:
        after = mark(change.after, (SENSITIVE,))
    return build.of_any(before, after)


def _ends(change: OutputChange) -> bool:
    """Whether an output value becomes null, which is as good as none."""
    return is_null(change.after) and not is_null(change.before)


def _relevant_drift(plan: Plan) -> Iterable[tuple[ResourceChange, Node]]:
    """The drift of what the plan was derived from, or all for a plan that only takes it over."""
    if plan.options.mode == "refresh-only":
        for change in plan.drift:
            yield change, difference(change)
        return
    relevant: dict[str, list[Path]] = {}
    for attribute in plan.relevant_attributes:
        relevant.setdefault(str(attribute.resource), []).append(attribute.path)
    for change in plan.drift:
        paths = relevant.get(str(change.address))
        if paths is None:
            continue
        node = difference(change, paths)
        if node.action != changes.NO_OP:
            yield change, node


def text(plan: Plan, *, color: bool, columns: int, automation: bool = False) -> str:
    """The plan as Terraform prints it.

    Args:
        plan: the plan.
        color: whether to colour.
        columns: the width that paragraphs are broken at.
        automation: whether to leave out which command to type next.
    """
    look = style(color)
    options = nodes.Options(look)
    shown = Shown(plan)
    parts: list[str] = []
    drift = _drift(plan, shown, options, parts, columns)
    outputs = _outputs(shown, options)
    if not shown.changes and not outputs and not plan.invocations:
        _no_changes(plan, drift, look, columns, automation, parts)
        return "".join(parts)
    if drift:
        parts.append(horizontal_rule(color, columns))
    counts = count_actions(shown.changes)
    if counts:
        parts.append(
            wrap(
                "\nTerraform used the selected providers to generate the following execution plan. Resource actions are "
                "indicated with the following symbols:",
                columns,
            )
            + "\n"
        )
        parts.extend(f"{look.words[action]} {word}{look.reset}\n" for action, word in _LEGEND if counts.get(action))
    if shown.changes or plan.invocations:
        intro = (
            "Terraform planned the following actions, but then encountered a problem:"
            if plan.errored
            else "Terraform will perform the following actions:"
        )
        parts.append(f"\n{intro}\n")
        invoked = _triggered(plan)
        for change, node in shown.differences():
            parts.append(f"\n{change_text(change, node, options)}\n")
            if change.address in invoked and change.deposed is None:
                from iacctl.views.human.invocations import around_change

                parts.append(around_change(invoked[change.address], look))
        actions = f" Actions: {len(plan.invocations)} to invoke." if plan.invocations else ""
        parts.append(f"\n{look.bold}Plan:{look.reset} {look.reset}{summary(shown.changes)}{actions}\n")
    if plan.options.invoke and plan.invocations:
        from iacctl.views.human.invocations import by_address

        parts.append(by_address(plan.invocations, look))
    if outputs:
        parts.append(f"\nChanges to Outputs:\n{outputs}\n")
        if not counts:
            parts.append(
                wrap(
                    "\nYou can apply this plan to save these new output values to the Terraform state, without changing "
                    "any real infrastructure.",
                    columns,
                )
                + "\n"
            )
    return "".join(parts)


def _triggered(plan: Plan) -> dict[ResourceInstance, list[ActionInvocation]]:
    """The invocations that changes trigger, by the instance that is changed."""
    found: dict[ResourceInstance, list[ActionInvocation]] = {}
    for item in plan.invocations:
        if item.trigger is not None:
            found.setdefault(item.trigger.resource, []).append(item)
    return found


def change_text(change: ResourceChange, node: Node, options: Options, *, drift: bool = False) -> str:
    """A change of a resource: its heading and its difference."""
    look = options.style
    if change.importing is not None:
        options = options.showing_all
    keyword = "data" if change.address.mode == "data" else "resource"
    header = f'{look.symbols[change.action]}{keyword} "{change.address.type}" "{change.address.name}" '
    return f"{heading(change, look, drift=drift)}{header}{nodes.draw(node, 0, options)}"


def count_actions(shown: Iterable[ResourceChange]) -> dict[Action, int]:
    """How often each action occurs, leaving out those that do nothing."""
    counts: dict[Action, int] = {}
    for change in shown:
        if change.action != changes.NO_OP:
            counts[change.action] = counts.get(change.action, 0) + 1
    return counts


def summary(shown: Iterable[ResourceChange]) -> str:
    """`1 to add, 0 to change, 0 to destroy.`"""
    found = list(shown)
    counts = count_actions(found)
    replaced = sum(counts.get(action, 0) for action in (changes.DELETE_THEN_CREATE, changes.CREATE_THEN_DELETE))
    added = counts.get(changes.CREATE, 0) + counts.get(changes.CREATE_THEN_FORGET, 0) + replaced
    changed = counts.get(changes.UPDATE, 0)
    destroyed = counts.get(changes.DELETE, 0) + replaced
    imported = sum(change.importing is not None for change in found)
    prefix = f"{imported} to import, " if imported else ""
    return f"{prefix}{added} to add, {changed} to change, {destroyed} to destroy."


def _drift(plan: Plan, shown: Shown, options: Options, parts: list[str], columns: int) -> bool:
    """Add what happened outside of Terraform; whether there is any."""
    if not shown.drift:
        return False
    look = options.style
    parts.append(
        f"\n{look.bold}{look.cyan}Note:{look.reset}{look.bold} Objects have changed outside of Terraform\n{look.reset}\n"
    )
    parts.append(
        wrap(
            'Terraform detected the following changes made outside of Terraform since the last "terraform apply" which may '
            "have affected this plan:\n",
            columns,
        )
    )
    for change, node in shown.drift:
        if change.action != changes.NO_OP or change.moved:
            parts.append(f"\n{change_text(change, node, options, drift=True)}\n")
    if plan.options.mode == "refresh-only":
        closing = (
            "\n\nThis is a refresh-only plan, so Terraform will not take any actions to undo these. If you were expecting "
            "these changes then you can apply this plan to record the updated values in the Terraform state without "
            "changing any remote objects."
        )
    else:
        closing = (
            "\n\nUnless you have made equivalent changes to your configuration, or ignored the relevant attributes using "
            "ignore_changes, the following plan may include actions to undo or respond to these changes."
        )
    parts.append(wrap(closing, columns) + "\n")
    return True


def _outputs(shown: Shown, options: Options) -> str:
    """The lines of output values that change."""
    changed = shown.changed_outputs
    if not changed:
        return ""
    labels = {name: attribute_name(name) for name in shown.outputs}
    width = max(len(label.encode()) for label in labels.values())
    symbols = options.style.symbols
    return "\n".join(
        f"{symbols[node.action]}{labels[name]:<{width}} = {nodes.draw(node, 0, options)}"
        for name, node in changed.items()
    )


_NOTHING: Final = {
    "normal": (
        "Your infrastructure matches the configuration.",
        "Terraform has compared your real infrastructure against your configuration and found no differences, so no changes "
        "are needed.",
    ),
    "refresh-only": (
        "Your infrastructure still matches the configuration.",
        "Terraform has checked that the real remote objects still match the result of your most recent changes, and found no "
        "differences.",
    ),
    "destroy": (
        "No objects need to be destroyed.",
        "Either you have not created any objects yet or the existing objects were already deleted outside of Terraform.",
    ),
}


def _no_changes(plan: Plan, drift: bool, look: Style, columns: int, automation: bool, parts: list[str]) -> None:
    """Add what is said of a plan that changes nothing."""
    bold, end = look.bold, look.reset
    mode = plan.options.mode
    if plan.errored:
        if drift:
            parts.append(horizontal_rule(look.color, columns))
        parts.append(
            f"\n{end}{bold}{look.red}Planning failed.{end}{bold} Terraform encountered an error while generating this "
            f"plan.{end}\n\n{end}"
        )
        return
    if drift:
        if mode == "refresh-only":
            return
        parts.append(horizontal_rule(look.color, columns))
    short, long = _NOTHING[mode]
    parts.append(f"\n{end}{bold}{look.green}No changes.{end}{bold} {short}{end}\n\n{end}")
    if drift and mode == "normal":
        if plan.applyable:
            long = (
                "Your configuration already applies the changes detected above, so applying this plan will only update the "
                "Terraform state to include the changes detected above and won't change any real infrastructure."
            )
        else:
            ending = "." if automation else ":\n  terraform apply -refresh-only"
            long = (
                "Your configuration already applies the changes detected above. If you'd like to update the Terraform state "
                f"to match, create and apply a refresh-only plan{ending}"
            )
    parts.append(wrap(long, columns) + "\n")
