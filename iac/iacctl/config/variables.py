"""Values for the root module's input variables: where they come from, which one counts, and how they are read.

Later sources win over earlier ones: the environment (`TF_VAR_name`), `terraform.tfvars`, `terraform.tfvars.json`, the
`*.auto.tfvars` and `*.auto.tfvars.json` files in the order of their names, then `-var` and `-var-file` in the order given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from iacctl.config import constants
from iacctl.config.blocks.variables import converted
from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl.body import BodySchema
from iacctl.values import DYNAMIC_UNKNOWN, ConversionError, is_null

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iacctl.config.model import Variable
    from iacctl.config.source import Source
    from iacctl.diag import Range
    from iacctl.hcl.ast import Attribute, Expression
    from iacctl.hcl.body import Body
    from iacctl.values import Value

Origin: TypeAlias = Literal["environment", "automatic file", "file", "argument", "prompt"]
ENVIRONMENT: Final = "environment"
AUTOMATIC_FILE: Final = "automatic file"
FILE: Final = "file"
ARGUMENT: Final = "argument"
PROMPT: Final = "prompt"

_PREFIX: Final = "TF_VAR_"
_DECLARATIONS: Final = BodySchema({}, {"variable": ("name",)})
_SHOWN_UNDECLARED: Final = 2


class RawValue(NamedTuple):
    """A value as it was given, not yet read: how depends on the variable's type.

    Attributes:
        name: the variable's name.
        origin: where it comes from.
        text: what was given outside of files; None for files.
        expression: what a file says; None for the others.
    """

    name: str
    origin: Origin
    text: str | None = None
    expression: Expression | None = None

    @property
    def range(self) -> Range | None:
        """Where in a file it is written."""
        return self.expression.range if self.expression is not None else None


class Option(NamedTuple):
    """`-var` or `-var-file` with its value."""

    kind: Literal["var", "var-file"]
    value: str


def gather(
    source: Source, options: Iterable[Option], environment: Mapping[str, str], diags: Diagnostics
) -> dict[str, RawValue]:
    """All values given, declared or not; of several for one name the one that counts.

    Args:
        source: where variable files come from.
        options: `-var` and `-var-file` in the order given.
        environment: the process's environment.
        diags: gets what cannot be read.
    """
    given = from_environment(environment)
    for name in automatic_files(source):
        given.update(_from_file(source, name, AUTOMATIC_FILE, diags))
    for option in options:
        if option.kind == "var-file":
            given.update(_from_file(source, option.value, FILE, diags))
            continue
        raw = from_argument(option.value, diags)
        if raw is not None:
            given[raw.name] = raw
    return given


def from_environment(environment: Mapping[str, str]) -> dict[str, RawValue]:
    """The values of `TF_VAR_name` variables."""
    return {
        key.removeprefix(_PREFIX): RawValue(key.removeprefix(_PREFIX), ENVIRONMENT, text)
        for key, text in environment.items()
        if key.startswith(_PREFIX)
    }


def automatic_files(source: Source, directory: str = ".") -> list[str]:
    """The variable files of a directory that are read without being asked for, in order."""
    names = source.list(directory) or []
    found: list[str] = [name for name in ("terraform.tfvars", "terraform.tfvars.json") if name in names]
    found.extend(sorted(name for name in names if name.endswith((".auto.tfvars", ".auto.tfvars.json"))))
    return found


def from_directory(source: Source, directory: str, diags: Diagnostics) -> dict[str, RawValue]:
    """The values that the variable files of a directory give; where it is the test directory, only tests see them."""
    given: dict[str, RawValue] = {}
    for name in automatic_files(source, directory):
        given.update(_from_file(source, f"{directory}/{name}", AUTOMATIC_FILE, diags))
    return given


def untyped(raw: RawValue, diags: Diagnostics) -> Value:
    """A value given for a variable that nothing declares: text is an expression. DYNAMIC_UNKNOWN if it was reported."""
    if raw.expression is not None:
        return constants.value(raw.expression, diags)
    return _from_text(raw.name, raw.text or "", diags)


def from_argument(text: str, diags: Diagnostics) -> RawValue | None:
    """The value of `-var name=value`; None if it was reported."""
    name, equals, value = text.partition("=")
    if not equals:
        diags.error(
            "Invalid -var option",
            f'The given -var option "{text}" is not correctly specified. Must be a variable name and value separated by an'
            ' equals sign, like -var="key=value".',
        )
        return None
    if name.endswith(" "):
        diags.error(
            "Invalid -var option",
            f'Variable name "{name}" is invalid due to trailing space. Did you mean -var="{name[:-1]}={value}"?',
        )
        return None
    return RawValue(name, ARGUMENT, value)


def from_prompt(name: str, text: str) -> RawValue:
    """What a person answered when asked for a variable."""
    return RawValue(name, PROMPT, text)


def _from_file(source: Source, path: str, origin: Origin, diags: Diagnostics) -> dict[str, RawValue]:
    try:
        data = source.read(path)
    except FileNotFoundError:
        diags.error("Failed to read variables file", f"Given variables file {path} does not exist.")
        return {}
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        diags.error("Failed to read variables file", f"Error while reading {path}: read {path}: {reason}.")
        return {}
    return from_text(path, data, origin, diags)


def from_text(path: str, data: bytes, origin: Origin, diags: Diagnostics) -> dict[str, RawValue]:
    """The values that a variable file sets; none at all if something is wrong with it.

    Args:
        path: the file's name; one that ends in `.json` is read as JSON.
        data: its content.
        origin: whether it was asked for.
        diags: gets the reports.
    """
    file = SourceFile.from_bytes(path, data)
    before = len(diags)
    body: Body
    if path.endswith(".json"):
        from iacctl.hcl import json_syntax

        body = json_syntax.parse_config(file, diags)
    else:
        from iacctl.hcl import parser

        body = parser.parse_config(file, diags)
    if _has_errors(diags, before):
        return {}
    declarations, _ = body.partial_content(_DECLARATIONS, Diagnostics())
    for block in declarations.blocks:
        diags.error(
            "Variable declaration in .tfvars file",
            "A .tfvars file is used to assign values to variables that have already been declared in .tf files, not to"
            f' declare new variables. To declare variable "{block.labels[0]}", place this block in one of your .tf files,'
            f" such as variables.tf.\n\nTo set a value for this variable in {path}, use the definition syntax instead:\n"
            f"    {block.labels[0]} = <value>",
            block.type_range,
        )
    if declarations.blocks:
        return {}
    attributes: dict[str, Attribute] = body.just_attributes(diags)
    return {name: RawValue(name, origin, expression=attribute.expression) for name, attribute in attributes.items()}


def _has_errors(diags: Diagnostics, since: int) -> bool:
    return any(diags[index].severity == "error" for index in range(since, len(diags)))


def check_undeclared(variables: Mapping[str, Variable], given: Mapping[str, RawValue], diags: Diagnostics) -> None:
    """Report values for variables that the root module does not declare; those in the environment are nobody's mistake."""
    in_files = 0
    for name, raw in given.items():
        if name in variables or raw.origin == ENVIRONMENT:
            continue
        if raw.origin == ARGUMENT:
            diags.error(
                "Value for undeclared variable",
                f'A variable named "{name}" was assigned on the command line, but the root module does not declare a'
                ' variable of that name. To use this value, add a "variable" block to the configuration.',
            )
        elif raw.expression is not None:
            in_files += 1
            if in_files <= _SHOWN_UNDECLARED:
                diags.warning(
                    "Value for undeclared variable",
                    f'The root module does not declare a variable named "{name}" but a value was found in file'
                    f' "{raw.expression.file.name}". If you meant to use this value, add a "variable" block to the'
                    " configuration.\n\nTo silence these warnings, use TF_VAR_... environment variables to provide certain"
                    ' "global" settings to all configurations in your organization. To reduce the verbosity of these'
                    " warnings, use the -compact-warnings option.",
                )
    if in_files > _SHOWN_UNDECLARED:
        diags.warning(
            "Values for undeclared variables",
            "In addition to the other similar warnings shown,"
            f" {in_files - _SHOWN_UNDECLARED} other variable(s) defined without being declared.",
        )


def missing(variables: Mapping[str, Variable], given: Mapping[str, RawValue]) -> list[Variable]:
    """The variables that need a value and have none, in the order of their names: what to ask a person for."""
    return [variables[name] for name in sorted(variables) if variables[name].required and name not in given]


def values_of(variables: Mapping[str, Variable], given: Mapping[str, RawValue], diags: Diagnostics) -> dict[str, Value]:
    """The values of variables, of their types.

    Args:
        variables: the variables declared; values for others are passed over (see `check_undeclared`).
        given: see `gather`.
        diags: gets what is missing or unsuitable.

    Returns:
        The values by name. Where a null was given to a variable that is not nullable, it is the default.
    """
    found: dict[str, Value] = {}
    for name, variable in variables.items():
        raw = given.get(name)
        if raw is not None:
            value = read(variable, raw, diags)
            if value is not None:
                found[name] = value[0]
        elif variable.has_default:
            found[name] = variable.default
        else:
            diags.error(
                "No value for required variable",
                f'The root module input variable "{name}" is not set, and has no default value. Use a -var or -var-file'
                " command line argument to provide a value for this variable.",
                variable.range,
            )
    return found


def as_given(variables: Mapping[str, Variable], given: Mapping[str, RawValue]) -> dict[str, Value]:
    """The values before their conversion to the variables' types: what Terraform shows as `variables` of a plan.

    Args:
        variables: the variables declared.
        given: values that `values_of` has accepted.

    Returns:
        The values by name; defaults, which are converted, where nothing was given.
    """
    found: dict[str, Value] = {}
    for name, variable in variables.items():
        raw = given.get(name)
        if raw is not None:
            found[name] = _parse(variable, raw, Diagnostics())
        elif variable.has_default:
            found[name] = variable.default
    return found


def read(variable: Variable, raw: RawValue, diags: Diagnostics) -> tuple[Value] | None:
    """One value given, of the variable's type; None if it was reported."""
    before = len(diags)
    value = _parse(variable, raw, diags)
    if _has_errors(diags, before) or value is DYNAMIC_UNKNOWN:
        return None
    try:
        value = converted(variable, value)
    except ConversionError as error:
        _report_unsuitable(variable, raw, error.message, diags)
        return None
    if variable.nullable or not is_null(value):
        return (value,)
    if variable.has_default:
        return (variable.default,)
    place = raw.range
    diags.error(
        "Required variable not set",
        f"The given value is not suitable for var.{variable.name} defined at {variable.range}: required variable may not be"
        " set to null.",
        variable.range if place is None or variable.sensitive else place,
    )
    return None


def _parse(variable: Variable, raw: RawValue, diags: Diagnostics) -> Value:
    if raw.expression is not None:
        return constants.value(raw.expression, diags)
    text = raw.text or ""
    return _normal(text) if variable.literal else _from_text(variable.name, text, diags)


def _from_text(name: str, text: str, diags: Diagnostics) -> Value:
    """The value of an expression that was given on the command line or in the environment."""
    from iacctl.hcl import parser

    file = SourceFile(f"<value for var.{name}>", text)
    file.quotable = False
    before = len(diags)
    expression = parser.parse_expression(file, diags)
    return DYNAMIC_UNKNOWN if _has_errors(diags, before) else constants.value(expression, diags)


def _normal(text: str) -> str:
    """Strings are in Unicode's normal form C everywhere."""
    if text.isascii():
        return text
    import unicodedata

    return unicodedata.normalize("NFC", text)


def _report_unsuitable(variable: Variable, raw: RawValue, problem: str, diags: Diagnostics) -> None:
    name = variable.name
    place = raw.range
    subject = variable.range
    if place is not None and variable.sensitive:
        detail = (
            f"The given value is not suitable for var.{name}, which is sensitive: {problem}. Invalid value defined at"
            f" {place}."
        )
    elif place is not None:
        detail = f"The given value is not suitable for var.{name} declared at {variable.range}: {problem}."
        subject = place
    elif raw.origin == ENVIRONMENT:
        detail = f"Unsuitable value for var.{name} set using the TF_VAR_{name} environment variable: {problem}."
    elif raw.origin == PROMPT:
        detail = f"Unsuitable value for var.{name} set using an interactive prompt: {problem}."
    else:
        detail = f'Unsuitable value for var.{name} set using -var="{name}=...": {problem}.'
    diags.error("Invalid value for input variable", detail, subject)
