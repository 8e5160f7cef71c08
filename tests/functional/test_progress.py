"""The bar and the summary on a terminal."""

import fcntl
import gzip
import itertools
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from support.batches import numbered_orders
from support.command import MAIN, run, write_lines

SHOWN_AT_ONCE = """
from orderguard import progress
progress._SECONDS_WITHOUT = 0
"""
REACHED = """
from orderguard.progress import Progress
class Noting(Progress):
    def __init__(self, total):
        super().__init__(total)
        print("total", total)
    def reach(self, read):
        super().reach(read)
        print("reached", read)
from orderguard import check_command
check_command.Progress = Noting
"""
TIMEOUT = 120


def on_terminal(*arguments: str | Path, stdout: Path, before: str = SHOWN_AT_ONCE) -> str:
    """What the command writes to standard error, if that is a terminal of 80 columns."""
    master, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    written = b""
    with (
        stdout.open("wb") as out,
        subprocess.Popen(
            [sys.executable, "-c", before + MAIN, *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=terminal,
            env={**os.environ, "TERM": "xterm"},
        ) as process,
    ):
        os.close(terminal)
        try:
            while piece := os.read(master, 65536):
                written += piece
        except OSError:
            # So a terminal ends.
            pass
        process.wait(timeout=TIMEOUT)
    os.close(master)
    return written.decode()


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """A file of verified orders."""
    return write_lines(tmp_path / "orders.jsonl", numbered_orders(60))


def test_a_terminal_shows_records_rate_and_time_left_and_a_summary(orders: Path, tmp_path: Path) -> None:
    arguments = ["check", orders, "--workers", "1", "--format", "jsonl", "--log", tmp_path / "log"]
    shown = on_terminal(*arguments, stdout=tmp_path / "out")

    assert " records, " in shown
    assert " a second" in shown
    assert " left" in shown
    assert shown.endswith("60 records: 60 verified, 0 hold, 0 reject, 0 invalid.\r\n")
    assert (tmp_path / "out").read_bytes() == run(*arguments).stdout


def test_no_bar_is_drawn_among_events(orders: Path, tmp_path: Path) -> None:
    shown = on_terminal("check", orders, "--workers", "1", "--format", "jsonl", stdout=tmp_path / "out")

    assert " a second" not in shown
    assert shown.count("order_verified") == 60


def test_without_a_terminal_nothing_is_shown(orders: Path, tmp_path: Path) -> None:
    done = run("check", orders, "--format", "jsonl", "--log", tmp_path / "log", before=SHOWN_AT_ONCE)

    assert done.stderr == b""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_bar_measures_packed_files_and_tables_by_the_bytes_that_they_have(
    orders: Path, tmp_path: Path, workers: str
) -> None:
    line = orders.read_bytes().splitlines()[0]
    files = [tmp_path / "a.jsonl.gz", tmp_path / "b.json", tmp_path / "c.csv"]
    files[0].write_bytes(gzip.compress(orders.read_bytes()))
    files[1].write_bytes(b"[" + b" " * 10_000 + line + b"]")
    files[2].write_bytes(b"order_id,product.name\n" + b"A,\n" * 40)
    out, noted = tmp_path / "out", tmp_path / "noted"
    arguments = ["check", *files, "--workers", workers, "--format", "csv", "--out", out, "--log", os.devnull]
    on_terminal(*arguments, stdout=noted, before=REACHED)
    [[_, total], *steps] = [line.split() for line in noted.read_text().splitlines()]
    reached = [int(number) for _, number in steps]
    ends = list(itertools.accumulate(file.stat().st_size for file in files))

    assert int(total) == ends[-1] == reached[-1]
    assert reached == sorted(reached)
    assert ends[0] in reached
