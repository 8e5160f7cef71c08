"""Plain text for people: wrapped, never cut off, in colour only where a terminal shows it."""

from __future__ import annotations

import io
import os
import sys
import textwrap

from rich.console import Console
from rich.text import Text

from orderguard.output import printable

MAX_WIDTH = 100
MIN_WIDTH = 40
MAX_HANG = 16

_STYLES = {
    "verified": "bold green",
    "hold": "bold yellow",
    "reject": "bold red",
    "invalid": "bold red",
    "block": "red",
    "warn": "yellow",
    "info": "cyan",
}


class Page:
    """Collects paragraphs, as wide as the terminal within limits (80 columns where there is none)."""

    def __init__(self) -> None:
        colour = _shows_colour()
        self._buffer = io.StringIO()
        self._console = Console(
            file=self._buffer,
            force_terminal=colour,
            color_system="standard" if colour else None,
            highlight=False,
            emoji=False,
            markup=False,
            legacy_windows=False,
        )
        self._width = max(MIN_WIDTH, min(MAX_WIDTH, self._console.width))

    def put(self, *words: str, indent: int = 0, hang: int = 0) -> None:
        """Add a paragraph; its lines after the first are indented by `hang` more."""
        lines = textwrap.wrap(
            printable("".join(words)),
            self._width,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hang),
            break_on_hyphens=False,
        )
        for number, line in enumerate(lines):
            text = Text(line)
            if number == 0:
                self._colour(text, words, indent)
            self._console.print(text, soft_wrap=True)

    def line(self, text: str) -> None:
        """Add one line as it is, however long: a place in a file that programs may follow."""
        self._console.print(Text(printable(text)), soft_wrap=True)

    def field(self, name: str, value: str, indent: int = 2) -> None:
        """Add a paragraph that begins with its name; under a short name the value forms a column."""
        hang = len(name) + 2
        self.put(f"{name}: ", value, indent=indent, hang=hang if hang <= MAX_HANG else 2)

    def blank(self) -> None:
        """Add an empty line."""
        self._console.print()

    def take(self) -> str:
        """What was added since the last time."""
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return text

    @staticmethod
    def _colour(line: Text, words: tuple[str, ...], start: int) -> None:
        """Colour those words of a first line that have a colour."""
        for word in words:
            style = _STYLES.get(word.strip())
            if style:
                line.stylize(style, start, start + len(word.rstrip()))
            start += len(word)


def _shows_colour() -> bool:
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    return on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
