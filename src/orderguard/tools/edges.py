"""The places at a limit where examples have to stand: exactly at it, and just beyond it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from orderguard.facts.definition import Fact, FactValue
from orderguard.facts.vocabulary import Vocabulary
from orderguard.rulebook.conditions import Compare, Condition, Op, leaves
from orderguard.tools.grid import in_range, step_of

_BELOW = (Op.AT_LEAST, Op.LESS_THAN)
_ABOVE = (Op.AT_MOST, Op.MORE_THAN)


@dataclass(frozen=True)
class Edge:
    """A place at a limit of a fact.

    Attributes:
        fact: the fact.
        limit: the limit.
        side: 0 at the limit, -1 just below it, 1 just above it: at most a step away.
    """

    fact: Fact
    limit: int | Decimal
    side: int

    @property
    def is_possible(self) -> bool:
        """Whether the fact has a value there."""
        return in_range(self.fact, self.limit + self.side * step_of(self.fact, self.limit))

    def holds(self, value: FactValue | None) -> bool:
        """Whether a value stands there."""
        if value is None or isinstance(value, bool | str):
            return False
        distance = Decimal(value) - Decimal(self.limit)
        return distance == 0 if not self.side else 0 < distance * self.side <= step_of(self.fact, self.limit)


def edges_of(condition: Condition, vocabulary: Vocabulary) -> Iterator[Edge]:
    """The places at each limit of a condition where its comparison turns."""
    for leaf in leaves(condition):
        if isinstance(leaf, Compare) and not isinstance(leaf.value, bool | str):
            for side in _sides(leaf.op):
                yield Edge(vocabulary[leaf.fact], leaf.value, side)


def _sides(op: Op) -> tuple[int, ...]:
    if op in _BELOW:
        return (0, -1)
    return (0, 1) if op in _ABOVE else (0, -1, 1)
