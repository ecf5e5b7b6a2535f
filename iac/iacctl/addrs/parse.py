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


_STEP = re.compile(
    r"""(?P<name>[^\W\d][\w-]*)|(?P<dot>\.)|\[(?:(?P<index>\d+)|"(?P<text>(?:[^"\\]|\\.)*)")\]""",
)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\(.)|\$\$\{|%%\{")
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


def _steps(text: str) -> list[tuple[str, InstanceKey, int]]:
    """Names with the key that follows each, and where each begins."""
    steps: list[tuple[str, InstanceKey, int]] = []
    position = 0
    expect_name = True
    while position < len(text):
        match = _STEP.match(text, position)
        if match is None:
            raise AddressError("Invalid address", "This is not a valid resource or module address.", position)
        if match["name"] is not None:
            if not expect_name:
                raise AddressError("Invalid address", "A dot is needed between names.", position)
            steps.append((match["name"], None, position))
            expect_name = False
        elif match["dot"] is not None:
            if expect_name:
                raise AddressError("Invalid address", "A name is needed before and after each dot.", position)
            expect_name = True
        else:
            if not steps or expect_name or steps[-1][1] is not None:
                raise AddressError("Invalid address", "A key must follow the name of a module or resource.", position)
            name, _, start = steps[-1]
            key: InstanceKey = int(match["index"]) if match["index"] else _unquote(match["text"] or "", position)
            steps[-1] = (name, key, start)
        position = match.end()
    if expect_name:
        raise AddressError("Invalid address", "The address ends where a name is needed.", position)
    return steps


def _split_module(steps: list[tuple[str, InstanceKey, int]]) -> tuple[ModuleInstance, int]:
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
    steps = _steps(text)
    module, position = _split_module(steps)
    rest = steps[position:]
    if not rest:
        return module
    mode: Mode = MANAGED
    if rest[0][0] in (DATA, EPHEMERAL):
        mode = cast("Mode", rest[0][0])
        if rest[0][1] is not None:
            raise AddressError("Invalid address", "A resource type is needed here.", rest[0][2])
        rest = rest[1:]
    if len(rest) < 2:
        raise AddressError(
            "Invalid address",
            "Resource specification must include a resource type and name.",
            rest[0][2] if rest else len(text),
        )
    if len(rest) > 2 or rest[0][1] is not None:
        raise AddressError(
            "Invalid address",
            "Unexpected extra operators after address.",
            rest[2][2] if len(rest) > 2 else rest[0][2],
        )
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
    raise AddressError("Invalid address", "A resource instance address is required here.", 0)
