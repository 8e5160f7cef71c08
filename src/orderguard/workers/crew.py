"""Who checks: this process itself, or others (`worker_crew.py`)."""

from __future__ import annotations

import abc
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from orderguard.checked import INVALID, Checked
from orderguard.errors import DecisionLogError
from orderguard.records import Record
from orderguard.workers.messages import Answer

if TYPE_CHECKING:
    from orderguard.checked import Checker, Teller
    from orderguard.decision_log import DecisionLog

CHUNK_RECORDS = 32
CHUNK_BYTES = 256 * 1024
"""How much a worker gets at once: the way there and back is cheap, and little is lost with a worker."""


class Chunking(NamedTuple):
    """How many records, or bytes of records, make a chunk."""

    records: int = CHUNK_RECORDS
    size: int = CHUNK_BYTES

    def chunks(self, records: Iterable[Record]) -> Iterator[tuple[Record, ...]]:
        """Records in chunks."""
        held: list[Record] = []
        size = 0
        for record in records:
            held.append(record)
            size += size_of(record)
            if len(held) >= self.records or size >= self.size:
                yield tuple(held)
                held.clear()
                size = 0
        if held:
            yield tuple(held)


def size_of(record: Record) -> int:
    """The bytes of a record."""
    return len(record.text or b"") + 1


class Chunk(abc.ABC):
    """Records in input order, and what became of each."""

    def __init__(self, records: tuple[Record, ...]) -> None:
        self.records = records

    @abc.abstractmethod
    def answer(self, place: int) -> Answer:
        """What became of the record at a place of the chunk; asked once for each, in order."""


class Crew(abc.ABC):
    """Checks chunks of records and gives them back in the order in which they came."""

    @abc.abstractmethod
    def put(self, records: tuple[Record, ...], *, in_full: bool) -> None:
        """Take a chunk.

        Args:
            records: its records.
            in_full: whether its first record may be the only one of the run.
        """

    @abc.abstractmethod
    def done(self) -> Iterator[Chunk]:
        """The chunks that are checked, as far as none before them is still in work."""

    @property
    @abc.abstractmethod
    def in_flight(self) -> int:
        """How many chunks were taken and not given back."""

    @property
    @abc.abstractmethod
    def most_in_flight(self) -> int:
        """With how many chunks in flight no more may be put."""

    def wait(self, also: int | None = None) -> bool:
        """Wait until something happens.

        Args:
            also: a descriptor on which input may come.

        Returns:
            Whether there is input on it.
        """
        return also is not None

    def close(self) -> None:  # noqa: B027 (not every crew starts something)
        """End what was started."""


class _LocalChunk(Chunk):
    def __init__(self, records: tuple[Record, ...], checker: Checker, *, in_full: bool) -> None:
        super().__init__(records)
        self._checker = checker
        self._in_full = in_full

    def answer(self, place: int) -> Answer:
        return Answer(self._checker.check(self.records[place], in_full=self._in_full and place == 0), None)


class LocalCrew(Crew):
    """This process itself. A record is checked when it is asked what became of it.

    Args:
        checker: what checks a record, and writes to the decision log.
    """

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._chunks: deque[Chunk] = deque()

    def put(self, records: tuple[Record, ...], *, in_full: bool) -> None:
        """Take a chunk."""
        self._chunks.append(_LocalChunk(records, self._checker, in_full=in_full))

    def done(self) -> Iterator[Chunk]:
        """All chunks."""
        while self._chunks:
            yield self._chunks.popleft()

    @property
    def in_flight(self) -> int:
        """How many chunks were taken and not given back."""
        return len(self._chunks)

    @property
    def most_in_flight(self) -> int:
        """One: a chunk is asked for at once."""
        return 1


def answers(crew: Crew, records: Iterable[Record]) -> Iterator[Answer]:
    """What became of records, in their order. No more of them are read ahead than the crew takes.

    Raises:
        EngineFault: the crew cannot work; it is to be closed.
    """
    for chunk in Chunking().chunks(records):
        crew.put(chunk, in_full=False)
        while crew.in_flight >= crew.most_in_flight:
            yield from _done(crew)
    while crew.in_flight:
        yield from _done(crew)


def _done(crew: Crew) -> Iterator[Answer]:
    crew.wait()
    for chunk in crew.done():
        for place in range(len(chunk.records)):
            yield chunk.answer(place)


def logged(answer: Answer, log: DecisionLog, teller: Teller) -> Checked:
    """What became of a record, after its events were written; held if the event of its verdict was not."""
    checked, events = answer
    if events is None or checked.decision == INVALID:
        return checked
    written = False
    # The event of the verdict is the last.
    for event in events:
        try:
            log.pass_on(event)
        except DecisionLogError:
            written = False
        else:
            written = True
    return checked if written else teller.unlogged(checked)
