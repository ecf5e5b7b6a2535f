"""What the methods of resources and data sources are given besides their object: the provider, what was before, a place
for warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from iacctl.provider import requests

if TYPE_CHECKING:
    from iacctl.values import Path, Value
    from iacctl_providers.sdk.shapes import Body, Shape

P = TypeVar("P")


class Reporting(Generic[P]):
    """The part that all calls share.

    Attributes:
        provider: the configured provider: an instance of the author's provider class.
        problems: what was reported so far.
    """

    __slots__ = ("problems", "provider")

    def __init__(self, provider: P) -> None:
        self.provider = provider
        self.problems: list[requests.Problem] = []

    def warn(self, summary: str, detail: str = "", path: str | Path | None = None) -> None:
        """Report a warning, about an attribute (by name or path) if one is given."""
        self.problems.append(requests.warning(summary, detail, (path,) if isinstance(path, str) else path))

    def error(self, summary: str, detail: str = "", path: str | Path | None = None) -> None:
        """Report an error and go on, to find others. (Raise `ProviderError` to stop.)"""
        self.problems.append(requests.error(summary, detail, (path,) if isinstance(path, str) else path))


class Call(Reporting[P]):
    """A call of create, read, update or delete, or of a data source's read.

    Attributes:
        private: bytes that are stored with the object, unseen by the user; assign to change them.
        token: the same for every attempt at one planned change: hand it on where the remote system takes idempotency
            tokens.
        uncertain: set it where a failed creation may have made an object all the same (a lost connection), or where
            `find_created` cannot tell that there is none.
        meta: what the module says in a `provider_meta` block, an instance of the provider's class for that; None if it
            says nothing.
    """

    __slots__ = ("_config", "_prior", "_progress", "_reported", "_shape", "meta", "private", "token", "uncertain")

    def __init__(
        self,
        provider: P,
        shape: Shape[Any],
        private: bytes = b"",
        *,
        prior: Value = None,
        config: Value = None,
        progress: requests.Progress | None = None,
        token: str = "",
        meta: Any = None,
    ) -> None:
        self.meta = meta
        self.provider = provider
        self.problems = []
        self.private = private
        self.token = token
        self.uncertain = False
        self._shape = shape
        self._prior = prior
        self._config = config
        self._progress = progress
        self._reported: Value = None

    @property
    def prior(self) -> Any:
        """During an update, the object as it was before: an instance of the resource's class. None otherwise."""
        return None if self._prior is None else self._shape.load(self._prior)

    @property
    def config(self) -> Any:
        """During create and update, the configuration as written: the only place that holds write-only attributes."""
        return None if self._config is None else self._shape.load(self._config)

    def progress(self, instance: Body) -> None:
        """Say that the object exists now as `instance` (whose id, at least, is set), so that it survives whatever
        happens next."""
        from iacctl import values
        from iacctl.values import paths

        def known(path: Path, part: Value) -> Value:
            return values.null_of(part.type) if type(part) is values.Unknown else part

        self._reported = paths.transform(self._shape.dump(instance), known)
        if self._progress is not None:
            self._progress(self._reported, self.private)

    @property
    def reported(self) -> Value:
        """What `progress` reported last, or None."""
        return self._reported


class Plan(Reporting[P]):
    """A planned change, for `modify_plan`.

    Attributes:
        private: bytes that are handed to create or update, and stored with the object.
        replaced: what must be replaced so far.
    """

    __slots__ = ("_config", "_prior", "_shape", "private", "replaced")

    def __init__(self, provider: P, shape: Shape[Any], private: bytes, prior: Value, config: Value) -> None:
        self.provider = provider
        self.problems = []
        self.private = private
        self.replaced: list[Path] = []
        self._shape = shape
        self._prior = prior
        self._config = config

    @property
    def prior(self) -> Any:
        """The object as it is now: an instance of the resource's class, or None when it is to be created."""
        return None if self._prior is None else self._shape.load(self._prior)

    @property
    def config(self) -> Any:
        """The configuration as written: an instance of the resource's class."""
        return self._shape.load(self._config)

    @property
    def creates(self) -> bool:
        """Whether the object does not exist yet (or is to be replaced, and this plans the new one)."""
        return self._prior is None

    def requires_replace(self, path: str | Path) -> None:
        """The change of this attribute needs a new object."""
        self.replaced.append((path,) if isinstance(path, str) else path)


class EphemeralCall(Reporting[P]):
    """A call of open, renew or close of an ephemeral resource.

    Attributes:
        private: bytes handed from open to renew and close.
        renew_at: set it to a time in seconds since the epoch to have `renew` called by then.
    """

    __slots__ = ("private", "renew_at")

    def __init__(self, provider: P, private: bytes = b"") -> None:
        super().__init__(provider)
        self.private = private
        self.renew_at: float | None = None
