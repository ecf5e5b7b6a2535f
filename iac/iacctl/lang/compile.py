"""Compiled expressions: the way from a syntax tree to values.

    compiled = compile_expression(tree)
    value = compiled(context)

An expression is compiled once and evaluated as often as there are instances. Problems go to the context's diagnostics
and the value is DYNAMIC_UNKNOWN then, so that one evaluation reports all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.diag import Range
from iacctl.hcl import ast
from iacctl.hcl.json_expression import JsonExpression
from iacctl.lang.compiler import calls, conditionals, constructors, loops, operators, roots, splats, templates
from iacctl.lang.compiler.core import FROM_CONTEXT, IMPURE, Code, Compiler, depends_on_instance
from iacctl.lang.compiler.subjects import instance_problem, instance_value, name_problem
from iacctl.lang.context import MISSING, EvalContext, OptionalValue
from iacctl.lang.references import INSTANCE_KINDS, LOCAL, MODULE, SELF
from iacctl.lang.traversals import NO_NAMES, free_traversals
from iacctl.values import DYNAMIC_UNKNOWN, has_marks
from iacctl.values.nesting import run_deep

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.diag import Diagnostic, Diagnostics
    from iacctl.hcl.ast import Expression
    from iacctl.lang.compiler.core import Names, Run
    from iacctl.lang.references import Reference
    from iacctl.values import Value

_HANDLERS: Final[Mapping[type, Callable[..., Code]]] = {
    ast.Literal: constructors.compile_literal,
    ast.Template: templates.compile_template,
    ast.TemplateWrap: constructors.compile_inner,
    ast.TemplateIf: conditionals.compile_conditional,
    ast.TemplateFor: loops.compile_template_for,
    ast.ScopeTraversal: roots.compile_traversal,
    ast.RelativeTraversal: roots.compile_relative,
    ast.Index: roots.compile_index,
    ast.Splat: splats.compile_splat,
    ast.AnonymousSymbol: roots.compile_item,
    ast.FunctionCall: calls.compile_call,
    ast.Conditional: conditionals.compile_conditional,
    ast.TupleConstructor: constructors.compile_tuple,
    ast.ObjectConstructor: constructors.compile_object,
    ast.ForExpression: loops.compile_for,
    ast.BinaryOperation: operators.compile_binary,
    ast.UnaryOperation: operators.compile_unary,
    ast.Parentheses: constructors.compile_inner,
    ast.Invalid: constructors.compile_invalid,
    JsonExpression: constructors.compile_json,
}

_SHALLOW: Final = 150
"""Levels of nesting that Python's ordinary stack can take."""


class Compiled:
    """A compiled expression. Call it with a context to get the value.

    Attributes:
        expression: the syntax tree.
        references: what it refers to, in the order written.
        problems: diagnostics of malformed references. Evaluation reports them by itself; this is for static checks.
        constant: its value if it is the same in every context, else MISSING.
        uses_instance_keys: whether the value depends on `count`, `each`, `self` or local names given to
            `compile_expression`: whether it must be evaluated for each instance.
        pure: whether the same context gives the same value each time.
    """

    __slots__ = ("constant", "expression", "problems", "pure", "references", "run", "uses_instance_keys")

    def __init__(
        self,
        expression: Expression,
        run: Run,
        references: tuple[Reference, ...],
        problems: Diagnostics,
        constant: OptionalValue,
        uses_instance_keys: bool,
        pure: bool,
    ) -> None:
        self.expression = expression
        self.run = run
        self.references = references
        self.problems = problems
        self.constant = constant
        self.uses_instance_keys = uses_instance_keys
        self.pure = pure

    def __call__(self, context: EvalContext) -> Value:
        """The value in a context."""
        return self.run(context)

    @property
    def range(self) -> Range:
        """Where the expression is written."""
        return self.expression.range

    def __repr__(self) -> str:
        return f"<Compiled {self.expression!r}>"


def compile_expression(
    expression: Expression,
    *,
    local_names: frozenset[str] = NO_NAMES,
    extra_roots: frozenset[str] = NO_NAMES,
    uses_nested: bool = True,
) -> Compiled:
    """Compiles an expression.

    Args:
        expression: in native or JSON syntax.
        local_names: names that are variables in `EvalContext.variables`, such as iterators of dynamic blocks; they hide
            references.
        extra_roots: which of `references.TEST_ROOTS` the place knows.
        uses_nested: whether deprecated values inside of the result are put to use here (see `deprecations`).
    """
    names: Names = dict.fromkeys(local_names, FROM_CONTEXT)
    compiled = _compile(expression, Compiler(_HANDLERS, names, extra_roots=extra_roots), local_names)
    if any(reference.kind in (MODULE, LOCAL) for reference in compiled.references):
        compiled.run = _warning_of_uses(compiled.run, expression, uses_nested)
    return compiled


def compile_template(expression: Expression) -> Compiled:
    """Compiles a template in which every name is a variable of `EvalContext.variables`; they must all be there."""
    return _compile(expression, Compiler(_HANDLERS, {}, extra_roots=NO_NAMES, any_name=True), NO_NAMES)


def evaluate_static(expression: Expression, diags: Diagnostics) -> Value:
    """The value of an expression where neither references nor function calls are allowed, such as a variable's default."""
    from iacctl.lang.compiler.core import NO_SCOPE

    compiler = Compiler(_HANDLERS, {}, extra_roots=NO_NAMES, static=True)
    return _compile(expression, compiler, NO_NAMES)(EvalContext(NO_SCOPE, diags))


def template_variables(expression: Expression) -> list[ast.ScopeTraversal]:
    """Where a template uses a variable."""
    return list(free_traversals(expression))


def compile_within(expression: Expression, context: EvalContext, names: Names | None) -> Run:
    """Compiles an expression that stands where these local names are in reach, to be evaluated at once in this very context.

    None for the names: those of `EvalContext.variables`.
    """
    reach: Names = dict.fromkeys(context.variables, FROM_CONTEXT) if names is None else names
    return Compiler(_HANDLERS, reach, extra_roots=NO_NAMES).compile(expression).run


def _compile(expression: Expression, compiler: Compiler, local_names: frozenset[str]) -> Compiled:
    uses_locals = (
        any(traversal.root in local_names for traversal in free_traversals(expression)) if local_names else False
    )
    try:
        code = compiler.compile(expression)
    except RecursionError:
        compiler.restart()
        code = run_deep(compiler.compile, expression)
    uses_instance_keys = uses_locals or compiler.any_name or depends_on_instance(compiler.references)
    if uses_instance_keys and compiler.found_costly and not compiler.any_name:
        # Now that it is known to be evaluated for each instance, let the parts that don't differ be shared.
        compiler.restart()
        compiler.shares = True
        code = _compile_again(compiler, expression)
    run = code.run
    if not compiler.any_name and not compiler.static:
        run = _after_references(run, compiler)
    if code.value is MISSING:
        if compiler.frame_size:
            run = _with_frame(run, compiler.frame_size)
        if compiler.deepest > _SHALLOW:
            run = _with_deep_stack(run)
    return Compiled(
        expression,
        run,
        tuple(compiler.references),
        compiler.problems,
        code.value,
        uses_instance_keys,
        not code.traits & IMPURE,
    )


def _compile_again(compiler: Compiler, expression: Expression) -> Code:
    try:
        return compiler.compile(expression)
    except RecursionError:
        compiler.restart()
        return run_deep(compiler.compile, expression)


def _after_references(inner: Run, compiler: Compiler) -> Run:
    """References to what is not there at all are faults wherever they stand, in `try` too, and then nothing is evaluated."""
    problems = list(compiler.problems)
    for reference in compiler.references:
        problem = name_problem(reference)
        if problem is not None:
            problems.append(problem)
    if problems:

        def fail(context: EvalContext) -> Value:
            context.diags.extend(problems)
            return DYNAMIC_UNKNOWN

        return fail
    wanted = [reference for reference in compiler.references if reference.kind in INSTANCE_KINDS]
    if not wanted:
        return inner

    def run(context: EvalContext) -> Value:
        for reference in wanted:
            if instance_value(reference, context) is MISSING:
                context.diags.extend(_missing(wanted, context))
                return DYNAMIC_UNKNOWN
        return inner(context)

    return run


def _missing(wanted: list[Reference], context: EvalContext) -> list[Diagnostic]:
    """What to say of values of the instance that are not there; if `self` is not, nothing of the others."""
    missing = [reference for reference in wanted if instance_value(reference, context) is MISSING]
    if any(reference.kind == SELF for reference in missing):
        missing = [reference for reference in missing if reference.kind == SELF]
    return [instance_problem(reference) for reference in missing]


def _warning_of_uses(inner: Run, expression: Expression, nested: bool) -> Run:
    """Warns where the result comes from deprecated outputs of modules."""

    def run(context: EvalContext) -> Value:
        value = inner(context)
        if not context.settings.deprecations or not has_marks(value):
            return value
        from iacctl.lang import deprecations

        return deprecations.settle(value, expression, context, nested=nested)

    return run


def _with_frame(inner: Run, size: int) -> Run:
    """Gives each evaluation variables of its own, also one that happens within another."""

    def run(context: EvalContext) -> Value:
        outer = context.frame
        context.frame = [DYNAMIC_UNKNOWN] * size
        try:
            return inner(context)
        finally:
            context.frame = outer

    return run


def _with_deep_stack(inner: Run) -> Run:
    def run(context: EvalContext) -> Value:
        return run_deep(inner, context)

    return run
