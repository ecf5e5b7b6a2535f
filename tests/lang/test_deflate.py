"""The compressor gives Go's bytes, and what it gives can be read back."""

from __future__ import annotations

import base64
import json
import zlib
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from iacctl.lang.functions.deflate import compress

from .comparison import terraform


@given(st.binary(max_size=2000) | st.text("ab", max_size=5000).map(str.encode))
@settings(max_examples=50, deadline=None)
def test_reads_back(data: bytes) -> None:
    assert zlib.decompressobj(-15).decompress(compress(data)) == data


def test_same_bytes_as_go(tmp_path: Path) -> None:
    prose = Path(__file__).read_text(encoding="utf-8") + (Path(__file__).parent / "comparison.py").read_text(
        encoding="utf-8"
    )
    scrambled = "".join(chr(33 + position * position * 7919 % 1009 % 90) for position in range(30_000))
    texts = [
        "",
        "a",
        "ab" * 1000,
        "x" * 70_000,
        prose,
        prose * 10,
        scrambled,
        prose + scrambled + prose,
        scrambled[:300],
    ]
    for number, text in enumerate(texts):
        tmp_path.joinpath(f"t{number}").write_text(text, encoding="utf-8")
        tmp_path.joinpath(f"o{number}.tf").write_text(
            f'output "o{number}" {{\n  value = base64gzip(file("t{number}"))\n}}\n'
        )
    terraform(tmp_path, "plan", "-out=plan")
    outputs = json.loads(terraform(tmp_path, "show", "-json", "plan").stdout)["planned_values"]["outputs"]
    for number, text in enumerate(texts):
        theirs = base64.b64decode(outputs[f"o{number}"]["value"])
        assert theirs[10:-8] == compress(text.encode()), number
