"""What to make of a journal that an interrupted apply has left.

When the stored document is the one that the journal's records change, they are simply applied. When something else
has written the state since, only objects that it does not hold are added, and the rest is reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl_state.document import TAINTED
from iacctl_state.errors import JournalForeignError
from iacctl_state.journal import records
from iacctl_state.json_text import compact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl_state.document import InstanceKey, ObjectState, ResourceKey, StateDocument
    from iacctl_state.journal.frames import Content

CREATE: Final = "create"
INVOKE: Final = "invoke"


class UnresolvedIntent(NamedTuple):
    """A provider may have been asked to create an object, or to invoke an action, and nobody knows whether it has."""

    intent: records.Intent
    object: ObjectState | None
    """What is known of the object, if the provider said something before the end."""
    holder_exists: bool
    """Whether the state holds another object at this address by now."""

    @property
    def address(self) -> str:
        """The instance's address as a user writes it."""
        return instance_address(self.intent.key, self.intent.instance_key)


class Conflict(NamedTuple):
    """Something that the journal knows and the state, written by something else since, contradicts."""

    key: ResourceKey
    instance_key: InstanceKey
    deposed: str | None
    object: ObjectState | None
    """The object by the journal; ``None`` when it was destroyed."""

    @property
    def address(self) -> str:
        """The instance's address as a user writes it."""
        return instance_address(self.key, self.instance_key)


class Merge(NamedTuple):
    """A document with the journal's results in it, and what is left over."""

    document: StateDocument
    changed: bool
    """Whether the document differs from the stored one."""
    state_was_advanced: bool
    """Whether something else has written the state since the journal began."""
    unresolved: tuple[UnresolvedIntent, ...] = ()
    """Stay in the journal until they are resolved."""
    interrupted: tuple[records.Intent, ...] = ()
    """Calls on objects that the state holds: what became of them will show when they are read."""
    conflicts: tuple[Conflict, ...] = ()
    has_gap: bool = False
    """Whether a part of the journal could not be read."""


def merge(document: StateDocument | None, digest: str, content: Content, new: StateDocument) -> Merge:
    """Bring a leftover journal's results into the document.

    Args:
        document: The stored document, ``None`` when there is none. It is not changed.
        digest: Its digest, "" for none.
        content: The journal.
        new: An empty document, for the case that there is none.

    Raises:
        JournalForeignError: The journal belongs to a state of another lineage, or to one that was deleted.
    """
    header = content.header
    start = _start(digest, content)
    merged = (document or new).snapshot()
    open_intents = _open_intents(content.records)
    conflicts: list[Conflict] = []
    if start is not None:
        if document is None:
            merged.lineage = header.lineage
        changed = start < len(content.records) and _replay(merged, content.records[start:])
    else:
        _check_lineage(document, header)
        changed = _add_missing(merged, content.records, open_intents, conflicts)
    unresolved, interrupted, rescued = _judge(merged, open_intents)
    return Merge(merged, changed or rescued, start is None, unresolved, interrupted, tuple(conflicts), content.has_gap)


def carried(unresolved: Iterable[UnresolvedIntent]) -> list[records.Record]:
    """The records that keep unresolved intents in a journal that begins anew."""
    result: list[records.Record] = []
    for item in unresolved:
        result.append(item.intent)
        if item.object is not None:
            result.append(records.Progress(item.intent.id, item.object))
    return result


def instance_address(key: ResourceKey, instance_key: InstanceKey) -> str:
    """``module.m["k"].data.type.name[0]`` for a resource's key and an instance's."""
    module, mode, type_, name = key
    parts = [module] if module else []
    if mode == "data":
        parts.append("data")
    parts += [type_, name]
    return ".".join(parts) + ("" if instance_key is None else f"[{compact(instance_key)}]")


class _OpenIntent(NamedTuple):
    intent: records.Intent
    object: ObjectState | None


def _start(digest: str, content: Content) -> int | None:
    """From which record on the stored document lacks the journal's changes; ``None`` when it is another document."""
    start = 0 if digest == content.header.digest else None
    for index, record in enumerate(content.records):
        if isinstance(record, records.Saved) and record.digest == digest:
            start = index + 1
    return start


def _check_lineage(document: StateDocument | None, header: records.Header) -> None:
    if document is None:
        raise JournalForeignError(
            "Interrupted apply on a state that is gone",
            "An apply was interrupted, and its state has been deleted or moved since. Its results are in the journal. "
            "Put the state back, or remove the journal if its objects are of no interest.",
        )
    if document.lineage != header.lineage:
        raise JournalForeignError(
            "Interrupted apply on another state",
            f'An apply on the state with lineage "{header.lineage}" was interrupted, and its results are in the '
            f'journal; the state there now has lineage "{document.lineage}". Put the right state back, or remove the '
            "journal if its objects are of no interest.",
        )


def _open_intents(items: list[records.Record]) -> dict[str, _OpenIntent]:
    """The intents without a result, with what is known of their objects."""
    found: dict[str, _OpenIntent] = {}
    for record in items:
        if isinstance(record, records.Intent):
            found[record.id] = _OpenIntent(record, None)
        elif isinstance(record, records.Progress):
            if record.intent in found:
                found[record.intent] = _OpenIntent(found[record.intent].intent, record.object)
        elif isinstance(record, (records.SetObject, records.RemoveObject, records.Resolve)) and record.intent:
            found.pop(record.intent, None)
    return found


def _replay(document: StateDocument, items: list[records.Record]) -> bool:
    """Apply records to the document; tells whether there was anything to apply."""
    touched = False
    for record in items:
        changed = True
        if isinstance(record, records.SetObject):
            document.set_object(
                record.key, record.instance_key, record.object, provider=record.provider, deposed=record.deposed
            )
        elif isinstance(record, records.RemoveObject):
            document.remove_object(record.key, record.instance_key, record.deposed)
        elif isinstance(record, records.Depose):
            document.depose(record.key, record.instance_key, record.deposed)
        elif isinstance(record, records.RestoreDeposed):
            document.restore_deposed(record.key, record.instance_key, record.deposed)
        elif isinstance(record, records.MoveInstance):
            document.move_instance(*record)
        elif isinstance(record, records.SetOutput):
            if record.output is None:
                document.remove_output(record.name)
            else:
                document.set_output(record.name, record.output)
        elif isinstance(record, records.SetChecks):
            document.check_results = record.results
        else:
            changed = False
        touched = touched or changed
    return touched


def _add_missing(
    document: StateDocument,
    items: list[records.Record],
    open_intents: dict[str, _OpenIntent],
    conflicts: list[Conflict],
) -> bool:
    """Add the objects that the document does not hold; contradictions go to ``conflicts``.

    An object of a provider call that conflicts with one in the state is kept as an open intent, so that it stays
    named until somebody has dealt with it.
    """
    last: dict[tuple[ResourceKey, InstanceKey, str | None], records.SetObject | records.RemoveObject] = {}
    intents: dict[str, records.Intent] = {}
    changed = False
    for record in items:
        if isinstance(record, (records.SetObject, records.RemoveObject)):
            last[record.key, record.instance_key, record.deposed] = record
        elif isinstance(record, (records.Depose, records.RestoreDeposed)):
            source, target = (None, record.deposed) if isinstance(record, records.Depose) else (record.deposed, None)
            moved = last.pop((record.key, record.instance_key, source), None)
            if moved is not None:
                last[record.key, record.instance_key, target] = moved._replace(deposed=target)
        elif isinstance(record, records.MoveInstance):  # an apply moves before it does anything else
            changed = document.move_instance(*record) or changed
        elif isinstance(record, records.Intent):
            intents[record.id] = record
    for (key, instance_key, deposed), record in last.items():
        held = document.object(key, instance_key, deposed)
        if isinstance(record, records.RemoveObject):
            if held is not None:
                conflicts.append(Conflict(key, instance_key, deposed, None))
        elif held is None:
            document.set_object(key, instance_key, record.object, provider=record.provider, deposed=deposed)
            changed = True
        elif not _same(held, record.object):
            conflicts.append(Conflict(key, instance_key, deposed, record.object))
            intent = intents.get(record.intent or "")
            if intent is not None and intent.action == CREATE:
                open_intents[intent.id] = _OpenIntent(intent, record.object)
    return changed


def _same(one: ObjectState, other: ObjectState) -> bool:
    """Whether two records are of the same remote object, by its id where it has one."""
    if one.attributes and other.attributes and "id" in one.attributes and "id" in other.attributes:
        return compact(one.attributes["id"]) == compact(other.attributes["id"])
    return compact(one.attributes) == compact(other.attributes)


def _judge(
    document: StateDocument, open_intents: dict[str, _OpenIntent]
) -> tuple[tuple[UnresolvedIntent, ...], tuple[records.Intent, ...], bool]:
    """Sort open intents: still unresolved, or harmless; half-known new objects go into the document, tainted."""
    unresolved: list[UnresolvedIntent] = []
    interrupted: list[records.Intent] = []
    rescued = False
    for intent, obj in open_intents.values():
        if intent.action == INVOKE:
            unresolved.append(UnresolvedIntent(intent, None, False))  # reading objects does not show what came of it
            continue
        if intent.action != CREATE:
            interrupted.append(intent)
            continue
        held = document.object(intent.key, intent.instance_key, intent.deposed)
        if obj is None or held is not None:
            if obj is None or held is None or not _same(held, obj):
                unresolved.append(UnresolvedIntent(intent, obj, held is not None))
            continue
        tainted = obj.replace(status=TAINTED)
        document.set_object(intent.key, intent.instance_key, tainted, provider=intent.provider, deposed=intent.deposed)
        rescued = True
    return tuple(unresolved), tuple(interrupted), rescued
