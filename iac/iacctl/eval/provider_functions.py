"""Functions that providers define: `provider::LOCAL_NAME::FUNCTION(…)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.lang.functions.calling import ArgumentError, Function, FunctionError, Implementation, Parameter
from iacctl.provider.requests import CallFunctionRequest

if TYPE_CHECKING:
    from iacctl.config.model import Module
    from iacctl.eval.world import World
    from iacctl.provider.schema import FunctionParameter
    from iacctl.values import Value


def find(world: World, module: Module, name: str) -> Function | None:
    """The function of a call, by the provider's local name in a module; None when there is no such function."""
    parts = name.split("::")
    if len(parts) != 3 or parts[1] not in module.required_providers:
        return None
    source = module.provider_for(parts[1])
    declared = world.providers.schema(source).functions.get(parts[2])
    if declared is None:
        return None
    provider = world.providers.unconfigured(source)

    def call(*arguments: Value) -> Value:
        response = provider.call_function(CallFunctionRequest(parts[2], arguments))
        if response.error:
            if response.argument is not None:
                raise ArgumentError(response.argument, response.error)
            raise FunctionError(response.error)
        return response.result

    return Function(
        name,
        Implementation(call),
        [_parameter(item) for item in declared.parameters],
        None if declared.variadic is None else _parameter(declared.variadic),
        declared.return_type,
        not_null=False,
    )


def _parameter(declared: FunctionParameter) -> Parameter:
    return Parameter(
        declared.name,
        declared.type,
        allow_null=declared.allow_null,
        allow_unknown=declared.allow_unknown,
    )
