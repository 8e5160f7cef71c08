"""How the command line starts where its engine is missing."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

MISSING = """
import sys
sys.modules["durable_rules_engine"] = None
from orderguard.cli import main
main()
"""


@pytest.mark.parametrize("arguments", [["check", "ORDER"], ["explain", "ORDER"], ["rules"], ["--version"]])
def test_without_its_engine_a_command_says_in_one_line_what_to_do(
    orderguard: Callable[..., subprocess.CompletedProcess[str]], example: Path, arguments: list[str]
) -> None:
    done = orderguard(*[str(example) if word == "ORDER" else word for word in arguments], prelude=MISSING)

    assert done.returncode == 5
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject" in done.stderr
    assert "--no-cache-dir" in done.stderr


def test_a_schema_needs_no_engine(orderguard: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    assert orderguard("schema", "order", prelude=MISSING).returncode == 0


NOT_NEEDED = (
    "asyncio.events",
    "csv",
    "email.message",
    "orderguard.cli_rules",
    "orderguard.rulebook.document",
    "orderguard.testing",
    "orderguard.tools",
    "orderguard.workers.worker_crew",
    "rich.console",
    "ssl",
    "yaml",
    "zipfile",
)
"""What takes long to import and is of no use for checking one order with rules out of the store."""

SHOW_IMPORTS = f"""
import atexit, sys
from orderguard.cli import main

def show():
    imported = [name for name in {NOT_NEEDED} if sys.modules.get(name) is not None]
    found = [name for name in imported if "__file__" in vars(sys.modules[name])]
    print(*found, file=sys.stderr)

atexit.register(show)
main()
"""


def test_checking_one_order_imports_nothing_large_that_it_does_not_need(
    orderguard: Callable[..., subprocess.CompletedProcess[str]], example: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        done = orderguard(
            "check",
            example,
            "--log",
            tmp_path / "log",
            prelude=SHOW_IMPORTS,
            environment={"ORDERGUARD_CACHE": str(tmp_path / "cache")},
        )
        assert done.returncode == 0
        # The store does not look into these: nothing of them may take part in compiling rules either.
        assert "orderguard.testing" not in done.stderr
        assert "orderguard.tools" not in done.stderr
    assert done.stderr.split() == []
