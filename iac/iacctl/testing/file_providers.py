"""The provider blocks of a test file, looked at before any run begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Diagnostics
from iacctl.eval import bodies
from iacctl.eval.providers import UnknownProviderError
from iacctl.lang.references import RUN

if TYPE_CHECKING:
    from iacctl.config.model import Module
    from iacctl.config.test_files.model import TestFile
    from iacctl.eval.providers import ProviderPool
    from iacctl.testing.variables import FileVariables


def check(
    file: TestFile, root: Module, providers: ProviderPool, variables: FileVariables, diags: Diagnostics
) -> set[str]:
    """Evaluate the blocks of real providers, as far as they do not need what runs come to.

    Args:
        file: the test file.
        root: the root module, which says what local names stand for.
        providers: give schemas.
        variables: the file's variables.
        diags: gets what is wrong.

    Returns:
        The names of the providers that something is wrong with.
    """
    failed: set[str] = set()
    for name, block in file.providers.items():
        if block.mock is not None:
            continue
        try:
            schema = providers.schema(root.provider_for(block.config.local_name)).provider
        except UnknownProviderError:
            continue  # what the run that needs it reports
        found = Diagnostics()
        body = bodies.compile_body(block.config.body, schema.block, found)
        needs_runs = any(RUN in (reference.kind, reference.type) for reference in body.references())
        if body.sound and not needs_runs and not found.has_errors:
            body.evaluate(variables.context(found))
        if found.has_errors:
            failed.add(name)
        diags.extend(item for item in found if item.severity == "error")
    return failed
