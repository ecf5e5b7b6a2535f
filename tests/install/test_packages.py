"""Packages come as Terraform brings them: the same files, the same manifest, the same words; then either tool goes on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from iacctl.config import loader
from iacctl.config.source import DirectorySource
from tests.cli.tools import ROOT, TERRAFORM, run
from tests.install import packages
from tests.install.internet import Internet
from tests.install.tools import Outcome, calls, environment, install, terraform, tree

WEB = [f"https://files.test/{name}" for name in packages.ARCHIVES if name.startswith("x.t")]
GOOD: list[str | tuple[str, str]] = [
    *WEB,
    "https://files.test/x.zip",
    "https://files.test/x.zip//sub",
    "https://files.test/x.zip//two/a b",
    "https://files.test/top.zip",
    "https://files.test/top.zip//top-1.0",
    "https://files.test/top.zip//top-*",
    "https://files.test/top.zip//*/sub",
    "https://files.test/plain?archive=zip",
    "https://files.test/head",
    "https://files.test/head-sub",
    "https://files.test/meta",
    "https://files.test/meta-sub//a b",
    "https://files.test/moved.zip",
    "https://files.test/downgraded.zip",
    "https://files.test/x.zip?checksum=file:https://files.test/SHA256SUMS",
    "https://files.test/calls.zip//a",
    "git::https://git.test/r.git",
    "git::https://git.test/r.git?ref=v1",
    "git::https://git.test/r.git?ref=feature",
    "git::https://git.test/r.git?ref=FIRST",
    "git::https://git.test/r.git?ref=SHORT",
    "git::https://git.test/r.git?ref=",
    "git::https://git.test/r.git?depth=1",
    "git::https://git.test/r.git?depth=1&ref=v1",
    "git::https://git.test/r.git?depth=x",
    "git::https://git.test/r.git//sub?ref=v1",
    "git::HTTPS://git.test/r.git",
    "git::file://FOLDER/r.git",
    "FOLDER/r.git/../work",
    "FOLDER/work//sub",
    "reg.test/n/many/x",
    ("reg.test/n/many/x", "1.0.0"),
    ("reg.test/n/many/x", "~> 1.0"),
    ("reg.test/n/many/x//sub", ">= 1.0, < 2.0"),
    ("reg.test/n/many/x", "2.0.0-beta1"),
    ("reg.test/n/many/x", ">= 2.0.0-beta1"),
    ("n/many/x", "!= 2.0.0"),
    ("reg.test/n/pre/x", " 1.0.0-a "),
    ("reg.test/n/built/x", "1.0.0+b"),
    "reg.test:8443/n/many/x",
    *(f"reg.test/n/{name}/x" for name in ("odd", "moved", "relative", "absolute", "parent", "sub")),
    *(f"d{number}.test/n/many/x" for number in (3, 4, 9, 11)),
]
BAD: list[str | tuple[str, str]] = [
    *(
        f"https://files.test/{name}"
        for name in ("main.tf", "no-meta", "401.zip", "short.zip", "loop.zip", "nothing.zip")
    ),
    *(f"https://files.test/{name}" for name in ("empty.zip", "bad.zip", "empty.tar.gz", "cut.tar.gz", "no.tar.gz")),
    *(f"https://files.test/{name}" for name in ("up.zip", "up.tar.gz", "x.gz", "x.bz2", "x.xz")),
    *(f"https://files.test/{name}" for name in ("head-relative", "head-loop")),
    "https://files.test/top.zip//nope",
    "https://files.test/top.zip//n*",
    "https://files.test/x.zip//main.tf",
    "https://files.test/escapes.zip//a",
    "https://files.test/x.zip?checksum=00000000000000000000000000000000",
    "https://files.test/x.zip?checksum=12",
    "https://files.test/x.zip?checksum=md5:1",
    "git::https://git.test/r.git?ref=nope",
    "git::https://git.test/r.git?ref=-x",
    "git::https://git.test/r.git?ref=trunk..feature",
    "git::https://git.test/r.git?depth=1&ref=FIRST",
    "git::https://git.test/nope.git",
    "FOLDER/nope",
    "FOLDER/work/main.tf",
    ("reg.test/n/many/x", "> 3"),
    ("reg.test/n/pre/x", ">= 1.0.0-a"),
    ("reg.test/n/pre/x", "= 1.0.0-b"),
    ("reg.test/n/many/x", "~> 2.0.0-beta1"),
    *(f"reg.test/n/{name}/x" for name in ("pre", "none", "nothing", "page", "e401", "unknown", "empty")),
    *(f"reg.test/n/{name}/x" for name in ("registry", "here", "short", "top")),
    *(f"reg.test/n/{name}/x" for name in ("d404", "d200", "d401")),
    "reg.test/n/many/x//nope",
    "reg.test/n/top/x//sub",
    *(f"d{number}.test/n/many/x" for number in (1, 2, 5, 6, 7, 8, 10)),
]


@pytest.fixture(scope="module")
def git_folder(net: Internet, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("git")
    commits = packages.make_repository(folder)
    net.sites.update(packages.HOSTS)
    net.sites["git.test"] = packages.git_site(folder)
    return folder, commits


def _configuration(sources: list[str | tuple[str, str]], git_folder: tuple[Path, dict[str, str]]) -> str:
    folder, commits = git_folder
    first = commits["first"]
    return calls(sources).replace("FOLDER", str(folder)).replace("FIRST", first).replace("SHORT", first[:8])


@pytest.fixture(scope="module")
def good(
    net: Internet, git_folder: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Outcome, Outcome]:
    """Working directories `ours` and `theirs` where everything could be had, and what was said."""
    base = tmp_path_factory.mktemp("good")
    for name in ("ours", "theirs", "home"):
        (base / name).mkdir()
        (base / name / "main.tf").write_text(_configuration(GOOD, git_folder))
    environ = environment(net, base / "home")
    return base, install(base / "ours", environ), terraform(base / "theirs", environ)


def test_all_packages_come(good: tuple[Path, Outcome, Outcome]) -> None:
    _, ours, theirs = good
    assert ours.found == theirs.found == []
    assert sorted(ours.said) == sorted(theirs.said)


def test_the_manifest_is_terraforms(good: tuple[Path, Outcome, Outcome]) -> None:
    _, ours, theirs = good
    assert ours.manifest == theirs.manifest
    assert ours.manifest is not None
    assert len(json.loads(ours.manifest)["Modules"]) > len(GOOD)


def test_the_files_are_terraforms(good: tuple[Path, Outcome, Outcome]) -> None:
    base, _, _ = good
    ours, theirs = tree(base / "ours"), tree(base / "theirs")
    # Which of the calls of one folder gets the link to it, and which a copy, Terraform leaves to chance.
    linked = {name.split("/")[0] for found in (ours, theirs) for name, text in found.items() if "work" in text}
    assert {name: text for name, text in ours.items() if name.split("/")[0] not in linked} == {
        name: text for name, text in theirs.items() if name.split("/")[0] not in linked
    }
    assert len(ours) > 3 * len(GOOD) / 2


def test_nothing_temporary_is_left(good: tuple[Path, Outcome, Outcome]) -> None:
    base, _, _ = good
    names = {path.name for path in (base / "ours" / ".terraform" / "modules").iterdir()}
    assert {name for name in names if not re.fullmatch(r"m\d{3}|modules\.json", name)} == set()


def test_either_tool_goes_on_where_the_other_began(good: tuple[Path, Outcome, Outcome]) -> None:
    base, _, _ = good
    told = run(base / "ours", "validate", "-json", program=TERRAFORM)
    assert json.loads(told.out)["valid"], told.out
    assert not loader.load(DirectorySource(str(base / "theirs"))).diagnostics.has_errors


def test_what_is_installed_stays(good: tuple[Path, Outcome, Outcome], net: Internet) -> None:
    base, first, _ = good
    environ = environment(net, base / "home")
    net.requests.clear()
    again = install(base / "ours", environ)
    assert (again.said, again.found, again.manifest) == ([], [], first.manifest)
    again = install(base / "theirs", environ)
    assert (again.said, again.found) == ([], [])
    assert net.requests == []


def _plain(text: str, base: Path) -> str:
    """A detail without what is of the machine or of a library: temporary paths, and git's own words."""
    text = re.sub(r" for /\S*/archive|: /\S*/archive", "", text)
    text = re.sub(r"Cloning into '[^']*'\.\.\.\n", "", text)
    text = re.sub(r"(Checksums did not match)[^\n]*", r"\1", text)
    text = re.sub(r"\n\*?(md5|sha256)(\.digest)?\Z", "", text)
    text = text.replace("failed to decode discovery document as a JSON object: invalid character 'g'", "JSON g")
    return text.replace(str(base), "<base>")


@pytest.fixture(scope="module")
def bad(
    net: Internet, git_folder: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Outcome, Outcome]:
    base = tmp_path_factory.mktemp("bad")
    for name in ("ours", "theirs", "home"):
        (base / name).mkdir()
        (base / name / "main.tf").write_text(_configuration(BAD, git_folder))
    environ = environment(net, base / "home")
    return base, install(base / "ours", environ), terraform(base / "theirs", environ)


def test_failures_are_told_alike(bad: tuple[Path, Outcome, Outcome]) -> None:
    base, ours, theirs = bad
    told = [
        sorted((line, summary, _plain(detail, base)) for summary, detail, line in each.found) for each in (ours, theirs)
    ]
    assert told[0] == told[1]
    assert len(told[0]) >= len(BAD)


def test_failures_leave_no_manifest_and_no_package(bad: tuple[Path, Outcome, Outcome]) -> None:
    base, ours, theirs = bad
    assert ours.manifest is None
    assert theirs.manifest is None
    failed = {f"m{(line - 1) // 4:03}" for _, _, line in ours.found if line}
    there = {path.name for path in (base / "ours" / ".terraform" / "modules").iterdir()}
    assert not failed & there
    assert not [name for name in there if name.startswith(".")]


STEPS = [
    'module "v" {\n  source  = "reg.test/n/many/x"\n  version = "1.0.0"\n}\n',
    'module "v" {\n  source  = "reg.test/n/many/x"\n  version = ">= 1.0.0"\n}\n',
    'module "v" {\n  source  = "reg.test/n/many/x"\n  version = "1.1.0"\n}\n',
    'module "v" {\n  source  = "reg.test/n/many/x"\n}\n',
    'module "v" {\n  source  = "https://files.test/x.zip"\n}\nmodule "w" {\n  source = "./w"\n}\n',
    'module "v" {\n  source  = "https://files.test/x.tgz//sub"\n}\nmodule "w" {\n  source = "./w2"\n}\n',
]


def test_changes_are_noticed_and_followed_alike(
    net: Internet, git_folder: tuple[Path, dict[str, str]], tmp_path: Path, home: Path
) -> None:
    environ = environment(net, home)
    folders = [tmp_path / name for name in ("ours", "theirs")]
    for folder in folders:
        for name in ("w", "w2"):
            (folder / name).mkdir(parents=True)
            (folder / name / "m.tf").write_text("")
    for number, text in enumerate(STEPS):
        for folder in folders:
            (folder / "main.tf").write_text(text)
        ours = sorted(item.summary for item in loader.load(DirectorySource(str(folders[0]))).diagnostics)
        checked = json.loads(run(folders[1], "validate", "-json", program=TERRAFORM).out)
        assert ours == sorted(item["summary"] for item in checked["diagnostics"]), number
        mine, theirs = install(folders[0], environ), terraform(folders[1], environ)
        assert sorted(mine.said) == sorted(theirs.said), number
        assert mine.manifest == theirs.manifest, number
        assert (mine.found, theirs.found) == ([], [])
    mine, theirs = install(folders[0], environ, upgrade=True), terraform(folders[1], environ, "-upgrade")
    assert sorted(mine.said) == sorted(theirs.said)


LINKS = """
module "a" {
  source = "./link/deep"
}
module "b" {
  source = "./absolute"
}
module "c" {
  source = "./real/../link/deep"
}
module "d" {
  source = "./link/../z"
}
"""


@pytest.mark.parametrize("broken", [False, True])
def test_local_modules_behind_links(broken: bool, net: Internet, tmp_path: Path, home: Path) -> None:
    outcomes: list[Outcome] = []
    for name in ("ours", "theirs"):
        folder = tmp_path / name
        (folder / "real" / "deep").mkdir(parents=True)
        (folder / "z").mkdir()
        (folder / "real" / "deep" / "x.tf").write_text('module "y" {\n  source = "../../z"\n}\n')
        (folder / "link").symlink_to("real")
        (folder / "absolute").symlink_to(folder / "z")
        (folder / "dangling").symlink_to("gone")
        (folder / "circle").symlink_to("circle")
        (folder / "file.txt").write_text("")
        text = LINKS
        if broken:
            for call, source in (("e", "./dangling"), ("f", "./file.txt"), ("g", "./gone/x")):
                text += f'module "{call}" {{\n  source = "{source}"\n}}\n'
        (folder / "main.tf").write_text(text)
        outcome = (install if name == "ours" else terraform)(folder, environment(net, home))
        plain = json.loads(json.dumps(outcome).replace(str(folder), "<folder>"))
        outcomes.append(
            Outcome(sorted(line for line in plain[0] if "- " in line), sorted(map(tuple, plain[1])), plain[2])
        )
    assert outcomes[0].found == outcomes[1].found
    assert outcomes[0].manifest == outcomes[1].manifest
    assert bool(outcomes[0].found) == broken
    if not broken:
        assert outcomes[0].said == outcomes[1].said


def test_the_command_line_installs(
    net: Internet, git_folder: tuple[Path, dict[str, str]], tmp_path: Path, home: Path
) -> None:
    (tmp_path / "main.tf").write_text(
        'module "a" {\n  source = "https://user:hunter2@files.test/x.zip"\n}\noutput "x" {\n  value = module.a.x\n}\n'
    )
    environ = {**environment(net, home), "PYTHONPATH": str(ROOT)}
    outputs = ""
    for words in (["init"], ["apply", "-auto-approve"]):
        done = subprocess.run(
            [sys.executable, "-m", "iacctl", *words],
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        outputs += done.stdout
    assert "Downloading https://user:redacted@files.test/x.zip for a...\n- a in .terraform/modules/a\n" in outputs
    assert "x = 1" in outputs
    assert "hunter2" not in outputs
