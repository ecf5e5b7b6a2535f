"""The operation `query`: the list blocks of query files are evaluated, and providers asked for the objects there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl import values
from iacctl.addrs import AbsProviderConfig
from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.diag.events import Listener, ignore
from iacctl.eval.graphs import ConfigGraph, ResourceNode
from iacctl.eval.world import World
from iacctl.graph.walk import Walk
from iacctl.lang.context import Settings
from iacctl.ops import project as projects
from iacctl.ops import stored_values
from iacctl.plan import generated_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from iacctl.config.model import Module, Resource
    from iacctl.eval.listing import Found, Listed
    from iacctl.ops.project import Project, Running
    from iacctl.values import Value
    from iacctl_state.document import StateDocument


class Queried(NamedTuple):
    """What a query came to.

    Attributes:
        listed: what each instance of each list block has found, in the order of blocks.
        diagnostics: everything found.
    """

    listed: tuple[Listed, ...]
    diagnostics: Diagnostics


def query(
    project: Project,
    state: StateDocument,
    variables: Mapping[str, Value],
    *,
    generating: bool = False,
    listener: Listener = ignore,
    on_start: Callable[[Running], None] | None = None,
) -> Queried:
    """Ask for what the list blocks name.

    Args:
        project: the configuration, with its query files.
        state: where the values of resources that are referred to come from.
        variables: values of root variables.
        generating: whole objects are wanted of every block, as configuration is going to be written for them.
        listener: takes events.
        on_start: is told of the operation when it begins, so that it can be stopped.
    """
    try:
        checked = projects.check(project)
    except DiagnosticError as error:
        return Queried((), error.diagnostics)
    found = Diagnostics(checked.warnings)
    world = World(
        project.config,
        checked.providers,
        checked.resolution,
        found,
        operation="plan",
        variables=variables,
        settings=Settings(project.base_dir, pure=True),
        workspace=project.workspace,
        working_directory=project.working_directory,
        listener=listener,
    )

    def make(module: Module, resource: Resource, provider: AbsProviderConfig) -> ResourceNode:
        return stored_values.StoredNode(module, resource, provider, world, state)

    try:
        built = ConfigGraph(world, make)
        built.build()
        built.check_cycles()
        nodes = list(built.lists.values())
        if found.has_errors:
            return Queried((), found)
        if not nodes:
            found.error("No resources to query", "The configuration does not contain any resources that can be queried.")
            return Queried((), found)
        for node in nodes:
            node.include_all = generating
        built.graph.keep(built.graph.reachable(nodes))
        walk = Walk()
        started = projects.watched(checked, on_start)
        if started is not None:
            started(walk)
        walk.run(built.graph, lambda node: node.execute(world))
        if walk.stopping:
            found.error("execution halted")
        return Queried(tuple(item for node in nodes for item in node.results), found)
    except DiagnosticError as error:
        return Queried((), Diagnostics([*found, *error.diagnostics]))
    finally:
        world.close_ephemerals()
        checked.providers.close()


def resource_name(listed: Listed, number: int) -> str:
    """The name that a generated resource gets: the block's, numbered; by instance, where the block has several."""
    if listed.key is None:
        return f"{listed.block.name}_{number}"
    return f"{listed.block.name}_{listed.position}_{number}"


def generated(listed: Listed, number: int, found: Found) -> tuple[str, str]:
    """A `resource` and an `import` block for an object.

    Args:
        listed: what the block has found.
        number: which of its objects it is, from 0.
        found: the object.
    """
    name = resource_name(listed, number)
    provider = str(listed.block.provider_ref)
    state, _ = values.unmark_deep(found.state)
    block = listed.schema.block
    text = generated_text.resource_block(listed.block.type, name, block, state, provider)
    identity = values.object_value(
        {name: item for name, item in _members(found.identity) if not values.is_null(item)}
    )
    return text, generated_text.import_block(f"{listed.block.type}.{name}", provider, identity)


def _members(identity: Value) -> Iterable[tuple[str, Value]]:
    return ((str(getattr(step, "key", step)), item) for step, item in values.paths.children(identity))


def file_text(queried: Iterable[Listed]) -> str:
    """A file with the blocks for everything that was found."""
    parts = [generated_text.FILE_HEADER]
    for listed in queried:
        if not listed.found:
            continue
        blocks = "".join(
            "\n\n".join(generated(listed, number, item)) + "\n\n" for number, item in enumerate(listed.found)
        )
        parts.append(f"# __generated__ by Terraform\n{blocks}\n")
    return "\n".join(parts)
