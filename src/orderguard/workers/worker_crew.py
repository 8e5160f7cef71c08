"""Supervised worker processes."""

from __future__ import annotations

import contextlib
import selectors
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from orderguard.errors import EngineFault
from orderguard.records import Record
from orderguard.workers.crew import Chunk, Crew
from orderguard.workers.messages import Answer, Opening, Ready, Refused, Request
from orderguard.workers.worker_process import WorkerEnded, WorkerProcess, worker_command

if TYPE_CHECKING:
    from orderguard.checked import Teller

SECONDS_FOR_A_CHUNK = 60.0
SECONDS_FOR_ONE = 60.0
SECONDS_TO_START = 120.0
"""How long a worker may take: far longer than it ever does, so that only one that hangs is ended.

One process alone waits for an order however long it takes. So that workers give its verdict too, they have
time for the largest orders that there may be: with 1,000 infusions that break rules, up to some 7 seconds.
"""

_AT_WORK = 2
"""Requests that a worker has at once: one in work, one waiting, so that it is never idle."""

_CHUNKS_PER_WORKER = 4
"""Chunks in flight for each worker; it bounds the memory."""

_FAILED_STARTS = 3
"""After so many starts in a row that failed, none is tried any more."""


class _SentChunk(Chunk):
    """A chunk that workers check."""

    def __init__(self, records: tuple[Record, ...], *, in_full: bool) -> None:
        super().__init__(records)
        self.in_full = in_full
        self.answers: list[Answer | None] = [None] * len(records)

    def answer(self, place: int) -> Answer:
        found = self.answers[place]
        if found is None:
            raise EngineFault("a record was not checked")
        return found

    @property
    def is_done(self) -> bool:
        return None not in self.answers


@dataclass(frozen=True, slots=True)
class _Task:
    """A part of a chunk that a worker gets: the whole, or one record by itself.

    Attributes:
        chunk: the chunk.
        start: the place of the first record.
        count: how many records.
        fresh: whether a worker must get it that has checked nothing before.
        ended: what the record did to a fresh worker; then it is held.
    """

    chunk: _SentChunk
    start: int
    count: int
    fresh: bool = False
    ended: tuple[str, str] | None = None

    @property
    def seconds(self) -> float:
        return SECONDS_FOR_ONE if self.count == 1 else SECONDS_FOR_A_CHUNK

    def request(self) -> Request:
        records = self.chunk.records[self.start : self.start + self.count]
        return Request(records, self.chunk.in_full and self.start == 0, self.seconds, self.ended)


@dataclass(eq=False)
class _Worker:
    """A worker with what it was given.

    Attributes:
        process: the process.
        deadline: when what it does must be done.
        tasks: what it was given and has not answered.
        ready: whether it has loaded its rules.
        used: whether it was ever given anything.
    """

    process: WorkerProcess
    deadline: float
    tasks: deque[_Task] = field(default_factory=deque)
    ready: bool = False
    used: bool = False


class WorkerCrew(Crew):
    """Worker processes. One that dies or hangs is replaced, and its records are tried one by one.

    A record that ends its worker by itself is tried once more by a worker that has checked nothing before, so
    that it does not answer for what another record left behind. If it ends that one too, it is held.

    Args:
        count: how many workers.
        opening: what each is told first.
        rules: the SHA-256 of each pack; a worker that loads others is not used.
        teller: says what becomes of a record on which even holding it failed.
    """

    def __init__(self, count: int, opening: Opening, rules: tuple[str, ...], teller: Teller) -> None:
        self._opening = opening
        self._rules = rules
        self._teller = teller
        self._chunks: deque[_SentChunk] = deque()
        self._queue: deque[_Task] = deque()
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        self._selector = selectors.DefaultSelector()
        self._most = count * _CHUNKS_PER_WORKER
        for _ in range(count):
            self._start()

    def put(self, records: tuple[Record, ...], *, in_full: bool) -> None:
        """Take a chunk."""
        chunk = _SentChunk(records, in_full=in_full)
        self._chunks.append(chunk)
        self._queue.append(_Task(chunk, 0, len(records)))
        self._hand_out()

    def done(self) -> Iterator[Chunk]:
        """The chunks that are checked, as far as none before them is still in work."""
        while self._chunks and self._chunks[0].is_done:
            yield self._chunks.popleft()

    @property
    def in_flight(self) -> int:
        """How many chunks were taken and not given back."""
        return len(self._chunks)

    @property
    def most_in_flight(self) -> int:
        """With how many chunks in flight no more may be put."""
        return self._most

    def wait(self, also: int | None = None) -> bool:
        """Wait until a worker has something to say, or is to be ended, or there is input.

        Raises:
            EngineFault: no worker can be started or load its rules, or they are not those of the start.
        """
        with self._watching(also) as always:
            seconds = 0.0 if always else self._seconds_to_deadline()
            events = self._selector.select(seconds)
        input_came = always
        for key, mask in events:
            worker: _Worker | None = key.data
            if worker is None:
                input_came = True
            elif worker in self._workers:
                self._attend(worker, mask)
        # What has come was read before, so a process that was stopped for a while takes no worker for hung.
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.deadline < now]:
            self._replace(worker, "hang", "it took too long")
        self._hand_out()
        return input_came

    def close(self) -> None:
        """End the workers."""
        while self._workers:
            self._workers.pop().process.end()
        self._selector.close()

    @contextlib.contextmanager
    def _watching(self, also: int | None) -> Iterator[bool]:
        """Watch a descriptor too; yields whether it always has input, as a file."""
        if also is None:
            yield False
            return
        try:
            self._selector.register(also, selectors.EVENT_READ)
        except PermissionError:
            yield True
            return
        try:
            yield False
        finally:
            self._selector.unregister(also)

    def _seconds_to_deadline(self) -> float | None:
        deadlines = [worker.deadline for worker in self._workers if worker.deadline < float("inf")]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    # Workers

    def _start(self) -> None:
        try:
            process = WorkerProcess(worker_command())
        except OSError as error:
            raise EngineFault(f"no worker process can be started ({type(error).__name__})") from None
        worker = _Worker(process, time.monotonic() + SECONDS_TO_START)
        self._workers.append(worker)
        self._selector.register(process.answers, selectors.EVENT_READ, worker)
        self._send(worker, self._opening)

    def _attend(self, worker: _Worker, mask: int) -> None:
        if mask & selectors.EVENT_WRITE:
            worker.process.send_more()
            self._watch_sending(worker)
            return
        try:
            for message in worker.process.receive():
                self._take(worker, message)
        except WorkerEnded as ended:
            self._replace(worker, "crash", str(ended))

    def _take(self, worker: _Worker, message: Ready | Refused | list[Answer]) -> None:
        if isinstance(message, Refused):
            raise EngineFault(message.reason)
        if isinstance(message, Ready):
            if message.rules != self._rules:
                raise EngineFault("the rules were changed while orders were checked; start again")
            worker.ready = True
            worker.deadline = float("inf")
            self._failed_starts = 0
            return
        task = worker.tasks.popleft()
        if len(message) != task.count:
            raise WorkerEnded("it gave another number of answers than it was asked for")
        task.chunk.answers[task.start : task.start + task.count] = message
        self._set_deadline(worker)

    def _replace(self, worker: _Worker, kind: str, how: str) -> None:
        """End a worker that is of no use any more, start another, and see to what it had."""
        for pipe in (worker.process.answers, worker.process.requests):
            with contextlib.suppress(KeyError):
                self._selector.unregister(pipe)
        self._workers.remove(worker)
        worker.process.end()
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                raise EngineFault(f"no worker process could load the rules ({how})")
        if worker.tasks:
            first, *others = worker.tasks
            # Those that only waited are not to blame.
            self._queue.extendleft(reversed(others))
            self._queue.extendleft(reversed(self._again(first, kind, how)))
        self._start()

    def _again(self, task: _Task, kind: str, how: str) -> list[_Task]:
        """What is done about the records on which a worker ended."""
        if task.count > 1:
            return [_Task(task.chunk, task.start + place, 1) for place in range(task.count)]
        if task.ended is not None:
            what = "the process ends on it"
            held = self._teller.fault(task.chunk.records[task.start], what)
            task.chunk.answers[task.start] = Answer(held, ())
            return []
        if not task.fresh:
            return [_Task(task.chunk, task.start, 1, fresh=True)]
        reason = f"it ends the process that judges it ({how})"
        return [_Task(task.chunk, task.start, 1, ended=(f"WorkerProcess{kind.title()}", reason))]

    # Handing out

    def _hand_out(self) -> None:
        for depth in range(_AT_WORK):
            for worker in self._workers:
                if worker.ready and len(worker.tasks) == depth:
                    task = self._next_for(worker)
                    if task is not None:
                        self._give(worker, task)

    def _next_for(self, worker: _Worker) -> _Task | None:
        """What a worker gets next: one that is fresh, first of all what waits for a fresh one."""
        waiting = [task for task in self._queue if task.fresh]
        if not worker.used and waiting:
            chosen: _Task | None = waiting[0]
        else:
            chosen = next((task for task in self._queue if not task.fresh), None)
        if chosen is not None:
            self._queue.remove(chosen)
        return chosen

    def _give(self, worker: _Worker, task: _Task) -> None:
        worker.used = True
        worker.tasks.append(task)
        if len(worker.tasks) == 1:
            self._set_deadline(worker)
        self._send(worker, task.request())

    def _set_deadline(self, worker: _Worker) -> None:
        seconds = worker.tasks[0].seconds if worker.tasks else float("inf")
        worker.deadline = time.monotonic() + seconds

    def _send(self, worker: _Worker, message: Request | Opening) -> None:
        worker.process.send(message)
        self._watch_sending(worker)

    def _watch_sending(self, worker: _Worker) -> None:
        """Watch the pipe to a worker as long as it did not take everything."""
        watched = worker.process.requests in self._selector.get_map()
        if worker.process.has_unsent and not watched:
            self._selector.register(worker.process.requests, selectors.EVENT_WRITE, worker)
        elif watched and not worker.process.has_unsent:
            self._selector.unregister(worker.process.requests)
