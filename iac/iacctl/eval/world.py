"""Everything that the nodes of one operation share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from iacctl.diag.events import ignore
from iacctl.eval.check_states import CheckState
from iacctl.eval.data import Modules
from iacctl.eval.scope import ModuleScope
from iacctl.eval.surroundings import NONE as NOTHING_ELSE
from iacctl.lang.context import MISSING, EvalContext, Settings
from iacctl.provisioners.pool import ProvisionerPool
from iacctl.values import DYNAMIC_UNKNOWN, NUMBER, STRING, unknown_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from iacctl.addrs import AbsProviderConfig, ModulePath, Provider, ResourceInstance
    from iacctl.config.model import Config, Resource, ResourceKey
    from iacctl.config.providers import Resolution
    from iacctl.diag import Diagnostics
    from iacctl.diag.diagnostics import Severity
    from iacctl.diag.events import Listener
    from iacctl.eval.check_states import Kind, Outcome
    from iacctl.eval.data import ModuleData
    from iacctl.eval.ephemerals import Ephemerals
    from iacctl.eval.imports import ImportBlock
    from iacctl.eval.provider_meta import ProviderMetas
    from iacctl.eval.providers import ProviderPool
    from iacctl.eval.surroundings import Surroundings
    from iacctl.lang.context import OptionalValue
    from iacctl.lang.functions.calling import Function
    from iacctl.provider.port import Provider as Provider_
    from iacctl.values import Value

Operation: TypeAlias = Literal["validate", "plan", "apply", "console"]


class World:
    """The evaluation state of one operation.

    Attributes:
        config: the configuration.
        modules: what has been evaluated.
        providers: the provider instances.
        resolution: which provider configuration serves a resource of a module.
        diags: all problems found.
        operation: what is being done; while validating, objects have no values yet.
        variables: given values of root input variables.
        workspace: the workspace's name.
        listener: takes events.
        condition_severity: of a failed precondition or postcondition; those of plans that only refresh warn.
        checks: how conditions turned out, by kind and static address.
        imports: the import blocks, by the resource that they are for.
        provisioners: what runs after creation and before destruction.
        surroundings: what comes from outside in place of what the configuration says.
        provider_instances: the keys of each provider configuration with `for_each` that was evaluated.
        stored_provider_key: gives the key of the provider instance that the state notes for an object, if any.
        metas: the values of `provider_meta` blocks; None where the configuration has none.
        ephemerals: the ephemeral resources that are open; None where the configuration has none.
        planned_outputs: values of root outputs that the plan that is being applied knows already: nothing is evaluated.
        provider_functions: the functions of providers that were called, by module and name.
    """

    def __init__(
        self,
        config: Config,
        providers: ProviderPool,
        resolution: Resolution,
        diags: Diagnostics,
        *,
        operation: Operation,
        variables: Mapping[str, Value],
        settings: Settings | None = None,
        workspace: str = "default",
        working_directory: str = ".",
        listener: Listener = ignore,
        provisioners: ProvisionerPool | None = None,
        surroundings: Surroundings = NOTHING_ELSE,
    ) -> None:
        self.config = config
        self.surroundings = surroundings
        self.provisioners = ProvisionerPool() if provisioners is None else provisioners
        self.modules = Modules(config.root, surroundings.replaced_outputs)
        self.providers = providers
        self.resolution = resolution
        self.diags = diags
        self.operation: Operation = operation
        self.variables = variables
        self.settings = settings or Settings()
        self.settings.deprecations = self.deprecates(outputs=True)
        self.workspace = workspace
        self.working_directory = working_directory
        self.listener = listener
        self.condition_severity: Severity = "error"
        self.checks: dict[tuple[Kind, str], CheckState] = {}
        self.imports: dict[tuple[ModulePath, ResourceKey], list[ImportBlock]] = {}
        self.ephemerals: Ephemerals | None = None
        self.provider_instances: dict[AbsProviderConfig, frozenset[str]] = {}
        self.stored_provider_key: Callable[[ResourceInstance], str | None] = lambda _address: None
        self.metas: ProviderMetas | None = None
        if any(module.provider_meta for module in config.root.walk()):
            from iacctl.eval.provider_meta import ProviderMetas

            self.metas = ProviderMetas(self)
        self.planned_outputs: Mapping[str, Value] = {}
        self.provider_functions: dict[tuple[ModulePath, str], Function] = {}
        if config.root.imports and operation in ("validate", "plan"):
            from iacctl.eval.imports import compile_all

            self.imports = compile_all(config.root)
        surroundings.on_world(self)

    def deprecates(self, *, outputs: bool) -> bool:
        """Whether any module has a deprecated output, or (`outputs` is false) a deprecated variable."""
        modules = self.config.root.walk()
        if outputs:
            return any(output.deprecated is not None for module in modules for output in module.outputs.values())
        return any(variable.deprecated is not None for module in modules for variable in module.variables.values())

    def errors_since(self, before: int) -> bool:
        """Whether an error was reported since the diagnostics had this length."""
        diags = self.diags
        return len(diags) > before and any(
            diags[index].severity == "error" for index in range(before, len(diags))
        )

    def provider_meta(self, path: ModulePath, provider: Provider) -> Value:
        """What a module says to a provider in a `provider_meta` block; None if it says nothing."""
        if self.metas is None:
            return None
        return self.metas.value(path, provider)

    def serving(self, config: AbsProviderConfig, address: ResourceInstance, key: str | None) -> Provider_:
        """The provider for an object of the state, with the key that the state notes of its instance."""
        if key is None and config not in self.provider_instances:
            return self.providers.serving(config, address)
        from iacctl.eval import provider_keys

        return provider_keys.serving(self, config, address, key)

    def close_ephemerals(self) -> None:
        """Close the ephemeral resources that a walk has left open, since it failed or was interrupted."""
        if self.ephemerals is not None:
            self.ephemerals.close()

    def record_check(self, kind: Kind, static_address: str, address: str, outcomes: Iterable[Outcome]) -> None:
        """Take down how conditions of an object turned out."""
        self.check_state(kind, static_address).record(address, outcomes)

    def check_state(self, kind: Kind, static_address: str) -> CheckState:
        """What is known of the conditions of an object of the configuration."""
        found = self.checks.get((kind, static_address))
        if found is None:
            found = self.checks[kind, static_address] = CheckState(kind, static_address)
        return found

    def scope(self, data: ModuleData) -> ModuleScope:
        """The scope of a module instance."""
        found = data.scope
        if found is None:
            found = data.scope = ModuleScope(self, data)
        return found

    def context(
        self,
        data: ModuleData,
        *,
        key: OptionalValue = MISSING,
        each_value: OptionalValue = MISSING,
        self_value: OptionalValue = MISSING,
        shared: dict[object, Value] | None = None,
        diags: Diagnostics | None = None,
    ) -> EvalContext:
        """What to evaluate an expression of a module instance in.

        Args:
            data: the module instance.
            key: the instance key, for `count.index` (a number) or `each.key` (a string).
            each_value: the value for `each.value`.
            self_value: the value for `self`.
            shared: see `EvalContext.shared`.
            diags: where problems go; those of the operation by default.
        """
        return EvalContext(
            self.scope(data),
            self.diags if diags is None else diags,
            settings=self.settings,
            count_index=key if type(key) is int else MISSING,
            each_key=key if type(key) is str else MISSING,
            each_value=each_value,
            self_value=self_value,
            shared=shared,
        )

    def call_context(self, data: ModuleData) -> EvalContext:
        """What the arguments of the call of a module instance are evaluated in: the calling instance."""
        assert data.parent is not None
        key = data.repetition_key
        call = data.module.call
        if self.operation == "validate" and call is not None:
            ctx = self.context(data.parent)
            if call.count is not None:
                ctx.count_index = unknown_of(NUMBER)
            if call.for_each is not None:
                ctx.each_key, ctx.each_value = unknown_of(STRING), DYNAMIC_UNKNOWN
            return ctx
        return self.context(
            data.parent,
            key=MISSING if key is None else key,
            each_value=data.each_value if type(key) is str else MISSING,
        )

    def provider_config(self, path: ModulePath, resource: Resource) -> AbsProviderConfig:
        """The provider configuration that serves a resource."""
        return self.resolution.of_resource[path, resource.key]
