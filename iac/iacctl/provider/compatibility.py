"""Whether an object is one that a plan allows: what was known must stay as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.provider import schema
from iacctl.provider.containers import attributes_of, elements_of, entries_of, present
from iacctl.provider.findings import Finding
from iacctl.provider.go_syntax import go_value
from iacctl.values import conformance, conversion, numbers
from iacctl.values.nesting import depth_safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.provider.schema import Block, NestedBlock
    from iacctl.values import Path, Value
    from iacctl.values.unknown import Refinements


def assert_object_compatible(block: Block, planned: Value, actual: Value) -> list[Finding]:
    """Check that an object is one that a plan allows: what was known stays as it was.

    Args:
        block: the schema's body.
        planned: what was planned; unknown parts may become anything.
        actual: what came of it, or a later plan.
    """
    findings: list[Finding] = []
    _compare_objects(block, planned, actual, (), findings)
    return findings


def _compare_objects(block: Block, planned: Value, actual: Value, path: Path, findings: list[Finding]) -> None:
    if planned is actual:
        return
    if values.is_null(planned) is not values.is_null(actual):
        now = "was absent, but now present" if values.is_null(planned) else "was present, but now absent"
        findings.append(Finding(path, now))
        return
    if not present(planned) or not present(actual):
        return
    wanted, found = attributes_of(planned), attributes_of(actual)
    for name, attribute in block.attributes.items():
        new, result = wanted[name], found[name]
        if new is result or (isinstance(new, str) and isinstance(result, str) and new == result):
            continue
        if isinstance(new, values.Unknown) and new.refinements is None and attribute.type is new.type:
            continue  # nothing was promised but what the schema says
        here = (*path, name)
        found_here = _differences(new, result, here)
        if found_here and attribute.holds_sensitive():
            found_here = [Finding(here, "inconsistent values for sensitive attribute")]
        findings.extend(found_here)
    for name, nested in block.blocks.items():
        _compare_blocks(nested, wanted[name], found[name], (*path, name), findings)


def _compare_blocks(nested: NestedBlock, planned: Value, actual: Value, path: Path, findings: list[Finding]) -> None:
    if planned is actual or type(planned) is values.Unknown:
        return
    block = nested.block
    if nested.nesting in (schema.SINGLE, schema.GROUP):
        _compare_objects(block, planned, actual, path, findings)
        return
    if nested.nesting == schema.MAP:
        wanted_entries, found_entries = entries_of(planned), entries_of(actual)
        if len(wanted_entries) != len(found_entries):
            text = f"block count changed from {len(wanted_entries)} to {len(found_entries)}"
            findings.append(Finding(path, text))
        for key in wanted_entries.keys() & found_entries.keys():
            here = (*path, values.Index(key))
            _compare_objects(block, wanted_entries[key], found_entries[key], here, findings)
        return
    wanted, found = elements_of(planned), elements_of(actual)
    if nested.nesting == schema.SET:
        _compare_set_blocks(block, wanted, found, path, findings)
    elif len(wanted) != len(found):
        findings.append(Finding(path, f"block count changed from {len(wanted)} to {len(found)}"))
    else:
        for index, (new, result) in enumerate(zip(wanted, found, strict=True)):
            _compare_objects(block, new, result, (*path, values.Index(index)), findings)


def _compare_set_blocks(
    block: Block, planned: tuple[Value, ...], actual: tuple[Value, ...], path: Path, findings: list[Finding]
) -> None:
    def compatible(new: Value, result: Value) -> bool:
        return values.raw_equals(new, result) or not assert_object_compatible(block, new, result)

    _correlate(planned, actual, compatible, path, findings)
    if len(planned) < len(actual):
        findings.append(Finding(path, f"block set length changed from {len(planned)} to {len(actual)}"))


def _correlate(
    planned: tuple[Value, ...],
    actual: tuple[Value, ...],
    compatible: Callable[[Value, Value], bool],
    path: Path,
    findings: list[Finding],
) -> None:
    """Set elements have no names: each must be what some element of the other set can be."""
    lost = [new for new in planned if not any(compatible(new, result) for result in actual)]
    findings.extend(
        Finding(path, f"planned set element {go_value(new)} does not correlate with any element in actual")
        for new in lost
    )
    if lost:
        return  # the other direction would only say the same again
    findings.extend(
        Finding(path, f"actual set element {go_value(result)} does not correlate with any element in plan")
        for result in actual
        if not any(compatible(new, result) for new in planned)
    )


@depth_safe
def _differences(planned: Value, actual: Value, path: Path = ()) -> list[Finding]:
    inside: list[Finding] = []
    _compare(planned, actual, path, inside)
    return inside


def _values_compatible(planned: Value, actual: Value) -> bool:
    return not _differences(planned, actual)


def _compare(planned: Value, actual: Value, path: Path, findings: list[Finding]) -> None:
    if planned is actual or values.raw_equals(planned, actual):
        return
    want = values.type_of(planned)
    if want is values.DYNAMIC:
        return
    got = values.type_of(actual)
    if got is not want and conformance.nonconformities(got, want):
        findings.append(Finding(path, f"wrong final value type: {conversion.mismatch(got, want)}"))
    elif isinstance(planned, values.Unknown):
        if planned.refinements is not None and not _allowed(planned.refinements, actual):
            text = f"final value {go_value(actual)} does not conform to planning placeholder {go_value(planned)}"
            findings.append(Finding(path, text))
    elif values.is_null(actual):
        if not values.is_null(planned):
            findings.append(Finding(path, f"was {go_value(planned)}, but now null"))
    elif values.is_null(planned):
        findings.append(Finding(path, f"was null, but now {go_value(actual)}"))
    elif isinstance(actual, values.Unknown):
        findings.append(Finding(path, "was known, but now unknown"))
    elif isinstance(planned, values.SetValue) and isinstance(actual, values.SetValue):
        _correlate(planned.items, actual.items, _values_compatible, path, findings)
        if len(planned.items) < len(actual.items):
            findings.append(Finding(path, f"length changed from {len(planned.items)} to {len(actual.items)}"))
    elif want.kind in ("list", "tuple"):
        _compare_elements(elements_of(planned), elements_of(actual), path, findings)
    elif want.kind in ("map", "object"):
        _compare_entries(planned, actual, want.kind == "object", path, findings)
    else:
        findings.append(Finding(path, f"was {go_value(planned)}, but now {go_value(actual)}"))


def _compare_elements(
    planned: tuple[Value, ...], actual: tuple[Value, ...], path: Path, findings: list[Finding]
) -> None:
    for index, new in enumerate(planned):
        if index < len(actual):
            _compare(new, actual[index], (*path, values.Index(index)), findings)
        else:
            findings.append(Finding(path, f"element {index} has vanished"))
    for index in range(len(planned), len(actual)):
        findings.append(Finding(path, f"new element {index} has appeared"))


def _compare_entries(planned: Value, actual: Value, is_object: bool, path: Path, findings: list[Finding]) -> None:
    wanted, found = entries_of(planned), entries_of(actual)
    for key, new in wanted.items():
        if key in found:
            _compare(new, found[key], (*path, key if is_object else values.Index(key)), findings)
        else:
            findings.append(Finding(path, f'element "{key}" has vanished'))
    for key in found:
        if key not in wanted:
            findings.append(Finding(path, f'new element "{key}" has appeared'))


def _allowed(known: Refinements, actual: Value) -> bool:
    """Whether a value is among those that an unknown value could become."""
    if isinstance(actual, values.Unknown):
        return True
    if values.is_null(actual):
        return not known.not_null
    if isinstance(actual, str):
        return actual.startswith(known.prefix)
    if isinstance(actual, (int, values.BigFloat)) and not isinstance(actual, bool):
        return _within(known, actual)
    size = len(entries_of(actual)) or len(elements_of(actual))
    return known.min_length <= size and (known.max_length is None or size <= known.max_length)


def _within(known: Refinements, number: values.Number) -> bool:
    if known.lower is not None:
        order = numbers.compare(number, known.lower)
        if order < 0 or (order == 0 and not known.lower_inclusive):
            return False
    if known.upper is not None:
        order = numbers.compare(number, known.upper)
        if order > 0 or (order == 0 and not known.upper_inclusive):
            return False
    return True
