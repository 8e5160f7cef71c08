"""What runs in the Python workers of Spark: batches of rows in, batches of verdicts out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from orderguard._version import __version__
from orderguard.checked import Checker
from orderguard.decision_log import DecisionLog, KeptLines
from orderguard.errors import EngineFault, OrderguardError
from orderguard.inputs.arrow_records import records_in_rows, records_in_texts
from orderguard.inputs.extra import library_of
from orderguard.outputs.parquet_verdicts import row_of
from orderguard.records import Record
from orderguard.spark.job import Job, Setup
from orderguard.spark.result import EVENTS, verdict_columns
from orderguard.verifier import Verifier

_ROWS = 256
_NO_PLACE = {"source": None, "record": None, "line": None}


def verdicts(batches: Iterable[Any], job: Job) -> Iterator[Any]:
    """The verdicts on batches of rows, in small batches.

    Raises:
        EngineFault: this machine has other rules or other software than the driver; nothing is verified.
        OrderguardError: the rules do not load here, or the decision log cannot be opened.
    """
    judge = judge_of(job.setup)
    for batch in batches:
        for start in range(0, batch.num_rows, _ROWS):
            try:
                found = judge.judged(batch.slice(start, _ROWS), job)
            except Exception as error:  # noqa: BLE001 (the text of an unexpected error may hold values of an order)
                raise OrderguardError(f"internal error ({type(error).__name__})") from None
            yield found


@lru_cache(maxsize=4)
def judge_of(setup: Setup) -> Judge:
    """What judges with a setup; made once in each process."""
    return Judge(setup)


class Judge:
    """A verifier, and where its events are kept.

    Args:
        setup: what it is made of.

    Raises:
        EngineFault: this machine has other rules or other software than the driver.
        OrderguardError: the rules do not load, or the decision log cannot be opened.
    """

    def __init__(self, setup: Setup) -> None:
        if setup.software != __version__:
            raise EngineFault(
                f"orderguard {__version__} is installed on a worker, {setup.software} on the driver; "
                "nothing is verified: install the same version on all machines"
            )
        self._events = KeptLines() if setup.log is None else None
        log = DecisionLog(self._events) if setup.log is None else DecisionLog.to_path(setup.log)
        with tempfile.TemporaryDirectory(prefix="orderguard-") as folder:
            rules, site = setup.rules.put(Path(folder))
            verifier = Verifier(rules, site=site, key=setup.key, log=log)
        if tuple(pack.sha256 for pack in verifier.rulebook.packs) != setup.packs:
            raise EngineFault(
                "a worker has other rules than the driver; nothing is verified: "
                "install the same orderguard on all machines"
            )
        self._checker = Checker(verifier, None)
        self._arrow = library_of("spark", "pyarrow", "Spark")
        self._columns = verdict_columns(has_events=setup.log is None)

    def judged(self, rows: Any, job: Job) -> Any:
        """The verdicts on rows, behind the columns that are carried over."""
        *kept, orders = rows.columns
        read = records_in_texts if job.is_text else records_in_rows
        found = [self._row(record) for record in read(orders, "", 0)]
        columns = self._arrow.RecordBatch.from_pylist(found, schema=self._columns)
        return self._arrow.RecordBatch.from_arrays(
            [*kept, *columns.columns], names=[*job.kept, *columns.schema.names]
        )

    def _row(self, record: Record) -> dict[str, Any]:
        row = row_of(self._checker.check(record)) | _NO_PLACE
        if self._events is not None:
            row[EVENTS] = [line.strip("\n") for line in self._events.take()]
        return row
