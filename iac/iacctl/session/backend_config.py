"""What the `backend` block and `init -backend-config` ask for, and whether that is what `init` has recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl import values
from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.hcl.body import BodySchema
from iacctl.values import Unknown
from iacctl_state.backends import catalog
from iacctl_state.errors import BackendConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iacctl.config.model import Backend as BackendBlock
    from iacctl.diag import Range
    from iacctl.hcl.ast import Attribute
    from iacctl.hcl.body import Body
    from iacctl.values import Type, Value
    from iacctl_state.backend_record import BackendRecord
    from iacctl_state.backends.local import LocalOverrides
    from iacctl_state.backends.port import Backend
    from iacctl_state.document import Json

LOCAL: Final = "local"


class BackendConfig(NamedTuple):
    """A backend with its arguments.

    Attributes:
        type: its name.
        arguments: all of its arguments as JSON data, null where not given.
        hash: Terraform's hash of the block without `-backend-config`; 0 where there is no block.
        range: the block's header.
        places: where arguments are written in the block.
    """

    type: str
    arguments: Mapping[str, Json]
    hash: int = 0
    range: Range | None = None
    places: Mapping[str, Range] = {}

    def open(self, folder: str, overrides: LocalOverrides | None = None) -> Backend:
        """The backend itself.

        Args:
            folder: the working directory; "" for the process's own.
            overrides: the local backend's file flags.

        Raises:
            DiagnosticError: an argument is not acceptable.
        """
        try:
            return catalog.configure(self.type, self.arguments, folder=folder, overrides=overrides)
        except BackendConfigError as error:
            problems = Diagnostics()
            problems.error(error.summary, error.detail, self.places.get(error.attribute, self.range))
            raise DiagnosticError(problems) from None

    def is_recorded_as(self, record: BackendRecord) -> bool:
        """Whether a record names the same backend with the same arguments."""
        recorded = {name: record.config.get(name) for name in self.arguments}
        return self.type == record.type and recorded == self.arguments


DEFAULT: Final = BackendConfig(LOCAL, {})
"""The backend of a configuration without a `backend` block."""


def hash_of(block: BackendBlock) -> int:
    """The hash by which Terraform tells whether a `backend` block is still the one that `init` saw.

    It is the CRC-32 of cty's set element text of the tuple of type and arguments, with null for what is not given.
    """
    from zlib import crc32

    from iacctl.values import set_hash

    arguments = values.object_value(_evaluated(block.type, block.body, Diagnostics()))
    return crc32(set_hash.hash_text(values.tuple_value((block.type, arguments))).encode())


def check_type(block: BackendBlock, summary: str = "") -> None:
    """Refuse a backend that there is not.

    Args:
        block: the block.
        summary: the error's summary, if it is not to be the usual one.

    Raises:
        DiagnosticError: there is no such backend.
    """
    try:
        catalog.check_type(block.type)
    except BackendConfigError as error:
        problems = Diagnostics()
        problems.error(summary or error.summary, error.detail, block.type_range)
        raise DiagnosticError(problems) from None


def of_block(block: BackendBlock, options: Sequence[str] = (), directory: str = ".") -> BackendConfig:
    """What a `backend` block asks for.

    Args:
        block: the block.
        options: values of `-backend-config`, files or `name=value`; later ones win.
        directory: the directory that files are relative to.

    Raises:
        DiagnosticError: the block or an option is at fault.
    """
    check_type(block)
    problems = Diagnostics()
    found = _evaluated(block.type, block.body, problems)
    written = block.body.content(_schema(block.type), Diagnostics()).attributes
    places = {name: attribute.expression.range for name, attribute in written.items()}
    for option in options:
        name, equals, text = option.partition("=")
        if not equals:
            given = _from_file(block.type, option, directory, problems)
            found.update(given)
            places = {name: place for name, place in places.items() if name not in given}
        elif name not in catalog.attributes(block.type):
            problems.error(
                "Invalid backend configuration argument",
                f'The backend configuration argument "{name}" given on the command line is not expected for the selected '
                "backend type.",
            )
        else:
            found[name] = _from_option(text, values.type_from_json(catalog.attributes(block.type)[name]), name, problems)
            places.pop(name, None)
    problems.raise_errors()
    arguments = {name: _encoded(found.get(name)) for name in catalog.attributes(block.type)}
    return BackendConfig(block.type, arguments, hash_of(block), block.range, places)


def of_record(record: BackendRecord) -> BackendConfig:
    """What a record says."""
    return BackendConfig(record.type, record.config, record.hash)


def _evaluated(kind: str, body: Body, problems: Diagnostics) -> dict[str, Value]:
    """The arguments that a body gives, converted; those that it does not give are null."""
    given = body.content(_schema(kind), problems).attributes
    return {
        name: _value(given[name], values.type_from_json(type_), problems) if name in given else None
        for name, type_ in catalog.attributes(kind).items()
    }


def _schema(kind: str) -> BodySchema:
    return BodySchema(dict.fromkeys(catalog.attributes(kind), False))


def _value(attribute: Attribute, wanted: Type, problems: Diagnostics) -> Value:
    from iacctl.config import constants

    found = constants.value(attribute.expression, problems)
    try:
        return values.convert(found, wanted)
    except values.ConversionError as error:
        problems.error(
            "Incorrect attribute value type",
            f'Inappropriate value for attribute "{attribute.name}": {error.message}.',
            attribute.expression.range,
        )
        return Unknown(wanted)


def _from_option(text: str, wanted: Type, name: str, problems: Diagnostics) -> Value:
    """The value of `-backend-config=name=text`: text as it is, all else as an expression."""
    if wanted is values.STRING:
        return text
    from iacctl.diag import SourceFile
    from iacctl.hcl import parser
    from iacctl.hcl.ast import Attribute

    source = SourceFile(f"<value for -backend-config={name}>", text)
    expression = parser.parse_expression(source, problems)
    if problems.has_errors:
        return Unknown(wanted)
    whole = expression.range
    return _value(Attribute(source, whole.start, whole.end, name, whole.start, expression), wanted, problems)


def _from_file(kind: str, path: str, directory: str, problems: Diagnostics) -> dict[str, Value]:
    """The arguments that a file of `-backend-config` gives."""
    from iacctl.config.source import DirectorySource
    from iacctl.diag import SourceFile
    from iacctl.hcl import json_syntax, parser

    try:
        data = DirectorySource(directory).read(path)
    except OSError:
        problems.error("Failed to read file", f'The file "{path}" could not be read.')
        return {}
    text = SourceFile.from_bytes(path, data)
    body = json_syntax.parse_config(text, problems) if path.endswith(".json") else parser.parse_config(text, problems)
    if problems.has_errors:
        return {}
    found = _evaluated(kind, body, problems)
    return {name: value for name, value in found.items() if not values.is_null(value)}


def _encoded(value: Value) -> Json:
    if value is None or values.is_null(value):
        return None
    encoded: Json = values.json.encode(value, values.type_of(value))
    return encoded
