"""Pages whose commands are run: each output shown is that of the command above it.

A page holds `console` blocks, each a command after `$ ` (over several lines with a backslash at their ends)
and what it prints to standard output. A block with `file=NAME` in its head is a file of the reader's.
With ORDERGUARD_UPDATE_README=1 the outputs are written anew instead.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

UPDATE = "ORDERGUARD_UPDATE_README"
WIDTH = 80
_TIMEOUT = 300
_BLOCK = re.compile(r"^```(?P<head>[^\n`]+)\n(?P<body>(?:(?!```)[^\n]*\n)*)```$", re.MULTILINE)
_COMMAND = re.compile(r"\$ (?P<command>(?:[^\n]*\\\n)*[^\n]*)\n(?P<output>(?:.*\n)*)")
_FILE = re.compile(r"\bfile=(\S+)")


@dataclass(frozen=True)
class Command:
    """A command of a page: the code that it ends with, and what the page says that it prints."""

    line: int
    command: str
    shown: str
    printed: str
    complaint: str
    code: int


def walk(page: Path, folder: Path) -> list[Command]:
    """Follow a page from top to bottom: write its files, run its commands.

    Args:
        page: the page.
        folder: where the reader stands.
    """
    text = page.read_text()
    commands = []
    for block in _BLOCK.finditer(text):
        file = _FILE.search(block["head"])
        if file is not None:
            path = folder / file[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["body"])
        elif block["head"].split()[0] == "console":
            commands.append(_run(text, block, folder))
    if os.environ.get(UPDATE):
        _renew(page, text, commands)
        return walk_again(commands)
    return commands


def walk_again(commands: list[Command]) -> list[Command]:
    """The commands of a page whose outputs were just written."""
    return [Command(c.line, c.command, c.printed, c.printed, c.complaint, c.code) for c in commands]


def _run(text: str, block: re.Match[str], folder: Path) -> Command:
    parts = _COMMAND.fullmatch(block["body"])
    assert parts is not None, f"a console block starts with `$ `: {block['body']}"
    done = subprocess.run(
        ["bash", "-c", parts["command"]],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
        check=False,
    )
    printed = "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())
    line = text.count("\n", 0, block.start()) + 1
    return Command(line, parts["command"], parts["output"], printed, done.stderr, done.returncode)


def _renew(page: Path, text: str, commands: list[Command]) -> None:
    parts = iter(commands)

    def renewed(block: re.Match[str]) -> str:
        if block["head"].split()[0] != "console":
            return block[0]
        command = next(parts)
        return f"```{block['head']}\n$ {command.command}\n{command.printed}```"

    page.write_text(_BLOCK.sub(renewed, text))


def environment() -> dict[str, str]:
    """The environment of a reader: orderguard on the path, 80 columns, no colours, no site key."""
    scripts = sysconfig.get_path("scripts")
    path = os.pathsep.join([scripts, str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "COLUMNS": str(WIDTH), "NO_COLOR": "1", "ORDERGUARD_KEY": ""}


def blocks(page: Path, language: str) -> list[str]:
    """The blocks of a language, without those that are files."""
    return [
        block["body"] for block in _BLOCK.finditer(page.read_text()) if block["head"].split() == [language]
    ]
