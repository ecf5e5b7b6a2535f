"""One author's class behind the port's verbs: compiled once, then called for every instance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl import values
from iacctl.provider import requests, schema, search
from iacctl.provider.containers import attributes_of
from iacctl.provider.paths import without_write_only
from iacctl_providers.sdk import plain
from iacctl_providers.sdk.calls import Call, EphemeralCall, Plan
from iacctl_providers.sdk.checking import Checker
from iacctl_providers.sdk.errors import Gone, ProviderError
from iacctl_providers.sdk.planning import Planner
from iacctl_providers.sdk.resources import DataSource, Ephemeral, Resource
from iacctl_providers.sdk.shapes import shape_of
from iacctl_providers.sdk.stored import Decoder

if TYPE_CHECKING:
    from iacctl.values import Path, Value

_VALID = requests.ValidateResponse()


class ResourceBinding:
    """A resource class.

    Attributes:
        schema: its schema.
    """

    def __init__(self, name: str, cls: type[Resource], provider: Any) -> None:
        self._name = name
        self._class = cls
        self._provider = provider
        self._settings = cls._settings
        self._shape = shape = shape_of(cls)
        self._planner = Planner(shape)
        self._checker = Checker(shape, cls._settings.rules, None if cls.check is Resource.check else cls.check)
        self._reads = cls.read is not Resource.read
        self._modifies_plan = cls.modify_plan is not Resource.modify_plan
        self._decoder: Decoder | None = None
        self._read_only = tuple(
            name for name, item in shape.block.attributes.items() if not item.optional and not item.required
        )
        self._passes_identity_on = not self._settings.reports_identity
        self._identity = {name: item.kind.type for name, item in shape.attributes.items() if item.identity}
        self._identity_type = values.object_of(self._identity)
        identity = schema.IdentitySchema(
            0,
            {
                name: schema.IdentityAttribute(
                    item.kind.type, required_for_import=True, description=_text(item.identity)
                )
                for name, item in shape.attributes.items()
                if item.identity
            },
        )
        self.schema = schema.Schema(shape.block, self._settings.version, identity if self._identity else None)

    def validate(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        """Check a configuration."""
        given = attributes_of(request.config)
        for name in self._read_only:
            if not values.is_null(given[name]):
                return requests.ValidateResponse((_read_only(name),))
        if self._checker.idle:
            return _VALID
        return requests.ValidateResponse(self._checker.check(request.config, self._provider))

    def upgrade_state(self, request: requests.UpgradeStateRequest) -> requests.UpgradeStateResponse:
        """Decode a stored object, upgraded step by step where it is older than the schema."""
        attributes = request.attributes
        if attributes is None:
            from iacctl_providers.sdk import flatmap

            attributes = flatmap.attributes(request.flat or {}, self._shape.block)
        for version in range(request.version, self._settings.version):
            upgrade = self._settings.upgraders.get(version)
            if upgrade is not None:
                attributes = upgrade(dict(attributes))
        if self._decoder is None:
            self._decoder = Decoder(self._shape.block)
        # An attribute that is write-only by now may have been stored by an older version of the provider.
        state = without_write_only(self._shape.block, self._decoder.decode(attributes))
        return requests.UpgradeStateResponse(state)

    def upgrade_identity(self, request: requests.UpgradeIdentityRequest) -> requests.UpgradeIdentityResponse:
        """Decode a stored identity."""
        from iacctl.values import json

        held = {name: request.identity.get(name) for name in self._identity}
        return requests.UpgradeIdentityResponse(json.decode(held, self._identity_type))

    def read(self, request: requests.ReadRequest) -> requests.ReadResponse:
        """Read an object as it now is."""
        current = request.current
        if not self._reads:
            identity = self._identity_of(current, request.identity)
            return requests.ReadResponse(current, request.private, identity=identity)
        call = Call(self._provider, self._shape, request.private, meta=_meta(self._provider, request.provider_meta))
        instance = self._shape.load(current)
        try:
            self._class.read(instance, call)
        except Gone:
            return requests.ReadResponse(self._shape.null, b"", tuple(call.problems))
        except ProviderError as problem:
            call.problems.append(problem.problem())
            return requests.ReadResponse(current, request.private, tuple(call.problems), request.identity)
        state = self._shape.dump(instance)
        identity = self._identity_of(state, request.identity)
        return requests.ReadResponse(state, call.private, tuple(call.problems), identity)

    def plan(self, request: requests.PlanRequest) -> requests.PlanResponse:
        """Plan a creation, an update or a deletion."""
        if values.is_null(request.proposed):
            return requests.PlanResponse(request.proposed, request.private)
        prior = None if values.is_null(request.prior) else request.prior
        planned = self._planner.plan(prior, request.proposed, request.config)
        private, problems = request.private, requests.NO_PROBLEMS
        replaced: list[Path] = []
        if self._modifies_plan:
            plan = Plan(self._provider, self._shape, request.private, prior, request.config)
            planned = self._modified(planned, plan)
            private, problems, replaced = plan.private, tuple(plan.problems), plan.replaced
        if prior is not None:
            replaced += self._planner.replaced(prior, planned)
        return requests.PlanResponse(
            planned, private, tuple(replaced), problems, planned_identity=request.prior_identity
        )

    def _modified(self, planned: Value, plan: Plan[Any]) -> Value:
        instance = self._shape.load(planned)
        try:
            self._class.modify_plan(instance, plan)
        except ProviderError as problem:
            plan.problems.append(problem.problem())
        return self._shape.dump(instance)

    def apply(self, request: requests.ApplyRequest) -> requests.ApplyResponse:
        """Create, update or delete."""
        shape = self._shape
        prior = None if values.is_null(request.prior) else request.prior
        deletes = values.is_null(request.planned)
        call = Call(
            self._provider,
            shape,
            request.private,
            prior=prior,
            config=None if deletes else request.config,
            progress=request.progress,
            token=request.token,
            meta=_meta(self._provider, request.provider_meta),
        )
        instance = shape.load(request.prior if deletes else request.planned)
        method = self._class.delete if deletes else self._class.update if prior is not None else self._class.create
        try:
            method(instance, call)
            if deletes:
                return requests.ApplyResponse(shape.null, b"", tuple(call.problems))
            state = without_write_only(shape.block, shape.dump(instance))
        except ProviderError as problem:
            call.problems.append(problem.problem())
        except Exception as bug:  # whatever exists by now must not be lost
            call.problems.append(_bug(self._name, method.__name__, bug))
            call.uncertain = True
        else:
            identity = self._identity_of(state, request.planned_identity)
            return requests.ApplyResponse(state, call.private, tuple(call.problems), identity)
        left = call.reported or prior or shape.null
        identity = None if left is shape.null else self._identity_of(left, request.planned_identity)
        return requests.ApplyResponse(left, call.private, tuple(call.problems), identity, uncertain=call.uncertain)

    def find_created(self, request: search.FindCreatedRequest) -> search.FindCreatedResponse:
        """Look for the object of a creation that was interrupted."""
        call = Call(self._provider, self._shape, request.private, token=request.token)
        try:
            found = self._class.find_created(self._shape.load(request.planned), call)
        except ProviderError as problem:
            return search.FindCreatedResponse(self._shape.null, diagnostics=(*call.problems, problem.problem()))
        state = self._shape.null if found is None else self._shape.dump(found)
        identity = None if found is None else self._identity_of(state, None)
        return search.FindCreatedResponse(
            state, not call.uncertain, True, call.private, tuple(call.problems), identity
        )

    def import_resource(self, request: requests.ImportRequest) -> requests.ImportResponse:
        """Find an object by its id or identity."""
        call = Call(self._provider, self._shape)
        try:
            if not values.is_null(request.identity):
                held = plain.attributes_of(request.identity)
                found = self._class()
                for name in self._identity:
                    found.__dict__[self._shape.python_names[name]] = self._shape.attributes[name].kind.load(held[name])
            elif self._settings.import_by:
                found = self._imported(request.id)
            elif self._class.import_id.__func__ is not Resource.import_id.__func__:  # type: ignore[attr-defined]
                found = self._class.import_id(request.id, call)
            else:
                detail = (
                    "This resource does not support import. Please contact the provider developer for more information."
                )
                return requests.ImportResponse(diagnostics=(requests.error("Resource Import Not Implemented", detail),))
        except ProviderError as problem:
            return requests.ImportResponse(diagnostics=(*call.problems, problem.problem()))
        state = self._shape.dump(found)
        identity = self._identity_of(state, None)
        imported = requests.ImportedResource(self._name, state, call.private, identity)
        return requests.ImportResponse((imported,), tuple(call.problems))

    def move(self, request: requests.MoveRequest) -> requests.MoveResponse:
        """Take over an object of another type."""
        problem = None
        try:
            moved = self._class.move_from(request)
        except ProviderError as refused:
            moved, problem = None, refused.problem()
        if moved is None:
            detail = (
                f"The {self._name} resource type does not support moving from {request.source_type} "
                f"of {request.source_provider}."
            )
            problem = problem or requests.error("Unable to Move Resource State", detail)
            return requests.MoveResponse(self._shape.null, diagnostics=(problem,))
        state = self._shape.dump(moved)
        return requests.MoveResponse(state, identity=self._identity_of(state, None))

    def _imported(self, text: str) -> Resource:
        found = self._class()
        name = self._settings.import_by
        if self._shape.attributes[name].kind.type is values.NUMBER:
            if not text.isdecimal():
                raise ProviderError("Invalid import ID", f"{name} must be a number, got: {text!r}")
            found.__dict__[self._shape.python_names[name]] = int(text)
        else:
            found.__dict__[self._shape.python_names[name]] = text
        return found

    def shown(self, instance: Resource) -> tuple[Value, Value]:
        """An instance as a value, and its identity."""
        state = without_write_only(self._shape.block, self._shape.dump(instance))
        held = plain.attributes_of(state)
        return state, values.object_value({name: held[name] for name in self._identity})

    def _identity_of(self, state: Value, known: Value) -> Value:
        if self._passes_identity_on or not self._identity:
            return known
        held = plain.attributes_of(state)
        return values.object_value({name: held[name] for name in self._identity})


def _meta(provider: Any, value: Value) -> Any:
    """What a module says in a `provider_meta` block, as the author's object."""
    if values.is_null(value) or provider.provider_meta is None:
        return None
    return shape_of(provider.provider_meta).load(value)


def _text(identity: bool | str) -> str:
    return identity if isinstance(identity, str) else ""


def _bug(name: str, verb: str, bug: Exception) -> requests.Problem:
    import traceback

    where = traceback.extract_tb(bug.__traceback__)[-1]
    detail = (
        f"{type(bug).__name__}: {bug}\n\nThis is a bug in the provider, at {where.filename}:{where.lineno}, "
        "which should be reported in the provider's own issue tracker."
    )
    return requests.error(f"Provider failed to {verb} {name}", detail)


class DataBinding:
    """A data source class.

    Attributes:
        schema: its schema.
    """

    def __init__(self, cls: type[DataSource], provider: Any) -> None:
        self._class = cls
        self._provider = provider
        self._shape = shape_of(cls)
        own = None if cls.check is DataSource.check else cls.check
        self._checker = Checker(self._shape, cls._settings.rules, own)
        self.schema = schema.Schema(self._shape.block)

    def validate(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        """Check a configuration."""
        if self._checker.idle:
            return _VALID
        return requests.ValidateResponse(self._checker.check(request.config, self._provider))

    def read(self, request: requests.ReadDataRequest) -> requests.ReadDataResponse:
        """Read it."""
        call = Call(self._provider, self._shape, meta=_meta(self._provider, request.provider_meta))
        instance = self._shape.load(request.config)
        self._shape.fill_in_defaults(instance)
        try:
            self._class.read(instance, call)
        except ProviderError as problem:
            call.problems.append(problem.problem())
            return requests.ReadDataResponse(self._shape.null, tuple(call.problems))
        return requests.ReadDataResponse(self._shape.dump(instance), tuple(call.problems))


class EphemeralBinding:
    """A class of ephemeral resources.

    Attributes:
        schema: its schema.
    """

    def __init__(self, cls: type[Ephemeral], provider: Any) -> None:
        self._class = cls
        self._provider = provider
        self._shape = shape_of(cls)
        own = None if cls.check is Ephemeral.check else cls.check
        self._checker = Checker(self._shape, cls._settings.rules, own)
        self.schema = schema.Schema(self._shape.block)

    def validate(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        """Check a configuration."""
        if self._checker.idle:
            return _VALID
        return requests.ValidateResponse(self._checker.check(request.config, self._provider))

    def open(self, request: requests.OpenEphemeralRequest) -> requests.OpenEphemeralResponse:
        """Open one."""
        call = EphemeralCall(self._provider)
        instance = self._shape.load(request.config)
        self._shape.fill_in_defaults(instance)
        try:
            self._class.open(instance, call)
        except ProviderError as problem:
            call.problems.append(problem.problem())
            return requests.OpenEphemeralResponse(self._shape.null, diagnostics=tuple(call.problems))
        result = self._shape.dump(instance)
        return requests.OpenEphemeralResponse(result, call.private, call.renew_at, tuple(call.problems))

    def renew(self, request: requests.RenewEphemeralRequest) -> requests.RenewEphemeralResponse:
        """Keep one open."""
        call = EphemeralCall(self._provider, request.private)
        try:
            self._class.renew(call)
        except ProviderError as problem:
            call.problems.append(problem.problem())
        return requests.RenewEphemeralResponse(call.private, call.renew_at, tuple(call.problems))

    def close(self, request: requests.CloseEphemeralRequest) -> requests.CloseEphemeralResponse:
        """Close one."""
        call = EphemeralCall(self._provider, request.private)
        try:
            self._class.close(call)
        except ProviderError as problem:
            call.problems.append(problem.problem())
        return requests.CloseEphemeralResponse(tuple(call.problems))


def _read_only(name: str) -> requests.Problem:
    """The problem of a configuration that sets what only the provider can."""
    return requests.error(f'"{name}" attribute is read-only', path=(name,))
