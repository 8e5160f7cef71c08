"""The performance page says of figures whether the targets are reached. No time is measured here."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from measuring.page import performance_page

_STAGES = {"json.loads": 50.0, "parsing": 150.0, "whole": 400.0}
_CASE = {"microseconds": _STAGES, "to_parsing": 2.7, "to_loads": 7.9}


def _run(orders: int, seconds: float) -> dict[str, Any]:
    samples = [
        {"seconds": part, "orders": orders * part // 4, "parent_mb": 200.0, "workers_mb": 150.0}
        for part in range(5)
    ]
    sizes = dict.fromkeys(
        ("peak_mb", "peak_parent_mb", "peak_worker_mb", "log_mb", "verdicts_mb", "page_mb"), 1.0
    )
    decisions = {"hold": 1, "verified": orders - 1}
    return {
        "orders": orders,
        "seconds": seconds,
        "cpu_seconds": 2 * seconds,
        "decisions": decisions,
        "unexpected": 0,
        "samples": samples,
        **sizes,
    }


def _pack(rules: int) -> dict[str, Any]:
    costs = {"cache_on_us": 100.0 + rules, "cache_off_us": 200.0 + 2 * rules}
    return {"rules": rules, "findings": rules // 20, "loading_s": 0.1, "loading_compiled_s": 0.01, **costs}


_PEERS = {
    "pack": "lemtrada-ms",
    "rules": 90,
    "orders": 5000,
    "distinct": {
        "ours": {"orderguard, as it runs": {"mean_us": 100.0, "median_us": 80.0}},
        "peer": {"other-engine": {"mean_us": 250.0, "median_us": 240.0}},
    },
    "same_results": {"other-engine": True},
    "fastest_peer": "other-engine",
    "times_faster": {"mean": 2.5, "median": 3.0},
}

_FIGURES: dict[str, Any] = {
    "date": "2026-11-22",
    "software": "0.1.0",
    "command": "python benchmarks/performance.py",
    "machine": {
        "processor": "A processor",
        "cores": 2,
        "memory_gb": 24,
        "system": "A system",
        "python": "CPython 3.11",
        "load": 0.1,
    },
    "seconds": 2400.0,
    "verify": {"orders": 2000, "cases": {"distinct, cache on": _CASE}, "memory": [[40_000, 130.0]]},
    "workers": {"orders": 100_000, "rounds": 3, "same_bytes": True, "median_s": {"1": 190.0, "2": 100.0}},
    "peers": _PEERS,
    "start": {
        "imports": "import pydantic",
        "rounds": 12,
        "best": {"imports": 100.0, "check": 250.0},
        "median": {"imports": 110.0, "check": 280.0},
        "best_ratio": 2.5,
        "median_ratio": 2.54,
        "cold_ms": 600.0,
    },
    "rules_scaling": {"orders": 500, "packs": [_pack(10), _pack(200), _pack(500)]},
    "orders_scaling": {
        "workers": 2,
        "sample": {"orders": 1_000_000, "seconds": 300.0, "megabytes": 6000.0, "packed_megabytes": 290.0},
        "runs": [_run(1000, 2.0), _run(100_000, 81.0), _run(1_000_000, 801.0)],
    },
}


def _with(*path: Any, value: Any) -> dict[str, Any]:
    """The figures with another one at a place."""
    figures = copy.deepcopy(_FIGURES)
    place: Any = figures
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return figures


def _states(figures: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What the page says of each target: the figure, and whether it is reached."""
    section = performance_page(figures).split("## Targets\n")[1].split("\n## ")[0]
    rows = [re.split(r" \| ", line.strip("| ")) for line in section.strip().splitlines()[2:]]
    return {row[0]: (row[2], row[3]) for row in rows}


def _state(figures: dict[str, Any], word: str) -> str:
    [state] = [state for what, (_, state) in _states(figures).items() if word in what]
    return state


def test_a_full_run_within_all_limits_reaches_all_targets() -> None:
    states = _states(_FIGURES)

    assert len(states) == 8
    assert {state for _, state in states.values()} == {"reached"}
    assert "short run" not in performance_page(_FIGURES)


@pytest.mark.parametrize(
    ("word", "path", "value"),
    [
        ("parsing alone", ("verify", "cases", "distinct, cache on", "to_parsing"), 3.01),
        ("json.loads", ("verify", "cases", "distinct, cache on", "to_loads"), 8.01),
        ("two workers", ("workers", "median_s", "2"), 106.0),
        ("fastest peer", ("peers", "times_faster", "median"), 1.99),
        ("number of orders", ("orders_scaling", "runs", -1, "cpu_seconds"), 2500.0),
        ("number of rules", ("rules_scaling", "packs", -1, "cache_on_us"), 900.0),
        ("most memory", ("orders_scaling", "runs", -1, "samples", -1, "parent_mb"), 220.0),
        ("importing", ("start", "best_ratio"), 3.01),
    ],
)
def test_a_figure_beyond_its_limit_is_not_reached_and_the_others_are(
    word: str, path: tuple[Any, ...], value: float
) -> None:
    states = _states(_with(*path, value=value))

    assert {state for what, (_, state) in states.items() if word in what} == {"**not reached**"}
    assert {state for what, (_, state) in states.items() if word not in what} == {"reached"}


def test_a_target_over_fewer_orders_than_it_asks_for_is_said_to_be() -> None:
    figures = _with("orders_scaling", "runs", value=[_run(1000, 2.0), _run(20_000, 21.0)])

    assert "**This was a short run**" in performance_page(figures)
    assert _state(figures, "number of orders") == "reached, but over 20,000 of 1,000,000 orders only"
    assert _state(_with("workers", "orders", value=2000), "two workers") == (
        "reached, but over 2,000 of 100,000 orders only"
    )


def test_peers_that_were_left_out_are_not_measured() -> None:
    figures = _with("peers", value=None)

    assert _state(figures, "fastest peer") == "not measured"
    assert "## Peers\n\nNot measured in this run.\n" in performance_page(figures)


def test_one_size_of_orders_alone_says_nothing_about_growth() -> None:
    figures = _with("orders_scaling", "runs", value=[_run(1_000_000, 801.0)])

    assert _state(figures, "number of orders") == "not measured"
