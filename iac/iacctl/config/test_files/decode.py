"""One test file: from its body to its declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.config import constants
from iacctl.config.blocks import providers
from iacctl.config.blocks import variables as variable_blocks
from iacctl.config.test_files import mocks, runs
from iacctl.config.test_files.model import ProviderBlock, TestFile
from iacctl.diag import Diagnostics
from iacctl.hcl.body import BodySchema

if TYPE_CHECKING:
    from iacctl.config.test_files.model import Override
    from iacctl.diag import Range, SourceFile
    from iacctl.hcl.body import Block, Body

SCHEMA: Final = BodySchema(
    {},
    {
        "test": (),
        "run": ("name",),
        "variables": (),
        "variable": ("name",),
        "provider": ("name",),
        "mock_provider": ("name",),
        "override_resource": (),
        "override_data": (),
        "override_module": (),
    },
)
_TEST: Final = BodySchema({"parallel": False, "skip_cleanup": False})


def decode(file: SourceFile, body: Body, diags: Diagnostics, *, in_test_directory: bool) -> TestFile:
    """Read the body of a test file.

    Args:
        file: the file.
        body: as parsed.
        diags: gets the reports.
        in_test_directory: see `TestFile`.
    """
    return _Decoder(file, diags, in_test_directory).decode(body)


class _Decoder:
    __slots__ = ("_diags", "_file", "_first", "_overrides", "_ranges")

    def __init__(self, file: SourceFile, diags: Diagnostics, in_test_directory: bool) -> None:
        self._file = TestFile(file, in_test_directory=in_test_directory)
        self._diags = diags
        self._first: dict[str, Range] = {}
        self._overrides: list[Override] = []
        self._ranges: dict[str, Range] = {}

    def decode(self, body: Body) -> TestFile:
        content = body.content(SCHEMA, self._diags)
        settings = [block for block in content.blocks if block.type == "test"]
        for block in settings[1:]:
            self._diags.error(
                'Multiple "test" blocks',
                f'This test file already has a "test" block defined at {settings[0].definition_range}.',
                block.definition_range,
            )
        if len(settings) > 1:
            return self._file
        for block in settings:
            self._settings(block)
        for block in content.blocks:
            if block.type != "test":
                self._add(block)
        self._file.overrides = tuple(self._overrides)
        return self._file

    def _settings(self, block: Block) -> None:
        attributes = block.body.content(_TEST, self._diags).attributes
        if "parallel" in attributes:
            self._file.parallel = bool(constants.boolean(attributes["parallel"], self._diags))
        if "skip_cleanup" in attributes:
            runs.refuse_skip_cleanup(attributes["skip_cleanup"], self._diags)

    def _add(self, block: Block) -> None:
        kind = block.type
        if kind == "run":
            self._add_run(block)
        elif kind == "variable":
            self._add_variable(block)
        elif kind == "variables":
            first = self._first.setdefault("variables", block.definition_range)
            if first == block.definition_range:
                self._file.variables = runs.variables(block, self._diags)
            else:
                self._diags.error(
                    'Multiple "variables" blocks',
                    f"This test file already has a variables block defined at {first}.",
                    block.definition_range,
                )
        elif kind in mocks.OVERRIDE_BLOCKS:
            mocks.add_override(self._overrides, block, self._diags)
        else:
            self._add_provider(block)

    def _add_run(self, block: Block) -> None:
        run = runs.decode(block, self._diags)
        known = next((item for item in self._file.runs if item.name == run.name), None)
        if known is not None:
            self._diags.error(
                'Duplicate "run" block names',
                f"This test file already has a run named {run.name} block defined at {known.range}.",
                block.label_ranges[0],
            )
            return
        self._file.runs.append(run)

    def _add_variable(self, block: Block) -> None:
        variable = variable_blocks.decode(block, self._diags)
        known = self._file.declared.setdefault(variable.name, variable)
        if known is not variable:
            self._diags.error(
                'Duplicate "variable" block names',
                f"This test file already has a variable named {variable.name} defined at {known.range}.",
                variable.range,
            )

    def _real_provider(self, block: Block) -> ProviderBlock:
        found = Diagnostics()
        provider = ProviderBlock(providers.decode(block, found), None)
        for item in found:
            if item.summary != providers.DEPRECATED_VERSION:
                self._diags.append(item)
                continue
            self._diags.error(
                "Version constraints are not allowed in test files",
                "Version constraints inside provider configuration blocks are not allowed in test files. To silence this"
                " error, move the provider version constraint into the required_providers block of the configuration that"
                " uses this provider.",
                item.subject,
            )
        return provider

    def _add_provider(self, block: Block) -> None:
        if block.type == "provider":
            provider = self._real_provider(block)
        else:
            provider = mocks.decode_mock_provider(block, self._diags)
        name = provider.name
        if name in self._file.providers:
            self._diags.error(
                "Duplicate provider block",
                f"A provider for {name} is already defined at {self._ranges[name]}.",
                provider.config.range,
            )
            return
        self._ranges[name] = block.label_ranges[0]
        self._file.providers[name] = provider
