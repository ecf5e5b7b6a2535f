"""Plays the engine's part towards a provider, and checks every answer as the engine does."""

import os
from typing import Any

from iacctl import values
from iacctl.addrs import parse_provider_source
from iacctl.provider import conformance, decoding, paths, port, requests
from iacctl.provider.proposed import proposed_new, with_unknown_computed
from iacctl.values import Value, json
from iacctl_providers import catalog


class Refused(Exception):  # noqa: N818 -- it reads better in tests
    """The provider reported errors."""

    def __init__(self, problems: requests.Problems) -> None:
        super().__init__("; ".join(f"{problem.summary}: {problem.detail}" for problem in problems))
        self.problems = problems


def value_of(data: Any) -> Value:
    """A value from Python data as a configuration would write it: dicts are objects, lists tuples. Values stay."""
    if isinstance(data, dict):
        return values.object_value({key: value_of(item) for key, item in data.items()})
    if isinstance(data, list):
        return values.tuple_value([value_of(item) for item in data])
    if isinstance(data, float):
        return values.numbers.from_float(data)
    return data


def provider(source: str, **config: Any) -> port.Provider:
    """A configured provider."""
    address = parse_provider_source(source)
    assert address is not None
    entry = catalog.find(address)
    assert entry is not None
    made = entry.make()
    configure(made, **config)
    return made


def configure(made: port.Provider, **config: Any) -> None:
    wanted = decoding.coerce(made.schema().provider.block, value_of(config))
    succeed(made.validate_provider(requests.ValidateRequest("", wanted)).diagnostics)
    succeed(made.configure(requests.ConfigureRequest(wanted, "1.15.5")).diagnostics)


def succeed(problems: requests.Problems) -> None:
    """Raise Refused if there are errors."""
    if any(problem.severity == "error" for problem in problems):
        raise Refused(problems)


class Planned:
    """A planned change: what the engine keeps between plan and apply."""

    def __init__(self, prior: Value, response: requests.PlanResponse, config: Value) -> None:
        self.prior = prior
        self.planned = response.planned
        self.private = response.private
        self.config = config
        self.replaces = False
        self.warnings = [problem for problem in response.diagnostics if problem.severity == "warning"]

    @property
    def changes_nothing(self) -> bool:
        return values.raw_equals(self.prior, self.planned)


class Driver:
    """One resource instance.

    Attributes:
        state: the object as it is stored, or null.
    """

    def __init__(self, made: port.Provider, type_name: str) -> None:
        self.provider = made
        self.type_name = type_name
        self.schema = made.schema().resources[type_name]
        self.block = self.schema.block
        self.null = values.null_of(self.block.object_type)
        self.state: Value = self.null
        self.private = b""
        self.identity: Value = None
        self.reported: list[Value] = []

    def config(self, **arguments: Any) -> Value:
        return decoding.coerce(self.block, value_of(arguments))

    def problems(self, config: Value) -> requests.Problems:
        return self.provider.validate_resource(requests.ValidateRequest(self.type_name, config)).diagnostics

    def plan(self, config: Value) -> Planned:
        succeed(self.problems(config))
        planned = self._plan(self.state, config)
        return planned

    def _plan(self, prior: Value, config: Value) -> Planned:
        proposed = paths.without_write_only(self.block, proposed_new(self.block, prior, config))
        request = requests.PlanRequest(self.type_name, prior, proposed, config, self.private, None, self.identity)
        response = self.provider.plan(request)
        succeed(response.diagnostics)
        assert conformance.assert_conforms(self.block, response.planned) == []
        assert conformance.assert_plan_valid(self.block, prior, config, response.planned) == []
        planned = Planned(prior, response, config)
        if not values.is_null(prior):
            changed = [path for path in response.requires_replace if self._differs(path, prior, response.planned)]
            if changed:
                self.private = b""
                planned = self._plan(self.null, config)
                planned.replaces = True
                planned.prior = prior
        return planned

    def _differs(self, path: values.Path, prior: Value, planned: Value) -> bool:
        return not values.raw_equals(values.paths.apply(path, prior), values.paths.apply(path, planned))

    def apply(self, planned: Planned) -> Value:
        prior = planned.prior
        if planned.replaces:
            self.delete()
            prior = self.null
        # During apply the engine plans again, with what is known by then.
        proposed = paths.without_write_only(self.block, proposed_new(self.block, prior, planned.config))
        again = self.provider.plan(
            requests.PlanRequest(self.type_name, prior, proposed, planned.config, self.private, None, self.identity)
        )
        succeed(again.diagnostics)
        assert conformance.assert_object_compatible(self.block, planned.planned, again.planned) == []
        response = self.provider.apply(
            requests.ApplyRequest(
                self.type_name,
                prior,
                again.planned,
                planned.config,
                again.private,
                planned_identity=self.identity,
                progress=lambda value, private: self.reported.append(value),
                token=os.urandom(8).hex(),
            )
        )
        if not values.is_null(response.state):
            assert conformance.assert_conforms(self.block, response.state) == []
        self.state, self.private, self.identity = response.state, response.private, response.identity
        succeed(response.diagnostics)
        assert conformance.unknown_paths(response.state) == []
        assert conformance.assert_object_compatible(self.block, again.planned, response.state) == []
        assert paths.write_only_paths(self.block, response.state) == []
        return response.state

    def create(self, **arguments: Any) -> Value:
        return self.apply(self.plan(self.config(**arguments)))

    def read(self) -> Value:
        """Store and load the state as a later run does, then read the object."""
        stored = json.loads(json.dumps(self.state, self.block.object_type))
        upgraded = self.provider.upgrade_state(
            requests.UpgradeStateRequest(self.type_name, self.schema.version, stored)
        )
        succeed(upgraded.diagnostics)
        assert values.raw_equals(upgraded.state, self.state)
        response = self.provider.read(
            requests.ReadRequest(self.type_name, upgraded.state, self.private, identity=self.identity)
        )
        succeed(response.diagnostics)
        assert conformance.assert_conforms(self.block, response.state) == []
        self.state, self.private = response.state, response.private
        return response.state

    def delete(self) -> None:
        response = self.provider.apply(
            requests.ApplyRequest(self.type_name, self.state, self.null, self.null, self.private)
        )
        succeed(response.diagnostics)
        assert values.is_null(response.state)
        self.state, self.private, self.identity = self.null, b"", None

    def import_(self, id_: str) -> Value:
        response = self.provider.import_resource(requests.ImportRequest(self.type_name, id_))
        succeed(response.diagnostics)
        (found,) = response.resources
        assert found.type_name == self.type_name
        assert conformance.assert_conforms(self.block, found.state) == []
        self.state, self.private, self.identity = found.state, found.private, found.identity
        return self.read()

    def __getitem__(self, name: str) -> Any:
        """An attribute of the state."""
        return attributes(self.state)[name]


def attributes(value: Value) -> dict[str, Value]:
    assert isinstance(value, (dict, values.ObjectValue))
    return value if isinstance(value, dict) else value.attributes


def read_data(made: port.Provider, type_name: str, **arguments: Any) -> dict[str, Value]:
    """Read a data source, checked as the engine checks it."""
    block = made.schema().data_sources[type_name].block
    config = decoding.coerce(block, value_of(arguments))
    succeed(made.validate_data(requests.ValidateRequest(type_name, config)).diagnostics)
    response = made.read_data(requests.ReadDataRequest(type_name, config))
    succeed(response.diagnostics)
    assert conformance.assert_conforms(block, response.state) == []
    assert conformance.unknown_paths(response.state) == []
    promised = with_unknown_computed(block, config)
    assert conformance.assert_object_compatible(block, promised, response.state) == []
    return attributes(response.state)


def call(made: port.Provider, name: str, *arguments: Value) -> Value:
    """Call a provider-defined function."""
    response = made.call_function(requests.CallFunctionRequest(name, arguments))
    if response.error:
        raise Refused((requests.error(response.error, str(response.argument)),))
    declared = made.schema().functions[name].return_type
    assert values.conformance.conforms(response.result, declared)
    return response.result
