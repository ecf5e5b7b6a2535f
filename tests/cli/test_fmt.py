"""`fmt` says and does what Terraform's does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.tools import IACCTL, TERRAFORM, Run, Step, run, write

FILES = {
    "a.tf": "a=1\n",
    "ok.tf": "x = 1\n",
    "x.tf.json": '{"a":1}',
    "d/x.hcl": "a=1\n",
    "d/bom.tfvars": "\ufeffa=1\r\n",
    "d/y.tftest.hcl": "run  x{\n}\n",
    "sub/b.tf": 'b="${x}"\n\n\n\nc = 1\n\n\n\n\n\n\n\nd=1\n',
    "sub/deep/c.tf": "c=1",
    ".hidden/h.tf": "h=1\n",
    "sub/z.tf~": "z=1\n",
}
BAD = {"sub/bad.tf": "x {", "d/worse.tf": "a = \nb=1\n"}


def fmt(*words: str, stdin: str = "") -> Run:
    return Run(["fmt", *words], stdin=stdin)


STEPS: list[Step] = [
    fmt("-", stdin="a=1"),
    fmt("-", stdin=""),
    fmt("-", stdin="x {"),
    fmt("-", "a.tf", stdin=" a=1\n"),
    fmt("-check", "-", stdin="a=1"),
    fmt("-check", "-diff", "-no-color", "-", stdin="a=1"),
    fmt("-check", "-", stdin="a = 1"),
    fmt("-diff", "-", stdin="a=1"),
    fmt("-check"),
    fmt("-check", "-diff"),
    fmt("-check", "-diff", "-recursive"),
    fmt("-check", "-list=false", "-diff"),
    fmt("-write=false", "-list=false", "-recursive"),
    fmt("-write=false", "-diff", "sub", "d"),
    fmt("-write=false", "./sub/", "sub/../a.tf"),
    fmt("-write=false", "a.tf", "nowhere", "sub"),
    fmt("-write=false", "a.tf", "d/x.hcl", "x.tf.json"),
    fmt("-write=false", "-recursive", "-no-color"),
    fmt("-chdir=sub"),
    fmt(),
    fmt("-recursive", "-list=false"),
    fmt("-recursive", "-check"),
    BAD,
    fmt("-recursive", "-check"),
    fmt("-recursive", "-no-color"),
    fmt("-recursive"),
]


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("terraform", "iacctl"):
        write(tmp_path / name, FILES)
        (tmp_path / name / "sub" / "link.tf").symlink_to("../a.tf")
        (tmp_path / name / "sub" / "loop").symlink_to(".")
        (tmp_path / name / "sub" / "gone.tfvars").symlink_to("nowhere")
        (tmp_path / name / "sub" / "dir.tf").symlink_to("deep")
    return tmp_path / "terraform", tmp_path / "iacctl"


def test_fmt_behaves_as_terraforms(folders: tuple[Path, Path]) -> None:
    for step in STEPS:
        if not isinstance(step, Run):
            for folder in folders:
                write(folder, {name: text for name, text in step.items() if text is not None})
            continue
        theirs, ours = (
            run(folder, *step.words, program=program, stdin=step.stdin)
            for folder, program in zip(folders, (TERRAFORM, IACCTL), strict=True)
        )
        if "parsing" in theirs.err:  # behind a help text that is our own
            assert ours.err.endswith(theirs.err[theirs.err.index("Error parsing") :]), step
            assert (ours.code, ours.out) == (theirs.code, theirs.out), step
        else:
            assert ours == theirs, step
    theirs_left, ours_left = (
        {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in folders
    )
    assert ours_left == theirs_left


def test_modes_and_links_stay(tmp_path: Path) -> None:
    write(tmp_path, {"real/a.tf": "a=1\n"})
    (tmp_path / "real" / "a.tf").chmod(0o640)
    (tmp_path / "link.tf").symlink_to("real/a.tf")
    assert run(tmp_path, "fmt").out == "link.tf\n"
    assert (tmp_path / "link.tf").is_symlink()
    assert (tmp_path / "real" / "a.tf").read_text() == "a = 1\n"
    assert (tmp_path / "real" / "a.tf").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["a.tf"]


def test_without_diff_on_the_path(tmp_path: Path) -> None:
    write(tmp_path, {"a.tf": "a=1\r\nb = 1"})
    said = run(tmp_path, "fmt", "-diff", "-list=false", "-write=false", env={"PATH": ""})
    assert said.out == (
        "--- old/a.tf\n+++ new/a.tf\n@@ -1,2 +1,2 @@\n-a=1\r\n+a = 1\r\n b = 1\n\\ No newline at end of file\n"
    )


def test_files_of_opentofu(tmp_path: Path) -> None:
    write(tmp_path, {"a.tofu": "a=1\n", "b.tofutest.hcl": "a=1\n"})
    assert run(tmp_path, "fmt").out == "a.tofu\nb.tofutest.hcl\n"


def test_help(tmp_path: Path) -> None:
    said = run(tmp_path, "fmt", "-help")
    assert said.code == 0 and said.out.startswith("Usage: iacctl [global options] fmt")


def test_bytes_that_are_not_utf_8_are_pointed_at(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_bytes(b'a = "\xff\xe9x"\n')
    said = run(tmp_path, "fmt")
    assert said.code == 2
    assert '1: a = "\x1b[4m\ufffd\x1b[0m\ufffdx"' in said.err
    assert (tmp_path / "a.tf").read_bytes() == b'a = "\xff\xe9x"\n'
