"""What the figures of a run must reach, and whether they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from measuring.figures import Figures
from measuring.fit import last_exponent

ORDERS_FOR_ONE = 2_000
ORDERS_FOR_PEERS = 5_000
ORDERS_FOR_WORKERS = 100_000
MOST_ORDERS = 1_000_000
MOST_RULES = 500

_SIZES_FOR_GROWTH = 2


class Target(NamedTuple):
    """A figure that must reach a limit.

    Attributes:
        what: what is measured.
        limit: the limit.
        at_most: whether the figure must not be above it; else it must not be below.
        measured: the figure; None if it was not measured.
        size: how many orders or rules it was measured over; None where that does not matter.
        asked: how many it must be measured over.
        of: orders or rules.
    """

    what: str
    limit: float
    at_most: bool
    measured: float | None
    size: int | None = None
    asked: int | None = None
    of: str = "orders"

    @property
    def wanted(self) -> str:
        """The limit in words."""
        return f"at {'most' if self.at_most else 'least'} {self.limit:g}"

    @property
    def state(self) -> str:
        """Whether the limit is reached."""
        if self.measured is None:
            return "not measured"
        good = self.measured <= self.limit if self.at_most else self.measured >= self.limit
        said = "reached" if good else "**not reached**"
        if self.size is None or self.asked is None or self.size >= self.asked:
            return said
        return f"{said}, but over {self.size:,} of {self.asked:,} {self.of} only"


def targets(figures: Figures) -> Sequence[Target]:
    """All targets, with the figures of a run.

    Args:
        figures: of every benchmark, by its name; `peers` may be None.
    """
    verify = figures["verify"]
    distinct = verify["cases"]["distinct, cache on"]
    runs = figures["orders_scaling"]["runs"]
    packs = figures["rules_scaling"]["packs"]
    most_orders, most_rules = runs[-1]["orders"], packs[-1]["rules"]
    workers, peers = figures["workers"], figures["peers"]
    return (
        Target(
            "whole `verify_json` : parsing alone, distinct orders, cache on",
            3,
            True,
            distinct["to_parsing"],
            verify["orders"],
            ORDERS_FOR_ONE,
        ),
        Target(
            "whole `verify_json` : `json.loads`, distinct orders, cache on",
            8,
            True,
            distinct["to_loads"],
            verify["orders"],
            ORDERS_FOR_ONE,
        ),
        Target(
            "two workers : one, orders a second",
            1.8,
            False,
            two_workers_to_one(workers),
            workers["orders"],
            ORDERS_FOR_WORKERS,
        ),
        Target(
            "fastest peer : the rule stage, time",
            2,
            False,
            peers_to_rule_stage(peers),
            None if peers is None else peers["orders"],
            ORDERS_FOR_PEERS,
        ),
        Target(
            "growth of time at work with the number of orders: exponent, where 1 is linear",
            1.1,
            True,
            _growth(runs, "orders", "cpu_seconds"),
            most_orders,
            MOST_ORDERS,
        ),
        Target(
            "growth of time at work with the number of rules: exponent, where 1 is linear",
            1.1,
            True,
            _growth(packs, "rules", "cache_on_us"),
            most_rules,
            MOST_RULES,
            "rules",
        ),
        Target(
            "most memory in the second half of the largest run : in the first half",
            1.05,
            True,
            second_half_to_first(runs[-1]["samples"]),
            most_orders,
            MOST_ORDERS,
        ),
        Target("checking one order : importing the libraries, best", 3, True, figures["start"]["best_ratio"]),
    )


def two_workers_to_one(workers: Figures) -> float | None:
    """How many times the orders a second; None if not both were measured."""
    medians = workers["median_s"]
    return medians["1"] / medians["2"] if {"1", "2"} <= set(medians) else None


def peers_to_rule_stage(peers: Figures | None) -> float | None:
    """How many times longer the fastest peer takes than the rule stage: the smaller of mean and median."""
    return None if peers is None else float(min(peers["times_faster"].values()))


def second_half_to_first(samples: Sequence[Figures]) -> float:
    """The most memory in the second half of the orders, as a multiple of that in the first half."""
    half = samples[-1]["orders"] / 2
    in_all = [(sample["orders"] > half, sample["parent_mb"] + sample["workers_mb"]) for sample in samples]
    first, second = (max(mb for late, mb in in_all if late is which) for which in (False, True))
    return float(second / first)


def _growth(measured: Sequence[Figures], size: str, cost: str) -> float | None:
    """The exponent between the two largest sizes, where what is spent once shows least; None for one size."""
    if len(measured) < _SIZES_FOR_GROWTH:
        return None
    return last_exponent([each[size] for each in measured], [each[cost] for each in measured])
