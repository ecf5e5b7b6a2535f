"""How many instances a block has: `count` and `for_each`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iacctl import values
from iacctl.eval.data import COUNT, FOR_EACH, SINGLE, Repetition
from iacctl.lang.compiler.report import reference_values
from iacctl.lang.context import MISSING
from iacctl.values import EPHEMERAL, NUMBER, SENSITIVE, ConversionError

if TYPE_CHECKING:
    from iacctl.addrs import InstanceKey
    from iacctl.lang.compile import Compiled
    from iacctl.lang.context import EvalContext, OptionalValue

_MAX_COUNT = 2**63 - 1

UNKNOWN_TAG: Final = "unknown-repetition"
"""The tag of the diagnostics that say that the instances are not known yet."""
MARKED_TAG: Final = "marked-repetition"
"""The tag of those that say that sensitive or ephemeral values cannot be used."""


class Expansion(NamedTuple):
    """The instances of a block: keys, and `each.value` of each where there is for_each."""

    repetition: Repetition
    instances: tuple[tuple[InstanceKey, OptionalValue], ...]


ONE = Expansion(SINGLE, ((None, MISSING),))


def acceptable(count: Compiled | None, for_each: Compiled | None, ctx: EvalContext) -> bool:
    """Evaluate `count` or `for_each` while validating, when they need not be known; whether nothing is wrong."""
    before = len(ctx.diags)
    expanded = expand(count, for_each, ctx, by_type=True)
    if expanded is not None:
        return True
    found = [item for item in ctx.diags.cut(before) if item.tag != UNKNOWN_TAG]
    ctx.diags.extend(found)
    return not any(item.severity == "error" for item in found)


def expand(
    count: Compiled | None, for_each: Compiled | None, ctx: EvalContext, *, by_type: bool = False
) -> Expansion | None:
    """Evaluate `count` or `for_each`. With `by_type`, the type of an unknown value for `for_each` is what matters first.

    Returns:
        The instances, or None when the argument is at fault, which has been reported.
    """
    if count is not None:
        number = _count(count, ctx)
        return None if number is None else Expansion(COUNT, tuple((index, MISSING) for index in range(number)))
    if for_each is not None:
        return _for_each(for_each, ctx, by_type)
    return ONE


def _count(compiled: Compiled, ctx: EvalContext) -> int | None:
    before = len(ctx.diags)
    value = compiled(ctx)
    if _errors_since(ctx, before):
        return None
    subject = compiled.expression.range
    value, marks = values.unmark(value)
    if EPHEMERAL in marks:
        ctx.diags.error(
            "Invalid count argument",
            'The given "count" is derived from an ephemeral value, which means that Terraform cannot persist it between '
            "plan/apply rounds. Use only non-ephemeral values to specify the number of resource instances.",
            subject,
        )
        return None
    try:
        number = values.convert(value, NUMBER)
    except ConversionError as error:
        described = reference_values(compiled.expression, ctx)
        ctx.diags.error("Incorrect value type", f"Invalid expression value: {error.message}.", subject, values=described)
        return None
    if values.is_null(number):
        ctx.diags.error(
            "Invalid count argument", 'The given "count" argument value is null. An integer is required.', subject
        )
        return None
    if not values.is_known(number):
        ctx.diags.error(
            "Invalid count argument",
            'The "count" value depends on resource attributes that cannot be determined until apply, so Terraform cannot '
            "predict how many instances will be created. To work around this, use the -target argument to first apply only "
            "the resources that the count depends on.",
            subject,
            tag=UNKNOWN_TAG,
        )
        return None
    if type(number) is not int or number > _MAX_COUNT:
        problem = f"value must be a whole number, between {-_MAX_COUNT - 1} and {_MAX_COUNT}"
    elif number < 0:
        problem = "must be greater than or equal to zero"
    else:
        return number
    ctx.diags.error(
        "Invalid count argument", f'The given "count" argument value is unsuitable: {problem}.', subject
    )
    return None


_STATIC_KEYS = (
    "When working with unknown values in for_each, it's better to {}\n\n"
    "Alternatively, you could use the -target planning option to first apply only the resources that the for_each value "
    "depends on, and then apply a second time to fully converge."
)
_UNKNOWN_MAP = (
    'The "for_each" map includes keys derived from resource attributes that cannot be determined until apply, and so '
    "Terraform cannot determine the full set of keys that will identify the instances of this resource.\n\n"
    + _STATIC_KEYS.format(
        "define the map keys statically in your configuration and place apply-time results only in the map values."
    )
)
_UNKNOWN_SET = (
    'The "for_each" set includes values derived from resource attributes that cannot be determined until apply, and so '
    "Terraform cannot determine the full set of keys that will identify the instances of this resource.\n\n"
    + _STATIC_KEYS.format(
        "use a map value where the keys are defined statically in your configuration and where only the values contain "
        "apply-time results."
    )
)


def _for_each(compiled: Compiled, ctx: EvalContext, by_type: bool) -> Expansion | None:
    before = len(ctx.diags)
    whole = compiled(ctx)
    if _errors_since(ctx, before):
        return None
    value, marks = values.unmark(whole)

    def invalid(detail: str, summary: str = "Invalid for_each argument", tag: str | None = None) -> None:
        described = reference_values(
            compiled.expression,
            ctx,
            caused_by_unknown=tag == UNKNOWN_TAG,
            caused_by_sensitive=SENSITIVE in marks,
            caused_by_ephemeral=EPHEMERAL in marks,
        )
        more: dict[str, Any] = {"values": described, "tag": tag}
        ctx.diags.error(summary, detail, compiled.expression.range, **more)

    if SENSITIVE in marks:
        invalid(
            "Sensitive values, or values derived from sensitive values, cannot be used as for_each arguments. If used, the "
            "sensitive value could be exposed as a resource instance key.",
            tag=MARKED_TAG,
        )
        return None
    if EPHEMERAL in marks:
        invalid(
            'The given "for_each" value is derived from an ephemeral value, which means that Terraform cannot persist it '
            "between plan/apply rounds. Use only non-ephemeral values to specify a resource's instance keys.",
            tag=MARKED_TAG,
        )
        return None
    prefix = 'The given "for_each" argument value is unsuitable: '
    if values.is_null(value):
        invalid(f'{prefix}the given "for_each" argument value is null. A map, or set of strings is allowed.')
        return None
    type_ = values.type_of(value)
    unsuitable = type_.kind not in ("map", "object", "set")
    if not values.is_known(value) and not (by_type and unsuitable and type_ is not values.DYNAMIC):
        invalid(_UNKNOWN_SET if type_.kind == "set" else _UNKNOWN_MAP, tag=UNKNOWN_TAG)
        return None
    if type_.kind in ("map", "object"):
        entries = values.paths.children(value)
        return Expansion(FOR_EACH, tuple((_name(step), item) for step, item in entries))
    if unsuitable:
        invalid(
            f'{prefix}the "for_each" argument must be a map, or set of strings, and you have provided a value of type '
            f"{type_.friendly_name()}."
        )
        return None
    assert isinstance(value, values.SetValue)
    if not values.is_wholly_known(value):
        invalid(_UNKNOWN_SET, tag=UNKNOWN_TAG)
        return None
    if value.items and type_ is not values.set_of(values.STRING):
        invalid(
            f'{prefix}"for_each" supports maps and sets of strings, but you have provided a set containing type '
            f"{value.element_type.friendly_name()}.",
            "Invalid for_each set argument",
        )
        return None
    if any(values.is_null(item) for item in value.items):
        invalid(
            f'{prefix}"for_each" sets must not contain null values.', "Invalid for_each set argument"
        )
        return None
    return Expansion(FOR_EACH, tuple((str(item), item) for item in value.items))


def _name(step: str | values.Index) -> str:
    return str(step.key) if isinstance(step, values.Index) else step


def _errors_since(ctx: EvalContext, before: int) -> bool:
    return any(ctx.diags[index].severity == "error" for index in range(before, len(ctx.diags)))
