"""The real command in a process of its own that need not import anything: a fork of one that has.

Starting Python and importing what a command needs takes longer than most commands. So one process, which the
first command starts, imports what `orderguard check` and `orderguard rules` import, and forks for each
command. Arguments, environment, folder, standard streams, exit code and the way in which the process ends are
those of `python -m orderguard`; what Python reads when it starts (`PYTHON...`, the locale) cannot be changed.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, Any

_READ_WHEN_PYTHON_STARTS = ("PYTHON", "LC_", "LANG")
_IMPORTED_BEFORE = (
    "orderguard.check_command",
    "orderguard.cli",
    "orderguard.cli_rules",
    "orderguard.decision_log",
    "orderguard.engine.judge",
    "orderguard.explaining",
    "orderguard.resume",
    "orderguard.rulebook.load",
    "orderguard.rulebook.store",
    "orderguard.verifier",
    "pydantic.type_adapter",
    "structlog",
)
_LONGEST_REQUEST = 2**20


def needs_a_start(changes: Mapping[str, str]) -> bool:
    """Whether changes of the environment have an effect only on a Python that starts with them."""
    return any(name.startswith(_READ_WHEN_PYTHON_STARTS) for name in changes)


def run_forked(
    arguments: Sequence[str | Path],
    *,
    environment: Mapping[str, str],
    stdin: bytes = b"",
    timeout: float,
    cwd: str | Path | None = None,
    stdout: IO[bytes] | None = None,
    stderr: IO[bytes] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run `orderguard` with arguments and get what it wrote.

    Args:
        arguments: what stands after `orderguard`.
        environment: its whole environment.
        stdin: what its standard input gives.
        timeout: seconds that it may take; one that takes longer is killed.
        cwd: its folder.
        stdout: where its standard output goes, if it is not to be kept.
        stderr: where its standard error goes, if it is not to be kept.

    Raises:
        TimeoutExpired: it took too long.
    """
    command = [*map(str, arguments)]
    request = {"arguments": command, "environment": dict(environment), "folder": str(cwd or Path.cwd())}
    given, written, complained, ended = (os.pipe() for _ in range(4))
    theirs = (given[0], written[1], complained[1], ended[1])
    streams = (
        theirs[0],
        theirs[1] if stdout is None else stdout.fileno(),
        theirs[2] if stderr is None else stderr.fileno(),
        theirs[3],
    )
    socket.send_fds(_forking(), [json.dumps(request).encode()], streams)
    for end in theirs:
        os.close(end)
    kept: dict[str, bytes] = {}
    threads = [
        threading.Thread(target=_give, args=(given[1], stdin)),
        threading.Thread(target=_keep, args=(written[0], kept, "stdout")),
        threading.Thread(target=_keep, args=(complained[0], kept, "stderr")),
    ]
    for thread in threads:
        thread.start()
    with os.fdopen(ended[0], "rb", buffering=0) as report:
        too_long = threading.Event()
        limit = threading.Timer(timeout, _kill, (int(report.readline()), too_long))
        limit.start()
        code = int(report.readline())
        limit.cancel()
    for thread in (*threads, limit):
        thread.join()
    if too_long.is_set():
        raise subprocess.TimeoutExpired(command, timeout, kept["stdout"], kept["stderr"])
    return subprocess.CompletedProcess(command, code, kept["stdout"], kept["stderr"])


def _give(end: int, text: bytes) -> None:
    # A command may end before it has read everything.
    with contextlib.suppress(BrokenPipeError), os.fdopen(end, "wb") as stream:
        stream.write(text)


def _keep(end: int, kept: dict[str, bytes], name: str) -> None:
    with os.fdopen(end, "rb") as stream:
        kept[name] = stream.read()


def _kill(process: int, too_long: threading.Event) -> None:
    too_long.set()
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


@cache
def _forking() -> socket.socket:
    """The process that forks, at the other end of this socket; it ends with this process."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        # -P: what is imported does not come from the folder of this file.
        command = [sys.executable, "-P", __file__, str(theirs.fileno())]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])
    # What is closed first is registered last.
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


def _fork_for_each_request(requests: socket.socket) -> None:
    """Come back in each process that is to be the command, and in the forking one at the end."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that wait for commands
    while True:
        text, streams, _, _ = socket.recv_fds(requests, _LONGEST_REQUEST, 4)
        if not text:
            return
        if os.fork() == 0:
            requests.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            ended = streams.pop()
            process = os.fork()
            if process == 0:
                os.close(ended)
                _become(json.loads(text), streams)
                return
            os.write(ended, b"%d\n" % process)
            for stream in streams:
                os.close(stream)
            code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
            os.write(ended, b"%d\n" % code)
            os._exit(0)
        for stream in streams:
            os.close(stream)


def _become(request: dict[str, Any], streams: list[int]) -> None:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    sys.path.insert(0, request["folder"])
    sys.argv[1:] = request["arguments"]
    runpy.run_module("orderguard", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    from orderguard.process import prepare_process

    prepare_process()
    for name in _IMPORTED_BEFORE:
        import_module(name)
    _fork_for_each_request(socket.socket(fileno=int(sys.argv[1])))
