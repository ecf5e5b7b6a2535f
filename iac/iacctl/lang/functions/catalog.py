"""THE table of functions: what each is called, takes and gives. Implementations are in the modules that it names.

The same function is reached by its bare name and as `core::name`. Names, types and nullability are those that
`terraform metadata functions -json` lists for Terraform 1.15; what describes them is in `metadata`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.lang.functions.calling import Function, Parameter
from iacctl.values import BOOL, DYNAMIC, NUMBER, STRING, list_of, map_of, set_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.values import Type

_LIST: Final = list_of(DYNAMIC)
_SET: Final = set_of(DYNAMIC)
_STRINGS: Final = list_of(STRING)

TYPE_PARAMETER: Final = Parameter("type", DYNAMIC)
"""A parameter whose argument is a type constraint, not a value."""

_FUNCTIONS: Final[dict[str, Function]] = {}


def _add(
    name: str,
    family: str,
    returns: Type,
    *parameters: Parameter,
    more: Parameter | None = None,
    null: bool = False,
    pure: bool = True,
    context: bool = False,
    unevaluated: bool = False,
    console: bool = False,
    recorded: bool = False,
    planned: bool = False,
) -> None:
    _FUNCTIONS[name] = Function(
        name,
        family,
        parameters,
        more,
        returns,
        not_null=not null,
        pure=pure,
        needs_context=context,
        unevaluated=unevaluated,
        console_only=console,
        recorded=name if recorded else "",
        plan_only=planned,
    )


def _text(name: str) -> Parameter:
    return Parameter(name, STRING)


def _marked(name: str) -> Parameter:
    """A text whose marks the implementation cares for, to keep a sensitive one out of messages."""
    return Parameter(name, STRING, allow_marked=True, keeps_marks=True)


def _number(name: str) -> Parameter:
    return Parameter(name, NUMBER)


def _any(
    name: str,
    *,
    null: bool = False,
    unknown: bool = False,
    dynamic: bool = False,
    marked: bool = False,
    kept: bool = False,
) -> Parameter:
    return Parameter(name, DYNAMIC, null, unknown, dynamic, marked or kept, kept)


def _everything(name: str) -> Parameter:
    """A parameter that takes any value whatsoever."""
    return Parameter(name, DYNAMIC, True, True, True, True)


# Numbers.
_add("abs", "numeric", NUMBER, _number("num"))
_add("ceil", "numeric", NUMBER, _number("num"))
_add("floor", "numeric", NUMBER, _number("num"))
_add("log", "numeric", NUMBER, _number("num"), _number("base"))
_add("max", "numeric", NUMBER, more=_number("numbers"))
_add("min", "numeric", NUMBER, more=_number("numbers"))
_add("parseint", "numeric", DYNAMIC, _any("number"), _number("base"))
_add("pow", "numeric", NUMBER, _number("num"), _number("power"))
_add("signum", "numeric", NUMBER, _number("num"))
_add("sum", "numeric", DYNAMIC, _any("list"))

# Strings.
_add("chomp", "strings", STRING, _text("str"))
_add("endswith", "strings", BOOL, _text("str"), _text("suffix"))
_add("format", "formatting", STRING, _text("format"), more=_any("args", null=True, unknown=True, dynamic=True))
_add("formatlist", "formatting", _STRINGS, _text("format"), more=_any("args", null=True, unknown=True, dynamic=True))
_add("indent", "strings", STRING, _number("spaces"), _text("str"))
_add("join", "strings", STRING, _text("separator"), more=Parameter("lists", _STRINGS))
_add("lower", "strings", STRING, _text("str"))
_add("regex", "regexes", DYNAMIC, _text("pattern"), _text("string"))
_add("regexall", "regexes", _LIST, _text("pattern"), _text("string"))
_add("replace", "strings", STRING, _text("str"), _text("substr"), _text("replace"))
_add("split", "strings", _STRINGS, _text("separator"), _text("str"))
_add("startswith", "strings", BOOL, Parameter("str", STRING, allow_unknown=True), _text("prefix"))
_add("strcontains", "strings", BOOL, _text("str"), _text("substr"))
_add("strrev", "strings", STRING, _text("str"))
_add("substr", "strings", STRING, _text("str"), _number("offset"), _number("length"))
_add("title", "strings", STRING, _text("str"))
_add("trim", "strings", STRING, _text("str"), _text("cutset"))
_add("trimprefix", "strings", STRING, _text("str"), _text("prefix"))
_add("trimspace", "strings", STRING, _text("str"))
_add("trimsuffix", "strings", STRING, _text("str"), _text("suffix"))
_add("upper", "strings", STRING, _text("str"))

# Collections.
_add("alltrue", "logic", BOOL, Parameter("list", list_of(BOOL)))
_add("anytrue", "logic", BOOL, Parameter("list", list_of(BOOL)))
_add(
    "chunklist",
    "lists",
    list_of(_LIST),
    Parameter("list", _LIST, allow_marked=True),
    Parameter("size", NUMBER, allow_marked=True),
)
_add("coalesce", "choices", DYNAMIC, more=_any("vals", null=True, unknown=True, dynamic=True))
_add("coalescelist", "choices", DYNAMIC, more=_any("vals", null=True, unknown=True, dynamic=True))
_add("compact", "lists", _STRINGS, Parameter("list", _STRINGS))
_add("concat", "lists", DYNAMIC, more=_any("seqs", marked=True))
_add("contains", "lists", DYNAMIC, _any("list"), _any("value"))
_add("distinct", "lists", _LIST, Parameter("list", _LIST))
_add("element", "lists", DYNAMIC, _any("list", marked=True), _number("index"), null=True)
_add("flatten", "lists", DYNAMIC, _any("list", marked=True))
_add("index", "lists", DYNAMIC, _any("list"), _any("value"))
_add("keys", "maps", DYNAMIC, _any("inputMap", unknown=True, marked=True))
_add("length", "lists", NUMBER, _any("value", unknown=True, dynamic=True, marked=True))
_add(
    "lookup",
    "maps",
    DYNAMIC,
    _any("inputMap", kept=True),
    _marked("key"),
    more=_everything("default"),
    null=True,
)
_add(
    "matchkeys",
    "lists",
    _LIST,
    Parameter("values", _LIST),
    Parameter("keys", _LIST),
    Parameter("searchset", _LIST),
)
_add("merge", "maps", DYNAMIC, more=_any("maps", null=True, dynamic=True, marked=True))
_add("one", "choices", DYNAMIC, _any("list"), null=True)
_add("range", "lists", list_of(NUMBER), more=_number("params"))
_add("reverse", "lists", DYNAMIC, _any("list", marked=True))
_add("setintersection", "sets", _SET, Parameter("first_set", _SET), more=Parameter("other_sets", _SET))
_add("setproduct", "sets", DYNAMIC, more=_any("sets", kept=True))
_add("setsubtract", "sets", _SET, Parameter("a", _SET), Parameter("b", _SET))
_add("setunion", "sets", _SET, Parameter("first_set", _SET), more=Parameter("other_sets", _SET))
_add("slice", "lists", DYNAMIC, _any("list", marked=True), _number("start_index"), _number("end_index"))
_add("sort", "lists", _STRINGS, Parameter("list", _STRINGS))
_add("transpose", "maps", map_of(_STRINGS), Parameter("values", map_of(_STRINGS)))
_add("values", "maps", DYNAMIC, _any("mapping", marked=True))
_add("zipmap", "maps", DYNAMIC, Parameter("keys", _STRINGS, allow_marked=True), _any("values", marked=True))

# Encodings.
_add("base64decode", "encoding", STRING, _marked("str"))
_add("base64encode", "encoding", STRING, _text("str"))
_add("base64gzip", "encoding", STRING, _text("str"))
_add("csvdecode", "csv_format", DYNAMIC, _text("str"))
_add("jsondecode", "json_format", DYNAMIC, _text("str"), null=True)
_add("jsonencode", "json_format", STRING, _any("val", null=True, unknown=True, dynamic=True))
_add("textdecodebase64", "encoding", STRING, _text("source"), _text("encoding"))
_add("textencodebase64", "encoding", STRING, _text("string"), _text("encoding"))
_add("urlencode", "encoding", STRING, _text("str"))
_add("yamldecode", "yaml_format", DYNAMIC, _text("src"), null=True)
_add("yamlencode", "yaml_format", STRING, _any("value", null=True, dynamic=True))

# Hashes and cryptography.
_add("base64sha256", "crypto", STRING, _text("str"))
_add("base64sha512", "crypto", STRING, _text("str"))
_add("bcrypt", "crypto", STRING, _text("str"), more=_number("cost"), pure=False)
_add("md5", "crypto", STRING, _text("str"))
_add("rsadecrypt", "crypto", STRING, _text("ciphertext"), _text("privatekey"))
_add("sha1", "crypto", STRING, _text("str"))
_add("sha256", "crypto", STRING, _text("str"))
_add("sha512", "crypto", STRING, _text("str"))
_add("uuid", "crypto", STRING, pure=False)
_add("uuidv5", "crypto", STRING, _text("namespace"), _text("name"))

# Dates.
_add("formatdate", "dates", STRING, _text("format"), _text("time"))
_add("plantimestamp", "dates", STRING, context=True, planned=True)
_add("timeadd", "dates", STRING, _text("timestamp"), _text("duration"))
_add("timecmp", "dates", NUMBER, _text("timestamp_a"), _text("timestamp_b"))
_add("timestamp", "dates", STRING, pure=False)

# Networks.
_add("cidrhost", "network", STRING, _text("prefix"), _number("hostnum"))
_add("cidrnetmask", "network", STRING, _text("prefix"))
_add("cidrsubnet", "network", STRING, _text("prefix"), _number("newbits"), _number("netnum"))
_add("cidrsubnets", "network", _STRINGS, _text("prefix"), more=_number("newbits"))

# Files.
_add("abspath", "filesystem", STRING, _text("path"), context=True)
_add("basename", "filesystem", STRING, _text("path"))
_add("dirname", "filesystem", STRING, _text("path"))
_add("file", "filesystem", STRING, _marked("path"), context=True, recorded=True)
_add("filebase64", "filesystem", STRING, _marked("path"), context=True, recorded=True)
_add("filebase64sha256", "filesystem", STRING, _text("path"), context=True, recorded=True)
_add("filebase64sha512", "filesystem", STRING, _text("path"), context=True, recorded=True)
_add("fileexists", "filesystem", BOOL, _marked("path"), context=True, recorded=True)
_add("filemd5", "filesystem", STRING, _text("path"), context=True, recorded=True)
_add("fileset", "globbing", set_of(STRING), _marked("path"), _marked("pattern"), context=True, recorded=True)
_add("filesha1", "filesystem", STRING, _text("path"), context=True, recorded=True)
_add("filesha256", "filesystem", STRING, _text("path"), context=True, recorded=True)
_add("filesha512", "filesystem", STRING, _text("path"), context=True, recorded=True)
_add("pathexpand", "filesystem", STRING, _text("path"))
_add(
    "templatefile",
    "rendering",
    DYNAMIC,
    Parameter("path", STRING, allow_unknown=True, allow_marked=True),
    _any("vars", unknown=True, kept=True),
    context=True,
    null=True,
    recorded=True,
)
_add("templatestring", "rendering", STRING, _text("template"), _any("vars"), unevaluated=True, null=True)

# Types and marks.
_add("can", "control", BOOL, _any("expression"), unevaluated=True)
_add("convert", "conversion", DYNAMIC, _everything("value"), TYPE_PARAMETER, unevaluated=True, null=True)
_add("ephemeralasnull", "control", DYNAMIC, _everything("value"), null=True)
_add("issensitive", "control", BOOL, _everything("value"))
_add("nonsensitive", "control", DYNAMIC, _everything("value"), null=True)
_add("sensitive", "control", DYNAMIC, _everything("value"), null=True)
_add("tobool", "conversion", BOOL, _any("v", null=True, dynamic=True, kept=True), null=True)
_add("tolist", "conversion", _LIST, _any("v", null=True, dynamic=True, kept=True), null=True)
_add("tomap", "conversion", map_of(DYNAMIC), _any("v", null=True, dynamic=True, kept=True), null=True)
_add("tonumber", "conversion", NUMBER, _any("v", null=True, dynamic=True, kept=True), null=True)
_add("toset", "conversion", _SET, _any("v", null=True, dynamic=True, kept=True), null=True)
_add("tostring", "conversion", STRING, _any("v", null=True, dynamic=True, kept=True), null=True)
_add("try", "control", DYNAMIC, more=_any("expressions"), unevaluated=True, null=True)
_add("type", "conversion", DYNAMIC, _everything("value"), console=True)

# Functions that are gone: calls say what to write instead.
_add("list", "control", DYNAMIC, more=_everything("vals"))
_add("map", "control", DYNAMIC, more=_everything("vals"))
REMOVED_NAMES: Final = frozenset(("list", "map"))
"""The functions that only say what to write instead."""

# Functions that OpenTofu has besides; Terraform has none of these names.
_add("base64gunzip", "encoding", STRING, _marked("str"))
_add("cidrcontains", "network", BOOL, _text("containing_prefix"), _text("contained_ip_or_prefix"))
_add("urldecode", "encoding", STRING, _marked("str"))
OPENTOFU_NAMES: Final = frozenset(("base64gunzip", "cidrcontains", "urldecode"))
"""The functions that OpenTofu 1.12 has and Terraform 1.15 has not."""


def lookup(name: str) -> Function | None:
    """The built-in function of a name, which may start with `core::`; None if there is none."""
    return _FUNCTIONS.get(name.removeprefix("core::"))


def names() -> Iterable[str]:
    """The names of all functions, without namespace, in order; not those of the console."""
    return sorted(name for name, function in _FUNCTIONS.items() if not function.console_only)
