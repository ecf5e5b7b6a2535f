"""Random expressions over all functions and operators, mostly of fitting types; `python -m tests.lang.generator SEED COUNT`
holds them against Terraform.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

from iacctl.lang.functions import catalog
from iacctl.values import BOOL, NUMBER, STRING, ListType, MapType, SetType, Type

from .comparison import differences, oracle_outcomes, our_outcomes

_LEFT_OUT: Final = frozenset(
    (
        "abspath", "bcrypt", "file", "filebase64", "filebase64sha256", "filebase64sha512", "fileexists", "filemd5",
        "fileset", "filesha1", "filesha256", "filesha512", "pathexpand", "plantimestamp", "rsadecrypt", "templatefile",
        "templatestring", "timestamp", "uuid", *catalog.OPENTOFU_NAMES, *catalog.REMOVED_NAMES,
    )
)  # fmt: skip
"""Functions whose results depend on more than their arguments, or that Terraform does not have."""

_FUNCTIONS: Final = [name for name in catalog.names() if name not in _LEFT_OUT]

_LEAVES: Final[dict[str, tuple[str, ...]]] = {
    "string": (
        '""',
        '"a"',
        '"B c"',
        '"häß"',
        '"1"',
        '"true"',
        '" x \\n"',
        '"a,b,c"',
        "var.s",
        "local.unk",
        "var.nl",
        'sensitive("s")',
        '"10.0.0.0/16"',
        '"2020-02-29T12:30:45Z"',
        '"{\\"a\\":[1,null]}"',
        '"a: [1, 2]\\n"',
        '"%s-%v"',
        '"e\\u0301"',
        '"👍🏽"',
        '"1h30m"',
        '"aGk="',
        '"a\\nb\\n"',
        '"[a-z]+"',
        '"fd00::/40"',
    ),
    "number": (
        "0",
        "1",
        "-1",
        "2",
        "1.5",
        "10",
        "1e3",
        "var.n",
        "local.unum",
        "local.big",
        "0.1",
        "sensitive(2)",
        "1/3",
        "3",
    ),
    "bool": ("true", "false", "var.yes", "local.ubool", "sensitive(true)"),
    "list": (
        "[]",
        '["a", "b"]',
        "[1, 2, 3]",
        "var.ls",
        "local.ulist",
        "var.st",
        "local.uset",
        "var.nn",
        "local.sl",
        "[null]",
        '["b", "a", "b"]',
        "var.lo",
        '[["a"], ["b", "c"]]',
        "[true, false]",
        "local.utup",
        'tolist(["x"])',
        "toset([2, 1])",
        "[[], [1], [[2]]]",
        'sensitive(["a"])',
        "[local.unk, null]",
    ),
    "map": (
        "{}",
        "{ a = 1 }",
        "var.m",
        "local.umap",
        "var.o",
        "local.uobj",
        '{ a = "x", b = null }',
        "local.so",
        "tomap({ a = [1] })",
        '{ "a b" = true }',
        "{ a = { b = 1 } }",
        'sensitive({ z = "q" })',
        '{ a = ["x"], b = ["x", "y"] }',
    ),
    "any": (
        "null",
        "local.udyn",
        "var.dyn",
        "sensitive(null)",
        "sensitive(local.udyn)",
        "terraform_data.u",
        "terraform_data.c",
    ),
}

_KINDS: Final = ("string", "number", "bool", "list", "map", "any")

_TYPES: Final = (
    "string", "number", "bool", "any", "list(string)", "set(number)", "map(any)", "object({ a = optional(number, 7) })",
    "tuple([string, number])", "list(any)", "object({ a = any, b = optional(string) })", "set(any)",
)  # fmt: skip

_SPECIAL: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "formatdate": (
        (
            "\"YYYY-MM-DD'T'hh:mm:ssZ\"",
            '"EEE, D MMM YY h:m:s aa ZZZ"',
            '"EEEE MMMM AA ZZZZZ"',
            '"x"',
            "\"'it''s'\"",
            '"HH:H"',
        ),
        ('"2020-02-29T12:30:45+01:30"', '"2006-01-02T03:04:05Z"', '"2020-1-1"', '"2020-12-31T23:59:60Z"', '""'),
    ),
    "timeadd": (
        ('"2020-02-29T12:30:45Z"', '"2020-01-01T00:00:00+05:00"'),
        ('"1h"', '"-36h1m"', '"1.5s"', '"x"', '"1d"'),
    ),
    "timecmp": (('"2020-02-29T12:30:45Z"', '"x"'), ('"2020-02-29T13:30:45+01:00"', '"2021-01-01T00:00:00Z"')),
    "regex": (
        (
            '"(a)(?P<b>b)?"',
            '"^(\\\\d+)-(\\\\w*)"',
            '"(?P<y>\\\\d{4})"',
            '"[[:alpha:]]+"',
            '"("',
            '"a{1001}"',
            '"\\\\pL+"',
            '"(?i)A"',
        ),
        ('"abc"', '"2020-xy"', '"äöü"', "local.unk", '""'),
    ),
    "regexall": (('"a|b"', '"(?P<x>.)"', '"(.)(.)"', '"(?s).*"', '"\\\\b"', '"x*"'), ('"abcab"', '""', '"a\\nb"')),
    "replace": (
        ('"a.b.c"', '"hello"', "var.s"),
        ('"."', '"/(l+)/"', '"/[/"', '""'),
        ('"-"', '"$1x"', '"${1}"', '"$$1"'),
    ),
    "cidrhost": (
        ('"10.1.2.0/24"', '"fd00::/8"', '"::ffff:10.0.0.0/104"', '"10.0.0.1"', '"1.2.3.4/33"'),
        ("5", "-1", "256", "1.5"),
    ),
    "cidrnetmask": (('"10.1.2.0/20"', '"fd00::/8"', '"0.0.0.0/0"', '"010.0.0.0/8"'),),
    "cidrsubnet": (
        ('"10.0.0.0/8"', '"fd00::/8"', '"2001:db8::/32"', '"x"'),
        ("8", "0", "-1", "40", "64"),
        ("1", "255", "-1", "2.5"),
    ),
    "cidrsubnets": (('"10.1.0.0/16"', '"fd00:fd12:3456:7890::/56"'), ("4", "8", "0", "33"), ("4", "1")),
    "parseint": (('"FF"', '"-101"', '"zz"', "12", '"9_"', '"00012"', "true"), ("16", "2", "36", "62", "63", "10")),
    "format": (
        (
            '"%s %d %q"',
            '"%5.2f|%-8s|%08d"',
            '"%x %X %o %b %e %g"',
            '"%#v %v"',
            '"%[2]s %[1]s"',
            '"%t %%"',
            '"%z"',
            '"%s"',
            '"%d"',
        ),
        ('"a"', "12", "1.5", "null", "true", "[1]", "local.unk"),
        ("3", '"b"', "-2", "sensitive(1)"),
        ("15", '"q"', "{ a = 1 }"),
    ),
    "formatlist": (('"%s=%s"', '"%d"', '"x"'), ('["a", "b"]', '"c"', "local.ulist", "[]"), ("[1, 2]", "3", "[null]")),
    "jsondecode": (
        (
            '"{\\"a\\":[1,2.50,null,true]}"',
            '"[1e400, \\"\\\\u00e9\\"]"',
            '"x"',
            '""',
            '"1 2"',
            '"{\\"a\\":1,\\"a\\":2}"',
        ),
    ),
    "yamldecode": (
        (
            '"a: 1\\nb: [x, 2.5, ~]\\n"',
            '"- yes\\n- 0x1f\\n- 1_000\\n- 2020-01-01\\n- .inf\\n"',
            '"&x {a: *x}"',
            '"a: b: c"',
            '"? [1]\\n: 2"',
            '"<<: {a: 1}\\nb: 2"',
            '"!!str 1"',
            '"|\\n a\\n b"',
            '""',
            '"--- 1\\n--- 2"',
            "\"'it''s'\"",
            '"-1e3"',
        ),
    ),
    "csvdecode": (
        ('"a,b\\n1,2\\n\\"x\\"\\"y\\",\\n"', '"a,a\\n1,2"', '"a,b\\n1"', '"a\\n\\"x"', '""', '"a;b\\r\\n1;2"'),
    ),
    "base64decode": (('"aGVsbG8="', '"aGVsbG8"', '"_w=="', '"//8="', '""'),),
    "textdecodebase64": (('"aABpAA=="', '"6A=="', '"aGk="'), ('"UTF-16LE"', '"ISO-8859-1"', '"windows-1252"', '"x"')),
    "textencodebase64": (('"hé"', '"日本"'), ('"UTF-16BE"', '"windows-1252"', '"shift_jis"', '"UTF-8"')),
    "range": (("0", "5", "1.5", "-2"), ("3", "10", "0"), ("1", "2", "-1", "0.5", "0")),
    "substr": (('"häuser"', '"👍🏽abc"', '""'), ("0", "1", "-2", "9"), ("2", "-1", "0", "100")),
    "pow": (("2", "-8", "0", "10"), ("10", "0.5", "-1", "400")),
    "log": (("100", "0", "1", "8"), ("10", "2", "1", "0")),
    "split": (('","', '""', '"ab"'), ('"a,b,,c"', '""', '"abab"')),
    "element": (('["a", "b"]', "var.ls", "[]", "var.st"), ("0", "5", "-1", "1.5")),
    "slice": (("[1, 2, 3]", "var.ls", "local.ulist"), ("0", "1", "-1"), ("2", "1", "9")),
    "chunklist": (('["a", "b", "c"]', "var.ls"), ("2", "0", "-1", "1.5")),
    "uuidv5": (('"dns"', '"url"', '"6ba7b810-9dad-11d1-80b4-00c04fd430c8"', '"x"'), ('"a.example"',)),
    "convert": (_LEAVES["list"] + _LEAVES["map"] + _LEAVES["string"] + _LEAVES["number"], _TYPES),
    "lookup": (("{ a = 1 }", "var.m", "var.o", "local.umap", "{}"), ('"a"', '"zz"', "local.unk"), ("2", '"d"', "null")),
    "merge": (("{ a = 1 }", "var.m", "null"), ("{ b = 2 }", "var.o", "local.umap", "var.dyn"), ("{ a = [] }", "{}")),
    "setproduct": (
        ("[1, 2]", "var.st", "local.ulist", "[]"),
        ('["x"]', "var.ls", "toset([])"),
        ("[true]", "local.uset"),
    ),
    "zipmap": (
        ('["a", "b"]', "var.ls", '["a", "a"]', "local.ulist"),
        ("[1, 2]", "var.ls", "local.ulist", "[1]", '["x", true]'),
    ),
    "transpose": (('{ a = ["x"], b = ["x", "y"] }', "{ a = [] }", "{}", "{ a = [local.unk] }"),),
    "sum": (("[1, 2.5]", '["1", 2]', "[]", "local.sl", "[local.unum]", "var.st", "{ a = 1 }"),),
    "indent": (("2", "0", "-1"), ('"a\\nb\\n\\nc"', '"x"')),
}
"""Arguments worth trying, position by position."""

_BINARY: Final = (
    ("number", "number", ("+", "-", "*", "/", "%", "<", ">", "<=", ">=")),
    ("bool", "bool", ("&&", "||")),
    ("any", "any", ("==", "!=")),
)


class Generator:
    """Makes expressions.

    Args:
        seed: equal seeds give equal expressions.
    """

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._ways: tuple[tuple[int, Callable[[str, int], str]], ...] = (
            (34, self._call),
            (10, self._leaf),
            (10, self._operation),
            (9, self._conditional),
            (9, self._for),
            (6, self._constructor),
            (6, self._splat),
            (6, self._index),
            (6, self._template),
            (4, self._attempt),
        )

    def expression(self) -> str:
        """The next one."""
        return self._of(self._random.choice(_KINDS), self._random.choice((1, 2, 2, 3)))

    def _of(self, kind: str, depth: int) -> str:
        if self._random.random() < 0.07:
            kind = self._random.choice(_KINDS)
        if depth <= 0:
            return self._leaf(kind, 0)
        ways = [way for weight, way in self._ways for _ in range(weight)]
        return self._random.choice(ways)(kind, depth)

    def _leaf(self, kind: str, depth: int) -> str:
        return self._random.choice(_LEAVES[kind])

    def _call(self, kind: str, depth: int) -> str:
        name = self._random.choice(_FUNCTIONS)
        special = _SPECIAL.get(name)
        if special is not None and self._random.random() < 0.75:
            arguments = [self._random.choice(choices) for choices in special]
            at = self._random.randrange(len(arguments))
            if self._random.random() < 0.15 and name != "convert":
                arguments[at] = self._of("string", depth - 1)
            if self._random.random() < 0.1:
                arguments[at] = f"sensitive({arguments[at]})" if name != "convert" else arguments[at]
            return f"{name}({', '.join(arguments)})"
        function = catalog.lookup(name)
        assert function is not None
        arguments = []
        for parameter in function.parameters:
            if parameter is catalog.TYPE_PARAMETER:
                arguments.append(self._random.choice(_TYPES))
            else:
                arguments.append(self._of(self._kind_of(parameter.type, name), depth - 1))
        if function.variadic is not None:
            for _ in range(self._random.choice((0, 1, 1, 2, 2, 3))):
                arguments.append(self._of(self._kind_of(function.variadic.type, name), depth - 1))
        if self._random.random() < 0.02 and arguments:
            arguments.pop()
        spread = "..." if arguments and name != "convert" and self._random.random() < 0.04 else ""
        return f"{name}({', '.join(arguments)}{spread})"

    def _kind_of(self, type_: Type, name: str) -> str:
        if type_ is STRING:
            return "string"
        if type_ is NUMBER:
            return "number"
        if type_ is BOOL:
            return "bool"
        if isinstance(type_, ListType | SetType):
            return "list"
        if isinstance(type_, MapType):
            return "map"
        if name in ("keys", "values", "merge", "lookup"):
            return "map"
        return self._random.choice(("list", "list", "map", "string", "number", "any", "bool"))

    def _operation(self, kind: str, depth: int) -> str:
        if self._random.random() < 0.15:
            return f"-({self._of('number', depth - 1)})"
        if self._random.random() < 0.1:
            return f"!({self._of('bool', depth - 1)})"
        left, right, operators = self._random.choice(_BINARY)
        if left == "any":
            left = right = self._random.choice(_KINDS)
        operator = self._random.choice(operators)
        return f"({self._of(left, depth - 1)}) {operator} ({self._of(right, depth - 1)})"

    def _conditional(self, kind: str, depth: int) -> str:
        other = kind if self._random.random() < 0.8 else self._random.choice(_KINDS)
        condition = self._of("bool", depth - 1)
        return f"(({condition}) ? ({self._of(kind, depth - 1)}) : ({self._of(other, depth - 1)}))"

    def _for(self, kind: str, depth: int) -> str:
        source = self._of(self._random.choice(("list", "map")), depth - 1)
        names = self._random.choice(("v", "k, v"))
        key = "k" if names != "v" else "v"
        value = self._random.choice(
            ("v", key, f'"${{{key}}}-x"', f"[{key}, v]", self._of(kind, 0), "try(v.a, v)", "upper(v)")
        )
        tail = self._random.choice(("", "", f" if {key} != 0", f" if {self._of('bool', 0)}", f' if {key} != "a"'))
        if self._random.random() < 0.5:
            return f"[for {names} in {source} : {value}{tail}]"
        group = self._random.choice(("", "", "..."))
        return f"{{ for {names} in {source} : {self._random.choice((key, 'v', f'tostring({key})'))} => {value}{group}{tail} }}"

    def _constructor(self, kind: str, depth: int) -> str:
        if self._random.random() < 0.5:
            return f"[{', '.join(self._of(self._random.choice(_KINDS), depth - 1) for _ in range(self._random.randrange(4)))}]"
        keys = self._random.sample(
            ("a", '"b c"', "(var.n)", "(local.unk)", '(sensitive("k"))', "1", '"${var.n}x"'), self._random.randrange(3)
        )
        return f"{{ {', '.join(f'{key} = {self._of(self._random.choice(_KINDS), depth - 1)}' for key in keys)} }}"

    def _splat(self, kind: str, depth: int) -> str:
        source = self._of(self._random.choice(("list", "list", "map", "any", "string")), depth - 1)
        return f"({source}){self._random.choice(('[*]', '[*].a', '[*][0]', '.*.a', '[*].a[*]'))}"

    def _index(self, kind: str, depth: int) -> str:
        if self._random.random() < 0.5:
            return f"({self._of('list', depth - 1)})[{self._of('number', 0)}]"
        key = self._random.choice((".a", f"[{self._of('string', 0)}]", '["a"]', '["zz"]'))
        return f"({self._of('map', depth - 1)}){key}"

    def _template(self, kind: str, depth: int) -> str:
        part = self._of(self._random.choice(("string", "number", "bool", "any")), depth - 1)
        if '"' in part and "${" in part:
            part = "var.n"
        return self._random.choice(
            (
                f'"a${{{part}}}"',
                f'"${{{part}}}"',
                f'"%{{if {self._of("bool", 0)}}}x%{{else}}${{{part}}}%{{endif}}"',
                f'"%{{for x in {self._of("list", 0)}}}${{x}},%{{endfor}}"',
                f'" ${{~ {part} ~}} z"',
            )
        )

    def _attempt(self, kind: str, depth: int) -> str:
        inner = self._of(kind, depth - 1)
        return self._random.choice((f"try({inner}, null)", f"can({inner})", f"try({inner}, {self._of(kind, 0)})"))


def expressions(seed: int, count: int) -> list[str]:
    """Different expressions of a seed, each on one line."""
    generator = Generator(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found[generator.expression()] = None
    return list(found)


def disagreements(seed: int, count: int) -> list[str]:
    """Where Terraform and iacctl differ, for the expressions of a seed."""
    texts = expressions(seed, count)
    with tempfile.TemporaryDirectory() as folder:
        return differences(texts, oracle_outcomes(Path(folder), texts), our_outcomes(texts))


if __name__ == "__main__":
    found = disagreements(int(sys.argv[1]), int(sys.argv[2]))
    print(f"{len(found)} differ")
    print("\n".join(found))
    print(json.dumps(found) if "--json" in sys.argv else "")
