"""What needs `orderguard[batch]`, and the one line that says so."""

from __future__ import annotations

import importlib
from typing import Any


class MissingExtraError(Exception):
    """A library is not installed; the text names the extra that brings it."""


def batch_library(name: str, purpose: str) -> Any:
    """A module that `orderguard[batch]` brings.

    Args:
        name: the module.
        purpose: what cannot be done without it, as the beginning of a sentence.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingExtraError(f"{purpose} needs more: pip install 'orderguard[batch]'") from None
