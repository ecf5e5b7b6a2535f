"""Input variables: from what was given to the value that the module sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.addrs import module_path_text
from iacctl.values import EPHEMERAL, SENSITIVE, ConversionError

if TYPE_CHECKING:
    from iacctl.addrs import ModulePath
    from iacctl.config.model import Variable
    from iacctl.diag import Range
    from iacctl.eval.world import World
    from iacctl.values import Mark, Value


def marked(variable: Variable, value: Value) -> Value:
    """The value with the marks that the variable's declaration asks for."""
    marks: list[Mark] = []
    if variable.sensitive:
        marks.append(SENSITIVE)
    if variable.ephemeral:
        marks.append(EPHEMERAL)
    return values.mark(value, marks) if marks else value


def absent(variable: Variable, world: World) -> tuple[Value] | None:
    """The value of a variable that is not set; None where it has to be, which is reported elsewhere."""
    if not variable.has_default:
        return None
    return (marked(variable, variable.default),)


def converted(variable: Variable, value: Value) -> Value:
    """Apply the type constraint's defaults and convert.

    Raises:
        ConversionError: the value does not fit the type.
    """
    if variable.defaults is not None and not values.is_null(values.unmark(value)[0]):
        value = values.defaults.apply(variable.defaults, value)
    return values.convert(value, variable.type)


def _settled(variable: Variable, value: Value) -> tuple[Value] | None:
    """Null becomes the default where the variable is not nullable; None where it has none."""
    if variable.nullable or not values.is_null(values.unmark(value)[0]):
        return (marked(variable, value),)
    if variable.has_default:
        return (marked(variable, variable.default),)
    return None


def from_root(variable: Variable, given: Value, world: World) -> tuple[Value] | None:
    """The value of a root variable that was given; None if it does not fit.

    Values from outside were looked at when they were gathered: there is more to be said of those that a test file gives.
    """
    place = world.surroundings.variable_ranges.get(variable.name)
    name = variable.name
    try:
        settled = _settled(variable, converted(variable, given))
    except ConversionError as error:
        subject = variable.range
        detail = f"Unsuitable value for var.{name}: {error.message}."
        if place is not None and variable.sensitive:
            detail = (
                f"The given value is not suitable for var.{name}, which is sensitive: {error.message}. Invalid value defined at"
                f" {place}."
            )
        elif place is not None:
            subject = place
            detail = f"The given value is not suitable for var.{name} declared at {variable.range}: {error.message}."
        world.diags.error("Invalid value for input variable", detail, subject)
        return None
    if settled is None:
        world.diags.error(
            "Required variable not set",
            f"The given value is not suitable for var.{name} defined at {variable.range}: required variable may not be set to"
            " null.",
            variable.range if place is None or variable.sensitive else place,
        )
    return settled


def from_argument(
    variable: Variable, given: Value, subject: Range, world: World, path: ModulePath
) -> tuple[Value] | None:
    """The value of a child module's variable from the argument of its call; None if it was at fault."""
    name = f"{module_path_text(path)}.var.{variable.name}"
    try:
        value = converted(variable, given)
    except ConversionError as error:
        world.diags.error(
            "Invalid value for input variable",
            f"The given value is not suitable for {name} declared at {variable.range}: {error.message}.",
            subject,
        )
        return None
    settled = _settled(variable, value)
    if settled is None:
        world.diags.error(
            "Required variable not set",
            f"The given value is not suitable for {name} defined at {variable.range}: required variable may not be set to "
            "null.",
            subject,
        )
    if settled is not None and not variable.ephemeral and values.contains_mark(value, EPHEMERAL):
        world.diags.error(
            "Ephemeral value not allowed",
            "This input variable is not declared as accepting a ephemeral values, so it cannot be set to a result derived "
            "from an ephemeral value.",
            subject,
        )
        return None
    return settled
