"""What `action` blocks and the `action_trigger` blocks of resources declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from iacctl.config.declarations import implied_provider_name

if TYPE_CHECKING:
    from iacctl.addrs import Provider
    from iacctl.config.declarations import ProviderRef
    from iacctl.diag import Range
    from iacctl.hcl.ast import Expression
    from iacctl.hcl.body import Body
    from iacctl.lang.references import Reference

ActionKey: TypeAlias = "tuple[str, str]"
"""Type and name: what tells the actions of one module apart."""

Event: TypeAlias = Literal["before_create", "after_create", "before_update", "after_update"]
EVENTS: Final[tuple[Event, ...]] = ("before_create", "after_create", "before_update", "after_update")


class Action:
    """An `action` block.

    Attributes:
        type: the action type.
        name: the name.
        config: the body of the `config` block; None if there is none.
        count: how many instances, or None.
        for_each: the collection with an instance for each element, or None.
        provider_ref: what the `provider` argument names, or None if it is missing.
        provider: the source address of the provider, through `required_providers` or implied by the type.
        range: the block's header.
        missing_range: where to say that something is missing.
    """

    __slots__ = (
        "config",
        "count",
        "for_each",
        "missing_range",
        "name",
        "provider",
        "provider_ref",
        "range",
        "type",
    )

    def __init__(self, type: str, name: str, range: Range) -> None:
        self.type = type
        self.name = name
        self.range = range
        self.missing_range = range
        self.config: Body | None = None
        self.count: Expression | None = None
        self.for_each: Expression | None = None
        self.provider_ref: ProviderRef | None = None
        self.provider: Provider = None  # type: ignore[assignment]  # set once the module's required_providers are known

    @property
    def key(self) -> ActionKey:
        """The key in `Module.actions`."""
        return (self.type, self.name)

    @property
    def provider_config_key(self) -> tuple[str, str | None]:
        """Local name and alias of the provider configuration that serves this action in its module."""
        if self.provider_ref is not None:
            return self.provider_ref.key
        return (implied_provider_name(self.type), None)

    def __str__(self) -> str:
        return f"action.{self.type}.{self.name}"


class ActionRef(NamedTuple):
    """One element of the `actions` list of a trigger.

    Attributes:
        action: the reference among those of the expression that names the action.
        expression: as written.
    """

    action: Reference
    expression: Expression


class ActionTrigger(NamedTuple):
    """An `action_trigger` block: actions to invoke around changes of a resource.

    Attributes:
        events: when.
        condition: must be true, or else nothing is invoked; None if there is none.
        actions: what is invoked, in order.
        range: the block's header.
    """

    events: tuple[Event, ...]
    condition: Expression | None
    actions: tuple[ActionRef, ...]
    range: Range
