"""Who asks a registry: credentials, discovery and patience."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from iacctl.config.cli_config import CliConfig, CredentialsHelper, load
from iacctl.diag import Diagnostics
from iacctl.install import registry
from iacctl.install.credentials import CredentialsError, token_for
from iacctl.install.fetching import Tools
from tests.install import packages
from tests.install.internet import Answer, Internet, Request
from tests.install.tools import calls, environment, install, terraform

NAMED = CliConfig(credentials={"reg.test": {"token": "from-file"}, "no.test": {}})


@pytest.mark.parametrize(
    ("variables", "host", "expected"),
    [
        ({}, "reg.test", "from-file"),
        ({}, "no.test", None),
        ({}, "other.test", None),
        ({"TF_TOKEN_reg_test": "variable"}, "reg.test", "variable"),
        ({"TF_TOKEN_REG_TEST": "variable"}, "reg.test", "variable"),
        ({"TF_TOKEN_reg_test": ""}, "reg.test", "from-file"),
        ({"TF_TOKEN_my__host_test": "variable"}, "my-host.test", "variable"),
        ({"TF_TOKEN_my-host_test": "variable"}, "my-host.test", "variable"),
        ({"TF_TOKEN_xn----4ca_test": "variable"}, "ä.test", None),
        ({"TF_TOKEN_xn__4ca_test": "x"}, "reg.test", "from-file"),
        ({"TF_TOKEN_": "variable"}, "reg.test", "from-file"),
    ],
)
def test_tokens(variables: Mapping[str, str], host: str, expected: str | None) -> None:
    assert token_for(host, Tools(variables, lambda: NAMED)) == expected


def test_an_international_host() -> None:
    assert token_for("ä.test", Tools({"TF_TOKEN_xn--4ca_test": "variable"})) == "variable"


HELPER = """#!/bin/sh
[ "$1 $2" = "--flag get" ] || exit 2
case "$3" in
  reg.test) echo '{"token":"from-helper"}';;
  none.test) echo '{}';;
  odd.test) echo 'odd';;
  *) echo 'no such host' >&2; exit 1;;
esac
"""


def test_a_credentials_helper(tmp_path: Path) -> None:
    folder = tmp_path / ".terraform.d" / "plugins"
    folder.mkdir(parents=True)
    program = folder / "terraform-credentials-test"
    program.write_text(HELPER)
    program.chmod(0o755)
    config = CliConfig(credentials_helper=CredentialsHelper("test", ("--flag",)))
    tools = Tools({"HOME": str(tmp_path), "PATH": os.environ["PATH"]}, lambda: config)
    assert token_for("reg.test", tools) == "from-helper"
    assert token_for("none.test", tools) is None
    for host, problem in (("odd.test", "malformed output"), ("other.test", "failed: no such host")):
        with pytest.raises(CredentialsError, match=problem):
            token_for(host, tools)
    for name, problem in (("gone", "was not found"), ("../test", "is no name")):
        other = CliConfig(credentials_helper=CredentialsHelper(name))
        with pytest.raises(CredentialsError, match=problem):
            token_for("reg.test", Tools({"HOME": str(tmp_path)}, lambda other=other: other))  # type: ignore[misc]


RC = """
credentials "reg.test" {
  token = "hunter2"
}
credentials "d4.test" {
  token = "hunter3"
}
credentials "named.test" {
  token = "hunter4"
}
host "named.test" {
  services = {
    "modules.v1" = "https://reg.test/api/"
  }
}
"""


def _asked(net: Internet) -> list[tuple[str, str, str | None]]:
    """What registries were asked, and with which token."""
    return [
        (request.method, request.url, request.headers.get("authorization"))
        for request in net.requests
        if request.url.endswith((".json", "versions", "download"))
    ]


def test_credentials_go_where_terraforms_go(net: Internet, tmp_path: Path, home: Path) -> None:
    net.sites.update(packages.HOSTS)
    (tmp_path / "rc").write_text(RC)
    sources: list[str | tuple[str, str]] = [
        f"{host}/n/many/x" for host in ("reg.test", "d4.test", "named.test", "d11.test")
    ]
    environ = environment(net, home, {"TF_CLI_CONFIG_FILE": str(tmp_path / "rc"), "TF_TOKEN_d11_test": "hunter5"})
    asked: list[list[tuple[str, str, str | None]]] = []
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(calls(sources))
        net.requests.clear()
        assert (install if name == "ours" else terraform)(tmp_path / name, environ).found == []
        asked.append(sorted(_asked(net), key=str))
        # Tokens are for registries, not for where they send us.
        assert not [
            request for request in net.requests if request.url.endswith(".zip") and "authorization" in request.headers
        ]
    assert asked[0] == asked[1]
    versions = [request for request in net.requests if request.url.endswith("versions")]
    assert {request.headers["x-terraform-version"] for request in versions} == {"1.15.5"}


def test_each_thing_is_asked_once(net: Internet, tmp_path: Path, home: Path) -> None:
    net.sites.update(packages.HOSTS)
    net.requests.clear()
    (tmp_path / "main.tf").write_text(
        calls(["reg.test/n/many/x", "reg.test/n/many/x//sub", ("reg.test/n/many/x", "1.0.0")])
    )
    assert install(tmp_path, environment(net, home)).found == []
    urls = [request.url for request in net.requests]
    assert len(urls) == len(set(urls)) == 5  # discovery, versions, two downloads, and the package that both lead to


def test_patience(net: Internet, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    left = [500, 429]

    def recovering(request: Request) -> Answer:
        return Answer(left.pop(0)) if request.url.endswith("versions") and left else packages.registry(request)

    net.sites["reg.test"] = recovering
    net.sites["files.test"] = packages.files
    (tmp_path / "main.tf").write_text(calls(["reg.test/n/many/x"]))
    failed = install(tmp_path, environment(net, home)).found
    assert "the request failed after 2 attempts, please try again later: 429 Too Many Requests returned" in failed[0][1]
    left[:] = [500, 429]
    assert install(tmp_path, environment(net, home, {"TF_REGISTRY_DISCOVERY_RETRY": "2"})).found == []
    net.sites["reg.test"] = packages.registry


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, (2, 10.0)),
        ({"TF_REGISTRY_DISCOVERY_RETRY": "4", "TF_REGISTRY_CLIENT_TIMEOUT": "3"}, (5, 3.0)),
        ({"TF_REGISTRY_DISCOVERY_RETRY": "0", "TF_REGISTRY_CLIENT_TIMEOUT": "-1"}, (2, 10.0)),
        ({"TF_REGISTRY_DISCOVERY_RETRY": "x", "TF_REGISTRY_CLIENT_TIMEOUT": "x"}, (2, 10.0)),
    ],
)
def test_patience_is_set_by_variables(variables: Mapping[str, str], expected: tuple[int, float]) -> None:
    assert registry.policy(variables)[:2] == expected


def test_opentofus_answers_are_understood(net: Internet, tmp_path: Path, home: Path) -> None:
    def answer(request: Request) -> Answer:
        if request.url.endswith("download"):
            return packages.answer_json({"location": "https://files.test/x.zip"})
        return packages.registry(request)

    net.sites["tofu.test"] = answer
    net.sites["files.test"] = packages.files
    (tmp_path / "main.tf").write_text(calls(["tofu.test/n/many/x"]))
    assert install(tmp_path, environment(net, home)).found == []


def test_faults_of_the_file_do_not_stop_an_installation(net: Internet, tmp_path: Path, home: Path) -> None:
    (tmp_path / "rc").write_text("credentials {")
    found = Diagnostics()
    load(found, {"TF_CLI_CONFIG_FILE": str(tmp_path / "rc")})
    assert found.has_errors
    net.sites.update(packages.HOSTS)
    (tmp_path / "main.tf").write_text(calls(["reg.test/n/many/x"]))
    assert install(tmp_path, environment(net, home, {"TF_CLI_CONFIG_FILE": str(tmp_path / "rc")})).found == []
