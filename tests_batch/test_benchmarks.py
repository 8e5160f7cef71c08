"""Each benchmark runs on a few orders, and the performance page can be written from what they say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from measuring.machine import machine
from measuring.page import performance_page

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SMALL = {
    "start": ["--rounds", "1"],
    "verify": ["--orders", "4", "--memory", "5"],
    "rules_scaling": ["--rules", "10", "20", "--orders", "2"],
    "workers": ["--orders", "20", "--rounds", "1"],
    "orders_scaling": ["--orders", "40", "80", "--workers", "2"],
}


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the benchmarks say of a few orders."""
    folder = tmp_path_factory.mktemp("figures")
    said: dict[str, Any] = {}
    for name, options in SMALL.items():
        path = folder / f"{name}.json"
        command = [sys.executable, str(BENCHMARKS / f"{name}.py"), *options, "--json", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, f"{name}: {done.stderr}"
        said[name] = json.loads(path.read_text())
    return said


def test_every_order_of_the_benchmark_gets_the_decision_it_was_made_for(figures: dict[str, Any]) -> None:
    runs = figures["orders_scaling"]["runs"]

    assert [run["orders"] for run in runs] == [40, 80]
    assert [sum(run["decisions"].values()) for run in runs] == [40, 80]
    assert [run["unexpected"] for run in runs] == [0, 0]
    assert len(runs[-1]["decisions"]) == 4


def test_the_page_is_written_from_what_the_benchmarks_say(figures: dict[str, Any]) -> None:
    about = {"date": "2026-11-22", "software": "0", "command": "true", "seconds": 1, "machine": machine()}
    page = performance_page({**about, "peers": None, **figures})

    assert "## 80 orders in one run" in page
    assert "**This was a short run**" in page
    assert "| 10 | 0 |" in page
