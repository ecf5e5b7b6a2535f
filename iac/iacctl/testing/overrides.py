"""What override blocks and mock providers say, evaluated: which instance gets which values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag import Diagnostics
from iacctl.testing import closed_scope
from iacctl.testing.made_up import Given

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iacctl.addrs import AbsProviderConfig, ModuleInstance, ResourceInstance
    from iacctl.config.model import Module, Target
    from iacctl.config.test_files.model import Mock, Override
    from iacctl.values import Value


class Overrides:
    """The overrides of one run.

    Args:
        layers: evaluated overrides, those that win first: of the run, of the file.
        of_providers: those of mock providers, by provider configuration.
    """

    __slots__ = ("_layers", "_of_providers")

    def __init__(
        self,
        layers: Iterable[list[tuple[Override, Given]]],
        of_providers: Mapping[AbsProviderConfig, list[tuple[Override, Given]]],
    ) -> None:
        self._layers = [layer for layer in layers if layer]
        self._of_providers = {address: found for address, found in of_providers.items() if found}

    def of_instance(self, address: ResourceInstance, config: AbsProviderConfig) -> Given | None:
        """The values for a resource instance; None if it is not overridden."""
        if not self._layers and not self._of_providers:
            return None
        own = self._of_providers.get(config)
        layers = self._layers if own is None else [*self._layers, own]
        for layer in layers:
            # An override of the very instance comes before one of all instances.
            for exact in (True, False):
                for override, given in layer:
                    if _names(override.target, address, exact=exact):
                        return given
        return None

    def outputs_of(self, address: ModuleInstance) -> Mapping[str, Value] | None:
        """The output values of a module instance; None if it is not overridden."""
        for layer in self._layers:
            for override, given in layer:
                if override.kind == "override_module" and _is_module(override.target, address):
                    return _members(given.value)
        return None


def _names(target: Target, address: ResourceInstance, *, exact: bool) -> bool:
    """Whether a target is an instance: the very one, or else all instances of its resource."""
    if target.resource != (address.mode, address.type, address.name) or not _is_module(target, address.module):
        return False
    return target.key == address.key if exact else target.key is None


def _is_module(target: Target, address: ModuleInstance) -> bool:
    """Whether a target's module is a module instance; without a key it is any of the instances."""
    if len(target.modules) != len(address):
        return False
    return all(
        name == wanted and (key is None or key == instance)
        for (name, key), (wanted, instance) in zip(target.modules, address, strict=True)
    )


def _members(value: Value) -> Mapping[str, Value]:
    if type(value) is values.ObjectValue:
        return value.attributes
    if type(value) is values.MapValue:
        return value.entries
    return value if type(value) is dict else {}


def evaluated(
    overrides: Iterable[Override], diags: Diagnostics, base_dir: str, *, during_plan: bool = False
) -> list[tuple[Override, Given]]:
    """The values of override blocks.

    Args:
        overrides: the blocks.
        diags: gets what is wrong with them.
        base_dir: the directory that relative paths given to functions start from.
        during_plan: whether values hold while planning, unless a block says otherwise.
    """
    found: list[tuple[Override, Given]] = []
    for override in overrides:
        value: Value = None
        if override.values is not None:
            before = len(diags)
            value = closed_scope.evaluate(override.values, diags, base_dir)
            if any(diags[index].severity == "error" for index in range(before, len(diags))):
                continue
            if values.type_of(value).kind not in ("object", "map"):
                diags.error(
                    "Invalid outputs attribute",
                    f"{override.kind} blocks must specify an outputs attribute that is an object.",
                    override.values_range,
                )
                continue
        early = during_plan if override.during_plan is None else override.during_plan
        found.append((override, Given(value, override.values_range, early)))
    return found


def mock_values(mock: Mock, diags: Diagnostics, base_dir: str) -> dict[tuple[str, str], Given]:
    """The values of a mock provider by mode and resource type."""
    found: dict[tuple[str, str], Given] = {}
    for key, block in mock.values.items():
        value: Value = None
        if block.defaults is not None:
            value = closed_scope.evaluate(block.defaults, diags, base_dir)
        early = mock.during_plan if block.during_plan is None else block.during_plan
        found[key] = Given(value, block.defaults_range, early)
    return found


def refuse_other_values(found: Mapping[tuple[str, str], Given], diags: Diagnostics) -> None:
    """Report defaults of a mock provider that are no object."""
    for given in found.values():
        if given.value is not None and values.type_of(given.value).kind not in ("object", "map"):
            kind = values.type_of(given.value).friendly_name()
            diags.error(
                "Invalid replacement value",
                f"The requested replacement value must be an object type, but was {kind}.",
                given.range,
            )


def warn_of_strangers(overrides: Iterable[Override], root: Module, diags: Diagnostics) -> None:
    """Warn of overrides whose target the configuration does not have."""
    from iacctl.config.test_files.mocks import target_text

    for override in overrides:
        target = override.target
        module = root.descendant(tuple(name for name, _ in target.modules))
        if module is not None and (target.resource is None or target.resource in module.resources):
            continue
        diags.warning(
            "Invalid override target",
            f"The override target {target_text(target)} does not exist within the configuration under test. This could"
            " indicate a typo in the target address or an unnecessary override.",
            override.target_range,
        )
