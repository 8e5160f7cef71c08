"""What runs in the Python workers of Spark: batches of rows in, batches of verdicts out.

Each has a process of its own that judges, and replaces it when an order ends it.
"""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from orderguard._version import __version__
from orderguard.checked import Teller
from orderguard.decision_log import DecisionLog
from orderguard.errors import EngineFault, OrderguardError
from orderguard.inputs.arrow_records import records_in_rows, records_in_texts
from orderguard.inputs.extra import library_of
from orderguard.outputs.parquet_verdicts import row_of
from orderguard.records import Record
from orderguard.spark.job import Job, Setup
from orderguard.spark.result import EVENTS, verdict_columns
from orderguard.workers.crew import Crew, answers, logged
from orderguard.workers.messages import Answer, Opening
from orderguard.workers.worker_crew import WorkerCrew

_ROWS = 256
_NO_PLACE = {"source": None, "record": None, "line": None}


def verdicts(batches: Iterable[Any], job: Job) -> Iterator[Any]:
    """The verdicts on batches of rows, in small batches.

    Raises:
        EngineFault: this machine has other rules or other software than the driver, or the process that
            judges cannot work; nothing is verified.
        OrderguardError: the decision log cannot be opened.
    """
    judge = judge_of(job.setup)
    with contextlib.ExitStack() as stack:
        crew: Crew | None = None
        for batch in batches:
            if crew is None:
                crew = stack.enter_context(judge.crew())
            yield from _without_values(judge.judged(batch, job, crew))


def _without_values(tables: Iterator[Any]) -> Iterator[Any]:
    """Tables; the text of an unexpected error is left out, for it may hold values of an order."""
    try:
        yield from tables
    except EngineFault:
        raise
    except Exception as error:  # noqa: BLE001 (whatever it is)
        raise OrderguardError(f"internal error ({type(error).__name__})") from None


@lru_cache(maxsize=4)
def judge_of(setup: Setup) -> Judge:
    """What judges with a setup; made once in each process."""
    return Judge(setup)


class Judge:
    """Judges rows in another process, which it keeps for the next rows.

    Args:
        setup: what it is made of.

    Raises:
        EngineFault: this machine has other software than the driver.
        OrderguardError: the decision log cannot be opened.
    """

    def __init__(self, setup: Setup) -> None:
        if setup.software != __version__:
            raise EngineFault(
                f"orderguard {__version__} is installed on a worker, {setup.software} on the driver; "
                "nothing is verified: install the same version on all machines"
            )
        self._setup = setup
        self._log = None if setup.log is None else DecisionLog.to_path(setup.log)
        self._teller = Teller(None)
        self._arrow = library_of("spark", "pyarrow", "Spark")
        self._columns = verdict_columns(has_events=setup.log is None)
        self._idle: list[WorkerCrew] = []
        weakref.finalize(self, _close, self._idle)

    @contextlib.contextmanager
    def crew(self) -> Iterator[Crew]:
        """A process that judges, for one user at a time.

        One that was not waited for to the end is closed: its late answers must not meet other rows.
        """
        crew = self._idle.pop() if self._idle else self._started()
        try:
            yield crew
        finally:
            if crew.in_flight:
                crew.close()
            else:
                self._idle.append(crew)

    def judged(self, rows: Any, job: Job, crew: Crew) -> Iterator[Any]:
        """The verdicts on rows, behind the columns that are carried over."""
        found: list[dict[str, Any]] = []
        done = 0
        for answer in answers(crew, _records(rows, job)):
            found.append(self._row(answer))
            if len(found) == _ROWS or done + len(found) == rows.num_rows:
                yield self._table(rows.slice(done, len(found)), found, job)
                done += len(found)
                found.clear()

    def _started(self) -> WorkerCrew:
        return WorkerCrew(1, Opening(self._setup.verifier, None), self._setup.packs, self._teller)

    def _row(self, answer: Answer) -> dict[str, Any]:
        if self._log is not None:
            return row_of(logged(answer, self._log, self._teller)) | _NO_PLACE
        checked, events = answer
        return row_of(checked) | _NO_PLACE | {EVENTS: [line.strip("\n") for line in events or ()]}

    def _table(self, rows: Any, found: list[dict[str, Any]], job: Job) -> Any:
        *kept, _ = rows.columns
        columns = self._arrow.RecordBatch.from_pylist(found, schema=self._columns)
        return self._arrow.RecordBatch.from_arrays(
            [*kept, *columns.columns], names=[*job.kept, *columns.schema.names]
        )


def _records(rows: Any, job: Job) -> Iterator[Record]:
    """The records of rows, of which few at a time are made."""
    read = records_in_texts if job.is_text else records_in_rows
    for start in range(0, rows.num_rows, _ROWS):
        *_, orders = rows.slice(start, _ROWS).columns
        yield from read(orders, "", start)


def _close(crews: list[WorkerCrew]) -> None:
    while crews:
        crews.pop().close()
