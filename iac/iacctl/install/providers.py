"""A provider for every requirement of a configuration, out of those that are at hand.

Providers that run in this process are chosen by version constraint like any other, but never recorded in
`.terraform.lock.hcl`, which Terraform reads too: the choice is noted in a file of its own.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol

from iacctl.addrs import BUILTIN_TERRAFORM, Provider
from iacctl.config.providers import requirements
from iacctl.config.versions import Constraint, VersionError, parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.config.model import Module, VersionRequirement
    from iacctl.diag import Diagnostics

NOTE: Final = "iacctl-providers.json"
"""The file in the data folder where the choice of in-process providers is noted."""

_OPERATOR_ORDER: Final = ("!=", "=", ">", ">=", "~>", "<", "<=")


class Available(Protocol):
    """The providers at hand."""

    def version(self, source: Provider) -> str | None:
        """The version of a provider; "" if it meets every constraint, None if there is no such provider."""

    def sources(self) -> Iterable[Provider]:
        """The source addresses of all of them."""


class Selection(NamedTuple):
    """The provider chosen for a requirement.

    Attributes:
        source: its source address.
        version: its version; None for a built-in one, which has the program's.
        kind: whether it is part of Terraform itself, or one of those that run in this process.
        constraints: the constraints it was chosen by, in their normal form; empty if there are none.
    """

    source: Provider
    version: str | None
    kind: Literal["built-in", "in-process"]
    constraints: str = ""


def select(
    root: Module, available: Available, diags: Diagnostics, others: Iterable[Module] = ()
) -> list[Selection]:
    """Choose a provider for each requirement of a tree.

    Args:
        root: a tree that was loaded without errors.
        available: the providers that run in this process.
        diags: gets requirements that nothing meets.
        others: roots of further trees that the providers are for as well.

    Returns:
        The choices in the order of source addresses.
    """
    found: list[Selection] = []
    for source, wanted in requirements(root, *others).items():
        chosen = _select_one(source, wanted, available, diags)
        if chosen is not None:
            found.append(chosen)
    return found


def _select_one(
    source: Provider, wanted: list[VersionRequirement], available: Available, diags: Diagnostics
) -> Selection | None:
    if source.is_builtin:
        return _select_builtin(source, wanted, diags)
    version = available.version(source)
    if version is None:
        report_unknown(source, available, diags)
        return None
    constraints = normal_text(item for requirement in wanted for item in requirement.constraints.items)
    if _meets(version, wanted):
        return Selection(source, version, "in-process", constraints)
    shown = source.for_display()
    diags.error(
        "Failed to query available provider packages",
        f"Could not retrieve the list of available versions for provider {shown}: no available releases match the given"
        f" constraints {constraints}\n\nThe version at hand, which is part of this installation, is {version}.\n\nTo see which"
        f" modules are currently depending on {shown} and what versions are specified, run the following command:\n"
        "    terraform providers",
    )
    return None


def _meets(version: str, wanted: Iterable[VersionRequirement]) -> bool:
    if not version:
        return True
    try:
        parsed = parse_version(version)
    except VersionError:
        return False
    return all(requirement.constraints.allows(parsed) for requirement in wanted)


def _select_builtin(source: Provider, wanted: list[VersionRequirement], diags: Diagnostics) -> Selection | None:
    if source != BUILTIN_TERRAFORM:
        problem = f'this Terraform release has no built-in provider named "{source.type}"'
    elif wanted:
        problem = "built-in providers do not support explicit version constraints"
    else:
        return Selection(source, None, "built-in")
    diags.error("Invalid dependency on built-in provider", f"Cannot use {source}: {problem}.")
    return None


def report_unknown(source: Provider, available: Available, diags: Diagnostics) -> None:
    """Say that there is no provider for a source address."""
    shown = source.for_display()
    hint = ""
    other = next((known for known in sorted(available.sources()) if known.type == source.type), None)
    if other is not None:
        hint = (
            f"\n\nDid you intend to use {other.for_display()}? If so, you must specify that source address in each module which"
            f" requires that provider. To see which modules are currently depending on {shown}, run the following command:\n"
            "    terraform providers"
        )
    diags.error(
        "Failed to query available provider packages",
        f"Could not retrieve the list of available versions for provider {shown}: provider {source} was not found in any of the"
        " search locations\n\n  - the providers that are part of this installation\n  - the providers of installed Python"
        f" packages{hint}",
    )


def normal_text(items: Iterable[Constraint]) -> str:
    """Constraints as messages show them: distinct, in the order of versions, with `=` left out."""
    distinct = {str(item): item for item in items}
    ordered = sorted(distinct.values(), key=lambda item: (item.version.order(), _OPERATOR_ORDER.index(item.operator)))
    return ", ".join(_constraint_text(item) for item in ordered)


def _constraint_text(item: Constraint) -> str:
    version = item.version
    if item.operator == "~>" and version.given < len(version.numbers):
        version = version._replace(numbers=version.numbers[: max(version.given, 1)])
    return str(version) if item.operator == "=" else f"{item.operator} {version}"


def check_available(root: Module, available: Available, diags: Diagnostics) -> None:
    """Report requirements for which there is no provider, as `validate` does."""
    for source in requirements(root):
        if source != BUILTIN_TERRAFORM and available.version(source) is None:
            diags.error(
                "Missing required provider",
                f"This configuration requires provider {source}, but that provider isn't available. You may be able to install"
                " it automatically by running:\n  terraform init",
            )


def check_versions(root: Module, available: Available, diags: Diagnostics) -> None:
    """Report version constraints that the providers at hand do not meet, for operations on a directory that changed since
    `init`, or never saw it.
    """
    wanted: dict[Provider, list[VersionRequirement]] = {}
    for module in root.walk():
        for required in module.required_providers.values():
            if required.requirement is not None:
                wanted.setdefault(required.source, []).append(required.requirement)
        for config in module.provider_configs.values():
            if config.version is not None:
                wanted.setdefault(module.provider_for(config.local_name), []).append(config.version)
    lines: list[str] = []
    for source, constraints in sorted(wanted.items()):
        version = available.version(source)
        if source.is_builtin or version is None or _meets(version, constraints):
            continue
        text = normal_text(item for requirement in constraints for item in requirement.constraints.items)
        lines.append(
            f"  - provider {source}: version selection {version} doesn't match the version constraints"
            f' "{text}"'
        )
    if lines:
        diags.error(
            "Inconsistent dependency lock file",
            "The following dependency selections recorded in the lock file are inconsistent with the current configuration:\n"
            + "\n".join(lines)
            + "\n\nThese providers are part of this installation of iacctl and have the versions of the providers that they stand"
            " in for. Change the version constraints, or use an installation that has other versions.",
        )


def record(data_folder: str, selections: Iterable[Selection]) -> None:
    """Note the in-process providers chosen; without any, remove an earlier note.

    Args:
        data_folder: the folder `.terraform`, wherever it is.
        selections: what was chosen.

    Raises:
        OSError: the note cannot be written.
    """
    import json

    path = os.path.join(data_folder, NOTE)  # noqa: PTH118
    chosen = {
        str(item.source): {"version": item.version, "constraints": item.constraints}
        for item in selections
        if item.kind == "in-process"
    }
    if not chosen:
        if os.path.exists(path):  # noqa: PTH110
            os.remove(path)  # noqa: PTH107
        return
    os.makedirs(data_folder, exist_ok=True)  # noqa: PTH103
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"format_version": 1, "providers": chosen}, file, indent=2)
        file.write("\n")


def recorded(data_folder: str) -> dict[Provider, str]:
    """The versions of the in-process providers that were chosen when the directory was initialized.

    A note that is missing or damaged counts as empty: it says nothing that cannot be found out again.
    """
    import json

    from iacctl.addrs import parse_provider_source

    try:
        with open(os.path.join(data_folder, NOTE), encoding="utf-8") as file:  # noqa: PTH118
            noted = json.load(file)["providers"]
        versions = {text: str(entry["version"]) for text, entry in sorted(noted.items())}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    found = ((parse_provider_source(text), version) for text, version in versions.items())
    return {source: version for source, version in found if source is not None}
