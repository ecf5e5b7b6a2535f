"""The table of functions says what `terraform metadata functions -json` says, and every function has an implementation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iacctl.lang.functions import catalog, metadata
from iacctl.values.json_encoding import escaped

from .comparison import terraform


def test_metadata(tmp_path: Path) -> None:
    """What `metadata functions -json` prints, byte for byte but for OpenTofu's functions."""
    theirs = terraform(tmp_path, "metadata", "functions", "-json").stdout
    ours = json.loads(metadata.as_json())
    assert len(json.loads(theirs)["function_signatures"]) == 2 * 119
    for name in catalog.OPENTOFU_NAMES:
        described = ours["function_signatures"].pop(name)
        assert described == ours["function_signatures"].pop(f"core::{name}")
        assert described["description"].startswith(f"`{name}` ")
    assert escaped(json.dumps(ours, ensure_ascii=False, separators=(",", ":"))) + "\n" == theirs
    for name in catalog.names():
        assert catalog.lookup(name) is catalog.lookup(f"core::{name}")


@pytest.mark.parametrize("name", [*catalog.names(), "type"])
def test_implementations(name: str) -> None:
    function = catalog.lookup(name)
    assert function is not None
    assert callable(function.implementation.call)
