"""The mock provider's side of the port: calls are logged, and the rules of the port are broken on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from iacctl import values
from iacctl_providers.mock.faults import Call
from iacctl_providers.sdk import plain
from iacctl_providers.sdk.adapter import Adapter
from iacctl_providers.sdk.errors import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iacctl.provider import requests, search
    from iacctl.values import Value
    from iacctl_providers.mock.provider import Mock


class _Response(Protocol):
    @property
    def diagnostics(self) -> requests.Problems: ...


R = TypeVar("R", bound=_Response)


class MockAdapter(Adapter):
    """The mock provider as the engine sees it."""

    instance: Mock

    def plan(self, request: requests.PlanRequest) -> requests.PlanResponse:
        call = self._call("plan", request.type_name, request.prior, request.proposed)
        response = self._logged(call, lambda: self._plan(call, request), request.provider_meta)
        for fault in self.instance.plagues.faults(call, breaking=True):
            if fault.kind == "wrong_plan":
                response = response._replace(planned=_altered(response.planned, "planned"))
            elif fault.kind == "leaked_result":
                response = response._replace(planned=self._leaking(request.type_name, response.planned))
        return response

    def _plan(self, call: Call, request: requests.PlanRequest) -> requests.PlanResponse:
        try:
            self.instance.enter(call)
        except ProviderError as problem:
            from iacctl.provider import requests as port_requests

            return port_requests.PlanResponse(request.prior, diagnostics=(problem.problem(),))
        return super().plan(request)

    def apply(self, request: requests.ApplyRequest) -> requests.ApplyResponse:
        deletes = values.is_null(request.planned)
        operation = "delete" if deletes else "create" if values.is_null(request.prior) else "update"
        call = self._call(operation, request.type_name, request.prior, request.planned)
        response = self._logged(call, lambda: super(MockAdapter, self).apply(request), request.provider_meta)
        for fault in self.instance.plagues.faults(call, breaking=True):
            response = response._replace(
                state=self._broken(request.type_name, response.state, request.prior, fault.kind)
            )
        return response

    def read(self, request: requests.ReadRequest) -> requests.ReadResponse:
        call = self._call("read", request.type_name, request.current)
        response = self._logged(call, lambda: super(MockAdapter, self).read(request), request.provider_meta)
        for fault in self.instance.plagues.faults(call, breaking=True):
            response = response._replace(
                state=self._broken(request.type_name, response.state, request.current, fault.kind)
            )
        return response

    def read_data(self, request: requests.ReadDataRequest) -> requests.ReadDataResponse:
        call = self._call("read_data", request.type_name, request.config)
        return self._logged(call, lambda: super(MockAdapter, self).read_data(request), request.provider_meta)

    def find_created(self, request: search.FindCreatedRequest) -> search.FindCreatedResponse:
        call = self._call("find", request.type_name, request.planned)
        return self._logged(call, lambda: super(MockAdapter, self).find_created(request))

    def import_resource(self, request: requests.ImportRequest) -> requests.ImportResponse:
        call = Call("import", request.type_name, request.id)
        return self._logged(call, lambda: super(MockAdapter, self).import_resource(request))

    def _logged(self, call: Call, run: Callable[[], R], meta: Value = None) -> R:
        log = self.instance.log
        if log is None:
            return run()
        module = None if values.is_null(meta) else plain.attributes_of(meta)["module"]
        log.write("start", call, **({} if values.is_null(module) else {"module": module}))
        failed = True
        try:
            response = run()
            failed = any(problem.severity == "error" for problem in response.diagnostics)
            return response
        finally:
            log.write("end", call, failed=failed)

    def _call(self, operation: str, type_name: str, *objects: Value) -> Call:
        if self.instance.log is None and not self.instance.fault and not self.instance.latency:
            return Call(operation, type_name, "")  # nobody looks at the name
        name = ""
        for value in objects:
            if not values.is_null(value):
                held = plain.attributes_of(value)
                found = held.get("name", held.get("user"))
                found = found if isinstance(found, str) else held.get("id")
                name = found if isinstance(found, str) else name
        return Call(operation, type_name, name)

    def open_ephemeral(self, request: requests.OpenEphemeralRequest) -> requests.OpenEphemeralResponse:
        call = self._call("open", request.type_name, request.config)
        response = self._logged(call, lambda: super(MockAdapter, self).open_ephemeral(request))
        for fault in self.instance.plagues.faults(call, breaking=True):
            block = self._ephemeral(request.type_name).schema.block
            result = response.result
            if fault.kind == "null_result":
                result = values.null_of(block.object_type)
            elif fault.kind == "invalid_result":
                result = values.object_value({"unexpected": True})
            elif fault.kind == "wrong_result":
                result = _altered(result, "as it is")
            response = response._replace(result=result)
        return response

    def renew_ephemeral(self, request: requests.RenewEphemeralRequest) -> requests.RenewEphemeralResponse:
        call = Call("renew", request.type_name, _opened_name(request.private))
        return self._logged(call, lambda: super(MockAdapter, self).renew_ephemeral(request))

    def close_ephemeral(self, request: requests.CloseEphemeralRequest) -> requests.CloseEphemeralResponse:
        call = Call("close", request.type_name, _opened_name(request.private))
        return self._logged(call, lambda: super(MockAdapter, self).close_ephemeral(request))

    def invoke_action(self, request: requests.InvokeActionRequest) -> Iterator[requests.ActionEvent]:
        call = self._call("invoke", request.type_name, request.config)
        log = self.instance.log
        if log is not None:
            log.write("start", call)
        failed = True
        try:
            for event in super().invoke_action(request):
                failed = any(problem.severity == "error" for problem in event.diagnostics)
                yield event
        finally:
            if log is not None:
                log.write("end", call, failed=failed)

    def _leaking(self, type_name: str, value: Value) -> Value:
        """The object with a value in its write-only attributes (of type string)."""
        if values.is_null(value):
            return value
        attributes = self._resource(type_name).schema.block.attributes
        leaked = {name: "leaked" for name, item in attributes.items() if item.write_only and item.type is values.STRING}
        return values.object_value({**plain.attributes_of(value), **leaked})

    def _broken(self, type_name: str, value: Value, before: Value, kind: str) -> Value:
        """An answer that breaks the rules in one way."""
        if kind == "null_result":
            return values.null_of(self._resource(type_name).schema.block.object_type)
        if kind == "invalid_result":
            return values.object_value({"unexpected": True})
        if values.is_null(value):
            return before
        if kind == "leaked_result":
            return self._leaking(type_name, value)
        if kind == "unknown_result":
            return values.object_value({**plain.attributes_of(value), "id": values.unknown_of(values.STRING)})
        return _altered(value, "as it is") if kind == "wrong_result" else value


def _opened_name(private: bytes) -> str:
    """The name that an ephemeral resource was opened under: the first line of its private data."""
    return private.decode(errors="replace").partition("\n")[0]


def _altered(value: Value, text: str) -> Value:
    """The object with another value in its first string (other than the id) that is known and not null."""
    if values.is_null(value):
        return value
    held = dict(plain.attributes_of(value))
    for name, item in held.items():
        if isinstance(item, str) and name != "id":
            held[name] = f"{item} {text}"
            break
    return values.object_value(held)
