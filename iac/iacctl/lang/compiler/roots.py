"""Traversals and indexes: `var.a.b` and `x[key]`.

Of a resource with an instance key only that instance is looked up, never the whole collection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from iacctl.diag import Diagnostic
from iacctl.hcl import ast
from iacctl.hcl.suggestions import did_you_mean
from iacctl.lang.compiler import access
from iacctl.lang.compiler.core import FRAME, FROM_CONTEXT, INSTANCE, Code
from iacctl.lang.compiler.report import report
from iacctl.lang.context import MISSING
from iacctl.lang.references import (
    COUNT,
    EACH,
    LOCAL,
    MODULE,
    PATH,
    RESOURCE,
    SELF,
    TERRAFORM,
    VARIABLE,
)
from iacctl.values import DYNAMIC_UNKNOWN, ObjectValue

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.diag import Range
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
        return Code(_problem(_not_allowed(node, compiler.names)))
    reference = compiler.reference(node)
    if isinstance(reference, Diagnostic):
        return Code(_problem(reference))
    base, rest = _REFERENCES.get(reference.kind, _other)(reference, compiler.names)
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
        return reference, _REFERENCES[kind](reference, compiler.names)[0]
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


def _problem(problem: Diagnostic) -> Run:
    def run(context: EvalContext) -> Value:
        context.diags.append(problem)
        return DYNAMIC_UNKNOWN

    return run


# References.


def _variable(reference: Reference, names: Names) -> tuple[Run, tuple[Step, ...]]:
    def run(context: EvalContext) -> Value:
        return context.scope.variable(reference, context)

    return run, reference.steps


def _local(reference: Reference, names: Names) -> tuple[Run, tuple[Step, ...]]:
    def run(context: EvalContext) -> Value:
        return context.scope.local(reference, context)

    return run, reference.steps


def _path(reference: Reference, names: Names) -> tuple[Run, tuple[Step, ...]]:
    def run(context: EvalContext) -> Value:
        return context.scope.path(reference, context)

    return run, reference.steps


def _terraform(reference: Reference, names: Names) -> tuple[Run, tuple[Step, ...]]:
    def run(context: EvalContext) -> Value:
        return context.scope.terraform(reference, context)

    return run, reference.steps


def _other(reference: Reference, names: Names) -> tuple[Run, tuple[Step, ...]]:
    def run(context: EvalContext) -> Value:
        return context.scope.other(reference, context)

    return run, reference.steps


def _resource(reference: Reference, names: Names) -> tuple[Run, tuple[Step, ...]]:
    key = reference.key
    if key is None:

        def run(context: EvalContext) -> Value:
            return context.scope.resource(reference, context)

        return run, reference.steps
    step = _index_step(reference)

    def run_instance(context: EvalContext) -> Value:
        value = context.scope.resource_instance(reference, key, context)
        if value is MISSING:
            whole = context.scope.resource(reference, context)
            return _index_value(whole, key, step.range, reference.traversal, context, names)
        return cast("Value", value)

    return run_instance, reference.steps


def _index_step(reference: Reference) -> Step:
    """The step that holds the instance key."""
    behind = len(reference.steps) + (1 if reference.output is not None else 0)
    steps = reference.traversal.steps
    return steps[len(steps) - behind - 1]


def _module(reference: Reference, names: Names) -> tuple[Run, tuple[Step, ...]]:
    key, output, node = reference.key, reference.output, reference.traversal
    if output is None:

        def run(context: EvalContext) -> Value:
            whole = context.scope.module(reference, context)
            if key is None:
                return whole
            return _index_value(whole, key, _index_step(reference).range, node, context, names)

        return run, reference.steps
    step = node.steps[len(node.steps) - len(reference.steps) - 1]

    def run_output(context: EvalContext) -> Value:
        value = context.scope.module_output(reference, key, output, context)
        if value is not MISSING:
            return cast("Value", value)
        whole = context.scope.module(reference, context)
        if key is not None:
            whole = _index_value(whole, key, _index_step(reference).range, node, context, names)
        return _attribute_value(whole, output, step.range, node, context, names)

    return run_output, reference.steps


def _count(reference: Reference, names: Names) -> tuple[Run, tuple[Step, ...]]:
    if reference.name != "index":
        return _unsupported(
            reference,
            'Invalid "count" attribute',
            f'The "count" object does not have an attribute named "{reference.name}". The only supported attribute is'
            ' count.index, which is the index of each instance of a resource block that has the "count" argument set.',
        )

    def run(context: EvalContext) -> Value:
        value = context.count_index
        if value is MISSING:
            context.diags.error(*NO_COUNT, reference.range)
            return DYNAMIC_UNKNOWN
        return cast("Value", value)

    return run, reference.steps


def _each(reference: Reference, names: Names) -> tuple[Run, tuple[Step, ...]]:
    if reference.name not in ("key", "value"):
        return _unsupported(
            reference,
            'Invalid "each" attribute',
            f'The "each" object does not have an attribute named "{reference.name}". The supported attributes are each.key'
            ' and each.value, the current key and value pair of the "for_each" attribute set.',
        )
    by_key = reference.name == "key"

    def run(context: EvalContext) -> Value:
        value = context.each_key if by_key else context.each_value
        if value is MISSING:
            context.diags.error(*(NO_EACH if by_key or context.each_key is MISSING else NO_EACH_VALUE), reference.range)
            return DYNAMIC_UNKNOWN
        return cast("Value", value)

    return run, reference.steps


def _self(reference: Reference, names: Names) -> tuple[Run, tuple[Step, ...]]:
    def run(context: EvalContext) -> Value:
        value = context.self_value
        if value is MISSING:
            context.diags.error(*NO_SELF, reference.range)
            return DYNAMIC_UNKNOWN
        return cast("Value", value)

    return run, reference.steps


NO_COUNT: Final = (
    'Reference to "count" in non-counted context',
    'The "count" object can only be used in "module", "resource", and "data" blocks, and only when the "count" argument is'
    " set.",
)
NO_EACH: Final = (
    'Reference to "each" in context without for_each',
    'The "each" object can be used only in "module" or "resource" blocks, and only when the "for_each" argument is set.',
)
NO_EACH_VALUE: Final = (
    "each.value cannot be used in this context",
    'A reference to "each.value" has been used in a context in which it is unavailable, such as when the configuration no'
    ' longer contains the value in its "for_each" expression. Remove this reference to each.value in your configuration to'
    " work around this error.",
)
NO_SELF: Final = (
    'Invalid "self" reference',
    'The "self" object is not available in this context. This object can be used only in resource provisioner, connection,'
    " and postcondition blocks.",
)


def _unsupported(reference: Reference, summary: str, detail: str) -> tuple[Run, tuple[Step, ...]]:
    return _problem(Diagnostic("error", summary, detail, reference.range)), ()


_REFERENCES: Final[dict[str, Callable[[Reference, Names], tuple[Run, tuple[Step, ...]]]]] = {
    VARIABLE: _variable,
    LOCAL: _local,
    RESOURCE: _resource,
    MODULE: _module,
    COUNT: _count,
    EACH: _each,
    SELF: _self,
    PATH: _path,
    TERRAFORM: _terraform,
}


# Keys that are computed.


def _instance_by_key(reference: Reference, key: Run, collection: Run, node: ast.Index, names: Names) -> Run:
    def run(context: EvalContext) -> Value:
        wanted = key(context)
        if type(wanted) is int or type(wanted) is str:
            value = context.scope.resource_instance(reference, wanted, context)
            if value is not MISSING:
                return cast("Value", value)
        return _index_value(collection(context), wanted, node.bracket_range, node, context, names)

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
        whole = _index_value(collection(context), wanted, node.bracket_range, node, context, names)
        return _attribute_value(whole, step.name, step.range, node, context, names)

    return run


# Steps.


def with_steps(base: Run, steps: tuple[Step, ...], node: ast.Expression, names: Names) -> Run:
    """The code of a value's attributes and elements, one after the other."""
    for step in steps:
        if type(step) is ast.AttributeStep:
            base = _attribute(base, step, node, names)
        else:
            base = _element(base, step, node, names)
    return base


def _attribute(base: Run, step: ast.AttributeStep, node: ast.Expression, names: Names) -> Run:
    name = step.name

    def run(context: EvalContext) -> Value:
        value = base(context)
        if type(value) is dict:
            if name in value:
                return value[name]
        elif type(value) is ObjectValue and name in value.attributes:
            return value.attributes[name]
        return _attribute_value(value, name, step.range, node, context, names)

    return run


def _element(base: Run, step: Step, node: ast.Expression, names: Names) -> Run:
    key = cast("ast.IndexStep", step).key

    def run(context: EvalContext) -> Value:
        return _index_value(base(context), key, step.range, node, context, names)

    return run


def _index(collection: Run, key: Run, node: ast.Index, names: Names) -> Run:
    def run(context: EvalContext) -> Value:
        return _index_value(collection(context), key(context), node.bracket_range, node, context, names)

    return run


def _attribute_value(
    value: Value, name: str, subject: Range, node: ast.Expression, context: EvalContext, names: Names
) -> Value:
    try:
        return access.attribute(value, name)
    except access.AccessError as error:
        report(context, names, node, error.summary, error.detail, subject)
        return DYNAMIC_UNKNOWN


def _index_value(
    collection: Value, key: Value, subject: Range, node: ast.Expression, context: EvalContext, names: Names
) -> Value:
    try:
        return access.index(collection, key)
    except access.AccessError as error:
        report(context, names, node, error.summary, error.detail, subject)
        return DYNAMIC_UNKNOWN


PATH_NAMES: Final = ("cwd", "module", "root")


def path_problem(reference: Reference) -> tuple[str, str]:
    """Summary and detail for a `path.NAME` that does not exist."""
    hint = did_you_mean(reference.name, PATH_NAMES)
    return (
        'Invalid "path" attribute',
        f'The "path" object does not have an attribute named "{reference.name}".{hint}',
    )


def terraform_problem(reference: Reference) -> tuple[str, str]:
    """Summary and detail for a `terraform.NAME` that does not exist."""
    return (
        'Invalid "terraform" attribute',
        f'The "terraform" object does not have an attribute named "{reference.name}". The only supported attributes are'
        " terraform.workspace, the name of the currently-selected workspace, and terraform.applying, a boolean which is true"
        " only during apply.",
    )
