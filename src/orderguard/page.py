"""Plain text for people: wrapped, never cut off, in colour only where a terminal shows it."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Callable
from typing import NamedTuple

from orderguard.output import printable

MAX_WIDTH = 100
MIN_WIDTH = 40
MAX_HANG = 16

_WITHOUT_TERMINAL = (80, 24)

_STYLES = {
    "verified": "bold green",
    "hold": "bold yellow",
    "reject": "bold red",
    "invalid": "bold red",
    "block": "red",
    "warn": "yellow",
    "info": "cyan",
}


Paint = Callable[[str, str], str]
"""Puts a style on a text."""


class Look(NamedTuple):
    """How text looks: its width in columns, and whether it is in colour."""

    width: int
    colour: bool

    @classmethod
    def of_output(cls) -> Look:
        """As standard output shows it: as wide as a terminal within limits, 80 columns without one."""
        columns = shutil.get_terminal_size(_WITHOUT_TERMINAL).columns
        return cls(max(MIN_WIDTH, min(MAX_WIDTH, columns)), _shows_colour())

    @classmethod
    def of_file(cls) -> Look:
        """As it stands in a file."""
        return cls(_WITHOUT_TERMINAL[0], colour=False)


class Page:
    """Collects paragraphs.

    Args:
        look: how they look; None: as standard output shows it.
    """

    def __init__(self, look: Look | None = None) -> None:
        look = look or Look.of_output()
        self._lines: list[str] = []
        self._paint = _painter() if look.colour else None
        self._width = look.width

    def put(self, *words: str, indent: int = 0, hang: int = 0) -> None:
        """Add a paragraph; its lines after the first are indented by `hang` more."""
        lines = textwrap.wrap(
            printable("".join(words)),
            self._width,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hang),
            break_on_hyphens=False,
        )
        if self._paint and lines:
            lines[0] = _painted(lines[0], words, indent, self._paint)
        self._lines += lines

    def line(self, text: str) -> None:
        """Add one line as it is, however long: a place in a file that programs may follow."""
        self._lines.append(printable(text))

    def field(self, name: str, value: str, indent: int = 2) -> None:
        """Add a paragraph that begins with its name; under a short name the value forms a column."""
        hang = len(name) + 2
        self.put(f"{name}: ", value, indent=indent, hang=hang if hang <= MAX_HANG else 2)

    def blank(self) -> None:
        """Add an empty line."""
        self._lines.append("")

    def take(self) -> str:
        """What was added since the last time."""
        text = "".join(f"{line}\n" for line in self._lines)
        self._lines.clear()
        return text


def _painted(line: str, words: tuple[str, ...], start: int, paint: Paint) -> str:
    """The first line of a paragraph with those of its words in colour that have a style."""
    parts = [line[:start]]
    for word in words:
        shown = line[start : start + len(word)]
        text = shown.rstrip()
        style = _STYLES.get(word.strip())
        parts += [paint(style, text), shown[len(text) :]] if style else [shown]
        start += len(word)
    return "".join((*parts, line[start:]))


def _painter() -> Paint:
    # Only a terminal needs what knows how colours are written.
    from rich.color import ColorSystem
    from rich.style import Style

    return lambda style, text: Style.parse(style).render(text, color_system=ColorSystem.STANDARD)


def _shows_colour() -> bool:
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    return on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
