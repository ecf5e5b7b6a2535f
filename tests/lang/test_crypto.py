"""Functions whose results differ each time or need a key."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from iacctl import values
from iacctl.lang.functions import calling, catalog

from .surroundings import Surroundings


def call(name: str, *arguments: values.Value) -> values.Value:
    function = catalog.lookup(name)
    assert function is not None
    return calling.invoke(function, arguments, Surroundings("console").context())


def test_bcrypt() -> None:
    import bcrypt

    hashed = call("bcrypt", "secret", 4)
    assert isinstance(hashed, str) and hashed.startswith("$2a$04$")
    assert bcrypt.checkpw(b"secret", hashed.encode())
    with pytest.raises(calling.FunctionError, match="outside allowed inclusive range"):
        call("bcrypt", "secret", 32)


def test_uuid_and_timestamp() -> None:
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", str(call("uuid")))
    assert call("uuid") != call("uuid")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(call("timestamp")))


@pytest.mark.skipif(not (shutil.which("openssl") and shutil.which("ssh-keygen")), reason="needs openssl and ssh-keygen")
def test_rsadecrypt(tmp_path: Path) -> None:
    def run(*words: str, data: bytes = b"") -> bytes:
        return subprocess.run(words, cwd=tmp_path, input=data, check=True, capture_output=True).stdout

    run("openssl", "genrsa", "-traditional", "-out", "one.pem", "1024")
    run("openssl", "pkcs8", "-topk8", "-nocrypt", "-in", "one.pem", "-out", "two.pem")
    run("openssl", "rsa", "-in", "one.pem", "-pubout", "-out", "public.pem")
    shutil.copy(tmp_path / "one.pem", tmp_path / "three.pem")
    run("ssh-keygen", "-p", "-N", "", "-f", "three.pem", "-q")
    secret = run("openssl", "pkeyutl", "-encrypt", "-pubin", "-inkey", "public.pem", data="sécret".encode())
    encrypted = base64.b64encode(secret).decode()
    for name in ("one.pem", "two.pem", "three.pem"):
        assert call("rsadecrypt", encrypted, (tmp_path / name).read_text()) == "sécret"
    with pytest.raises(calling.FunctionError, match="decryption error"):
        call("rsadecrypt", "AAAA", (tmp_path / "one.pem").read_text())
