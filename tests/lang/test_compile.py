"""What compiled expressions are besides their values: constants, what they depend on, depth, sharing."""

from __future__ import annotations

import pytest

from iacctl import values
from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl.parser import parse_expression
from iacctl.lang.compile import Compiled, compile_expression, evaluate_static
from iacctl.lang.context import MISSING, EvalContext

from .surroundings import Surroundings


def compiled(text: str, **more: frozenset[str]) -> Compiled:
    diags = Diagnostics()
    tree = parse_expression(SourceFile("x.tf", text), diags)
    assert not len(diags), list(diags)
    return compile_expression(tree, **more)


def value(text: str, context: EvalContext | None = None) -> values.Value:
    context = Surroundings("plan").context() if context is None else context
    found = compiled(text)(context)
    assert not len(context.diags), list(context.diags)
    return found


def test_constants_are_folded() -> None:
    assert compiled("1 + 2 * 3").constant == 7
    assert compiled('{ a = [1, "x${2}"], (true ? "b" : "c") = null }').constant == {"a": (1, "x2"), "b": None}
    assert compiled("var.a").constant is MISSING
    assert compiled("1 / 0 * 0").constant is MISSING
    assert compiled('upper("a")').constant is MISSING


def test_instance_keys() -> None:
    assert compiled("each.value.a").uses_instance_keys
    assert compiled('"x${count.index}"').uses_instance_keys
    assert compiled("self.id").uses_instance_keys
    assert not compiled("[for each in var.a : each.b]").uses_instance_keys
    assert not compiled("var.a").uses_instance_keys
    assert compiled("setting.value", local_names=frozenset({"setting"})).uses_instance_keys
    assert not compiled("var.a", local_names=frozenset({"setting"})).uses_instance_keys


def test_purity() -> None:
    assert compiled("upper(var.a)").pure
    assert not compiled("[uuid()]").pure
    assert not compiled('"${timestamp()}"').pure
    assert not compiled("provider::x::y()").pure


def test_local_names() -> None:
    context = Surroundings("plan").context()
    context.variables = {"setting": {"value": 5}}
    assert compiled("setting.value + 1", local_names=frozenset({"setting"}))(context) == 6


def test_frames_nest() -> None:
    assert value("[for a in [1, 2] : [for b in [10, 20] : a + b]]") == ((11, 21), (12, 22))
    assert value("[for a in [[{ x = 1 }]] : [for a in a : a.x]]") == ((1,),)
    assert value("[for a in [{ b = [1, 2] }] : [for x in a.b[*] : x + length(a.b[*])]]") == ((3, 4),)
    assert value("[[{ a = [{ b = 1 }] }]][*][0].a[*].b") == ((1,),)


def test_a_frame_survives_an_evaluation_inside() -> None:
    class Reentrant(Surroundings):
        def local(self, reference, context):  # type: ignore[no-untyped-def]
            return compiled('[for x in ["a"] : "${x}-${x}"]')(context)

    context = Reentrant("plan").context()
    assert value("[for x in [1, 2] : [local.z[0], x]]", context) == (("a-a", 1), ("a-a", 2))


def test_sharing() -> None:
    calls = []

    class Counting(Surroundings):
        def variable(self, reference, context):  # type: ignore[no-untyped-def]
            calls.append(reference.name)
            return super().variable(reference, context)

    scope = Counting("plan")
    shared: dict[object, values.Value] = {}
    expression = compiled(
        '[count.index, join(",", var.ls), [for x in var.ls : upper(x)], [for x in var.ls : count.index]]'
    )
    for index in range(3):
        context = EvalContext(scope, count_index=index, shared=shared)
        assert expression(context) == (index, "a,b", ("A", "B"), (index, index))
    assert len(calls) == 2 + 3


def test_what_failed_or_is_impure_is_not_shared() -> None:
    scope = Surroundings("console")
    shared: dict[object, values.Value] = {}
    expression = compiled("[count.index, uuid()]")
    results = [expression(EvalContext(scope, settings=scope.settings, count_index=0, shared=shared)) for _ in range(2)]
    assert results[0] != results[1]
    failing = compiled('[count.index, tonumber("x${var.n}")]')
    for index in range(2):
        context = EvalContext(scope, count_index=index, shared=shared)
        failing(context)
        assert len(context.diags) == 1


DEPTH = 10_000


@pytest.mark.parametrize(
    ("before", "middle", "after"),
    [
        ("[", "1", "]"),
        ("[", "var.n", "]"),
        ("(", "var.n", ")"),
        ("{ a = ", "var.n", " }"),
        ("-", "var.n", ""),
        ("1 + ", "var.n", ""),
        ("abs(", "var.n", ")"),
        ('"${', "var.n", '}"'),
        ('"x${', "var.n", '}"'),
        ("true ? ", "var.n", " : 1"),
        ("[for x in ", "var.ls", " : x]"),
        ("try(", "var.n", ")"),
    ],
)
def test_deep_nesting(before: str, middle: str, after: str) -> None:
    depth = 3_000 if before[0] == '"' else DEPTH
    context = Surroundings("plan").context()
    compiled(before * depth + middle + after * depth)(context)
    assert not len(context.diags), next(iter(context.diags))


def test_long_chains() -> None:
    assert value(" + ".join(["var.n"] * DEPTH)) == 3 * DEPTH
    assert value("true" + " && var.yes" * DEPTH) is True
    assert value("var.o" + "".join(f" == var.n ? {n} : var.o.a" for n in range(500))) == 1


def test_deep_values() -> None:
    context = Surroundings("plan").context()
    deep = compiled("[" * DEPTH + "local.unk" + "]" * DEPTH)(context)
    assert isinstance(deep, values.TupleValue) and deep.has_unknown
    context.variables = {"d": deep}
    length = compiled("d" + "[0]" * 5_000, local_names=frozenset({"d"}))(context)
    assert isinstance(length, values.TupleValue)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("[for x in [1] : x]", []),
        ("var.x.y", [("Variables not allowed", "var")]),
        ('"${var.x}-${foo}"', [("Variables not allowed", "var"), ("Variables not allowed", "foo")]),
        ("upper(var.x)", [("Function calls not allowed", "upper(var.x)")]),
        ("[for x in [1] : y]", [("Unknown variable", "y")]),
        ("true ? 1 : var.x", []),
        ("provider::x::y()", [("Function calls not allowed", "provider::x::y()")]),
        ("foo[var.x]", [("Variables not allowed", "foo"), ("Variables not allowed", "var")]),
    ],
)
def test_static(text: str, problems: list[tuple[str, str]]) -> None:
    diags = Diagnostics()
    evaluate_static(parse_expression(SourceFile("x.tf", text), diags), diags)
    assert [(problem.summary, problem.subject.text if problem.subject else "") for problem in diags] == problems


def test_malformed_references_are_problems_before_evaluation() -> None:
    expression = compiled("[data.x, var.ok]")
    assert [problem.summary for problem in expression.problems] == ["Invalid reference"]
    assert [str(reference) for reference in expression.references] == ["var.ok"]


def test_quiet_evaluation_describes_nothing() -> None:
    context = Surroundings("plan").context()
    context.quiet = True
    compiled("var.o.zz")(context)
    assert context.diags[0].values == ()
