"""A worker process: checks the records that it is sent, until its input ends."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING, BinaryIO

from orderguard.process import end_start, prepare_process

if TYPE_CHECKING:
    from orderguard.checked import Checker
    from orderguard.decision_log import KeptLines
    from orderguard.workers.messages import Answer, Opening, Request

_GRACE = 2.0
"""How many times its limit a request may take before the system ends a worker whose parent is gone."""


def main() -> None:
    """Serve the parent that started this process with pipes as standard input and output."""
    # Ctrl-C is for the parent, which ends the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What the engine's C code may print must not come between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    prepare_process()
    # A worker says nothing by itself: the text of an error may hold values of an order.
    with contextlib.suppress(BrokenPipeError), os.fdopen(os.dup(0), "rb") as requests, answers:
        _serve(requests, answers)


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    from orderguard.checked import Checker
    from orderguard.decision_log import DecisionLog, KeptLines
    from orderguard.errors import OrderguardError
    from orderguard.workers.messages import Ready, Refused, framed, read_message

    opening: Opening = read_message(requests)
    events = KeptLines()
    try:
        verifier = opening.load(DecisionLog(events))
    except OrderguardError as error:
        answers.write(framed(Refused(str(error))))
        return
    checker = Checker(verifier, opening.look, keeps_orders=opening.keeps_orders)
    answers.write(framed(Ready(tuple(pack.sha256 for pack in verifier.rulebook.packs))))
    answers.flush()
    end_start()
    while request := read_message(requests):
        # A parent that was killed ends nobody; this does, also while C code runs.
        signal.setitimer(signal.ITIMER_REAL, request.seconds * _GRACE)
        found = _answers(checker, events, request)
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(framed(found))
        answers.flush()


def _answers(checker: Checker, events: KeptLines, request: Request) -> list[Answer]:
    from orderguard.workers.messages import Answer

    found = []
    for number, record in enumerate(request.records):
        if request.ended is not None:
            checked = checker.hold(record, *request.ended)
        else:
            checked = checker.check(record, in_full=request.in_full and number == 0)
        found.append(Answer(checked, events.take()))
    return found


if __name__ == "__main__":
    main()
