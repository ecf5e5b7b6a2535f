"""Functions that providers define: `provider::LOCAL_NAME::FUNCTION(…)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.eval.problems import crash_detail
from iacctl.lang.functions.calling import (
    ArgumentError,
    Function,
    FunctionError,
    Implementation,
    Parameter,
    UnknownFunctionError,
)
from iacctl.provider.requests import CallFunctionRequest
from iacctl.values import is_wholly_known, unknown_of

if TYPE_CHECKING:
    from iacctl.config.model import Module
    from iacctl.eval.world import World
    from iacctl.provider.schema import FunctionParameter
    from iacctl.values import Value


def find(world: World, module: Module, name: str) -> Function | None:
    """The function of a call, by the provider's local name in a module; None when the module has no such provider.

    Raises:
        UnknownFunctionError: the provider has no such function.
    """
    key = (module.path, name)
    found = world.provider_functions.get(key)
    if found is None:
        parts = name.split("::")
        if len(parts) != 3 or parts[1] not in module.required_providers:
            return None
        found = world.provider_functions[key] = _function(world, module, parts[1], parts[2])
    return found


def _function(world: World, module: Module, local_name: str, name: str) -> Function:
    source = module.provider_for(local_name)
    declared = world.providers.schema(source).functions.get(name)
    if declared is None:
        raise UnknownFunctionError(f'The function "{name}" is not available from the provider "{local_name}".')
    provider = world.providers.unconfigured(source)
    parameters = [_parameter(item) for item in declared.parameters]
    variadic = None if declared.variadic is None else _parameter(declared.variadic)
    allows_unknown = [parameter.allow_unknown for parameter in parameters]
    more_unknown = variadic is not None and variadic.allow_unknown

    def call(*arguments: Value) -> Value:
        for position, argument in enumerate(arguments):
            allowed = allows_unknown[position] if position < len(allows_unknown) else more_unknown
            if not allowed and not is_wholly_known(argument):
                return unknown_of(declared.return_type)
        try:
            response = provider.call_function(CallFunctionRequest(name, arguments))
        except Exception as error:
            raise FunctionError(f"the provider {source.for_display()} failed: {crash_detail(error)}") from error
        if response.error:
            if response.argument is not None:
                raise ArgumentError(response.argument, response.error)
            raise FunctionError(response.error)
        return response.result

    return Function(
        name,
        Implementation(call),
        parameters,
        variadic,
        declared.return_type,
        not_null=False,
        recorded=f"{source}::{name}",
    )


def _parameter(declared: FunctionParameter) -> Parameter:
    return Parameter(
        declared.name,
        declared.type,
        allow_null=declared.allow_null,
        allow_unknown=declared.allow_unknown,
    )
