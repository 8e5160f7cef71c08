"""Measures the start of the command line: checking one order against importing what it is built on.

    python benchmarks/start.py [--rounds N] [--json FILE]

Both are run once before they are measured, with bytecode and compiled rules in folders of their own, as an
installed package has them. The rounds are interleaved; the best and the middle one of each are shown.
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

EXAMPLE = Path(__file__).parent.parent / "examples" / "lemtrada-course-1.json"
IMPORTS = "import pydantic, typer, rich"


def seconds(environment: dict[str, str], *arguments: str) -> float:
    """How long a Python process with these arguments takes."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=True)
    return time.perf_counter() - started


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=12)
    add_json_option(parser)
    chosen = parser.parse_args()
    rounds = chosen.rounds
    check = ("-m", "orderguard", "check", str(EXAMPLE), "--log", os.devnull)
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "ORDERGUARD_CACHE": f"{folder}/rules",
            "PYTHONPYCACHEPREFIX": f"{folder}/bytecode",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        commands = {"imports": ("-c", IMPORTS), "check": check}
        for arguments in commands.values():
            seconds(environment, *arguments)
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, arguments in commands.items():
                taken[name].append(seconds(environment, *arguments) * 1000)
        cold = seconds({**environment, "ORDERGUARD_CACHE": ""}, *check) * 1000
    best = {name: min(times) for name, times in taken.items()}
    middle = {name: statistics.median(times) for name, times in taken.items()}
    print(f"{'':40}   best  median")
    show("imports of the libraries, in ms", best["imports"], middle["imports"])
    show("orderguard check ONE-ORDER, in ms", best["check"], middle["check"])
    show("check : imports", best["check"] / best["imports"], middle["check"] / middle["imports"])
    print(f"once without compiled rules kept: {cold:.0f} ms")
    write_figures(
        chosen.json,
        {
            "imports": IMPORTS,
            "rounds": rounds,
            "best": best,
            "median": middle,
            "best_ratio": best["check"] / best["imports"],
            "median_ratio": middle["check"] / middle["imports"],
            "cold_ms": cold,
        },
    )


def show(title: str, best: float, middle: float) -> None:
    """Print one line of the table."""
    print(f"{title:40}{best:7.2f} {middle:7.2f}")


if __name__ == "__main__":
    main()
