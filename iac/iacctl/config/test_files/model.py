"""What test files declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.config.model import Condition, Config, PassedProvider, ProviderConfig, Target, Variable
    from iacctl.config.module_sources import ModuleSource
    from iacctl.config.versions import Constraints
    from iacctl.diag import Diagnostics, Range, SourceFile
    from iacctl.hcl.ast import Expression, ScopeTraversal

OverrideKind: TypeAlias = Literal["override_resource", "override_data", "override_module"]
Command: TypeAlias = Literal["plan", "apply"]
PlanMode: TypeAlias = Literal["normal", "refresh-only"]

DEFAULT_DIRECTORY: Final = "tests"
"""Where test files are looked for besides the root module's own directory."""


class Override(NamedTuple):
    """An `override_resource`, `override_data` or `override_module` block.

    Attributes:
        kind: the block's type.
        target: what gets other values.
        values: the object of these values (`values`, of modules `outputs`); None if there is none.
        values_range: where they are written, with the argument's name; None if there are none.
        during_plan: whether they are known while planning already; None if the block does not say.
        range: the block's header.
        target_range: where the target is written, with the argument's name.
    """

    kind: OverrideKind
    target: Target
    values: Expression | None
    values_range: Range | None
    during_plan: bool | None
    range: Range
    target_range: Range


class MockValues(NamedTuple):
    """A `mock_resource` or `mock_data` block.

    Attributes:
        mode: "managed" or "data".
        type: the resource type.
        defaults: the object of values for computed attributes; None if there is none.
        defaults_range: where it is written, with the argument's name; None if there is none.
        during_plan: whether they are known while planning already; None if the block does not say.
        range: the block's header.
    """

    mode: Literal["managed", "data"]
    type: str
    defaults: Expression | None
    defaults_range: Range | None
    during_plan: bool | None
    range: Range


class Mock(NamedTuple):
    """What a `mock_provider` block says of the objects that it makes up.

    Attributes:
        values: the defaults by mode and resource type.
        overrides: for single resources.
        during_plan: whether values are known while planning already, unless a block says otherwise.
        directory: where files with more of the same are, or None.
    """

    values: dict[tuple[str, str], MockValues]
    overrides: tuple[Override, ...]
    during_plan: bool
    directory: str | None = None


class ProviderBlock(NamedTuple):
    """A `provider` or `mock_provider` block of a test file; `mock` is None for a real provider."""

    config: ProviderConfig
    mock: Mock | None

    @property
    def name(self) -> str:
        """Local name and alias, as `providers` of a run names it."""
        alias = self.config.alias
        return self.config.local_name if alias is None else f"{self.config.local_name}.{alias}"


class PlanOptions(NamedTuple):
    """A `plan_options` block. Addresses are as written; they are read when they are needed."""

    mode: PlanMode
    refresh: bool
    replace: tuple[ScopeTraversal, ...]
    targets: tuple[ScopeTraversal, ...]
    range: Range


class RunModule(NamedTuple):
    """The `module` block of a run: another module than the root to be run.

    Attributes:
        source: the parsed source address.
        source_range: where it is written.
        version: version constraints on a module of a registry, or None.
        range: the block's header.
    """

    source: ModuleSource
    source_range: Range
    version: Constraints | None
    range: Range


class TestRun:
    """A `run` block.

    Attributes:
        name: its name, unique in the file.
        range: the block's header.
        command: what is done.
        plan_options: how planning is done, or None.
        variables: values for input variables, not evaluated.
        providers: which providers of the test file the module gets; None if the block does not say.
        assertions: `assert` blocks.
        module: the module to run, if not the root.
        expect_failures: objects that must report a failure.
        overrides: values for single resources and modules.
        state_key: names the state that the run works with; None if the block does not say.
        parallel: whether it may run at the same time as others; None if the block does not say.
        config: the configuration of `module`, once it was read.
    """

    __slots__ = (
        "assertions",
        "command",
        "config",
        "expect_failures",
        "module",
        "name",
        "overrides",
        "parallel",
        "plan_options",
        "providers",
        "range",
        "state_key",
        "variables",
    )
    __test__ = False

    def __init__(self, name: str, range: Range) -> None:
        self.name = name
        self.range = range
        self.command: Command = "apply"
        self.plan_options: PlanOptions | None = None
        self.variables: dict[str, Expression] = {}
        self.providers: list[PassedProvider] | None = None
        self.assertions: list[Condition] = []
        self.module: RunModule | None = None
        self.expect_failures: tuple[ScopeTraversal, ...] = ()
        self.overrides: tuple[Override, ...] = ()
        self.state_key: str | None = None
        self.parallel: bool | None = None
        self.config: Config | None = None


class TestFile:
    """One test file.

    Attributes:
        name: its path from the root module's directory.
        source: the file.
        in_test_directory: whether it is in the test directory, where variable files of their own may be.
        declared: `variable` blocks: what the file itself takes from outside.
        variables: values for the input variables of all runs, not evaluated.
        providers: by local name and alias (`aws`, `aws.west`).
        overrides: for all runs.
        runs: in the order written.
        parallel: whether runs may run at the same time, unless they say otherwise.
    """

    __slots__ = (
        "declared",
        "in_test_directory",
        "name",
        "overrides",
        "parallel",
        "providers",
        "runs",
        "source",
        "variables",
    )
    __test__ = False

    def __init__(self, source: SourceFile, *, in_test_directory: bool) -> None:
        self.name = source.name
        self.source = source
        self.in_test_directory = in_test_directory
        self.declared: dict[str, Variable] = {}
        self.variables: dict[str, Expression] = {}
        self.providers: dict[str, ProviderBlock] = {}
        self.overrides: tuple[Override, ...] = ()
        self.runs: list[TestRun] = []
        self.parallel = False


class Suite(NamedTuple):
    """All test files of a configuration.

    Attributes:
        files: in the order in which they are run.
        diagnostics: what was found while reading them.
        directory: the test directory.
    """

    files: tuple[TestFile, ...]
    diagnostics: Diagnostics
    directory: str


def find_duplicate(overrides: Iterable[Override], target: Target) -> Override | None:
    """The override of the same target, if there is one."""
    return next((known for known in overrides if known.target[:3] == target[:3]), None)
