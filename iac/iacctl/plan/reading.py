"""Reading objects of the state: brought to the current schema, then as they now are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag import events
from iacctl.eval import objects, sensitivity, write_only
from iacctl.plan import changes
from iacctl.plan.planning import Prior
from iacctl.provider import conformance
from iacctl.provider.requests import ReadRequest, UpgradeIdentityRequest

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Any

    from iacctl.addrs import ResourceInstance
    from iacctl.eval.calls import Asking
    from iacctl.graph.walk import Job, Waiting
    from iacctl.plan.planning import Planning
    from iacctl_state.document import ObjectState


def decode(asking: Asking, stored: ObjectState) -> Generator[Job | Waiting, Any, objects.Object | None]:
    """A stored object as a value of the current schema; None when the provider could not make one."""
    if stored.schema_version > asking.schema.version:
        asking.world.diags.error(
            "Resource instance managed by newer provider version",
            f"The current state of {asking.address} was created by a newer provider version than is currently selected. "
            f"Upgrade the {asking.config.provider.type} provider to work with this state.",
        )
        return None
    request = objects.upgrade_request(asking.type_name, stored)
    response = yield from asking.ask(asking.provider.upgrade_state, request)
    if response is None:
        return None
    if asking.schema.block.has_write_only:
        who = f'While attempting to upgrade state of resource {asking.address}, the provider "{asking.config.provider.type}"'
        if not write_only.kept_apart(asking, response.state, "Invalid resource state upgrade", "", who):
            return None
    found = objects.decoded(stored, sensitivity.mark_sensitive(asking.schema.block, response.state))
    if stored.identity is None or asking.schema.identity is None:
        return found
    upgraded = yield from asking.ask(
        asking.provider.upgrade_identity,
        UpgradeIdentityRequest(asking.type_name, stored.identity_schema_version, stored.identity),
    )
    return None if upgraded is None else found._replace(identity=upgraded.identity)


def read(
    planning: Planning,
    asking: Asking,
    address: ResourceInstance,
    deposed: str | None,
    stored: ObjectState,
    dependencies: tuple[str, ...] | None,
    create_before_destroy: bool | None,
    *,
    retained: bool | None = None,
) -> Generator[Job | Waiting, Any, Prior | None]:
    """Decode a stored object and read it, unless refreshing is off; None after an error, which is reported.

    Args:
        planning: gets the object as read.
        asking: the provider.
        address: the instance.
        deposed: the deposed key, or None for the current object.
        stored: what the state holds.
        dependencies: what the configuration says the object depends on; None where there is no configuration.
        create_before_destroy: what the configuration says; None where there is no configuration.
        retained: what the configuration says; None where there is no configuration.
    """
    before = yield from decode(asking, stored)
    if before is None:
        return None
    provider_text = str(asking.config)
    current = before
    if dependencies is not None and current.dependencies != dependencies:
        # Until a change is applied, the object still depends on what it was made from.
        merged = tuple(sorted({*current.dependencies, *dependencies}))
        if merged != current.dependencies:
            current = current._replace(dependencies=merged)
    if create_before_destroy is not None and current.create_before_destroy != create_before_destroy:
        current = current._replace(create_before_destroy=create_before_destroy)
    if dependencies is not None and current.provider_key != asking.provider_key:
        current = current._replace(provider_key=asking.provider_key)
    if retained is not None and current.retained is not retained:
        current = current._replace(retained=retained)
    if not planning.options.refresh:
        if current is not before:
            planning.altered = True
            planning.save(address, deposed, objects.encoded(current, asking.schema), provider_text)
        return Prior(stored, before, current)
    listener = asking.world.listener
    key, text = objects.object_id(before.value)
    plain, marks = values.unmark_deep_with_paths(current.value) if values.has_marks(current.value) else (current.value, [])
    response = yield from asking.ask(
        asking.provider.read,
        ReadRequest(asking.type_name, plain, current.private, asking.meta, current.identity),
        lambda: listener(events.RefreshStarted(asking.address, key, text, deposed)),
    )
    if response is None:
        return None
    state = response.state
    listener(events.RefreshFinished(asking.address, key, text, deposed))
    if values.is_null(state):
        planning.altered = True
        planning.save(address, deposed, None, provider_text)
        if deposed is None:
            planning.add_drift(_drift(asking, address, changes.DELETE, before, None))
        return Prior(stored, before, None)
    if state is not plain:
        wrong = conformance.assert_conforms(asking.schema.block, state)
        if wrong or not values.is_wholly_known(state):
            asking.bug(
                "Provider produced invalid object",
                f"produced an invalid value for {asking.address} during refresh.\n\n"
                + (f"{wrong[0].text()}." if wrong else "It is not wholly known."),
            )
            return None
        if not write_only.kept_apart(asking, state, "Provider produced invalid object", " during refresh"):
            return None
    same = state is plain or values.raw_equals(state, plain)
    if not same:
        value = sensitivity.mark_sensitive(asking.schema.block, state)
        current = current._replace(value=values.mark_with_paths(value, marks) if marks else value)
    if response.private != current.private:
        current = current._replace(private=response.private)
    if not values.is_null(response.identity) and (
        values.is_null(current.identity) or not values.raw_equals(response.identity, current.identity)
    ):
        current = current._replace(identity=response.identity)
    if current is not before and not planning.altered:
        # What depends on what is recorded, too, but no reason to apply a plan, as in Terraform.
        fields = zip(current._fields, current, before, strict=True)
        planning.altered = any(new is not old for name, new, old in fields if name != "dependencies")
    if current is not before or stored.schema_version != asking.schema.version:
        planning.save(address, deposed, objects.encoded(current, asking.schema), provider_text)
    if deposed is None:
        if not same:
            planning.add_drift(_drift(asking, address, changes.UPDATE, before, current))
        elif address in planning.origins and planning.options.mode == "refresh-only":
            planning.add_drift(_drift(asking, address, changes.NO_OP, before, current))
    return Prior(stored, before, current)


def _drift(
    asking: Asking,
    address: ResourceInstance,
    action: changes.Action,
    before: objects.Object,
    after: objects.Object | None,
) -> changes.ResourceChange:
    null = values.null_of(asking.schema.block.object_type)
    return changes.ResourceChange(
        address,
        address,
        None,
        asking.config,
        action,
        "",
        before.value,
        null if after is None else after.value,
        asking.schema,
    )
