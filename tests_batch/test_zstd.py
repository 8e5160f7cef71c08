"""Orders packed with zstd: the same verdicts, and nothing that breaks off goes unnoticed."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from backports import zstd

from orderguard.inputs.reading import read_input
from orderguard.records import Record

Run = Callable[..., CompletedProcess[str]]

TWO = b'{"a": 1}\n{"b": 2}\n'


def records_of(data: bytes) -> list[Record]:
    return list(read_input(io.BytesIO(data), "orders.jsonl.zst"))


def test_a_packed_file_gives_the_verdicts_of_the_plain_one(
    orderguard: Run, lines: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "orders.jsonl.zst"
    path.write_bytes(zstd.compress(lines))
    plain = orderguard("check", "-", "--format", "jsonl", stdin=lines)
    packed = orderguard("check", path, "--format", "jsonl")

    assert packed.stdout == plain.stdout
    assert [json.loads(line)["decision"] for line in packed.stdout.splitlines()] == [
        "verified",
        "reject",
        "hold",
        "verified",
    ]


@pytest.mark.parametrize("start", [b"", b"\x50\x2a\x4d\x18\x04\x00\x00\x00skip"])
def test_several_frames_are_one_input(start: bytes) -> None:
    packed = start + zstd.compress(TWO) + zstd.compress(TWO)

    assert [record.number for record in records_of(packed)] == [1, 2, 3, 4]


def test_what_breaks_off_anywhere_ends_with_an_unreadable_record() -> None:
    chance = random.Random(1)
    lines = [f'{{"a": "{"".join(chance.choices("abcdefgh", k=40))}"}}'.encode() for _ in range(20)]
    packed = zstd.compress(b"\n".join(lines))
    for end in range(4, len(packed)):
        *whole, last = records_of(packed[:end])

        assert [record.text for record in whole] == lines[: len(whole)]
        assert (last.text, last.number) == (None, len(whole) + 1)
        assert last.problems[0].message == "must be whole: the zstd data break off here"


def test_what_is_damaged_ends_with_an_unreadable_record() -> None:
    packed = bytearray(zstd.compress(TWO * 1000, options={zstd.CompressionParameter.checksum_flag: 1}))
    packed[-2] ^= 1
    *_, last = records_of(bytes(packed))

    assert last.text is None
    assert "damaged" in last.problems[0].message


def test_a_window_that_needs_too_much_memory_is_refused() -> None:
    options = {zstd.CompressionParameter.window_log: 30}
    with io.BytesIO() as packed:
        with zstd.ZstdFile(packed, "wb", options=options) as stream:
            stream.write(TWO)
            stream.flush()
        [record] = records_of(packed.getvalue())

    assert record.text is None


def test_a_line_that_unpacks_to_far_too_much_is_one_unreadable_record() -> None:
    packed = zstd.compress(b"x" * 2**26 + b"\n" + TWO)
    first, second, third = records_of(packed)

    assert first.problems[0].message == "must be at most 4 MiB"
    assert (second.text, third.text) == (b'{"a": 1}', b'{"b": 2}')
