"""One worker process as the parent sees it. Nothing here waits for the worker."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from orderguard.workers.messages import framed, read_frames

_PIPE_BYTES = 1024 * 1024
_READ_BYTES = 1024 * 1024


class WorkerEnded(Exception):
    """A worker process is no more; the text says how it ended."""


def worker_command() -> Sequence[str]:
    """The command that starts a worker."""
    return [sys.executable, "-P", "-m", "orderguard.workers.worker"]


class WorkerProcess:
    """A worker process with its two pipes.

    Args:
        command: the command that starts it.

    Raises:
        OSError: it cannot be started.
    """

    def __init__(self, command: Sequence[str]) -> None:
        # A process group of its own keeps Ctrl-C away from it.
        self._process = subprocess.Popen(  # noqa: S603 (the command is this program's own)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)},
            process_group=0,
        )
        assert self._process.stdin is not None  # noqa: S101 (for the type checker)
        assert self._process.stdout is not None  # noqa: S101
        self.requests = self._process.stdin.fileno()
        self.answers = self._process.stdout.fileno()
        for pipe in (self.requests, self.answers):
            os.set_blocking(pipe, False)
            with contextlib.suppress(OSError):
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        self._unsent = bytearray()
        self._received = bytearray()

    @property
    def has_unsent(self) -> bool:
        """Whether the worker has not taken all that was sent."""
        return bool(self._unsent)

    def send(self, message: object) -> None:
        """Send a message, as much of it as the pipe takes; the rest goes with `send_more`."""
        self._unsent += framed(message)
        self.send_more()

    def send_more(self) -> None:
        """Send what the pipe takes of what was not sent. Of a worker that is gone, `receive` tells."""
        with contextlib.suppress(BlockingIOError, BrokenPipeError):
            while self._unsent:
                del self._unsent[: os.write(self.requests, self._unsent)]

    def receive(self) -> list[Any]:
        """The messages that have come as a whole.

        Raises:
            WorkerEnded: the worker is no more, and all its messages were taken, or one cannot be read.
        """
        ended = False
        with contextlib.suppress(BlockingIOError):
            while piece := os.read(self.answers, _READ_BYTES):
                self._received += piece
            ended = True
        try:
            messages = list(read_frames(self._received))
        except Exception:  # noqa: BLE001 (whatever is wrong with an answer, its sender is not to be trusted)
            raise WorkerEnded("it gave an answer that cannot be read") from None
        if ended and not messages:
            raise WorkerEnded(self._how_it_ended())
        return messages

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _how_it_ended(self) -> str:
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "it closed its output"
        if code >= 0:
            return f"exit code {code}"
        try:
            return f"signal {signal.Signals(-code).name}"
        except ValueError:
            return f"signal {-code}"
