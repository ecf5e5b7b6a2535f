"""`run` blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.config import conditions, constants, traversals
from iacctl.config.blocks import modules
from iacctl.config.names import check_name
from iacctl.config.test_files import mocks
from iacctl.config.test_files.model import PlanOptions, RunModule, TestRun
from iacctl.hcl import static
from iacctl.hcl.body import BodySchema

if TYPE_CHECKING:
    from iacctl.config.test_files.model import Override, PlanMode
    from iacctl.diag import Diagnostics, Range
    from iacctl.hcl.ast import Attribute, Expression, ScopeTraversal
    from iacctl.hcl.body import Block

SCHEMA: Final = BodySchema(
    {
        "command": False,
        "providers": False,
        "expect_failures": False,
        "state_key": False,
        "parallel": False,
        "skip_cleanup": False,
    },
    {
        "plan_options": (),
        "assert": (),
        "variables": (),
        "module": (),
        "override_resource": (),
        "override_data": (),
        "override_module": (),
        "backend": ("name",),
    },
)
_PLAN_OPTIONS: Final = BodySchema({"mode": False, "refresh": False, "replace": False, "target": False})
_MODULE: Final = BodySchema({"source": False, "version": False})
_SKIP_CLEANUP: Final = "The skip_cleanup attribute is only available in experimental builds of Terraform."
_ARTICLES: Final = {"variables": "variables", "plan_options": "plan_options", "module": "module"}


def decode(block: Block, diags: Diagnostics) -> TestRun:
    """A run block."""
    content = block.body.content(SCHEMA, diags)
    run = TestRun(block.labels[0], block.definition_range)
    check_name(run.name, "run block", block.label_ranges[0], diags)
    overrides: list[Override] = []
    seen: dict[str, Range] = {}
    backend: Range | None = None
    for nested in content.blocks:
        kind = nested.type
        if kind == "assert":
            condition = conditions.decode(nested, diags)
            if condition is not None:
                run.assertions.append(condition)
        elif kind in _ARTICLES:
            first = seen.get(kind)
            if first is not None:
                diags.error(
                    f'Multiple "{kind}" blocks',
                    f"This run block already has a {kind} block defined at {first}.",
                    nested.definition_range,
                )
                continue
            _decode_single(nested, run, diags)
            if kind != "module" or run.module is not None:
                seen[kind] = nested.definition_range
        elif kind == "backend":
            diags.error(
                "Invalid block",
                "The backend block is only available within run blocks in experimental builds of Terraform.",
                nested.definition_range,
            )
            if backend is not None:
                diags.error(
                    "Duplicate backend blocks",
                    f'A backend block has already been defined inside the run "{run.name}" at {backend}.',
                    nested.definition_range,
                )
            backend = backend or nested.definition_range
        else:
            mocks.add_override(overrides, nested, diags)
    run.overrides = tuple(overrides)
    _decode_arguments(content.attributes, run, diags)
    return run


def _decode_single(block: Block, run: TestRun, diags: Diagnostics) -> None:
    """A block of a type that may be there once."""
    if block.type == "variables":
        run.variables = variables(block, diags)
    elif block.type == "plan_options":
        run.plan_options = _plan_options(block, diags)
    else:
        run.module = _module(block, diags)


def variables(block: Block, diags: Diagnostics) -> dict[str, Expression]:
    """The values of a `variables` block."""
    return {name: attribute.expression for name, attribute in block.body.just_attributes(diags).items()}


def _decode_arguments(attributes: dict[str, Attribute], run: TestRun, diags: Diagnostics) -> None:
    command = attributes.get("command")
    if command is not None:
        word = static.keyword(command.expression)
        if word == "apply":
            run.command = "apply"
        elif word == "plan":
            run.command = "plan"
        else:
            diags.error(
                'Invalid "command" keyword',
                'The "command" argument requires one of the following keywords without quotes: apply or plan.',
                command.expression.range,
            )
    if "providers" in attributes:
        run.providers = modules.passed_providers(attributes["providers"].expression, diags)
    if "expect_failures" in attributes:
        run.expect_failures = _traversals(attributes["expect_failures"], diags)
    if "state_key" in attributes:
        run.state_key = constants.string(attributes["state_key"], diags)
    if "parallel" in attributes:
        run.parallel = constants.boolean(attributes["parallel"], diags)
    if "skip_cleanup" in attributes:
        refuse_skip_cleanup(attributes["skip_cleanup"], diags)


def refuse_skip_cleanup(attribute: Attribute, diags: Diagnostics) -> None:
    """Report `skip_cleanup`, which releases of Terraform do not have."""
    diags.error("Invalid attribute", _SKIP_CLEANUP, attribute.name_range)
    constants.boolean(attribute, diags)


def _traversals(attribute: Attribute, diags: Diagnostics) -> tuple[ScopeTraversal, ...]:
    found: list[ScopeTraversal] = []
    for item in static.items(attribute.expression, diags) or ():
        traversal = static.traversal(traversals.unquoted(item, diags), diags)
        if traversal is not None:
            found.append(traversal)
    return tuple(found)


def _plan_options(block: Block, diags: Diagnostics) -> PlanOptions:
    attributes = block.body.content(_PLAN_OPTIONS, diags).attributes
    mode: PlanMode = "normal"
    if "mode" in attributes:
        word = static.keyword(attributes["mode"].expression)
        if word == "refresh-only":
            mode = "refresh-only"
        elif word != "normal":
            diags.error(
                'Invalid "mode" keyword',
                'The "mode" argument requires one of the following keywords without quotes: normal or refresh-only',
                attributes["mode"].expression.range,
            )
    refresh: bool | None = True
    if "refresh" in attributes:
        refresh = constants.boolean(attributes["refresh"], diags)
    replace = _traversals(attributes["replace"], diags) if "replace" in attributes else ()
    targets = _traversals(attributes["target"], diags) if "target" in attributes else ()
    return PlanOptions(mode, refresh is not False, replace, targets, block.definition_range)


def _module(block: Block, diags: Diagnostics) -> RunModule | None:
    from iacctl.config import module_sources, requirements

    attributes = block.body.content(_MODULE, diags).attributes
    before = len(diags)
    version = None
    if "version" in attributes:
        requirement = requirements.version_constraint(attributes["version"], diags)
        version = None if requirement is None else requirement.constraints
    if "source" not in attributes:
        diags.error(
            'Missing "source" attribute for module block',
            "You must specify a source attribute when executing alternate modules during test executions.",
            block.definition_range,
        )
        return None
    text = constants.string(attributes["source"], diags)
    if text is None or len(diags) > before:
        return None
    try:
        source = module_sources.parse(text, versioned=version is not None)
    except module_sources.SourceError as error:
        diags.error(error.summary, str(error), attributes["source"].range)
        return None
    return RunModule(source, attributes["source"].range, version, block.definition_range)
