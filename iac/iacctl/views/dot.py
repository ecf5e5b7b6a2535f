"""Graphs in the DOT language of Graphviz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.addrs import module_path_text

if TYPE_CHECKING:
    from iacctl.graph.dag import Graph
    from iacctl.ops.drawing import Vertex


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def operation(graph: Graph[Vertex], cyclic: frozenset[tuple[Vertex, Vertex]] = frozenset()) -> str:
    """What an operation does.

    Args:
        graph: the graph.
        cyclic: edges to point out.
    """
    drawn = sorted((vertex for vertex in graph if vertex.shape), key=str)
    lines = ["digraph {", '\tcompound = "true"', '\tnewrank = "true"', '\tsubgraph "root" {']
    lines += [f'\t\t{_named(vertex)} [label = {_quoted(vertex.label)}, shape = "{vertex.shape}"]' for vertex in drawn]
    edges = set()
    for start, end in graph.reduced_edges():
        mark = ' [color = "red", penwidth = "2.0"]' if (start, end) in cyclic else ""
        edges.add(f"\t\t{_named(start)} -> {_named(end)}{mark}")
    return "\n".join([*lines, *sorted(edges), "\t}", "}", ""])


def _named(vertex: Vertex) -> str:
    return _quoted(f"[root] {vertex.name}")


_NO_RESOURCES = """\
  /* This configuration does not contain any resources.         */
  /* For a more detailed graph, try: terraform graph -type=plan */
"""


def resources(graph: Graph[Vertex]) -> str:
    """The resources of a configuration, those of each module in a frame."""
    ordered = sorted(graph, key=_place)
    parts = ['digraph G {\n  rankdir = "RL";\n  node [shape = rect, fontname = "sans-serif"];\n']
    if not ordered:
        parts.append(_NO_RESOURCES)
    module: tuple[str, ...] = ()
    for vertex in ordered:
        resource = vertex.resource
        assert resource is not None
        if resource.module != module:
            if module:
                parts.append("  }\n")
            module = resource.module
            name = module_path_text(module)
            parts.append(
                f'  subgraph {_quoted(f"cluster_{name}")} {{\n    label = {_quoted(name)}\n    fontname = "sans-serif"\n'
            )
        local = str(resource._replace(module=()))
        parts.append(f"{'    ' if module else '  '}{_quoted(str(resource))} [label={_quoted(local)}];\n")
    if module:
        parts.append("  }\n")
    edges = sorted(graph.reduced_edges(), key=lambda edge: (_place(edge[0]), _place(edge[1])))
    parts += [f"  {_quoted(str(start.resource))} -> {_quoted(str(end.resource))};\n" for start, end in edges]
    return "".join([*parts, "}\n"])


def _place(vertex: Vertex) -> tuple[object, ...]:
    resource = vertex.resource
    assert resource is not None
    return (resource.module, resource.mode != "data", resource.type, resource.name)
