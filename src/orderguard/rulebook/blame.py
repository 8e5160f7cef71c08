"""Which facts decide the truth of a condition: those that a finding shows as evidence or names as missing."""

from __future__ import annotations

from collections.abc import Iterable

from orderguard.rulebook.conditions import AllOf, AnyOf, Condition, Facts, Not


def deciding_facts(condition: Condition, facts: Facts) -> tuple[str, ...]:
    """The facts that make a condition true, false or unknown, each once, in written order.

    Of an `all` that is false only the false parts decide, of one that is unknown only the unknown parts; and
    so on for `any`.
    """
    return tuple(dict.fromkeys(_deciding(condition, facts)))


def _deciding(condition: Condition, facts: Facts) -> Iterable[str]:
    if isinstance(condition, Not):
        return _deciding(condition.item, facts)
    if isinstance(condition, AllOf | AnyOf):
        truth = condition.truth(facts)
        everything = truth is isinstance(condition, AllOf)
        return [
            name
            for item in condition.items
            if everything or item.truth(facts) is truth
            for name in _deciding(item, facts)
        ]
    return [condition.fact]
