"""The order of a file's runs: what each must wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Diagnostic, DiagnosticError
from iacctl.graph.dag import Graph
from iacctl.lang.references import RUN, TEST_ROOTS, VARIABLE, references, references_of_all
from iacctl.testing import preparing
from iacctl.testing.states import state_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.config.model import Config, Module
    from iacctl.config.test_files.model import ProviderBlock, TestFile, TestRun
    from iacctl.hcl.ast import Expression
    from iacctl.lang.references import Reference


class Order:
    """What a file's runs and the values of its variables wait for.

    Args:
        file: the test file.
        main: the configuration of runs that name no module.

    Attributes:
        runs: by name, the runs that each waits for.
        variables: by name, the runs that the value of each of the file's variables is made from, through others as well.
        used: by name of run, the file's variables that it uses.
        sequence: the file's variables, each after those that it is made from.

    Raises:
        DiagnosticError: something waits for itself.
    """

    def __init__(self, file: TestFile, main: Config) -> None:
        self._file = file
        self._main = main
        self._graph: Graph[str] = Graph()
        self._names = {run.name: f"{file.name}.run.{run.name}" for run in file.runs}
        self._loops: list[str] = []
        for name in sorted(file.variables):
            self._graph.add(f"var.{name}")
        for run in file.runs:
            self._graph.add(self._names[run.name])
        for name, expression in file.variables.items():
            self._connect(f"var.{name}", references(expression, extra_roots=TEST_ROOTS))
        self.used: dict[str, set[str]] = {}
        for position, run in enumerate(file.runs):
            self._add_run(run, file.runs[:position], (run.config or main).root)
        self._check()
        order = self._graph.order() or []
        self.sequence = [name for item in order if (name := item.removeprefix("var.")) in file.variables and name != item]
        self.variables = {name: self._runs_before(f"var.{name}") for name in file.variables}
        self.runs = {run.name: self._runs_before(self._names[run.name]) for run in file.runs}

    def _add_run(self, run: TestRun, before: Iterable[TestRun], module: Module) -> None:
        node = self._names[run.name]
        for other in before:
            together = _parallel(self._file, run) and _parallel(self._file, other)
            if not together or state_key(run) == state_key(other):
                self._graph.connect(node, self._names[other.name])
        found = references_of_all(
            [*run.variables.values(), *_assertions(run)],
            extra_roots=TEST_ROOTS,
        )
        used_providers = preparing.used_providers(self._file, run, self._main)
        for provider in self._file.providers.values():
            if provider.mock is None and provider.name in used_providers:
                found.extend(_body_references(provider))
        self._connect(node, found)
        used = {item.name for item in found if item.kind == VARIABLE and item.name in self._file.variables}
        used.update(name for name in self._file.variables if name in module.variables and name not in run.variables)
        for name in used:
            self._graph.connect(node, f"var.{name}")
        self.used[run.name] = used

    def _connect(self, node: str, found: Iterable[Reference]) -> None:
        for reference in found:
            target = ""
            if reference.kind == RUN or (reference.mode == "managed" and reference.type == RUN):
                target = self._names.get(reference.name, "")
            elif reference.kind == VARIABLE and node.startswith("var."):
                target = f"var.{reference.name}"
            if target == node:
                self._loops.append(node)
            elif target in self._graph:
                self._graph.connect(node, target)

    def _check(self) -> None:
        problems = [Diagnostic("error", f"Self reference: {node}") for node in dict.fromkeys(self._loops)]
        if self._graph.order() is None:
            from iacctl.graph import analysis

            problems += [
                Diagnostic("error", "Cycle: " + ", ".join(group)) for group in analysis.cycles(self._graph)
            ]
        if problems:
            raise DiagnosticError(problems)

    def _runs_before(self, node: str) -> set[str]:
        needed = self._graph.reachable([node])
        return {run.name for run in self._file.runs if self._names[run.name] in needed and self._names[run.name] != node}


def _parallel(file: TestFile, run: TestRun) -> bool:
    return file.parallel if run.parallel is None else run.parallel


def _assertions(run: TestRun) -> list[Expression]:
    return [expression for item in run.assertions for expression in (item.condition, item.error_message)]


def _body_references(provider: ProviderBlock) -> list[Reference]:
    """What a provider block refers to, as far as that can be seen without its schema."""
    from iacctl.diag import Diagnostics

    attributes = provider.config.body.just_attributes(Diagnostics())
    return references_of_all([item.expression for item in attributes.values()], extra_roots=TEST_ROOTS)
