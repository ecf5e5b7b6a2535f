"""What the expressions of the corpus refer to: the same objects as a Terraform configuration and as a scope of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl.parser import parse_expression
from iacctl.lang.compile import compile_expression
from iacctl.lang.compiler.subjects import PATH_NAMES, path_problem, terraform_problem
from iacctl.lang.context import MISSING, EvalContext, OptionalValue, Settings
from iacctl.lang.references import Reference

if TYPE_CHECKING:
    from iacctl.values import Type, Value

VARIABLES: dict[str, tuple[str, str, str]] = {
    # name: type, default, further arguments
    "s": ("string", '"hello"', "sensitive = true"),
    "o": ("any", '{ a = 1, b = "two", c = [1, 2, 3] }', ""),
    "ls": ("list(string)", '["a", "b"]', ""),
    "m": ("map(number)", "{ a = 1, b = 2 }", ""),
    "st": ("set(string)", '["x", "y"]', ""),
    "lo": ("list(object({ a = number, b = optional(string) }))", '[{ a = 1 }, { a = 2, b = "z" }]', ""),
    "nl": ("string", "null", ""),
    "nn": ("list(string)", "null", ""),
    "dyn": ("any", "null", ""),
    "n": ("number", "3", ""),
    "yes": ("bool", "true", ""),
}
_TYPES: dict[str, Type] = {
    "s": values.STRING,
    "o": values.DYNAMIC,
    "ls": values.list_of(values.STRING),
    "m": values.map_of(values.NUMBER),
    "st": values.set_of(values.STRING),
    "lo": values.list_of(values.object_of({"a": values.NUMBER, "b": values.STRING})),
    "nl": values.STRING,
    "nn": values.list_of(values.STRING),
    "dyn": values.DYNAMIC,
    "n": values.NUMBER,
    "yes": values.BOOL,
}
LOCALS: dict[str, str] = {
    "unk": "terraform_data.u.id",
    "unum": "tonumber(terraform_data.u.id)",
    "ubool": 'terraform_data.u.id == "x"',
    "ulist": 'split(",", terraform_data.u.id)',
    "umap": '{ for k in ["a"] : k => terraform_data.u.id }',
    "udyn": "jsondecode(terraform_data.u.id)",
    "uobj": "{ a = terraform_data.u.id, b = 1 }",
    "utup": "[terraform_data.u.id, 1]",
    "uset": "toset([terraform_data.u.id])",
    "big": "123456789012345678901234567890",
    "sl": "[sensitive(1), 2]",
    "so": '{ a = sensitive("x"), b = 2 }',
}


def configuration() -> str:
    """The surroundings as Terraform reads them."""
    blocks = [
        'resource "terraform_data" "u" {\n  input = "x"\n}',
        'resource "terraform_data" "c" {\n  count = 2\n  input = count.index\n}',
        'resource "terraform_data" "f" {\n  for_each = toset(["a", "b"])\n  input = each.key\n}',
    ]
    for name, (type_, default, more) in VARIABLES.items():
        blocks.append(f'variable "{name}" {{\n  type = {type_}\n  default = {default}\n  {more}\n}}')
    lines = "\n".join(f"  {name} = {text}" for name, text in LOCALS.items())
    blocks.append(f"locals {{\n{lines}\n}}")
    return "\n".join(blocks) + "\n"


def evaluate(text: str, context: EvalContext) -> Value:
    """The value of an expression that is known to parse."""
    problems = Diagnostics()
    expression = parse_expression(SourceFile("surroundings", text), problems)
    assert not len(problems), list(problems)
    return compile_expression(expression)(context)


class Surroundings:
    """A scope with the same objects, in one phase.

    Args:
        phase: `"validate"` (variables and resources unknown), `"plan"`, or `"console"` (resources unknown).
    """

    def __init__(self, phase: str) -> None:
        self.phase = phase
        self.settings = Settings(console=phase == "console", pure=phase != "console")
        self._kept: dict[tuple[str, str], Value] = {}

    def context(self) -> EvalContext:
        """A fresh context."""
        return EvalContext(self, settings=self.settings)

    def variable(self, reference: Reference, context: EvalContext) -> Value:
        name = reference.name
        if name not in VARIABLES:
            hint = f'This variable can be declared with a variable "{name}" {{}} block.'
            detail = f'An input variable with the name "{name}" has not been declared. {hint}'
            context.diags.error("Reference to undeclared input variable", detail, reference.range)
            return values.DYNAMIC_UNKNOWN
        if ("var", name) not in self._kept:
            self._kept["var", name] = self._variable(name)
        return self._kept["var", name]

    def _variable(self, name: str) -> Value:
        _, default, more = VARIABLES[name]
        type_ = _TYPES[name]
        if self.phase == "validate":
            value: Value = values.unknown_of(type_)
        else:
            value = evaluate(default, self.context())
            if name == "lo":
                value = tuple({"b": None, **item} for item in value)  # type: ignore[union-attr]
            value = values.convert(value, type_)
        return values.mark(value, {values.SENSITIVE}) if more else value

    def local(self, reference: Reference, context: EvalContext) -> Value:
        name = reference.name
        if ("local", name) not in self._kept:
            self._kept["local", name] = evaluate(LOCALS[name], self.context())
        return self._kept["local", name]

    def _object(self, input_: Value) -> Value:
        string = values.unknown_of(values.STRING)
        if self.phase != "plan":
            unknown = values.DYNAMIC_UNKNOWN
            return values.object_value({"id": string, "input": unknown, "output": unknown, "triggers_replace": unknown})
        output = values.unknown_of(values.type_of(input_))
        return values.object_value(
            {"id": values.refine_not_null(string), "input": input_, "output": output, "triggers_replace": None}
        )

    def resource(self, reference: Reference, context: EvalContext) -> Value:
        if reference.name == "u":
            return self._object("x")
        if self.phase != "plan":
            return values.DYNAMIC_UNKNOWN
        if reference.name == "c":
            return values.tuple_value([self._object(0), self._object(1)])
        return values.object_value({"a": self._object("a"), "b": self._object("b")})

    def resource_instance(self, reference: Reference, key: int | str, context: EvalContext) -> OptionalValue:
        if self.phase == "plan" and reference.name == "c" and key in (0, 1):
            return self._object(key)
        return MISSING

    def module(self, reference: Reference, context: EvalContext) -> Value:
        raise AssertionError("no modules")

    def module_output(
        self, reference: Reference, key: int | str | None, output: str, context: EvalContext
    ) -> OptionalValue:
        raise AssertionError("no modules")

    def path(self, reference: Reference, context: EvalContext) -> Value:
        if reference.name not in PATH_NAMES:
            context.diags.error(*path_problem(reference), reference.range)
            return values.DYNAMIC_UNKNOWN
        return "."

    def terraform(self, reference: Reference, context: EvalContext) -> Value:
        if reference.name != "workspace":
            context.diags.error(*terraform_problem(reference), reference.range)
            return values.DYNAMIC_UNKNOWN
        return "default"

    def other(self, reference: Reference, context: EvalContext) -> Value:
        raise AssertionError("no such reference")

    def provider_function(self, name: str, context: EvalContext) -> None:
        return None
