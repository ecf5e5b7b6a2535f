"""Addresses of resources and modules written as arguments of `moved`, `removed` and `import` blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from iacctl.addrs.resources import DATA, EPHEMERAL, MANAGED
from iacctl.config import traversals
from iacctl.config.model import Target
from iacctl.diag import Range
from iacctl.hcl import ast, static

if TYPE_CHECKING:
    from iacctl.addrs.resources import Mode
    from iacctl.diag import Diagnostics
    from iacctl.hcl.ast import Expression, Step

Key: TypeAlias = "int | str | Expression | None"

_NO_RESOURCE: Final = frozenset(
    ("arg", "count", "each", "lazy", "local", "path", "self", "template", "terraform", "var")
)
"""Names that start a reference to something else than a resource."""

_MODES: Final[dict[str, Mode]] = {"data": DATA, "ephemeral": EPHEMERAL, "resource": MANAGED}
_MODE_NAMES: Final = {"data": "data source", "ephemeral": "ephemeral resource type"}


class _Name(NamedTuple):
    """`.name`, or the root."""

    name: str
    range: Range


class _Key(NamedTuple):
    """`[key]`; the key may be an expression."""

    key: ast.Constant
    range: Range


_Part: TypeAlias = "_Name | _Key"


class _AddressError(Exception):
    """The text is no address."""

    def __init__(self, detail: str, place: Range, summary: str = "Invalid address") -> None:
        super().__init__(detail)
        self.summary = summary
        self.detail = detail
        self.place = place


def parse(expression: Expression, diags: Diagnostics) -> Target | None:
    """The address that a traversal with literal keys names; None if it was reported."""
    traversal = static.traversal(expression, diags)
    if traversal is None:
        return None
    parts: list[_Part] = [_Name(traversal.root, traversal.root_range)]
    parts.extend(_part(step) for step in traversal.steps)
    return _target(parts, expression.range, diags)


def parse_with_expressions(expression: Expression, diags: Diagnostics) -> Target | None:
    """The address that an import block's `to` names, whose keys may be expressions; None if it was reported."""
    expression = traversals.native(expression, diags)
    parts, root = _flatten(expression)
    if parts is None:
        static.traversal(root, diags)
        return None
    return _target(parts, expression.range, diags)


def parse_static(expression: Expression, diags: Diagnostics) -> Target | None:
    """The resource or module that a removed block's `from` names: no keys, no data source; None if it was reported."""
    traversal = static.traversal(expression, diags)
    if traversal is None:
        return None
    parts: list[_Part] = [_Name(traversal.root, traversal.root_range)]
    parts.extend(_part(step) for step in traversal.steps)
    try:
        return _static_target(parts, expression.range)
    except _AddressError as error:
        diags.error(error.summary, error.detail, error.place)
        return None


def _part(step: Step) -> _Part:
    if type(step) is ast.AttributeStep:
        return _Name(step.name, step.range)
    assert type(step) is ast.IndexStep
    return _Key(step.key, step.range)


def _flatten(expression: Expression) -> tuple[list[_Part] | None, Expression]:
    """The steps of nested indexes and traversals, from the root on, and the root: no steps if it is something else."""
    tail: list[list[_Part]] = []
    while True:
        kind = type(expression)
        if kind is ast.Index:
            assert isinstance(expression, ast.Index)
            tail.append([_Key(expression.key, expression.bracket_range)])
            expression = expression.collection
        elif kind is ast.RelativeTraversal:
            assert isinstance(expression, ast.RelativeTraversal)
            tail.append([_part(step) for step in expression.steps])
            expression = expression.source
        else:
            break
    traversal = static.as_traversal(expression)
    if traversal is None:
        return None, expression
    parts: list[_Part] = [_Name(traversal.root, traversal.root_range)]
    parts.extend(_part(step) for step in traversal.steps)
    for steps in reversed(tail):
        parts.extend(steps)
    return parts, expression


def _target(parts: list[_Part], place: Range, diags: Diagnostics) -> Target | None:
    try:
        modules, rest = _modules(parts)
        if not rest:
            return Target(modules, None, None, place)
        mode, type_, name, rest = _resource(rest)
        key: Key = None
        if rest:
            if type(rest[0]) is not _Key:
                if len(rest) > 1:
                    raise _AddressError("Unexpected extra operators after address.", rest[1].range)
                raise _AddressError("Resource instance key must be given in square brackets.", rest[0].range)
            key = _key(rest[0], "resource instance")
            if len(rest) > 1 and isinstance(key, ast.Expression):
                # Terraform looks past keys that must be evaluated.
                raise _AddressError("Resource instance key must be given in square brackets.", rest[1].range)
            if len(rest) > 1:
                raise _AddressError("Unexpected extra operators after address.", rest[1].range)
        return Target(modules, (mode, type_, name), key, place)
    except _AddressError as error:
        diags.error(error.summary, error.detail, error.place)
        return None


def _static_target(parts: list[_Part], place: Range) -> Target:
    modules, rest = _modules(parts, keys=False)
    if not rest:
        return Target(modules, None, None, place)
    mode, type_, name, rest = _resource(rest, static=True)
    if rest:
        raise _AddressError(
            'Resource address must be a resource (e.g. "test_instance.foo"), not a resource instance (e.g.'
            ' "test_instance.foo[1]").',
            rest[0].range,
            "Resource instance keys not allowed",
        )
    if mode == DATA:
        raise _AddressError(
            "Data sources are never destroyed, so they are not valid targets of removed blocks. To remove the data source"
            " from state, remove the data source block from configuration.",
            place,
            "Data source address not allowed",
        )
    return Target(modules, (mode, type_, name), None, place)


def _key(part: _Part, what: str) -> Key:
    assert type(part) is _Key
    key = part.key
    if isinstance(key, ast.Expression) or type(key) in (str, int):
        found: Key = key
        return found
    if type(key) is bool or key is None:
        raise _AddressError(f"Invalid {what} key: either a string or an integer is required.", part.range)
    raise _AddressError(
        f"Invalid {what} key: value must be a whole number, between -9223372036854775808 and 9223372036854775807.",
        part.range,
    )


def _modules(parts: list[_Part], *, keys: bool = True) -> tuple[tuple[tuple[str, Key], ...], list[_Part]]:
    modules: list[tuple[str, Key]] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        if isinstance(part, _Key):
            raise _AddressError(
                "Module address prefix must be followed by dot and then a name.", part.range, "Invalid address operator"
            )
        if part.name != "module":
            break
        following = parts[at + 1] if at + 1 < len(parts) else None
        if type(following) is not _Name:
            raise _AddressError(
                'Prefix "module." must be followed by a module name.',
                part.range if following is None else following.range,
                "Invalid address operator",
            )
        at += 2
        key: Key = None
        if at < len(parts) and type(parts[at]) is _Key:
            if not keys:
                raise _AddressError(
                    'Module address must be a module (e.g. "module.foo"), not a module instance (e.g. "module.foo[1]").',
                    parts[at].range,
                    "Module instance keys not allowed",
                )
            key = _key(parts[at], "module instance")
            at += 1
        modules.append((following.name, key))
    return tuple(modules), parts[at:]


def _resource(parts: list[_Part], *, static: bool = False) -> tuple[Mode, str, str, list[_Part]]:
    """What names the resource, and what follows; `static` says that of all keywords only `data` has a meaning."""
    first = parts[0]
    assert type(first) is _Name
    if first.name in _NO_RESOURCE and not static:
        raise _AddressError(
            f'The keyword "{first.name}" is reserved and cannot be used to target a resource address. If you are'
            ' targeting a resource type that uses a reserved keyword, please prefix your address with "resource.".',
            _whole(parts),
        )
    mode: Mode = MANAGED
    if first.name == "data" or (first.name in _MODES and not static):
        mode = _MODES[first.name]
        if len(parts) < 3:
            if len(parts) == 2 and type(parts[1]) is _Key:
                raise _AddressError(f"A {_MODE_NAMES.get(first.name, 'resource')} name is required.", parts[1].range)
            raise _AddressError(
                "Resource specification must include a resource type and name.",
                first.range if len(parts) == 1 else parts[1].range,
            )
        parts = parts[1:]
        if type(parts[0]) is not _Name:
            raise _AddressError(f"A {_MODE_NAMES.get(first.name, 'resource type')} name is required.", parts[0].range)
    elif len(parts) < 2:
        raise _AddressError("Resource specification must include a resource type and name.", first.range)
    kind, name = parts[0], parts[1]
    assert type(kind) is _Name
    if type(name) is not _Name:
        raise _AddressError("A resource name is required.", name.range)
    return mode, kind.name, name.name, parts[2:]


def _whole(parts: list[_Part]) -> Range:
    return parts[0].range.until(parts[-1].range)
