"""The tables of `orderguard check`: they fit 80 columns, cut nothing, and are coloured only on a terminal."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[str]]

ESCAPE = "\x1b"


@pytest.fixture(scope="session")
def unclear_line(good_line: str) -> str:
    """An order in which nothing is known of the REMS and the second infusion is too short, on one line."""
    document = json.loads(good_line)
    document["infusions"][1]["duration_minutes"] = 239
    document["rems"] = {}
    return json.dumps(document)


@pytest.fixture(scope="session")
def verdict(orderguard: Run, unclear_line: str) -> dict[str, Any]:
    done = orderguard("check", "-", "--format", "jsonl", stdin=unclear_line)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


@pytest.fixture(scope="session")
def table(orderguard: Run, unclear_line: str) -> str:
    return orderguard("check", "-", stdin=unclear_line).stdout


def words_of(text: str) -> str:
    """The text with all white space as single spaces."""
    return " ".join(text.split())


def test_one_order_begins_with_its_decision_and_ends_with_the_counts(
    table: str, verdict: dict[str, Any]
) -> None:
    lines = table.splitlines()

    assert lines[0] == f"reject  ORD-LEM-0001  lemtrada-ms {verdict['rules']['version']}"
    cleared, not_applicable = len(verdict["cleared"]), len(verdict["not_applicable"])
    assert lines[-1] == f"{cleared} rules cleared, {not_applicable} not applicable."


def test_each_finding_is_a_block_with_all_that_the_verdict_says(table: str, verdict: dict[str, Any]) -> None:
    _, *blocks, _ = table.split("\n\n")

    assert len(blocks) == len(verdict["findings"]) > 2
    for block, finding in zip(blocks, verdict["findings"], strict=True):
        outcome = finding["outcome"].replace("-", " ")
        assert block.startswith(f"{finding['severity']} {outcome} {finding['rule']}")
        assert ("can be overridden" in block) is finding["overridable"]
        said = words_of(block)
        assert finding["message"] in said
        assert f"What to do: {finding['action']}" in said
        assert all(f" {pointer}" in said for pointer in finding["missing"])
        assert all(source["title"] in said for source in finding["sources"])
        assert all((source["revision"] or "") in said for source in finding["sources"])


def test_no_line_is_longer_than_80_columns_and_nothing_is_boxed(
    orderguard: Run, table: str, unclear_line: str
) -> None:
    brief = orderguard("check", "-", stdin=f"{unclear_line}\n{unclear_line}").stdout
    explained = orderguard("explain", "-", stdin=unclear_line).stdout
    for text in (table, brief, explained):
        assert max(map(len, text.splitlines())) <= 80
        assert not re.search("[\u2500-\u259f]", text)
        assert all(line == line.rstrip() for line in text.splitlines())


def test_a_narrow_terminal_wraps_and_cuts_nothing(orderguard: Run, unclear_line: str, table: str) -> None:
    narrow = orderguard("check", "-", stdin=unclear_line, environment={"COLUMNS": "50"}).stdout

    assert max(map(len, narrow.splitlines())) <= 50
    assert words_of(narrow) == words_of(table)


def test_several_orders_are_brief_and_end_with_a_summary(
    orderguard: Run, good_line: str, unclear_line: str, verdict: dict[str, Any]
) -> None:
    text = orderguard("check", "-", stdin=f"{good_line}\n{unclear_line}\n5\n").stdout
    said = words_of(text)

    assert text.splitlines()[0].startswith("verified  ORD-LEM-0001")
    for finding in verdict["findings"]:
        outcome = finding["outcome"].replace("-", " ")
        assert f"{finding['severity']} {outcome} {finding['rule']}: {finding['message']}" in said
    assert "What to do" not in text
    assert "invalid  -, record 3, line 3" in text
    assert text.splitlines()[-1] == "3 records: 1 verified, 0 hold, 1 reject, 1 invalid."


def test_one_record_that_is_no_order_shows_each_error(orderguard: Run) -> None:
    text = orderguard("check", "-", stdin='{"order_id": "ORD-1", "pateint": {}}').stdout

    assert text.startswith("invalid  -, record 1, line 1\n")
    assert "/pateint: " in text
    assert "/schema_version: " in text


def test_there_is_no_colour_off_a_terminal(orderguard: Run, unclear_line: str) -> None:
    forced = orderguard("check", "-", stdin=unclear_line, environment={"FORCE_COLOR": "1", "TERM": "xterm"})

    assert ESCAPE not in forced.stdout


def test_a_narrow_character_set_is_no_hindrance(orderguard: Run, unclear_line: str) -> None:
    done = orderguard(
        "check", "-", stdin=unclear_line, environment={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    )

    assert done.returncode == 1
    assert done.stdout.isascii()


def on_terminal(arguments: list[str], stdin: str, environment: dict[str, str]) -> str:
    """What a terminal of 80 columns receives."""
    leader, follower = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "orderguard", *arguments],
        stdin=subprocess.PIPE,
        stdout=follower,
        stderr=subprocess.DEVNULL,
        env={**environment, "COLUMNS": "80"},
    ) as process:
        os.close(follower)
        assert process.stdin is not None
        process.stdin.write(stdin.encode())
        process.stdin.close()
        received = b""
        try:
            while piece := os.read(leader, 65536):
                received += piece
        except OSError:
            pass  # the other end of a terminal that is closed reads as an error
        os.close(leader)
    return received.decode().replace("\r\n", "\n")


def test_a_terminal_shows_colour_and_the_same_words(
    environment: Callable[..., dict[str, str]], unclear_line: str, table: str
) -> None:
    shown = on_terminal(["check", "-"], unclear_line, environment(TERM="xterm-256color"))

    assert f"{ESCAPE}[1;31mreject{ESCAPE}[0m" in shown
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == table


@pytest.mark.parametrize("changes", [{"NO_COLOR": "1", "TERM": "xterm"}, {"TERM": "dumb"}])
def test_a_terminal_without_colour_shows_none(
    environment: Callable[..., dict[str, str]], unclear_line: str, table: str, changes: dict[str, str]
) -> None:
    assert on_terminal(["check", "-"], unclear_line, environment(**changes)) == table
