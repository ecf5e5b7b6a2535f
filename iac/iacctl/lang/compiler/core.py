"""What all compiled expressions share: the code of a node, and the compiler that makes it from a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from iacctl.diag import Diagnostic, Diagnostics
from iacctl.lang.context import MISSING, EvalContext
from iacctl.lang.references import INSTANCE_KINDS, is_type_keyword, parse_reference
from iacctl.values import DYNAMIC_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from iacctl.hcl.ast import Expression, ScopeTraversal
    from iacctl.lang.context import OptionalValue
    from iacctl.lang.references import Reference
    from iacctl.values import Value

Run: TypeAlias = "Callable[[EvalContext], Value]"
"""Gives the value of an expression."""

Names: TypeAlias = "Mapping[str, int]"
"""Local names in reach: where in `EvalContext.frame` each is, or `FROM_CONTEXT`."""

FROM_CONTEXT: Final = -1
"""Marks names whose values are in `EvalContext.variables`."""

INSTANCE: Final = 1
"""The value depends on the instance (count, each, self) or on variables of the context."""
FRAME: Final = 2
"""The value depends on a variable of an enclosing `for` or splat."""
IMPURE: Final = 4
"""The value may be another each time."""
COSTLY: Final = 8
"""Worth keeping for other instances."""


class Code:
    """A compiled node.

    Attributes:
        run: gives its value.
        value: its value if constant, else MISSING.
        traits: what it depends on: `INSTANCE`, `FRAME`, `IMPURE`, `COSTLY`, or-ed together.
    """

    __slots__ = ("run", "traits", "value")

    def __init__(self, run: Run, traits: int = 0, value: OptionalValue = MISSING) -> None:
        self.run = run
        self.traits = traits
        self.value = value


def constant(value: Value) -> Code:
    """Code that always gives the same value."""

    def run(context: EvalContext) -> Value:
        return value

    return Code(run, 0, value)


class _NoScope:
    """The scope of constant expressions, which refer to nothing."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"a constant expression asks its scope for {name}")


NO_SCOPE: Final[Any] = _NoScope()


class Compiler:
    """Compiles one expression and everything in it.

    Attributes:
        names: local names at the place that is being compiled.
        references: the references found, in the order written.
        problems: of malformed references; evaluation reports them where it meets them.
        extra_roots: see `references.parse_reference`.
        any_name: whether every name is a variable of the context (templates); there are no references then.
        static: whether references and calls are not allowed.
        frame_size: how many places `EvalContext.frame` needs.
        deepest: levels of nesting.
        found_costly: whether there is a costly part that does not depend on the instance.
        shares: whether the values of such parts are to be kept for other instances.
    """

    __slots__ = (
        "_depth",
        "_handlers",
        "_items",
        "_used",
        "any_name",
        "deepest",
        "extra_roots",
        "found_costly",
        "frame_size",
        "names",
        "problems",
        "references",
        "shares",
        "static",
    )

    def __init__(
        self,
        handlers: Mapping[type, Callable[[Compiler, Any], Code]],
        names: Names,
        *,
        extra_roots: frozenset[str],
        any_name: bool = False,
        static: bool = False,
    ) -> None:
        self._handlers = handlers
        self.static = static
        self.names = names
        self.extra_roots = extra_roots
        self.any_name = any_name
        self.references: list[Reference] = []
        self.problems = Diagnostics()
        self.frame_size = 0
        self.deepest = 0
        self.found_costly = False
        self.shares = False
        self._depth = 0
        self._used = 0
        self._items: dict[int, int] = {}

    def compile(self, node: Expression) -> Code:
        """The code of a node."""
        self._depth += 1
        if self._depth > self.deepest:
            self.deepest = self._depth
        handler = self._handlers.get(type(node))
        code = _compile_foreign(self, node) if handler is None else handler(self, node)
        self._depth -= 1
        if code.traits & COSTLY and not code.traits & (INSTANCE | FRAME | IMPURE):
            self.found_costly = True
            if self.shares:
                return _shared(code)
        return code

    @property
    def in_loop(self) -> bool:
        """Whether the place is inside a `for` or splat."""
        return self._used > 0

    def restart(self) -> None:
        """Forget everything found, to compile once more from the start."""
        self.references.clear()
        self.problems = Diagnostics()
        self.frame_size = self.deepest = self._depth = self._used = 0

    def reference(self, node: ScopeTraversal) -> Reference | Diagnostic:
        """The reference that a traversal is; or, if it is malformed, the problem."""
        if is_type_keyword(node):
            return Diagnostic(
                "error", "Unknown variable", f'There is no variable named "{node.root}".', node.root_range
            )
        problems = Diagnostics()
        found = parse_reference(node, problems, self.extra_roots)
        if found is None:
            self.problems.extend(problems)
            return problems[0]
        self.references.append(found)
        return found

    # Variables of `for` expressions and splats.

    def enter(self, *names: str) -> tuple[Names, int]:
        """Puts variables into reach; gives what `leave` wants, and the place of the first one in the frame."""
        before = self.names
        place = self._used
        self._used += max(1, len(names))
        self.frame_size = max(self.frame_size, self._used)
        if names:
            self.names = {**before, **{name: place + offset for offset, name in enumerate(names)}}
        return before, place

    def leave(self, before: Names, place: int) -> None:
        """Takes variables out of reach again."""
        self.names = before
        self._used = place

    def bind_item(self, symbol: object, place: int) -> None:
        """Says where in the frame the element is that an AnonymousSymbol stands for."""
        self._items[id(symbol)] = place

    def item_place(self, symbol: object) -> int:
        """Where in the frame the element of an AnonymousSymbol is."""
        return self._items[id(symbol)]

    # Results.

    def finish(self, run: Run, parts: Iterable[Code], traits: int = 0) -> Code:
        """The code of a node from its parts: evaluated right away if all of them are constant and nothing is wrong."""
        constants = True
        for part in parts:
            traits |= part.traits & ~COSTLY
            if part.value is MISSING:
                constants = False
        if constants and not traits & (IMPURE | FRAME | INSTANCE):
            context = EvalContext(NO_SCOPE)
            context.frame = [DYNAMIC_UNKNOWN] * self.frame_size
            value = run(context)
            if not len(context.diags):
                return constant(value)
        return Code(run, traits)


def _shared(code: Code) -> Code:
    """Code that keeps its value for the other instances of its block."""
    inner = code.run
    key = object()

    def run(context: EvalContext) -> Value:
        kept = context.shared
        if kept is None:
            return inner(context)
        if key in kept:
            return kept[key]
        before = len(context.diags)
        value = inner(context)
        if len(context.diags) == before:
            kept[key] = value
        return value

    return Code(run, code.traits)


def without_own_frame(traits: int, compiler: Compiler) -> int:
    """The traits of a loop, given those of its parts: one outside of all others depends on no variable but its own."""
    return traits if compiler.in_loop else traits & ~FRAME


def depends_on_instance(references: Iterable[Reference]) -> bool:
    """Whether any of the references gives another value for each instance of a block."""
    return any(reference.kind in INSTANCE_KINDS for reference in references)


def _compile_foreign(compiler: Compiler, node: Expression) -> Code:
    """A node of the JSON syntax: compiled as its native equivalent, whose syntax errors appear at each evaluation."""
    native = getattr(node, "native", None)
    if native is None:
        raise TypeError(f"not an expression: {node!r}")
    problems = Diagnostics()
    code = compiler.compile(native(problems))
    if not len(problems):
        return code
    found = list(problems)
    if not problems.has_errors:
        inner = code.run

        def warn(context: EvalContext) -> Value:
            context.diags.extend(found)
            return inner(context)

        return Code(warn, code.traits)

    def fail(context: EvalContext) -> Value:
        context.diags.extend(found)
        return DYNAMIC_UNKNOWN

    return Code(fail, code.traits)
