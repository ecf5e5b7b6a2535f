"""Random types and values for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from iacctl.values import (
    BOOL,
    DYNAMIC,
    NUMBER,
    SENSITIVE,
    STRING,
    CollectionType,
    ObjectType,
    TupleType,
    Type,
    Value,
    list_of,
    list_value,
    map_of,
    map_value,
    mark,
    null_of,
    numbers,
    object_of,
    object_value,
    set_of,
    set_value,
    tuple_of,
    tuple_value,
    unknown_of,
)

names = st.text("abcdé", min_size=1, max_size=2)
primitive_types = st.sampled_from([STRING, NUMBER, BOOL])
decimal_texts = st.from_regex(r"-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,40})?(e-?[0-9]{1,3})?", fullmatch=True)
any_number = st.one_of(
    st.integers(),
    st.integers(-(2**600), 2**600).map(numbers.rounded),
    decimal_texts.map(numbers.parse),
    st.floats(allow_nan=False, allow_infinity=False).map(numbers.from_float),
)


def _nested(inner: st.SearchStrategy[Type]) -> st.SearchStrategy[Type]:
    return st.one_of(
        inner.map(list_of),
        inner.map(set_of),
        inner.map(map_of),
        st.lists(inner, max_size=3).map(tuple_of),
        st.dictionaries(names, inner, max_size=3).map(object_of),
    )


types = st.recursive(primitive_types, _nested, max_leaves=6)
constraints = st.recursive(st.one_of(primitive_types, st.just(DYNAMIC)), _nested, max_leaves=6)


def concrete(type_: Type) -> st.SearchStrategy[Type]:
    """The type with "any type" replaced by primitive types."""
    if type_ is DYNAMIC:
        return primitive_types
    if isinstance(type_, ObjectType):
        return st.fixed_dictionaries({name: concrete(part) for name, part in type_.attributes.items()}).map(object_of)
    if isinstance(type_, TupleType):
        return st.tuples(*[concrete(part) for part in type_.elements]).map(tuple_of)
    if isinstance(type_, CollectionType):
        return concrete(type_.element).map({"list": list_of, "set": set_of, "map": map_of}[type_.kind])
    return st.just(type_)


def values_of(
    type_: Type, *, null: bool = True, unknown: bool = False, marks: bool = False
) -> st.SearchStrategy[Value]:
    """Values of a type; with nulls, unknown parts and marked parts if wanted."""
    if type_.has_dynamic:
        return concrete(type_).flatmap(lambda inner: values_of(inner, null=null, unknown=unknown, marks=marks))

    def of(inner: Type) -> st.SearchStrategy[Value]:
        return values_of(inner, null=null, unknown=unknown, marks=marks)

    found: st.SearchStrategy[Value]
    if type_ is STRING:
        found = st.text(max_size=4).map(lambda text: text.encode("utf-8", "replace").decode()).map(_normal)
    elif type_ is NUMBER:
        found = any_number
    elif type_ is BOOL:
        found = st.booleans()
    elif isinstance(type_, ObjectType):
        found = st.fixed_dictionaries({name: of(part) for name, part in type_.attributes.items()}).map(object_value)
    elif isinstance(type_, TupleType):
        found = st.tuples(*[of(part) for part in type_.elements]).map(tuple_value)
    else:
        assert isinstance(type_, CollectionType)
        element = type_.element
        if type_.kind == "map":
            found = st.dictionaries(names.map(_normal), of(element), max_size=3).map(
                lambda entries: map_value(element, entries)
            )
        else:
            make = list_value if type_.kind == "list" else set_value
            found = st.lists(of(element), max_size=3).map(lambda items: make(element, items))
    choices = [found, found, found]
    if null:
        choices.append(st.just(null_of(type_)))
    if unknown:
        choices.append(st.just(unknown_of(type_)))
    if marks:
        choices.append(found.map(lambda value: mark(value, [SENSITIVE])))
    return st.one_of(choices)


def _normal(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", text)


known_values = types.flatmap(values_of)
any_values = types.flatmap(lambda type_: values_of(type_, unknown=True, marks=True))
typed_values = types.flatmap(lambda type_: st.tuples(st.just(type_), values_of(type_)))
