"""Classes with declared attributes, and how their instances become values and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar, cast, overload

from iacctl import values
from iacctl.provider import schema
from iacctl_providers.sdk import plain
from iacctl_providers.sdk.attributes import Attribute

if TYPE_CHECKING:
    from iacctl.values import Value
    from iacctl.values.types import Type

T = TypeVar("T")
N = TypeVar("N", bound="Nested")
B = TypeVar("B", bound="Body")


class Body:
    """A class whose body declares attributes and blocks. An instance holds their plain values under the same names.

    A trailing underscore of a name is left out in the schema: `delete_ = sdk.string(...)` declares `delete`. The
    class's docstring is the
    schema's description, unless the `class` statement gives another (`description=...`).
    """

    _description: ClassVar[str | None] = None

    def __init_subclass__(cls, *, description: str | None = None) -> None:
        cls._description = description

    def __init__(self, **attributes: Any) -> None:
        self.__dict__.update(attributes)

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({inside})"


class Nested(Body):
    """Base of the objects inside nested blocks (`sdk.blocks`) and nested attributes (`sdk.list_of(...)`)."""


class BlockDeclaration(Generic[T]):
    """A declared nested block type."""

    def __init__(self, body: type[Nested], nesting: schema.Nesting, min_items: int, max_items: int) -> None:
        self.body = body
        self.nesting = nesting
        self.min_items = min_items
        self.max_items = max_items

    @overload
    def __get__(self, instance: None, owner: type) -> BlockDeclaration[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> BlockDeclaration[T] | T:
        return self if instance is None else cast("T", None)

    def declaration(self) -> schema.NestedBlock:
        """The block type as the engine sees it."""
        return schema.NestedBlock(shape_of(self.body).block, self.nesting, self.min_items, self.max_items)


def block(body: type[N], *, required: bool = False) -> BlockDeclaration[N | None]:
    """A block that may be there once; reads as an object, or None."""
    return BlockDeclaration(body, schema.SINGLE, 1 if required else 0, 1)


def blocks(
    body: type[N], *, nesting: Literal["list", "set"] = "list", min_items: int = 0, max_items: int = 0
) -> BlockDeclaration[list[N]]:
    """A block that may be repeated; reads as a list. `max_items` 0 means any number."""
    return BlockDeclaration(body, nesting, min_items, max_items)


class Shape(Generic[B]):
    """What a class declares.

    Attributes:
        body: the class.
        block: its schema.
        attributes: its attributes by their names in the schema.
        blocks: its nested block types, likewise.
        python_names: the name in Python of every attribute and block.
    """

    def __init__(self, body: type[B]) -> None:
        self.body = body
        self.attributes: dict[str, Attribute[Any]] = {}
        self.blocks: dict[str, BlockDeclaration[Any]] = {}
        self.python_names: dict[str, str] = {}
        for base in reversed(body.__mro__):
            for python_name, item in vars(base).items():
                name = python_name.removesuffix("_")
                if isinstance(item, Attribute):
                    self.attributes[name] = item
                    self.python_names[name] = python_name
                elif isinstance(item, BlockDeclaration):
                    self.blocks[name] = item
                    self.python_names[name] = python_name
        self.block = schema.Block(
            {name: item.declaration() for name, item in self.attributes.items()},
            {name: item.declaration() for name, item in self.blocks.items()},
            description=_description(body),
        )
        self.null = values.null_of(self.block.object_type)
        loaders = {name: item.kind.load for name, item in self.attributes.items()}
        dumpers = {name: _dumper(item) for name, item in self.attributes.items()}
        for name, declared in self.blocks.items():
            value_type = self.block.blocks[name].value_type()
            loaders[name], dump = nesting_conversions(shape_of(declared.body), declared.nesting, value_type)
            dumpers[name] = dump if declared.nesting == schema.SINGLE else _never_null(dump)
        self._loaders = loaders
        self._dumpers = tuple((name, self.python_names[name], dumpers[name]) for name in sorted(dumpers))
        self._renamed = [(name, python) for name, python in self.python_names.items() if name != python]

    def load(self, value: Value) -> B:
        """An instance of the class with the plain values of an object that is known and not null."""
        made = object.__new__(self.body)
        data = made.__dict__
        loaders = self._loaders
        for name, item in plain.attributes_of(value).items():
            kind = type(item)
            data[name] = item if kind is str or kind is int or kind is bool else loaders[name](item)
        for name, python in self._renamed:
            data[python] = data.pop(name)
        return made

    def dump(self, instance: Body) -> Value:
        """The reverse of `load`. Attributes that were never set are null."""
        data = instance.__dict__
        attributes: dict[str, Value] = {}
        for name, python, dump in self._dumpers:
            try:
                attributes[name] = dump(data.get(python))
            except TypeError as problem:
                raise TypeError(f"{self.body.__name__}.{python}: {problem}") from None
        return values.object_value(attributes)

    def fill_in_defaults(self, instance: Body) -> None:
        """Give attributes that are null their default, at every depth."""
        data = instance.__dict__
        for name, attribute in self.attributes.items():
            python = self.python_names[name]
            if data.get(python) is None:
                if attribute.default is not None:
                    data[python] = attribute.default
            elif attribute.kind.shape is not None:
                _fill_in_nested(attribute.kind.shape, data[python])
        for name, declared in self.blocks.items():
            _fill_in_nested(declared.body, data.get(self.python_names[name]))


def _fill_in_nested(body: type[Nested], held: Any) -> None:
    shape = shape_of(body)
    objects = held if isinstance(held, list) else held.values() if isinstance(held, dict) else [held]
    for item in objects:
        if isinstance(item, Body):
            shape.fill_in_defaults(item)


def _description(body: type[Body]) -> str:
    if body._description is not None:
        return body._description
    return (body.__doc__ or "").strip() if "__doc__" in vars(body) else ""


def _dumper(attribute: Attribute[Any]) -> plain.Dump:
    dump = attribute.kind.dump
    if not attribute.not_null:
        return dump
    refined = attribute.unknown()
    return lambda item: refined if item is plain.UNKNOWN else dump(item)


def _never_null(dump: plain.Dump) -> plain.Dump:
    return lambda nested: dump(() if nested is None else nested)


def shape_of(body: type[B]) -> Shape[B]:
    """The shape of a class, worked out once."""
    found = body.__dict__.get("_shape")
    if found is None:
        found = Shape(body)
        body._shape = found  # type: ignore[attr-defined]
    return cast("Shape[B]", found)


def nesting_conversions(shape: Shape[Any], nesting: schema.Nesting, value_type: Type) -> tuple[plain.Load, plain.Dump]:
    """How the value of a nested attribute or of all blocks of a type becomes plain, and back."""

    def load_object(value: Value) -> Any:
        kind = type(value)
        if kind is values.Null or value is None:
            return None
        return plain.load_unknown(value) if kind is values.Unknown else shape.load(value)  # type: ignore[arg-type]

    dump_object = plain.null_and_unknown(shape.block.object_type, shape.dump)
    if nesting in (schema.SINGLE, schema.GROUP):
        return load_object, dump_object

    def load(value: Value) -> Any:
        kind = type(value)
        if kind is values.Null or value is None:
            return None
        if kind is values.Unknown:
            return plain.load_unknown(value)  # type: ignore[arg-type]
        if nesting == schema.MAP:
            return {key: load_object(item) for key, item in value.entries.items()}  # type: ignore[union-attr]
        items = value.items if isinstance(value, (values.ListValue, values.SetValue)) else plain.items_of(value)
        return [load_object(item) for item in items]

    element = shape.block.object_type

    def dump_known(nested: Any) -> Value:
        if nesting == schema.MAP:
            return values.map_value(element, {key: dump_object(item) for key, item in nested.items()})
        items = [dump_object(item) for item in nested]
        if nesting == schema.SET:
            return values.set_value(element, items)
        return values.tuple_value(items) if value_type.kind == "dynamic" else values.list_value(element, items)

    return load, plain.null_and_unknown(value_type, dump_known)
