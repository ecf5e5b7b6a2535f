"""A session's graphs, for pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iacctl.graph.dag import Graph
    from iacctl.ops.drawing import Kind, Vertex
    from iacctl.session.session import Session


def of_resources(session: Session) -> Graph[Vertex]:
    """The resources of the configuration and the state.

    Raises:
        DiagnosticError: the configuration or the state cannot be used.
    """
    from iacctl.ops import graphing

    project = session.project()
    project.config.diagnostics.raise_errors()
    return graphing.resource_graph(project, session.state())


def of_operation(session: Session, kind: Kind) -> Graph[Vertex]:
    """What an operation would do.

    Raises:
        DiagnosticError: the configuration or the state cannot be used.
    """
    from iacctl.ops import graphing

    project = session.project()
    project.config.diagnostics.raise_errors()
    return graphing.operation_graph(project, session.state(), kind)


def of_plan(session: Session, path: str) -> Graph[Vertex]:
    """What applying a plan file would do.

    Raises:
        DiagnosticError: the file cannot be used.
    """
    from iacctl.ops import graphing

    plan = session.open_plan(path)
    return graphing.plan_graph(session.project(plan.config), plan)
