"""What the parent and a worker say to each other: frames of bytes on two pipes.

Both ends are the same program on the same machine, and only they hold the pipes; so a frame is a pickle.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from orderguard.checked import Checked
from orderguard.records import Record

if TYPE_CHECKING:
    from orderguard.decision_log import DecisionLog
    from orderguard.page import Look
    from orderguard.verifier import Verifier

_LENGTH = struct.Struct(">Q")


class Opening(NamedTuple):
    """The first message to a worker.

    Attributes:
        load: makes the verifier, whose events go to the log that it is given.
        look: how tables look; None when none is asked for.
        keeps_orders: whether what became of an order that is not verified has the order with it.
    """

    load: Callable[[DecisionLog], Verifier]
    look: Look | None
    keeps_orders: bool = False


class Ready(NamedTuple):
    """The first message of a worker: its rules are loaded.

    Attributes:
        rules: the SHA-256 of each pack.
    """

    rules: tuple[str, ...]


class Refused(NamedTuple):
    """The first message of a worker that cannot check: it has no rules.

    Attributes:
        reason: why.
    """

    reason: str


class Request(NamedTuple):
    """Records to check.

    Attributes:
        records: the records.
        in_full: whether the first of them may be the only record of the run.
        seconds: how long they may take.
        ended: why they must not be judged but held: the kind of the fault, and what happened.
    """

    records: tuple[Record, ...]
    in_full: bool
    seconds: float
    ended: tuple[str, str] | None = None


class Answer(NamedTuple):
    """What became of a record.

    Attributes:
        checked: what became of it.
        events: the lines for the decision log that belong to it; None: they are written.
    """

    checked: Checked
    events: tuple[str, ...] | None


def framed(message: object) -> bytes:
    """A message as it travels."""
    payload = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(payload)) + payload


def read_frames(received: bytearray) -> Iterator[Any]:
    """The whole messages among received bytes, which are taken away."""
    while len(received) >= _LENGTH.size:
        end = _LENGTH.size + _LENGTH.unpack_from(received)[0]
        if len(received) < end:
            return
        payload = bytes(memoryview(received)[_LENGTH.size : end])
        del received[:end]
        yield pickle.loads(payload)  # noqa: S301 (the sender is this program)


def read_message(stream: BinaryIO) -> Any:
    """The next message of a stream; None at its end."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    payload = stream.read(_LENGTH.unpack(head)[0])
    return pickle.loads(payload)  # noqa: S301 (the sender is this program)
