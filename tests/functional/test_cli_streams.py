"""The command line as a part of a pipe: streaming, flat memory, Ctrl-C, readers that go away, faults."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE, CompletedProcess
from typing import IO

import pytest

Run = Callable[..., CompletedProcess[str]]
Environment = Callable[..., dict[str, str]]
TIMEOUT = 120
COMMAND = [sys.executable, "-m", "orderguard", "check", "-", "--format"]


@pytest.fixture
def checking(environment: Environment) -> Iterator[Callable[[str], subprocess.Popen[bytes]]]:
    """Starts a check of standard input in a format; ends it with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(form: str) -> subprocess.Popen[bytes]:
        started.append(
            subprocess.Popen([*COMMAND, form], stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment())
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def ends_of(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def test_a_verdict_is_written_before_the_next_order_arrives(
    checking: Callable[[str], subprocess.Popen[bytes]], good_line: str
) -> None:
    stdin, stdout = ends_of(checking("jsonl"))
    for _ in range(3):
        stdin.write(good_line.encode() + b"\n")
        stdin.flush()
        assert json.loads(stdout.readline())["decision"] == "verified"


def test_ctrl_c_leaves_whole_lines(
    checking: Callable[[str], subprocess.Popen[bytes]], good_line: str
) -> None:
    process = checking("jsonl")
    stdin, stdout = ends_of(process)
    stdin.write((good_line.encode() + b"\n") * 3)
    stdin.flush()
    first = stdout.readline()
    process.send_signal(signal.SIGINT)
    # What was read with the first line and not given yet is still there.
    rest = stdout.read()
    assert process.stderr is not None
    errors = process.stderr.read()
    process.wait(timeout=TIMEOUT)

    lines = (first + rest).splitlines(keepends=True)
    assert process.returncode == 130
    assert all(line.endswith(b"\n") and json.loads(line)["decision"] == "verified" for line in lines)
    events = errors.splitlines(keepends=True)
    assert len(events) == len(lines)
    assert all(event.endswith(b"\n") and json.loads(event)["event"] == "order_verified" for event in events)


def test_ctrl_c_while_waiting_for_input_ends_at_once(
    checking: Callable[[str], subprocess.Popen[bytes]], good_line: str
) -> None:
    process = checking("json")
    stdin, _ = ends_of(process)
    stdin.write(good_line.encode() + b"\n")
    stdin.flush()
    assert process.stderr is not None
    process.stderr.readline()
    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=TIMEOUT) == 130
    assert b"Traceback" not in process.stderr.read()


def test_a_reader_that_goes_away_ends_the_check_without_a_traceback(
    checking: Callable[[str], subprocess.Popen[bytes]], good_line: str
) -> None:
    for form in ("jsonl", "table", "json"):
        process = checking(form)
        stdin, stdout = ends_of(process)
        stdout.close()
        _, errors = subprocess.Popen.communicate(process, (good_line.encode() + b"\n") * 20, timeout=TIMEOUT)

        assert process.returncode == 141
        assert all(json.loads(line)["event"] == "order_verified" for line in errors.splitlines())
        assert stdin.closed


@pytest.mark.parametrize("form", ["table", "json", "jsonl"])
def test_a_full_standard_output_has_exit_code_5(
    orderguard: Run, example: Path, tmp_path: Path, form: str
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = orderguard("check", example, "--format", form, "--log", tmp_path / "log", stdout=full)

    assert done.returncode == 5
    assert done.stderr == "orderguard: standard output cannot be written: No space left on device\n"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["rules"], ["schema", "order"]])
def test_no_command_leaves_a_traceback_on_a_full_standard_output(
    orderguard: Run, arguments: list[str]
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = orderguard(*arguments, stdout=full)

    assert done.returncode == 5
    assert len(done.stderr.splitlines()) == 1


def test_closed_standard_streams_are_reported(environment: Environment, example: Path) -> None:
    def code(redirection: str) -> int:
        command = f'"{sys.executable}" -m orderguard check {redirection}'
        return subprocess.run(
            ["/bin/sh", "-c", command], env=environment(), check=False, timeout=TIMEOUT
        ).returncode

    assert code("- <&- 2>/dev/null") == 2
    assert code(f'"{example}" >&- 2>/dev/null') == 5
    assert code(f'"{example}" >/dev/null 2>&-') == 5


def most_memory(lines: Iterator[bytes], output: Path, environment: dict[str, str], *options: str) -> int:
    """The most memory that the process held while it checked the lines, in KiB."""
    with (
        output.open("wb") as stream,
        subprocess.Popen(
            [*COMMAND, "jsonl", *options],
            stdin=PIPE,
            stdout=stream,
            stderr=subprocess.DEVNULL,
            env=environment,
        ) as process,
    ):
        assert process.stdin is not None
        for line in lines:
            process.stdin.write(line)
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss


def test_many_orders_need_no_more_memory_than_few(
    environment: Environment, good_line: str, tmp_path: Path
) -> None:
    line = good_line.encode() + b"\n"
    few = most_memory((line for _ in range(10)), tmp_path / "few", environment())
    many = most_memory((line for _ in range(1500)), tmp_path / "many", environment())

    assert (tmp_path / "many").read_bytes().count(b"\n") == 1500
    assert many < few + 4096


def test_an_over_long_line_is_skipped_without_being_held(
    environment: Environment, good_line: str, tmp_path: Path
) -> None:
    line = good_line.encode() + b"\n"
    few = most_memory((line for _ in range(10)), tmp_path / "few", environment(), "--workers", "1")
    pieces = [line, *[b"x" * 2**20] * 100, b"\n", line]
    most = most_memory(iter(pieces), tmp_path / "many", environment(), "--workers", "1")

    decisions = [json.loads(verdict)["decision"] for verdict in (tmp_path / "many").read_bytes().splitlines()]
    assert decisions == ["verified", "invalid", "verified"]
    assert most < few + 32 * 1024


# Faults


FAULT = """
from orderguard import Verifier
from orderguard.cli import main

plain = Verifier.verify_json
seen = []

def faulty(self, text):
    seen.append(text)
    if len(seen) == 2:
        raise {error}
    return plain(self, text)

Verifier.verify_json = faulty
main()
"""


def test_an_unexpected_error_on_one_record_has_exit_code_5_and_the_rest_goes_on(
    orderguard: Run, good_line: str, tmp_path: Path
) -> None:
    prelude = FAULT.format(error='RuntimeError("PT-0001")')
    arguments = ["check", "-", "--format", "jsonl", "--log", str(tmp_path / "log")]
    cache = {"ORDERGUARD_CACHE": os.environ["ORDERGUARD_CACHE"]}
    done = orderguard(*arguments, stdin=f"{good_line}\n" * 3, prelude=prelude, environment=cache)

    assert done.returncode == 5
    decisions = [json.loads(line)["decision"] for line in done.stdout.splitlines()]
    assert decisions == ["verified", "invalid", "verified"]
    assert done.stderr == "orderguard: -: record 2: internal error (RuntimeError)\n"
    assert "PT-0001" not in done.stdout + done.stderr


ENGINE_FAULT = """
from orderguard.cli import main
from orderguard.engine.reference import ReferenceEngine
from orderguard.errors import EngineFault
from orderguard.verifier import Verifier

def faulty(self, *arguments):
    raise EngineFault("the engine is broken")

plain = Verifier.verify

def verify(self, order):
    ReferenceEngine.judge = faulty
    return plain(self, order)

Verifier.verify = verify
main()
"""


def test_an_engine_fault_has_exit_code_5_and_holds_the_order(orderguard: Run, example: Path) -> None:
    done = orderguard("check", example, "--format", "jsonl", prelude=ENGINE_FAULT)

    verdict = json.loads(done.stdout)
    assert done.returncode == 5
    assert verdict["decision"] == "hold"
    assert [finding["rule"] for finding in verdict["findings"]] == ["engine-fault"]


UNEXPECTED = """
import orderguard.rulebook.load
from orderguard.cli import main

def broken(*arguments):
    raise ValueError("PT-0001")

import orderguard.verifier
orderguard.verifier.load_rulebook = broken
main()
"""


def test_an_unexpected_error_is_one_line_without_its_text(orderguard: Run, example: Path) -> None:
    for arguments in (
        ["check", example],
        ["explain", example],
        ["rules"],
        ["rules", "show", "x"],
        ["--version"],
    ):
        done = orderguard(*arguments, prelude=UNEXPECTED)

        assert done.returncode == 5
        assert done.stdout == ""
        assert done.stderr == "orderguard: internal error (ValueError)\n"
