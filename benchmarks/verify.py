"""Measures verification in one run, as ratios: to parsing alone and to json.loads of the same bytes.

    python benchmarks/verify.py [--orders N] [--memory N]

Orders are distinct: other dates, other durations, other patients. Times are the best of several rounds, since
other work on the machine only ever adds to them.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import psutil

from orderguard import Order, Verifier
from orderguard.decision_log import DecisionLog
from orderguard.facts.measure import identify
from orderguard.order_canonical import canonical_json

EXAMPLE = Path(__file__).parent.parent / "examples" / "lemtrada-course-1.json"
ROUNDS = 7
MEGABYTE = 1_000_000


class _Nowhere(StringIO):
    """Takes log lines and forgets them."""

    def write(self, text: str, /) -> int:
        return len(text)


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


def best_of(function: Callable[[Any], object], rounds: Sequence[Sequence[Any]]) -> float:
    """Microseconds for one input: the best round. No input is given twice but where a round repeats it."""
    best = float("inf")
    for inputs in rounds:
        started = time.perf_counter()
        for value in inputs:
            function(value)
        best = min(best, (time.perf_counter() - started) / len(inputs))
    return best * 1e6


def stages(rounds: Sequence[Sequence[bytes]], cache: int) -> dict[str, float]:
    """Microseconds of each stage for one order."""
    orders = [[Order.model_validate_json(text) for text in texts] for texts in rounds]
    judging, whole = (Verifier(log=DecisionLog(_Nowhere()), cache=cache) for _ in range(2))
    at_work = judging._packs["lemtrada"]  # noqa: SLF001
    terminology = judging.rulebook.terminology
    judged = [[at_work._items(order) for order in part] for part in orders]  # noqa: SLF001
    # What is prepared is no garbage; a collector that looks through it again and again is not measured.
    gc.collect()
    gc.freeze()
    return {
        "json.loads": best_of(json.loads, rounds),
        "parsing (Order.model_validate_json)": best_of(Order.model_validate_json, rounds),
        "canonical JSON of the order": best_of(canonical_json, orders),
        "product": best_of(lambda order: identify(order.product, terminology), orders),
        "facts": best_of(at_work._items, orders),  # noqa: SLF001
        "both engines": best_of(at_work._tally, judged),  # noqa: SLF001
        "whole (Verifier.verify_json)": best_of(whole.verify_json, rounds),
    }


def show(title: str, measured: dict[str, float]) -> None:
    """Print stages with the two ratios."""
    print(title)
    for name, microseconds in measured.items():
        print(f"  {name:<38} {microseconds:8.1f} us")
    whole = measured["whole (Verifier.verify_json)"]
    print(f"  whole : parsing     {whole / measured['parsing (Order.model_validate_json)']:.2f}")
    print(f"  whole : json.loads  {whole / measured['json.loads']:.2f}")


def memory(count: int) -> None:
    """Print the memory of the process after each fifth of many distinct orders."""
    verifier = Verifier(log=DecisionLog(_Nowhere()))
    process = psutil.Process()
    texts = distinct_orders(4000, seed=2)
    print(f"memory over {count} orders")
    for done in range(1, count + 1):
        verifier.verify_json(texts[done % len(texts)].replace(b'"ORD-', b'"O%d-' % done, 1))
        if done % (count // 5) == 0:
            print(f"  after {done:>7}: {process.memory_info().rss / MEGABYTE:.1f} MB")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--orders", type=int, default=600, help="distinct orders in a round")
    parser.add_argument(
        "--memory", type=int, default=200_000, help="orders to watch the memory over; 0 for none"
    )
    arguments = parser.parse_args()
    texts = distinct_orders(arguments.orders * ROUNDS)
    rounds = [texts[start::ROUNDS] for start in range(ROUNDS)]
    show(f"{len(texts)} distinct orders, best of {ROUNDS} rounds", stages(rounds, cache=4096))
    show("the same, cache off", stages([part[:200] for part in rounds], cache=0))
    show("one order, repeated", stages([texts[:1] * 200] * ROUNDS, cache=4096))
    if arguments.memory:
        memory(arguments.memory)


if __name__ == "__main__":
    main()
