"""Values of variables in tests: given from outside, by the test file, by the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl import values
from iacctl.config import variables as given_values
from iacctl.diag import Diagnostics
from iacctl.hcl.ast import AttributeStep
from iacctl.lang.compile import compile_expression
from iacctl.lang.context import EvalContext, Settings
from iacctl.lang.references import RESOURCE, RUN, TEST_ROOTS, VARIABLE, references, references_of_all
from iacctl.values import DYNAMIC_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from iacctl.config.model import Variable
    from iacctl.config.test_files.model import TestFile, TestRun
    from iacctl.config.variables import RawValue
    from iacctl.diag import Range
    from iacctl.hcl.ast import Expression
    from iacctl.lang.functions.calling import Function
    from iacctl.lang.references import Reference
    from iacctl.values import Value

_UNDEFINED: Final = (
    "Referencing undefined variables within Terraform Test files is deprecated, please add a `variable` block into the"
    " relevant test file to provide a definition for the variable. This will become required in future versions of"
    " Terraform."
)


class Known(NamedTuple):
    """The value of a variable, and where it is written if in a test file."""

    value: Value
    range: Range | None = None


class FileVariables:
    """The variables that the runs of a file see.

    Args:
        file: the test file.
        given: values from outside.
        outputs: gives the outputs of a run by its name: None if it has none (yet); KeyError if there is no such run.
        base_dir: the directory that relative paths given to functions start from.

    Attributes:
        values: those of the file's `variables` block, as far as they were evaluated.
    """

    def __init__(
        self,
        file: TestFile,
        given: Mapping[str, RawValue],
        outputs: Callable[[str], Mapping[str, Value] | None],
        base_dir: str,
    ) -> None:
        self._file = file
        self._given = given
        self._outputs = outputs
        self._settings = Settings(base_dir, pure=False)
        self._declared: dict[str, Known] = {}
        self.values: dict[str, Known] = {}

    def read_declared(self, diags: Diagnostics) -> None:
        """Find the values of the `variable` blocks of the file."""
        for name, variable in self._file.declared.items():
            raw = self._given.get(name)
            if raw is not None:
                read = given_values.read(variable, raw, diags)
                if read is not None:
                    self._declared[name] = Known(read[0])
            elif variable.has_default:
                self._declared[name] = Known(variable.default)
            else:
                diags.error(
                    "Required variable not set", f'The variable "{name}" is required, but is not set.', variable.range
                )

    def evaluate(self, name: str, diags: Diagnostics) -> bool:
        """Evaluate one of the file's `variables`; whether that went well."""
        expression = self._file.variables[name]
        value = self._value(expression, diags)
        if value is None:
            return False
        self.values[name] = Known(value[0], expression.range)
        return True

    def for_run(
        self, run: TestRun, declared: Mapping[str, Variable], asserted: Iterable[Reference], diags: Diagnostics
    ) -> tuple[dict[str, Known], dict[str, Known]]:
        """The variables of a run.

        Args:
            run: the run.
            declared: the input variables of its module.
            asserted: what its assertions refer to.
            diags: gets what is wrong or missing.

        Returns:
            The values of the module's input variables that are given at all, and those that only the assertions see.
        """
        found: dict[str, Known] = {}
        # The first reference to each variable stands for all, as in Terraform.
        wanted: dict[str, Reference] = {}
        for reference in (*references_of_all(run.variables.values(), extra_roots=TEST_ROOTS), *asserted):
            if reference.kind == VARIABLE and reference.name not in declared:
                wanted.setdefault(reference.name, reference)
        extra: dict[str, Known] = {}
        for name, expression in run.variables.items():
            value = self._value(expression, diags)
            if name not in declared and name not in wanted:
                diags.warning(
                    "Value for undeclared variable",
                    f'The module under test does not declare a variable named "{name}", but it is declared in run block'
                    f' "{run.name}".',
                    expression.range,
                )
                continue
            known = Known(DYNAMIC_UNKNOWN if value is None else value[0], expression.range)
            (found if name in declared else extra)[name] = known
        for reference in wanted.values():
            if reference.name not in extra:
                known_elsewhere = self._find(reference, diags, missing=False)
                if known_elsewhere is not None:
                    extra[reference.name] = known_elsewhere
        for name, variable in declared.items():
            if name in found:
                continue
            from_file = self.values.get(name)
            if from_file is not None:
                found[name] = from_file
                continue
            raw = self._given.get(name)
            if raw is not None:
                before = len(diags)
                value = (given_values.as_given({name: variable}, {name: raw})[name],)
                given_values.read(variable, raw, diags)
                if not _errors(diags, before):
                    found[name] = Known(value[0], raw.range)
            elif variable.required:
                diags.error(
                    "No value for required variable",
                    f'The module under test for run block "{run.name}" has a required variable "{name}" with no set value.'
                    " Use a -var or -var-file command line argument or add this variable into a \"variables\" block within"
                    " the test file or run block.",
                    variable.range,
                )
        return found, extra

    def context(self, diags: Diagnostics) -> EvalContext:
        """What expressions of the file, such as those of provider blocks, are evaluated in."""
        return EvalContext(_FileScope(self), diags, settings=self._settings)

    def find(self, reference: Reference, diags: Diagnostics) -> Value:
        """The value of a variable that something in the file refers to; what is wrong is reported."""
        known = self._find(reference, diags)
        return DYNAMIC_UNKNOWN if known is None else known.value

    def output(self, reference: Reference, diags: Diagnostics) -> Value:
        """The outputs of a run that something in the file refers to, as an object; what is wrong is reported."""
        name = reference.name
        try:
            outputs = self._outputs(name)
        except KeyError:
            diags.error(
                "Reference to unknown run block",
                f'The run block "{name}" does not exist within this test file.',
                reference.range,
            )
            return DYNAMIC_UNKNOWN
        if outputs is None:
            diags.error(
                "Reference to unevaluated run block",
                f'The run block "{name}" has not been evaluated yet, so its outputs are not available.',
                reference.range,
            )
            return DYNAMIC_UNKNOWN
        return values.object_value(dict(outputs))

    def _find(self, reference: Reference, diags: Diagnostics, *, missing: bool = True) -> Known | None:
        """The value of a variable; one that comes from outside should have been defined, of which this warns."""
        name = reference.name
        known = self.values.get(name) or self._declared.get(name)
        if known is not None:
            return known
        raw = self._given.get(name)
        if raw is None or name in self._file.declared:
            if missing and name not in self._file.declared:
                diags.error(
                    "Reference to unavailable variable",
                    f'The input variable "{name}" does not exist within this test file.',
                    reference.range,
                )
            return None
        diags.warning(
            "Variable referenced without definition",
            f'Variable "{name}" was referenced without providing a definition. {_UNDEFINED}',
            reference.range,
        )
        before = len(diags)
        value = given_values.untyped(raw, diags)
        return None if _errors(diags, before) else Known(value, raw.range)

    def _check_output(self, reference: Reference, outputs: Value, diags: Diagnostics) -> None:
        """Report an output that a run does not have, or that is not known, as the run only plans."""
        step = reference.steps[0] if reference.steps else None
        if not isinstance(step, AttributeStep) or not isinstance(outputs, dict | values.ObjectValue):
            return
        members = outputs if isinstance(outputs, dict) else outputs.attributes
        if step.name not in members:
            diags.error(
                "Unsupported attribute", f'This object does not have an attribute named "{step.name}".', step.range
            )
        elif not values.is_wholly_known(members[step.name]):
            name = reference.name
            planning = any(run.name == name and run.command == "plan" for run in self._file.runs)
            reason = (
                f'Run block "{name}" is executing a "plan" operation, and the specified output value is only known after apply.'
                if planning
                else "It was not known when the run block ended."
            )
            diags.error(
                "Reference to unknown value",
                f"The value for run.{name}.{step.name} is unknown. {reason}",
                reference.range,
            )

    def _value(self, expression: Expression, diags: Diagnostics) -> tuple[Value] | None:
        """The value of an expression; None if something was wrong."""
        before = len(diags)
        cache: dict[str, Value] = {}
        for reference in references(expression, diags, extra_roots=TEST_ROOTS):
            if reference.kind == VARIABLE:
                cache[reference.name] = self.find(reference, diags)
            elif reference.kind == RUN:
                self._check_output(reference, self.output(reference, diags), diags)
            else:
                refuse(reference, diags)
        if _errors(diags, before):
            # Functions that are not there are told of all the same.
            return None
        value = compile_expression(expression, extra_roots=TEST_ROOTS)(
            EvalContext(_FileScope(self, cache), diags, settings=self._settings)
        )
        return None if _errors(diags, before) else (value,)


def refuse(reference: Reference, diags: Diagnostics) -> None:
    """Report a reference to what test files cannot refer to."""
    diags.error(
        "Invalid reference",
        "You can only reference run blocks and variables from within Terraform Test files.",
        reference.range,
    )


def _errors(diags: Diagnostics, before: int) -> bool:
    return any(diags[index].severity == "error" for index in range(before, len(diags)))


class _FileScope:
    """`iacctl.lang.context.Scope` of the expressions of a test file outside of assertions."""

    __slots__ = ("_cache", "_variables")

    def __init__(self, variables: FileVariables, cache: Mapping[str, Value] | None = None) -> None:
        self._variables = variables
        self._cache = cache

    def variable(self, reference: Reference, context: EvalContext) -> Value:
        """`var.NAME`; its warnings have been given where there is a cache."""
        if self._cache is not None and reference.name in self._cache:
            return self._cache[reference.name]
        return self._variables.find(reference, context.diags)

    def resource(self, reference: Reference, context: EvalContext) -> Value:
        """`run.NAME`, where that is not known to be no resource type; nothing else."""
        if reference.kind == RESOURCE and (reference.mode, reference.type) == ("managed", RUN):
            return self._variables.output(reference, context.diags)
        refuse(reference, context.diags)
        return DYNAMIC_UNKNOWN

    def resource_instance(self, reference: Reference, key: int | str, context: EvalContext) -> Value:
        """Nothing has instances here."""
        refuse(reference, context.diags)
        return DYNAMIC_UNKNOWN

    def module_output(self, reference: Reference, key: int | str | None, output: str, context: EvalContext) -> Value:
        """Modules cannot be referred to."""
        refuse(reference, context.diags)
        return DYNAMIC_UNKNOWN

    def other(self, reference: Reference, context: EvalContext) -> Value:
        """`run.NAME`."""
        if reference.kind == RUN:
            return self._variables.output(reference, context.diags)
        refuse(reference, context.diags)
        return DYNAMIC_UNKNOWN

    def _refuse(self, reference: Reference, context: EvalContext) -> Value:
        refuse(reference, context.diags)
        return DYNAMIC_UNKNOWN

    local = module = path = terraform = _refuse

    def provider_function(self, name: str, context: EvalContext) -> Function | None:
        """There are none."""
        return None
