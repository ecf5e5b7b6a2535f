"""The same diagnostics as Terraform's `validate`, as far as they need neither evaluation nor a provider."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from iacctl.config import loader, providers, unsupported, validate, variables
from iacctl.config.model import Resource
from iacctl.config.source import DirectorySource
from iacctl.diag import Diagnostics, shown_range
from iacctl.hcl.body import BodySchema
from iacctl.lang.references import references
from iacctl.provider.schema import Attribute, Block
from iacctl.values import DYNAMIC, STRING

from .terraform import Case, Report, all_cases, place, validate_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from iacctl.config.model import Module, ProviderConfig
    from iacctl.diag import Diagnostic
    from iacctl.lang.references import Reference

CASES = all_cases()

# What Terraform finds by evaluating, from schemas, or by looking for plugins.
NOT_FOUND_HERE = re.compile(
    r"Missing required provi(der|sioner plugin)$|Cycle: |Unsupported (attribute|backend type)$|Invalid resource type$"
    r"|Invalid data source$|Invalid index$|Unknown (provider function|variable)$|Call to unknown function$"
    r"|Invalid \"(self|count|each|path|terraform)\"|Reference to \"(count|each)\"|each.value cannot be used"
    r"|Invalid reference$|Reserved symbol name$|Unsupported (argument|block type)$|Missing required argument$"
)
# What iacctl finds although Terraform, which found a provider missing before, does not get as far.
AFTER_PROVIDERS = re.compile(r"Provider configuration not present$|missing provider ")

TERRAFORM_DATA = Block({"input": Attribute(DYNAMIC), "triggers_replace": Attribute(DYNAMIC), "id": Attribute(STRING)})


@pytest.fixture(scope="session")
def terraform_says() -> dict[str, list[Report]]:
    return validate_all(CASES)


def body_references(module: Module, block: Resource | ProviderConfig) -> Iterable[Reference]:
    """The references of the bodies that these configurations have."""
    if not isinstance(block, Resource):
        return []
    names = ("input", "triggers_replace", "backend", "config", "defaults", "workspace")
    content, _ = block.body.partial_content(BodySchema(dict.fromkeys(names, False)), Diagnostics())
    return [found for item in content.attributes.values() for found in references(item.expression)]


def iacctl_says() -> list[Diagnostic]:
    diags = Diagnostics()
    given = variables.gather(DirectorySource(), (), {}, diags)
    config = loader.load(given=given)
    found = Diagnostics([*diags, *(item for item in config.diagnostics if item.tag != unsupported.TAG)])
    if not found.has_errors:
        providers.resolve(config.root, found)
    if not found.has_errors:
        validate.check(
            config.root,
            found,
            body_references=body_references,
            schema_of=lambda resource: TERRAFORM_DATA if resource.type == "terraform_data" else None,
        )
    return list(found)


def report(item: Diagnostic) -> Report:
    where = ""
    if item.subject is not None:
        start, end = shown_range(item.subject)
        where = place(item.subject.file.name, (start.line, start.column), (end.line, end.column))
    return Report(item.severity, where, item.summary, item.detail)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_diagnostics_are_terraforms(
    case: Case, terraform_says: dict[str, list[Report]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    theirs = Counter(item for item in terraform_says[case.id] if not item.place.startswith(":0"))
    ours = Counter(report(item) for item in iacctl_says())
    provider_missing = any(item.summary == "Missing required provider" for item in theirs)
    missing = [item for item in (theirs - ours).elements() if not NOT_FOUND_HERE.match(item.summary)]
    extra = [
        item for item in (ours - theirs).elements() if not (provider_missing and AFTER_PROVIDERS.match(item.summary))
    ]
    assert (missing, extra) == ([], [])
