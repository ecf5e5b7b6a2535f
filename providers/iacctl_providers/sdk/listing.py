"""The base class of list resources: what finds the objects of a resource type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar

from iacctl_providers.sdk.calls import Reporting
from iacctl_providers.sdk.resources import Settings
from iacctl_providers.sdk.shapes import Body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl_providers.sdk.resources import Resource
    from iacctl_providers.sdk.rules import Rule

P = TypeVar("P")


class Item(NamedTuple):
    """An object that a listing has found.

    Attributes:
        display_name: what people call it.
        resource: an instance of the resource's class: wholly filled in where whole objects are wanted, else at least with the
            attributes that identify it.
    """

    display_name: str
    resource: Resource


class ListCall(Reporting[P], Generic[P]):
    """A call of `find`.

    Attributes:
        limit: how many objects are wanted at most; more are not looked at.
        whole: whether whole objects are wanted.
    """

    __slots__ = ("limit", "whole")

    def __init__(self, provider: P, limit: int, whole: bool) -> None:
        super().__init__(provider)
        self.limit = limit
        self.whole = whole


class Listing(Body):
    """Base of list resources. Declared attributes are the arguments of the `config` block."""

    _settings: ClassVar[Settings] = Settings()

    def __init_subclass__(cls, *, rules: tuple[Rule, ...] = (), description: str | None = None) -> None:
        super().__init_subclass__(description=description)
        cls._settings = Settings(rules=rules)

    def find(self, call: ListCall[Any]) -> Iterator[Item]:
        """Yield an `Item` for each object that there is; raise `ProviderError` where the remote system says no."""
        raise NotImplementedError

    def check(self, report: Reporting[Any]) -> None:
        """Check a configuration beyond validators and rules. The arguments may be `UNKNOWN`, and `report.provider` is not
        configured."""
