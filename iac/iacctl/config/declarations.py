"""What single blocks declare, with expressions that nobody has evaluated yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from iacctl.addrs import Provider
    from iacctl.addrs.resources import Mode
    from iacctl.config.actions import ActionTrigger
    from iacctl.config.versions import Constraints
    from iacctl.diag import Range
    from iacctl.hcl.ast import Attribute, Expression, ScopeTraversal
    from iacctl.hcl.body import Body
    from iacctl.values import Type, Value
    from iacctl.values.defaults import Defaults

ResourceKey: TypeAlias = "tuple[Mode, str, str]"
"""Mode, type and name: what tells the resources of one module apart."""


class Condition(NamedTuple):
    """A `validation`, `precondition`, `postcondition` or `assert` block.

    Attributes:
        condition: must be true.
        error_message: what to tell when it is not; None if it was missing (an error that has been reported).
        range: the block's header.
    """

    condition: Expression
    error_message: Expression
    range: Range


class ProviderRef(NamedTuple):
    """A reference to a provider configuration within one module, such as `aws.west`.

    Attributes:
        name: the provider's local name.
        name_range: where the name is written.
        alias: the alias, or None for the default configuration.
        alias_range: where the alias is written.
        instance: which instance of a configuration with `for_each`, or None.
    """

    name: str
    name_range: Range
    alias: str | None = None
    alias_range: Range | None = None
    instance: Expression | None = None

    def __str__(self) -> str:
        return f"{self.name}.{self.alias}" if self.alias else self.name

    @property
    def range(self) -> Range:
        """Where name and alias are written."""
        return self.name_range if self.alias_range is None else self.name_range.until(self.alias_range)

    @property
    def key(self) -> tuple[str, str | None]:
        """The key of `Module.provider_configs` that this refers to."""
        return (self.name, self.alias)


class Variable:
    """An input variable.

    Attributes:
        name: its name.
        type: the type constraint, with its optional attributes; `DYNAMIC` if none is given.
        defaults: defaults of optional attributes, to be applied before conversion; None if there are none.
        default: the default value, converted; None (the null) also if there is none.
        has_default: whether a default is given, so that callers need not set the variable.
        literal: whether text from the command line or the environment is the value itself (string, number, bool or no type)
            rather than an HCL expression.
        nullable: whether null stays null instead of becoming the default.
        deprecated: the message to show where the variable is set, or None.
        const: whether the value must be known before anything is planned, so that module sources can refer to it.
        range: the block's header.
    """

    __slots__ = (
        "const",
        "default",
        "defaults",
        "deprecated",
        "deprecated_range",
        "description",
        "ephemeral",
        "has_default",
        "literal",
        "name",
        "nullable",
        "range",
        "sensitive",
        "sets",
        "type",
        "type_expression",
        "validations",
    )

    def __init__(self, name: str, range: Range) -> None:
        from iacctl.values import DYNAMIC

        self.name = name
        self.range = range
        self.type: Type = DYNAMIC
        self.type_expression: Expression | None = None
        self.defaults: Defaults | None = None
        self.default: Value = None
        self.has_default = False
        self.literal = True
        self.description: str | None = None
        self.sensitive = False
        self.ephemeral = False
        self.nullable = True
        self.deprecated: str | None = None
        self.deprecated_range: Range | None = None
        self.const = False
        self.validations: list[Condition] = []
        self.sets: frozenset[str] = frozenset()
        """Names of the arguments that the block gives, which is what an override file replaces."""

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return not self.has_default


class Local(NamedTuple):
    """One argument of a `locals` block."""

    name: str
    expression: Expression
    range: Range


class Output:
    """An output value.

    Attributes:
        name: its name.
        expression: its value; None if it was missing (an error that has been reported).
        type: the type constraint to convert the value to, or None.
        deprecated: the message to show where the output is used, or None.
        range: the block's header.
    """

    __slots__ = (
        "defaults",
        "depends_on",
        "deprecated",
        "deprecated_range",
        "description",
        "ephemeral",
        "expression",
        "name",
        "preconditions",
        "range",
        "sensitive",
        "sets",
        "type",
    )

    def __init__(self, name: str, range: Range) -> None:
        self.name = name
        self.range = range
        self.expression: Expression | None = None
        self.description: str | None = None
        self.sensitive = False
        self.ephemeral = False
        self.type: Type | None = None
        self.defaults: Defaults | None = None
        self.deprecated: str | None = None
        self.deprecated_range: Range | None = None
        self.depends_on: list[ScopeTraversal] = []
        self.preconditions: list[Condition] = []
        self.sets: frozenset[str] = frozenset()
        """Names of the arguments that the block gives, which is what an override file replaces."""


class Provisioner(NamedTuple):
    """A `provisioner` block.

    Attributes:
        type: the provisioner's name.
        when: `"create"` or `"destroy"`.
        on_failure: `"fail"` or `"continue"`.
        body: what is left after the meta-arguments.
        connection: how to reach the object, in place of the resource's own; or None.
        range: the block's header.
        type_range: the label.
    """

    type: str
    when: str
    on_failure: str
    body: Body
    connection: Body | None
    range: Range
    type_range: Range


class Resource:
    """A `resource`, `data` or `ephemeral` block.

    Attributes:
        mode: `"managed"`, `"data"` or `"ephemeral"`.
        type: the resource type.
        name: the name.
        body: what is left for the provider's schema after the meta-arguments.
        count: how many instances, or None.
        for_each: the collection with an instance for each element, or None.
        depends_on: references to what must be complete before.
        provider_ref: what the `provider` argument names, or None if it is missing.
        provider: the source address of the provider, through `required_providers` or implied by the type.
        create_before_destroy: None if not given.
        prevent_destroy: None if not given.
        destroy: False if objects are to be forgotten where they would be destroyed; None if not given.
        enabled: whether there is an instance at all, in place of `count`; or None.
        ignore_changes: attributes whose difference is not acted upon, as traversals relative to the resource.
        ignore_all_changes: whether `ignore_changes = all`.
        replace_triggered_by: references whose change replaces this resource.
        range: the block's header; of the base block if override files changed it.
        type_range: the type label.
        provisioners: what runs after creation or before destruction.
        connection: how provisioners reach the object, or None.
        enclosing_check: the name of the check block that a scoped data source belongs to, or None.
        action_triggers: actions to invoke around changes of the resource.
    """

    __slots__ = (
        "action_triggers",
        "body",
        "connection",
        "count",
        "create_before_destroy",
        "depends_on",
        "destroy",
        "enabled",
        "enclosing_check",
        "for_each",
        "ignore_all_changes",
        "ignore_changes",
        "mode",
        "name",
        "postconditions",
        "preconditions",
        "prevent_destroy",
        "provider",
        "provider_ref",
        "provisioners",
        "range",
        "replace_triggered_by",
        "type",
        "type_range",
    )

    def __init__(self, mode: Mode, type: str, name: str, body: Body, range: Range, type_range: Range) -> None:
        self.mode: Mode = mode
        self.type = type
        self.name = name
        self.body = body
        self.range = range
        self.type_range = type_range
        self.count: Expression | None = None
        self.for_each: Expression | None = None
        self.depends_on: list[ScopeTraversal] = []
        self.provider_ref: ProviderRef | None = None
        self.provider: Provider = None  # type: ignore[assignment]  # set once the module's required_providers are known
        self.create_before_destroy: bool | None = None
        self.prevent_destroy: bool | None = None
        self.destroy: bool | None = None
        self.enabled: Expression | None = None
        self.ignore_changes: list[ScopeTraversal] = []
        self.ignore_all_changes = False
        self.replace_triggered_by: list[Expression] = []
        self.preconditions: list[Condition] = []
        self.postconditions: list[Condition] = []
        self.provisioners: list[Provisioner] = []
        self.connection: Body | None = None
        self.enclosing_check: str | None = None
        self.action_triggers: list[ActionTrigger] = []

    @property
    def key(self) -> ResourceKey:
        """The key in `Module.resources`."""
        return (self.mode, self.type, self.name)

    @property
    def provider_config_key(self) -> tuple[str, str | None]:
        """Local name and alias of the provider configuration that serves this resource in its module."""
        if self.provider_ref is not None:
            return self.provider_ref.key
        return (implied_provider_name(self.type), None)

    def __str__(self) -> str:
        prefix = "" if self.mode == "managed" else f"{self.mode}."
        return f"{prefix}{self.type}.{self.name}"


def implied_provider_name(resource_type: str) -> str:
    """The local name of the provider that a resource type belongs to by its name: what stands before the first underscore."""
    return resource_type.partition("_")[0]


class PassedProvider(NamedTuple):
    """One entry of a module call's `providers` map."""

    in_child: ProviderRef
    in_parent: ProviderRef


class ModuleCall:
    """A `module` block.

    Attributes:
        name: the name.
        source: the source address as written; None if it is missing or no constant.
        version: the constraint on the versions of a registry module, or None.
        arguments: the expressions for the child's variables, by name.
        body: what is left after the meta-arguments: the arguments.
        enabled: whether there is an instance at all, in place of `count`; or None.
        providers: the `providers` map; None if it is not given, when default configurations are inherited.
        range: the block's header.
    """

    __slots__ = (
        "arguments",
        "body",
        "count",
        "depends_on",
        "enabled",
        "for_each",
        "name",
        "providers",
        "range",
        "source",
        "source_expression",
        "source_range",
        "version",
        "version_expression",
        "version_range",
    )

    def __init__(self, name: str, body: Body, range: Range) -> None:
        self.name = name
        self.body = body
        self.range = range
        self.source: str | None = None
        self.source_range: Range | None = None
        self.source_expression: Expression | None = None
        self.version: Constraints | None = None
        self.version_range: Range | None = None
        self.version_expression: Expression | None = None
        self.arguments: dict[str, Attribute] = {}
        self.count: Expression | None = None
        self.for_each: Expression | None = None
        self.enabled: Expression | None = None
        self.depends_on: list[ScopeTraversal] = []
        self.providers: list[PassedProvider] | None = None


class ProviderConfig:
    """A `provider` block.

    Attributes:
        local_name: the provider's name within the module.
        alias: None for the default configuration.
        body: what is left for the provider's schema.
        version: the deprecated `version` argument.
        for_each: one instance for each element, which is OpenTofu's; or None.
        range: the block's header.
    """

    __slots__ = ("alias", "alias_range", "body", "for_each", "local_name", "name_range", "range", "version")

    def __init__(self, local_name: str, body: Body, range: Range, name_range: Range) -> None:
        self.local_name = local_name
        self.body = body
        self.range = range
        self.name_range = name_range
        self.alias: str | None = None
        self.alias_range: Range | None = None
        self.version: VersionRequirement | None = None
        self.for_each: Expression | None = None

    @property
    def key(self) -> tuple[str, str | None]:
        """The key in `Module.provider_configs`."""
        return (self.local_name, self.alias)

    @property
    def moniker(self) -> str:
        """How messages name it: `aws` or `aws.west`."""
        return f"{self.local_name}.{self.alias}" if self.alias else self.local_name


class VersionRequirement(NamedTuple):
    """A version constraint and where it is written."""

    constraints: Constraints
    range: Range


class RequiredProvider:
    """One entry of `required_providers`.

    Attributes:
        local_name: the provider's name within the module.
        source: the source address, given or implied by the local name.
        source_text: the `source` argument as written; empty if it is missing.
        requirement: the `version` argument, or None.
        configuration_aliases: configurations that the calling module must pass.
        range: the entry's value.
    """

    __slots__ = ("configuration_aliases", "local_name", "range", "requirement", "source", "source_text")

    def __init__(self, local_name: str, source: Provider, range: Range) -> None:
        self.local_name = local_name
        self.source = source
        self.range = range
        self.source_text = ""
        self.requirement: VersionRequirement | None = None
        self.configuration_aliases: list[ProviderRef] = []


class Backend(NamedTuple):
    """The `backend` block: where state is kept.

    Attributes:
        type: the backend's name.
        body: its arguments.
        range: the block's header.
        type_range: the label.
    """

    type: str
    body: Body
    range: Range
    type_range: Range
