"""Runs all benchmarks and writes the performance page with its plots: `docs/reference/performance.md`.

    python benchmarks/performance.py [--quick] [--peers PYTHON] [--orders N...] [--rules N...] [--date DATE]
        [--work FOLDER] [--page FILE]
    python benchmarks/performance.py --figures docs/reference/performance/figures.json

It needs what `pip install -c constraints.txt '.[benchmark]'` brings, and for the peers the interpreter of
their own environment. Each benchmark is a process of its own. Nothing of the page is touched before all have
ended well. With `--work` the figures of each are kept in a folder, and a benchmark whose figures lie there is
not run again; so a run that was interrupted goes on with the same command. An empty folder begins anew. With
`--figures` nothing is measured: the page is written anew from earlier figures, after a change of its wording.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import orders_scaling
import rules_scaling
from measuring.drawing import ORDERS_PLOT, RULES_PLOT, draw_orders, draw_rules
from measuring.figures import Figures, read_figures, write_figures
from measuring.machine import machine
from measuring.page import FIGURES, FOLDER, performance_page
from orderguard import __version__

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "reference" / "performance.md"

QUICK_ORDERS = (500, 2_000)
_QUICK = {
    "verify": ("--orders", "200", "--memory", "0"),
    "rules_scaling": ("--orders", "50"),
    "workers": ("--orders", "2000", "--rounds", "1"),
    "start": ("--rounds", "3"),
    "peers": ("--orders", "200"),
}


def commands(arguments: argparse.Namespace) -> dict[str, list[str]]:
    """The command of each benchmark, the longest last."""
    own = [sys.executable]
    orders = arguments.orders or (QUICK_ORDERS if arguments.quick else orders_scaling.ORDERS)
    made = {
        "start": [*own, str(HERE / "start.py")],
        "verify": [*own, str(HERE / "verify.py")],
        "rules_scaling": [*own, str(HERE / "rules_scaling.py"), "--rules", *map(str, arguments.rules)],
        "peers": [arguments.peers or "", str(HERE / "peers" / "run.py")],
        "workers": [*own, str(HERE / "workers.py")],
        "orders_scaling": [*own, str(HERE / "orders_scaling.py"), "--orders", *map(str, orders)],
    }
    if arguments.quick:
        for name, options in _QUICK.items():
            made[name] += options
    if not arguments.peers:
        del made["peers"]
    return made


def gather(arguments: argparse.Namespace, work: Path) -> Figures:
    """Run the benchmarks, and gather what they measured."""
    about = {
        "date": arguments.date,
        "software": __version__,
        "command": _command(),
        "machine": machine(),
    }
    with _own_cache() as environment:
        kept = {
            name: _measured(name, command, work, environment) for name, command in commands(arguments).items()
        }
    figures = {name: part["figures"] for name, part in kept.items()}
    return {**about, "seconds": sum(part["seconds"] for part in kept.values()), "peers": None, **figures}


def _measured(name: str, command: Sequence[str], work: Path, environment: dict[str, str]) -> Figures:
    """The figures of a benchmark, with its command and how long it ran."""
    path = work / f"{name}.json"
    if path.exists():
        kept = read_figures(path)
        if kept["command"] == list(command):
            print(f"== {name}: as measured before", flush=True)
            return kept
    print(f"== {name}", flush=True)
    part = path.with_suffix(".part")
    started = time.monotonic()
    done = subprocess.run([*command, "--json", str(part)], env=environment, check=False)
    if done.returncode != 0:
        sys.exit(f"{name} ended with exit code {done.returncode}; the page stays as it was")
    seconds = time.monotonic() - started
    kept = {"command": list(command), "seconds": seconds, "figures": read_figures(part)}
    write_figures(path, kept)
    part.unlink()
    return kept


def _command() -> str:
    """This command as it is typed, without the names of files and folders of this machine."""
    shown = {"--peers": "PYTHON", "--work": "FOLDER", "--page": "FILE"}
    words = sys.argv[1:]
    before = ["", *words]
    named = [shown.get(option, word) for option, word in zip(before, words, strict=False)]
    return shlex.join(["python", "benchmarks/performance.py", *named])


@contextlib.contextmanager
def _own_cache() -> Iterator[dict[str, str]]:
    """An environment in which compiled rules are kept in a folder that nothing else uses."""
    with tempfile.TemporaryDirectory() as folder:
        yield {**os.environ, "ORDERGUARD_CACHE": folder}


def write_page(figures: Figures, page: Path) -> None:
    """Write the page, its plots and its figures: all of them, or none when one cannot be made."""
    folder = page.parent / FOLDER
    with tempfile.TemporaryDirectory() as name:
        ready = Path(name)
        draw_orders(figures["orders_scaling"], ready / ORDERS_PLOT)
        draw_rules(figures["rules_scaling"], ready / RULES_PLOT)
        write_figures(ready / FIGURES, figures)
        (ready / page.name).write_text(performance_page(figures))
        folder.mkdir(parents=True, exist_ok=True)
        for path in ready.iterdir():
            shutil.copyfile(path, page if path.name == page.name else folder / path.name)


def main() -> None:
    """Run all benchmarks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--quick", action="store_true", help="a short run of a few minutes, to see that all work"
    )
    parser.add_argument("--peers", metavar="PYTHON", help="the interpreter of the peers' environment")
    parser.add_argument("--orders", type=int, nargs="+", help="how many orders are checked")
    parser.add_argument("--rules", type=int, nargs="+", default=list(rules_scaling.RULES))
    parser.add_argument("--date", default=datetime.now().astimezone().date().isoformat())
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="keeps the figures of each benchmark")
    parser.add_argument("--page", type=Path, default=PAGE)
    parser.add_argument(
        "--figures", type=Path, metavar="FILE", help="measure nothing: write these figures anew"
    )
    arguments = parser.parse_args()
    if arguments.figures is not None:
        write_page(read_figures(arguments.figures), arguments.page)
        return
    with tempfile.TemporaryDirectory() as name:
        work: Path = arguments.work or Path(name)
        work.mkdir(parents=True, exist_ok=True)
        figures = gather(arguments, work)
    write_page(figures, arguments.page)
    print(f"written: {arguments.page}")


if __name__ == "__main__":
    main()
