"""`variable` blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.config import conditions, constants
from iacctl.config.model import Variable
from iacctl.config.names import check_name
from iacctl.hcl.ast import ScopeTraversal
from iacctl.hcl.body import BodySchema
from iacctl.values import (
    BOOL,
    DYNAMIC,
    DYNAMIC_UNKNOWN,
    NUMBER,
    STRING,
    ConversionError,
    convert,
    defaults,
    is_null,
    paths,
)

if TYPE_CHECKING:
    from iacctl.diag import Diagnostics
    from iacctl.hcl.ast import Attribute, Expression
    from iacctl.hcl.body import Block
    from iacctl.values import Type, Value
    from iacctl.values.defaults import Defaults

SCHEMA: Final = BodySchema(
    {
        "description": False,
        "default": False,
        "type": False,
        "sensitive": False,
        "nullable": False,
        "ephemeral": False,
        "deprecated": False,
        "const": False,
    },
    {"validation": ()},
)
RESERVED: Final = frozenset(
    ("source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals")
)
"""Names of module arguments, which no variable can have."""

_PRIMITIVES: Final = {"string": STRING, "number": NUMBER, "bool": BOOL}


class Constraint(NamedTuple):
    """What a `type` argument says.

    Attributes:
        type: with its optional attributes.
        defaults: of these attributes; None if there are none.
        literal: see `model.Variable.literal`.
    """

    type: Type
    defaults: Defaults | None
    literal: bool


def decode(block: Block, diags: Diagnostics, *, override: bool = False) -> Variable:
    """A variable block; in an override file the default is converted only once the type is known."""
    variable = Variable(block.labels[0], block.definition_range)
    content = block.body.content(SCHEMA, diags)
    check_name(variable.name, "variable", block.label_ranges[0], diags)
    if variable.name in RESERVED:
        diags.error(
            "Invalid variable name",
            f'The variable name "{variable.name}" is reserved due to its special meaning inside module blocks.',
            block.label_ranges[0],
        )
    attributes = content.attributes
    variable.sets = frozenset(attributes)
    variable.description = constants.string(attributes.get("description"), diags)
    if "type" in attributes:
        variable.type_expression = attributes["type"].expression
        variable.type, variable.defaults, variable.literal = constraint(variable.type_expression, diags)
    variable.sensitive = bool(constants.boolean(attributes.get("sensitive"), diags))
    if "deprecated" in attributes:
        variable.deprecated = constants.string(attributes["deprecated"], diags)
        variable.deprecated_range = attributes["deprecated"].range
    variable.ephemeral = bool(constants.boolean(attributes.get("ephemeral"), diags))
    variable.const = bool(constants.boolean(attributes.get("const"), diags))
    variable.nullable = constants.boolean(attributes.get("nullable"), diags) is not False
    if variable.const:
        for kind, is_set in (("sensitive", variable.sensitive), ("ephemeral", variable.ephemeral)):
            if is_set:
                diags.error(
                    f"Const variable cannot be {kind}",
                    f'A variable that is marked as "const" cannot also be marked as "{kind}".',
                    variable.range,
                )
    if "default" in attributes:
        variable.has_default = True
        variable.default = constants.value(attributes["default"].expression, diags)
        if not override or "type" in attributes:
            convert_default(variable, attributes["default"], diags)
    for nested in content.blocks:
        _validation(variable, nested, diags, override)
    return variable


def convert_default(variable: Variable, attribute: Attribute, diags: Diagnostics) -> None:
    """Bring a default to the variable's type, or report why that cannot be."""
    value = variable.default
    if value is DYNAMIC_UNKNOWN:
        return
    try:
        variable.default = converted(variable, value)
    except ConversionError as error:
        diags.error(
            "Invalid default value for variable",
            f"This default value is not compatible with the variable's type constraint: {conversion_problem(error)}.",
            attribute.expression.range,
        )
        variable.default = DYNAMIC_UNKNOWN
        return
    if not variable.nullable and is_null(value):
        diags.error(
            "Invalid default value for variable",
            "A null default value is not valid when nullable=false.",
            attribute.expression.range,
        )


def converted(variable: Variable, value: Value) -> Value:
    """A value brought to a variable's type, with the defaults of optional attributes filled in.

    Raises:
        ConversionError: it does not fit.
    """
    if variable.type is DYNAMIC:
        return value
    if variable.defaults is not None and not is_null(value):
        value = defaults.apply(variable.defaults, value)
    return convert(value, variable.type)


def conversion_problem(error: ConversionError) -> str:
    """A conversion error with the place inside the value, as Terraform puts it: `.a[0]: a number is required`."""
    place = paths.text(error.path)
    return f"{place}: {error.message}" if place else error.message


def constraint(expression: Expression, diags: Diagnostics) -> Constraint:
    """What a type expression says; anything goes if it was reported."""
    if type(expression) is ScopeTraversal and not expression.steps and expression.root in _PRIMITIVES:
        return Constraint(_PRIMITIVES[expression.root], None, True)
    from iacctl.lang.type_constraints import parse_variable_type

    found = parse_variable_type(expression, diags)
    if found is None:
        return Constraint(DYNAMIC, None, False)
    return Constraint(found.type, found.defaults, found.type.is_primitive)


def _validation(variable: Variable, block: Block, diags: Diagnostics, override: bool) -> None:
    condition = conditions.decode(block, diags, override=override)
    if condition is None:
        return
    from iacctl.lang.references import VARIABLE, references

    subject = (VARIABLE, variable.name)
    if not any(reference.subject == subject for reference in references(condition.condition)):
        diags.error(
            "Invalid variable validation condition",
            f'The condition for variable "{variable.name}" must refer to var.{variable.name} in order to test incoming'
            " values.",
            condition.condition.range,
        )
    variable.validations.append(condition)
