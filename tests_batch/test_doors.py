"""Property 9 for what `orderguard[batch]` brings: zstd, Parquet in and out, and the page say the same."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from backports import zstd

from orderguard import DecisionLog, Verifier
from support.batches import write_sample
from support.doors import Judged, judged_orders, verdict_lines
from support.streams import Nowhere

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
    """Orders with every decision, and what the library says of them."""
    path = write_sample(tmp_path_factory.mktemp("judged") / "sample.jsonl", 60, seed=11)
    found = judged_orders(Verifier(key="", log=DecisionLog(Nowhere())), path)
    assert {json.loads(order.verdict)["decision"] for order in found} == {"verified", "hold", "reject"}
    return found


@pytest.fixture(scope="module")
def night(judged: list[Judged], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with these orders in each kind of file that needs the extra."""
    folder = tmp_path_factory.mktemp("night")
    documents = [order.document for order in judged]
    lines = b"".join(order.text + b"\n" for order in judged)
    (folder / "1.jsonl.zst").write_bytes(zstd.compress(lines))
    (folder / "2.json.zst").write_bytes(zstd.compress(json.dumps(documents).encode()))
    texts = pa.table({"document": [order.text.decode() for order in judged]})
    pq.write_table(texts, folder / "3.parquet", row_group_size=7)
    pq.write_table(pa.Table.from_pylist(_in_columns(documents)), folder / "4.parquet", row_group_size=16)
    return folder


def _in_columns(value: Any) -> Any:
    """The value with quantities as text, for a column has one kind of values."""
    if isinstance(value, dict):
        return {name: _in_columns(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_in_columns(inner) for inner in value]
    return str(value) if isinstance(value, float) else value


@pytest.mark.parametrize("workers", ["1", "2"])
def test_every_kind_of_input_gives_the_bytes_of_the_library(
    orderguard: Run, judged: list[Judged], night: Path, workers: str
) -> None:
    done = orderguard("check", night, "--workers", workers, "--format", "jsonl", "--log", os.devnull)

    assert verdict_lines(done.stdout.encode()) == [order.verdict for order in judged] * 4


@pytest.mark.parametrize("workers", ["1", "2"])
def test_verdicts_in_parquet_are_those_of_the_library(
    orderguard: Run, judged: list[Judged], night: Path, tmp_path: Path, workers: str
) -> None:
    out = tmp_path / "verdicts.parquet"
    orderguard("check", night / "3.parquet", "--workers", workers, "--format", "parquet", "--out", out,
               "--log", os.devnull)  # fmt: skip
    rows = pq.read_table(out).to_pylist()

    assert len(rows) == len(judged)
    for row, order in zip(rows, judged, strict=True):
        verdict = json.loads(order.verdict)
        for finding in row["findings"]:
            for evidence in finding["evidence"]:
                evidence |= {key: json.loads(evidence[key]) for key in ("value", "measured")}
        assert {key: row[key] for key in verdict} == verdict


def test_the_page_says_what_the_verdicts_say(
    orderguard: Run, judged: list[Judged], night: Path, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    orderguard("check", night / "1.jsonl.zst", "--report", page, "--log", os.devnull)
    decisions = Counter(json.loads(order.verdict)["decision"] for order in judged)
    tiles = re.findall(r'<span class="name">(\w+)</span><b>(\d+)</b>', page.read_text())

    assert {name: int(count) for name, count in tiles} == dict(decisions) | {"invalid": 0}


def test_a_run_over_packed_files_and_parquet_is_continued_to_the_same_bytes(
    orderguard: Run, judged: list[Judged], night: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    arguments = ["check", night, "--format", "jsonl", "--out", out, "--log", os.devnull, "--resume"]
    for kept in (3, 1):
        orderguard(*arguments)
        out.write_bytes(out.read_bytes()[: out.stat().st_size * kept // 4 + 100])
    orderguard(*arguments, "--workers", "2")

    assert verdict_lines(out.read_bytes()) == [order.verdict for order in judged] * 4
