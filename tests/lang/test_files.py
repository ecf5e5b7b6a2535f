"""Functions that read files and render templates, next to Terraform in a directory full of odd ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from .comparison import differences, oracle_outcomes, our_outcomes
from .test_corpus import CORPUS

TEXTS = {
    "sub/a.txt": "héllo ${x}\n",
    "sub/b.tmpl": "%{ for k in ks }${k} %{ endfor }${upper(name)}",
    "sub/c.tmpl": '${templatefile("sub/b.tmpl", { ks = [1], name = "x" })}',
    "sub/r.tmpl": '${templatefile("sub/r.tmpl", {})}',
    "sub/e.tmpl": "${",
    "sub/f.tmpl": "a ${x.y} ${upper([])}",
    "sub/one.tmpl": "${x}",
    "sub/text.tmpl": "a ${x}\n",
    "sub/dir.tmpl": "%{ for x in xs ~}\n- ${x}\n%{ endfor ~}\n%{ if on }on%{ else }off%{ endif }\n",
    "sub/nested.tmpl": '${[for i in [1, 2] : "${x}${i}"][1]} $${y} %%{ if }',
    "sub/g.tmpl": '${file("sub/a.txt")} ${path.module}',
    "sub/h.tmpl": "${unknownfn()}",
    "sub/deep/q.txt": "",
    "bom.txt": "\ufeffabc",
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in TEXTS.items():
        tmp_path.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(name).write_text(text, encoding="utf-8")
    tmp_path.joinpath("bad.bin").write_bytes(b"\xff\xfe")
    tmp_path.joinpath("ln").symlink_to("sub")
    tmp_path.joinpath("dangling").symlink_to("nothing")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files(place: Path) -> None:
    corpus = CORPUS.joinpath("files.list").read_text(encoding="utf-8").splitlines()
    found = differences(corpus, oracle_outcomes(place, corpus), our_outcomes(corpus))
    assert not found, f"{len(found)} of {len(corpus)} differ:\n" + "\n".join(found)
