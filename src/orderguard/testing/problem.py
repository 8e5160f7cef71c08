"""What a feature file does wrong, said so that its author can put it right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class StepError(Exception):
    """A step that cannot be carried out, or a statement that does not hold."""


def nearest(text: str, candidates: Iterable[str]) -> str:
    """A question naming the candidates that look like a text; empty when none does."""
    found = difflib.get_close_matches(text, list(dict.fromkeys(candidates)), n=3, cutoff=0.6)
    return f" Did you mean {_or(found)}?" if found else ""


def _or(texts: list[str]) -> str:
    quoted = [f"`{text}`" for text in texts]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
