"""The bar and the summary on a terminal."""

import fcntl
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
TIMEOUT = 120


def on_terminal(*arguments: str | Path, stdout: Path) -> str:
    """What the command writes to standard error, if that is a terminal of 80 columns."""
    master, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    written = b""
    with (
        stdout.open("wb") as out,
        subprocess.Popen(
            [sys.executable, "-c", SHOWN_AT_ONCE + MAIN, *map(str, arguments)],
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
