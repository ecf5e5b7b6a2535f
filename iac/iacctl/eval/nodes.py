"""The nodes of the graph that evaluate something without a resource: variables, locals, outputs, module calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.addrs import module_path_text
from iacctl.diag.diagnostics import DEPRECATION
from iacctl.eval import conditions, inputs
from iacctl.eval.data import UNKNOWN
from iacctl.eval.expansion import acceptable, expand
from iacctl.lang.compile import compile_expression
from iacctl.lang.compiler.report import reference_values
from iacctl.lang.context import MISSING
from iacctl.values import EPHEMERAL, SENSITIVE, ConversionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iacctl.addrs import ModulePath
    from iacctl.config.model import Local, Module, ModuleCall, Output, Variable
    from iacctl.eval.data import ModuleData
    from iacctl.eval.world import World
    from iacctl.graph.walk import Steps
    from iacctl.lang.compile import Compiled
    from iacctl.lang.references import Reference
    from iacctl.values import Mark, Value


class Node:
    """Something in the graph, in a module of the configuration.

    Attributes:
        path: the module.
    """

    __slots__ = ("path",)

    def __init__(self, path: ModulePath) -> None:
        self.path = path

    def references(self) -> Iterable[tuple[ModulePath, Reference]]:
        """What has to be visited before, with the module that each reference is written in."""
        return ()

    def value_references(self) -> Iterable[Reference]:
        """What the expression that gives the node's value refers to; of an input variable, in the calling module."""
        return ()

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Do the node's work; see `graph.walk`."""
        return True

    def _prefixed(self, text: str) -> str:
        return f"{module_path_text(self.path)}.{text}" if self.path else text


class VariableNode(Node):
    """An input variable: of the root from what was given, of a child from the argument of the call."""

    __slots__ = ("_argument", "_conditions", "variable")

    def __init__(self, module: Module, variable: Variable, world: World) -> None:
        super().__init__(module.path)
        self.variable = variable
        self._argument: Compiled | None = None
        if module.call is not None:
            given = module.call.arguments.get(variable.name)
            if given is not None:
                self._argument = compile_expression(given.expression)
        self._conditions = conditions.compile_conditions(variable.validations, world.diags)

    def value_references(self) -> Iterable[Reference]:
        """Those of the call's argument."""
        return () if self._argument is None else self._argument.references

    def references(self) -> Iterator[tuple[ModulePath, Reference]]:
        """The references of the call's argument, in the calling module, and those of the validations."""
        if self._argument is not None:
            parent = self.path[:-1]
            for reference in self._argument.references:
                yield parent, reference
        for rule in self._conditions:
            for reference in rule.references():
                if reference.subject != ("var", self.variable.name):
                    yield self.path, reference

    def execute(self, world: World) -> bool:
        """Set the variable in every instance of the module."""
        fine = True
        for data in world.modules.at(self.path):
            value = self._value(world, data)
            if value is None:
                data.variables[self.variable.name] = values.unknown_of(values.without_optional(self.variable.type))
                fine = False
                continue
            data.variables[self.variable.name] = value[0]
            if self.variable.deprecated is not None and (not self.path or world.operation != "plan"):
                self._warn_of_value(world, value[0])
            if self._conditions and not (world.operation == "validate" and not self.path):
                fine &= conditions.check_variable(world, data, self.variable, self._conditions)
            if world.operation == "validate":
                data.variables[self.variable.name] = self._any(self.variable)
        return fine

    def _warn_of_value(self, world: World, value: Value) -> None:
        """Tell of a value that was given to a deprecated variable; a plan leaves that to validation."""
        variable = self.variable
        assert variable.deprecated is not None
        if self._argument is not None:
            place = self._argument.expression.range
        elif not self.path and variable.name in world.variables and world.operation != "validate":
            place = variable.deprecated_range or variable.range
            bare = values.unmark_deep(value)[0]
            if variable.has_default and values.raw_equals(bare, values.unmark_deep(variable.default)[0]):
                return  # Most likely nothing was given.
        else:
            return
        if not values.is_null(values.unmark(value)[0]):
            summary = "Deprecated variable got a value"
            world.diags.warning(summary, variable.deprecated, place, tag=DEPRECATION)

    @staticmethod
    def _any(variable: Variable) -> Value:
        """What a variable is while validating: anything of its type, whatever this call or the default gives."""
        return inputs.marked(variable, values.unknown_of(values.without_optional(variable.type)))

    def _value(self, world: World, data: ModuleData) -> tuple[Value] | None:
        variable = self.variable
        if self.path:
            if self._argument is None:
                return inputs.absent(variable, world)
            before = len(world.diags)
            given = self._argument(world.call_context(data))
            if world.errors_since(before):
                return None
            return inputs.from_argument(variable, given, self._argument.expression.range, world, self.path)
        if world.operation == "validate":
            return (self._any(variable),)
        if variable.name in world.variables:
            return inputs.from_root(variable, world.variables[variable.name], world)
        return inputs.absent(variable, world)

    def __str__(self) -> str:
        suffix = " (expand)" if self.path else ""
        return self._prefixed(f"var.{self.variable.name}") + suffix


class LocalNode(Node):
    """A local value."""

    __slots__ = ("_compiled", "local")

    def __init__(self, module: Module, local: Local, world: World) -> None:
        super().__init__(module.path)
        self.local = local
        self._compiled = compile_expression(local.expression, uses_nested=False)
        for reference in self._compiled.references:
            if reference.subject == ("local", local.name):
                world.diags.error(
                    "Self-referencing local value",
                    f"Local value local.{local.name} cannot use its own result as part of its expression.",
                    reference.range,
                )

    def value_references(self) -> Iterable[Reference]:
        """Those of the expression."""
        return self._compiled.references

    def references(self) -> Iterator[tuple[ModulePath, Reference]]:
        """Those of the expression."""
        for reference in self._compiled.references:
            yield self.path, reference

    def execute(self, world: World) -> bool:
        """Set the value in every instance of the module."""
        name = self.local.name
        fine = True
        for data in world.modules.at(self.path):
            before = len(world.diags)
            data.locals[name] = self._compiled(world.context(data))
            fine &= not world.errors_since(before)
        return fine

    def __str__(self) -> str:
        return self._prefixed(f"local.{self.local.name}") + " (expand)"


class OutputNode(Node):
    """An output value."""

    __slots__ = ("_compiled", "_conditions", "_depends_on", "output")

    def __init__(self, module: Module, output: Output, world: World, depends_on: list[Reference]) -> None:
        super().__init__(module.path)
        self.output = output
        self._compiled = None if output.expression is None else compile_expression(output.expression)
        self._conditions = conditions.compile_conditions(output.preconditions, world.diags)
        self._depends_on = depends_on

    def value_references(self) -> Iterable[Reference]:
        """Those of the expression."""
        return () if self._compiled is None else self._compiled.references

    def references(self) -> Iterator[tuple[ModulePath, Reference]]:
        """Those of the expression, of the preconditions, and what `depends_on` names."""
        if self._compiled is not None:
            for reference in self._compiled.references:
                yield self.path, reference
        for rule in self._conditions:
            for reference in rule.references():
                yield self.path, reference
        for reference in self._depends_on:
            yield self.path, reference

    def execute(self, world: World) -> bool:
        """Set the value in every instance of the module."""
        fine = True
        if self._conditions and world.operation != "validate":
            state = world.check_state("output_value", self._prefixed(f"output.{self.output.name}"))
            state.expanded = True
            for data in world.modules.at(self.path):
                state.expect(conditions.output_address(data.address, self.output.name), len(self._conditions))
        for data in world.modules.at(self.path):
            fine &= self._evaluate(world, data)
        for data, outputs in world.modules.replaced_at(self.path):
            data.outputs[self.output.name] = self._marked(outputs.get(self.output.name))
        return fine

    def _evaluate(self, world: World, data: ModuleData) -> bool:
        output = self.output
        if self._compiled is None:
            return False
        if output.ephemeral and not self.path:
            world.diags.error(
                "Ephemeral output not allowed",
                "Ephemeral outputs are not allowed in context of a root module",
                output.range,
            )
            return False
        if self._conditions:
            address = conditions.output_address(data.address, output.name)
            before = len(world.diags)
            fine = conditions.check(world, data, "output_value", address, self._conditions)
            if world.operation == "validate":  # Terraform does not tell of deprecated values here.
                world.diags.extend([item for item in world.diags.cut(before) if item.tag != DEPRECATION])
            if not fine:
                return False
        if not self.path and output.name in world.planned_outputs:
            value = world.planned_outputs[output.name]
            data.outputs[output.name] = self._marked(value)
            return True
        before = len(world.diags)
        value = self._compiled(world.context(data))
        if world.errors_since(before):
            return False
        if output.type is not None:
            try:
                if output.defaults is not None:
                    value = values.defaults.apply(output.defaults, value)
                value = values.convert(value, output.type)
            except ConversionError as error:
                world.diags.error(
                    "Invalid output value",
                    f"The value expression does not match this output value's type constraint: {error.message}.",
                    self._compiled.expression.range,
                    values=reference_values(self._compiled.expression, world.context(data)),
                )
                return False
        if not self._may_show(world, data, value):
            return False
        data.outputs[output.name] = self._marked(value)
        return True

    def _marked(self, value: Value) -> Value:
        """The value with the marks that the declaration asks for."""
        marks: list[Mark] = []
        if self.output.sensitive:
            marks.append(SENSITIVE)
        if self.output.ephemeral:
            marks.append(EPHEMERAL)
        return values.mark(value, marks) if marks else value

    def _may_show(self, world: World, data: ModuleData, value: Value) -> bool:
        output = self.output
        assert self._compiled is not None
        if not values.has_marks(value):
            return True
        if not output.ephemeral and values.contains_mark(value, EPHEMERAL):
            world.diags.error(
                "Ephemeral value not allowed",
                "This output value is not declared as returning an ephemeral value, so it cannot be set to a result derived "
                "from an ephemeral value.",
                self._compiled.expression.range,
            )
            return False
        if not self.path and not output.sensitive and values.contains_mark(value, SENSITIVE):
            world.diags.error(
                "Output refers to sensitive values",
                "To reduce the risk of accidentally exporting sensitive data that was intended to be only internal, Terraform "
                "requires that any root module output containing sensitive data be explicitly marked as sensitive, to confirm "
                "your intent.\n\nIf you do intend to export this data, annotate the output value as sensitive by adding the "
                "following argument:\n    sensitive = true",
                output.range,
            )
            return False
        return True

    def __str__(self) -> str:
        suffix = " (expand)"
        return self._prefixed(f"output.{self.output.name}") + suffix


class CallNode(Node):
    """A module call: how many instances the module has."""

    __slots__ = ("_count", "_enabled", "_for_each", "call")

    def __init__(self, module: Module, call: ModuleCall, world: World) -> None:
        super().__init__(module.path)
        self.call = call
        self._count = None if call.count is None else compile_expression(call.count)
        self._for_each = None if call.for_each is None else compile_expression(call.for_each)
        self._enabled = None if call.enabled is None else compile_expression(call.enabled)

    def references(self) -> Iterator[tuple[ModulePath, Reference]]:
        """Those of count, for_each and enabled."""
        for compiled in (self._count, self._for_each, self._enabled):
            if compiled is not None:
                for reference in compiled.references:
                    yield self.path, reference

    def execute(self, world: World) -> bool:
        """Make the instances, in every instance of the calling module."""
        fine = True
        for data in world.modules.at(self.path):
            if self.call.name not in data.module.children:
                continue
            if world.operation == "validate":
                repeats = self._count is not None or self._for_each is not None
                fine &= not repeats or acceptable(self._count, self._for_each, world.context(data))
                if self._enabled is not None:
                    from iacctl.eval import enabling

                    fine &= enabling.acceptable(self._enabled, world.context(data))
                world.modules.expand(data, self.call.name, UNKNOWN, [(None, None)])
                continue
            if self._enabled is not None:
                from iacctl.eval import enabling

                expansion = enabling.expand(self._enabled, world.context(data))
            else:
                expansion = expand(self._count, self._for_each, world.context(data))
            if expansion is None:
                fine = False
                continue
            keys = [(key, None if each is MISSING else each) for key, each in expansion.instances]
            world.modules.expand(data, self.call.name, expansion.repetition, keys)  # type: ignore[arg-type]
        return fine

    def __str__(self) -> str:
        return self._prefixed(f"module.{self.call.name}") + " (expand)"


class CloseNode(Node):
    """The end of a module: everything in it has been visited."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{module_path_text(self.path)} (close)"
