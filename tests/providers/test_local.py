import os
import stat
from pathlib import Path
from typing import Any

import pytest

from iacctl import values
from tests.providers import driver
from tests.providers.driver import Driver, Refused

HELLO = {
    "content_md5": "5d41402abc4b2a76b9719d911017c592",
    "content_sha1": "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
    "content_sha256": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
    "content_base64sha256": "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
    "content_sha512": "9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca72323c3d99ba5c11d7c7acc6e14b8c5da0c4"
    "663475c2e5c3adef46f73bcdec043",
    "content_base64sha512": "m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw==",
    "id": "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def file() -> Driver:
    return Driver(driver.provider("hashicorp/local"), "local_file")


@pytest.fixture
def no_umask() -> Any:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: str) -> int:
    return stat.S_IMODE(Path(path).stat().st_mode)


@pytest.mark.parametrize(
    "arguments",
    [{"content": "hello"}, {"sensitive_content": "hello"}, {"content_base64": "aGVsbG8="}, {"source": "from"}],
)
def test_every_way_to_give_a_content(file: Driver, arguments: dict[str, str]) -> None:
    Path("from").write_text("hello")
    file.create(filename="to", **arguments)
    assert Path("to").read_text() == "hello"
    assert {name: file[name] for name in HELLO} == HELLO


def test_permissions(file: Driver, no_umask: None) -> None:
    file.create(filename="a/b/c", content="", file_permission="0640", directory_permission="750")
    assert mode("a/b/c") == 0o640
    assert mode("a") == mode("a/b") == 0o750


def test_permissions_by_default(file: Driver, no_umask: None) -> None:
    file.create(filename="d/plain", content="")
    secret = Driver(file.provider, "local_sensitive_file")
    secret.create(filename="s/secret", content="")
    assert (mode("d"), mode("d/plain")) == (0o777, 0o777)
    assert (mode("s"), mode("s/secret")) == (0o700, 0o700)


def test_a_file_that_is_there_is_overwritten(file: Driver) -> None:
    Path("to").write_text("a much longer text")
    file.create(filename="to", content="hello")
    assert Path("to").read_text() == "hello"


@pytest.mark.parametrize("drift", [lambda path: path.unlink(), lambda path: path.write_text("other")])
def test_drift_makes_it_anew(file: Driver, drift: Any) -> None:
    file.create(filename="to", content="hello")
    drift(Path("to"))
    assert values.is_null(file.read())
    file.create(filename="to", content="hello")
    assert Path("to").read_text() == "hello"


def test_what_cannot_be_done_is_reported(file: Driver) -> None:
    Path("blocked").write_text("")
    with pytest.raises(Refused, match=r"making the folder[\s\S]*not a directory"):
        file.create(filename="blocked/x/y", content="")
    with pytest.raises(Refused, match=r"reading the source[\s\S]*nowhere: no such file"):
        file.create(filename="to", source="nowhere")
    with pytest.raises(Refused, match="parsing local file content"):
        file.create(filename="to", content_base64="%%%")
    Path("folder").mkdir()
    with pytest.raises(Refused, match=r"writing the file[\s\S]*folder: is a directory"):
        file.create(filename="folder", content="")


def test_wrong_permissions_are_named(file: Driver) -> None:
    (problem,) = file.problems(file.config(filename="x", content="", file_permission="888"))
    assert problem.summary == "Invalid File Permission String Value"
    assert problem.detail == (
        "Attribute file_permission bad mode permission: string must be expressed in octal numeric notation: 888"
    )


def test_contents_exclude_each_other(file: Driver) -> None:
    (problem,) = file.problems(file.config(filename="x"))
    assert problem.detail == (
        "No attribute specified when one (and only one) of [content,sensitive_content,content_base64,source] is required"
    )
    problems = file.problems(file.config(filename="x", content="a", source="b"))
    assert {problem.path for problem in problems} == {("content",), ("source",)}


def test_reading_files() -> None:
    made = driver.provider("hashicorp/local")
    Path("text").write_text("hello")
    Path("binary").write_bytes(b"\xff\x00")
    found = driver.read_data(made, "local_file", filename="text")
    assert {name: found[name] for name in HELLO} == HELLO
    assert (found["content"], found["content_base64"]) == ("hello", "aGVsbG8=")
    found = driver.read_data(made, "local_sensitive_file", filename="binary")
    assert (found["content"], found["content_base64"]) == ("\ufffd\0", "/wA=")
    assert made.schema().data_sources["local_sensitive_file"].block.attributes["content"].sensitive
    with pytest.raises(Refused, match="The file at given path cannot be read"):
        driver.read_data(made, "local_file", filename="missing")


def test_direxists() -> None:
    made = driver.provider("hashicorp/local")
    Path("file").write_text("")
    assert driver.call(made, "direxists", ".") is True
    assert driver.call(made, "direxists", "nowhere") is False
    with pytest.raises(Refused, match="is not a directory"):
        driver.call(made, "direxists", "file")
