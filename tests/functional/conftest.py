"""The real command, run in a process of its own."""

import copy
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
EXAMPLE = REPOSITORY / "examples" / "lemtrada-course-1.json"
TIMEOUT = 120

Run = Callable[..., subprocess.CompletedProcess[str]]


def plain_environment(**changes: str) -> dict[str, str]:
    """The environment without what would change the output, and with the changes."""
    noise = {"COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM", "ORDERGUARD_KEY", "GITHUB_ACTIONS", "PYTHONIOENCODING"}
    return {key: value for key, value in os.environ.items() if key not in noise} | changes


@pytest.fixture(scope="session")
def orderguard() -> Run:
    """Run `orderguard` with arguments; `stdin` is text, `stdout` and `stderr` may be open files."""

    def run(*arguments: str | Path, stdin: str | bytes = b"", **options: Any) -> subprocess.CompletedProcess[str]:
        changes = options.pop("environment", {})
        prelude = options.pop("prelude", None)
        start = ["-m", "orderguard"] if prelude is None else ["-c", prelude]
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        done = subprocess.run(
            [sys.executable, *start, *map(str, arguments)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            env=plain_environment(**changes),
            timeout=TIMEOUT,
            check=False,
            **options,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, (done.stdout or b"").decode(), (done.stderr or b"").decode()
        )

    return run


@pytest.fixture(scope="session")
def environment() -> Callable[..., dict[str, str]]:
    """The environment for commands that a test starts itself."""
    return plain_environment


@pytest.fixture(scope="session")
def example() -> Path:
    """The file of an order that is verified."""
    return EXAMPLE


@pytest.fixture
def order() -> dict[str, Any]:
    """The document of an order that is verified; a test may change it."""
    document: dict[str, Any] = json.loads(EXAMPLE.read_text())
    return copy.deepcopy(document)


@pytest.fixture(scope="session")
def good_line() -> str:
    """An order that is verified, on one line without its end."""
    return json.dumps(json.loads(EXAMPLE.read_text()))


@pytest.fixture(scope="session")
def bad_line() -> str:
    """An order that is rejected because its second infusion is a minute too short, on one line."""
    document = json.loads(EXAMPLE.read_text())
    document["order_id"] = "ORD-SHORT"
    document["infusions"][1]["duration_minutes"] = 239
    return json.dumps(document)
