"""The base classes of resources, data sources and ephemeral resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from iacctl_providers.sdk.shapes import Body

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

    from iacctl.provider import requests
    from iacctl_providers.sdk.calls import Call, EphemeralCall, Plan, Reporting
    from iacctl_providers.sdk.rules import Rule


class Settings(NamedTuple):
    """What a class says about itself besides its attributes: the keyword arguments of its `class` statement.

    Attributes:
        version: version of the schema, to be raised when stored objects have to be changed.
        upgraders: for each older version, what makes its stored attributes (JSON data) those of the next version.
        rules: checks across attributes.
        import_by: the attribute that an import id is the value of; `read` fills in the others.
        reports_identity: the identity is stored with every object, not only with those that were imported by it.
    """

    version: int = 0
    upgraders: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
    rules: tuple[Rule, ...] = ()
    import_by: str = ""
    reports_identity: bool = True


class Resource(Body):
    """Base of managed resources.

    A method works on its object's attributes: in `create` and `update` they hold what is planned, with `UNKNOWN` in
    what the method has to
    fill in; in `read` and `delete` what is stored. It raises `ProviderError` where the remote system says no.
    """

    _settings: ClassVar[Settings] = Settings()

    def __init_subclass__(
        cls,
        *,
        version: int = 0,
        upgraders: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] | None = None,
        rules: tuple[Rule, ...] = (),
        import_by: str = "",
        reports_identity: bool = True,
        description: str | None = None,
    ) -> None:
        super().__init_subclass__(description=description)
        cls._settings = Settings(version, upgraders or {}, rules, import_by, reports_identity)

    def create(self, call: Call[Any]) -> None:
        """Make the object, and fill in the computed attributes.

        Call `call.progress(self)` as soon as the object exists, when there is more to do: without it, an error means
        that nothing exists.
        """
        raise NotImplementedError

    def read(self, call: Call[Any]) -> None:
        """Bring the attributes up to date; raise `Gone` if the object no longer exists. By default, nothing changes but
        by plan."""

    def update(self, call: Call[Any]) -> None:
        """Change the object to what is planned; `call.prior` is what it was. By default, the plan is stored and that's
        all."""

    def delete(self, call: Call[Any]) -> None:
        """Remove the object; fine if it is gone already. By default, it is forgotten."""

    def modify_plan(self, plan: Plan[Any]) -> None:
        """Adjust a planned creation or update: the attributes hold the plan so far."""

    def check(self, report: Reporting[Any]) -> None:
        """Check a configuration beyond validators and rules. The attributes may be `UNKNOWN`, and `report.provider` is
        not configured."""

    @classmethod
    def find_created(cls, planned: Self, call: Call[Any]) -> Self | None:
        """The object that an interrupted `create` with `call.token` has made, or None if it made none.

        `planned` holds what was planned, as far as that is still known. Set `call.uncertain` where None does not mean
        that there is no such object, and the provider's capability `find_created` to be asked at all.
        """
        call.uncertain = True
        return None

    @classmethod
    def import_id(cls, text: str, call: Call[Any]) -> Self:
        """An instance that `read` can complete, for an id that the user gives. By default, `import_by` names the
        attribute."""
        raise NotImplementedError

    @classmethod
    def move_from(cls, move: requests.MoveRequest) -> Self | None:
        """This resource's instance for a stored object of another type, or None if objects of that type can't be taken
        over."""
        return None


class DataSource(Body):
    """Base of data sources."""

    _settings: ClassVar[Settings] = Settings()

    def __init_subclass__(cls, *, rules: tuple[Rule, ...] = (), description: str | None = None) -> None:
        super().__init_subclass__(description=description)
        cls._settings = Settings(rules=rules)

    def read(self, call: Call[Any]) -> None:
        """Fill in the computed attributes."""
        raise NotImplementedError

    def check(self, report: Reporting[Any]) -> None:
        """Check a configuration beyond validators and rules. The attributes may be `UNKNOWN`, and `report.provider` is
        not configured."""


class Ephemeral(Body):
    """Base of ephemeral resources: opened when needed, closed after use, never stored."""

    _settings: ClassVar[Settings] = Settings()

    def __init_subclass__(cls, *, rules: tuple[Rule, ...] = (), description: str | None = None) -> None:
        super().__init_subclass__(description=description)
        cls._settings = Settings(rules=rules)

    def open(self, call: EphemeralCall[Any]) -> None:
        """Fill in the computed attributes; what renew and close need goes to `call.private`."""
        raise NotImplementedError

    def check(self, report: Reporting[Any]) -> None:
        """Check a configuration beyond validators and rules. The attributes may be `UNKNOWN`, and `report.provider` is
        not configured."""

    @classmethod
    def renew(cls, call: EphemeralCall[Any]) -> None:
        """Keep it open beyond `call.renew_at`."""

    @classmethod
    def close(cls, call: EphemeralCall[Any]) -> None:
        """Close it."""
