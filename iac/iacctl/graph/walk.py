"""Walking a graph: every node after what it depends on, provider calls side by side.

Nodes run on the thread that walks. Work that blocks is handed out: a node's work is a set of generators that yield
`Job`s, and each is resumed with the job's result, or with the exception it raised, once it is done. All other code
runs on one thread, so nodes share data without locks.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from iacctl.graph.dag import Graph

N = TypeVar("N")


class Job(NamedTuple):
    """A call that may block.

    `inline` calls are made at once by the walking thread. Others wait for one of the pool's threads; when one takes the
    call up, the walking thread calls `began`.
    """

    call: Callable[[], Any]
    inline: bool = False
    began: Callable[[], None] | None = None


class Waiting(NamedTuple):
    """Something that is waited for without a thread of the pool.

    `start` is given a function to call, from any thread, with the result (or an exception to raise).
    """

    start: Callable[[Callable[[Any], None]], None]


Steps: TypeAlias = Generator[Job | Waiting, Any, bool]
"""A piece of a node's work; returns whether it went well."""

Execute: TypeAlias = Callable[[N], "bool | Iterable[Steps]"]


class Stopped(Exception):  # noqa: N818 - says what happened; it is no error
    """Raised inside a piece of work whose next job will not be started since the walk was told to stop."""


class _Failure(NamedTuple):
    error: BaseException


SIGNAL_CHECK_SECONDS: Final = 0.5
"""How long the walking thread waits at most without looking for signals."""


class Walk:
    """One walk of a graph.

    Args:
        parallelism: how many jobs may run on the pool at once, at least 1.
    """

    def __init__(self, parallelism: int = 10) -> None:
        self._parallelism = max(1, parallelism)
        self._done: SimpleQueue[tuple[Steps | None, Any]] = SimpleQueue()
        self._jobs: SimpleQueue[tuple[Steps, Job] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._outstanding = 0
        self.stopping = False

    def stop(self) -> None:
        """Start nothing more; what runs is awaited. May be called from a signal handler or another thread."""
        self.stopping = True
        self._done.put((None, None))

    def run(
        self, graph: Graph[N], execute: Execute[N], tolerates: Callable[[N, N], bool] | None = None
    ) -> set[N]:
        """Visit all nodes.

        `execute` does a node's work and says whether it went well, or returns the pieces of work it consists of. When
        it fails, nothing that depends on the node is visited, except for what `tolerates(dependent, failed)` says that
        it needs only such parts of the node as went well.

        Returns:
            The nodes that failed or were not visited.
        """
        waiting = dict.fromkeys(graph, 0)
        dependents: dict[N, list[N]] = {node: [] for node in graph}
        for node, dependency in graph.edges():
            waiting[node] += 1
            dependents[dependency].append(node)
        ready = deque(node for node, count in waiting.items() if not count)
        missed: set[N] = set()
        visited: set[N] = set()
        owners: dict[Steps, N] = {}
        open_pieces: dict[N, int] = {}

        def finish(node: N) -> None:
            failed = node in missed
            for dependent in dependents[node]:
                waiting[dependent] -= 1
                if failed and not (tolerates is not None and node in visited and tolerates(dependent, node)):
                    missed.add(dependent)
                if not waiting[dependent]:
                    ready.append(dependent)

        def resume(piece: Steps, value: Any) -> None:
            result = self._advance(piece, value)
            if result is not None:
                node = owners.pop(piece)
                open_pieces[node] -= 1
                if not result:
                    missed.add(node)
                if not open_pieces[node]:
                    del open_pieces[node]
                    finish(node)

        try:
            while True:
                while ready:
                    node = ready.popleft()
                    if self.stopping:
                        missed.add(node)
                    if node in missed:
                        finish(node)
                        continue
                    visited.add(node)
                    work = execute(node)
                    if work is True or work is False:
                        if not work:
                            missed.add(node)
                        finish(node)
                        continue
                    pieces = list(work)
                    if not pieces:
                        finish(node)
                        continue
                    open_pieces[node] = len(pieces)
                    for piece in pieces:
                        owners[piece] = node
                    for piece in pieces:
                        resume(piece, None)
                if not self._outstanding:
                    break
                finished, value = self._next_done()
                if finished is None:
                    if value is not None:
                        value()
                        continue
                    for piece, _ in self._cancel_queued():
                        resume(piece, _Failure(Stopped()))
                    continue
                self._outstanding -= 1
                resume(finished, value)
        finally:
            self._end_threads()
        return missed

    def _next_done(self) -> tuple[Steps | None, Any]:
        """Wait until something is done.

        A signal that arrives in the moment before the waiting begins is only handled when that ends: so it ends now and then.
        """
        while True:
            try:
                return self._done.get(timeout=SIGNAL_CHECK_SECONDS)
            except Empty:
                continue

    def _advance(self, piece: Steps, value: Any) -> bool | None:
        """Run a piece of work until it has to wait (None) or ends (whether it went well)."""
        while True:
            try:
                step = piece.throw(value.error) if type(value) is _Failure else piece.send(value)
            except StopIteration as end:
                return end.value is not False
            except Stopped:
                return False
            if self.stopping and type(step) is Job:
                value = _Failure(Stopped())
            elif type(step) is Waiting:
                self._outstanding += 1

                def arrived(result: Any, piece: Steps = piece) -> None:
                    self._done.put((piece, _Failure(result) if isinstance(result, BaseException) else result))

                step.start(arrived)
                return None
            elif step.inline:  # type: ignore[union-attr]
                if step.began is not None:  # type: ignore[union-attr]
                    step.began()  # type: ignore[union-attr]
                try:
                    value = step.call()  # type: ignore[union-attr]
                except Exception as error:
                    value = _Failure(error)
            else:
                self._outstanding += 1
                self._submit(piece, step)  # type: ignore[arg-type]
                return None

    def _submit(self, piece: Steps, job: Job) -> None:
        if len(self._threads) < self._parallelism:
            thread = threading.Thread(target=self._serve, name=f"provider-call-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()
        self._jobs.put((piece, job))

    def _cancel_queued(self) -> list[tuple[Steps, Job]]:
        """Take back what no thread has begun."""
        taken: list[tuple[Steps, Job]] = []
        while not self._jobs.empty():
            try:
                queued = self._jobs.get_nowait()
            except Empty:  # another thread was faster
                break
            if queued is not None:
                taken.append(queued)
                self._outstanding -= 1
        return taken

    def _serve(self) -> None:
        while (taken := self._jobs.get()) is not None:
            piece, job = taken
            if job.began is not None:
                self._done.put((None, job.began))
            try:
                result = job.call()
            except BaseException as error:
                result = _Failure(error)
            self._done.put((piece, result))

    def _end_threads(self) -> None:
        for _ in self._threads:
            self._jobs.put(None)
        self._threads.clear()
