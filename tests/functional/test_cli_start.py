"""How long the command line takes to start."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROUNDS = 12
MISSING = """
import sys
sys.modules["durable_rules_engine"] = None
from orderguard.cli import main
main()
"""


def test_checking_one_order_takes_at_most_three_times_its_imports(
    example: Path, environment: Callable[..., dict[str, str]], tmp_path: Path
) -> None:
    """An installed package has its bytecode, so both commands are run once before they are measured."""
    variables = environment(
        ORDERGUARD_CACHE=str(tmp_path / "cache"), PYTHONPYCACHEPREFIX=str(tmp_path / "bytecode")
    )
    variables.pop("PYTHONDONTWRITEBYTECODE", None)

    def seconds(*arguments: str) -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], env=variables, capture_output=True, check=True)
        return time.perf_counter() - began

    def pair() -> tuple[float, float]:
        imports = seconds("-c", "import pydantic, typer, rich")
        return imports, seconds("-m", "orderguard", "check", str(example), "--log", os.devnull)

    pair()
    imports, check = (min(times) for times in zip(*(pair() for _ in range(ROUNDS)), strict=True))

    assert check <= 3 * imports, f"{check * 1000:.0f} ms, imports {imports * 1000:.0f} ms"


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
