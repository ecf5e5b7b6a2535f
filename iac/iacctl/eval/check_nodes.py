"""The node of a `check` block: its assertions are evaluated with all that is known, and only warn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.addrs import module_instance_text
from iacctl.eval import conditions
from iacctl.eval.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl.addrs import ModulePath
    from iacctl.config.model import Check, Module
    from iacctl.eval.world import World
    from iacctl.lang.references import Reference


class CheckNode(Node):
    """A `check` block."""

    __slots__ = ("_rules", "block")

    def __init__(self, module: Module, block: Check, world: World) -> None:
        super().__init__(module.path)
        self.block = block
        self._rules = conditions.compile_conditions(block.assertions, world.diags)

    def references(self) -> Iterator[tuple[ModulePath, Reference]]:
        """Those of the assertions."""
        for rule in self._rules:
            for reference in rule.references():
                yield self.path, reference

    def execute(self, world: World) -> bool:
        """Evaluate the assertions in every instance of the module."""
        if world.operation == "validate":
            for data in world.modules.at(self.path):
                conditions.are_sound(self._rules, world.context(data), messages=True)
            return True
        fine = True
        state = world.check_state("check", str(self))
        state.expanded = True
        for data in world.modules.at(self.path):
            address = f"check.{self.block.name}"
            if data.address:
                address = f"{module_instance_text(data.address)}.{address}"
            state.expect(address, len(self._rules))
            if state.instances[address].status() not in ("fail", "error"):  # as when its data source can't be read
                fine &= conditions.check(world, data, "check", address, self._rules)
        return fine

    def __str__(self) -> str:
        return self._prefixed(f"check.{self.block.name}")
