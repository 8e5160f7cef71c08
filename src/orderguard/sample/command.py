"""Writes synthetic orders to files or standard output."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import ExitStack
from typing import TextIO

from orderguard.output import ExitCode, complain, write_out
from orderguard.sample.making import KINDS, samples


def write_samples(count: int, seed: int, mix: str | None, out: str | None, expected: str | None) -> ExitCode:
    """Write records, and what each must get, one JSON document a line.

    Args:
        count: how many records.
        seed: what chance starts from.
        mix: parts of each kind, such as `clean=70,broken=5`; None for the usual mix.
        out: the file for the records; None for standard output.
        expected: the file for what they must get; None for none.

    Returns:
        2 when the mix cannot be read or a file cannot be opened, else 0.
    """
    try:
        parts = None if mix is None else read_mix(mix)
    except ValueError as error:
        complain(f"--mix: {error}")
        return ExitCode.USAGE
    with ExitStack() as stack:
        try:
            orders = None if out is None else stack.enter_context(_opened(out))
            beside = None if expected is None else stack.enter_context(_opened(expected))
        except OSError as error:
            complain(f"{error.filename}: {error.strerror}")
            return ExitCode.USAGE
        for number, made in enumerate(samples(count, seed, parts), 1):
            _put(orders, made.line + "\n")
            if beside is not None:
                _put(beside, json.dumps(made.expectation(number)) + "\n")
    return ExitCode.VERIFIED


def read_mix(text: str) -> Mapping[str, int]:
    """The parts of each kind out of a text such as `clean=70,broken=5`.

    Raises:
        ValueError: it cannot be read; the text says why.
    """
    parts: dict[str, int] = {}
    for entry in text.split(","):
        kind, _, number = entry.strip().partition("=")
        if kind not in KINDS:
            raise ValueError(f"`{kind}` is no kind; the kinds are {', '.join(KINDS)}")
        if not (number.isascii() and number.isdigit()):
            raise ValueError(f"`{kind}` needs a whole number, as in `{kind}=10`")
        if kind in parts:
            raise ValueError(f"`{kind}` stands twice")
        parts[kind] = int(number)
    if not any(parts.values()):
        raise ValueError("all parts are 0")
    return parts


def _opened(path: str) -> TextIO:
    return open(path, "w", encoding="utf-8", newline="\n")  # noqa: PTH123 (closed by the caller)


def _put(stream: TextIO | None, text: str) -> None:
    if stream is None:
        write_out(text)
    else:
        stream.write(text)
