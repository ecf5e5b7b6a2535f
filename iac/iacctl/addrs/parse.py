"""Addresses from text: what users write behind `-target` and `-replace` and what state files hold."""

from __future__ import annotations

import re
from typing import cast

from iacctl.addrs.keys import InstanceKey
from iacctl.addrs.modules import ModuleInstance
from iacctl.addrs.resources import DATA, EPHEMERAL, MANAGED, AbsResource, Mode, ResourceInstance


class AddressError(ValueError):
    """The text is no address; `summary` and `detail` are what to tell the user, `offset` where it goes wrong."""

    def __init__(self, summary: str, detail: str, offset: int = 0) -> None:
        super().__init__(f"{summary}: {detail}")
        self.summary = summary
        self.detail = detail
        self.offset = offset


_NAME = re.compile(r"[^\W\d][\w-]*")
_KEY = re.compile(r"""\[\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|"(?P<text>(?:[^"\\]|\\.)*)")\s*(?P<close>\])?""")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\(.)|\$\$\{|%%\{")
_LARGEST = 2**63 - 1
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


def _unquote(body: str, offset: int) -> str:
    def replace(match: re.Match[str]) -> str:
        if digits := match[1] or match[2]:
            return chr(int(digits, 16))
        if char := match[3]:
            if char not in _SIMPLE:
                raise AddressError("Invalid escape sequence", f"The symbol {char!r} is not a valid escape.", offset)
            return _SIMPLE[char]
        return match[0][1:]

    return _ESCAPE.sub(replace, body)


def steps_of(text: str) -> list[tuple[str, InstanceKey, int]]:
    """The names of an address with the key that follows each, and where each begins. Raises AddressError."""
    found = _NAME.match(text)
    if found is None:
        raise AddressError("Invalid address", "Must begin with a variable name.")
    steps: list[tuple[str, InstanceKey, int]] = [(found[0], None, 0)]
    position = found.end()
    while position < len(text):
        if text[position] == ".":
            found = _NAME.match(text, position + 1)
            if found is None:
                raise AddressError("Invalid address", "Dot must be followed by attribute name.", position)
            steps.append((found[0], None, position + 1))
            position = found.end()
        elif text[position] == "[":
            key, end = _key(text, position)
            name, other, start = steps[-1]
            if other is not None:
                detail = "Unexpected extra operators after address."
                if len(steps) > 1 and steps[-2][0] == "module":
                    detail = "Module address prefix must be followed by dot and then a name."
                raise AddressError("Invalid address", detail, position)
            steps[-1] = (name, key, start)
            position = end
        else:
            raise AddressError("Invalid address", "Expected an attribute access or an index operator.", position)
    return steps


def _key(text: str, position: int) -> tuple[InstanceKey, int]:
    """The instance key in brackets, and where it ends."""
    found = _KEY.match(text, position)
    if found is None:
        detail = "Index brackets must contain either a literal number or a literal string."
        if text.startswith("[*", position):
            detail = "Splat expressions ([*]) may not be used here."
        elif text.startswith('["', position):
            detail = "Unable to find the closing quote mark before the end of the file."
        raise AddressError("Invalid address", detail, position)
    if found["close"] is None:
        raise AddressError("Invalid address", "Index key must be followed by a closing bracket.", position)
    if found["number"] is None:
        return _unquote(found["text"], position), found.end()
    if not found["number"].isdigit() or int(found["number"]) > _LARGEST:
        raise AddressError(
            "Invalid address",
            f"Invalid resource instance key: value must be a whole number, between -{_LARGEST + 1} and {_LARGEST}.",
            position,
        )
    return int(found["number"]), found.end()


def split_module(steps: list[tuple[str, InstanceKey, int]]) -> tuple[ModuleInstance, int]:
    """The module instance that an address starts with, and how many steps that takes. Raises AddressError."""
    module: list[tuple[str, InstanceKey]] = []
    position = 0
    while position < len(steps) and steps[position][0] == "module":
        if steps[position][1] is not None or position + 1 >= len(steps):
            raise AddressError(
                "Invalid address",
                'Prefix "module." must be followed by a module name.',
                steps[position][2],
            )
        name, key, _ = steps[position + 1]
        module.append((name, key))
        position += 2
    return tuple(module), position


def parse_target(text: str) -> ModuleInstance | AbsResource | ResourceInstance:
    """Read a module instance, a resource or a resource instance.

    A resource without a key reads as `AbsResource`: whether it means all instances or the only one is for
    the reader to say.

    Raises:
        AddressError: the text is none of these.
    """
    steps = steps_of(text)
    module, position = split_module(steps)
    rest = steps[position:]
    if not rest:
        return module
    mode: Mode = MANAGED
    if rest[0][0] in (DATA, EPHEMERAL, "resource"):
        mode = MANAGED if rest[0][0] == "resource" else cast("Mode", rest[0][0])
        if rest[0][1] is not None:
            raise AddressError("Invalid address", "A data source name is required.", rest[0][2])
        rest = rest[1:]
    if len(rest) < 2:
        raise AddressError(
            "Invalid address",
            "Resource specification must include a resource type and name.",
            rest[0][2] if rest else len(text),
        )
    if rest[0][1] is not None:
        raise AddressError("Invalid address", "A resource name is required.", rest[0][2])
    if len(rest) > 2:
        detail = "Unexpected extra operators after address."
        if len(rest) == 3 and rest[1][1] is None and rest[2][1] is None:
            detail = "Resource instance key must be given in square brackets."
        raise AddressError("Invalid address", detail, rest[2][2])
    resource = AbsResource(module, mode, rest[0][0], rest[1][0])
    key = rest[1][1]
    return resource if key is None else resource.instance(key)


def parse_resource_instance(text: str) -> ResourceInstance:
    """Read the address of one resource instance; without a key, the instance that has none.

    Raises:
        AddressError: the text is no such address.
    """
    target = parse_target(text)
    if isinstance(target, AbsResource):
        return target.instance(None)
    if isinstance(target, ResourceInstance):
        return target
    raise AddressError(
        "Invalid address",
        "A resource instance address is required here. The module path must be followed by a resource instance specification.",
    )
