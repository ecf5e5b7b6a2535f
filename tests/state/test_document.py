"""Snapshots are independent, and editing costs what it should."""

from __future__ import annotations

import time

from iacctl_state.document import OutputState, StateDocument, new_deposed_key, new_lineage

from .samples import PROVIDER, document, key, text, thing


def test_a_snapshot_keeps_its_content_when_the_origin_changes() -> None:
    origin = document("a", "b")
    before = text(origin)
    snapshot = origin.snapshot()
    origin.set_object(key("a"), None, thing("new"), provider=PROVIDER)
    origin.remove_object(key("b"), None)
    origin.set_output("o", OutputState(1, "number"))
    assert text(snapshot) == before
    assert origin.resource(key("b")) is None


def test_the_origin_keeps_its_content_when_a_snapshot_changes() -> None:
    origin = document("a", "b")
    origin.set_object(key("a"), None, thing("x"), provider=PROVIDER)
    before = text(origin)
    snapshot = origin.snapshot()
    snapshot.depose(key("a"), None)
    snapshot.remove_resource(key("b"))
    snapshot.set_output("o", OutputState(1, "number"))
    assert text(origin) == before


def test_snapshots_of_snapshots_are_independent_too() -> None:
    first = document("a")
    second = first.snapshot()
    third = second.snapshot()
    second.set_object(key("a"), None, thing("second"), provider=PROVIDER)
    third.set_object(key("a"), None, thing("third"), provider=PROVIDER)
    first.set_object(key("a"), None, thing("first"), provider=PROVIDER)
    ids = [d.object(key("a"), None).attributes["id"] for d in (first, second, third)]  # type: ignore[union-attr,index]
    assert ids == ["first", "second", "third"]


def test_many_snapshots_while_one_big_resource_grows_are_linear_in_nothing_but_the_changes() -> None:
    state = StateDocument()
    for index in range(20_000):
        state.set_object(key("many"), index, thing(str(index)), provider=PROVIDER)
    started = time.perf_counter()
    for _ in range(20_000):
        state.snapshot()
    assert time.perf_counter() - started < 1
    started = time.perf_counter()
    for index in range(20_000):  # one copy, then in place
        state.set_object(key("many"), index, thing("x"), provider=PROVIDER)
    assert time.perf_counter() - started < 1


def test_an_instance_goes_with_its_last_object_and_a_resource_with_its_last_instance() -> None:
    state = StateDocument()
    state.set_object(key("a"), "k", thing("1"), provider=PROVIDER)
    deposed = state.depose(key("a"), "k")
    assert deposed is not None
    assert state.object(key("a"), "k") is None
    assert state.object(key("a"), "k", deposed) is not None
    state.set_object(key("a"), "k", thing("2"), provider=PROVIDER)
    assert not state.restore_deposed(key("a"), "k", deposed)
    state.remove_object(key("a"), "k")
    assert state.restore_deposed(key("a"), "k", deposed)
    state.remove_object(key("a"), "k")
    assert state.is_empty
    state.remove_object(key("a"), "k")


def test_an_instance_moves_with_all_its_objects_and_only_where_there_is_room() -> None:
    state = document("a", "b")
    state.set_object(key("a"), None, thing("old"), provider=PROVIDER, deposed="0000000a")
    snapshot = state.snapshot()
    assert not state.move_instance(key("a"), None, key("b"), None)
    assert not state.move_instance(key("a"), 0, key("c"), None)
    assert text(state) == text(snapshot)
    assert state.move_instance(key("a"), None, key("c", "module.m[0]"), "k")
    assert state.resource(key("a")) is None
    moved = state.resource(key("c", "module.m[0]"))
    assert moved is not None and moved.provider == PROVIDER
    assert moved.instances["k"] == snapshot.instance(key("a"), None)
    assert state.move_instance(key("c", "module.m[0]"), "k", key("b"), 1)
    assert set(state.resources[key("b")].instances) == {None, 1}
    assert set(snapshot.resources[key("b")].instances) == {None}


def test_setting_an_object_sets_the_provider_of_its_resource() -> None:
    state = document("a")
    state.set_object(key("a"), None, thing("1"), provider='provider["x/y/z"]')
    assert state.resources[key("a")].provider == 'provider["x/y/z"]'


def test_random_names_have_the_right_form() -> None:
    lineage = new_lineage()
    assert [len(part) for part in lineage.split("-")] == [8, 4, 4, 4, 12]
    assert lineage != new_lineage()
    assert len(new_deposed_key({})) == 8


def test_secrets_do_not_show_in_reprs() -> None:
    assert "secret" not in repr(thing("secret"))
    assert "secret" not in repr(document("a").resources[key("a")])
