"""The little Markdown that the generated pages need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_MARKS = re.compile(r"([\\`*_<>\[\]|])")


def plain(text: str) -> str:
    """A text on one line in which nothing is read as Markdown."""
    return plain_part(" ".join(text.split()))


def plain_part(text: str) -> str:
    """A part of a line in which nothing is read as Markdown; its spaces stay."""
    return _MARKS.sub(r"\\\1", text)


def code(text: str) -> str:
    """A name as it stands in files, on one line."""
    return f"`{text}`"


def link(text: str, target: str) -> str:
    """A link; the text is Markdown."""
    return f"[{text}]({target})"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; head and cells are Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def items(lines: Iterable[str]) -> str:
    """A list; each line is Markdown."""
    return "\n".join(f"* {line}" for line in lines)


def page(*parts: str) -> str:
    """A page of parts with a blank line between two; empty parts are left out."""
    return "\n\n".join(part for part in parts if part) + "\n"
