"""Streams for decision logs."""

from __future__ import annotations

from typing import NoReturn


class Nowhere:
    """Takes lines and drops them."""

    def write(self, _text: str, /) -> None:
        """Take a line."""

    def flush(self) -> None:
        """There is nothing to hand over."""


class Broken:
    """Fails when something is written to it."""

    def write(self, _text: str, /) -> NoReturn:
        """Fail as a full disk does.

        Raises:
            OSError: always.
        """
        raise OSError(28, "No space left on device")

    def flush(self) -> None:
        """There is nothing to hand over."""
