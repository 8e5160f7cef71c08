"""Measures the rule stage against other rule engines, on the same rules and the same facts, in one run.

    python benchmarks/peers/run.py [--orders N] [--seed S] [--json FILE]

It needs the environment that README.md beside this file describes. What counts is the time that this process
was at work. All judge some orders in turn before anyone judges more, so the ratios stand on a machine that is
slow for a while.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from importlib.metadata import version
from itertools import repeat
from pathlib import Path
from typing import Any

from contest import OURS, Contest, Times, measured
from ours import Setting, facts_of
from peer import Peer

TARGET = 2.0
_SAMPLE = 200
_REPEATED = 500


def main() -> int:
    """Run the benchmark; 1 when a peer says something else than orderguard."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--orders", type=int, default=5000, help="distinct orders")
    parser.add_argument("--seed", type=int, default=1, help="what `orderguard sample` starts from")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    arguments = parser.parse_args()
    setting = Setting()
    figures = _about(setting, arguments.orders, arguments.seed)
    peers = Contest(setting)
    differing = peers.differing(setting.orders(arguments.orders, arguments.seed))
    figures["same_results"] = {name: not count for name, count in differing.items()}
    _show_results(peers.peers, differing)
    sys.stdout.flush()
    if any(differing.values()):
        return 1
    found = measured(setting, setting.orders(arguments.orders, arguments.seed))
    distinct, figures["cache"] = found.times, {"known": found.known, "judged": found.judged}
    [order] = setting.orders(1, arguments.seed)
    again = measured(setting, repeat(order, min(arguments.orders, _REPEATED))).times
    figures |= {"distinct": _plain(distinct), "repeated": _plain(again), **_claim(distinct)}
    _show_times(distinct, again, figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def _about(setting: Setting, orders: int, seed: int) -> dict[str, Any]:
    some = [setting.items(order) for order in setting.orders(min(orders, _SAMPLE), seed)]
    about: dict[str, Any] = {
        "pack": setting.pack.id,
        "rules": len(setting.pack.rules),
        "questions": len(setting.pack.questions),
        "orders": orders,
        "seed": seed,
        "items_of_an_order": sum(len(items) for items in some) / len(some),
        "known_facts_of_an_order": sum(facts_of(items) for items in some) / len(some),
    }
    print(f"The pack {about['pack']}: {about['rules']} rules, {about['questions']} questions")
    print(f"{orders} distinct orders of `orderguard sample --seed {seed}` that can be read;")
    print(
        f"each has about {about['items_of_an_order']:.0f} items "
        f"and {about['known_facts_of_an_order']:.0f} known facts",
        flush=True,
    )
    return about


def _show_results(peers: list[Peer], differing: Mapping[str, int]) -> None:
    print("\nEach peer against both engines: every question about every item, and each rule")
    for peer in peers:
        count = differing[peer.name]
        print(f"  {peer.name:<23} same results: {not count}{f' ({count} orders differ)' if count else ''}")
        print(f"    {peer.package} {version(peer.package)}: {peer.how}")
        print(f"    decimals: {peer.decimals}")


def _plain(times: Mapping[str, Mapping[str, Times]]) -> dict[str, dict[str, dict[str, float]]]:
    return {
        kind: {name: {"mean_us": each.mean, "median_us": each.median} for name, each in table.items()}
        for kind, table in times.items()
    }


def _claim(distinct: Mapping[str, Mapping[str, Times]]) -> dict[str, Any]:
    """How many times faster we are than the peer that is fastest by the mean."""
    ours, peers = distinct["ours"][OURS], distinct["peer"]
    fastest = min(peers, key=lambda name: peers[name].mean)
    by_mean, by_median = peers[fastest].mean / ours.mean, peers[fastest].median / ours.median
    return {
        "fastest_peer": fastest,
        "times_faster": {"mean": by_mean, "median": by_median},
        "target": TARGET,
        "met": min(by_mean, by_median) >= TARGET,
    }


def _show_times(
    distinct: Mapping[str, Mapping[str, Times]],
    again: Mapping[str, Mapping[str, Times]],
    figures: Mapping[str, Any],
) -> None:
    ours = distinct["ours"][OURS]
    print("\nMicroseconds of process time for an order; the last two columns: times ours")
    _show("Distinct orders: the rule stage as it runs, peers as they run", distinct["peer"], ours, own=ours)
    faster, cache = figures["times_faster"], figures["cache"]
    print(f"  fastest peer: {figures['fastest_peer']}")
    print(f"  the rule stage is {faster['mean']:.2f} times faster by the mean, ", end="")
    print(f"{faster['median']:.2f} by the median")
    print(f"  at least {TARGET:g} times faster by both: {figures['met']}")
    print(f"  our cache was empty at the start; it knew {cache['known']} judgements of groups and")
    print(f"  had {cache['judged']} made by both engines, which the mean contains")
    _show("Peers with the time their own form of the facts takes", distinct["translated"], ours)
    _show("Peers in place of our engines, behind our cache", distinct["cache"], ours)
    _show("Our own ways", _others(distinct), ours)
    once = again["ours"][OURS]
    _show("One order, repeated", again["peer"], once, own=once)
    _show("One order, repeated: our own ways", _others(again), once)


def _others(times: Mapping[str, Mapping[str, Times]]) -> Mapping[str, Times]:
    return {name: each for name, each in times["ours"].items() if name != OURS}


def _show(title: str, table: Mapping[str, Times], ours: Times, own: Times | None = None) -> None:
    print(f"\n{title}")
    print(f"  {'':<26} {'mean':>9} {'median':>9} {'mean':>9} {'median':>9}")
    if own is not None:
        print(f"  {OURS:<26} {own.mean:9.1f} {own.median:9.1f}")
    for name, times in sorted(table.items(), key=lambda pair: pair[1].mean):
        ratios = f"{times.mean / ours.mean:9.2f} {times.median / ours.median:9.2f}"
        print(f"  {name:<26} {times.mean:9.1f} {times.median:9.1f} {ratios}")


if __name__ == "__main__":
    sys.exit(main())
