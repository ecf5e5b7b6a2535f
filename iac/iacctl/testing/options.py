"""`plan_options` of a run as options of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.addrs import AbsResource, ResourceInstance
from iacctl.config import targets as addresses
from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.plan.model import Options

if TYPE_CHECKING:
    from iacctl.addrs import InstanceKey, ModuleInstance
    from iacctl.config.model import Target
    from iacctl.config.test_files.model import TestRun
    from iacctl.plan import model


def of(run: TestRun, parallelism: int) -> Options:
    """The options that a run plans with.

    Raises:
        DiagnosticError: an address is none.
    """
    given = run.plan_options
    if given is None:
        return Options(parallelism=parallelism)
    diags = Diagnostics()
    targets: list[model.Target] = []
    replace: list[ResourceInstance] = []
    for traversal in given.targets:
        found = addresses.parse(traversal, diags)
        if found is not None:
            targets.append(_target(found))
    for traversal in given.replace:
        found = addresses.parse(traversal, diags)
        if found is not None and found.resource is None:
            diags.error(
                "Invalid address",
                "A resource instance address is required here. The module path must be followed by a resource instance"
                " specification.",
                traversal.range,
            )
        elif found is not None:
            replace.append(_instance(found))
    if diags.has_errors:
        raise DiagnosticError(diags)
    return Options(given.mode, given.refresh, tuple(targets), tuple(replace), parallelism)


def _target(found: Target) -> model.Target:
    if found.resource is None:
        return _module(found)
    if found.key is None:
        return AbsResource(_module(found), *found.resource)
    return _instance(found)


def _instance(found: Target) -> ResourceInstance:
    assert found.resource is not None
    return ResourceInstance(_module(found), *found.resource, _key(found.key))


def _module(found: Target) -> ModuleInstance:
    return tuple((name, _key(key)) for name, key in found.modules)


def _key(key: object) -> InstanceKey:
    """A key as written; the addresses of test files have only literal ones."""
    return key if isinstance(key, int | str) else None
