"""The built-in provider's functions: variable definitions and expressions, from text and to text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl_providers import sdk
from iacctl_providers.sdk import plain

if TYPE_CHECKING:
    from iacctl.diag import Diagnostics
    from iacctl.values import Value


@sdk.function(
    sdk.Parameter("value", sdk.dynamic),
    returns=sdk.string,
    summary="Produce a string representation of an object using the same syntax as for `.tfvars` files",
    description="A rarely-needed function which takes an object value and produces a string containing a description "
    "of that object using the same syntax as Terraform CLI would expect in a `.tfvars`.",
)
def encode_tfvars(value: Value) -> str:
    """Write an object as variable definitions."""
    from iacctl.hcl.names import is_name
    from iacctl_providers.terraform import expressions

    kind = values.type_of(value).kind
    if kind not in ("object", "map"):
        message = "must be an object whose attribute names will become the encoded variable names"
        raise sdk.ProviderError(f"invalid value to encode: {message}")
    entries = value.entries if isinstance(value, values.MapValue) else plain.attributes_of(value)
    for name in entries:
        if not is_name(name):
            message = "must be a valid identifier, per Terraform's rules for input variable declarations"
            raise sdk.ProviderError(f'invalid variable name "{name}": {message}')
    return expressions.definitions(entries)


@sdk.function(
    sdk.Parameter("src", sdk.string),
    returns=sdk.dynamic,
    summary="Parse a string containing syntax like that used in a `.tfvars` file",
    description="A rarely-needed function which takes a string containing the content of a `.tfvars` file and returns "
    "an object describing the raw variable values it defines.",
)
def decode_tfvars(src: str) -> Value:
    """Read variable definitions into an object."""
    from iacctl.diag import Diagnostics, SourceFile
    from iacctl.hcl.parser import parse_config
    from iacctl.lang.compile import evaluate_static

    found = Diagnostics()
    body = parse_config(SourceFile("<decode_tfvars argument>", src), found)
    if found.has_errors:
        raise sdk.ProviderError(f"invalid tfvars syntax: {_summary(found)}")
    attributes = body.just_attributes(found)
    if found.has_errors:
        raise sdk.ProviderError(f"invalid tfvars content: {_summary(found)}")
    defined: dict[str, Value] = {}
    for name, attribute in attributes.items():
        value = evaluate_static(attribute.expression, found)
        if found.has_errors:
            raise sdk.ProviderError(f'invalid expression for variable "{name}": {_summary(found)}')
        defined[name] = value
    return values.object_value(defined)


@sdk.function(
    sdk.Parameter("value", sdk.dynamic),
    returns=sdk.string,
    summary="Produce a string representation of an arbitrary value using Terraform expression syntax",
    description="A rarely-needed function which takes any value and produces a string containing Terraform language "
    "expression syntax approximating that value.",
)
def encode_expr(value: Value) -> str:
    """Write a value as an expression."""
    from iacctl_providers.terraform import expressions

    return expressions.expression(value)


def _summary(found: Diagnostics) -> str:
    """Diagnostics on one line, as Go's HCL library prints them."""
    errors = list(found)
    first = errors[0]
    more = f", and {len(errors) - 1} other diagnostic(s)" if len(errors) > 1 else ""
    return f"{first.subject}: {first.summary}; {first.detail}{more}"
