"""Checks every record of every input: hands chunks to whoever checks, and reports in input order."""

from __future__ import annotations

import contextlib
import io
import os
import select
import stat
from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from orderguard.checked import Teller
from orderguard.checking import Run, opened
from orderguard.decision_log import DecisionLog
from orderguard.inputs.paths import STANDARD_INPUT
from orderguard.output import complain
from orderguard.records import Record
from orderguard.workers.crew import Chunking, Crew, logged, size_of
from orderguard.workers.messages import Answer

if TYPE_CHECKING:
    from orderguard.progress import Progress
    from orderguard.reports import Report
    from orderguard.resume import Resumption


class Desk(NamedTuple):
    """Where it is told what became of records.

    Attributes:
        report: writes the verdicts.
        log: takes the events of worker processes.
        teller: says what becomes of a verdict whose event cannot be written.
        progress: shows how far the run is; None for nothing.
        resumption: makes that the run can be continued; None for nothing.
    """

    report: Report
    log: DecisionLog
    teller: Teller
    progress: Progress | None = None
    resumption: Resumption | None = None


class Checking(Run):
    """Checks every record.

    Args:
        crew: who checks.
        desk: where it is told what became of the records.
        chunking: how many records are handed over at once.
        head: what was read of standard input already.

    Attributes:
        decisions: how many records had each decision.
    """

    def __init__(self, crew: Crew, desk: Desk, chunking: Chunking, head: bytes = b"") -> None:
        super().__init__()
        self._crew = crew
        self._desk = desk
        self._chunking = chunking
        self._head = head
        self._first = True
        self._records: list[Record] = []
        self._size = 0
        self._read = BytesRead()
        # How many bytes of the inputs were read when a chunk was handed over, for each in flight.
        self._reached: deque[int] = deque()
        self.decisions: Counter[str] = Counter()
        if desk.resumption is not None:
            self.decisions.update(desk.resumption.decisions)
            self._raise_to(desk.resumption.code)

    def _take(self, record: Record) -> None:
        resumption = self._desk.resumption
        for taken in (record,) if resumption is None else resumption.admit(record):
            self._handle(taken)

    def _handle(self, record: Record) -> None:
        self._records.append(record)
        self._size += size_of(record)
        if len(self._records) >= self._chunking.records or self._size >= self._chunking.size:
            self._hand_over()
            while self._crew.in_flight >= self._crew.most_in_flight:
                self._crew.wait()
                self._deliver()

    def _catch_up(self) -> None:
        self._hand_over()
        while self._crew.in_flight:
            self._crew.wait()
            self._deliver()

    def _end(self) -> None:
        if self._desk.resumption is not None:
            self._desk.resumption.end()
        if self._desk.progress is not None:
            self._desk.progress.end()
        self._desk.report.end()

    def _hand_over(self) -> None:
        if self._records:
            self._crew.put(tuple(self._records), in_full=self._first)
            self._reached.append(self._read.count)
            self._first = False
            self._records.clear()
            self._size = 0
        self._deliver()

    def _deliver(self) -> None:
        for chunk in self._crew.done():
            if self._desk.resumption is not None:
                self._desk.resumption.before(chunk.records)
            for place in range(len(chunk.records)):
                with self._interrupts.held():
                    self._tell(chunk.answer(place))
            reached = self._reached.popleft()
            if self._desk.progress is not None:
                self._desk.progress.reach(reached)

    def _tell(self, answer: Answer) -> None:
        checked = logged(answer, self._desk.log, self._desk.teller)
        if checked.complaint:
            complain(checked.complaint)
        self._desk.report.add(checked)
        self._raise_to(checked.code)
        self.decisions[checked.decision] += 1
        if self._desk.progress is not None:
            self._desk.progress.add()

    @contextlib.contextmanager
    def _opened(self, path: str) -> Iterator[BinaryIO]:
        with _attended(path, self._take_head(path), self._attend) as stream, self._read.of(stream):
            yield stream

    def _take_head(self, path: str) -> bytes:
        head = b""
        if path == STANDARD_INPUT:
            head, self._head = self._head, b""
        return head

    def _attend(self, descriptor: int) -> None:
        """Wait for input, and meanwhile see to what came before: its sender may wait for the verdict."""
        if _has_input(descriptor):
            return
        self._hand_over()
        while not self._crew.wait(descriptor):
            self._deliver()
        self._deliver()


class _AttendedInput(io.RawIOBase):
    """An input that does not always come at once.

    Args:
        descriptor: where it is read.
        head: what was read of it already.
        attend: waits until something can be read.
    """

    def __init__(self, descriptor: int, head: bytes, attend: Callable[[int], None]) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._head = head
        self._attend = attend

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            piece, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            self._attend(self._descriptor)
            piece = os.read(self._descriptor, len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


@contextlib.contextmanager
def _attended(path: str, head: bytes, attend: Callable[[int], None]) -> Iterator[BinaryIO]:
    with opened(path) as stream:
        descriptor = stream.fileno()
        if stat.S_ISREG(os.fstat(descriptor).st_mode) and not head:
            yield stream
        else:
            yield io.BufferedReader(_AttendedInput(descriptor, head, attend), io.DEFAULT_BUFFER_SIZE)


class BytesRead:
    """How many bytes of the inputs were read, packed as they may be.

    Of an input that is no file, which nobody knows the length of, nothing is counted.
    """

    def __init__(self) -> None:
        self._before = 0
        self._descriptor: int | None = None

    @contextlib.contextmanager
    def of(self, stream: BinaryIO) -> Iterator[None]:
        """Count what is read of an input inside the block."""
        size = 0
        with contextlib.suppress(OSError):  # what attends its input has no descriptor to ask
            status = os.fstat(stream.fileno())
            if stat.S_ISREG(status.st_mode):
                self._descriptor, size = stream.fileno(), status.st_size
        try:
            yield
        finally:
            self._descriptor = None
            self._before += size

    @property
    def count(self) -> int:
        """How many bytes were read."""
        here = 0 if self._descriptor is None else os.lseek(self._descriptor, 0, os.SEEK_CUR)
        return self._before + here


def peek(descriptor: int, most: int, seconds: float) -> tuple[bytes, bool]:
    """Read the start of an input, until more than `most` bytes came or it pauses for some seconds.

    It waits for the first bytes as long as it takes.

    Returns:
        What was read, and whether it is all.
    """
    head = bytearray()
    while len(head) <= most and _has_input(descriptor, seconds if head else None):
        piece = os.read(descriptor, most + 1 - len(head))
        if not piece:
            return bytes(head), True
        head += piece
    return bytes(head), False


def _has_input(descriptor: int, seconds: float | None = 0) -> bool:
    """Whether something can be read, or the end was reached, within some seconds; None: however long."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(None if seconds is None else seconds * 1000))
