"""Nothing half done is left, however an installation ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from iacctl.install.packages import Packages
from tests.cli.tools import ROOT
from tests.install.internet import Answer, Internet, Request
from tests.install.packages import MODULE, zipped
from tests.install.tools import environment, install


def test_an_interrupted_download_leaves_nothing(net: Internet, tmp_path: Path, home: Path) -> None:
    arrived, goes_on = threading.Event(), threading.Event()

    def slow(request: Request) -> Answer:
        if request.path == "/slow.zip":
            arrived.set()
            goes_on.wait(60)
        return Answer(200, zipped(MODULE))

    net.sites["slow.test"] = slow
    text = 'module "b" {\n  source = "https://slow.test/%s.zip"\n}\n'
    environ = {**environment(net, home), "PYTHONPATH": str(ROOT)}
    modules = tmp_path / ".terraform" / "modules"
    try:
        (tmp_path / "main.tf").write_text(text % "quick")
        assert install(tmp_path, environ).found == []
        before = (modules / "modules.json").read_text()
        (tmp_path / "main.tf").write_text(text % "slow")
        process = subprocess.Popen(
            [sys.executable, "-m", "iacctl", "init"],
            cwd=tmp_path,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert arrived.wait(60)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=60)
    finally:
        goes_on.set()
    assert process.returncode == 130
    assert b"Traceback" not in error
    # What was there before still is, whole.
    assert (modules / "modules.json").read_text() == before
    assert sorted(path.name for path in modules.iterdir()) == ["b", "modules.json"]
    assert (modules / "b" / "main.tf").exists()


def test_a_failed_download_keeps_what_was_there(net: Internet, tmp_path: Path, home: Path) -> None:
    good = zipped(MODULE)
    answers = [Answer(200, good), Answer(200, good[:100], (), len(good)), Answer(200, good)]
    net.sites["flaky.test"] = lambda request: answers.pop(0)
    (tmp_path / "main.tf").write_text('module "b" {\n  source = "https://flaky.test/m.zip"\n}\n')
    environ = environment(net, home)
    assert install(tmp_path, environ).found == []
    broken = install(tmp_path, environ, upgrade=True)
    assert [summary for summary, _, _ in broken.found] == ["Failed to download module"]
    assert (tmp_path / ".terraform" / "modules" / "b" / "main.tf").exists()
    assert install(tmp_path, environ, upgrade=True).found == []


def test_what_killed_installations_left_is_removed(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    names = [f".fetching-{ended.pid}-abc", f".fetching-{os.getpid()}-abc", ".fetching-odd", "m"]
    for name in names:
        (tmp_path / name / "inside").mkdir(parents=True)
    from iacctl.install.fetching import Tools

    Packages(str(tmp_path), Tools({})).tidy()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([names[1], "m"])
    Packages(str(tmp_path / "none"), Tools({})).tidy()
