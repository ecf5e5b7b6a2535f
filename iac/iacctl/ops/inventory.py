"""What a configuration consists of: the modules it calls, and the providers that each of them needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.addrs import parse_abs_provider_config
from iacctl.config.providers import own_requirements
from iacctl.config.test_files.loader import module_path
from iacctl.install.providers import normal_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iacctl.addrs import ModulePath, Provider
    from iacctl.config.manifest import Installed
    from iacctl.config.model import Module
    from iacctl.config.test_files.model import TestFile
    from iacctl_state.document import StateDocument


class NeededProvider(NamedTuple):
    """A provider, and the version constraints in their normal form; empty if there are none."""

    source: Provider
    constraints: str


class Needs(NamedTuple):
    """What a module, a test file or a run needs.

    Attributes:
        name: `module.NAME`, `test.PATH` or `run.NAME`; empty for the root module.
        providers: in the order of source addresses.
        children: test files, then runs and modules, each in the order of names.
    """

    name: str
    providers: tuple[NeededProvider, ...]
    children: tuple[Needs, ...]


class CalledModule(NamedTuple):
    """A module that is called.

    Attributes:
        name: the call's name.
        source: the source address in its normal form.
        version: the version installed, where it comes from a registry; else empty.
        constraint: the call's `version` argument as written; empty if there is none.
        children: the modules it calls, in the order of names.
    """

    name: str
    source: str
    version: str
    constraint: str
    children: tuple[CalledModule, ...]


def needs(root: Module, tests: Iterable[TestFile]) -> Needs:
    """The providers that a configuration and its tests need.

    Args:
        root: the root module.
        tests: the test files, with the modules of their runs.
    """
    whole = _needs(root, "")
    of_tests = sorted(_needs_of_test(file) for file in tests)
    return whole._replace(children=(*of_tests, *whole.children))


def _needs(module: Module, name: str) -> Needs:
    providers = tuple(
        NeededProvider(source, normal_text(item for requirement in wanted for item in requirement.constraints.items))
        for source, wanted in own_requirements(module).items()
    )
    children = tuple(_needs(module.children[child], f"module.{child}") for child in sorted(module.children))
    return Needs(name, providers, children)


def _needs_of_test(file: TestFile) -> Needs:
    runs = tuple(_needs(run.config.root, f"run.{run.name}") for run in file.runs if run.config is not None)
    name = ".".join(module_path(file, file.runs[0])[:-1]) if file.runs else f"test.{file.name}"
    return Needs(name, (), runs)


def needed_by_state(state: StateDocument) -> list[Provider]:
    """The providers of the objects in a state, in the order of source addresses."""
    found = {
        config.provider
        for resource in state.resources.values()
        if (config := parse_abs_provider_config(resource.provider)) is not None
    }
    return sorted(found)


def called_modules(module: Module, installed: Mapping[ModulePath, Installed]) -> tuple[CalledModule, ...]:
    """The modules that a module calls.

    Args:
        module: the calling one.
        installed: the manifest.
    """
    found: list[CalledModule] = []
    for name in sorted(module.children):
        child = module.children[name]
        call = module.calls[name]
        entry = installed.get(child.path)
        found.append(
            CalledModule(
                name,
                child.source if entry is None else entry.source,
                "" if entry is None or entry.version is None else entry.version,
                "" if call.version is None else str(call.version),
                called_modules(child, installed),
            )
        )
    return tuple(found)
