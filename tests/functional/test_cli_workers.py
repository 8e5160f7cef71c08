"""`orderguard check --workers`: order of output, workers that die or hang, the decision log, Ctrl-C."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE

import psutil
import pytest

from orderguard import check_command
from support.batches import deadly, numbered_orders
from support.command import documents_in, run, write_lines

ORDERS = 100
KILLER = 40
TIMEOUT = 120

Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def cache() -> dict[str, str]:
    """The environment in which workers need not compile the rules."""
    return {"ORDERGUARD_CACHE": os.environ["ORDERGUARD_CACHE"]}


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of verified orders, a line each."""
    return write_lines(tmp_path_factory.mktemp("orders") / "orders.jsonl", numbered_orders(ORDERS))


@pytest.fixture(scope="module")
def undisturbed(orders: Path, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The verdicts of one process."""
    log = tmp_path_factory.mktemp("log") / "log"
    return run("check", orders, "--workers", "1", "--format", "jsonl", "--log", log).stdout.splitlines()


def children_of(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children()


# Workers that die or hang


@pytest.mark.parametrize("word", ["SIGKILL", "SIGSEGV"])
def test_only_the_order_that_kills_its_worker_is_held(
    orders: Path, undisturbed: list[bytes], tmp_path: Path, cache: dict[str, str], word: str
) -> None:
    done = run(
        *("check", orders, "--workers", "2", "--format", "jsonl", "--log", tmp_path / "log"),
        before=deadly(word, [f"ORD-{KILLER}"]),
        environments=[cache],
    )

    lines = done.stdout.splitlines()
    held = json.loads(lines[KILLER])
    assert done.returncode == 5
    assert (held["decision"], held["order_id"]) == ("hold", f"ORD-{KILLER}")
    assert [finding["rule"] for finding in held["findings"]] == ["engine-fault"]
    assert (held["rules"]["pack"], held["cleared"], held["not_applicable"]) == (None, [], [])
    assert held["order_sha256"] == json.loads(undisturbed[KILLER])["order_sha256"]
    assert lines[:KILLER] + lines[KILLER + 1 :] == undisturbed[:KILLER] + undisturbed[KILLER + 1 :]
    assert done.stderr == b""
    events = documents_in((tmp_path / "log").read_bytes())
    verified = [event for event in events if event["event"] == "order_verified"]
    assert [event["order_id"] for event in verified] == [f"ORD-{number}" for number in range(ORDERS)]
    assert verified[KILLER]["decision"] == "hold"
    [fault] = [event for event in events if event["event"] == "engine_fault"]
    assert (fault["order_id"], fault["kind"]) == (f"ORD-{KILLER}", "WorkerProcessCrash")


def test_two_orders_that_end_their_worker_are_held_and_no_other(
    orders: Path, undisturbed: list[bytes], tmp_path: Path, cache: dict[str, str]
) -> None:
    done = run(
        *("check", orders, "--workers", "2", "--format", "jsonl", "--log", tmp_path / "log"),
        before=deadly("exit", ["ORD-0", "ORD-99"]),
        environments=[cache],
    )

    verdicts = documents_in(done.stdout)
    assert [verdict["order_id"] for verdict in verdicts if verdict["decision"] != "verified"] == [
        "ORD-0",
        "ORD-99",
    ]
    assert done.stdout.splitlines()[1:99] == undisturbed[1:99]


def test_no_order_is_held_for_what_another_left_behind(
    orders: Path, undisturbed: list[bytes], tmp_path: Path, cache: dict[str, str]
) -> None:
    done = run(
        *("check", orders, "--workers", "2", "--format", "jsonl", "--log", tmp_path / "log"),
        before=deadly("poison", [f"ORD-{KILLER}"]),
        environments=[cache],
    )

    assert done.returncode == 0
    assert done.stdout.splitlines() == undisturbed


def test_an_order_that_hangs_is_held(
    orders: Path, undisturbed: list[bytes], tmp_path: Path, cache: dict[str, str]
) -> None:
    done = run(
        *("check", orders, "--workers", "2", "--format", "jsonl", "--log", tmp_path / "log"),
        before=deadly("hang", [f"ORD-{KILLER}"], seconds=2),
        environments=[cache],
    )

    lines = done.stdout.splitlines()
    [finding] = json.loads(lines[KILLER])["findings"]
    assert done.returncode == 5
    assert finding["rule"] == "engine-fault"
    assert "took too long" in finding["message"]
    assert lines[:KILLER] + lines[KILLER + 1 :] == undisturbed[:KILLER] + undisturbed[KILLER + 1 :]


def test_an_order_that_kills_its_worker_while_it_is_read_is_not_passed(
    orders: Path, undisturbed: list[bytes], tmp_path: Path, cache: dict[str, str]
) -> None:
    done = run(
        *("check", orders, "--workers", "2", "--format", "jsonl", "--log", tmp_path / "log"),
        before=deadly("parse", [f'"ORD-{KILLER}"']),
        environments=[cache],
    )

    lines = done.stdout.splitlines()
    document = json.loads(lines[KILLER])
    assert done.returncode == 5
    assert (document["decision"], document["record"]) == ("invalid", KILLER + 1)
    assert document["errors"][0]["message"].startswith("could not be checked: ")
    assert len(lines) == ORDERS
    assert lines[KILLER + 1 :] == undisturbed[KILLER + 1 :]


def test_workers_killed_from_outside_change_no_verdict(
    orders: Path, undisturbed: list[bytes], tmp_path: Path, cache: dict[str, str]
) -> None:
    rng = random.Random(4)
    command = [sys.executable, "-m", "orderguard", "check", *[str(orders)] * 6, "--workers", "2"]
    command += ["--format", "jsonl", "--log", str(tmp_path / "log")]
    out = tmp_path / "out"
    killed = 0
    with (
        out.open("wb") as stream,
        subprocess.Popen(command, stdout=stream, env={**os.environ, **cache}) as process,
    ):
        goal = 1
        while process.poll() is None and killed < 6:
            if out.stat().st_size >= goal:
                rng.choice(children_of(process)).kill()
                killed += 1
                goal = out.stat().st_size + rng.randrange(1, 200_000)
            time.sleep(0.002)
        assert process.wait(timeout=TIMEOUT) == 0

    assert killed > 1
    assert out.read_bytes().splitlines() == undisturbed * 6
    assert len((tmp_path / "log").read_bytes().splitlines()) == 6 * ORDERS


def test_workers_that_never_start_are_said_in_one_line(orders: Path) -> None:
    before = "from orderguard.workers import worker_crew\nworker_crew.worker_command = lambda: ['false']"
    done = run("check", orders, "--workers", "2", before=before)

    assert (done.returncode, done.stdout) == (5, b"")
    assert done.stderr == b"orderguard: no worker process could load the rules (exit code 1)\n"


@pytest.mark.parametrize(
    ("name", "size", "workers"),
    [
        ("orders.jsonl", 900_000, 1),
        ("orders.jsonl", 1_100_000, 6),
        ("orders.jsonl.gz", 50_000, 1),
        ("orders.jsonl.ZST", 900_000, 6),
        ("orders.parquet", 900_000, 6),
    ],
)
def test_small_inputs_are_checked_here_and_packed_ones_count_as_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, size: int, workers: int
) -> None:
    monkeypatch.setattr(check_command, "_processors", lambda: 6)
    path = tmp_path / name
    path.write_bytes(bytes(size))

    assert check_command._workers([str(path)], None) == (workers, b"")
    assert check_command._workers([str(path)], 3) == (3, b"")


def test_less_than_one_worker_is_wrong_usage(orders: Path) -> None:
    assert run("check", orders, "--workers", "0").returncode == 2


# The decision log


def test_with_workers_too_nothing_is_verified_whose_event_cannot_be_written(orders: Path) -> None:
    arguments = ("check", orders, "--format", "jsonl", "--log", "/dev/full", "--workers")
    alone, several = run(*arguments, "1"), run(*arguments, "2")

    assert alone.returncode == several.returncode == 5
    assert {verdict["decision"] for verdict in documents_in(several.stdout)} == {"hold"}
    assert several.stdout == alone.stdout


def test_without_a_log_file_the_events_of_workers_go_to_standard_error_in_input_order(orders: Path) -> None:
    done = run("check", orders, "--workers", "2", "--format", "jsonl")

    assert [event["order_id"] for event in documents_in(done.stderr)] == [
        verdict["order_id"] for verdict in documents_in(done.stdout)
    ]


# Pipes and Ctrl-C


@pytest.fixture
def checking(cache: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    """Starts a check of standard input with two workers; ends it with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "orderguard", "check", "-", "--workers", "2", "--format", "jsonl"]
        log = ["--log", str(tmp_path / "log")]
        environment = {**os.environ, **cache}
        started.append(
            subprocess.Popen([*command, *log], stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment)
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_workers_answer_before_the_next_order_arrives(checking: Start) -> None:
    process = checking()
    assert process.stdin is not None
    assert process.stdout is not None
    for number, line in enumerate(numbered_orders(3)):
        process.stdin.write(line.encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["order_id"] == f"ORD-{number}"


def test_ctrl_c_leaves_whole_lines_and_no_worker(checking: Start, tmp_path: Path) -> None:
    process = checking()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("".join(f"{line}\n" for line in numbered_orders(60)).encode())
    process.stdin.flush()
    first = process.stdout.readline()
    workers = children_of(process)
    process.send_signal(signal.SIGINT)
    lines = [first, *process.stdout.readlines()]

    assert process.wait(timeout=TIMEOUT) == 130
    assert all(line.endswith(b"\n") and json.loads(line)["decision"] == "verified" for line in lines)
    assert len((tmp_path / "log").read_bytes().splitlines()) == len(lines)
    assert len(workers) == 2
    assert not any(worker.is_running() for worker in workers)


def test_a_check_that_is_killed_leaves_no_worker_behind(checking: Start) -> None:
    process = checking()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(numbered_orders(1)[0].encode() + b"\n")
    process.stdin.flush()
    process.stdout.readline()
    workers = children_of(process)
    process.kill()

    _, alive = psutil.wait_procs(workers, timeout=TIMEOUT)
    assert len(workers) == 2
    assert alive == []
