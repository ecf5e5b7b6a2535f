"""The frozen plan: what `plan` makes, views show, plan files keep and `apply` carries out."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from iacctl.plan import changes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iacctl.addrs import AbsResource, ModuleInstance, ResourceInstance
    from iacctl.addrs.actions import AbsAction, ActionInstance
    from iacctl.config.model import Config
    from iacctl.plan.generated_text import Generated
    from iacctl.plan.invocations import ActionInvocation
    from iacctl.values import Value
    from iacctl.values.paths import Path
    from iacctl_state.document import StateDocument

Mode: TypeAlias = Literal["normal", "destroy", "refresh-only"]

Target: TypeAlias = "ModuleInstance | AbsResource | ResourceInstance"


class Options(NamedTuple):
    """What a plan was asked for.

    Attributes:
        mode: an ordinary plan, one that destroys everything, or one that only takes over drift.
        refresh: whether objects are read first.
        targets: only these and what they depend on.
        replace: instances to replace although nothing else asks for it.
        parallelism: how many provider calls may run at once.
        invoke: actions to invoke, in a plan that only refreshes what they need.
        imports: objects to take over besides those of import blocks, by the addresses that they are to have and their ids.
        generate_into: the path of a file for configuration of imported objects that have none; empty to write none.
    """

    mode: Mode = "normal"
    refresh: bool = True
    targets: tuple[Target, ...] = ()
    replace: tuple[ResourceInstance, ...] = ()
    parallelism: int = 10
    invoke: tuple[AbsAction | ActionInstance, ...] = ()
    generate_into: str = ""
    imports: tuple[tuple[ResourceInstance, str], ...] = ()


class RelevantAttribute(NamedTuple):
    """An attribute that something in the plan was derived from; drift of others is not worth showing."""

    resource: ResourceInstance | AbsResource
    path: Path


class Plan(NamedTuple):
    """Everything that was decided. Nothing in it changes afterwards.

    Attributes:
        options: what was asked for.
        config: the configuration that it was made from.
        variables: values of root input variables that were given, by name.
        previous_state: the state before anything was read.
        prior_state: the state after objects were read, which `changes` start from.
        changes: one entry for each object of each instance, also where nothing is to be done, in address order.
        drift: what `prior_state` and `previous_state` differ in.
        outputs: changes of root output values by name.
        checks: results of conditions and check blocks as known at plan time.
        relevant_attributes: what the plan's changes were derived from; worked out when it is looked at.
        timestamp: RFC 3339 time that `plantimestamp()` gives.
        errored: planning failed; the rest is what was found out until then.
        complete: applying this brings everything into the wanted state.
        workspace: the workspace that the state is of.
        altered: whether reading has changed anything that the state holds of managed resources.
        settled_intents: announcements of an interrupted apply of which is known by now what came of them.
        function_results: what functions gave that look at files or ask a provider, as digests (see `FunctionResults`).
        invocations: of actions, in the order in which they are listed.
        generated: configuration written for imported objects, in the order of addresses; not kept in plan files.
    """

    options: Options
    config: Config
    variables: dict[str, Value]
    previous_state: StateDocument
    prior_state: StateDocument
    changes: tuple[changes.ResourceChange, ...]
    drift: tuple[changes.ResourceChange, ...]
    outputs: dict[str, changes.OutputChange]
    checks: tuple[changes.CheckResult, ...]
    relevant_attributes: Sequence[RelevantAttribute]
    timestamp: str
    errored: bool = False
    complete: bool = True
    workspace: str = "default"
    settled_intents: tuple[str, ...] = ()
    function_results: Mapping[str, str] = MappingProxyType({})
    invocations: tuple[ActionInvocation, ...] = ()
    generated: tuple[Generated, ...] = ()
    altered: bool = False

    @property
    def has_changes(self) -> bool:
        """Whether applying would change any object or any output value."""
        return self.has_resource_changes or any(item.action != changes.NO_OP for item in self.outputs.values())

    @property
    def has_resource_changes(self) -> bool:
        """Whether applying would change, import or move any object."""
        return any(item.action != changes.NO_OP or item.moved or item.importing for item in self.changes)

    @property
    def applyable(self) -> bool:
        """Whether there is anything for an apply to do."""
        if self.errored:
            return False
        if self.settled_intents or self.invocations:
            return True
        if self.options.mode == "refresh-only":
            # Moves alone do not count, although applying the plan records them.
            return self.altered or any(item.action != changes.NO_OP for item in self.outputs.values())
        return self.has_changes
