"""Continues an interrupted run: `--resume`.

The output is the truth: as many records are done as it has whole lines. The state beside it holds the hash of
the input up to a record that is never behind the output, for it is written before the lines of those records.
So whatever line a run ended in, all records of the output are known to be those of the input.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from orderguard.checked import COULD_NOT_BE_CHECKED, INVALID
from orderguard.errors import OrderguardError
from orderguard.output import ExitCode, OutputError
from orderguard.records import Record
from orderguard.verdict import ENGINE_FAULT

SUFFIX = ".state"

_DECISION = re.compile(
    rb'\{(?:"schema_version": "1", "decision_id": "[0-9a-f]{64}", "order_id": "[A-Za-z0-9._-]{1,64}", )?'
    rb'"decision": "(verified|hold|reject|invalid)", '
)
# Quotes within a text are escaped, so these can stand nowhere else.
_FAULT = f'{{"rule": "{ENGINE_FAULT}", '.encode()
_NOT_CHECKED = f'"message": "{COULD_NOT_BE_CHECKED}'.encode()


class ResumeError(OrderguardError):
    """A run that cannot be continued; the text says why."""


class _State(NamedTuple):
    """What stands beside the output.

    Attributes:
        run: what must be the same when the run is continued.
        records: up to which record the hash goes.
        sha256: the hash of the records.
    """

    run: Mapping[str, object]
    records: int
    sha256: str


class Resumption:
    """Makes that a run can be continued, and continues it.

    Args:
        out: the output, a file of one line a record.
        run: what must be the same when the run is continued: inputs, rules, settings, key.

    Attributes:
        decisions: how many records of the output had each decision.
        code: the exit code that the records of the output ask for.
        kept: how many bytes of the output stay.

    Raises:
        ResumeError: the run cannot be continued, or its files cannot be used.
    """

    def __init__(self, out: str, run: Mapping[str, object]) -> None:
        self._path = Path(out + SUFFIX)
        self._run = run
        self._digest = hashlib.sha256()
        self._hashed = 0
        self._told = 0
        self._waiting: list[Record] = []
        self.decisions: Counter[str] = Counter()
        self.code = ExitCode.VERIFIED
        self.kept = 0
        try:
            self._state = self._begun(out)
        except OSError as error:
            what = error.filename or self._path
            raise ResumeError(f"{what}: cannot be used: {error.strerror or type(error).__name__}") from None
        self._done = self._told = self.decisions.total()

    def admit(self, record: Record) -> Iterable[Record]:
        """The records that are to be checked, now that one more was read.

        Raises:
            ResumeError: the records are not those of the interrupted run.
        """
        if self._hashed >= self._state.records:
            return (record,)
        self._hash(record)
        if self._hashed > self._done:
            self._waiting.append(record)
        if self._hashed < self._state.records:
            return ()
        if self._digest.hexdigest() != self._state.sha256:
            raise ResumeError(f"the input is not what it was, up to record {self._state.records}")
        waiting, self._waiting = self._waiting, []
        return waiting

    def before(self, records: Iterable[Record]) -> None:
        """Note that these records are reported next.

        Raises:
            OutputError: the state cannot be written.
        """
        hashed = self._hashed
        for record in records:
            self._told += 1
            if self._told > self._hashed:
                self._hash(record)
        if self._hashed > hashed:
            try:
                self._write()
            except OSError as error:
                raise OutputError(error.strerror or type(error).__name__, str(self._path)) from None

    def end(self) -> None:
        """All records were read.

        Raises:
            ResumeError: there were fewer than in the interrupted run.
        """
        if self._hashed < self._state.records:
            raise ResumeError(
                f"the input is not what it was: it has {self._hashed} records, not {self._state.records}"
            )

    def _hash(self, record: Record) -> None:
        self._hashed += 1
        where = f"{record.source}\0{record.number}\0{record.line}\0{record.problems}\0".encode(
            "utf-8", "surrogatepass"
        )
        text = record.text or b""
        self._digest.update(b"%d %d " % (len(where), len(text)))
        self._digest.update(where)
        self._digest.update(text)

    # The state

    def _begun(self, out: str) -> _State:
        """The state of the run that is continued, with what its output holds; or that of one that begins."""
        state = self._read(Path(out))
        if state is not None:
            self._count(out, state.records)
            return state
        self._write()
        return _State(self._run, 0, self._digest.hexdigest())

    def _read(self, out: Path) -> _State | None:
        """The state of the run that is continued; None when there is none."""
        if not self._path.exists():
            if out.exists() and out.stat().st_size:
                raise ResumeError(f"{out} is there without {self._path}; remove it to start anew")
            return None
        try:
            content = json.loads(self._path.read_bytes())
            state = _State(content["run"], int(content["records"]), str(content["sha256"]))
        except (ValueError, KeyError, TypeError):
            raise ResumeError(f"{self._path} is no state of a run") from None
        for what, value in self._run.items():
            if state.run.get(what) != value:
                raise ResumeError(f"{out} was begun with other {what}")
        return state

    def _write(self) -> None:
        """Put the state in place of the old one; at no moment is there none."""
        state = _State(self._run, self._hashed, self._digest.hexdigest())
        new = Path(f"{self._path}.new")
        new.write_text(json.dumps(state._asdict()) + "\n")
        new.replace(self._path)

    # The output

    def _count(self, out: str, most: int) -> None:
        """Count the lines of the output that stay: whole ones, and none of records that are not hashed."""
        with contextlib.suppress(FileNotFoundError), Path(out).open("rb") as stream:
            for number, (line, decision) in enumerate(_whole_lines(stream)):
                if number == most:
                    return
                self.kept += len(line)
                self.decisions[decision] += 1
                self.code = max(self.code, _code(line, decision))


def _whole_lines(lines: Iterable[bytes]) -> Iterator[tuple[bytes, str]]:
    """The lines up to the first that is not whole, each with its decision."""
    for line in lines:
        found = _DECISION.match(line)
        if found is None or not line.endswith(b"}\n"):
            return
        yield line, found[1].decode()


def _code(line: bytes, decision: str) -> ExitCode:
    """The exit code that a line of the output asks for."""
    if decision == INVALID:
        return ExitCode.FAULT if _NOT_CHECKED in line else ExitCode.INVALID
    if _FAULT in line:
        return ExitCode.FAULT
    return ExitCode.VERIFIED if decision == "verified" else ExitCode.NOT_VERIFIED
