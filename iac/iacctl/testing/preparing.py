"""A run's configuration: the module with the providers that the test file gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.addrs import AbsProviderConfig
from iacctl.config import providers as provider_configs
from iacctl.config.model import Config, Module, ProviderConfig
from iacctl.testing import overrides as override_values
from iacctl.testing.overrides import Overrides

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iacctl.config.model import PassedProvider
    from iacctl.config.test_files.model import Override, ProviderBlock, TestFile, TestRun
    from iacctl.diag import Diagnostics
    from iacctl.testing.made_up import Given


class Mocked(NamedTuple):
    """A mock provider with its values.

    Attributes:
        values: by mode and resource type.
        overrides: for single instances.
    """

    values: dict[tuple[str, str], Given]
    overrides: list[tuple[Override, Given]]


class Prepared(NamedTuple):
    """What a run is carried out with.

    Attributes:
        config: the configuration.
        outside: provider configurations that are evaluated in the test file.
        mocked: provider configurations that are mocked.
        overrides: values of single instances and modules.
    """

    config: Config
    outside: set[AbsProviderConfig]
    mocked: dict[AbsProviderConfig, Mocked]
    overrides: Overrides


def mocks_of(file: TestFile, diags: Diagnostics, base_dir: str) -> tuple[dict[str, Mocked], set[str]]:
    """The mock providers of a file.

    Args:
        file: the test file.
        diags: gets what is wrong with their values.
        base_dir: the directory that relative paths given to functions start from.

    Returns:
        The providers by their names, and the names of those that something is wrong with.
    """
    found: dict[str, Mocked] = {}
    failed: set[str] = set()
    for name, block in file.providers.items():
        if block.mock is not None:
            before = len(diags)
            found[name] = Mocked(
                override_values.mock_values(block.mock, diags, base_dir),
                override_values.evaluated(
                    block.mock.overrides, diags, base_dir, during_plan=block.mock.during_plan
                ),
            )
            if any(diags[index].severity == "error" for index in range(before, len(diags))):
                failed.add(name)
    return found, failed


def prepare(
    file: TestFile, run: TestRun, main: Config, mocks: Mapping[str, Mocked], diags: Diagnostics, base_dir: str
) -> Prepared:
    """Put a run's configuration together.

    Args:
        file: the test file.
        run: the run.
        main: the configuration that runs which name no module work with.
        mocks: the file's mock providers.
        diags: gets what is wrong.
        base_dir: the directory that relative paths given to functions start from.
    """
    base = run.config or main
    root = _copy(base.root)
    outside: set[AbsProviderConfig] = set()
    mocked: dict[AbsProviderConfig, Mocked] = {}
    for local_name, alias, block in _chosen(file, run, root):
        config = ProviderConfig(local_name, block.config.body, block.config.range, block.config.name_range)
        config.alias = alias
        root.provider_configs[config.key] = config
        address = AbsProviderConfig((), root.provider_for(local_name), alias)
        if block.mock is None:
            outside.add(address)
        elif block.name in mocks:
            mocked[address] = mocks[block.name]
            override_values.refuse_other_values(mocks[block.name].values, diags)
    of_run = override_values.evaluated(run.overrides, diags, base_dir)
    of_file = override_values.evaluated(file.overrides, diags, base_dir)
    overrides = Overrides([of_run, of_file], {address: item.overrides for address, item in mocked.items()})
    return Prepared(Config(root, base.diagnostics, base.sources), outside, mocked, overrides)


def _chosen(file: TestFile, run: TestRun, root: Module) -> Iterator[tuple[str, str | None, ProviderBlock]]:
    """The providers of the file that the module gets: local name and alias there, and the block."""
    if run.providers is None:
        needed = provider_configs.requirements(root)
        for block in file.providers.values():
            if root.provider_for(block.config.local_name) in needed:
                yield block.config.local_name, block.config.alias, block
        return
    for item in run.providers:
        found = file.providers.get(str(item.in_parent))
        if found is not None:
            yield item.in_child.name, item.in_child.alias, found


def used_providers(file: TestFile, run: TestRun, main: Config) -> set[str]:
    """The names of the file's providers that the module of a run gets."""
    return {block.name for _, _, block in _chosen(file, run, (run.config or main).root)}


def check_providers(file: TestFile, run: TestRun, diags: Diagnostics) -> None:
    """Report providers that a run wants and the file does not have."""
    for item in run.providers or ():
        if str(item.in_parent) not in file.providers:
            _report_missing(item, diags)


def _report_missing(item: PassedProvider, diags: Diagnostics) -> None:
    diags.error(
        f"Missing provider definition for {item.in_parent}",
        "This provider block references a provider definition that does not exist.",
        item.in_parent.name_range,
    )


def _copy(module: Module) -> Module:
    """A module of its own with the blocks of another, whose provider configurations can be exchanged."""
    copy = Module(module.path, module.directory)
    for name in Module.__slots__:
        setattr(copy, name, getattr(module, name))
    copy.provider_configs = dict(module.provider_configs)
    copy.implied_providers = set(module.implied_providers)
    return copy
