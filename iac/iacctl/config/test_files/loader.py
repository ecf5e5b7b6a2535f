"""The test files of a configuration, with the modules that their runs call for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from iacctl.config import loader
from iacctl.config.bodies import JoinedBody
from iacctl.config.manifest import DATA_FOLDER
from iacctl.config.model import ModuleCall
from iacctl.config.source import join
from iacctl.config.test_files import decode, discovery, mocks
from iacctl.config.test_files.model import DEFAULT_DIRECTORY, Suite
from iacctl.diag import Diagnostics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl.addrs import ModulePath
    from iacctl.config.model import Module
    from iacctl.config.source import Source
    from iacctl.config.test_files.model import TestFile, TestRun

EMPTY_BODY: Final = JoinedBody(())
"""The module block of a run passes no arguments."""


def read(source: Source, root: str = ".", directory: str = DEFAULT_DIRECTORY) -> Suite:
    """Read all test files, without the modules of their runs.

    Args:
        source: where files come from.
        root: the root module's directory.
        directory: the test directory, seen from there.
    """
    diags = Diagnostics()
    files: list[TestFile] = []
    folder = os.path.normpath(directory)
    for name, inside in _names(source, root, folder, diags):
        path = join(root, name)
        body_file = _read_file(source, path, name, diags, inside=inside)
        if body_file is not None:
            files.append(body_file)
    if not diags.has_errors:
        for file in files:
            file.providers = {
                name: mocks.with_directory(block, source, diags) for name, block in file.providers.items()
            }
    return Suite(tuple(sorted(files, key=lambda file: file.name)), diags, folder)


def _names(source: Source, root: str, folder: str, diags: Diagnostics) -> Iterator[tuple[str, bool]]:
    """The paths of test files from the root module's directory, and whether they are in the test directory."""
    found = [(name, False) for name in discovery.test_files(source.list(root) or ())]
    if folder != ".":
        names = source.list(join(root, folder))
        if names is None:
            if folder != DEFAULT_DIRECTORY:
                diags.warning(
                    "Test directory does not exist",
                    f"Requested test directory {join(root, folder)} does not exist.",
                )
        else:
            found += [(join(folder, name), True) for name in discovery.test_files(names)]
    yield from found


def _read_file(source: Source, path: str, name: str, diags: Diagnostics, *, inside: bool) -> TestFile | None:
    body = mocks.read_body(source, path, diags, name)
    if body is None:
        return None
    return decode.decode(body.range.file, body, diags, in_test_directory=inside)


def load_modules(
    source: Source,
    root: Module,
    suite: Suite,
    *,
    data_folder: str = DATA_FOLDER,
    locate: loader.Locate | None = None,
) -> Diagnostics:
    """Read the modules of runs that do not run the root module, into their `config`.

    Args:
        source: where files come from.
        root: the root module.
        suite: the test files, without errors.
        data_folder: where the manifest of installed modules is.
        locate: finds the directories of modules; through the manifest if it is not given.

    Returns:
        What was found.
    """
    found = Diagnostics()
    for file in suite.files:
        for run in file.runs:
            if run.module is None:
                continue
            if locate is None:
                locate = loader.manifest_locator(source, data_folder, found)
                if locate is None:
                    return found
            _load_module(source, root, module_path(file, run), run, locate, found)
    if not found.has_errors:
        for file in suite.files:
            for run in file.runs:
                _check_provider_types(file, run, root, found)
    return found


def _check_provider_types(file: TestFile, run: TestRun, root: Module, diags: Diagnostics) -> None:
    """Report local names that stand for other providers in the test file than in the module that gets them."""
    module = root if run.config is None else run.config.root
    for item in run.providers or ():
        ours, theirs = root.provider_for(item.in_parent.name), module.provider_for(item.in_child.name)
        if ours != theirs:
            diags.error(
                "Provider type mismatch",
                f'The local name "{item.in_parent}" in {file.name} represents provider "{ours}", but "{item.in_child}" in the'
                f' root module represents "{theirs}".\n\nThis means the provider definition for "{item.in_parent}" within'
                f" {file.name}, or other provider definitions with the same name, have been referenced by multiple run blocks"
                " and assigned to different provider types.",
                item.in_parent.range,
            )


def _load_module(
    source: Source, root: Module, path: ModulePath, run: TestRun, locate: loader.Locate, found: Diagnostics
) -> None:
    module = run.module
    assert module is not None
    call = ModuleCall(run.name, EMPTY_BODY, module.range)
    call.source_range = module.source_range
    call.version = module.version
    directory = locate(loader.Request(path, call, module.source, root), found)
    if directory is None:
        return

    def below(request: loader.Request, diags: Diagnostics) -> str | None:
        return locate(request._replace(path=(*path, *request.path)), diags)

    run.config = loader.load(source, directory, locate=below)
    found.extend(run.config.diagnostics)


def module_path(file: TestFile, run: TestRun) -> ModulePath:
    """The path under which the module of a run is installed: `test.DIRECTORY.FILE.RUN`."""
    stem = file.name
    for extension in discovery.EXTENSIONS:
        stem = stem.removesuffix(extension)
    return ("test", *stem.split("/"), run.name)

