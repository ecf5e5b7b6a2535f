"""Moves that change an object's type or provider: the provider of the new type takes the object over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.addrs import parse_abs_provider_config
from iacctl.eval import objects, problems, sensitivity
from iacctl.plan.planning import state_key
from iacctl.provider import conformance
from iacctl.provider.requests import MoveRequest

if TYPE_CHECKING:
    from iacctl.addrs import Provider as Source
    from iacctl.addrs import ResourceInstance
    from iacctl.config.model import Resource
    from iacctl.diag import Diagnostics
    from iacctl.eval.world import World
    from iacctl.plan.moves.applying import Outcome
    from iacctl.plan.moves.statements import Statement
    from iacctl.provider.port import Provider
    from iacctl.provider.requests import MoveResponse
    from iacctl_state.document import ObjectState, StateDocument

_SUMMARY = "Unsupported `moved` across resource types"


def convert(world: World, before: StateDocument, outcome: Outcome) -> StateDocument | None:
    """Have every moved object converted whose new address is of another type or provider.

    Args:
        world: the operation.
        before: the state as it was.
        outcome: the state with everything moved.

    Returns:
        The state with converted objects; None when there is one that cannot be converted, which has been reported.
    """
    document = outcome.state
    diags = world.diags
    errors = len(diags.errors)
    refused: set[Statement] = set()
    for address, move in outcome.moved.items():
        origin = move.origin
        if origin.mode == address.mode == "data" or move.statement in refused:
            continue  # data sources are read again anyway
        resource = _declared(world, address)
        source = _source(before, origin)
        same_type = (origin.mode, origin.type) == (address.mode, address.type)
        if same_type and (resource is None or resource.provider == source):
            continue
        if resource is None:
            diags.error(
                _SUMMARY,
                f"{origin} has moved to {address}, which is not declared: only the provider of a resource that is declared can "
                "convert the object to its type.",
                move.statement.range,
            )
            refused.add(move.statement)
            continue
        provider = world.providers.unconfigured(resource.provider)
        if address.mode != "managed" or not provider.capabilities().move_resource_state:
            diags.error(
                _SUMMARY,
                f'The provider "{resource.provider}" does not support moved operations across resource types and providers.',
                move.statement.range,
            )
            refused.add(move.statement)
            continue
        conversion = _Conversion(world, resource, provider, source, origin, address)
        document = document if document is not outcome.state else document.snapshot()
        conversion.run(document, diags)
    return document if len(diags.errors) == errors else None


def _declared(world: World, address: ResourceInstance) -> Resource | None:
    module = world.config.root.descendant(address.config().module)
    return None if module is None else module.resources.get(address[1:4])


def _source(before: StateDocument, origin: ResourceInstance) -> Source | None:
    config = parse_abs_provider_config(before.resources[state_key(origin.resource())].provider)
    return None if config is None else config.provider


class _Conversion:
    """The conversion of one instance's objects."""

    def __init__(
        self,
        world: World,
        resource: Resource,
        provider: Provider,
        source: Source | None,
        origin: ResourceInstance,
        address: ResourceInstance,
    ) -> None:
        schema = world.providers.resource_schema(resource.provider, resource.mode, resource.type)
        assert schema is not None, "resource types are checked before"
        self._schema = schema
        self._config = world.provider_config(address.config().module, resource)
        self._provider = provider
        self._source = str(source or "")
        self._origin = origin
        self._address = address

    def run(self, document: StateDocument, diags: Diagnostics) -> None:
        """Put converted objects in place of the others."""
        key = state_key(self._address.resource())
        instance = document.instance(key, self._address.key)
        assert instance is not None
        for deposed, stored in ((None, instance.current), *instance.deposed.items()):
            made = self._convert(stored, diags) if stored is not None else None
            if made is not None:
                document.set_object(key, self._address.key, made, provider=str(self._config), deposed=deposed)

    def _convert(self, stored: ObjectState, diags: Diagnostics) -> ObjectState | None:
        before = objects.decoded(stored, None)
        request = MoveRequest(
            self._source,
            self._origin.type,
            stored.schema_version,
            stored.attributes,
            before.private,
            self._address.type,
        )
        response = self._ask(request, diags)
        if response is None:
            return None
        wrong = conformance.assert_conforms(self._schema.block, response.state)
        if wrong or values.is_null(response.state) or not values.is_wholly_known(response.state):
            diags.error(
                "Provider returned invalid value",
                f'The provider "{self._config.provider}" returned an invalid value for {self._address} when it was asked to '
                f"take over {self._origin}{': ' + wrong[0].text() if wrong else ''}.\n\nThis is a bug in the provider, which "
                "should be reported in the provider's own issue tracker.",
            )
            return None
        made = objects.Object(
            sensitivity.mark_sensitive(self._schema.block, response.state),
            response.private,
            stored.status,
            stored.dependencies,
            stored.create_before_destroy,
            response.identity,
        )
        return objects.encoded(made, self._schema)

    def _ask(self, request: MoveRequest, diags: Diagnostics) -> MoveResponse | None:
        try:
            response = self._provider.move(request)
        except Exception as error:
            diags.error(
                "Provider crashed",
                f"The provider {self._config.provider.for_display()} failed while it was asked to take over {self._origin} as "
                f"{self._address}: {problems.crash_detail(error)}.\n\nThis is a bug in the provider, which should be reported "
                "in the provider's own issue tracker.",
            )
            return None
        return response if problems.report(response.diagnostics, diags) else None
