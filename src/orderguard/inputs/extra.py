"""What needs an extra such as `orderguard[batch]`, and the one line that says so."""

from __future__ import annotations

import importlib
from typing import Any


class MissingExtraError(Exception):
    """A library is not installed; the text names the extra that brings it."""


def batch_library(name: str, purpose: str) -> Any:
    """A module that `orderguard[batch]` brings; see `library_of`."""
    return library_of("batch", name, purpose)


def library_of(extra: str, name: str, purpose: str) -> Any:
    """A module that an extra brings.

    Args:
        extra: the name of the extra.
        name: the module.
        purpose: what cannot be done without it, as the beginning of a sentence.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingExtraError(f"{purpose} needs more: pip install 'orderguard[{extra}]'") from None
