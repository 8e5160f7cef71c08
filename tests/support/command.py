"""The real command, run in a process of its own with a limit of time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

TIMEOUT = 120
NOISE = {"COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM", "PYTHONIOENCODING", "ORDERGUARD_KEY", "PYTHONPATH"}
MAIN = "\nfrom orderguard.cli import main\nmain()\n"


def start(
    *arguments: str | Path,
    environment: Mapping[str, str] | None = None,
    before: str | None = None,
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start `orderguard` with arguments.

    Args:
        arguments: the arguments.
        environment: changes to the environment.
        before: Python that runs in the process before the command.
        folder: the working directory.
    """
    program = ["-m", "orderguard"] if before is None else ["-c", before + MAIN]
    kept = {key: value for key, value in os.environ.items() if key not in NOISE}
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return subprocess.Popen(
        [sys.executable, *program, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**kept, "PYTHONPATH": path, **(environment or {})},
        cwd=folder,
    )


def end(process: subprocess.Popen[bytes], timeout: float = TIMEOUT) -> subprocess.CompletedProcess[bytes]:
    """Wait for a process; one that takes too long is killed.

    Raises:
        TimeoutExpired: it took too long; what it wrote is in the error.
    """
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired as error:
        process.kill()
        error.stdout, error.stderr = process.communicate()
        raise
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def run(*arguments: str | Path, timeout: float = TIMEOUT, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run `orderguard` with arguments; the options are those of `start`."""
    return end(start(*arguments, **options), timeout)


def documents_in(lines: bytes) -> list[dict[str, Any]]:
    """The JSON documents of lines."""
    return [json.loads(line) for line in lines.splitlines()]


def write_lines(path: Path, lines: Sequence[str | bytes]) -> Path:
    """Write a file of lines."""
    path.write_bytes(b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines))
    return path
