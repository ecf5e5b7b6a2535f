"""What a plan consists of: changes of resource instances and of outputs, drift, check results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from iacctl.addrs import AbsProviderConfig, ResourceInstance
    from iacctl.provider.schema import Schema
    from iacctl.values import Value
    from iacctl.values.paths import Path

Action: TypeAlias = Literal[
    "no-op", "create", "read", "update", "delete", "delete-create", "create-delete", "forget", "create-forget"
]
NO_OP: Final = "no-op"
CREATE: Final = "create"
READ: Final = "read"
UPDATE: Final = "update"
DELETE: Final = "delete"
DELETE_THEN_CREATE: Final = "delete-create"
CREATE_THEN_DELETE: Final = "create-delete"
FORGET: Final = "forget"
CREATE_THEN_FORGET: Final = "create-forget"

REPLACING: Final = frozenset((DELETE_THEN_CREATE, CREATE_THEN_DELETE, CREATE_THEN_FORGET))

JSON_ACTIONS: Final[dict[Action, tuple[str, ...]]] = {
    NO_OP: ("no-op",),
    CREATE: ("create",),
    READ: ("read",),
    UPDATE: ("update",),
    DELETE: ("delete",),
    DELETE_THEN_CREATE: ("delete", "create"),
    CREATE_THEN_DELETE: ("create", "delete"),
    FORGET: ("forget",),
    CREATE_THEN_FORGET: ("create", "forget"),
}
"""How plan JSON writes each action."""

# Why an action was chosen, in the words of plan JSON's `action_reason`.
REPLACE_TAINTED: Final = "replace_because_tainted"
REPLACE_REQUESTED: Final = "replace_by_request"
REPLACE_TRIGGERED: Final = "replace_by_triggers"
REPLACE_CANNOT_UPDATE: Final = "replace_because_cannot_update"
DELETE_NO_CONFIG: Final = "delete_because_no_resource_config"
DELETE_WRONG_REPETITION: Final = "delete_because_wrong_repetition"
DELETE_COUNT_INDEX: Final = "delete_because_count_index"
DELETE_EACH_KEY: Final = "delete_because_each_key"
DELETE_NOT_ENABLED: Final = "delete_because_enabled_false"
DELETE_NO_MODULE: Final = "delete_because_no_module"
DELETE_NO_MOVE_TARGET: Final = "delete_because_no_move_target"
READ_CONFIG_UNKNOWN: Final = "read_because_config_unknown"
READ_DEPENDENCY_PENDING: Final = "read_because_dependency_pending"
READ_CHECK_NESTED: Final = "read_because_check_nested"


class Importing(NamedTuple):
    """What an object is imported by."""

    id: str = ""
    identity: Value = None
    unknown: bool = False


class ResourceChange(NamedTuple):
    """A planned change (or none) of one object of a resource instance.

    Attributes:
        address: the instance, under its new name if it moves.
        previous_address: the instance's address in the prior state.
        deposed: key of the deposed object that the change is about; None for the current object.
        provider: the provider configuration that makes the change.
        action: what is to be done.
        reason: why, in the words of plan JSON's `action_reason`; empty when it is obvious.
        before: the object as refreshed, a null of the schema's type where there is none. Sensitive parts are marked.
        after: the object as planned, with unknown and marked parts; null when it is to be deleted.
        schema: what both values conform to.
        replace_paths: attributes that force a replacement.
        private: the provider's private data for the apply.
        importing: set when the object is imported by this plan.
        generated_config: configuration written for an imported object.
    """

    address: ResourceInstance
    previous_address: ResourceInstance
    deposed: str | None
    provider: AbsProviderConfig
    action: Action
    reason: str
    before: Value
    after: Value
    schema: Schema
    replace_paths: tuple[Path, ...] = ()
    private: bytes = b""
    importing: Importing | None = None
    generated_config: str = ""
    before_identity: Value = None
    after_identity: Value = None

    @property
    def moved(self) -> bool:
        """Whether the object has another address than before."""
        return self.address != self.previous_address


class OutputChange(NamedTuple):
    """A planned change of a root module output value; `before` or `after` is None (dynamic null) where absent."""

    name: str
    action: Action
    before: Value
    after: Value
    sensitive: bool
    before_sensitive: bool


class CheckProblem(NamedTuple):
    """One failed condition of a checkable object."""

    message: str


class CheckInstance(NamedTuple):
    """How the conditions of one instance of a checkable object turned out."""

    address: str
    status: Literal["pass", "fail", "error", "unknown"]
    problems: tuple[CheckProblem, ...] = ()


class CheckResult(NamedTuple):
    """How the conditions of one checkable object of the configuration turned out.

    `address` is the static address (no instance keys), `kind` as plan JSON names it.
    """

    kind: Literal["resource", "output_value", "check", "var"]
    address: str
    status: Literal["pass", "fail", "error", "unknown"]
    instances: tuple[CheckInstance, ...]
