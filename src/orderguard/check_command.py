"""`orderguard check`: from its options to a run."""

from __future__ import annotations

import functools
import hashlib
import hmac
import os
import stat
import sys
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, NamedTuple

from orderguard._version import __version__
from orderguard.batch import Checking, Desk, peek
from orderguard.checked import Checker
from orderguard.inputs.compressed import ENDINGS as PACKED_ENDINGS
from orderguard.inputs.extra import MissingExtraError
from orderguard.inputs.paths import STANDARD_INPUT
from orderguard.out_file import OutFile
from orderguard.output import ExitCode, tell
from orderguard.outputs.choosing import OutputChoiceError, Outputs
from orderguard.outputs.clashes import clash, is_file
from orderguard.page import Look
from orderguard.process import end_start
from orderguard.progress import Progress, shows_progress
from orderguard.reports import summary
from orderguard.verifier import KEY_VARIABLE, Verifier
from orderguard.workers.crew import Chunking, Crew, LocalCrew

if TYPE_CHECKING:
    from orderguard.resume import Resumption

SMALL_BYTES = 1024 * 1024
"""Inputs that are checked sooner here than workers start."""

_PACKED = (*PACKED_ENDINGS, ".parquet")
_PACKED_TIMES = 10
"""So many times as large a packed file of orders is when it is unpacked, or more."""

_PAUSE_SECONDS = 0.2
"""An input that pauses so long may come forever."""


class Choice(NamedTuple):
    """What the options of `orderguard check` choose.

    Attributes:
        form: the name of the format.
        rules: the directory of rules; None for the bundled ones.
        site: the site's file; None for none.
        log: the file of the decision log; None for standard error.
        workers: how many worker processes; 1 for none; None as many as there are processors, if it pays.
        out: the file that takes the verdicts; None for standard output.
        resume: whether the run can be continued, and is.
        page: the file that takes the HTML report; None for no report.
    """

    form: str
    rules: str | None
    site: str | None
    log: str | None
    workers: int | None
    out: str | None
    resume: bool
    page: str | None = None

    @property
    def outputs(self) -> Outputs:
        """What is written, and where to."""
        return Outputs(self.form, self.out, self.page)

    @property
    def written(self) -> dict[str, str]:
        """The files that are written, by the options that name them."""
        named = {"--out": self.out, "--report": self.page, "--log": self.log}
        return {option: path for option, path in named.items() if path is not None}

    @property
    def streams(self) -> dict[str, IO[str] | None]:
        """The standard streams on which verdicts and events are written."""
        out = {} if self.out is not None else {"standard output": sys.stdout}
        return out if self.log is not None else {**out, "standard error": sys.stderr}


def usage_problem(choice: Choice, paths: Sequence[str]) -> str | None:
    """Why options do not go together; None if they do."""
    try:
        choice.outputs.check()
    except (OutputChoiceError, MissingExtraError) as error:
        return str(error)
    return clash(paths, choice.written, choice.streams) or _resume_problem(choice, paths)


def _resume_problem(choice: Choice, paths: Sequence[str]) -> str | None:
    if not choice.resume:
        return None
    if choice.out is None or choice.form != "jsonl":
        return "--resume needs --out FILE and --format jsonl"
    if not is_file(choice.out):
        return f"--resume needs a file that can be cut; {choice.out} is none"
    if choice.page is not None:
        return "--report does not go with --resume: the page would lack what was checked before"
    if any(_bytes_in(path) is None for path in paths):
        return "--resume needs files that can be read again"
    return None


def check(paths: Sequence[str], choice: Choice, verifier: Verifier) -> ExitCode:
    """Check inputs.

    Raises:
        OutFileError: the file for the verdicts cannot be used.
        ResumeError: the run cannot be continued.
        EngineFault: no worker process can be used.
        OutputClosedError: nobody reads the verdicts any more.
        OutputError: they cannot be written.
    """
    out = None if choice.out is None else OutFile(choice.out)
    page = None if choice.page is None else OutFile(choice.page)
    resumption = _resumption(paths, choice, verifier)
    # Only now, when nothing speaks against the run, does anything go away.
    for file in (out, page):
        if file is not None:
            file.keep(resumption.kept if resumption is not None and file is out else 0)
    look = None
    if choice.form == "table":
        look = Look.of_output() if choice.out is None else Look.of_file()
    keeps_orders = choice.page is not None
    checker = Checker(verifier, look, keeps_orders=keeps_orders)
    count, head = _workers(paths, choice.workers)
    crew: Crew = LocalCrew(checker)
    if count > 1:
        from orderguard.cli_common import load_verifier
        from orderguard.workers.messages import Opening
        from orderguard.workers.worker_crew import WorkerCrew

        rules = tuple(pack.sha256 for pack in verifier.rulebook.packs)
        load = functools.partial(load_verifier, choice.rules, site=choice.site)
        crew = WorkerCrew(count, Opening(load, look, keeps_orders), rules, checker)
    end_start()
    # Here a record is reported before the next is read; what can be continued is noted by the chunk.
    chunking = Chunking() if count > 1 or resumption is not None else Chunking(records=1)
    desk = Desk(
        choice.outputs.report(out, page),
        verifier.log,
        checker,
        _progress(paths, choice),
        resumption,
    )
    checking = Checking(crew, desk, chunking, head)
    try:
        code = checking.run(paths)
    finally:
        crew.close()
        if desk.progress is not None:
            desk.progress.end()
        if out is not None:
            out.close()
    if sys.stderr is not None and sys.stderr.isatty() and (choice.form != "table" or out is not None):
        tell(summary(checking.decisions))
    return code


def _resumption(paths: Sequence[str], choice: Choice, verifier: Verifier) -> Resumption | None:
    if not choice.resume or choice.out is None:
        return None
    from orderguard.resume import Resumption

    return Resumption(choice.out, _run(paths, verifier))


def _run(paths: Sequence[str], verifier: Verifier) -> dict[str, object]:
    """What must be the same when a run is continued."""
    key = os.environ.get(KEY_VARIABLE, "").encode()
    return {
        "inputs": list(paths),
        "rules": [pack.sha256 for pack in verifier.rulebook.packs],
        "software": __version__,
        "key": hmac.new(key, b"orderguard run", hashlib.sha256).hexdigest(),
    }


def _workers(paths: Sequence[str], asked: int | None) -> tuple[int, bytes]:
    """How many workers check, and what had to be read of standard input to know it."""
    if asked is not None:
        return asked, b""
    processors = _processors()
    if processors == 1:
        return 1, b""
    sizes = [_bytes_in(path) for path in paths]
    known = [_unpacked(path, size) for path, size in zip(paths, sizes, strict=True) if size is not None]
    if sum(known) > SMALL_BYTES:
        return processors, b""
    if None not in sizes:
        return 1, b""
    if list(paths) != [STANDARD_INPUT] or sys.stdin is None:
        return (1 if sys.stdin is None else processors), b""
    head, is_all = peek(sys.stdin.fileno(), SMALL_BYTES, _PAUSE_SECONDS)
    return (1 if is_all else processors), head


def _unpacked(path: str, size: int) -> int:
    """About how many bytes a file has when it is unpacked."""
    return size * _PACKED_TIMES if path.lower().endswith(_PACKED) else size


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _bytes_in(path: str) -> int | None:
    """The size of a file; 0 where there is none to read; None for what ends nobody knows when."""
    try:
        if path != STANDARD_INPUT:
            status = os.stat(path)  # noqa: PTH116 (a Path would drop a trailing slash)
        elif sys.stdin is None:
            return 0
        else:
            status = os.fstat(sys.stdin.fileno())
    except OSError:
        return 0
    if stat.S_ISREG(status.st_mode):
        return status.st_size
    return 0 if stat.S_ISDIR(status.st_mode) else None


def _progress(paths: Sequence[str], choice: Choice) -> Progress | None:
    to_terminal = choice.out is None and sys.stdout is not None and sys.stdout.isatty()
    if not shows_progress(others_write=to_terminal or choice.log is None):
        return None
    sizes = [_bytes_in(path) for path in paths]
    known = [size for size in sizes if size is not None]
    return Progress(sum(known) if len(known) == len(sizes) else None)
