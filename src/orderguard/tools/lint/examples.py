"""Limits of a rule that its examples leave untried."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from orderguard.facts.definition import Fact
from orderguard.rulebook.conditions import Compare, Op, format_value, leaves
from orderguard.tools.grid import in_range, step_of
from orderguard.tools.lint.problem import LintProblem
from orderguard.tools.lint.subject import Subject

Number = int | Decimal
_BELOW = (Op.AT_LEAST, Op.LESS_THAN)
_ABOVE = (Op.AT_MOST, Op.MORE_THAN)


def untried_limits(subject: Subject) -> Iterator[LintProblem]:
    """Each limit without an example exactly at it, or without one at most a step beyond it."""
    seen: set[tuple[str, int, Number]] = set()
    for slot in subject.slots:
        for leaf in leaves(slot.condition):
            if not isinstance(leaf, Compare) or isinstance(leaf.value, bool | str):
                continue
            fact = subject.vocabulary[leaf.fact]
            for side in _sides(leaf.op):
                if (leaf.fact, side, leaf.value) in seen:
                    continue
                seen.add((leaf.fact, side, leaf.value))
                if not _is_tried(subject, fact, leaf.value, side):
                    place = "at" if not side else "just below" if side < 0 else "just above"
                    text = f"no example has {fact.label} {place} {format_value(fact, leaf.value)}"
                    yield subject.problem(
                        "missing-boundary-example", ("examples",), f"{text} (`{fact.name}`)"
                    )


def _sides(op: Op) -> tuple[int, ...]:
    """Where examples have to stand: 0 at the limit, -1 and 1 beside it, where the comparison turns."""
    if op in _BELOW:
        return (0, -1)
    return (0, 1) if op in _ABOVE else (0, -1, 1)


def _is_tried(subject: Subject, fact: Fact, limit: Number, side: int) -> bool:
    step = step_of(fact, limit)
    if side and not in_range(fact, limit + side * step):
        return True
    values = [example.facts.get(fact.name) for example in subject.rule.examples]
    numbers = [value for value in values if value is not None and not isinstance(value, bool | str)]
    if not side:
        return limit in numbers
    return any(0 < (Decimal(value) - Decimal(limit)) * side <= step for value in numbers)
