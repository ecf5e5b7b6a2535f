"""Declaring attributes: `name = sdk.string(required=True)` in the body of a resource, data source or provider class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, Literal, NamedTuple, TypeAlias, TypeVar, cast, overload

from iacctl import values
from iacctl.provider import schema
from iacctl.values import types
from iacctl_providers.sdk import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypedDict, Unpack

    from iacctl.values import Value
    from iacctl.values.types import Type
    from iacctl_providers.sdk.shapes import Nested

    class Options(TypedDict, total=False):
        """What can be said of every attribute.

        Attributes:
            required: the configuration must give it.
            computed: the provider fills it in.
            sensitive: it is hidden in output.
            write_only: it is handed over, but never stored.
            force_new: a change of it replaces the object; or a function of the value before and the planned one
                that says whether it does.
            keep: a computed attribute that never changes after creation: plans of updates show it as it is.
            not_null: a computed attribute that is never null: conditions on that are known while planning.
            identity: it is part of what identifies the object in the remote system; a text describes it there.
            planned: works out the planned value from the values of the planned object, of the object before (None on
                creation) and of the configuration, where the default (unknown) is not what is wanted.
            validators: checks of a configured value: each takes the plain value and gives `Invalid` or None.
            description: one sentence for people.
            markdown: the description is in Markdown.
            deprecated: what to use instead.
        """

        required: bool
        sensitive: bool
        write_only: bool
        force_new: bool | Callable[[Value, Value], bool]
        keep: bool
        not_null: bool
        identity: bool | str
        planned: Callable[[Attributes, Attributes | None, Attributes], Value]
        validators: tuple[Callable[[Any], Invalid | None], ...]
        description: str
        markdown: bool
        deprecated: str


T = TypeVar("T")
N = TypeVar("N", bound="Nested")


Attributes: TypeAlias = "Mapping[str, Value]"


class Invalid(NamedTuple):
    """What a validator says of a bad value."""

    detail: str
    summary: str = "Invalid Attribute Value"


class Attribute(Generic[T]):
    """A declared attribute. On an instance it reads as its plain value, and may be assigned."""

    def __init__(self, kind: Kind[Any], *, optional: bool, computed: bool, default: Any, options: Options) -> None:
        has_default = default is not None
        self.kind = kind
        self.default = default
        self.required = options.get("required", False)
        self.optional = optional or has_default
        self.computed = computed or has_default
        self.sensitive = options.get("sensitive", False)
        self.write_only = options.get("write_only", False)
        self.force_new = options.get("force_new", False)
        self.keep = options.get("keep", False)
        self.not_null = options.get("not_null", False)
        self.identity = options.get("identity", False)
        self.planned = options.get("planned")
        self.validators = options.get("validators", ())
        self.description = options.get("description", "")
        self.markdown = options.get("markdown", False)
        self.deprecated = options.get("deprecated", "")
        if not (self.required or self.optional or self.computed):
            raise TypeError("an attribute must be required, optional or computed, or have a default")
        if self.required and (self.optional or self.computed):
            raise TypeError("a required attribute can be neither optional nor computed")

    @overload
    def __get__(self, instance: None, owner: type) -> Attribute[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> Attribute[T] | T:
        # Reached only when the instance has no value under this name, as this is no data descriptor.
        return self if instance is None else cast("T", None)

    def declaration(self) -> schema.Attribute:
        """The attribute as the engine sees it."""
        nested = self.kind.nested
        return schema.Attribute(
            type=None if nested is not None else self.kind.type,
            nested=nested,
            required=self.required,
            optional=self.optional,
            computed=self.computed,
            sensitive=self.sensitive,
            write_only=self.write_only,
            deprecated=self.deprecated,
            description=self.description,
            markdown=self.markdown,
        )

    def unknown(self) -> Value:
        """What a plan holds while the provider has not said the value."""
        unknown = values.unknown_of(self.kind.type)
        return values.refine_not_null(unknown) if self.not_null else unknown


class Kind(Generic[T]):
    """A type of attributes. Calling it declares one: `sdk.string(optional=True)`.

    Attributes:
        type: the type of the values.
        nested: the schema of nested attributes, if it has them.
        shape: the author's class behind `nested`.
        load: makes a value plain (see `plain`).
        dump: the reverse.
        whole: only integers are allowed.
    """

    def __init__(
        self,
        type_: Type,
        *,
        nested: schema.NestedObject | None = None,
        shape: type[Nested] | None = None,
        load: plain.Load | None = None,
        dump: plain.Dump | None = None,
        whole: bool = False,
    ) -> None:
        self.type = type_
        self.nested = nested
        self.shape = shape
        self.whole = whole
        self.load = load or plain.loader(type_)
        self.dump = dump or plain.dumper(type_)

    @overload
    def __call__(
        self,
        *,
        optional: Literal[True],
        computed: Literal[False] = ...,
        default: None = ...,
        **options: Unpack[Options],
    ) -> Attribute[T | None]: ...
    @overload
    def __call__(
        self, *, optional: bool = ..., computed: bool = ..., default: T | None = ..., **options: Unpack[Options]
    ) -> Attribute[T]: ...
    def __call__(
        self, *, optional: bool = False, computed: bool = False, default: Any = None, **options: Unpack[Options]
    ) -> Any:
        """Declare an attribute of this kind; for the arguments see `Options`.

        Args:
            optional: the configuration may give it.
            computed: the provider fills it in (where the configuration does not).
            default: the value where the configuration gives none; makes the attribute optional.
            options: the rest.
        """
        return Attribute(self, optional=optional, computed=computed, default=default, options=options)


string: Final[Kind[str]] = Kind(types.STRING)
number: Final[Kind[float]] = Kind(types.NUMBER)
integer: Final[Kind[int]] = Kind(types.NUMBER, whole=True)
boolean: Final[Kind[bool]] = Kind(types.BOOL)
dynamic: Final[Kind[Any]] = Kind(types.DYNAMIC)


def of_type(type_: Type) -> Kind[Any]:
    """Attributes of any type of `iacctl.values.types`, for those that the other kinds can't say."""
    return Kind(type_)


@overload
def list_of(element: type[N]) -> Kind[list[N]]: ...
@overload
def list_of(element: Kind[T]) -> Kind[list[T]]: ...
def list_of(element: Kind[Any] | type[Any]) -> Kind[Any]:
    """Lists of a kind, or of objects of a `Nested` class."""
    return _nested(element, schema.LIST) if isinstance(element, type) else Kind(types.list_of(element.type))


@overload
def set_of(element: type[N]) -> Kind[list[N]]: ...
@overload
def set_of(element: Kind[T]) -> Kind[list[T]]: ...
def set_of(element: Kind[Any] | type[Any]) -> Kind[Any]:
    """Sets of a kind, or of objects of a `Nested` class. They read as lists in the set's order."""
    return _nested(element, schema.SET) if isinstance(element, type) else Kind(types.set_of(element.type))


@overload
def map_of(element: type[N]) -> Kind[dict[str, N]]: ...
@overload
def map_of(element: Kind[T]) -> Kind[dict[str, T]]: ...
def map_of(element: Kind[Any] | type[Any]) -> Kind[Any]:
    """Maps of a kind, or of objects of a `Nested` class."""
    return _nested(element, schema.MAP) if isinstance(element, type) else Kind(types.map_of(element.type))


def single(element: type[N]) -> Kind[N]:
    """One object of a `Nested` class."""
    return _nested(element, schema.SINGLE)


def _nested(element: type[Nested], nesting: schema.Nesting) -> Kind[Any]:
    from iacctl_providers.sdk import shapes

    shape = shapes.shape_of(element)
    if shape.block.blocks:
        raise TypeError(f"{element.__name__} has blocks: nested attributes cannot")
    nested = schema.NestedObject(dict(shape.block.attributes), nesting)
    load, dump = shapes.nesting_conversions(shape, nesting, nested.value_type)
    return Kind(nested.value_type, nested=nested, shape=element, load=load, dump=dump)
