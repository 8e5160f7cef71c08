"""Measures how the cost of an order grows with the number of rules, on packs made by program.

    python benchmarks/rules_scaling.py [--rules N...] [--orders N] [--json FILE]

All packs verify one order before any verifies the next, so a machine that is slow for a while is slow for all
of them. What counts is the time that this process was at work. Orders are distinct.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from measuring.figures import Figures, add_json_option, write_figures
from measuring.fit import exponent, last_exponent, line_through
from measuring.nowhere import Nowhere
from measuring.synthetic_pack import SyntheticPack
from orderguard import DecisionLog, Order, Verifier
from orderguard.rulebook.load import bundled_rules, load_rulebook
from orderguard.rulebook.store import RuleStore
from verify import distinct_orders

RULES = (10, 20, 50, 100, 200, 500)
_CACHES = {"cache_on_us": 4096, "cache_off_us": 0}
_TITLES = {"cache_on_us": "an order, cache on", "cache_off_us": "an order, cache off"}
_LOADS = 3


def measure(rules: Sequence[int], orders: int) -> Figures:
    """The figures of packs of so many rules, over so many orders."""
    texts = distinct_orders(orders, seed=3)
    synthetic = SyntheticPack(
        load_rulebook(bundled_rules()), [Order.model_validate_json(text) for text in texts]
    )
    with tempfile.TemporaryDirectory() as name:
        folders = {count: Path(name) / str(count) for count in rules}
        for count, folder in folders.items():
            synthetic.write(count, folder)
        packs = [{"rules": count, **_loading(folder, Path(name))} for count, folder in folders.items()]
        costs = _cost_of_orders(list(folders.values()), texts)
    for pack, cost in zip(packs, costs, strict=True):
        pack.update(cost)
    return {"orders": orders, "packs": packs}


def _loading(folder: Path, above: Path) -> Figures:
    """Seconds until the rules of a folder are ready: from their files, and when they lie compiled."""
    store = RuleStore(above / "store")
    Verifier(rules=folder, store=store)
    return {
        "loading_s": min(_seconds_to_load(folder, None) for _ in range(_LOADS)),
        "loading_compiled_s": min(_seconds_to_load(folder, store) for _ in range(_LOADS)),
    }


def _seconds_to_load(folder: Path, store: RuleStore | None) -> float:
    started = time.process_time()
    verifier = Verifier(rules=folder, store=store, log=Nowhere())
    # What lies compiled is put to work for the first order that needs it.
    verifier.judge(Order.model_validate_json(distinct_orders(1)[0]))
    return time.process_time() - started


def _cost_of_orders(folders: Sequence[Path], texts: Sequence[bytes]) -> list[Figures]:
    """Microseconds for an order, and its findings, by the rules of each folder."""
    times: list[dict[str, list[float]]] = [{case: [] for case in _CACHES} for _ in folders]
    verifiers = [
        {
            case: Verifier(rules=folder, cache=cache, log=DecisionLog(Nowhere()))
            for case, cache in _CACHES.items()
        }
        for folder in folders
    ]
    findings = [0] * len(folders)
    everyone = [
        (place, case, verifier)
        for place, of_folder in enumerate(verifiers)
        for case, verifier in of_folder.items()
    ]
    rng = random.Random(1)
    gc.collect()
    gc.freeze()
    for text in texts:
        # None always comes after the one that leaves the processor's caches full.
        for place, case, verifier in rng.sample(everyone, len(everyone)):
            started = time.process_time()
            verdict = verifier.verify_json(text)
            times[place][case].append((time.process_time() - started) * 1e6)
            findings[place] = len(verdict.findings)
    return [
        {**{case: statistics.median(taken) for case, taken in of_folder.items()}, "findings": found}
        for of_folder, found in zip(times, findings, strict=True)
    ]


def show(figures: Figures) -> None:
    """Print the figures, and how they grow."""
    packs = figures["packs"]
    print(f"{figures['orders']} distinct orders")
    print(f"{'rules':>7} {'findings':>9} {'cache on':>12} {'cache off':>12} {'loading':>10} {'compiled':>10}")
    for pack in packs:
        print(
            f"{pack['rules']:>7} {pack['findings']:>9}"
            f" {pack['cache_on_us']:>9.0f} us {pack['cache_off_us']:>9.0f} us"
            f" {pack['loading_s']:>8.3f} s {pack['loading_compiled_s']:>8.3f} s"
        )
    sizes = [pack["rules"] for pack in packs]
    for case, title in _TITLES.items():
        costs = [pack[case] for pack in packs]
        line = line_through(sizes, costs)
        print(
            f"{title}: {line.intercept:.0f} us + {line.slope:.2f} us a rule, {line.deviation:.0%} off at"
            f" most; exponent of the growth {exponent(sizes, costs):.2f},"
            f" at the end {last_exponent(sizes, costs):.2f}"
        )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rules", type=int, nargs="+", default=list(RULES), help="rules of each pack")
    parser.add_argument("--orders", type=int, default=500, help="orders verified by each pack")
    add_json_option(parser)
    arguments = parser.parse_args()
    if len(arguments.rules) < 2:
        parser.error("growth shows over two packs or more: --rules N N...")
    figures = measure(arguments.rules, arguments.orders)
    show(figures)
    write_figures(arguments.json, figures)


if __name__ == "__main__":
    main()
