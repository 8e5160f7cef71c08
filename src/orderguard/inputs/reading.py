"""Finds the order records in an input of any kind that is known."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from orderguard.errors import OrderProblem
from orderguard.inputs.compressed import ENDINGS as PACKED_ENDINGS
from orderguard.inputs.compressed import DamagedInputError, unpacked
from orderguard.records import Record, read_records

_PARQUET = b"PAR1"
_LONGEST_MARK = 4
_FIRST_BYTES_OF_MARKS = b"\x1f\x28" + bytes(range(0x50, 0x60))
_FIRST_NAME = re.compile(rb'(?:\xef\xbb\xbf)?"?([a-z][a-z0-9_.]*)"?[,;\t]')
_CUT_NAME = re.compile(rb'\xef|\xef\xbb|(?:\xef\xbb\xbf)?"?(?:[a-z][a-z0-9_.]{0,80}"?)?')


def read_input(stream: BinaryIO, source: str) -> Iterator[Record]:
    """The records of an input, in its order.

    The first bytes tell gzip, zstd and Parquet. What is CSV is told by the name, or by a first line that
    begins with the name of a column. All else is JSON.

    Args:
        stream: the bytes of the input.
        source: its name, which the records carry.

    Raises:
        OSError: the stream cannot be read.
        MissingExtraError: the input is of a kind that needs a library that is not installed.
    """
    number = 0
    try:
        for record in _records(stream, source):
            number = record.number
            yield record
    except DamagedInputError as error:
        yield Record(source, number + 1, None, None, (OrderProblem("", str(error)),))


def _records(stream: BinaryIO, source: str) -> Iterator[Record]:
    stream, start = _started(stream)
    name = source.lower()
    if start.startswith(_PARQUET):
        from orderguard.inputs.parquet_records import read_parquet

        return read_parquet(stream, source)
    inside = unpacked(stream, start)
    if inside is not None:
        stream, start = _started(inside)
        name = name.removesuffix(PACKED_ENDINGS[0]).removesuffix(PACKED_ENDINGS[1])
        if start.startswith(_PARQUET):
            problem = "must be unpacked first: Parquet is read in parts, and packed within"
            return iter([Record(source, 1, None, None, (OrderProblem("", problem),))])
    if name.endswith(".csv") or _begins_with_a_column(start):
        from orderguard.inputs.csv_records import read_csv

        return read_csv(stream, source)
    return read_records(stream, source)


def _begins_with_a_column(start: bytes) -> bool:
    name = _FIRST_NAME.match(start)
    if name is None:
        return False
    from orderguard.inputs.columns import is_column

    return is_column(name[1].decode())


def _started(stream: BinaryIO) -> tuple[BinaryIO, bytes]:
    """The stream and its first bytes, which stay in it.

    What arrived is looked at. More is waited for only where it ends within a mark or the name of a column.
    """
    if not isinstance(stream, io.BufferedReader):
        stream = io.BufferedReader(_Raw(stream))
    head = b""
    while (piece := stream.peek(1)) and _is_cut(head + piece):
        head += stream.read1(len(piece))
    return (io.BufferedReader(_Raw(stream, head)) if head else stream), head + piece


def _is_cut(start: bytes) -> bool:
    """Whether these bytes may be the beginning of a mark, or of the name of a column, and not all of it."""
    return (len(start) < _LONGEST_MARK and start[:1] in _FIRST_BYTES_OF_MARKS) or bool(
        _CUT_NAME.fullmatch(start)
    )


class _Raw(io.RawIOBase):
    """A stream after bytes that were read of it before."""

    def __init__(self, stream: BinaryIO, before: bytes = b"") -> None:
        self._stream = stream
        self._before = before

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read what is there, at most as much as the buffer takes."""
        piece, self._before = self._before[: len(buffer)], self._before[len(buffer) :]
        if not piece:
            read = getattr(self._stream, "read1", self._stream.read)
            piece = read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)
