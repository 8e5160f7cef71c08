"""How much a level weighs, and rules with other weights than their file gives them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from orderguard.rulebook.pack import SEVERITY_RANK, Level, Rule, Severity


class Weight(NamedTuple):
    """A severity, and whether a named pharmacist may release the order in spite of it."""

    severity: Severity
    overridable: bool = False

    @property
    def rank(self) -> tuple[int, bool]:
        """Less for what is stricter: block, overridable block, warn, info."""
        return SEVERITY_RANK[self.severity], self.overridable

    def __str__(self) -> str:
        return f"{self.severity} (can be overridden)" if self.overridable else self.severity.value


def weight_of(level: Level) -> Weight:
    """The weight of a level."""
    return Weight(level.severity, level.overridable)


def raised(rule: Rule, weight: Weight) -> Rule:
    """The rule with no level milder than a weight."""
    return _weighed(rule, lambda own: min(own, weight, key=lambda either: either.rank))


def lowered(rule: Rule, weight: Weight) -> Rule:
    """The rule with no level stricter than a weight."""
    return _weighed(rule, lambda own: max(own, weight, key=lambda either: either.rank))


def weights_text(rule: Rule) -> str:
    """The weights of a rule's levels, each once, such as `block, warn`."""
    return ", ".join(dict.fromkeys(str(weight_of(level)) for level in rule.levels))


def _weighed(rule: Rule, change: Callable[[Weight], Weight]) -> Rule:
    levels = tuple(_level(level, change(weight_of(level))) for level in rule.levels)
    return rule if levels == rule.levels else replace(rule, levels=levels)


def _level(level: Level, weight: Weight) -> Level:
    if weight == weight_of(level):
        return level
    return replace(level, severity=weight.severity, overridable=weight.overridable)
