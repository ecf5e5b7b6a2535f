"""Instance keys: what stands in brackets behind a resource or module that has `count` or `for_each`."""

from __future__ import annotations

import re
from typing import TypeAlias

InstanceKey: TypeAlias = "int | str | None"
"""`None` for an object without count or for_each, an index for count, a string for for_each."""

_PLAIN = re.compile(r"[ !#-\[\]-~]*\Z")
_SIMPLE = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def quote(text: str) -> str:
    """`text` as a quoted HCL string that holds no template, as Terraform writes keys in addresses."""
    if _PLAIN.match(text) and "{" not in text:
        return f'"{text}"'
    out: list[str] = []
    for index, char in enumerate(text):
        if char in _SIMPLE:
            out.append(_SIMPLE[char])
        elif char in "$%" and text[index + 1 : index + 2] == "{":
            out.append(char + char)
        elif char.isprintable():
            out.append(char)
        else:
            code = ord(char)
            out.append(f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
    return '"' + "".join(out) + '"'


def instance_key_text(key: InstanceKey) -> str:
    """The bracketed form of a key: `[0]`, `["a"]`, or nothing."""
    if key is None:
        return ""
    if type(key) is int:
        return f"[{key}]"
    assert isinstance(key, str)
    return f"[{quote(key)}]"


def key_order(key: InstanceKey) -> tuple[int, int, str]:
    """A sort key: no key first, then numbers, then strings, as Terraform lists instances."""
    if key is None:
        return (0, 0, "")
    if type(key) is int:
        return (1, key, "")
    return (2, 0, str(key))
