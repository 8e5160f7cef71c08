"""Measures verification in one run, as ratios: to parsing alone and to json.loads of the same bytes.

    python benchmarks/verify.py [--orders N] [--memory N] [--json FILE]

The orders are those of `orderguard sample`: clean ones, of which the median counts, and the usual mix of
clean, violating, incomplete and broken ones, of which the mean counts. What counts is the time that this
process was at work, so that a machine shared with others hardly shows in the ratios.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil

from measuring.figures import Figures, add_json_option, write_figures
from measuring.nowhere import Nowhere
from orderguard import InvalidOrder, Order, Verifier
from orderguard.decision_log import DecisionLog
from orderguard.order_canonical import canonical_json
from orderguard.sample.making import samples
from orderguard.verifier import _event

EXAMPLE = Path(__file__).parent.parent / "examples" / "lemtrada-course-1.json"
LOADS = "json.loads"
PARSING = "parsing (Order.model_validate_json)"
WHOLE = "whole (Verifier.verify_json)"
MIXED = "the usual mix, mean"
MEGABYTE = 1_000_000


def shifted(value: Any, days: int) -> Any:
    """A document with every date moved by some days."""
    if isinstance(value, dict):
        return {key: shifted(item, days) for key, item in value.items()}
    if isinstance(value, list):
        return [shifted(item, days) for item in value]
    if not isinstance(value, str):
        return value
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return (read(value) + timedelta(days=days)).isoformat()
        except ValueError:
            continue
    return value


def distinct_orders(count: int, seed: int = 1) -> list[bytes]:
    """Order documents that differ in dates, durations, laboratory values and patients."""
    template = json.loads(EXAMPLE.read_text())
    rng = random.Random(seed)
    return [_one_order(template, number, rng) for number in range(count)]


def _one_order(template: dict[str, Any], number: int, rng: random.Random) -> bytes:
    order = shifted(template, rng.randrange(-700, 700))
    order["order_id"] = f"ORD-{number:07d}"
    patient = order["patient"]
    patient["patient_id"] = f"PT-{rng.randrange(10**9):09d}"
    patient["birth_date"] = (
        f"{rng.randrange(1963, 2000)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
    )
    patient["sex"] = rng.choice(["female", "male", "other"])
    collected = date.fromisoformat(patient["labs"][0]["collected_on"]) - timedelta(days=rng.randrange(0, 17))
    for lab in patient["labs"]:
        lab["collected_on"] = collected.isoformat()
        if lab["test"] in ("neutrophils", "platelets", "lymphocytes"):
            lab["value"] = str(int(lab["value"]) + rng.randrange(0, 2000))
    minutes, observation = rng.randrange(240, 361), rng.randrange(120, 240)
    for infusion in order["infusions"]:
        infusion["duration_minutes"] = minutes
        infusion["observation_minutes"] = observation
    return json.dumps(order).encode()


def sampled_orders(count: int, mix: Mapping[str, int] | None) -> list[bytes]:
    """The records that `orderguard sample` writes; without a mix the usual one."""
    return [made.line.encode("utf-8", "surrogatepass") for made in samples(count, seed=1, mix=mix)]


def stages(
    texts: Sequence[bytes], cache: int, average: Callable[[Sequence[float]], float] = statistics.median
) -> dict[str, float]:
    """Microseconds of each stage for one order: the average over the orders that come as far.

    All stages are measured on one order after the other, so the ratios stand on a machine that is slow for a
    while. The whole is measured on orders of its own: nothing of them is remembered from the stages.
    """
    verifier = Verifier(log=DecisionLog(Nowhere()), cache=cache)
    times: dict[str, list[float]] = {}

    def timed(stage: str, function: Callable[..., Any], *arguments: Any) -> Any:
        started = time.process_time()
        try:
            return function(*arguments)
        finally:
            times.setdefault(stage, []).append(time.process_time() - started)

    for text, other in zip(texts[::2], texts[1::2], strict=False):
        with suppress(ValueError):
            timed(LOADS, json.loads, text)
        with suppress(InvalidOrder):
            order = timed(PARSING, Order.model_validate_json, text)
            timed("canonical JSON of the order", canonical_json, order)
            at_work = verifier._pack_for(order)  # noqa: SLF001
            assert at_work is not None  # noqa: S101
            items = timed("facts", at_work._items, order)  # noqa: SLF001
            tally = timed("both engines", at_work._tally, items)  # noqa: SLF001
            timed("findings", at_work._judgement, order, items, tally)  # noqa: SLF001
        with suppress(InvalidOrder):
            verdict = timed(WHOLE, verifier.verify_json, other)
            timed("log event", verifier.log.write, _event(verdict, 0.0))
    return {stage: average(values) * 1e6 for stage, values in times.items()}


def show(title: str, measured: dict[str, float]) -> None:
    """Print stages with the two ratios."""
    print(title)
    for name, microseconds in measured.items():
        print(f"  {name:<38} {microseconds:8.1f} us")
    print(f"  whole : parsing     {measured[WHOLE] / measured[PARSING]:.2f}")
    print(f"  whole : json.loads  {measured[WHOLE] / measured[LOADS]:.2f}")


def memory(count: int) -> list[tuple[int, float]]:
    """Print the memory of the process after each fifth of many distinct orders."""
    measured = []
    verifier = Verifier(log=DecisionLog(Nowhere()))
    process = psutil.Process()
    texts = distinct_orders(4000, seed=2)
    print(f"memory over {count} orders")
    for done in range(1, count + 1):
        verifier.verify_json(texts[done % len(texts)].replace(b'"ORD-', b'"O%d-' % done, 1))
        if done % (count // 5) == 0:
            measured.append((done, process.memory_info().rss / MEGABYTE))
            print(f"  after {done:>7}: {measured[-1][1]:.1f} MB")
    return measured


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--orders", type=int, default=2000, help="distinct orders to time")
    parser.add_argument(
        "--memory", type=int, default=200_000, help="orders to watch the memory over; 0 for none"
    )
    add_json_option(parser)
    arguments = parser.parse_args()
    texts = sampled_orders(arguments.orders, {"clean": 1})
    mixed = sampled_orders(arguments.orders, None)
    cases: Figures = {}
    for title, asked, cache, average in (
        ("distinct, cache on", texts, 4096, statistics.median),
        ("distinct, cache off", texts, 0, statistics.median),
        ("one order, repeated", texts[:1] * len(texts), 4096, statistics.median),
        (MIXED, mixed, 4096, statistics.fmean),
    ):
        measured = stages(asked, cache, average)
        show(f"{len(texts)} orders, {title}", measured)
        cases[title] = {
            "microseconds": measured,
            "to_parsing": measured[WHOLE] / measured[PARSING],
            "to_loads": measured[WHOLE] / measured[LOADS],
        }
    soaked = memory(arguments.memory) if arguments.memory else []
    write_figures(arguments.json, {"orders": len(texts), "cases": cases, "memory": soaked})


if __name__ == "__main__":
    main()
