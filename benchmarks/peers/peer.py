"""What a peer does in the contest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from translation import Item


class Peer(Protocol):
    """A rule engine that was given the parts of a pack.

    Attributes:
        name: what the tables call it.
        package: the distribution that it comes in.
        how: how it is used.
        decimals: what becomes of decimals.
    """

    name: str
    package: str
    how: str
    decimals: str

    def given(self, items: Sequence[Item]) -> Any:
        """The facts of items as the peer takes them; timed by itself."""
        ...

    def judge(self, given: Any) -> Any:
        """The peer's own answer; this is what is timed."""
        ...

    def rest(self) -> None:
        """Between rounds: whatever it needs to stay fast; not timed."""
        ...

    def numbers(self, answer: Any) -> list[list[int]]:
        """The answer as numbers, one for each question of each item; not timed."""
        ...
