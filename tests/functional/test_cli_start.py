"""How long the command line takes to start."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path


def test_checking_one_order_takes_at_most_three_times_its_imports(
    example: Path, environment: Callable[..., dict[str, str]]
) -> None:
    def seconds(*arguments: str) -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], env=environment(), capture_output=True, check=True)
        return time.perf_counter() - began

    pairs = [
        (seconds("-c", "import pydantic, typer, rich"), seconds("-m", "orderguard", "check", str(example)))
        for _ in range(5)
    ]
    imports, check = (min(times) for times in zip(*pairs, strict=True))

    assert check <= 3 * imports
