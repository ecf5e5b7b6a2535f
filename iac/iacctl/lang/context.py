"""What an expression is evaluated in: the scope that knows the configuration's objects, and the particular evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from iacctl.diag import Diagnostics

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.lang.functions.calling import Function
    from iacctl.lang.functions.results import FunctionResults
    from iacctl.lang.references import Reference
    from iacctl.values import Value


class Missing:
    """The type of `MISSING`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False


MISSING: Final = Missing()
"""Stands where there is no value at all; no Terraform value (null is one) can say that."""

OptionalValue: TypeAlias = "Value | Missing"


class Scope(Protocol):
    """Gives the values of the objects that expressions refer to. Implemented by the engine.

    Each method gets the reference, for its names and its range, and the evaluation's context. A problem is reported to
    `context.diags` with `reference.range` as its subject, and the result then is DYNAMIC_UNKNOWN.
    """

    def variable(self, reference: Reference, context: EvalContext) -> Value:
        """`var.NAME`."""
        ...

    def local(self, reference: Reference, context: EvalContext) -> Value:
        """`local.NAME`."""
        ...

    def resource(self, reference: Reference, context: EvalContext) -> Value:
        """A resource of any mode: its object, or the tuple or object of its instances."""
        ...

    def resource_instance(self, reference: Reference, key: int | str, context: EvalContext) -> OptionalValue:
        """The object of one instance.

        MISSING says that it cannot be told from the key alone: `resource` is asked then and its result indexed, with
        all the diagnostics and conversions of an index.
        """
        ...

    def module(self, reference: Reference, context: EvalContext) -> Value:
        """`module.NAME`: the object of its outputs, or the tuple or object of its instances."""
        ...

    def module_output(
        self, reference: Reference, key: int | str | None, output: str, context: EvalContext
    ) -> OptionalValue:
        """`module.NAME[key].OUTPUT`, or `module.NAME.OUTPUT` for None; MISSING as for `resource_instance`."""
        ...

    def path(self, reference: Reference, context: EvalContext) -> Value:
        """`path.NAME`."""
        ...

    def terraform(self, reference: Reference, context: EvalContext) -> Value:
        """`terraform.NAME`."""
        ...

    def other(self, reference: Reference, context: EvalContext) -> Value:
        """A reference of a kind that only some contexts have: `action`, `run`, `output`, `check`."""
        ...

    def provider_function(self, name: str, context: EvalContext) -> Function | None:
        """The function of a `provider::LOCAL::NAME` call; None (nothing reported) if there is no such provider.

        Raises:
            UnknownFunctionError: the provider has no such function.
        """
        ...


class Settings:
    """What functions depend on besides their arguments; shared by all evaluations of a run.

    Attributes:
        base_dir: the directory that relative paths given to functions start from.
        pure: whether functions that give another result each time (`uuid()`, `timestamp()`, `bcrypt`) are held back
            and give unknown values, as while validating and planning.
        plan_timestamp: what `plantimestamp()` gives (RFC 3339); None while there is no plan: it is unknown then.
        console: whether the functions of the console are there (`type`).
        results: what functions gave whose results depend on the world, to see that they stay the same; None: nobody looks.
        deprecations: whether there may be deprecated values, whose uses are to be warned of.
        templates: the templates compiled so far; for functions alone.
    """

    __slots__ = ("base_dir", "console", "deprecations", "plan_timestamp", "pure", "results", "templates")

    def __init__(
        self,
        base_dir: str = ".",
        *,
        pure: bool = True,
        plan_timestamp: str | None = None,
        console: bool = False,
        results: FunctionResults | None = None,
    ) -> None:
        self.base_dir = base_dir
        self.pure = pure
        self.plan_timestamp = plan_timestamp
        self.console = console
        self.results = results
        self.deprecations = False
        self.templates: dict[Any, Any] = {}


DEFAULT_SETTINGS: Final = Settings()
_NO_VARIABLES: Final[Mapping[str, Any]] = {}


class EvalContext:
    """One evaluation, or several in a row by one thread.

    Attributes:
        scope: gives the values of references.
        diags: where problems go.
        settings: what functions depend on.
        count_index, each_key, each_value, self_value: the values of `count.index`, `each.key`, `each.value` and `self`;
            MISSING where there are none.
        variables: values of the names that are known only here, such as the iterators of dynamic blocks and the
            variables of a template. Expressions see the names that they were compiled for.
        shared: keeps the values of the parts of expressions that don't depend on the instance, so that many
            instances of one block evaluate them once. Give the same empty dict to the contexts of all instances of one
            block in one module instance in one phase; None: nothing is shared.
        frame: the variables of the `for` expressions being evaluated; for compiled code alone.
        address: the resource instance whose arguments are evaluated, for warnings; else None.
        quiet: whether nobody will see the diagnostics, so that they need no description of values.
        template: the function whose template is being rendered (`"templatefile"`), else empty; for compiled code alone.
    """

    __slots__ = (
        "address",
        "count_index",
        "diags",
        "each_key",
        "each_value",
        "frame",
        "quiet",
        "scope",
        "self_value",
        "settings",
        "shared",
        "template",
        "variables",
    )

    def __init__(
        self,
        scope: Scope,
        diags: Diagnostics | None = None,
        *,
        settings: Settings = DEFAULT_SETTINGS,
        count_index: OptionalValue = MISSING,
        each_key: OptionalValue = MISSING,
        each_value: OptionalValue = MISSING,
        self_value: OptionalValue = MISSING,
        variables: Mapping[str, Value] = _NO_VARIABLES,
        shared: dict[object, Value] | None = None,
    ) -> None:
        self.scope = scope
        self.diags = Diagnostics() if diags is None else diags
        self.settings = settings
        self.count_index = count_index
        self.each_key = each_key
        self.each_value = each_value
        self.self_value = self_value
        self.variables = variables
        self.shared = shared
        self.frame: list[Value] = []
        self.address: str | None = None
        self.quiet = False
        self.template = ""
