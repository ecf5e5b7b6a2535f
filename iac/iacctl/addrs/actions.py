"""Addresses of actions, and of one instance of an action."""

from __future__ import annotations

from typing import NamedTuple

from iacctl.addrs.keys import InstanceKey, instance_key_text, key_order
from iacctl.addrs.modules import ModuleInstance, module_instance_text
from iacctl.addrs.parse import AddressError, split_module, steps_of


class ActionInstance(NamedTuple):
    """One instance of an action: what a provider invokes."""

    module: ModuleInstance
    type: str
    name: str
    key: InstanceKey

    def __str__(self) -> str:
        """`module.a["x"].action.type.name[0]`."""
        return f"{self.action()}{instance_key_text(self.key)}"

    def action(self) -> AbsAction:
        """The action that this is an instance of."""
        return AbsAction(self.module, self.type, self.name)

    def order(self) -> tuple[object, ...]:
        """A sort key: by module, type, name, key."""
        modules = tuple((name, key_order(key)) for name, key in self.module)
        return (len(self.module), modules, self.type, self.name, key_order(self.key))


class AbsAction(NamedTuple):
    """An action in one module instance, with all of its instances."""

    module: ModuleInstance
    type: str
    name: str

    def __str__(self) -> str:
        """`module.a["x"].action.type.name`."""
        local = f"action.{self.type}.{self.name}"
        return f"{module_instance_text(self.module)}.{local}" if self.module else local

    def instance(self, key: InstanceKey) -> ActionInstance:
        """One instance of this action."""
        return ActionInstance(self.module, self.type, self.name, key)


def parse_action(text: str) -> AbsAction | ActionInstance:
    """Read an action, or an instance of one.

    Raises:
        AddressError: the text is neither.
    """
    steps = steps_of(text)
    module, position = split_module(steps)
    rest = steps[position:]
    if not rest or rest[0][0] != "action" or rest[0][1] is not None:
        where = rest[0][2] if rest else len(text)
        raise AddressError("Invalid address", "Action specification must start with `action`.", where)
    if len(rest) < 3:
        raise AddressError("Invalid address", "Action specification must include an action type and name.", len(text))
    if rest[1][1] is not None:
        raise AddressError("Invalid address", "An action name is required.", rest[1][2])
    if len(rest) > 3:
        detail = "Unexpected extra operators after address."
        if len(rest) == 4 and rest[2][1] is None and rest[3][1] is None:
            detail = "Action instance key must be given in square brackets."
        raise AddressError("Invalid address", detail, rest[3][2])
    action = AbsAction(module, rest[1][0], rest[2][0])
    key = rest[2][1]
    return action if key is None else action.instance(key)


def parse_action_instance(text: str) -> ActionInstance:
    """Read an instance of an action; without a key, the instance that has none.

    Raises:
        AddressError: the text is no such address.
    """
    found = parse_action(text)
    return found if isinstance(found, ActionInstance) else found.instance(None)
