"""Which attributes of resources a plan was derived from: drift of others needs no mention.

Terraform lists what the changed resources and output values refer to, and what that was made of in turn: an attribute
leads to the references in the argument of the same name, a local value, an input variable or an output value to those of
its expression. Meta-arguments and conditions are left out, but for `for_each` and `count` where an argument uses them.
Output values of child modules are not in the state, and so count as changed always.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from iacctl import values
from iacctl.addrs import AbsResource, ResourceInstance, module_path
from iacctl.eval.configured import ConfiguredNode
from iacctl.hcl import ast
from iacctl.plan import changes
from iacctl.plan.model import RelevantAttribute
from iacctl.plan.planning import covers, resource_of
from iacctl.values import Index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iacctl.addrs import ModuleInstance
    from iacctl.eval.graphs import ConfigGraph
    from iacctl.lang.references import Reference
    from iacctl.plan.changes import OutputChange
    from iacctl.plan.planning import Planning
    from iacctl.values import Type
    from iacctl.values.paths import Path


class RelevantAttributes(Sequence[RelevantAttribute]):
    """The attributes that contributed to a plan, found out when somebody asks for them."""

    def __init__(self, built: ConfigGraph, planning: Planning, outputs: Mapping[str, OutputChange]) -> None:
        self._built = built
        self._planning = planning
        self._outputs = outputs
        self._found: list[RelevantAttribute] | None = None

    def _list(self) -> list[RelevantAttribute]:
        if self._found is None:
            self._found = _Search(self._built).run(self._planning, self._outputs)
        return self._found

    def __len__(self) -> int:
        return len(self._list())

    @overload
    def __getitem__(self, index: int) -> RelevantAttribute: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[RelevantAttribute]: ...

    def __getitem__(self, index: int | slice) -> RelevantAttribute | Sequence[RelevantAttribute]:
        return self._list()[index]

    def __iter__(self) -> Iterator[RelevantAttribute]:
        return iter(self._list())


class _Search:
    """Follows references back to resources."""

    def __init__(self, built: ConfigGraph) -> None:
        self._built = built
        self._found: dict[tuple[object, ...], RelevantAttribute] = {}
        self._followed: set[tuple[object, ...]] = set()
        self._pending: list[tuple[ModuleInstance, Reference]] = []

    def run(self, planning: Planning, outputs: Mapping[str, OutputChange]) -> list[RelevantAttribute]:
        for change in planning.changes:
            if change.action != changes.NO_OP:
                address = change.address
                self._follow_resource(address.module, (address.mode, address.type, address.name), None)
        if planning.options.mode == "destroy":  # data sources of the state go, too, though no plan lists that
            for stored in planning.previous.resources.values():
                if stored.mode == "data" and _is_targeted(planning, resource_of(stored.key)):
                    self._follow_resource(resource_of(stored.key).module, (stored.mode, stored.type, stored.name), None)
        for name, output in outputs.items():
            if output.action != changes.NO_OP:
                self._follow_output((), name)
        for data in planning.world.modules.all():
            if data.address:
                for name, value in data.outputs.items():
                    if not values.is_null(values.unmark(value)[0]):
                        self._follow_output(data.address, name)
        while self._pending:
            self._follow(*self._pending.pop())
        return list(self._found.values())

    def _push(self, module: ModuleInstance, references: Iterable[Reference]) -> None:
        self._pending.extend((module, reference) for reference in references)

    def _is_new(self, *key: object) -> bool:
        if key in self._followed:
            return False
        self._followed.add(key)
        return True

    def _follow(self, module: ModuleInstance, reference: Reference) -> None:
        kind = reference.kind
        if kind == "resource":
            key = (reference.mode, reference.type, reference.name)
            node = self._built.resources.get((module_path(module), key))
            if isinstance(node, ConfiguredNode):
                self._take(module, node, reference)
                first = reference.steps[0] if reference.steps else None
                self._follow_resource(module, key, first.name if isinstance(first, ast.AttributeStep) else None)
        elif kind == "module":
            self._follow_module(module, reference)
        elif kind == "var":
            self._follow_variable(module, reference.name)
        elif kind == "local" and self._is_new(module, "local", reference.name):
            self._push(module, self._references(module, ("local", reference.name)))

    def _take(self, module: ModuleInstance, node: ConfiguredNode, reference: Reference) -> None:
        """List a resource or an attribute of it."""
        path = _typed_path(node.schema.block.object_type, reference.steps)
        identity = (module, reference.subject, reference.key, values.paths.key(path))
        if identity not in self._found:
            whole = AbsResource(module, *node.resource.key)
            named = reference.key is not None or node.repetition == "single"
            address = ResourceInstance(*whole, reference.key) if named else whole
            self._found[identity] = RelevantAttribute(address, path)

    def _follow_resource(self, module: ModuleInstance, key: tuple[str, str, str], attribute: str | None) -> None:
        """Go on with what the body of a resource refers to, or one argument of it."""
        if not self._is_new(module, key, attribute):
            return
        node = self._built.resources.get((module_path(module), key))
        if not isinstance(node, ConfiguredNode):
            return
        references = list(node.body.references() if attribute is None else node.body.references_of(attribute))
        self._push(module, references)
        if any(reference.kind in ("count", "each") for reference in references):
            for compiled in (node.count, node.for_each):
                if compiled is not None:
                    self._push(module, compiled.references)

    def _follow_module(self, module: ModuleInstance, reference: Reference) -> None:
        child = self._built.world.config.root.descendant((*module_path(module), reference.name))
        if child is None:
            return
        inside = (*module, (reference.name, reference.key))
        for name in child.outputs if reference.output is None else (reference.output,):
            self._follow_output(inside, name)

    def _follow_output(self, module: ModuleInstance, name: str) -> None:
        if self._is_new(module, "output", name):
            self._push(module, self._references(module, ("output", name)))

    def _follow_variable(self, module: ModuleInstance, name: str) -> None:
        """The argument of the call is written in the calling module. What the call repeats over is not followed."""
        if module and self._is_new(module, "var", name):
            self._push(module[:-1], self._references(module, ("var", name)))

    def _references(self, module: ModuleInstance, subject: tuple[str, str]) -> Iterable[Reference]:
        """What the expression of a variable, local value or output value refers to."""
        return self._built.value_references(module_path(module), subject)


def _is_targeted(planning: Planning, address: AbsResource) -> bool:
    targets = planning.options.targets
    return not targets or any(covers(target, address.instance(None)) for target in targets)


def _typed_path(type_: Type, steps: Iterable[ast.Step]) -> Path:
    """The path of a reference, as far as the schema says what there is."""
    path: list[str | Index] = []
    for step in steps:
        key = step.name if isinstance(step, ast.AttributeStep) else step.key
        if isinstance(type_, values.ObjectType):
            if type(key) is not str or key not in type_.attributes:
                break
            type_ = type_.attributes[key]
        elif isinstance(type_, values.CollectionType):
            type_ = type_.element
        elif isinstance(type_, values.TupleType) and type(key) is int and 0 <= key < len(type_.elements):
            type_ = type_.elements[key]
        else:
            break
        path.append(step.name if isinstance(step, ast.AttributeStep) else Index(key))
    return tuple(path)
