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
