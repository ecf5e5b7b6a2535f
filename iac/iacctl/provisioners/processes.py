"""Child processes: their output, their interruption, and that none outlives a run that is killed."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from typing import TYPE_CHECKING, Final

from iacctl.provisioners.lines import PATIENCE, Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_CHUNK: Final = 65536
_GUARD: Final = 'read -r line || kill -9 "$1"'


class Child:
    """A running program with nothing on its standard input; its two outputs are one stream.

    It leads a process group, so that all it starts can be interrupted with it. Where a terminal is at hand in the
    foreground it stays in iacctl's own: else it could not ask for a password there, and Ctrl-C would not reach it.

    A small shell watches over the program: should iacctl end without having seen the program's end, whatever the
    reason, it kills the program.

    Args:
        words: the program and its arguments.
        directory: where it runs; None for the current directory.
        environment: its environment.

    Raises:
        OSError: the program cannot be started.
        ValueError: words hold NUL characters.
    """

    __slots__ = ("_guard", "_interrupted", "_leads", "_process", "_reading", "_wake", "_woken")

    def __init__(self, words: Sequence[str], directory: str | None, environment: Mapping[str, str]) -> None:
        self._leads = not has_terminal()
        self._interrupted = False
        self._reading, writing = os.pipe()
        try:
            self._process = subprocess.Popen(
                list(words),
                stdin=subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                cwd=directory,
                env=dict(environment),
                process_group=0 if self._leads else None,
            )
        except BaseException:
            os.close(self._reading)
            raise
        finally:
            os.close(writing)
        self._woken, self._wake = os.pipe()
        target = -self._process.pid if self._leads else self._process.pid
        self._guard = subprocess.Popen(
            ("/bin/sh", "-c", _GUARD, "guard", str(target)),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )

    def follow(self, output: Callable[[str], None], keep: Callable[[bytes], None]) -> int:
        """Pass on the program's output until it has ended and closed it; its exit status, negative for a signal.

        Args:
            output: takes lines.
            keep: takes the bytes as they arrive.
        """
        lines = Lines(output)
        descriptors = select.poll()
        descriptors.register(self._reading, select.POLLIN)
        descriptors.register(self._woken, select.POLLIN)
        try:
            while True:
                timeout = PATIENCE * 1000 if lines.waiting or self._interrupted else None
                ready = {descriptor for descriptor, _ in descriptors.poll(timeout)}
                if self._woken in ready:
                    os.read(self._woken, 1)
                if self._reading in ready:
                    data = os.read(self._reading, _CHUNK)
                    if not data:
                        break
                    keep(data)
                    lines.feed(data)
                elif not ready:
                    lines.flush()
                    # What an interrupted program has left running may keep its output open for ever.
                    if self._interrupted and self._process.poll() is not None:
                        break
            return self._process.wait()
        finally:
            lines.close()
            if self._interrupted:
                self._kill_rest()
            self._release()

    def interrupt(self) -> None:
        """Ask the program, and what it has started, to end; any thread may call it while `follow` runs."""
        self._interrupted = True
        os.write(self._wake, b"!")
        if self._leads and self._process.poll() is None:
            self._signal_group(signal.SIGINT)

    def _kill_rest(self) -> None:
        """End what an interrupted program has left running."""
        if self._leads:
            self._signal_group(signal.SIGKILL)

    def _signal_group(self, number: int) -> None:
        try:
            os.killpg(self._process.pid, number)
        except (ProcessLookupError, PermissionError):
            return  # there is nobody left in it

    def _release(self) -> None:
        """Let the program's children live on, now that it has ended of itself."""
        assert self._guard.stdin is not None
        try:
            self._guard.stdin.write(b"\n")
            self._guard.stdin.close()
        except BrokenPipeError:
            pass  # somebody has ended the guard
        self._guard.wait()
        for descriptor in (self._reading, self._woken, self._wake):
            os.close(descriptor)


def has_terminal() -> bool:
    """Whether this process is in the foreground of a terminal."""
    try:
        descriptor = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(descriptor) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(descriptor)


def status_text(status: int) -> str:
    """How a program ended, as Go's `os/exec` words it: `exit status 3`, `signal: killed`."""
    if status >= 0:
        return f"exit status {status}"
    name = signal.strsignal(-status)
    return f"signal: {name.lower() if name else -status}"


def error_text(error: OSError) -> str:
    """What the system says, as Go words it: without a capital letter."""
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]
