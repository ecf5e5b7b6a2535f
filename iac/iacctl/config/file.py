"""What one configuration file declares, before the files of a module come together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.config.blocks import outputs, resources, variables
from iacctl.hcl.body import BodySchema

if TYPE_CHECKING:
    from iacctl.config.actions import Action
    from iacctl.config.blocks.encryption import Encryption
    from iacctl.config.model import (
        Backend,
        Check,
        Import,
        Local,
        ModuleCall,
        Moved,
        Output,
        ProviderConfig,
        Removed,
        RequiredProvider,
        Resource,
        Variable,
        VersionRequirement,
    )
    from iacctl.config.queries import ListBlock
    from iacctl.diag import Diagnostics, Range, SourceFile
    from iacctl.hcl.body import Block, Body

SCHEMA: Final = BodySchema(
    {},
    {
        "terraform": (),
        "required_providers": (),
        "provider": ("name",),
        "variable": ("name",),
        "locals": (),
        "output": ("name",),
        "module": ("name",),
        "resource": ("type", "name"),
        "data": ("type", "name"),
        "ephemeral": ("type", "name"),
        "moved": (),
        "removed": (),
        "import": (),
        "check": ("name",),
        "action": ("type", "name"),
    },
)


class File:
    """The declarations of one file, in source order."""

    __slots__ = (
        "actions",
        "backends",
        "checks",
        "clouds",
        "encryptions",
        "imports",
        "lists",
        "locals",
        "module_calls",
        "moved",
        "outputs",
        "provider_configs",
        "provider_meta",
        "removed",
        "required_providers",
        "required_versions",
        "resources",
        "source",
        "variables",
    )

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.required_versions: list[VersionRequirement] = []
        self.required_providers: list[tuple[Range, dict[str, RequiredProvider]]] = []
        self.backends: list[Backend] = []
        self.clouds: list[Range] = []
        self.encryptions: list[Encryption] = []
        self.provider_meta: list[Block] = []
        self.provider_configs: list[ProviderConfig] = []
        self.variables: list[Variable] = []
        self.locals: list[Local] = []
        self.outputs: list[Output] = []
        self.module_calls: list[ModuleCall] = []
        self.resources: list[Resource] = []
        self.moved: list[Moved] = []
        self.removed: list[Removed] = []
        self.imports: list[Import] = []
        self.checks: list[tuple[Check, Resource | None]] = []
        self.actions: list[Action] = []
        self.lists: list[ListBlock] = []


def decode(source: SourceFile, body: Body, diags: Diagnostics, *, override: bool = False) -> File:
    """Read the body of a file.

    Args:
        source: the file.
        body: as parsed.
        diags: gets the reports.
        override: whether this is an override file, whose blocks may lack required arguments.
    """
    file = File(source)
    content = body.content(SCHEMA, diags)
    for block in content.blocks:
        kind = block.type
        if kind == "resource":
            file.resources.append(resources.decode(block, diags, override=override))
        elif kind == "data":
            file.resources.append(resources.decode_data(block, diags, override=override))
        elif kind == "variable":
            file.variables.append(variables.decode(block, diags, override=override))
        elif kind == "output":
            file.outputs.append(outputs.decode(block, diags, override=override))
        elif kind == "locals":
            file.locals.extend(outputs.decode_locals(block, diags))
        elif kind == "module":
            from iacctl.config.blocks import modules

            file.module_calls.append(modules.decode(block, diags, override=override))
        else:
            _decode_rarer(block, file, diags, override)
    return file


def _decode_rarer(block: Block, file: File, diags: Diagnostics, override: bool) -> None:
    kind = block.type
    if kind == "terraform":
        from iacctl.config.blocks import terraform

        terraform.decode(block, file, diags)
    elif kind == "provider":
        from iacctl.config.blocks import providers

        file.provider_configs.append(providers.decode(block, diags))
    elif kind in ("moved", "import", "removed"):
        _decode_refactoring(block, file, diags)
    elif kind == "check":
        _decode_check(block, file, diags, override)
    elif kind == "ephemeral":
        file.resources.append(resources.decode_ephemeral(block, diags, override=override))
    elif kind == "required_providers":
        diags.error(
            "Invalid required_providers block",
            'A "required_providers" block must be nested inside a "terraform" block.',
            block.type_range,
        )
    else:
        from iacctl.config.blocks import actions

        file.actions.append(actions.decode(block, diags))


def _decode_refactoring(block: Block, file: File, diags: Diagnostics) -> None:
    from iacctl.config.blocks import refactoring

    if block.type == "moved":
        moved = refactoring.decode_moved(block, diags)
        if moved is not None:
            file.moved.append(moved)
    elif block.type == "import":
        imported = refactoring.decode_import(block, diags)
        if imported is not None:
            file.imports.append(imported)
    else:
        removed = refactoring.decode_removed(block, diags)
        if removed is not None:
            file.removed.append(removed)


def _decode_check(block: Block, file: File, diags: Diagnostics, override: bool) -> None:
    if override:
        diags.error(
            "Can't override check blocks", "Override files cannot override check blocks.", block.definition_range
        )
        return
    from iacctl.config.blocks import checks

    file.checks.append(checks.decode(block, diags))
