"""The functions that OpenTofu has and Terraform has not: their examples and messages are those of its documentation."""

from __future__ import annotations

import base64
import gzip
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iacctl import values
from iacctl.diag import SourceFile
from iacctl.hcl.parser import parse_expression
from iacctl.lang.compile import compile_expression

from .surroundings import Surroundings


def evaluate(text: str) -> tuple[values.Value, list[str]]:
    context = Surroundings("plan").context()
    value = compile_expression(parse_expression(SourceFile("x.tf", text), context.diags))(context)
    return value, [problem.detail for problem in context.diags]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('base64gunzip(base64gzip("Häuser"))', "Häuser"),
        ('base64gunzip("H4sIAAAAAAAA/ypJLS4BAAAA//8BAAD//wx+f9gEAAAA")', "test"),
        ('urldecode("Hello+World%21")', "Hello World!"),
        ('urldecode("%E2%98%83")', "☃"),
        ('urldecode("foo%3Abar%40localhost%3Ffoo%3Dbar%26bar%3Dbaz")', "foo:bar@localhost?foo=bar&bar=baz"),
        ('urldecode(urlencode("a b+c/%é"))', "a b+c/%é"),
        ('core::urldecode("%41")', "A"),
        ('cidrcontains("192.168.2.0/20", "192.168.2.1")', True),
        ('cidrcontains("192.168.2.0/20", "192.168.2.0/22")', True),
        ('cidrcontains("192.168.2.0/20", "192.126.2.1")', False),
        ('cidrcontains("192.168.2.0/20", "192.126.2.0/18")', False),
        ('cidrcontains("10.0.0.0/8", "10.0.0.0/7")', False),
        ('cidrcontains("fe80::/48", "fe80::1")', True),
        ('cidrcontains("fe80::/48", "fe81::1")', False),
        ('cidrcontains("10.0.0.0/8", "::ffff:10.1.2.3")', True),
        ('cidrcontains("0.0.0.0/0", "255.255.255.255")', True),
    ],
)
def test_results(text: str, expected: object) -> None:
    assert evaluate(text) == (expected, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('base64gunzip("?")', 'failed to decode base64 data "?"'),
        ('base64gunzip(sensitive("?"))', "failed to decode base64 data (sensitive value)"),
        ('base64gunzip("")', "failed to gunzip bytestream: EOF"),
        ('base64gunzip("YWJj")', "failed to gunzip bytestream: gzip: invalid header"),
        ('base64gunzip(substr(base64gzip("abcdefgh"), 0, 20))', "failed to read gunzip raw data: unexpected EOF"),
        ('urldecode("%GG")', "failed to decode URL '': invalid URL escape \"%GG\""),
        ('urldecode("a%2")', "failed to decode URL '': invalid URL escape \"%2\""),
        ('urldecode(sensitive("%GG"))', "failed to decode URL '': invalid URL escape (sensitive value)"),
        ('cidrcontains("192.168.2.0/20", "fe80::1")', "address family mismatch: 192.168.2.0/20 vs. fe80::1"),
        ('cidrcontains("fe80::/48", "10.0.0.0/8")', "address family mismatch: fe80::/48 vs. 10.0.0.0/8"),
        ('cidrcontains("no", "10.0.0.0/8")', "invalid CIDR address: no"),
        ('cidrcontains("10.0.0.0/8", "no")', "invalid IP address or prefix: no"),
        ("urldecode(null)", "argument must not be null"),
    ],
)
def test_refusals(text: str, message: str) -> None:
    _, problems = evaluate(text)
    assert len(problems) == 1
    assert problems[0].endswith(f": {message}."), problems


@pytest.mark.parametrize("name", ["base64gunzip", "urldecode"])
def test_unknown_and_sensitive(name: str) -> None:
    value, problems = evaluate(f"{name}(local.unk)")
    assert not problems
    assert isinstance(value, values.Unknown)
    assert value.type is values.STRING
    value, problems = evaluate(f'issensitive(urldecode(sensitive("a"))) && issensitive({name}(sensitive(local.unk)))')
    assert (value, problems) == (True, [])


@given(st.text(max_size=50))
def test_gunzip_undoes_gzip(text: str) -> None:
    packed = base64.b64encode(gzip.compress(text.encode())).decode()
    value, problems = evaluate(f'base64gunzip("{packed}")')
    assert not problems
    assert value == unicodedata.normalize("NFC", text)
