"""The operation `console`: expressions evaluated in the root module, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl import values
from iacctl.config.validate import References
from iacctl.diag import DiagnosticError, Diagnostics, SourceFile
from iacctl.eval.scope import ModuleScope
from iacctl.eval.world import World
from iacctl.hcl.parser import parse_expression
from iacctl.lang.compile import compile_expression
from iacctl.lang.context import EvalContext, Settings
from iacctl.lang.functions.conversion import TYPE_TEXT
from iacctl.lang.references import references
from iacctl.ops import project as projects
from iacctl.ops import stored_values
from iacctl.values import DYNAMIC_UNKNOWN, Marked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.config.model import Resource
    from iacctl.lang.references import Reference
    from iacctl.ops.project import Checked, Project
    from iacctl.provider.schema import Block
    from iacctl.values import Value
    from iacctl_state.document import StateDocument

INPUT: Final = "<console-input>"
"""How messages name what is typed."""

_INVALID_TYPE: Final = (
    "Invalid use of type function",
    'The console-only "type" function cannot be used as part of an expression.',
)
_UNEXPECTED: Final = "Due to the problems above, some expressions may produce unexpected results."


class Answer(NamedTuple):
    """What an expression gives.

    Attributes:
        value: its value, where there are no errors.
        type_text: where `type()` was asked, the text of the type; else empty.
        diagnostics: everything found.
    """

    value: Value
    type_text: str
    diagnostics: Diagnostics


class Console:
    """Evaluates expressions over what was worked out before. To be closed after use.

    Args:
        checked: the configuration.
        world: everything evaluated.
        settings: what functions depend on.
        diagnostics: what was found on the way.

    Attributes:
        diagnostics: what was found when the values of the configuration were worked out; errors among them mean that
            some values are missing.
    """

    def __init__(self, checked: Checked, world: World, settings: Settings, diagnostics: Diagnostics) -> None:
        self.diagnostics = diagnostics
        self._checked = checked
        self._world = world
        self._settings = settings
        self._references = References(self._schema_of)
        self._scope = ConsoleScope(world, world.modules.root)
        if diagnostics.has_errors:
            diagnostics.warning(_UNEXPECTED)

    def evaluate(self, text: str) -> Answer:
        """Evaluate an expression."""
        found = Diagnostics()
        file = SourceFile(INPUT, text)
        file.quotable = False
        expression = parse_expression(file, found)
        if found.has_errors:
            return Answer(None, "", found)
        if not self._references.check(self._world.config.root, references(expression), found):
            return Answer(None, "", found)
        value = compile_expression(expression)(EvalContext(self._scope, found, settings=self._settings))
        if found.has_errors:
            return Answer(None, "", found)
        if values.contains_mark(value, TYPE_TEXT):
            if type(value) is Marked and TYPE_TEXT in value.marks and type(value.value) is str:
                return Answer(None, value.value, found)
            found.error(*_INVALID_TYPE)
        return Answer(value, "", found)

    def close(self) -> None:
        """Let go of the providers."""
        self._world.close_ephemerals()
        self._checked.providers.close()

    def _schema_of(self, resource: Resource) -> Block | None:
        schema = self._checked.providers.resource_schema(resource.provider, resource.mode, resource.type)
        return None if schema is None else schema.block


class ConsoleScope(ModuleScope):
    """The scope of what is typed: it tells of locals that could not be evaluated."""

    __slots__ = ()

    def local(self, reference: Reference, context: EvalContext) -> Value:
        """`local.NAME`."""
        if reference.name not in self._data.locals:
            context.diags.error(
                "Reference to uninitialized local value",
                f"The local value local.{reference.name} was not processed by the most recent operation, this likely means "
                "the previous operation either failed or was incomplete due to targeting.",
                reference.range,
            )
            return DYNAMIC_UNKNOWN
        return super().local(reference, context)


def over_state(project: Project, state: StateDocument, variables: Mapping[str, Value]) -> Console:
    """A console over the objects in the state.

    Args:
        project: the configuration.
        state: the state.
        variables: values of root variables; unknown where none was given.

    Raises:
        DiagnosticError: the configuration cannot be evaluated at all.
    """
    checked = projects.check(project)
    found = Diagnostics(checked.warnings)
    world = World(
        project.config,
        checked.providers,
        checked.resolution,
        found,
        operation="console",
        variables=variables,
        settings=Settings(project.base_dir, pure=False),
        workspace=project.workspace,
        working_directory=project.working_directory,
    )
    try:
        stored_values.Evaluation(world, state).run()
    except BaseException:
        checked.providers.close()
        raise
    return Console(checked, world, Settings(project.base_dir, pure=False, console=True), found)


def over_plan(project: Project, state: StateDocument, variables: Mapping[str, Value], timestamp: str) -> Console:
    """A console over the objects as a plan, made for this, leaves them.

    Args:
        project: the configuration.
        state: the state.
        variables: values of root variables; unknown where none was given.
        timestamp: the time of the plan, RFC 3339.

    Raises:
        DiagnosticError: no plan can be made.
    """
    from iacctl.eval.surroundings import Surroundings
    from iacctl.plan import build
    from iacctl.plan.model import Options

    checked = projects.check(project)
    found = Diagnostics(checked.warnings)
    worlds: list[World] = []
    inputs = build.Inputs(
        project.config,
        state,
        variables,
        checked.providers,
        checked.resolution,
        project.workspace,
        project.working_directory,
        project.base_dir,
        timestamp,
        surroundings=Surroundings(on_world=worlds.append),
    )
    try:
        plan = build.make_plan(inputs, Options(), found)
        if plan is None:
            raise DiagnosticError(found)
    except BaseException:
        checked.providers.close()
        raise
    return Console(checked, worlds[0], Settings(project.base_dir, plan_timestamp=timestamp, console=True), found)
