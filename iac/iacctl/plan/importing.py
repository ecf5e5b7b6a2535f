"""Importing objects while planning: find them, read them, and go on as if the state had held them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl import values
from iacctl.addrs import ConfigResource, module_path
from iacctl.diag import events
from iacctl.eval import objects, problems, sensitivity, write_only
from iacctl.provider import conformance
from iacctl.provider.requests import ImportRequest, ReadRequest

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable

    from iacctl.addrs import ResourceInstance
    from iacctl.diag import Diagnostics
    from iacctl.eval.calls import Asking
    from iacctl.eval.imports import Wanted
    from iacctl.eval.world import World
    from iacctl.graph.walk import Job, Waiting
    from iacctl.plan.managed import ManagedNode
    from iacctl.plan.planning import Planning
    from iacctl.provider.requests import ImportedResource


def wanted(node: ManagedNode, world: World) -> dict[ResourceInstance, Wanted] | None:
    """What import blocks want to have as instances of a resource; None after an error, which is reported."""
    found: dict[ResourceInstance, Wanted] = {}
    for block in node.imports:
        items = block.expand(world, node.resource, node.schema.identity)
        if items is None:
            return None
        found.update((item.address, item) for item in items)
    return found


def asked_for(node: ManagedNode, wanted: Iterable[tuple[ResourceInstance, str]]) -> dict[ResourceInstance, Wanted]:
    """What the command line wants to have as instances of a resource."""
    from iacctl.eval.imports import Wanted

    return {
        address: Wanted(address, text)
        for address, text in wanted
        if module_path(address.module) == node.path and address.resource()[1:] == node.resource.key
    }


def all_declared(
    targets: Collection[ResourceInstance], declared: Collection[ResourceInstance], diags: Diagnostics
) -> bool:
    """Whether a resource has all the instances that are to be imported; reported if not."""
    fine = True
    for address in targets:
        if address not in declared:
            fine = False
            diags.error(
                "Configuration for import target does not exist",
                f"The configuration for the given import {address} does not exist. All target instances must have an "
                "associated configuration to be imported.",
            )
    return fine


def report_undeclared(world: World) -> None:
    """Report import blocks for resources that the root module does not have."""
    root = world.config.root
    for item in root.imports:
        if item.to.modules or item.to.resource is None or item.to.resource in root.resources:
            continue
        address = ConfigResource((), *item.to.resource)
        world.diags.error(
            "Configuration for import target does not exist",
            f"The configuration for the given import target {address} does not exist. If you wish to automatically generate "
            "config for this resource, use the -generate-config-out option within terraform plan. Otherwise, make sure the "
            "target resource exists within your configuration. For example:\n\n  terraform plan "
            "-generate-config-out=generated.tf",
            item.to_expression.range,
        )


def import_object(
    planning: Planning, node: ManagedNode, asking: Asking, wanted: Wanted
) -> Generator[Job | Waiting, Any, objects.Object | None]:
    """Find an object and read it; None after an error, which is reported."""
    listener = asking.world.listener
    listener(events.ImportStarted(asking.address, wanted.label, planning=True))
    request = ImportRequest(asking.type_name, wanted.id, wanted.identity)
    response = yield from asking.attempt(asking.provider.import_resource, request)
    if response is None or not problems.report(response.diagnostics, asking.world.diags):
        return None
    found = _only(asking, response.resources, wanted)
    if found is None:
        return None
    key, text = objects.object_id(found.state)
    listener(events.RefreshStarted(asking.address, key, text))
    response = yield from asking.ask(
        asking.provider.read,
        ReadRequest(asking.type_name, found.state, found.private, asking.meta, identity=found.identity),
    )
    if response is None:
        return None
    state = response.state
    listener(events.RefreshFinished(asking.address, key, text))
    if values.is_null(state):
        asking.world.diags.error(
            "Cannot import non-existent remote object",
            f'While attempting to import an existing object to "{asking.address}", the provider detected that no object exists '
            "with the given id. Only pre-existing objects can be imported; check that the id is correct and that it is "
            'associated with the provider\'s configured region or endpoint, or use "terraform apply" to create a new remote '
            "object for this resource.",
        )
        return None
    if not _conforms(asking, state):
        return None
    if not write_only.kept_apart(asking, state, "Provider produced invalid object", " during refresh"):
        return None
    made = objects.Object(
        sensitivity.mark_sensitive(asking.schema.block, state),
        response.private,
        dependencies=node.dependency_texts,
        create_before_destroy=node.create_before_destroy,
        identity=response.identity,
        provider_key=asking.provider_key,
    )
    planning.save(wanted.address, None, objects.encoded(made, asking.schema), str(asking.config))
    return made


def _only(asking: Asking, found: tuple[ImportedResource, ...], wanted: Wanted) -> ImportedResource | None:
    """The one object that a provider has found; None if that is not what it has found, which is reported."""
    diags = asking.world.diags
    if len(found) != 1:
        summary = "Multiple import states not supported" if found else "Import returned no resources"
        number = "multiple resource instance states. This is not currently supported" if found else "no instance states"
        diags.error(
            summary,
            f"While attempting to import with {wanted.label.replace('=', ' ', 1)}, the provider returned {number}.",
        )
        return None
    [item] = found
    if item.type_name != asking.type_name:
        asking.bug(
            "Provider returned invalid import", f"returned an object of type {item.type_name} for {asking.address}."
        )
        return None
    if values.is_null(item.state):
        asking.bug("Provider returned invalid import", f"returned no object for {asking.address}.")
        return None
    if wanted.identity is not None and values.is_null(item.identity):
        diags.error(f"import of {asking.address} didn't return an identity")
        return None
    if not _conforms(asking, item.state):
        return None
    who = f"While attempting to import with {wanted.label.replace('id=', 'ID ', 1)}, the provider {asking.quoted_config}"
    summary = "Import returned a non-null value for a write-only attribute"
    return item if write_only.kept_apart(asking, item.state, summary, "", who) else None


def _conforms(asking: Asking, state: values.Value) -> bool:
    wrong = conformance.assert_conforms(asking.schema.block, state)
    if wrong:
        asking.bug(
            "Provider produced invalid object",
            f"produced an invalid value for {asking.address} during import.\n\n{wrong[0].text()}.",
        )
    return not wrong
