"""The CLI configuration file is read as Terraform reads it, and its faults are told in Terraform's words."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iacctl.addrs import Provider
from iacctl.cli import configuration
from iacctl.config import hcl1
from iacctl.config.cli_config import CliConfig, CredentialsHelper, OciCredentials, load
from iacctl.config.provider_installation import Pattern
from iacctl.diag import Diagnostics
from tests.cli.tools import TERRAFORM

SPLIT = "# ---\n"
GOOD = """
credentials "a.com" {
  token = "one"
}
credentials "A.com:443" { token = "two" }
credentials = { "b.com" = { token = 5 } }
credentials_helper "x" { args = ["a", "b"] }
host "a.com" { services = { "modules.v1" = "https://x/" } }
plugin_cache_dir = "$CACHE"
disable_checkpoint = true
disable_checkpoint_signature = false
plugin_cache_may_break_dependency_lock_file = true
provider_installation {
  filesystem_mirror {
    path    = "/mirror"
    include = ["example.com/*/*", "hashicorp/aws"]
  }
  network_mirror { url = "https://mirror.test/" }
  direct { exclude = ["*/*/*"] }
  dev_overrides { "a/b" = "/own" }
}
oci_default_credentials {
  discover_ambient_credentials = false
  docker_style_config_files    = ["/a"]
}
oci_credentials "r.test/x" {
  username = "u"
  password = "p"
}
providers { a = "/x" }
other = <<EOT
text
EOT
"""
BAD = [
    "credentials",
    'credentials "a b" { token = "x" }',
    'credentials_helper "x" {}\ncredentials_helper "y" {}',
    'credentials_helper "x" {\n args = "a"\n}',
    'host "a b" { services = {} }',
    'plugin_cache_dir = "/not/there"',
    'disable_checkpoint = "yes"',
    "provider_installation {}\nprovider_installation {}",
    'provider_installation "x" {}',
    "provider_installation = 1",
    "provider_installation {\n foo {}\n}",
    "provider_installation {\n filesystem_mirror {}\n}",
    'provider_installation {\n filesystem_mirror { path = "/x"\n include = ["a/b/c/d"] }\n}',
    'provider_installation {\n filesystem_mirror { path = "/x"\n include = "a" }\n}',
    'provider_installation {\n network_mirror { url = "http://x/" }\n}',
    'provider_installation {\n direct { include = ["*/a/*"] }\n}',
    "provider_installation {\n direct = {}\n}",
    'provider_installation {\n direct "x" {}\n}',
    "providers = 1",
    "a b c",
    "x = {",
    "x: 1",
    '= "1"',
    'x = "abc',
]


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())


@pytest.mark.parametrize("text", BAD)
def test_faults_are_told_as_by_terraform(
    text: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "rc"
    file.write_text(text)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    done = subprocess.run(
        [*TERRAFORM, "version"],
        env={**environ, "TF_CLI_CONFIG_FILE": str(file), "CHECKPOINT_DISABLE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(file))
    monkeypatch.delenv("TF_PLUGIN_CACHE_DIR", raising=False)
    configuration.report()
    told = capfd.readouterr().err
    assert _plain(told) == _plain(done.stderr)
    assert "There are some problems" in told


def test_everything_is_decoded(tmp_path: Path) -> None:
    (tmp_path / "rc").write_text(GOOD)
    found = Diagnostics()
    config = load(found, {"TF_CLI_CONFIG_FILE": str(tmp_path / "rc"), "CACHE": str(tmp_path)})
    assert list(found) == []
    assert config.credentials == {"a.com": {"token": "two"}, "b.com": {"token": "5"}}
    assert config.credentials_helper == CredentialsHelper("x", ("a", "b"))
    assert config.services == {"a.com": {"modules.v1": "https://x/"}}
    assert config.plugin_cache_dir == str(tmp_path)
    assert (config.disable_checkpoint, config.disable_checkpoint_signature) == (True, False)
    assert config.plugin_cache_may_break_lock_file
    assert config.oci_credentials == (OciCredentials("r.test/x", "u", "p"),)
    assert (config.oci_ambient, config.oci_docker_files) == (False, ("/a",))
    assert config.provider_installation is not None
    mirror, network, direct, own = config.provider_installation
    assert (mirror.kind, mirror.location) == ("filesystem_mirror", "/mirror")
    assert mirror.include[1] == Pattern("registry.terraform.io", "hashicorp", "aws")
    assert mirror.allows(Provider("example.com", "any", "thing"))
    assert not mirror.allows(Provider("registry.terraform.io", "hashicorp", "null"))
    assert network.location == "https://mirror.test/"
    assert not direct.allows(Provider("example.com", "any", "thing"))
    assert own.overrides == {Provider("registry.terraform.io", "a", "b"): "/own"}


def test_json_is_another_way_to_write_it(tmp_path: Path) -> None:
    (tmp_path / "rc").write_text('{"credentials": {"a.com": {"token": "x"}}, "disable_checkpoint": true}')
    config = load(Diagnostics(), {"TF_CLI_CONFIG_FILE": str(tmp_path / "rc")})
    assert config.credentials == {"a.com": {"token": "x"}}
    assert config.disable_checkpoint


def test_which_files_count(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path)}
    assert load(Diagnostics(), environ) == CliConfig()
    (tmp_path / ".tofurc").write_text('credentials "a.com" { token = "tofu" }')
    assert load(Diagnostics(), environ).credentials["a.com"] == {"token": "tofu"}
    (tmp_path / ".terraformrc").write_text('credentials "a.com" { token = "own" }\ncredentials_helper "x" {}')
    folder = tmp_path / ".terraform.d"
    folder.mkdir()
    (folder / "b.tfrc").write_text('credentials "b.com" { token = "b" }')
    (folder / "credentials.tfrc.json").write_text('{"credentials": {"a.com": {"token": "login"}}}')
    (folder / "no.txt").write_text("}")
    found = Diagnostics()
    config = load(found, environ)
    assert not found
    assert {host: given["token"] for host, given in config.credentials.items()} == {"a.com": "login", "b.com": "b"}
    (folder / "c.tfrc").write_text('credentials_helper "y" {}')
    load(found, environ)
    assert [item.summary for item in found] == ["No more than one credentials_helper block may be specified"]
    named = load(Diagnostics(), {**environ, "TF_CLI_CONFIG_FILE": os.devnull})
    assert named == CliConfig()
    found = Diagnostics()
    load(found, {**environ, "TF_CLI_CONFIG_FILE": str(tmp_path / "none")})
    assert [item.severity for item in found] == ["warning"]
    assert [item.summary for item in found] == ["Unable to open CLI configuration file"]


def test_variables_stand_above_the_file(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "TF_PLUGIN_CACHE_DIR": str(tmp_path), "CHECKPOINT_DISABLE": "1"}
    config = load(Diagnostics(), {**environ, "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE": "1"})
    assert (config.plugin_cache_dir, config.plugin_cache_may_break_lock_file) == (str(tmp_path), True)
    assert config.disable_checkpoint


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for data, problem in ((b"\xff", "not UTF-8"), (None, "is a directory")):
        path = tmp_path / problem
        path.mkdir() if data is None else path.write_bytes(data)
        found = Diagnostics()
        load(found, {"TF_CLI_CONFIG_FILE": str(path)})
        assert problem in found[0].summary


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'x = "a\n\"\\\u0041\x42\103"', 'a\n"\\ABC'),
        ('x = "a ${ "b" } c"', 'a ${ "b" } c'),
        ("x = <<-EOT\n  a\n    b\n  EOT\n", "a\n  b\n"),
        ("x = 0x1F", 31),
        ("x = 1.5e3", 1500.0),
        ("x = -2", -2),
    ],
)
def test_values(text: str, expected: object) -> None:
    value = hcl1.parse(text).items[0].value
    assert isinstance(value, hcl1.Scalar)
    assert value.value == expected


@given(st.text(st.sampled_from('ab ={}[],"\n#/*<-E1.$\\:'), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        hcl1.parse(text)
    except hcl1.SyntaxProblemError as error:
        assert str(error).startswith("At ")


def test_nesting_has_an_end() -> None:
    with pytest.raises(hcl1.SyntaxProblemError, match="nested too deeply"):
        hcl1.parse("x = " + "[" * 100_000)
    with pytest.raises(hcl1.SyntaxProblemError):
        hcl1.parse('{"x":' * 100_000)
