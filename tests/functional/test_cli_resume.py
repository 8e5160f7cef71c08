"""`orderguard check --resume`: what was interrupted goes on, and nothing is lost or checked twice."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from support.batches import deadly, numbered_orders, write_sample
from support.command import documents_in, run, write_lines

KILLED_OFTEN = Path(__file__).parents[1] / "support" / "killed_often.py"
KILLS = 50
FULL_LATER = """
import errno, os
from orderguard.resume import Resumption
plain, written = Resumption._write, []

def write(self):
    written.append(1)
    if len(written) > 2:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    plain(self)

Resumption._write = write
"""
TIMEOUT = 300


def decision_ids(path: Path) -> Counter[str]:
    """How often each decision stands in a file of verdicts or of events."""
    return Counter(
        document["decision_id"]
        for document in documents_in(path.read_bytes())
        if document.get("event", "order_verified") == "order_verified" and "decision_id" in document
    )


def test_a_run_that_is_killed_50_times_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    sample = write_sample(tmp_path / "sample.jsonl", 450, seed=3).read_bytes()
    # Each order comes twice: an order id says nothing about whether a record was checked.
    (tmp_path / "orders.jsonl").write_bytes(sample * 2)
    names = ("orders.jsonl", "out", "log", "reference")
    arguments = [*(str(tmp_path / name) for name in names), str(KILLS), "1"]
    done = subprocess.run(
        [sys.executable, str(KILLED_OFTEN), *arguments], stdout=subprocess.PIPE, check=True, timeout=TIMEOUT
    )

    killed = int(done.stdout)
    out, log = tmp_path / "out", tmp_path / "log"
    assert killed == KILLS
    assert out.read_bytes() == (tmp_path / "reference").read_bytes()
    assert out.read_bytes().count(b"\n") == 900
    verdicts, events = decision_ids(out), decision_ids(log)
    # An event is written before its verdict: a kill between the two leaves one event more.
    assert not verdicts - events
    assert (events - verdicts).total() <= killed


def test_a_run_with_workers_that_is_killed_goes_on(tmp_path: Path) -> None:
    orders = write_sample(tmp_path / "orders.jsonl", 250, seed=4)
    out, rng = tmp_path / "out", random.Random(5)
    arguments = ["check", str(orders), "--format", "jsonl", "--log", str(tmp_path / "log"), "--workers"]
    command = [sys.executable, "-m", "orderguard", *arguments, "2", "--out", str(out), "--resume"]
    for _ in range(3):
        with subprocess.Popen(command, env=dict(os.environ)) as process:
            goal = (out.stat().st_size if out.exists() else 0) + rng.randrange(1, 200_000)
            while process.poll() is None and (not out.exists() or out.stat().st_size < goal):
                time.sleep(0.001)
            process.kill()
    code = subprocess.run(command, check=False, timeout=TIMEOUT).returncode

    plain = run(*arguments, "1")
    assert code == plain.returncode == 3
    assert out.read_bytes() == plain.stdout


def test_the_exit_code_speaks_of_all_records_also_of_those_checked_before(tmp_path: Path) -> None:
    cache = {"ORDERGUARD_CACHE": os.environ["ORDERGUARD_CACHE"]}
    orders = write_lines(tmp_path / "orders.jsonl", numbered_orders(5))
    arguments = ["check", orders, "--workers", "2", "--out", tmp_path / "out", "--resume"]
    arguments += ["--format", "jsonl", "--log", tmp_path / "log"]
    first = run(*arguments, before=deadly("SIGKILL", ["ORD-0"]), environments=[cache])
    again = run(*arguments)

    assert first.returncode == again.returncode == 5
    assert [verdict["decision"] for verdict in documents_in((tmp_path / "out").read_bytes())] == [
        "hold",
        *["verified"] * 4,
    ]


@pytest.fixture
def begun(tmp_path: Path) -> tuple[list[str], Path]:
    """The arguments of a run that was cut in the middle of a line, and its input."""
    orders = write_lines(tmp_path / "orders.jsonl", numbered_orders(10))
    out = tmp_path / "out"
    arguments = ["check", str(orders), "--format", "jsonl", "--out", str(out), "--resume"]
    arguments += ["--log", str(tmp_path / "log")]
    assert run(*arguments).returncode == 0
    whole = out.read_bytes()
    out.write_bytes(whole[: len(whole) // 2])
    return arguments, orders


def test_a_line_that_was_cut_is_written_again(begun: tuple[list[str], Path], tmp_path: Path) -> None:
    arguments, _ = begun
    done = run(*arguments)

    verdicts = documents_in((tmp_path / "out").read_bytes())
    assert done.returncode == 0
    assert [verdict["order_id"] for verdict in verdicts] == [f"ORD-{number}" for number in range(10)]
    assert len((tmp_path / "log").read_bytes().splitlines()) == 15


@pytest.mark.parametrize("number", [0, 7])
def test_another_input_is_refused_and_the_output_stays(
    begun: tuple[list[str], Path], tmp_path: Path, number: int
) -> None:
    arguments, orders = begun
    lines = orders.read_bytes().splitlines()
    lines[number] = lines[number].replace(b"239", b"238").replace(b"240", b"239")
    write_lines(orders, lines)
    before = (tmp_path / "out").read_bytes()
    done = run(*arguments)

    assert done.returncode == 2
    assert done.stderr.startswith(b"orderguard: the input is not what it was")
    assert before.startswith((tmp_path / "out").read_bytes())
    assert (tmp_path / "out").read_bytes().count(b"\n") == before.count(b"\n")


def test_a_shorter_input_is_refused(begun: tuple[list[str], Path]) -> None:
    arguments, orders = begun
    write_lines(orders, orders.read_bytes().splitlines()[:6])
    done = run(*arguments)

    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"it has 6 records, not 10" in done.stderr


def test_another_key_is_refused(begun: tuple[list[str], Path]) -> None:
    done = run(*begun[0], environments=[{"ORDERGUARD_KEY": "another"}])

    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"was begun with other key" in done.stderr


def test_an_output_without_its_state_is_refused(begun: tuple[list[str], Path], tmp_path: Path) -> None:
    (tmp_path / "out.state").unlink()
    before = (tmp_path / "out").read_bytes()
    done = run(*begun[0])

    assert done.returncode == 2
    assert (tmp_path / "out").read_bytes() == before


def test_a_page_of_a_continued_run_is_refused_because_it_would_not_have_all(tmp_path: Path) -> None:
    orders = write_lines(tmp_path / "orders.jsonl", numbered_orders(1))
    options = ["--resume", "--format", "jsonl", "--out", tmp_path / "out", "--report", tmp_path / "page"]
    pretended = "from orderguard.outputs import html_report\nhtml_report.page_template = lambda: None"
    done = run("check", orders, *options, before=pretended)

    reason = b"the page would lack what was checked before"
    assert done.returncode == 2
    assert done.stderr == b"orderguard: --report does not go with --resume: " + reason + b"\n"
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "page").exists()


@pytest.mark.parametrize("name", ["out.state", "out.state.new"])
def test_a_state_that_cannot_be_used_is_said_in_one_line(tmp_path: Path, name: str) -> None:
    orders = write_lines(tmp_path / "orders.jsonl", numbered_orders(1))
    (tmp_path / name).mkdir()
    done = run("check", orders, "--resume", "--format", "jsonl", "--out", tmp_path / "out")

    assert done.returncode == 2
    assert done.stderr.decode() == f"orderguard: {tmp_path / name}: cannot be used: Is a directory\n"


def test_a_state_that_cannot_be_written_any_more_ends_the_run_with_exit_code_5(tmp_path: Path) -> None:
    orders = write_lines(tmp_path / "orders.jsonl", numbered_orders(70))
    out = tmp_path / "out"
    arguments = ["check", orders, "--resume", "--format", "jsonl", "--out", out, "--log", os.devnull]
    cache = {"ORDERGUARD_CACHE": os.environ["ORDERGUARD_CACHE"]}
    done = run(*arguments, before=FULL_LATER, environments=[cache])

    assert done.returncode == 5
    assert done.stderr.decode() == f"orderguard: {out}.state cannot be written: No space left on device\n"
    assert run(*arguments).returncode == 0
    assert [verdict["order_id"] for verdict in documents_in(out.read_bytes())] == [
        f"ORD-{number}" for number in range(70)
    ]


def test_a_device_is_no_output_that_can_be_continued(tmp_path: Path) -> None:
    orders = write_lines(tmp_path / "orders.jsonl", numbered_orders(1))
    done = run("check", orders, "--resume", "--format", "jsonl", "--out", os.devnull)

    assert done.returncode == 2
    assert b"--resume needs a file that can be cut" in done.stderr
    assert not Path(f"{os.devnull}.state").exists()


@pytest.mark.parametrize(
    "arguments",
    [["--format", "jsonl"], ["--out", "out"], ["--out", "out", "--format", "json"]],
)
def test_what_cannot_be_continued_is_wrong_usage(tmp_path: Path, arguments: list[str]) -> None:
    orders = write_lines(tmp_path / "orders.jsonl", numbered_orders(1))
    done = run("check", orders, "--resume", *arguments, folders=[tmp_path])

    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert not (tmp_path / "out").exists()


def test_two_runs_do_not_write_one_output(tmp_path: Path) -> None:
    import fcntl

    orders = write_lines(tmp_path / "orders.jsonl", numbered_orders(1))
    with (tmp_path / "out").open("wb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        done = run("check", orders, "--out", tmp_path / "out")

    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert json.loads(orders.read_bytes())["order_id"] == "ORD-0"
