"""Provider-defined functions: a decorated Python function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from iacctl.provider import requests, schema
from iacctl_providers.sdk import plain
from iacctl_providers.sdk.errors import ArgumentError, ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl_providers.sdk.attributes import Kind


class Parameter(NamedTuple):
    """A parameter of a function.

    Attributes:
        name: in messages.
        kind: of its values.
        allow_null: whether the function takes None; else null is refused.
        description: for people.
        allow_unknown: whether the function takes `UNKNOWN`; else its result is unknown then, without a call.
    """

    name: str
    kind: Kind[Any]
    allow_null: bool = False
    description: str = ""
    allow_unknown: bool = False

    def declaration(self) -> schema.FunctionParameter:
        """The parameter as the engine sees it."""
        return schema.FunctionParameter(
            self.name, self.kind.type, self.allow_null, self.allow_unknown, description=self.description
        )


class Function:
    """A function that configurations can call as `provider::NAME::FUNCTION(...)`; made by `function`."""

    def __init__(
        self,
        implementation: Callable[..., Any],
        parameters: tuple[Parameter, ...],
        returns: Kind[Any],
        variadic: Parameter | None,
        summary: str | None,
        description: str | None,
    ) -> None:
        self._implementation = implementation
        self._loads = [parameter.kind.load for parameter in parameters]
        self._load_rest = variadic.kind.load if variadic else plain.as_is
        self._dump = returns.dump
        text = (implementation.__doc__ or "").strip()
        self.schema = schema.FunctionSchema(
            parameters=tuple(parameter.declaration() for parameter in parameters),
            return_type=returns.type,
            variadic=variadic.declaration() if variadic else None,
            summary=text.partition("\n")[0] if summary is None else summary,
            description=text if description is None else description,
        )

    def call(self, request: requests.CallFunctionRequest) -> requests.CallFunctionResponse:
        """Call it."""
        count = len(self._loads)
        arguments = [load(value) for load, value in zip(self._loads, request.arguments[:count], strict=True)]
        arguments += [self._load_rest(value) for value in request.arguments[count:]]
        try:
            return requests.CallFunctionResponse(self._dump(self._implementation(*arguments)))
        except ArgumentError as problem:
            return requests.CallFunctionResponse(None, problem.message, problem.argument)
        except ProviderError as problem:
            return requests.CallFunctionResponse(None, str(problem))


def function(
    *parameters: Parameter,
    returns: Kind[Any],
    variadic: Parameter | None = None,
    summary: str | None = None,
    description: str | None = None,
) -> Callable[[Callable[..., Any]], Function]:
    """Make a Python function one that configurations can call. It takes and gives plain values; its docstring is its
    description.

    Args:
        parameters: one for each argument.
        returns: the kind of its result.
        variadic: what any further arguments are.
        summary: one line on what it does, if not the docstring's first.
        description: what it does, if not the docstring.
    """
    return lambda implementation: Function(implementation, parameters, returns, variadic, summary, description)
