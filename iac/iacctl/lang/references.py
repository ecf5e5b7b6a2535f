"""References: what an expression says about the configuration's objects, read from the syntax alone.

`terraform_data.r[0].output.x` is a reference to the resource `terraform_data.r`, its instance 0, and steps that remain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from iacctl.diag import Diagnostics, Range
from iacctl.hcl import ast
from iacctl.lang.traversals import NO_NAMES, free_traversals
from iacctl.values import BigFloat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.hcl.ast import Expression, ScopeTraversal, Step

Subject: TypeAlias = tuple[str, ...]
"""What is referred to, as a dictionary key: `("resource", mode, type, name)`, else `(kind, name)`, or `("self",)`."""

RESOURCE: Final = "resource"
MODULE: Final = "module"
VARIABLE: Final = "var"
LOCAL: Final = "local"
COUNT: Final = "count"
EACH: Final = "each"
SELF: Final = "self"
PATH: Final = "path"
TERRAFORM: Final = "terraform"
ACTION: Final = "action"
RUN: Final = "run"
OUTPUT: Final = "output"
CHECK: Final = "check"

INSTANCE_KINDS: Final = frozenset((COUNT, EACH, SELF))
"""Kinds whose values differ from one instance of a block to the next."""

TEST_ROOTS: Final = frozenset((RUN, OUTPUT, CHECK))
"""Names that start a reference only in test files; elsewhere they are resource types."""


class Reference(NamedTuple):
    """A reference.

    Attributes:
        kind: one of the constants of this module.
        name: the name of the resource, module call, variable, local value; `"index"` of count, `"key"` or `"value"` of
            each, the attribute of path and terraform; empty for self.
        range: the part of the source that names the object: of a resource with its instance key, of a module call with
            key and output.
        mode: of a resource: `"managed"`, `"data"`, `"ephemeral"` or `"list"`.
        type: of a resource or action: its type.
        key: the key of an instance if written as a literal right behind a resource, action or module call, else None.
        output: of a module call: the attribute behind it, else None.
        steps: what follows name, key and output.
        traversal: the whole traversal.
        subject: what is referred to without key and output: a dictionary key.
    """

    kind: str
    name: str
    range: Range
    mode: str
    type: str
    key: int | str | None
    output: str | None
    steps: tuple[Step, ...]
    traversal: ScopeTraversal
    subject: Subject

    def __str__(self) -> str:
        """The object as Terraform's messages name it, without instance key: `data.type.name`, `module.name`, `var.name`."""
        if self.kind == RESOURCE:
            prefix = "" if self.mode == "managed" else f"{self.mode}."
            return f"{prefix}{self.type}.{self.name}"
        if self.kind == ACTION:
            return f"action.{self.type}.{self.name}"
        return f"{self.kind}.{self.name}" if self.name else self.kind

    @property
    def object_range(self) -> Range:
        """The range of the name, without instance key and output."""
        steps = len(self.traversal.steps) - len(self.steps)
        if self.output is not None:
            steps -= 1
        if self.key is not None:
            steps -= 1
        end = self.traversal.steps[steps - 1].end if steps else self.traversal.start + len(self.traversal.root)
        return Range(self.traversal.file, self.traversal.start, end)


_MODES: Final = {"data": "data", "ephemeral": "ephemeral", "resource": "managed", "list": "list"}
_TWO_NAMES: Final = {
    "data": "the data source type and the resource name",
    "resource": "the resource type and the resource name",
    "ephemeral": "the ephemeral resource type and the resource name",
    "list": "the list resource type and the list resource name",
    "action": "the action type and the action name",
}
_SECOND_NAME: Final = {
    "data": ("a data source", "resource"),
    "ephemeral": ("an ephemeral resource type", "resource"),
    "action": ("an action", "action"),
}
_ONE_NAME: Final = frozenset((VARIABLE, LOCAL, MODULE, COUNT, EACH, PATH, TERRAFORM))
_TYPE_KEYWORDS: Final = frozenset(("string", "number", "bool", "any"))
_TOFU: Final = "tofu"
"""OpenTofu's other name for `terraform`, in its own files; in Terraform's it is a type of resources."""
_RESERVED: Final = frozenset(("lazy", "template", "arg"))


def is_type_keyword(traversal: ScopeTraversal) -> bool:
    """Whether a name is one of a type, as in `convert(x, string)`: it refers to nothing."""
    return not traversal.steps and traversal.root in _TYPE_KEYWORDS


def parse_reference(
    traversal: ScopeTraversal, diags: Diagnostics, extra_roots: frozenset[str] = NO_NAMES
) -> Reference | None:
    """Reads a traversal as a reference.

    Args:
        traversal: with a root that is not a local variable.
        diags: gets "Invalid reference" and the like.
        extra_roots: which of `TEST_ROOTS` the place knows.

    Returns:
        The reference, or None if it was reported.
    """
    root = traversal.root
    if root in _TWO_NAMES:
        return _two_names(traversal, diags)
    if root in _ONE_NAME or root in extra_roots:
        return _one_name(traversal, root, diags)
    if root == _TOFU and traversal.file.name.endswith((".tofu", ".tofu.json")):
        return _one_name(traversal, TERRAFORM, diags)
    if root == SELF:
        return Reference(SELF, "", traversal.root_range, "", "", None, None, traversal.steps, traversal, (SELF,))
    if root in _RESERVED:
        diags.error(
            "Reserved symbol name",
            f'The symbol name "{root}" is reserved for use in a future Terraform version. If you are using a provider that'
            ' already uses this as a resource type name, add the prefix "resource." to force interpretation as a resource'
            " type name.",
            traversal.root_range,
        )
        return None
    steps = traversal.steps
    if not steps or type(steps[0]) is not ast.AttributeStep:
        diags.error(
            "Invalid reference",
            "A reference to a resource type must be followed by at least one attribute access, specifying the resource name.",
            steps[0].range if steps else traversal.root_range,
        )
        return None
    return _resource(traversal, RESOURCE, "managed", root, steps[0].name, 1, diags)


def _one_name(traversal: ScopeTraversal, kind: str, diags: Diagnostics) -> Reference | None:
    root = traversal.root
    steps = traversal.steps
    if not steps:
        diags.error(
            "Invalid reference",
            f'The "{root}" object cannot be accessed directly. Instead, access one of its attributes.',
            traversal.root_range,
        )
        return None
    first = steps[0]
    if type(first) is not ast.AttributeStep:
        diags.error("Invalid reference", f'The "{root}" object does not support this operation.', first.range)
        return None
    if root == MODULE:
        return _module(traversal, first.name, diags)
    range_ = Range(traversal.file, traversal.start, first.end)
    return Reference(kind, first.name, range_, "", "", None, None, steps[1:], traversal, (kind, first.name))


def _two_names(traversal: ScopeTraversal, diags: Diagnostics) -> Reference | None:
    root = traversal.root
    steps = traversal.steps
    if len(steps) < 2:
        diags.error(
            "Invalid reference",
            f'The "{root}" object must be followed by two attribute names: {_TWO_NAMES[root]}.',
            traversal.range,
        )
        return None
    first, second = steps[0], steps[1]
    if type(first) is not ast.AttributeStep:
        what = f'The "{root}" object' if root not in ("action", "list") else "The left operand"
        diags.error("Invalid reference", f"{what} does not support this operation.", first.range)
        return None
    if type(second) is not ast.AttributeStep:
        what, wanted = _SECOND_NAME.get(root, ("a resource type", "resource"))
        diags.error(
            "Invalid reference",
            f"A reference to {what} must be followed by at least one attribute access, specifying the {wanted} name.",
            second.range,
        )
        return None
    if root == ACTION:
        return _resource(traversal, ACTION, "", first.name, second.name, 2, diags)
    return _resource(traversal, RESOURCE, _MODES[root], first.name, second.name, 2, diags)


def _instance_key(steps: tuple[Step, ...], position: int, what: str, diags: Diagnostics) -> int | str | None:
    """The literal key at a position; a key that no instance can have is reported."""
    if position == len(steps):
        return None
    step = steps[position]
    if type(step) is not ast.IndexStep:
        return None
    key: object = step.key
    if type(key) is int or type(key) is str:
        return key
    if type(key) is BigFloat:
        reason = "value must be a whole number, between -9223372036854775808 and 9223372036854775807"
    else:
        reason = "either a string or an integer is required"
    diags.error("Invalid index key", f"Invalid index for {what} instance: {reason}.", step.range)
    return None


def _resource(
    traversal: ScopeTraversal, kind: str, mode: str, type_: str, name: str, position: int, diags: Diagnostics
) -> Reference | None:
    steps = traversal.steps
    before = len(diags)
    key = _instance_key(steps, position, "resource" if kind == RESOURCE else kind, diags)
    if len(diags) > before:
        return None
    if key is not None:
        position += 1
    range_ = Range(traversal.file, traversal.start, steps[position - 1].end)
    subject = (kind, mode, type_, name) if kind == RESOURCE else (kind, type_, name)
    return Reference(kind, name, range_, mode, type_, key, None, steps[position:], traversal, subject)


def _module(traversal: ScopeTraversal, name: str, diags: Diagnostics) -> Reference | None:
    steps = traversal.steps
    position = 1
    before = len(diags)
    key = _instance_key(steps, position, "module", diags)
    if len(diags) > before:
        return None
    if key is not None:
        position += 1
    output: str | None = None
    if position < len(steps):
        step = steps[position]
        if type(step) is ast.AttributeStep:
            output = step.name
            position += 1
        elif key is not None:
            diags.error("Invalid reference", "Module instance objects do not support this operation.", step.range)
            return None
    range_ = Range(traversal.file, traversal.start, steps[position - 1].end)
    return Reference(MODULE, name, range_, "", "", key, output, steps[position:], traversal, (MODULE, name))


def references(
    expression: Expression,
    diags: Diagnostics | None = None,
    *,
    local_names: frozenset[str] = NO_NAMES,
    extra_roots: frozenset[str] = NO_NAMES,
) -> list[Reference]:
    """All references of an expression, in the order written.

    Args:
        expression: is not evaluated.
        diags: gets a report of each malformed reference; without it they are passed over.
        local_names: names that are variables here, not references (iterators of dynamic blocks).
        extra_roots: as for `parse_reference`.
    """
    problems = Diagnostics() if diags is None else diags
    found: list[Reference] = []
    for traversal in free_traversals(expression, local_names):
        if is_type_keyword(traversal):
            continue
        reference = parse_reference(traversal, problems, extra_roots)
        if reference is not None:
            found.append(reference)
    return found


def references_of_all(
    expressions: Iterable[Expression],
    diags: Diagnostics | None = None,
    *,
    local_names: frozenset[str] = NO_NAMES,
    extra_roots: frozenset[str] = NO_NAMES,
) -> list[Reference]:
    """`references` of several expressions."""
    found: list[Reference] = []
    for expression in expressions:
        found.extend(references(expression, diags, local_names=local_names, extra_roots=extra_roots))
    return found
