"""Measures two workers against one, over the same synthetic orders, in one run, as a ratio.

    python benchmarks/workers.py [--orders N] [--rounds N] [--workers N...] [--json FILE]

Rounds alternate, so that the ratio stands on a machine that is slow for a while. What is timed is the whole
command: start, rules, workers, reading, checking, log and output.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring.figures import add_json_option, write_figures
from orderguard.sample.command import write_samples


def seconds(orders: Path, folder: Path, workers: int) -> float:
    """How long the command takes with so many workers."""
    command = [sys.executable, "-m", "orderguard", "check", str(orders), "--workers", str(workers)]
    command += ["--format", "jsonl", "--log", os.devnull]
    with (folder / f"out-{workers}").open("wb") as out:
        started = time.perf_counter()
        subprocess.run(command, stdout=out, check=False)
        return time.perf_counter() - started


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    add_json_option(parser)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        orders = folder / "orders.jsonl"
        write_samples(arguments.orders, 1, None, str(orders), None)
        seconds(_first_lines(orders, folder / "few.jsonl"), folder, 1)
        times: dict[int, list[float]] = {workers: [] for workers in arguments.workers}
        for _ in range(arguments.rounds):
            for workers in arguments.workers:
                times[workers].append(seconds(orders, folder, workers))
        outputs = {(folder / f"out-{workers}").read_bytes() for workers in arguments.workers}
    print(f"{arguments.orders} orders, {arguments.rounds} rounds, {os.cpu_count()} processors")
    same = len(outputs) == 1
    print(f"load of the machine: {os.getloadavg()[0]:.1f}; same bytes: {same}")
    medians = {workers: statistics.median(measured) for workers, measured in times.items()}
    first = medians[arguments.workers[0]]
    for workers, median in medians.items():
        rate = arguments.orders / median
        print(f"  {workers} workers  {median:8.2f} s  {rate:8.0f} a second  {first / median:.2f} times")
    measured = {
        "orders": arguments.orders,
        "rounds": arguments.rounds,
        "same_bytes": same,
        "median_s": medians,
    }
    write_figures(arguments.json, measured)


def _first_lines(orders: Path, few: Path) -> Path:
    """A few of the orders, so that compiled rules lie ready."""
    with orders.open("rb") as stream:
        few.write_bytes(b"".join(line for line, _ in zip(stream, range(5), strict=False)))
    return few


if __name__ == "__main__":
    main()
