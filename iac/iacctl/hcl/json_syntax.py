"""The JSON variant of the syntax (`.tf.json`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.hcl.json_body import JsonBody
from iacctl.hcl.json_expression import JsonExpression
from iacctl.hcl.json_values import JsonArray, JsonInvalid, JsonObject, JsonReader
from iacctl.hcl.parser import deep_enough

if TYPE_CHECKING:
    from iacctl.diag.diagnostics import Diagnostics
    from iacctl.diag.source import SourceFile

__all__ = ["JsonBody", "JsonExpression", "parse_config", "parse_expression"]


def parse_config(file: SourceFile, diagnostics: Diagnostics) -> JsonBody:
    """The body of a configuration file in JSON syntax; what cannot be understood is reported and left out."""
    value = deep_enough(lambda found: JsonReader(file, found).document(), file, diagnostics)
    if value is None:
        value = JsonObject(file, 0, 0, [])
    if not isinstance(value, JsonObject | JsonArray):
        detail = "The root value in a JSON-based configuration must be either a JSON object or a JSON array of objects."
        diagnostics.error("Root value must be object", detail, value.start_range)
        value = JsonObject(file, value.start, value.end, [])
    body = JsonBody(value)
    file.describe = body.describe
    return body


def parse_expression(file: SourceFile, diagnostics: Diagnostics) -> JsonExpression:
    """A file whose one JSON value is taken for an expression."""
    value = deep_enough(lambda found: JsonReader(file, found).document(), file, diagnostics)
    return JsonExpression(JsonInvalid(file, 0, len(file.text)) if value is None else value)
