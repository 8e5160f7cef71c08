"""Measures how time and memory grow with the number of orders: zstd JSON Lines in, Parquet and a page out.

    python benchmarks/orders_scaling.py [--orders N...] [--workers N] [--json FILE]

What is measured is the whole command: start, rules, workers, reading, checking, decision log, verdicts and
page. The orders are those of `orderguard sample`, whose mix holds violating, incomplete and broken ones. A
smaller number is the beginning of a larger one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from backports import zstd
from pyarrow.parquet import ParquetFile

from measuring.figures import Figures, add_json_option, write_figures
from measuring.fit import exponent, last_exponent, line_through
from measuring.watched import MEGABYTE, watch

ORDERS = (1_000, 10_000, 100_000, 1_000_000)
_FEW = 5
_CODES = (0, 1, 3)
"""What the check of a mix may end with: there are held, rejected and broken orders in it."""

_EXPECTED = "expected.jsonl"
_ORDERGUARD = (sys.executable, "-m", "orderguard")


def measure(numbers: Sequence[int], workers: int, folder: Path) -> Figures:
    """The figures of checks of so many orders."""
    sample = _write_orders(sorted({_FEW, *numbers}), folder)
    # So that compiled rules lie ready, as they do for every check but the first.
    _check(_FEW, workers, folder)
    runs = []
    for number in sorted(numbers):
        runs.append(_check(number, workers, folder))
        _show_run(runs[-1])
    # Memory over time is drawn for the largest run alone.
    for run in runs[:-1]:
        del run["samples"]
    return {"workers": workers, "sample": sample, "runs": runs}


def _write_orders(numbers: Sequence[int], folder: Path) -> Figures:
    """Write synthetic orders to a file for each number, packed as they are made."""
    most = numbers[-1]
    started = time.perf_counter()
    command = [*_ORDERGUARD, "sample", "--count", str(most), "--seed", "1"]
    command += ["--expected", str(folder / _EXPECTED)]
    size = 0
    with ExitStack() as stack:
        process = stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE))
        files: list[tuple[int, Any]] = [
            (number, stack.enter_context(zstd.open(_orders_file(number, folder), "wb"))) for number in numbers
        ]
        assert process.stdout is not None  # noqa: S101
        for done, line in enumerate(process.stdout):
            size += len(line)
            for number, file in files:
                if done < number:
                    file.write(line)
    if process.returncode != 0:
        sys.exit(f"orderguard sample ended with exit code {process.returncode}")
    return {
        "orders": most,
        "seconds": time.perf_counter() - started,
        "megabytes": size / MEGABYTE,
        "packed_megabytes": _megabytes(_orders_file(most, folder)),
    }


def _check(orders: int, workers: int, folder: Path) -> Figures:
    """Run the command over so many orders."""
    log, verdicts, page = folder / "decisions.jsonl", folder / "verdicts.parquet", folder / "report.html"
    log.unlink(missing_ok=True)
    command = [*_ORDERGUARD, "check", str(_orders_file(orders, folder)), "--workers", str(workers)]
    command += ["--format", "parquet", "--out", str(verdicts), "--report", str(page), "--log", str(log)]
    watched = watch(command, lambda: _megabytes(log))
    if watched.code not in _CODES:
        sys.exit(f"the check of {orders} orders ended with exit code {watched.code}")
    in_log = _megabytes(log)
    return {
        "orders": orders,
        "seconds": watched.seconds,
        "cpu_seconds": watched.cpu_seconds,
        "peak_mb": watched.peak,
        "peak_parent_mb": watched.peak_parent,
        "peak_worker_mb": watched.peak_child,
        "log_mb": in_log,
        "verdicts_mb": _megabytes(verdicts),
        "page_mb": _megabytes(page),
        **_decisions(verdicts, folder / _EXPECTED, orders),
        "samples": [
            {
                "seconds": round(sample.seconds, 1),
                # As many as there are in the log, of which each order takes about the same.
                "orders": round(orders * sample.progress / in_log),
                "parent_mb": round(sample.parent, 1),
                "workers_mb": round(sample.children, 1),
            }
            for sample in watched.samples
        ],
    }


def _decisions(verdicts: Path, expected: Path, orders: int) -> Figures:
    """How many verdicts had each decision, and how many orders have another one than expected, or none."""
    counted: Counter[str] = Counter()
    unexpected = 0
    with expected.open("rb") as lines:
        for batch in ParquetFile(verdicts).iter_batches(columns=["decision"]):
            for decision in batch.column(0).to_pylist():
                counted[decision] += 1
                unexpected += json.loads(next(lines))["decision"] != decision
    unexpected += orders - counted.total()
    return {"decisions": dict(sorted(counted.items())), "unexpected": unexpected}


def _orders_file(number: int, folder: Path) -> Path:
    return folder / f"orders-{number}.jsonl.zst"


def _megabytes(path: Path) -> float:
    return path.stat().st_size / MEGABYTE if path.exists() else 0.0


def _show_run(run: Figures) -> None:
    print(
        f"{run['orders']:>9} orders {run['seconds']:8.1f} s {run['cpu_seconds']:8.1f} s at work"
        f" {run['orders'] / run['seconds']:6.0f} a second, at most {run['peak_mb']:.0f} MB in all"
        f" (parent {run['peak_parent_mb']:.0f}, largest worker {run['peak_worker_mb']:.0f}),"
        f" page {run['page_mb']:.2f} MB, verdicts {run['verdicts_mb']:.1f} MB, log {run['log_mb']:.1f} MB,"
        f" {run['unexpected']} decisions not as expected",
        flush=True,
    )


def show(figures: Figures) -> None:
    """Print how the figures grow."""
    sample = figures["sample"]
    print(
        f"{sample['orders']} orders were made in {sample['seconds']:.1f} s:"
        f" {sample['megabytes']:.0f} MB, packed {sample['packed_megabytes']:.1f} MB"
    )
    runs = figures["runs"]
    sizes = [run["orders"] for run in runs]
    if len(runs) < 2:
        return
    for key, title in (("seconds", "time"), ("cpu_seconds", "time at work")):
        costs = [run[key] for run in runs]
        line = line_through(sizes, costs)
        print(
            f"{title}: {line.intercept:.2f} s + {line.slope * 1000:.3f} s a thousand orders; exponent of the"
            f" growth {exponent(sizes, costs):.2f}, at the end {last_exponent(sizes, costs):.2f}"
        )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--orders", type=int, nargs="+", default=list(ORDERS))
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    add_json_option(parser)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        figures = measure(arguments.orders, arguments.workers, Path(name))
    show(figures)
    write_figures(arguments.json, figures)


if __name__ == "__main__":
    main()
