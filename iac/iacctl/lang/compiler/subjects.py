"""References: how the objects of the configuration are asked from the scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from iacctl.diag import Diagnostic
from iacctl.hcl.suggestions import did_you_mean
from iacctl.lang.compiler import access
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
from iacctl.values import DYNAMIC_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.diag import Range
    from iacctl.hcl import ast
    from iacctl.hcl.ast import Step
    from iacctl.lang.compiler.core import Names, Run
    from iacctl.lang.context import EvalContext, OptionalValue
    from iacctl.lang.references import Reference
    from iacctl.values import Value


def subject_code(reference: Reference, names: Names) -> tuple[Run, tuple[Step, ...]]:
    """What gives the object that a reference names, and the steps that remain."""
    return _SUBJECTS.get(reference.kind, _other)(reference, names)


def problem_run(problem: Diagnostic) -> Run:
    """Code that reports a problem each time."""

    def run(context: EvalContext) -> Value:
        context.diags.append(problem)
        return DYNAMIC_UNKNOWN

    return run


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
            return index_value(whole, key, step.range, reference.traversal, context, names)
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
            return index_value(whole, key, _index_step(reference).range, node, context, names)

        return run, reference.steps
    step = node.steps[len(node.steps) - len(reference.steps) - 1]

    def run_output(context: EvalContext) -> Value:
        value = context.scope.module_output(reference, key, output, context)
        if value is not MISSING:
            return cast("Value", value)
        whole = context.scope.module(reference, context)
        if key is not None:
            whole = index_value(whole, key, _index_step(reference).range, node, context, names)
        return attribute_value(whole, output, step.range, node, context, names)

    return run_output, reference.steps


def _instance(reference: Reference, names: Names) -> tuple[Run, tuple[Step, ...]]:
    def run(context: EvalContext) -> Value:
        value = instance_value(reference, context)
        if value is MISSING:
            context.diags.append(instance_problem(reference))
            return DYNAMIC_UNKNOWN
        return cast("Value", value)

    return run, reference.steps


def instance_value(reference: Reference, context: EvalContext) -> OptionalValue:
    """The value of `count.index`, `each.key`, `each.value` or `self`; MISSING where there is none."""
    kind = reference.kind
    if kind == COUNT:
        return context.count_index
    if kind == EACH:
        return context.each_key if reference.name == "key" else context.each_value
    return context.self_value


def instance_problem(reference: Reference) -> Diagnostic:
    """What to say where the value is missing."""
    if reference.kind == COUNT:
        summary, detail = NO_COUNT
    elif reference.kind == EACH:
        summary, detail = NO_EACH if reference.name == "key" else NO_EACH_VALUE
    else:
        summary, detail = NO_SELF
    return Diagnostic("error", summary, detail, reference.range)


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


def name_problem(reference: Reference) -> Diagnostic | None:
    """What is wrong with the name behind `count`, `each`, `path` or `terraform`; None if nothing is."""
    kind, name = reference.kind, reference.name
    if kind == COUNT and name != "index":
        found = (
            'Invalid "count" attribute',
            f'The "count" object does not have an attribute named "{name}". The only supported attribute is count.index,'
            ' which is the index of each instance of a resource block that has the "count" argument set.',
        )
    elif kind == EACH and name not in ("key", "value"):
        found = (
            'Invalid "each" attribute',
            f'The "each" object does not have an attribute named "{name}". The supported attributes are each.key and'
            ' each.value, the current key and value pair of the "for_each" attribute set.',
        )
    elif kind == PATH and name not in PATH_NAMES:
        found = path_problem(reference)
    elif kind == TERRAFORM and name not in ("workspace", "applying"):
        found = terraform_problem(reference)
    else:
        return None
    return Diagnostic("error", *found, reference.range)


_SUBJECTS: Final[dict[str, Callable[[Reference, Names], tuple[Run, tuple[Step, ...]]]]] = {
    VARIABLE: _variable,
    LOCAL: _local,
    RESOURCE: _resource,
    MODULE: _module,
    COUNT: _instance,
    EACH: _instance,
    SELF: _instance,
    PATH: _path,
    TERRAFORM: _terraform,
}


def attribute_value(
    value: Value, name: str, subject: Range, node: ast.Expression, context: EvalContext, names: Names
) -> Value:
    """The value of `value.name`; a problem is reported."""
    try:
        return access.attribute(value, name)
    except access.AccessError as error:
        report(context, names, node, error.summary, error.detail, subject)
        return DYNAMIC_UNKNOWN


def index_value(
    collection: Value, key: Value, subject: Range, node: ast.Expression, context: EvalContext, names: Names
) -> Value:
    """The value of `collection[key]`; a problem is reported."""
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
    if reference.name == "env":
        return (
            'Invalid "terraform" attribute',
            'The terraform.env attribute was deprecated in v0.10 and removed in v0.12. The "state environment" concept was'
            ' renamed to "workspace" in v0.12, and so the workspace name can now be accessed using the terraform.workspace'
            " attribute.",
        )
    return (
        'Invalid "terraform" attribute',
        f'The "terraform" object does not have an attribute named "{reference.name}". The only supported attributes are'
        " terraform.workspace, the name of the currently-selected workspace, and terraform.applying, a boolean which is true"
        " only during apply.",
    )
