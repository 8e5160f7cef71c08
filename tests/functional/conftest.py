"""The real command, run in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.forked import needs_a_start, run_forked

REPOSITORY = Path(__file__).parents[2]
EXAMPLE = REPOSITORY / "examples" / "lemtrada-course-1.json"
TIMEOUT = 120
NOISE = {"COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM", "PYTHONIOENCODING", "ORDERGUARD_KEY"}

Run = Callable[..., subprocess.CompletedProcess[str]]


def plain_environment(**changes: str) -> dict[str, str]:
    """The environment without what would change the output, and with the changes."""
    return {key: value for key, value in os.environ.items() if key not in NOISE} | changes


@pytest.fixture(scope="session")
def orderguard() -> Run:
    """Run `orderguard` with arguments; a prelude is Python that prepares the process and calls `main`.

    Commands are forked, unless there is a prelude, or something is to be as it is when Python starts, or
    `fresh` says that nothing may be imported before.
    """

    def run(
        *arguments: str | Path,
        stdin: str | bytes = b"",
        environment: dict[str, str] | None = None,
        prelude: str | None = None,
        fresh: bool = False,
        **streams: Any,
    ) -> subprocess.CompletedProcess[str]:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        if prelude is None and not fresh and not needs_a_start(environment or {}):
            return _as_text(
                run_forked(
                    arguments,
                    environment=plain_environment(**(environment or {})),
                    stdin=given,
                    timeout=TIMEOUT,
                    **streams,
                )
            )
        start = ["-m", "orderguard"] if prelude is None else ["-c", prelude]
        done = subprocess.run(
            [sys.executable, *start, *map(str, arguments)],
            input=given,
            # A prelude may break what compiles the rules; what it compiles is not for other tests.
            env=plain_environment(
                **({} if prelude is None else {"ORDERGUARD_CACHE": ""}) | (environment or {})
            ),
            timeout=TIMEOUT,
            check=False,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams},
        )
        return _as_text(done)

    return run


def _as_text(done: subprocess.CompletedProcess[bytes]) -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess(
        done.args, done.returncode, (done.stdout or b"").decode(), (done.stderr or b"").decode()
    )


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
    return document


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
