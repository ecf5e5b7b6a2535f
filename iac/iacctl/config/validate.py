"""What can be said about references without evaluating anything: whether the objects they name are there.

As in Terraform, the references of one expression (or of one block that is evaluated as a whole) are judged together:
resources and modules first, and only if these are fine, variables and locals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from iacctl.addrs import module_path_text
from iacctl.hcl import static
from iacctl.hcl.ast import AttributeStep, Expression
from iacctl.hcl.suggestions import did_you_mean
from iacctl.lang.compiler import access
from iacctl.lang.references import (
    ACTION,
    COUNT,
    EACH,
    LOCAL,
    MODULE,
    RESOURCE,
    SELF,
    VARIABLE,
    parse_reference,
    references,
)
from iacctl.values import unknown_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from iacctl.addrs.resources import Mode
    from iacctl.config.actions import Action
    from iacctl.config.model import Condition, Import, Module, ProviderConfig, Resource
    from iacctl.config.queries import ListBlock
    from iacctl.diag import Diagnostics
    from iacctl.hcl.ast import ScopeTraversal, Step
    from iacctl.lang.references import Reference
    from iacctl.provider.schema import Block
    from iacctl.values import Value

    BodyReferences: TypeAlias = Callable[[Module, "Resource | ProviderConfig | Action | ListBlock"], Iterable[Reference]]
    SchemaOf: TypeAlias = Callable[[Resource], Block | None]

_MODE_NAMES: Final = {"managed": "A managed", "data": "A data", "ephemeral": "An ephemeral", "list": "A list"}


NO_SELF: Final = (
    'Invalid "self" reference',
    'The "self" object is not available in this context. This object can be used only in resource provisioner, connection, and'
    " postcondition blocks.",
)
"""What is said of `self` where there is none."""


class References:
    """Judges references in the modules of one tree.

    Args:
        schema_of: the schema of a resource, for attributes that it does not have; None if nobody knows schemas.
    """

    __slots__ = ("_schema_of",)

    def __init__(self, schema_of: SchemaOf | None = None) -> None:
        self._schema_of = schema_of

    def check(
        self, module: Module, found: Iterable[Reference], diags: Diagnostics, *, check_block: str | None = None
    ) -> bool:
        """Report references to what the module does not have.

        Args:
            module: where the references stand.
            found: the references of one expression or block.
            diags: gets the reports.
            check_block: the check block in which they stand.

        Returns:
            Whether all are fine.
        """
        before = len(diags)
        values: list[Reference] = []
        for reference in found:
            if reference.kind == RESOURCE:
                self._check_resource(module, reference, check_block, diags)
            elif reference.kind == MODULE:
                if reference.name not in module.calls:
                    diags.error(
                        "Reference to undeclared module",
                        f'No module call named "{reference.name}" is declared in {_named(module)}.'
                        f"{did_you_mean(reference.name, sorted(module.calls))}",
                        reference.range,
                    )
            elif reference.kind == ACTION:
                diags.error(
                    "Invalid reference",
                    "Actions can not be referenced in this context. They can only be referenced from within a resource's"
                    " lifecycle actions list.",
                    reference.range,
                )
            else:
                values.append(reference)
        if len(diags) == before:
            for reference in values:
                _check_value(module, reference, diags)
        return len(diags) == before

    def check_expression(
        self, module: Module, expression: Expression | None, diags: Diagnostics, *, check_block: str | None = None
    ) -> None:
        """Report the references of one expression; malformed ones are left to its evaluation."""
        if expression is not None:
            self.check(module, references(expression), diags, check_block=check_block)

    def check_depends_on(self, module: Module, traversals: Iterable[ScopeTraversal], diags: Diagnostics) -> None:
        """Report what is wrong with the references of one `depends_on`; after the first mistake, only their form."""
        before = len(diags)
        for traversal in traversals:
            reference = parse_reference(traversal, diags)
            if reference is None:
                continue
            if reference.steps:
                diags.error(
                    "Invalid depends_on reference",
                    "References in depends_on must be to a whole object (resource, etc), not to an attribute of an object.",
                    reference.steps[0].range.until(reference.steps[-1].range),
                )
            if len(diags) == before and self.check(module, (reference,), diags):
                _check_repetition(reference, diags)

    def _check_resource(
        self, module: Module, reference: Reference, check_block: str | None, diags: Diagnostics
    ) -> None:
        if reference.mode == "list" and (reference.type, reference.name) in module.lists:
            from iacctl.config import use_checks

            use_checks.check_list_reference(reference, diags)
            return
        resource = module.resources.get((cast("Mode", reference.mode), reference.type, reference.name))
        if resource is None:
            hint = ""
            if reference.mode == "managed" and ("data", reference.type, reference.name) in module.resources:
                hint = f"\n\nDid you mean the data resource data.{reference.type}.{reference.name}?"
            diags.error(
                "Reference to undeclared resource",
                f'{_MODE_NAMES[reference.mode]} resource "{reference.type}" "{reference.name}" has not been declared in'
                f" {_named(module)}.{hint}",
                reference.range,
            )
            return
        if resource.enclosing_check is not None and resource.enclosing_check != check_block:
            diags.error(
                "Reference to scoped resource",
                f'The referenced {resource.mode} resource "{resource.type}" "{resource.name}" is not available from this'
                " context.",
                reference.range,
            )
            return
        if _check_key(resource, reference, diags) and reference.steps and self._schema_of is not None:
            schema = self._schema_of(resource)
            if schema is not None:
                check_attribute(schema, reference, diags)


def check(
    root: Module,
    diags: Diagnostics,
    *,
    body_references: BodyReferences | None = None,
    schema_of: SchemaOf | None = None,
) -> None:
    """Report references to nothing in the whole tree, as `validate` does.

    Args:
        root: a tree that was loaded without errors.
        diags: gets the reports.
        body_references: the references in the body of a resource or provider block, for which one needs its schema;
            without it bodies are left out.
        schema_of: see `References`.
    """
    before = len(diags)
    for module in root.walk():
        for item in module.imports:
            _check_import_target(module, item, diags)
    if len(diags) > before:
        return
    checker = References(schema_of)
    for module in root.walk():
        _check_module(checker, module, body_references, diags)


def _check_module(
    checker: References, module: Module, body_references: BodyReferences | None, diags: Diagnostics
) -> None:
    for variable in module.variables.values():
        _check_conditions(checker, module, variable.validations, diags)
    for local in module.locals.values():
        checker.check_expression(module, local.expression, diags)
    for output in module.outputs.values():
        if output.deprecated is not None and module.parent is None:
            diags.error(
                "Root module output deprecated",
                "Root module outputs cannot be deprecated, as there is no higher-level module to inform of the deprecation.",
                output.deprecated_range,
            )
        checker.check_depends_on(module, output.depends_on, diags)
        checker.check_expression(module, output.expression, diags)
        _check_conditions(checker, module, output.preconditions, diags)
    if body_references is not None:
        for config in module.provider_configs.values():
            checker.check_expression(module, config.for_each, diags)
            checker.check(module, body_references(module, config), diags)
    for call in module.calls.values():
        checker.check_depends_on(module, call.depends_on, diags)
        checker.check_expression(module, call.count, diags)
        checker.check_expression(module, call.enabled, diags)
        for passed in call.providers or ():
            checker.check_expression(module, passed.in_parent.instance, diags)
        checker.check_expression(module, call.for_each, diags)
        for argument in call.arguments.values():
            checker.check_expression(module, argument.expression, diags)
    for resource in module.resources.values():
        _check_resource(checker, module, resource, body_references, diags)
    if any(resource.action_triggers for resource in module.resources.values()):
        from iacctl.config import use_checks

        use_checks.check_triggered(module, diags)
    for action in module.actions.values():
        checker.check_expression(module, action.count, diags)
        checker.check_expression(module, action.for_each, diags)
        if body_references is not None:
            checker.check(module, body_references(module, action), diags)
    for block in module.lists.values():
        for expression in (block.count, block.for_each, block.include_resource, block.limit):
            checker.check_expression(module, expression, diags)
        if body_references is not None:
            checker.check(module, body_references(module, block), diags)
    for name, check_block in module.checks.items():
        for condition in check_block.assertions:
            checker.check_expression(module, condition.condition, diags, check_block=name)
            checker.check_expression(module, condition.error_message, diags, check_block=name)
    for item in module.imports:
        checker.check_expression(module, item.id, diags)
        checker.check_expression(module, item.identity, diags)
        checker.check_expression(module, item.for_each, diags)
        if item.for_each is None and any(
            isinstance(key, Expression) for key in (*dict(item.to.modules).values(), item.to.key)
        ):
            static.traversal(item.to_expression, diags)


def _check_resource(
    checker: References,
    module: Module,
    resource: Resource,
    body_references: BodyReferences | None,
    diags: Diagnostics,
) -> None:
    inside = resource.enclosing_check
    if resource.depends_on:
        checker.check_depends_on(module, resource.depends_on, diags)
    checker.check_expression(module, resource.count, diags, check_block=inside)
    checker.check_expression(module, resource.enabled, diags, check_block=inside)
    if resource.provider_ref is not None:
        checker.check_expression(module, resource.provider_ref.instance, diags, check_block=inside)
    checker.check_expression(module, resource.for_each, diags, check_block=inside)
    if body_references is not None:
        checker.check(module, body_references(module, resource), diags, check_block=inside)
    _check_conditions(checker, module, resource.preconditions, diags)
    _check_conditions(checker, module, resource.postconditions, diags)


def _check_conditions(checker: References, module: Module, conditions: Iterable[Condition], diags: Diagnostics) -> None:
    for condition in conditions:
        checker.check_expression(module, condition.condition, diags)
        checker.check_expression(module, condition.error_message, diags)


def _check_import_target(module: Module, item: Import, diags: Diagnostics) -> None:
    """Report a target in a module that is not there, or that does not have it."""
    names = tuple(name for name, _ in item.to.modules)
    if not names or item.to.resource is None:
        return
    _, type_, name = item.to.resource
    target = f"{module_path_text(names)}.{type_}.{name}"
    inner = module.descendant(names)
    if inner is None:
        diags.error(
            "Configuration for import target does not exist",
            f"The configuration for the given import target {target} does not exist. All target instances must have an"
            " associated configuration to be imported.",
            item.to_expression.range,
        )
    elif item.to.resource not in inner.resources:
        diags.error(
            "Configuration for import target does not exist",
            f"Resource {target} not found. Only resources within the root module are eligible for config generation.",
            item.to_expression.range,
        )


def check_self_references(resource: Resource, expressions: Iterable[Reference], diags: Diagnostics) -> bool:
    """Report references of a resource to itself, which planning (not validating) finds.

    Args:
        resource: the block.
        expressions: the references of its count, for_each or body.
        diags: gets the reports.

    Returns:
        Whether there are none.
    """
    before = len(diags)
    for reference in expressions:
        if reference.kind == RESOURCE and (reference.mode, reference.type, reference.name) == resource.key:
            from iacctl.addrs import instance_key_text

            diags.error(
                "Self-referential block",
                f"Configuration for {resource}{instance_key_text(reference.key)} may not refer to itself.",
                reference.range,
            )
    return len(diags) == before


def _named(module: Module) -> str:
    return module_path_text(module.path) if module.path else "the root module"


def _check_value(module: Module, reference: Reference, diags: Diagnostics) -> None:
    name = reference.name
    if reference.kind == VARIABLE and name not in module.variables:
        hint = did_you_mean(name, module.variables)
        hint = hint or f' This variable can be declared with a variable "{name}" {{}} block.'
        diags.error(
            "Reference to undeclared input variable",
            f'An input variable with the name "{name}" has not been declared.{hint}',
            reference.range,
        )
    elif reference.kind == LOCAL and name not in module.locals:
        diags.error(
            "Reference to undeclared local value",
            f'A local value with the name "{name}" has not been declared.{did_you_mean(name, module.locals)}',
            reference.range,
        )


def _check_repetition(reference: Reference, diags: Diagnostics) -> None:
    """Report what has no meaning in depends_on, which is the same for all instances."""
    if reference.kind == COUNT:
        diags.error(
            'Reference to "count" in non-counted context',
            'The "count" object can only be used in "module", "resource", and "data" blocks, and only when the "count"'
            " argument is set.",
            reference.range,
        )
    elif reference.kind == EACH:
        diags.error(
            'Reference to "each" in context without for_each',
            'The "each" object can be used only in "module" or "resource" blocks, and only when the "for_each" argument is'
            " set.",
            reference.range,
        )
    elif reference.kind == SELF:
        diags.error(*NO_SELF, reference.range)


def _check_key(resource: Resource, reference: Reference, diags: Diagnostics) -> bool:
    """Whether a reference has an instance key exactly where the resource has instances."""
    counted = resource.count is not None
    if counted or resource.for_each is not None:
        if reference.key is None and reference.steps and type(reference.steps[0]) is AttributeStep:
            argument, key = ("count", "count.index") if counted else ("for_each", "each.key")
            diags.error(
                "Missing resource instance key",
                f'Because {resource} has "{argument}" set, its attributes must be accessed on specific instances.\n\nFor'
                f" example, to correlate with indices of a referring resource, use:\n    {resource}[{key}]",
                reference.range,
            )
            return False
    elif reference.key is not None:
        diags.error(
            "Unexpected resource instance key",
            f'Because {resource} does not have "count" or "for_each" set, references to it must not include an index key.'
            " Remove the bracketed index to refer to the single instance of this resource.",
            reference.range,
        )
        return False
    return True


def check_attribute(schema: Block, reference: Reference, diags: Diagnostics) -> None:
    """Report an attribute that the resource, or a block nested alone in it, does not have; of `self`, too."""
    check_path(schema, reference.steps, diags)


def check_path(schema: Block, steps: Sequence[Step], diags: Diagnostics) -> None:
    """Report the first of the steps into an object of a schema that leads nowhere."""
    block = schema
    for position, step in enumerate(steps):
        if type(step) is not AttributeStep:
            return
        if step.name in block.attributes:
            _check_steps(unknown_of(block.attributes[step.name].value_type()), steps[position + 1 :], diags)
            return
        nested = block.blocks.get(step.name)
        if nested is None:
            names = sorted((*block.attributes, *block.blocks))
            diags.error(
                "Unsupported attribute",
                f'This object has no argument, nested block, or exported attribute named "{step.name}".'
                f"{did_you_mean(step.name, names)}",
                step.range,
            )
            return
        if nested.nesting not in ("single", "group"):
            return
        block = nested.block


def _check_steps(value: Value, steps: Iterable[Step], diags: Diagnostics) -> None:
    """Report the first of the steps into a value of which only the type is known that leads nowhere."""
    for step in steps:
        try:
            value = access.attribute(value, step.name) if isinstance(step, AttributeStep) else access.index(value, step.key)
        except access.AccessError as error:
            diags.error(error.summary, error.detail, step.range)
            return
