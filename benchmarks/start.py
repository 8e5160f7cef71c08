"""Measures the start of the command line: checking one order against importing what it is built on.

    python benchmarks/start.py [--rounds N]

Both are run once before they are measured, with bytecode and compiled rules in folders of their own, as an
installed package has them. The best of several interleaved rounds counts.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLE = Path(__file__).parent.parent / "examples" / "lemtrada-course-1.json"
IMPORTS = "import pydantic, typer, rich"


def seconds(environment: dict[str, str], *arguments: str) -> float:
    """How long a Python process with these arguments takes."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=True)
    return time.perf_counter() - started


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=12)
    rounds = parser.parse_args().rounds
    check = ("-m", "orderguard", "check", str(EXAMPLE), "--log", os.devnull)
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "ORDERGUARD_CACHE": f"{folder}/rules",
            "PYTHONPYCACHEPREFIX": f"{folder}/bytecode",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        commands = {"imports": ("-c", IMPORTS), "check": check}
        for arguments in commands.values():
            seconds(environment, *arguments)
        best = dict.fromkeys(commands, float("inf"))
        for _ in range(rounds):
            for name, arguments in commands.items():
                best[name] = min(best[name], seconds(environment, *arguments))
        cold = seconds({**environment, "ORDERGUARD_CACHE": ""}, *check)
    print(f"python -c '{IMPORTS}'       {best['imports'] * 1000:7.0f} ms")
    print(f"orderguard check ONE-ORDER           {best['check'] * 1000:7.0f} ms")
    print(f"the same without compiled rules kept {cold * 1000:7.0f} ms")
    print(f"check : imports  {best['check'] / best['imports']:.2f}")


if __name__ == "__main__":
    main()
