"""Differences of what a schema describes: bodies with nested blocks, and attributes with attributes of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.plan.changes import NO_OP
from iacctl.provider.schema import GROUP, LIST, MAP, SET, SINGLE
from iacctl.values.core import Unknown, object_value, unknown_of
from iacctl.values.set_hash import go_quoted
from iacctl.values.types import CollectionType
from iacctl.views.human.diff import blocks, containers, nodes, types
from iacctl.views.human.diff.parts import bare, combined, container_action, entries_of, is_nothing, is_sensitive

if TYPE_CHECKING:
    from iacctl.plan.changes import Action
    from iacctl.provider.schema import Attribute, Block, NestedBlock, NestedObject
    from iacctl.values.core import Value
    from iacctl.views.human.diff.nodes import Node
    from iacctl.views.human.diff.parts import Part
    from iacctl.views.human.diff.scopes import Scope


def of_block(block: Block, before: Part, after: Part, scope: Scope) -> Node:
    """The difference of two bodies.

    Args:
        block: their schema.
        before: the old object; a null where there was none.
        after: the new object.
        scope: where it is.
    """
    special = types.marked_or_unknown(before, after, scope, lambda old, new, where: of_block(block, old, new, where))
    if isinstance(special, nodes.Sensitive):
        return nodes.SensitiveBlock(special.before, special.after, special.action, special.replace)
    if special is not None:
        return special
    if scope.legacy and not may_be_legacy(block):
        scope = scope.modern()
    members = block.attributes
    found, action = types.attributes(
        members,
        before,
        after,
        scope,
        lambda name, one, other, where: of_attribute(members[name], one, other, where),
    )
    groups: list[blocks.BlockGroup] = []
    if block.blocks:
        old, new = entries_of(before), entries_of(after)
        for name in sorted(block.blocks):
            one: Part = old.get(name)
            where, other = scope.part(name, one, new.get(name))
            group, group_action = _group(name, block.blocks[name], one, other, where)
            if group is not None:
                groups.append(group)
                action = combined(action, group_action)
    if block.has_write_only:
        _add_write_only(found, members, before, after)
    return blocks.Block(found, groups, action, scope.forces)


def of_attribute(attribute: Attribute, before: Part, after: Part, scope: Scope) -> Node:
    """The difference of two values of an attribute."""
    if attribute.nested is None:
        assert attribute.type is not None
        return types.of_type(attribute.type, before, after, scope)
    return _nested(attribute.nested, before, after, scope)


def _nested(nested: NestedObject, before: Part, after: Part, scope: Scope) -> Node:
    special = types.marked_or_unknown(
        before,
        after,
        scope,
        lambda old, new, where: _nested(nested, old, new, where),
        (lambda old, where: _nested_object(nested, old, _unknown_attributes(nested), where))
        if nested.nesting in (SINGLE, GROUP)
        else None,
    )
    if special is not None:
        return special

    def differ(one: Part, other: Part, where: Scope) -> Node:
        return _nested_object(nested, one, other, where)

    if nested.nesting == MAP:
        by_key, action = types.entries(before, after, scope, differ)
        return containers.Map(by_key, action, scope.forces, nested=True)
    if nested.nesting == SET:
        found, action = types.set_elements(before, after, scope, differ)
        return containers.Set(found, action, scope.forces, nested=True)
    if nested.nesting == LIST:
        found, action = types.by_index(
            before, after, scope, lambda _index, one, other, where: differ(one, other, where)
        )
        return containers.List(found, action, scope.forces, context=False)
    return differ(before, after, scope)


def _unknown_attributes(nested: NestedObject) -> Value:
    """An object of which no attribute is known."""
    return object_value({name: unknown_of(type_) for name, type_ in nested.object_type.attributes.items()})


def _nested_object(nested: NestedObject, before: Part, after: Part, scope: Scope) -> Node:
    special = types.marked_or_unknown(
        before, after, scope, lambda old, new, where: _nested_object(nested, old, new, where)
    )
    if special is not None:
        return special
    members = nested.attributes
    found, action = types.attributes(
        members,
        before,
        after,
        scope,
        lambda name, one, other, where: of_attribute(members[name], one, other, where),
    )
    if nested.has_write_only:
        _add_write_only(found, members, before, after)
    return containers.Object(found, action, scope.forces, nested=True)


def _add_write_only(found: dict[str, Node], attributes: dict[str, Attribute], before: Part, after: Part) -> None:
    """Mention the write-only attributes of an object, which have no value before or after."""
    whole = container_action(before, after)
    found.update((name, nodes.WriteOnly(whole)) for name, attribute in attributes.items() if attribute.write_only)


def _group(
    name: str, nested: NestedBlock, before: Part, after: Part, scope: Scope
) -> tuple[blocks.BlockGroup | None, Action]:
    """The blocks of one type and the action of the whole; None if there are none, before or after."""
    before_sensitive, after_sensitive = is_sensitive(before), is_sensitive(after)
    unknown = type(bare(after)) is Unknown
    block = nested.block

    def differ(one: Part, other: Part, where: Scope) -> Node:
        return of_block(block, one, other, where)

    labelled: list[tuple[str, Node]]
    if nested.nesting == LIST:
        found, action = types.by_index(
            before, after, scope, lambda _index, one, other, where: differ(one, other, where)
        )
        labelled = [("", node) for node in found]
    elif nested.nesting == SET:
        found, action = types.set_elements(before, after, scope, differ)
        labelled = [("", node) for node in found]
    elif nested.nesting == MAP:
        by_key, action = types.entries(before, after, scope, differ)
        labelled = [(f" {go_quoted(key)}", by_key[key]) for key in sorted(by_key)]
    else:
        node = differ(before, after, scope)
        action = node.action
        labelled = [("", node)]
        unknown = False
    if action == NO_OP and is_nothing(before) and is_nothing(after) and not unknown:
        return None, NO_OP
    group = blocks.BlockGroup(
        name, labelled, replace=scope.forces, before=before_sensitive, after=after_sensitive, unknown=unknown
    )
    return group, action


def may_be_legacy(block: Block) -> bool:
    """Whether the old SDK of providers could have made a block.

    That SDK has no null strings: where it may have been at work, Terraform shows an empty string as a null. Its blocks
    have no nested attributes, no attributes of object, tuple or unknown types, no collections three levels deep, and
    no nested blocks by key or in groups.
    """
    for attribute in block.attributes.values():
        type_ = attribute.type
        if type_ is None or type_.has_dynamic:
            return False
        if type_.is_primitive:
            continue
        if not isinstance(type_, CollectionType):
            return False
        element = type_.element
        if isinstance(element, CollectionType) and not element.element.is_primitive:
            return False
    return all(nested.nesting in _LEGACY_NESTING for nested in block.blocks.values())


_LEGACY_NESTING: Final = frozenset((SINGLE, LIST, SET))
