"""The type system: interned types, their names for people, and their JSON form.

There is one object per distinct type, so `is` (and `==`, which is identity) compares two types however deep they are,
and a type can carry caches of its own. Types live as long as the process: a run knows few distinct shapes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, cast, final

from iacctl.values.nesting import depth_safe, run_deep

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iacctl.values.core import Null, Unknown


class Type:
    """Base of all types. Compare with `is`; never construct directly: use the constants and the `..._of` functions.

    Attributes:
        kind: "string", "number", "bool", "dynamic", "list", "set", "map", "object" or "tuple".
        is_primitive: whether this is string, number or bool.
        is_collection: whether this is a list, set or map type.
        depth: nesting levels; 1 for a primitive type.
        has_dynamic: whether "any type" occurs anywhere inside.
        has_optional: whether an object type anywhere inside has optional attributes; then it is a type constraint, not
            a value's type.
    """

    __slots__ = (
        "caches",
        "depth",
        "has_dynamic",
        "has_optional",
        "kind",
        "list_type",
        "map_type",
        "null",
        "set_type",
        "unknown",
    )

    is_primitive: ClassVar[bool] = False
    is_collection: ClassVar[bool] = False
    kind: str
    depth: int
    has_dynamic: bool
    has_optional: bool
    list_type: ListType | None
    set_type: SetType | None
    map_type: MapType | None
    null: Null | None
    unknown: Unknown | None
    caches: dict[Any, Any]

    def __init__(self, kind: str, parts: Iterable[Type] = ()) -> None:
        self.kind = kind
        self.depth = 1
        self.has_dynamic = kind == "dynamic"
        self.has_optional = False
        for part in parts:
            if part.depth >= self.depth:
                self.depth = part.depth + 1
            if part.has_dynamic:
                self.has_dynamic = True
            if part.has_optional:
                self.has_optional = True
        self.list_type = None
        self.set_type = None
        self.map_type = None
        self.null = None
        self.unknown = None
        self.caches = {}

    def friendly_name(self) -> str:
        """The type's name as it stands in messages, such as "list of string"; structural types are just "object" and
        "tuple".
        """
        return self.kind

    def constraint_name(self) -> str:
        """Like `friendly_name`, for a type that is asked for: the dynamic type is "any type" or "any single type"
        there.
        """
        return self.kind

    def __repr__(self) -> str:
        return self.friendly_name()


@final
class PrimitiveType(Type):
    """`STRING`, `NUMBER` or `BOOL`."""

    __slots__ = ()

    is_primitive = True


@final
class DynamicType(Type):
    """The type of `DYNAMIC`: any type, or, for an unknown value, a type that is not known yet."""

    __slots__ = ()

    def constraint_name(self) -> str:
        """Always "any type"."""
        return "any type"


class CollectionType(Type):
    """A list, set or map type.

    Attributes:
        element: the type of every element.
    """

    __slots__ = ("element",)

    is_collection = True
    element: Type

    def __init__(self, kind: str, element: Type) -> None:
        super().__init__(kind, (element,))
        self.element = element

    def friendly_name(self) -> str:
        """For example "list of map of string"."""
        names: list[str] = []
        type_: Type = self
        while isinstance(type_, CollectionType):
            names.append(type_.kind + " of ")
            type_ = type_.element
        return "".join(names) + type_.kind

    def constraint_name(self) -> str:
        """For example "list of any single type"."""
        names: list[str] = []
        type_: Type = self
        while isinstance(type_, CollectionType):
            names.append(type_.kind + " of ")
            type_ = type_.element
        return "".join(names) + ("any single type" if type_ is DYNAMIC else type_.constraint_name())


@final
class ListType(CollectionType):
    """A list type; see `list_of`."""

    __slots__ = ()


@final
class SetType(CollectionType):
    """A set type; see `set_of`."""

    __slots__ = ()


@final
class MapType(CollectionType):
    """A map type; see `map_of`."""

    __slots__ = ()


@final
class TupleType(Type):
    """A tuple type; see `tuple_of`.

    Attributes:
        elements: the type of each element.
    """

    __slots__ = ("elements",)

    elements: tuple[Type, ...]

    def __init__(self, elements: tuple[Type, ...]) -> None:
        super().__init__("tuple", elements)
        self.elements = elements


@final
class ObjectType(Type):
    """An object type; see `object_of`.

    Attributes:
        attributes: the type of each attribute, in the order of names.
        optional: names of the attributes that a conversion to this type may find missing.
    """

    __slots__ = ("attributes", "optional")

    attributes: dict[str, Type]
    optional: frozenset[str]

    def __init__(self, attributes: dict[str, Type], optional: frozenset[str]) -> None:
        super().__init__("object", attributes.values())
        self.attributes = attributes
        self.optional = optional
        if optional:
            self.has_optional = True


STRING: Final = PrimitiveType("string")
NUMBER: Final = PrimitiveType("number")
BOOL: Final = PrimitiveType("bool")
DYNAMIC: Final = DynamicType("dynamic")

_NO_NAMES: Final[frozenset[str]] = frozenset()
_tuples: Final[dict[tuple[Type, ...], TupleType]] = {}
_objects: Final[dict[tuple[tuple[str, ...], tuple[Type, ...], frozenset[str]], ObjectType]] = {}


def list_of(element: Type) -> ListType:
    """The list type with elements of type `element`."""
    found = element.list_type
    if found is None:
        found = element.list_type = element.caches.setdefault("list", ListType("list", element))
    return found


def set_of(element: Type) -> SetType:
    """The set type with elements of type `element`."""
    found = element.set_type
    if found is None:
        found = element.set_type = element.caches.setdefault("set", SetType("set", element))
    return found


def map_of(element: Type) -> MapType:
    """The map type with elements of type `element` (keys are always strings)."""
    found = element.map_type
    if found is None:
        found = element.map_type = element.caches.setdefault("map", MapType("map", element))
    return found


def tuple_of(elements: Iterable[Type]) -> TupleType:
    """The tuple type with these element types."""
    parts = tuple(elements)
    found = _tuples.get(parts)
    if found is None:
        found = _tuples.setdefault(parts, TupleType(parts))
    return found


def object_of(attributes: Mapping[str, Type], optional: Iterable[str] = ()) -> ObjectType:
    """The object type with these attributes.

    Args:
        attributes: the type of each attribute, in any order.
        optional: names of attributes that may be missing when a value is converted to this type.

    Raises:
        ValueError: if `optional` names an attribute that is not there.
    """
    names = tuple(sorted(attributes))
    parts = tuple([attributes[name] for name in names])
    missing_allowed = frozenset(optional) if optional else _NO_NAMES
    found = _objects.get((names, parts, missing_allowed))
    if found is None:
        if not missing_allowed <= attributes.keys():
            raise ValueError(
                f"optional attributes that are not attributes: {sorted(missing_allowed - attributes.keys())}"
            )
        made = ObjectType(dict(zip(names, parts, strict=True)), missing_allowed)
        found = _objects.setdefault((names, parts, missing_allowed), made)
    return found


EMPTY_TUPLE: Final = tuple_of(())
EMPTY_OBJECT: Final = object_of({})


def type_to_json(type_: Type) -> Any:
    """The type's JSON form as in state and plan files.

    Returns:
        "string", ["list", "string"], ["tuple", ["string", "bool"]], ["object", {"a": "string"}] or, with optional
        attributes, ["object", {"a": "string"}, ["a"]]; "dynamic" is any type.
    """
    found = type_.caches.get("json")
    if found is None:
        found = type_.caches["json"] = _deep_to_json(type_)
    return found


def _to_json(type_: Type) -> Any:
    if isinstance(type_, CollectionType):
        return [type_.kind, _to_json(type_.element)]
    if isinstance(type_, TupleType):
        return ["tuple", [_to_json(element) for element in type_.elements]]
    if isinstance(type_, ObjectType):
        attributes = {name: _to_json(attribute) for name, attribute in type_.attributes.items()}
        return ["object", attributes, sorted(type_.optional)] if type_.optional else ["object", attributes]
    return type_.kind


_deep_to_json: Final = depth_safe(_to_json)
_NAMED: Final[dict[str, Type]] = {"string": STRING, "number": NUMBER, "bool": BOOL, "dynamic": DYNAMIC}
_COLLECTIONS: Final = {"list": list_of, "set": set_of, "map": map_of}


def type_from_json(data: Any) -> Type:
    """The type that parsed JSON stands for; the reverse of `type_to_json`.

    Raises:
        ValueError: if it is none.
    """
    try:
        return _from_json(data)
    except RecursionError:
        return run_deep(_from_json, data)


def _from_json(data: Any) -> Type:
    if type(data) is str:
        found = _NAMED.get(data)
        if found is None:
            raise ValueError(f"invalid primitive type name {data!r}")
        return found
    if type(data) is not list or len(data) < 2 or type(data[0]) is not str:
        raise ValueError("invalid complex type description")
    kind, inner = data[0], data[1]
    if kind in _COLLECTIONS and len(data) == 2:
        return _COLLECTIONS[kind](_from_json(inner))
    if kind == "tuple" and type(inner) is list and len(data) == 2:
        return tuple_of([_from_json(element) for element in inner])
    if kind == "object" and type(inner) is dict and len(data) <= 3:
        optional = data[2] if len(data) == 3 else ()
        if type(optional) in (list, tuple) and all(type(name) is str for name in optional):
            return object_of({name: _from_json(attribute) for name, attribute in inner.items()}, optional)
    raise ValueError(f"invalid complex type kind name {kind!r}")


def without_optional(type_: Type) -> Type:
    """The type with every attribute required, all the way down: the type of the values that a conversion to `type_`
    gives.
    """
    if not type_.has_optional:
        return type_
    found = type_.caches.get("required")
    if found is None:
        found = type_.caches["required"] = _deep_required(type_)
    return cast("Type", found)


def _required(type_: Type) -> Type:
    if not type_.has_optional:
        return type_
    if isinstance(type_, CollectionType):
        return _COLLECTIONS[type_.kind](_required(type_.element))
    if isinstance(type_, TupleType):
        return tuple_of([_required(element) for element in type_.elements])
    attributes = cast("ObjectType", type_).attributes
    return object_of({name: _required(attribute) for name, attribute in attributes.items()})


_deep_required: Final = depth_safe(_required)
