"""The real command, run in a process of its own with a limit of time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from support import forked

TIMEOUT = 120
NOISE = {"COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM", "PYTHONIOENCODING", "ORDERGUARD_KEY", "PYTHONPATH"}
MAIN = "\nfrom orderguard.cli import main\nmain()\n"


def run_beside(
    *commands: Sequence[str | Path],
    environments: Sequence[Mapping[str, str]] = (),
    before: str | None = None,
    folders: Sequence[Path] = (),
    timeout: float = TIMEOUT,
) -> list[subprocess.CompletedProcess[bytes]]:
    """Run `orderguard` several times at once; forked, unless something is to be as it is when Python starts.

    Args:
        commands: the arguments of each.
        environments: changes to the environment of each.
        before: Python that runs in each process before the command.
        folders: the working directory of each.
        timeout: seconds that each may take; one that takes longer is killed.

    Raises:
        TimeoutExpired: one took too long; what it wrote is in the error.
    """
    if before is None and not any(map(forked.needs_a_start, environments)):
        return _run_forked(commands, environments, folders, timeout)
    with ExitStack() as stack:
        started = []
        for number, arguments in enumerate(commands):
            environment = environments[number] if environments else {}
            process = _start(arguments, environment, before, folders[number] if folders else None)
            started.append(stack.enter_context(process))
            stack.callback(process.kill)
        return [_end(process, timeout) for process in started]


def run(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run `orderguard` with arguments; the options are those of `run_beside`."""
    return run_beside(arguments, **options)[0]


def _run_forked(
    commands: Sequence[Sequence[str | Path]],
    environments: Sequence[Mapping[str, str]],
    folders: Sequence[Path],
    timeout: float,
) -> list[subprocess.CompletedProcess[bytes]]:
    def one(number: int) -> subprocess.CompletedProcess[bytes]:
        changes = environments[number] if environments else {}
        folder = folders[number] if folders else None
        return forked.run_forked(
            commands[number], environment={**_plain(), **changes}, cwd=folder, timeout=timeout
        )

    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(one, range(len(commands))))


def _plain() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in NOISE}


def _start(
    arguments: Sequence[str | Path], environment: Mapping[str, str], before: str | None, folder: Path | None
) -> subprocess.Popen[bytes]:
    program = ["-m", "orderguard"] if before is None else ["-c", before + MAIN]
    kept = _plain()
    if before is not None:
        # What runs before may break what compiles the rules; what it compiles is not for other tests.
        kept["ORDERGUARD_CACHE"] = ""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return subprocess.Popen(
        [sys.executable, *program, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**kept, "PYTHONPATH": path, **environment},
        cwd=folder,
    )


def _end(process: subprocess.Popen[bytes], timeout: float) -> subprocess.CompletedProcess[bytes]:
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired as error:
        process.kill()
        error.stdout, error.stderr = process.communicate()
        raise
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def documents_in(lines: bytes) -> list[dict[str, Any]]:
    """The JSON documents of lines."""
    return [json.loads(line) for line in lines.splitlines()]


def write_lines(path: Path, lines: Sequence[str | bytes]) -> Path:
    """Write a file of lines."""
    path.write_bytes(b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines))
    return path
