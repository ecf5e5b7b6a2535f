"""The table of functions says what `terraform metadata functions -json` says, and every function has an implementation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iacctl.lang.functions import catalog

from .comparison import terraform


def test_signatures(tmp_path: Path) -> None:
    theirs = json.loads(terraform(tmp_path, "metadata", "functions", "-json").stdout)["function_signatures"]
    bare = {name: signature for name, signature in theirs.items() if not name.startswith("core::")}
    assert len(bare) == 119
    assert list(catalog.names()) == sorted(bare)
    for name, signature in bare.items():
        function = catalog.lookup(name)
        assert function is not None and function is catalog.lookup(f"core::{name}")
        ours = catalog.signature(function)
        assert ours.pop("name") == name
        assert ours == signature
        assert list(ours) == list(signature)


@pytest.mark.parametrize("name", [*catalog.names(), "type"])
def test_implementations(name: str) -> None:
    function = catalog.lookup(name)
    assert function is not None
    assert callable(function.implementation.call)
