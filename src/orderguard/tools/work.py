"""Work in parts, on as many processes as there are processors."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_PARTS_EACH = 4
_in_hand: list[Callable[[int], Any]] = []
"""What does a part of the work; a process that is forked has it without a copy being sent."""


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_parts(
    function: Callable[[Any, list[T]], R], subject: object, things: Sequence[T], workers: int
) -> list[R]:
    """What a function says of parts of a list.

    Args:
        function: gets the subject and some of the things. What it gives is sent between processes.
        subject: what the function needs beside them; it is not sent.
        things: the things; they are not sent.
        workers: how many processes; 1 works in this process.
    """
    if workers <= 1 or len(things) <= 1:
        return [function(subject, list(things))]
    count = min(len(things), workers * _PARTS_EACH)
    # Things that stand together are alike and take alike long, so each part takes some from everywhere.
    _in_hand.append(lambda part: function(subject, list(things[part::count])))
    try:
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            return list(pool.map(_do, range(count)))
    finally:
        _in_hand.pop()


def _do(part: int) -> Any:
    return _in_hand[-1](part)
