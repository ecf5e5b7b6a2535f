"""Plan files: everything that an apply needs, as a zip archive of JSON data and configuration files.

Nothing in it is code, and nothing in it is looked up again when the plan is applied: configuration, variables and prior
state are inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iacctl.addrs import AbsResource, ResourceInstance, parse_abs_provider_config, parse_resource_instance, parse_target
from iacctl.addrs.actions import parse_action, parse_action_instance
from iacctl.config import loader
from iacctl.config.source import MemorySource
from iacctl.plan import changes, codec
from iacctl.plan.invocations import ActionInvocation, LifecycleTrigger
from iacctl.plan.model import Options, Plan, RelevantAttribute
from iacctl_state import json_text
from iacctl_state.errors import FormatError
from iacctl_state.reader import parse
from iacctl_state.writer import serialize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.addrs import AbsProviderConfig
    from iacctl.provider.schema import Schema
    from iacctl.values import Value

FORMAT: Final = 1
_MAIN: Final = "iacctl-plan.json"
_PRIOR: Final = "tfstate"
_PREVIOUS: Final = "tfstate-prev"
_CONFIG: Final = "config/"
_LIMIT: Final = 2 * 1024 * 1024 * 1024
"""Bytes that a plan file may unpack to."""


class PlanFileError(Exception):
    """The file is no plan that can be applied; the text says why."""


class SavedBackend(NamedTuple):
    """Where the state is that a plan was made from.

    Attributes:
        type: the backend's type.
        workspace: the workspace.
        lineage, serial: of the state that was read.
        arguments: the backend's arguments as JSON data.
    """

    type: str
    workspace: str
    lineage: str
    serial: int
    arguments: Mapping[str, Any] = {}


class SavedPlan(NamedTuple):
    """What a plan file holds.

    Attributes:
        plan: the plan, with the configuration it was made from.
        backend: where its state is.
        ephemeral_variables: names of variables whose values have to be given again.
    """

    plan: Plan
    backend: SavedBackend
    ephemeral_variables: tuple[str, ...]


def write(path: str, plan: Plan, backend: SavedBackend, manifest: bytes | None) -> None:
    """Write a plan file, readable by its owner alone.

    Args:
        path: the file; it is replaced as a whole, unless it is a device or a pipe.
        plan: the plan.
        backend: where its state is.
        manifest: the manifest of installed modules, if there is one.

    Raises:
        OSError: it cannot be written.
    """
    import os
    import zipfile

    ephemeral = {name for name, item in plan.config.root.variables.items() if item.ephemeral}
    main = {
        "format": FORMAT,
        "backend": list(backend),
        "options": _encode_options(plan.options),
        "variables": {name: codec.encode(value) for name, value in plan.variables.items() if name not in ephemeral},
        "ephemeral_variables": sorted(ephemeral),
        "directory": plan.config.root.directory,
        "module_directories": sorted({module.directory for module in plan.config.root.walk()}),
        "changes": [_encode_change(item) for item in plan.changes],
        "drift": [_encode_change(item) for item in plan.drift],
        "outputs": [_encode_output(item) for item in plan.outputs.values()],
        "checks": [_encode_check(item) for item in plan.checks],
        "relevant_attributes": [
            [str(item.resource), codec.encode_path(item.path)] for item in plan.relevant_attributes
        ],
        "timestamp": plan.timestamp,
        "errored": plan.errored,
        "complete": plan.complete,
        "altered": plan.altered,
        "settled_intents": list(plan.settled_intents),
        "function_results": dict(plan.function_results),
        "invocations": [_encode_invocation(item) for item in plan.invocations],
    }
    path = os.path.realpath(path)
    in_place = os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113 - paths are plain text here
    partial = path if in_place else f"{path}.iacctl-new"
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
            zipped.writestr(_MAIN, json_text.compact(main))
            zipped.writestr(_PRIOR, serialize(plan.prior_state))
            zipped.writestr(_PREVIOUS, serialize(plan.previous_state))
            for name, source in plan.config.sources.items():
                zipped.writestr(_CONFIG + name, source.text)
            if manifest is not None:
                zipped.writestr(_CONFIG + ".terraform/modules/modules.json", manifest)
        if not in_place:
            os.replace(partial, path)  # noqa: PTH105
    except BaseException:
        if not in_place and os.path.exists(partial):  # noqa: PTH110
            os.unlink(partial)  # noqa: PTH108
        raise


def read(path: str, schema: Callable[[AbsProviderConfig, str, str], Schema | None]) -> SavedPlan:
    """Read a plan file.

    Args:
        path: the file.
        schema: gives the schema for a provider configuration, mode and resource type.

    Raises:
        OSError: it cannot be read.
        PlanFileError: it is no plan file, is damaged, or is of another version.
    """
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(path) as zipped:
            if sum(item.file_size for item in zipped.infolist()) > _LIMIT:
                raise PlanFileError("it is too large to be a plan file")
            names = zipped.namelist()
            if _MAIN not in names:
                raise PlanFileError(_foreign(names))
            main = json_text.decode(zipped.read(_MAIN).decode())
            if main["format"] != FORMAT:
                raise PlanFileError(
                    f"it was written by another version of iacctl (format {main['format']}, this version reads {FORMAT})"
                )
            prior = parse(zipped.read(_PRIOR))
            previous = parse(zipped.read(_PREVIOUS))
            files = {name.removeprefix(_CONFIG): zipped.read(name) for name in names if name.startswith(_CONFIG)}
        # A module without any file is one, too.
        config = loader.load(MemorySource(files, frozenset(main["module_directories"])), main["directory"])
        if config.diagnostics.has_errors:
            raise PlanFileError("the configuration in it is damaged")
        plan = Plan(
            _decode_options(main["options"]),
            config,
            {name: codec.decode(value) for name, value in main["variables"].items()},
            previous,
            prior,
            tuple(_decode_change(item, schema) for item in main["changes"]),
            tuple(_decode_change(item, schema) for item in main["drift"]),
            {item["name"]: _decode_output(item) for item in main["outputs"]},
            tuple(_decode_check(item) for item in main["checks"]),
            tuple(_decode_relevant(item) for item in main["relevant_attributes"]),
            main["timestamp"],
            main["errored"],
            main["complete"],
            main["backend"][1],
            tuple(main["settled_intents"]),
            main["function_results"],
            invocations=tuple(_decode_invocation(item, schema) for item in main["invocations"]),
            altered=main["altered"],
        )
        return SavedPlan(plan, SavedBackend(*main["backend"]), tuple(main["ephemeral_variables"]))
    except zipfile.BadZipFile:
        raise PlanFileError("it is not a plan file, or it is damaged") from None
    except (
        FormatError, ValueError, KeyError, TypeError, IndexError, EOFError, NotImplementedError, zlib.error
    ) as error:  # fmt: skip
        raise PlanFileError(f"it is damaged ({type(error).__name__})") from None


def _foreign(names: list[str]) -> str:
    if "tfplan" in names:
        return "it was written by Terraform, whose plan files only Terraform can apply"
    return "it is not a plan file"


def _encode_options(options: Options) -> dict[str, Any]:
    from iacctl.addrs import module_instance_text

    return {
        "mode": options.mode,
        "refresh": options.refresh,
        "targets": [
            str(item) if isinstance(item, AbsResource | ResourceInstance) else module_instance_text(item)
            for item in options.targets
        ],
        "replace": [str(item) for item in options.replace],
        "parallelism": options.parallelism,
        "invoke": [str(item) for item in options.invoke],
    }


def _decode_options(data: dict[str, Any]) -> Options:
    return Options(
        data["mode"],
        data["refresh"],
        tuple(parse_target(item) for item in data["targets"]),
        tuple(parse_resource_instance(item) for item in data["replace"]),
        data["parallelism"],
        tuple(parse_action(item) for item in data["invoke"]),
    )


def _encode_invocation(item: ActionInvocation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "address": str(item.address),
        "provider": str(item.provider),
        "config": codec.encode(item.config),
    }
    if item.trigger is not None:
        found["trigger"] = [str(item.trigger.resource), *item.trigger[1:]]
    return found


def _decode_invocation(
    data: dict[str, Any], schema: Callable[[AbsProviderConfig, str, str], Schema | None]
) -> ActionInvocation:
    address = parse_action_instance(data["address"])
    provider = parse_abs_provider_config(data["provider"])
    if provider is None:
        raise ValueError("no provider address")
    known = schema(provider, "action", address.type)
    if known is None:
        raise PlanFileError(f"{provider} has no action {address.type} any more")
    trigger = None
    if "trigger" in data:
        resource, event, block, position = data["trigger"]
        trigger = LifecycleTrigger(parse_resource_instance(resource), event, block, position)
    return ActionInvocation(address, provider, codec.decode(data["config"]), known.block, trigger)


def _encode_change(change: changes.ResourceChange) -> dict[str, Any]:
    found: dict[str, Any] = {
        "address": str(change.address),
        "provider": str(change.provider),
        "action": change.action,
        "before": codec.encode(change.before),
        "after": codec.encode(change.after),
    }
    if change.moved:
        found["previous_address"] = str(change.previous_address)
    if change.deposed is not None:
        found["deposed"] = change.deposed
    if change.reason:
        found["reason"] = change.reason
    if change.replace_paths:
        found["replace_paths"] = [codec.encode_path(path) for path in change.replace_paths]
    if change.private:
        from binascii import b2a_base64

        found["private"] = b2a_base64(change.private, newline=False).decode()
    if change.importing is not None:
        found["importing"] = [change.importing.id, codec.encode(change.importing.identity), change.importing.unknown]
    if change.generated_config:
        found["generated_config"] = change.generated_config
    for name, identity in (("before_identity", change.before_identity), ("after_identity", change.after_identity)):
        if identity is not None:
            found[name] = codec.encode(identity)
    return found


def _decode_change(
    data: dict[str, Any], schema: Callable[[AbsProviderConfig, str, str], Schema | None]
) -> changes.ResourceChange:
    address = parse_resource_instance(data["address"])
    provider = parse_abs_provider_config(data["provider"])
    if provider is None:
        raise ValueError("no provider configuration")
    declared = schema(provider, address.mode, address.type)
    if declared is None:
        raise PlanFileError(f"there is no resource type {address.type} any more")
    private = b""
    if "private" in data:
        from binascii import a2b_base64

        private = a2b_base64(data["private"])
    importing = None
    if "importing" in data:
        identifier, identity, unknown = data["importing"]
        importing = changes.Importing(identifier, codec.decode(identity), unknown)
    previous = data.get("previous_address")
    return changes.ResourceChange(
        address,
        address if previous is None else parse_resource_instance(previous),
        data.get("deposed"),
        provider,
        data["action"],
        data.get("reason", ""),
        codec.decode(data["before"]),
        codec.decode(data["after"]),
        declared,
        tuple(codec.decode_path(path) for path in data.get("replace_paths", ())),
        private,
        importing,
        data.get("generated_config", ""),
        _optional(data, "before_identity"),
        _optional(data, "after_identity"),
    )


def _optional(data: dict[str, Any], name: str) -> Value:
    return codec.decode(data[name]) if name in data else None


def _encode_output(change: changes.OutputChange) -> dict[str, Any]:
    return {
        "name": change.name,
        "action": change.action,
        "before": codec.encode(change.before),
        "after": codec.encode(change.after),
        "sensitive": change.sensitive,
        "before_sensitive": change.before_sensitive,
    }


def _decode_output(data: dict[str, Any]) -> changes.OutputChange:
    return changes.OutputChange(
        data["name"],
        data["action"],
        codec.decode(data["before"]),
        codec.decode(data["after"]),
        data["sensitive"],
        data["before_sensitive"],
    )


def _encode_check(result: changes.CheckResult) -> list[Any]:
    instances = [
        [item.address, item.status, [problem.message for problem in item.problems]] for item in result.instances
    ]
    return [result.kind, result.address, result.status, instances]


def _decode_check(data: list[Any]) -> changes.CheckResult:
    kind, address, status, instances = data
    return changes.CheckResult(
        kind,
        address,
        status,
        tuple(
            changes.CheckInstance(where, how, tuple(changes.CheckProblem(message) for message in messages))
            for where, how, messages in instances
        ),
    )


def _decode_relevant(data: list[Any]) -> RelevantAttribute:
    resource = parse_target(data[0])
    if not isinstance(resource, AbsResource | ResourceInstance):
        raise TypeError("no resource")
    return RelevantAttribute(resource, codec.decode_path(data[1]))
