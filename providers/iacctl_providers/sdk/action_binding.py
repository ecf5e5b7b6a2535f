"""An action class behind the port's verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl import values
from iacctl.provider import requests, schema
from iacctl_providers.sdk.actions import Action
from iacctl_providers.sdk.calls import Reporting
from iacctl_providers.sdk.checking import Checker
from iacctl_providers.sdk.errors import ProviderError
from iacctl_providers.sdk.shapes import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl.values import Value


class ActionBinding:
    """An action class.

    Attributes:
        schema: its schema.
    """

    def __init__(self, cls: type[Action], provider: Any) -> None:
        self._class = cls
        self._provider = provider
        self._shape = shape_of(cls)
        self._checker = Checker(self._shape, cls._settings.rules, None if cls.check is Action.check else cls.check)
        self.schema = schema.ActionSchema(configured(self._shape.block))

    def validate(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        """Check a configuration."""
        if self._checker.idle or values.is_null(request.config):
            return requests.ValidateResponse()
        return requests.ValidateResponse(self._checker.check(request.config, self._provider))

    def plan(self, request: requests.PlanActionRequest) -> requests.PlanActionResponse:
        """Look at a planned invocation."""
        if self._class.plan is Action.plan:
            return requests.PlanActionResponse()
        report = Reporting(self._provider)
        try:
            self._class.plan(self._load(request.config), report)
        except ProviderError as problem:
            report.problems.append(problem.problem())
        return requests.PlanActionResponse(tuple(report.problems))

    def invoke(self, request: requests.InvokeActionRequest) -> Iterator[requests.ActionEvent]:
        """Do it, with an event for each step."""
        call = Reporting(self._provider)
        try:
            for text in self._class.invoke(self._load(request.config), call) or ():
                yield requests.ActionEvent(text)
        except ProviderError as problem:
            call.problems.append(problem.problem())
        yield requests.ActionEvent(done=True, diagnostics=tuple(call.problems))

    def _load(self, config: Value) -> Action:
        shape = self._shape
        if values.is_null(config):  # there is no `config` block
            loaded = self._class(**dict.fromkeys(shape.python_names.values()))
            for name, declared in shape.blocks.items():
                if declared.nesting != schema.SINGLE:
                    loaded.__dict__[shape.python_names[name]] = []
        else:
            loaded = shape.load(config)
        shape.fill_in_defaults(loaded)
        return loaded


def configured(block: schema.Block) -> schema.Block:
    """A block without computed attributes: in what is only configured, that which has a default is just optional."""
    return schema.Block(
        {name: item._replace(computed=False) for name, item in block.attributes.items()},
        block.blocks,
        description=block.description,
        markdown=block.markdown,
        deprecated=block.deprecated,
    )
