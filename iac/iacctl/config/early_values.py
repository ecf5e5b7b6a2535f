"""Values of variables that are known while modules are being found: const ones, and for OpenTofu's files all that can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.config.blocks.variables import converted
from iacctl.diag import Diagnostics
from iacctl.values import DYNAMIC_UNKNOWN, ConversionError, is_wholly_known

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.config.model import Module
    from iacctl.config.static_values import StaticScope
    from iacctl.config.variables import RawValue
    from iacctl.values import Value


def of_root(root: Module, given: Mapping[str, RawValue]) -> Callable[[str], Value]:
    """Tells the values of the root module's variables, as far as they are known and suitable."""

    def value(name: str) -> Value:
        from iacctl.config import variables

        declared = {name: root.variables[name]}
        return variables.values_of(declared, given, Diagnostics()).get(name, DYNAMIC_UNKNOWN)

    return value


def of_child(child: Module, parent_scope: StaticScope) -> Callable[[str], Value]:
    """Tells the values of a called module's variables, as far as its caller knows them."""

    def value(name: str) -> Value:
        variable = child.variables[name]
        assert child.call is not None
        argument = child.call.body.just_attributes(Diagnostics()).get(name)
        if argument is None:
            return variable.default if variable.has_default else DYNAMIC_UNKNOWN
        found = parent_scope.evaluate(argument.expression, Diagnostics())
        try:
            return converted(variable, found) if is_wholly_known(found) else DYNAMIC_UNKNOWN
        except ConversionError:
            return DYNAMIC_UNKNOWN  # reported when the module is planned

    return value


def constants(child: Module, parent_scope: StaticScope, diags: Diagnostics) -> dict[str, Value]:
    """The values of a called module's const variables."""
    chosen = [variable for variable in child.variables.values() if variable.const]
    if not chosen:
        return {}
    assert child.call is not None
    arguments = child.call.body.just_attributes(Diagnostics())
    found: dict[str, Value] = {}
    for variable in chosen:
        argument = arguments.get(variable.name)
        if argument is None:
            if variable.has_default:
                found[variable.name] = variable.default
            continue
        value = parent_scope.evaluate(argument.expression, diags)
        if not is_wholly_known(value):
            diags.error(
                "Const variables must be known",
                "Only a constant value can be passed into a constant module variable.",
                argument.expression.range,
            )
            continue
        try:
            found[variable.name] = converted(variable, value)
        except ConversionError:
            continue  # reported when the module is planned
    return found
