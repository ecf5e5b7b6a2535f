"""Why a value of one type is not suitable where another is required, in Terraform's words."""

from __future__ import annotations

from iacctl.values.nesting import depth_safe
from iacctl.values.set_hash import go_quoted
from iacctl.values.types import DYNAMIC, CollectionType, ObjectType, TupleType, Type
from iacctl.values.unification import converts

_ALL_THE_SAME = "all {} elements must have the same type"


def _explain(got: Type, want: Type) -> str:
    if isinstance(got, ObjectType) and isinstance(want, ObjectType):
        return _objects(got, want)
    if isinstance(want, CollectionType):
        if (isinstance(got, TupleType) and want.kind != "map") or (isinstance(got, ObjectType) and want.kind == "map"):
            return _ALL_THE_SAME.format(want.kind) if want.element is DYNAMIC else _elements(got, want)
        if isinstance(got, CollectionType) and (got.kind == "map") is (want.kind == "map"):
            return f"incorrect {want.kind} element type: {_explain(got.element, want.element)}"
    if got.is_primitive or want.is_primitive or (got.kind, want.kind) == ("tuple", "object"):
        return f"{want.friendly_name()} required, but have {got.friendly_name()}"
    return want.constraint_name() + " required"


def _objects(got: ObjectType, want: ObjectType) -> str:
    missing = [go_quoted(name) for name in want.attributes if name not in got.attributes and name not in want.optional]
    if len(missing) == 1:
        return f"attribute {missing[0]} is required"
    if missing:
        last = missing.pop()
        listed = missing[0] if len(missing) == 1 else ", ".join(missing) + ","
        return f"attributes {listed} and {last} are required"
    common = [
        (name, got.attributes[name], wanted) for name, wanted in want.attributes.items() if name in got.attributes
    ]
    for unsafe in (True, False):
        for name, have, wanted in common:
            if have is not wanted and not converts(have, wanted, unsafe):
                return f"attribute {go_quoted(name)}: {_explain(have, wanted)}"
    return "incorrect object attributes"


def _elements(got: Type, want: CollectionType) -> str:
    if isinstance(got, TupleType):
        named = [(str(index), part) for index, part in enumerate(got.elements)]
    else:
        assert isinstance(got, ObjectType)
        named = [(go_quoted(name), part) for name, part in got.attributes.items()]
    for name, have in named:
        if have is not want.element and not converts(have, want.element):
            return f"element {name}: {_explain(have, want.element)}"
    return f"all elements must be {want.element.constraint_name()}"


mismatch = depth_safe(_explain)
"""Why a value of type `got` is not suitable where `want` is required; the conversion must have been found impossible.
"""
