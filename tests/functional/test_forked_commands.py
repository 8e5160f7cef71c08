"""A command that is forked, as most tests run it, does what it does in a Python that starts for it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from support.forked import run_forked

Run = Callable[..., subprocess.CompletedProcess[str]]

COMMANDS: dict[str, tuple[int, list[str], str]] = {
    "a verified order": (0, ["check", "ORDER", "--log", "LOG"], ""),
    "its event": (0, ["check", "ORDER"], ""),
    "an order out of a pipe": (1, ["check", "-", "--log", "LOG"], "BAD"),
    "no such command": (2, ["chek"], ""),
    "no such option": (2, ["check", "--formt", "json"], ""),
    "no such file": (2, ["check", "nowhere.json", "--format", "jsonl", "--log", "LOG"], ""),
    "a broken record": (3, ["check", "-", "--format", "jsonl", "--log", "LOG"], "BAD\n{\nBAD\n"),
    "no rules": (4, ["check", "ORDER", "--rules", "."], ""),
    "a full log": (5, ["check", "ORDER", "--log", "/dev/full", "--format", "jsonl"], ""),
    "workers": (1, ["check", "-", "--workers", "2", "--format", "csv", "--log", "LOG"], "BAD\nBAD\n"),
    "explain": (0, ["explain", "ORDER"], ""),
    "help": (0, ["--help"], ""),
    "rules": (0, ["rules"], ""),
    "a rule": (0, ["rules", "show", "dose-12mg"], ""),
    "boundaries": (0, ["rules", "boundaries", "dose-12mg"], ""),
    "sample": (0, ["sample", "--count", "3", "--seed", "1"], ""),
    "schema": (0, ["schema", "order"], ""),
    "version": (0, ["--version"], ""),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_forked_command_writes_and_ends_as_one_that_starts(
    orderguard: Run, example: Path, bad_line: str, tmp_path: Path, name: str
) -> None:
    code, words, given = COMMANDS[name]

    def done(folder: str, *, fresh: bool) -> tuple[int, str, str, str]:
        (tmp_path / folder).mkdir()
        log = tmp_path / folder / "log"
        names = {"ORDER": str(example), "LOG": str(log)}
        arguments = [names.get(word, word) for word in words]
        stdin = given.replace("BAD", bad_line)
        ended = orderguard(*arguments, stdin=stdin, cwd=tmp_path / folder, fresh=fresh)
        texts = (ended.stdout, ended.stderr, log.read_text() if log.exists() else "")
        out, err, events = (without_time(text) for text in texts)
        return ended.returncode, out, err, events

    started = done("started", fresh=True)
    assert started[0] == code
    assert done("forked", fresh=False) == started


def without_time(text: str) -> str:
    """The text without when something was and how long it took."""
    return re.sub(r'"(timestamp|duration_ms)": [^,]+, ', "", text)


def test_a_forked_command_that_takes_too_long_is_killed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "never")
    with pytest.raises(subprocess.TimeoutExpired):
        run_forked(["check", tmp_path / "never"], environment=os.environ, timeout=0.5)
    left = [p for p in psutil.process_iter(["cmdline"]) if str(tmp_path) in str(p.info["cmdline"])]
    assert left == []


def test_no_forking_process_outlives_the_one_that_started_it() -> None:
    program = """
import os, psutil
from support.forked import run_forked
assert run_forked(["--version"], environment=os.environ, timeout=60).returncode == 0
print(*[child.pid for child in psutil.Process().children(recursive=True)])
"""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
    )
    started = [int(word) for word in done.stdout.split()]
    assert started
    assert not any(map(psutil.pid_exists, started))
