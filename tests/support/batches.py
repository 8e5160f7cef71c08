"""Many small orders, and the command with workers that die."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from orderguard.sample.command import write_samples
from support.documents import verified_orders

DEADLY = Path(__file__).with_name("deadly_worker.py")


def numbered_orders(count: int) -> list[str]:
    """Verified orders on a line each, with the ids ORD-0, ORD-1 and so on."""
    order = verified_orders("lemtrada")[0]
    return [json.dumps(order | {"order_id": f"ORD-{number}"}) for number in range(count)]


def write_sample(path: Path, count: int, seed: int) -> Path:
    """Write a file of synthetic orders: clean, violating, incomplete and broken ones."""
    write_samples(count, seed, None, str(path), None)
    return path


def deadly(word: str, ids: Sequence[str], seconds: float | None = None) -> str:
    """Python that runs before a command, so that its workers die of certain orders."""
    command = [str(DEADLY), word, *ids]
    limits = (
        ""
        if seconds is None
        else f"""
worker_crew.SECONDS_FOR_A_CHUNK = worker_crew.SECONDS_FOR_ONE = {seconds}
"""
    )
    return f"""
import sys
from orderguard.workers import worker_crew
worker_crew.worker_command = lambda: [sys.executable, "-P", *{command!r}]
{limits}
"""
