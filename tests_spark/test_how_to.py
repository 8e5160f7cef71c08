"""The how-to page: its programs run, with executors in processes of their own, and leave nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pyspark
import pytest

from orderguard.sample.making import samples
from support.tour import blocks, walk

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "spark.md"
TIMEOUT = 400


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[str]]]:
    """The folder of a reader who followed the page, and what each block of commands printed."""
    folder = tmp_path_factory.mktemp("reader")
    walk(PAGE, folder)
    yield folder, [submitted(block, folder) for block in blocks(PAGE, "bash")]
    # Where executors of `local-cluster` work, whatever they are told.
    shutil.rmtree(Path(pyspark.__file__).parent / "work", ignore_errors=True)


def submitted(commands: str, folder: Path) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-euc", commands],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_the_programs_of_the_page_print_what_it_says(ran: tuple[Path, list[str]]) -> None:
    assert [output.strip() for output in ran[1]] == ["", *(block.strip() for block in blocks(PAGE, "text"))]


def test_the_table_of_verdicts_holds_a_row_for_each_order(ran: tuple[Path, list[str]], spark: Any) -> None:
    orders = {row.row_id: row.document for row in spark.read.parquet(str(ran[0] / "orders")).collect()}
    verdicts = spark.read.parquet(str(ran[0] / "verdicts")).collect()
    expected = {made.line: made.decision for made in samples(300, 7)}

    assert {orders[row.row_id]: row.decision for row in verdicts} == expected
    assert len(verdicts) == len(orders) == 300


def test_the_events_of_the_table_are_a_decision_log(ran: tuple[Path, list[str]], spark: Any) -> None:
    [commands] = blocks(PAGE, "python")
    code = commands.replace('"verdicts"', repr(str(ran[0] / "verdicts"))).replace(
        '"decisions"', repr(str(ran[0] / "decisions"))
    )
    exec(compile(code, str(PAGE), "exec"), {"spark": spark})  # noqa: S102 (the page's own code)
    lines = [row.value for row in spark.read.text(str(ran[0] / "decisions")).collect()]

    assert len(lines) == 300 - 19
    assert all('"event": "order_verified"' in line for line in lines)


def test_no_process_of_the_page_is_left(ran: tuple[Path, list[str]]) -> None:
    folder = str(ran[0])
    left = [p.pid for p in psutil.process_iter(["environ"]) if (p.info["environ"] or {}).get("PWD") == folder]
    assert left == []
