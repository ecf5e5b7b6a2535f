"""The `encryption` block in a `terraform` block: how OpenTofu keeps states and plan files from being read.

Key providers give keys, methods use them, and targets (states, plan files, states of `terraform_remote_state`) name the
method. Arguments are not evaluated here; what they refer to is found out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.config import constants
from iacctl.config.names import check_name
from iacctl.diag import Diagnostics
from iacctl.hcl import static
from iacctl.hcl.ast import AttributeStep
from iacctl.hcl.body import BodySchema
from iacctl.hcl.suggestions import did_you_mean

if TYPE_CHECKING:
    from iacctl.diag import Range
    from iacctl.hcl.ast import Attribute
    from iacctl.hcl.body import Block

_SCHEMA: Final = BodySchema(
    {},
    {
        "key_provider": ("type", "name"),
        "method": ("type", "name"),
        "state": (),
        "plan": (),
        "remote_state_data_sources": (),
    },
)
_TARGET: Final = BodySchema({"method": False, "enforced": False}, {"fallback": ()})
_FALLBACK: Final = BodySchema({"method": False}, {"fallback": ()})
_REMOTE: Final = BodySchema({}, {"default": (), "remote_state_data_source": ("name",)})

_REQUIRED: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "key_provider": {
        "pbkdf2": (),
        "aws_kms": ("kms_key_id", "key_spec"),
        "gcp_kms": ("kms_encryption_key", "key_length"),
        "azure_vault": ("vault_name", "vault_key_name"),
        "openbao": ("key_name",),
        "external": ("command",),
    },
    "method": {"aes_gcm": ("keys",), "unencrypted": (), "external": ("encrypt_command", "decrypt_command")},
}
"""The arguments that each type must have."""
_SHORTEST: Final = 16
"""Characters that a passphrase must have at least."""


class Part(NamedTuple):
    """A `key_provider` or `method` block.

    Attributes:
        kind: `"key_provider"` or `"method"`.
        type: the first label.
        name: the second label.
        arguments: what it holds.
        range: the block's header.
    """

    kind: str
    type: str
    name: str
    arguments: dict[str, Attribute]
    range: Range

    def __str__(self) -> str:
        return f"{self.kind}.{self.type}.{self.name}"


class Target(NamedTuple):
    """What is encrypted, and how.

    Attributes:
        name: `"state"`, `"plan"`, `"default"` or the name of a remote state data source.
        method: the method's type and name; None where none is given.
        enforced: whether what is not encrypted is refused.
        fallbacks: methods to read with where the first does not fit, in order; None stands for no encryption.
        range: the block's header.
    """

    name: str
    method: tuple[str, str] | None
    enforced: bool
    fallbacks: tuple[tuple[str, str] | None, ...]
    range: Range


class Encryption(NamedTuple):
    """An `encryption` block.

    Attributes:
        key_providers: by type and name.
        methods: by type and name.
        targets: states and plan files.
        remote_states: `default` and the named ones of `remote_state_data_sources`.
        range: the block's header.
    """

    key_providers: dict[tuple[str, str], Part]
    methods: dict[tuple[str, str], Part]
    targets: tuple[Target, ...]
    remote_states: tuple[Target, ...]
    range: Range

    @property
    def encrypts(self) -> bool:
        """Whether anything is to be encrypted at all."""
        return any(
            method is not None and method[0] != "unencrypted"
            for target in (*self.targets, *self.remote_states)
            for method in (target.method, *target.fallbacks)
        )


def decode(block: Block, diags: Diagnostics) -> Encryption:
    """Read the block, and report what does not fit together."""
    content = block.body.content(_SCHEMA, diags)
    parts: dict[str, dict[tuple[str, str], Part]] = {"key_provider": {}, "method": {}}
    for nested in content.blocks:
        if nested.type in parts:
            _add_part(parts[nested.type], nested, diags)
    for kind in parts.values():
        for part in kind.values():
            _check_part(part, parts, diags)
    targets: list[Target] = []
    remote: list[Target] = []
    seen: dict[str, Block] = {}
    for nested in content.blocks:
        if nested.type in parts:
            continue
        first = seen.setdefault(nested.type, nested)
        if first is not nested:
            _report_duplicate(nested, nested.type, first.definition_range, diags)
        elif nested.type == "remote_state_data_sources":
            for source in nested.body.content(_REMOTE, diags).blocks:
                name = source.labels[0] if source.labels else "default"
                remote.append(_target(source, name, parts["method"], diags))
        else:
            targets.append(_target(nested, nested.type, parts["method"], diags))
    return Encryption(
        parts["key_provider"], parts["method"], tuple(targets), tuple(remote), block.definition_range
    )


def _add_part(found: dict[tuple[str, str], Part], block: Block, diags: Diagnostics) -> None:
    type_, name = block.labels
    types = _REQUIRED[block.type]
    what = block.type.replace("_", " ")
    if type_ not in types:
        diags.error(
            f"Unknown encryption {what}",
            f'There is no {what} of type "{type_}".{did_you_mean(type_, types)}',
            block.label_ranges[0],
        )
    check_name(name, f"{what} name", block.label_ranges[1], diags)
    part = Part(block.type, type_, name, block.body.just_attributes(diags), block.definition_range)
    first = found.setdefault((type_, name), part)
    if first is not part:
        _report_duplicate(block, str(part), first.range, diags)


def _report_duplicate(block: Block, name: str, first: Range, diags: Diagnostics) -> None:
    diags.error("Duplicate encryption block", f"{name} was already declared at {first}.", block.definition_range)


def _check_part(part: Part, parts: dict[str, dict[tuple[str, str], Part]], diags: Diagnostics) -> None:
    for name in _REQUIRED[part.kind].get(part.type, ()):
        if name not in part.arguments:
            diags.error(
                "Missing required argument", f'The argument "{name}" is required, but no definition was found.', part.range
            )
    if part.kind == "key_provider" and part.type == "pbkdf2":
        _check_passphrase(part, diags)
    for name in ("keys", "chain"):
        argument = part.arguments.get(name)
        if argument is not None:
            key = _reference(argument, "key_provider", parts["key_provider"], diags)
            if key == (part.type, part.name) and part.kind == "key_provider":
                diags.error("Self-referential block", f"{part} may not refer to itself.", argument.expression.range)


def _check_passphrase(part: Part, diags: Diagnostics) -> None:
    passphrase, chain = part.arguments.get("passphrase"), part.arguments.get("chain")
    if (passphrase is None) is (chain is None):
        diags.error(
            "Invalid encryption key provider",
            'A key provider of type "pbkdf2" needs either a passphrase or a chain, and not both.',
            part.range,
        )
    elif passphrase is not None:
        text = constants.value(passphrase.expression, Diagnostics())
        if type(text) is str and len(text) < _SHORTEST:
            diags.error(
                "Invalid encryption key provider",
                f"The passphrase must have at least {_SHORTEST} characters.",
                passphrase.expression.range,
            )


def _target(block: Block, name: str, methods: dict[tuple[str, str], Part], diags: Diagnostics) -> Target:
    content = block.body.content(_TARGET, diags)
    argument = content.attributes.get("method")
    method = None if argument is None else _reference(argument, "method", methods, diags)
    enforced = constants.boolean(content.attributes.get("enforced"), diags) is True
    if enforced and (method is None or method[0] == "unencrypted"):
        diags.error(
            "Unencrypted method is forbidden",
            f'The encryption of "{name}" is enforced, so it needs a method that encrypts.',
            block.definition_range if argument is None else argument.expression.range,
        )
    fallbacks: list[tuple[str, str] | None] = []
    while content.blocks:
        [nested, *others] = content.blocks
        if others:
            _report_duplicate(others[0], "fallback", nested.definition_range, diags)
        content = nested.body.content(_FALLBACK, diags)
        argument = content.attributes.get("method")
        fallbacks.append(None if argument is None else _reference(argument, "method", methods, diags))
    return Target(name, method, enforced, tuple(fallbacks), block.definition_range)


def _reference(
    argument: Attribute, kind: str, declared: dict[tuple[str, str], Part], diags: Diagnostics
) -> tuple[str, str] | None:
    """What `key_provider.TYPE.NAME` or `method.TYPE.NAME` names; None if that is nothing, which is reported."""
    what = kind.replace("_", " ")
    traversal = static.traversal(argument.expression, Diagnostics())
    steps = () if traversal is None else traversal.steps
    names = [step.name for step in steps if type(step) is AttributeStep]
    if traversal is None or traversal.root != kind or len(names) != 2 or len(steps) != 2:
        diags.error(
            f"Invalid encryption {what} reference",
            f'The argument "{argument.name}" requires a reference of the form {kind}.TYPE.NAME.',
            argument.expression.range,
        )
        return None
    key = (names[0], names[1])
    if key not in declared:
        known = [f"{kind}.{type_}.{name}" for type_, name in declared]
        wanted = ".".join((kind, *key))
        diags.error(
            f"Reference to undeclared encryption {what}",
            f"There is no {wanted} in the encryption block.{did_you_mean(wanted, known)}",
            argument.expression.range,
        )
        return None
    return key
