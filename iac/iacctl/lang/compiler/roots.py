"""Traversals and indexes: `var.a.b` and `x[key]`.

Of a resource with an instance key only that instance is looked up, never the whole collection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from iacctl.diag import Diagnostic
from iacctl.hcl import ast
from iacctl.hcl.suggestions import did_you_mean
from iacctl.lang.compiler.core import FRAME, FROM_CONTEXT, INSTANCE, Code
from iacctl.lang.compiler.subjects import attribute_value, index_value, problem_run, subject_code
from iacctl.lang.context import MISSING
from iacctl.lang.references import COUNT, EACH, MODULE, RESOURCE, SELF
from iacctl.values import ObjectValue

if TYPE_CHECKING:
    from iacctl.hcl.ast import Step
    from iacctl.lang.compiler.core import Compiler, Names, Run
    from iacctl.lang.context import EvalContext
    from iacctl.lang.references import Reference
    from iacctl.values import Value


def compile_traversal(compiler: Compiler, node: ast.ScopeTraversal) -> Code:
    """A name, and the attributes and elements behind it."""
    place = compiler.names.get(node.root)
    if place is None and compiler.any_name:
        place = FROM_CONTEXT
    if place is not None:
        base = _context_variable(node.root) if place == FROM_CONTEXT else _frame_variable(place)
        traits = INSTANCE if place == FROM_CONTEXT else FRAME
        return Code(with_steps(base, node.steps, node, compiler.names), traits)
    if compiler.static:
        return Code(problem_run(_not_allowed(node, compiler.names)))
    reference = compiler.reference(node)
    if isinstance(reference, Diagnostic):
        return Code(problem_run(reference))
    base, rest = subject_code(reference, compiler.names)
    traits = INSTANCE if reference.kind in (COUNT, EACH, SELF) else 0
    return Code(with_steps(base, rest, node, compiler.names), traits)


def compile_relative(compiler: Compiler, node: ast.RelativeTraversal) -> Code:
    """Attributes and elements of any other expression."""
    source = node.source
    if type(source) is ast.Index and type(node.steps[0]) is ast.AttributeStep:
        module = _keyed_subject(compiler, source, MODULE)
        if module is not None:
            reference, collection = module
            key = compiler.compile(source.key)
            base = _module_output_by_key(reference, node.steps[0], key.run, collection, source, compiler.names)
            return Code(with_steps(base, node.steps[1:], node, compiler.names), key.traits)
    inner = compiler.compile(source)
    return compiler.finish(with_steps(inner.run, node.steps, node, compiler.names), (inner,))


def compile_index(compiler: Compiler, node: ast.Index) -> Code:
    """`collection[key]` with any expression as key."""
    resource = _keyed_subject(compiler, node, RESOURCE)
    if resource is not None:
        reference, collection = resource
        key = compiler.compile(node.key)
        return Code(_instance_by_key(reference, key.run, collection, node, compiler.names), key.traits)
    inner = compiler.compile(node.collection)
    key = compiler.compile(node.key)
    return compiler.finish(_index(inner.run, key.run, node, compiler.names), (inner, key))


def compile_item(compiler: Compiler, node: ast.AnonymousSymbol) -> Code:
    """The current element of a splat."""
    return Code(_frame_variable(compiler.item_place(node)), FRAME)


def _keyed_subject(compiler: Compiler, node: ast.Index, kind: str) -> tuple[Reference, Run] | None:
    """The reference to a resource or module call that is indexed as a whole, and the code for that whole."""
    source = node.collection
    if type(source) is not ast.ScopeTraversal or source.root in compiler.names or compiler.any_name or compiler.static:
        return None
    reference = compiler.reference(source)
    if isinstance(reference, Diagnostic):
        compiler.problems.cut(len(compiler.problems) - 1)
        return None
    if reference.kind == kind and reference.key is None and reference.output is None and not reference.steps:
        return reference, subject_code(reference, compiler.names)[0]
    compiler.references.pop()
    return None


# Variables.


def _frame_variable(place: int) -> Run:
    def run(context: EvalContext) -> Value:
        return context.frame[place]

    return run


def _context_variable(name: str) -> Run:
    def run(context: EvalContext) -> Value:
        return context.variables[name]

    return run


def _not_allowed(node: ast.ScopeTraversal, names: Names) -> Diagnostic:
    if names:
        detail = f'There is no variable named "{node.root}".{did_you_mean(node.root, names)}'
        return Diagnostic("error", "Unknown variable", detail, node.root_range)
    return Diagnostic("error", "Variables not allowed", "Variables may not be used here.", node.root_range)


# Keys that are computed.


def _instance_by_key(reference: Reference, key: Run, collection: Run, node: ast.Index, names: Names) -> Run:
    def run(context: EvalContext) -> Value:
        wanted = key(context)
        if type(wanted) is int or type(wanted) is str:
            value = context.scope.resource_instance(reference, wanted, context)
            if value is not MISSING:
                return cast("Value", value)
        return index_value(collection(context), wanted, node.bracket_range, node, context, names)

    return run


def _module_output_by_key(
    reference: Reference, step: ast.AttributeStep, key: Run, collection: Run, node: ast.Index, names: Names
) -> Run:
    def run(context: EvalContext) -> Value:
        wanted = key(context)
        if type(wanted) is int or type(wanted) is str:
            value = context.scope.module_output(reference, wanted, step.name, context)
            if value is not MISSING:
                return cast("Value", value)
        whole = index_value(collection(context), wanted, node.bracket_range, node, context, names)
        return attribute_value(whole, step.name, step.range, node, context, names)

    return run


# Steps.

_NESTED_STEPS: Final = 8


def with_steps(base: Run, steps: tuple[Step, ...], node: ast.Expression, names: Names) -> Run:
    """The code of a value's attributes and elements, one after the other."""
    if len(steps) > _NESTED_STEPS:
        return _many_steps(base, steps, node, names)
    for step in steps:
        if type(step) is ast.AttributeStep:
            base = _attribute(base, step, node, names)
        else:
            base = _element(base, step, node, names)
    return base


def _many_steps(base: Run, steps: tuple[Step, ...], node: ast.Expression, names: Names) -> Run:
    """A loop instead of nested calls, for any number of steps."""

    def run(context: EvalContext) -> Value:
        value = base(context)
        for step in steps:
            if type(step) is ast.AttributeStep:
                value = attribute_value(value, step.name, step.range, node, context, names)
            else:
                value = index_value(value, cast("ast.IndexStep", step).key, step.range, node, context, names)
        return value

    return run


def _attribute(base: Run, step: ast.AttributeStep, node: ast.Expression, names: Names) -> Run:
    name = step.name

    def run(context: EvalContext) -> Value:
        value = base(context)
        if type(value) is dict:
            if name in value:
                return value[name]
        elif type(value) is ObjectValue and name in value.attributes:
            return value.attributes[name]
        return attribute_value(value, name, step.range, node, context, names)

    return run


def _element(base: Run, step: Step, node: ast.Expression, names: Names) -> Run:
    key = cast("ast.IndexStep", step).key

    def run(context: EvalContext) -> Value:
        return index_value(base(context), key, step.range, node, context, names)

    return run


def _index(collection: Run, key: Run, node: ast.Index, names: Names) -> Run:
    def run(context: EvalContext) -> Value:
        return index_value(collection(context), key(context), node.bracket_range, node, context, names)

    return run
