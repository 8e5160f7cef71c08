"""Orders that kill: only they are held, and the process that judges lives as long as it is of use."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa
import pytest
from pyspark import SparkContext
from tests_spark.rows import numbered, plain

from orderguard import EngineFault, Verifier
from orderguard.spark import calling, verify
from orderguard.spark.job import Job
from orderguard.spark.worker import judge_of, verdicts
from orderguard.workers import worker_crew
from support.batches import DEADLY, deadly, numbered_orders

ORDERS = 80
KILLER = 40
TIMEOUT = 60
KEY = "a key"


# On Spark


@pytest.fixture
def environment(spark: Any) -> Iterator[dict[str, str]]:
    """The environment of Python workers, of which those of a changed one serve no other test."""
    changed = spark.sparkContext.environment
    before = dict(changed)
    yield changed
    changed.clear()
    changed.update(before)


@pytest.mark.parametrize("word", ["SIGKILL", "SIGSEGV"])
def test_only_the_order_that_kills_is_held_and_rows_keep_their_order(
    spark: Any, environment: dict[str, str], tmp_path: Path, word: str
) -> None:
    # Python runs a module of this name when it starts.
    (tmp_path / "sitecustomize.py").write_text(deadly(word, [f"ORD-{KILLER}"]))
    environment["PYTHONPATH"] = str(tmp_path)
    texts = numbered_orders(ORDERS)
    orders = spark.createDataFrame(list(enumerate(texts)), "n int, text string").coalesce(1)
    rows = plain(verify(orders, "text", keep="n", key=KEY).collect())

    assert [row["n"] for row in rows] == list(range(ORDERS))
    held = rows.pop(KILLER)
    expected = said_by_the_library(texts)
    assert (held["decision"], held["order_id"]) == ("hold", f"ORD-{KILLER}")
    assert [finding["rule"] for finding in held["findings"]] == ["engine-fault"]
    assert f"signal {word}" in held["findings"][0]["message"]
    assert (held["rules"]["pack"], held["cleared"], held["not_applicable"]) == (None, [], [])
    assert held["order_sha256"] == expected[KILLER][-1]
    assert [json.loads(line)["event"] for line in held["events"]] == ["engine_fault", "order_verified"]
    assert [said(row) for row in rows] == expected[:KILLER] + expected[KILLER + 1 :]
    assert all(len(row["events"]) == 1 for row in rows)


def test_the_process_that_judges_ends_with_its_python_worker(
    spark: Any, environment: dict[str, str], texts: list[str]
) -> None:
    environment["OF_THIS_TEST"] = "alone"
    verify(numbered(spark, texts), "text").collect()
    workers = []
    for process in psutil.Process(SparkContext._gateway.proc.pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # some just end
            if process.environ().get("OF_THIS_TEST") and judging(process):
                workers.append(process)
    judges = [judge for worker in workers for judge in judging(worker)]
    assert judges
    for worker in workers:
        worker.kill()

    _, alive = psutil.wait_procs(judges, timeout=TIMEOUT)
    assert alive == []


# In this process, as a Python worker calls it


@pytest.fixture(scope="module")
def job() -> Iterator[Job]:
    """A job on texts with their numbers; what judges for it ends with these tests."""
    yield Job(calling._setup(None, None, KEY, None), is_text=True, kept=("n",))
    forget()


@pytest.fixture
def deadly_job(job: Job, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Job]]:
    """Makes a job with processes that die of an order, or hang."""

    def make(word: str, name: str, log: Path | None = None) -> Job:
        command = [sys.executable, "-P", str(DEADLY), word, name]
        monkeypatch.setattr(worker_crew, "worker_command", lambda: command)
        setup = replace(job.setup, key=os.urandom(8), log=None if log is None else str(log))
        return replace(job, setup=setup)

    yield make
    forget()


def test_one_process_judges_batch_after_batch_and_task_after_task(job: Job) -> None:
    assert len(numbers_and_ids(verdicts(batches(2, 20), job))) == 40
    judges = judging()
    assert len(numbers_and_ids(verdicts(batches(3, 20), job))) == 60

    assert len(judges) == 1
    assert judging() == judges


def test_what_judged_ends_when_its_setup_is_forgotten(job: Job) -> None:
    assert len(list(verdicts(batches(1, 1), job))) == 1
    [judge] = judging()
    forget()

    assert not judge.is_running()


def test_nothing_is_started_for_a_task_without_rows(job: Job) -> None:
    forget()
    assert list(verdicts([], job)) == []
    assert judging() == []


def test_no_batch_is_read_before_the_verdicts_on_the_last_are_given(job: Job) -> None:
    read: list[int] = []

    def noted() -> Iterator[Any]:
        for batch in batches(3, 300):
            read.append(batch.num_rows)
            yield batch

    given = 0
    for found in verdicts(noted(), job):
        given += found.num_rows
        assert sum(read) - given < 300


def test_a_task_that_is_given_up_leaves_no_verdict_for_the_rows_of_the_next(job: Job) -> None:
    given_up = verdicts(batches(1, 1000), job)
    next(given_up)
    given_up.close()  # type: ignore[attr-defined]
    later = numbers_and_ids(verdicts(batches(1, 40, start=5000), job))

    assert later == [(number, f"ORD-{number}") for number in range(5000, 5040)]


def test_two_tasks_in_turns_get_each_its_own_verdicts(job: Job) -> None:
    one, other = verdicts(batches(1, 600), job), verdicts(batches(1, 600, start=5000), job)
    found = [numbers_and_ids(pair) for pair in zip(one, other, strict=True)]

    rows = [row for pair in found for row in pair]
    assert len(rows) == 1200
    assert all(name == f"ORD-{number}" for number, name in rows)


def test_an_order_that_kills_while_it_is_read_is_not_passed(deadly_job: Callable[..., Job]) -> None:
    job = deadly_job("parse", f'"ORD-{KILLER}"')
    rows = [row for found in verdicts(batches(1, ORDERS), job) for row in found.to_pylist()]

    killer = rows.pop(KILLER)
    assert killer["decision"] == "invalid"
    assert killer["errors"][0]["message"].startswith("could not be checked: ")
    assert killer["events"] == []
    assert {row["decision"] for row in rows} == {"verified"}


def test_the_events_of_an_order_that_hangs_are_written_to_the_file_once(
    deadly_job: Callable[..., Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_crew, "SECONDS_FOR_A_CHUNK", 2)
    monkeypatch.setattr(worker_crew, "SECONDS_FOR_ONE", 2)
    log = tmp_path / "log"
    found = list(verdicts(batches(1, ORDERS), deadly_job("hang", f"ORD-{KILLER}", log)))

    assert "events" not in found[0].schema.names
    events = [json.loads(line) for line in log.read_text().splitlines()]
    of_verdicts = [(event["order_id"], event["decision"]) for event in events if "decision" in event]
    assert of_verdicts == [
        (f"ORD-{number}", "hold" if number == KILLER else "verified") for number in range(ORDERS)
    ]
    [fault] = [event for event in events if event["event"] == "engine_fault"]
    assert (fault["order_id"], fault["kind"]) == (f"ORD-{KILLER}", "WorkerProcessHang")


def test_a_process_that_never_starts_is_said_in_one_sentence(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_crew, "worker_command", lambda: ["false"])
    forget()

    with pytest.raises(EngineFault, match="no worker process could load the rules"):
        list(verdicts(batches(1, 1), job))


def forget() -> None:
    """Forget what judges, as a Python worker does for newer setups."""
    judge_of.cache_clear()
    gc.collect()


def batches(count: int, size: int, start: int = 0) -> Iterator[Any]:
    """Batches of orders with their numbers."""
    [order] = numbered_orders(1)
    for first in range(start, start + count * size, size):
        numbers = range(first, first + size)
        texts = [order.replace('"ORD-0"', f'"ORD-{number}"') for number in numbers]
        yield pa.RecordBatch.from_pydict({"n": list(numbers), "order": texts})


def numbers_and_ids(found: Any) -> list[tuple[int, str]]:
    return [(row["n"], row["order_id"]) for batch in found for row in batch.to_pylist()]


def judging(worker: psutil.Process | None = None) -> list[psutil.Process]:
    """The processes that judge for a Python worker; None: for this process."""
    children = (worker or psutil.Process()).children()
    return [child for child in children if any("orderguard.workers" in word for word in child.cmdline())]


def said(row: dict[str, Any]) -> tuple[Any, ...]:
    return (row["order_id"], row["decision"], row["cleared"], row["decision_id"], row["order_sha256"])


def said_by_the_library(texts: Sequence[str]) -> list[tuple[Any, ...]]:
    verifier = Verifier(key=KEY, log=io.StringIO())
    found = (verifier.verify_json(text) for text in texts)
    return [
        (verdict.order_id, verdict.decision, list(verdict.cleared), verdict.decision_id, verdict.order_sha256)
        for verdict in found
    ]
