"""What the tests of `orderguard[batch]` share. They run by themselves: `python -m pytest tests_batch`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
TIMEOUT = 300

_CACHE = tempfile.TemporaryDirectory(prefix="orderguard-tests-")
os.environ["ORDERGUARD_CACHE"] = _CACHE.name

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def orderguard() -> Run:
    """Run `orderguard` with arguments."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "orderguard", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run


@pytest.fixture(scope="session")
def documents() -> list[dict[str, Any]]:
    """Orders that are verified, rejected and held, of both products."""
    names = ("lemtrada-course-1", "lemtrada-too-fast", "lemtrada-incomplete", "campath-maintenance")
    return [json.loads((EXAMPLES / f"{name}.json").read_text()) for name in names]


@pytest.fixture(scope="session")
def lines(documents: list[dict[str, Any]]) -> bytes:
    """The orders as JSON Lines."""
    return b"".join(json.dumps(document).encode() + b"\n" for document in documents)
