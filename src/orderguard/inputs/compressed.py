"""Inputs packed with gzip or zstd: unpacked piece by piece, and never trusted to be whole."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from typing import BinaryIO

from orderguard.inputs.extra import batch_library

GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
ZSTD_SKIPPED = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")
"""Begins a frame without data, with which some programs begin their files."""

ENDINGS = (".gz", ".zst")

_LARGEST_WINDOW = 27
"""Binary logarithm of the most memory that a zstd input may ask for: 128 MiB, as the zstd program takes."""

_PIECE = 128 * 1024


class DamagedInputError(ValueError):
    """Packed data that breaks off or cannot be unpacked; the text says which, and holds no data."""


def unpacked(stream: BinaryIO, start: bytes) -> BinaryIO | None:
    """What a stream holds when it is packed; None when it is not.

    Args:
        stream: the packed bytes.
        start: the first bytes of them; they stay in the stream.

    Raises:
        MissingExtraError: it is packed with zstd, and nothing that reads zstd is installed.
    """
    if start.startswith(GZIP):
        return io.BufferedReader(_Unpacking(gzip.GzipFile(fileobj=stream, mode="rb"), "gzip"), _PIECE)
    if start.startswith(ZSTD) or ZSTD_SKIPPED.match(start):
        zstd = batch_library("backports.zstd", "zstd")
        options = {zstd.DecompressionParameter.window_log_max: _LARGEST_WINDOW}
        packed = zstd.ZstdFile(stream, "rb", options=options)
        return io.BufferedReader(_Unpacking(packed, "zstd", zstd.ZstdError), _PIECE)
    return None


class _Unpacking(io.RawIOBase):
    """Unpacked bytes, no more at a time than are asked for.

    Args:
        packed: what unpacks.
        kind: the name of the packing.
        faults: what it raises, beside the errors of gzip, for data that are damaged.
    """

    def __init__(self, packed: io.BufferedIOBase, kind: str, *faults: type[Exception]) -> None:
        self._packed = packed
        self._kind = kind
        self._damaged: tuple[type[Exception], ...] = (zlib.error, gzip.BadGzipFile, *faults)

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Unpack the next bytes.

        Raises:
            DamagedInputError: the data break off, or are damaged.
        """
        try:
            piece = self._packed.read1(len(buffer))
        except EOFError:
            raise DamagedInputError(f"must be whole: the {self._kind} data break off here") from None
        except self._damaged:
            raise DamagedInputError(f"must be sound: the {self._kind} data are damaged") from None
        buffer[: len(piece)] = piece
        return len(piece)
