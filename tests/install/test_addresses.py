"""Source addresses are read as Terraform reads them: what is one, of which package, and what is said of one that is none."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iacctl.config import module_sources
from tests.install.internet import Internet
from tests.install.tools import Outcome, calls, environment, install, terraform

UNVERSIONED = """
./gone ../gone ./gone/../gone ./gone//sub .\\\\gone /abs/path /abs/path//sub /abs?ref=x
/50%/x git::/50%/x //x a a/b a/b/c a/b/c//d A/B/c
a/b/C a/b/c/d h.com/a/b/c H.COM/a/b/c//x/ h.com:443/a/b/c h.com:8443/a/b/c localhost/a/b/c localhost:80/a/b/c
github.com/a github.com/a/b github.com/a/b.git github.com/a/b/c github.com/a/b/c/d github.com/a/b//c
github.com/a/b//c?ref=x github.com/a/b/c?ref=x github.com/a/b/c/ github.com/a/b/ GitHub.com/a/b www.github.com/a/b
gitlab.com/a/b gitlab.com/a/b//c gitlab.com/a/b/c gitlab.com/a/b/c/d bitbucket.org/a bitbucket.org/a/b
bitbucket.org/a/b/c bitbucket.org/a/b//c?ref=x git@github.com:a/b.git git@github.com:a/b.git//c?ref=x user@host.com:path
user@host.com:22/x host.com:path git::git@host:a/b git::git@host:/a/b//x git::git@g.com:~/a git::host.com:a/b
git::ssh://git@h.com/a.git git::ssh://git@h.com:a/b.git git::ssh://h.com:22/a git::https://h.com/a.git//sub//sub2
git::h.com/a git::github.com/a/b git::/abs/x git::./rel git::../rel git::file:///x/y git::a/b/c git:: ::x x::y
foo::https://h/x hg::http://h/x hg::https://h/x//y?rev=1 hg::/abs file::/x/y file::./x ftp://h/x ssh://git@h.com/a.git
C:/x ~/x ~x/y https://h.com/a.zip https://h.com//x HTTPS://H.com/X.zip https://h.com/%zz.zip https://h.com:x/y
https://[::1/x git::https://h.com/x.git?depth=1&ref=a git::https://h.com/x.git//a/../b git::https://h.com/x.git//../b
git::https://h.com/x.git//a/ git::git://h.com/x . .. ./../x .../x a/b/c//../x a/b/c?ref=x a/b/c//d?x=y xn--a.com/a/b/c
-a/b/c a-/b/c a/b-/c a_b/c_d/e a/b/c-d 1/2/3 a.b/c/d terraform.io/a/b/c git.h.com/x h.com/x.git h.com/a/b.git
b.c.s3.amazonaws.com/k.zip amazonaws.com/a/b s3::http://h.com:9000/b s3::x
gcs::https://h.com/x.zip a:b:c é://x 1a://x a+b.c-d://x
""".split()  # noqa: SIM905 - a table
SPACED = ["", " a/b/c", "a b/c/d", "https://h com/x", "https://h.com/a b.zip"]
VERSIONED = """
https://h.com/x.zip git::https://h.com/x.git github.com/a/b github.com/a/b/c bitbucket.org/a/b/c gitlab.com/a/b/c
h.com/a/b/c?x a/b/c-d a-/b/c a/b_/c a/b/c//../x a.b/c/d localhost/a/b/c -x.com/a/b/c xn--a.com/a/b/c h.com/a-/b/c
h.com/a/b-/c h.com/a/b/C /a/b /a/b/c a a/b/c/d/e a//b h.com:x/a/b/c h.com:99999/a/b/c git@github.com:a/b.git ./../x ../x
./x//y github.com/x/y//z a/b/c// GITHUB.com/a/b/c A.com/a/b/c
""".split()  # noqa: SIM905 - a table
SOURCES: list[str | tuple[str, str]] = [*UNVERSIONED, *SPACED, *((source, "1.0") for source in VERSIONED)]

_MESSAGE = re.compile(
    r"(?P<kept>error downloading '(?:ssh|git|https?|file)[^']*': )?(?:\S*(?:git|hg) exited with .*|bad response code: .*)",
    re.DOTALL,
)


@pytest.fixture(scope="module")
def both(net: Internet, tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Outcome]:
    """What iacctl and Terraform say of all addresses, on an internet without hosts, with a git that always fails."""
    folder = tmp_path_factory.mktemp("addresses")
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    for name in ("git", "hg"):
        program = bin_folder / name
        program.write_text(
            '#!/bin/sh\ncase "$1" in version|--version) echo git version 2.39.5; exit 0;; esac\nexit 128\n'
        )
        program.chmod(0o755)
    environ = environment(net, folder, {"PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"})
    outcomes = []
    for name in ("ours", "theirs"):
        (folder / name).mkdir()
        (folder / name / "main.tf").write_text(calls(SOURCES))
        outcomes.append((install if name == "ours" else terraform)(folder / name, environ))
    return outcomes[0], outcomes[1]


def _by_call(outcome: Outcome) -> dict[int, list[tuple[str, str, int]]]:
    """Errors by the number of the call they are about; those without a place by -1."""
    found: dict[int, list[tuple[str, str, int]]] = {}
    for summary, detail, line in outcome.found:
        detail = _MESSAGE.sub(lambda match: match["kept"] or "", detail)
        found.setdefault((line - 1) // 4 if line else -1, []).append((summary, detail, line))
    return found


def test_every_address_is_judged_alike(both: tuple[Outcome, Outcome]) -> None:
    ours, theirs = (_by_call(outcome) for outcome in both)
    assert sorted(ours.pop(-1)) == sorted(theirs.pop(-1))
    # S3's library says what it does while it fails; which stores are asked is tested with them.
    for number, source in enumerate(SOURCES):
        assert ours.get(number) == theirs.get(number), source


def test_packages_are_called_the_same(both: tuple[Outcome, Outcome]) -> None:
    ours, theirs = (sorted(line for line in outcome.said if line.startswith("Downloading")) for outcome in both)
    assert ours == theirs


ADDRESSES = st.text(st.sampled_from("ab./:@?#=&%-_~ 1git::https//..com"), max_size=30)


@given(ADDRESSES | st.sampled_from(UNVERSIONED))
def test_the_normal_form_is_stable(text: str) -> None:
    assume("%" not in text)  # a path with one becomes an address that is none, as in Terraform
    try:
        source = module_sources.parse(text)
    except module_sources.SourceError:
        return
    again = module_sources.parse(source.text)
    assert again.text == source.text
    assert (again.kind, again.package, again.directory) == (source.kind, source.package, source.directory)
