"""What to do about one object: the provider's plan, checked, and the action that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl import values
from iacctl.eval import ephemerality, sensitivity, write_only
from iacctl.plan import changes, ignoring
from iacctl.provider import conformance, proposed
from iacctl.provider.requests import PlanRequest, ValidateRequest
from iacctl.values import SENSITIVE

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Any

    from iacctl.config.model import Resource
    from iacctl.eval.calls import Asking
    from iacctl.eval.objects import Object
    from iacctl.graph.walk import Job, Waiting
    from iacctl.plan.changes import Action
    from iacctl.provider.requests import PlanResponse
    from iacctl.values import Mark, Value
    from iacctl.values.paths import Path

    PathMarks = list[tuple[Path, frozenset[Mark]]]


class Wish(NamedTuple):
    """What the configuration asks of an object.

    Attributes:
        config: the evaluated body, with marks.
        create_before_destroy: how to replace.
        replace: whether to replace it in any case (by request, or triggered).
        triggered: whether that is since something it names in replace_triggered_by changes.
    """

    config: Value
    create_before_destroy: bool = False
    replace: bool = False
    triggered: bool = False


class Difference(NamedTuple):
    """What is to be done about an object."""

    action: Action
    reason: str
    before: Value
    after: Value
    replace_paths: tuple[Path, ...]
    private: bytes
    identity: Value = None


def validate_config(
    asking: Asking, config: Value, resource: Resource
) -> Generator[Job | Waiting, Any, tuple[Value, PathMarks] | None]:
    """Have a managed resource's evaluated body validated; the value without marks and its marks, or None."""
    marks: PathMarks = []
    if values.has_marks(config):
        config, marks = values.unmark_deep_with_paths(config)
        if not ephemerality.acceptable(
            asking.schema.block, marks, asking.diags, address=asking.address, locate=asking.locate
        ):
            return None
        if asking.schema.block.has_write_only:  # what is handed over is not there afterwards, nor are its marks
            marks = [item for item in marks if not sensitivity.is_write_only(asking.schema.block, item[0])]
    request = ValidateRequest(asking.type_name, config)
    response = yield from asking.ask(asking.provider.validate_resource, request)
    return None if response is None else (config, marks)


def difference(
    asking: Asking, resource: Resource, wish: Wish, current: Object | None
) -> Generator[Job | Waiting, Any, Difference | None]:
    """Plan the change from the current object to what is wished for; None after an error, which is reported."""
    schema = asking.schema
    block = schema.block
    object_type = block.object_type
    null = values.null_of(object_type)
    validated = yield from validate_config(asking, wish.config, resource)
    if validated is None:
        return None
    config, config_marks = validated
    tainted = current is not None and current.status == "tainted"
    before: Value = null if current is None else current.value
    prior: Value = null if current is None or tainted else current.value
    before_marks: PathMarks = []
    if values.has_marks(prior):
        prior, before_marks = values.unmark_deep_with_paths(prior)
    private = b"" if current is None else current.private
    known = None if current is None or tainted else current.identity
    effective = config
    if not values.is_null(prior) and (resource.ignore_all_changes or resource.ignore_changes):
        effective = ignoring.apply(resource, block, prior, config)
    wanted = proposed.proposed_new(block, prior, effective)
    response = yield from asking.ask(
        asking.provider.plan, PlanRequest(asking.type_name, prior, wanted, effective, private, asking.meta, known)
    )
    if response is None or not _valid(asking, prior, effective, response):
        return None
    planned = response.planned
    private = response.private
    replace_paths = _replacing(asking, prior, planned, response.requires_replace)
    if replace_paths is None:
        return None
    action: Action
    reason = ""
    if values.is_null(prior):
        action = changes.CREATE
    elif wish.replace or replace_paths:
        action = changes.CREATE_THEN_DELETE if wish.create_before_destroy else changes.DELETE_THEN_CREATE
        reason = changes.REPLACE_CANNOT_UPDATE
        if wish.replace:
            reason = changes.REPLACE_TRIGGERED if wish.triggered else changes.REPLACE_REQUESTED
    elif planned is prior or values.raw_equals(planned, prior):
        action = changes.NO_OP
    else:
        action = changes.UPDATE
    if action in changes.REPLACING:
        wanted = proposed.proposed_new(block, null, config)
        request = PlanRequest(asking.type_name, null, wanted, config, private, asking.meta)
        again = yield from asking.ask(asking.provider.plan, request)
        if again is None or not _valid(asking, null, config, again):
            return None
        planned = again.planned
        private = again.private
        response = again
    if tainted and action == changes.CREATE:
        action = changes.CREATE_THEN_DELETE if wish.create_before_destroy else changes.DELETE_THEN_CREATE
        reason = changes.REPLACE_TAINTED
    after = sensitivity.mark_sensitive(block, planned)
    if config_marks:
        after = values.mark_with_paths(after, config_marks)
    if action == changes.NO_OP and (before_marks or values.has_marks(after)) and not _same_marks(before_marks, after):
        action = changes.UPDATE
    return Difference(action, reason, before, after, replace_paths, private, response.planned_identity)


def _same_marks(before: PathMarks, after: Value) -> bool:
    _, found = values.unmark_deep_with_paths(after)
    return _sensitive_keys(before) == _sensitive_keys(found)


def _sensitive_keys(marks: PathMarks) -> set[object]:
    return {values.paths.key(path) for path, found in marks if SENSITIVE in found}


def _valid(asking: Asking, prior: Value, config: Value, response: PlanResponse) -> bool:
    """Whether a provider's plan is one that it may give."""
    planned = response.planned
    block = asking.schema.block
    if planned is prior:
        return True
    if planned is None:
        asking.bug("Provider produced invalid plan", f"planned to destroy {asking.address} for no reason.")
        return False
    wrong = conformance.assert_conforms(block, planned)
    if wrong:
        asking.bug("Provider produced invalid plan", f"planned an invalid value for {asking.address}.\n\n{wrong[0].text()}.")
        return False
    if not write_only.kept_apart(asking, planned, "Provider produced invalid plan", " during planning"):
        return False
    legacy = response.legacy_type_system or asking.provider.capabilities().legacy_type_system
    if legacy:
        return True
    found = conformance.assert_plan_valid(block, prior, config, planned)
    for item in found:
        where = f"{asking.address}{values.paths.text(item.path)}"
        asking.bug("Provider produced invalid plan", f"planned an invalid value for {where}: {item.message}.")
    return not found


def _replacing(
    asking: Asking, prior: Value, planned: Value, paths: tuple[Path, ...]
) -> tuple[Path, ...] | None:
    """Those of the paths whose value really changes: providers name others as well."""
    if not paths or values.is_null(prior):
        return ()
    found: list[Path] = []
    for path in paths:
        before, there_before = _at(path, prior)
        after, there_after = _at(path, planned)
        if not there_before and not there_after:
            asking.bug(
                "Provider produced invalid plan",
                f"has indicated \"requires replacement\" on {asking.address} for a non-existent attribute path "
                f"{values.paths.text(path)}.",
            )
            return None
        if values.equal(before, after) is not True and not values.raw_equals(before, after):
            found.append(path)
    return tuple(found)


def _at(path: Path, value: Value) -> tuple[Value, bool]:
    try:
        return values.paths.apply(path, value), True
    except values.PathError:
        return None, False
