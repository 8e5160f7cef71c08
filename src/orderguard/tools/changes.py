"""What a change of rules changes, and whether it is milder: for what a rule says, and for rules themselves.

A change is *milder* by the following, and by nothing else. Each loosening counts, even where another rule
still holds the order.

* A decision: `reject` is stricter than `hold`, `hold` than `verified`.
* What a rule says of an order: a finding (violated or not evaluated) is stricter than none (cleared, not
  applicable, or no such rule). Between two findings the higher severity is stricter. Within one severity,
  violated is stricter than not evaluated, and what cannot be overridden is stricter than what can; a finding
  that is milder in one of the two is milder.
* A rule itself, whether an order shows it or not: a rule that is gone or switched off, and a rule of which a
  level is gone, has a lower severity or can now be overridden.

Cleared and not applicable weigh the same: a change from one to the other is neither milder nor stricter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from orderguard.facts.definition import Fact
from orderguard.findings import requirement
from orderguard.judging import Judgement
from orderguard.rulebook.pack import SEVERITY_RANK, Level, Outcome, Pack, Rule, Rulebook, Severity
from orderguard.verdict import Decision, Finding, decide, product_covered

NO_RULE = "no-rule"
_DECISIONS: tuple[Decision, ...] = ("verified", "hold", "reject")


class Direction(StrEnum):
    """Which way a change goes."""

    MILDER = "milder"
    STRICTER = "stricter"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says of an order.

    Attributes:
        outcome: violated, not-evaluated, cleared, not-applicable, or no-rule where there is no such rule.
        severity: of the finding; None without one.
        overridable: whether the finding can be overridden.
    """

    outcome: str
    severity: Severity | None = None
    overridable: bool = False


_NOTHING = Said(NO_RULE)


@dataclass(frozen=True)
class Judged:
    """What all rules say of an order, by rule, and the decision that follows."""

    decision: Decision
    said: Mapping[str, Said]

    def of(self, rule_id: str) -> Said:
        """What a rule says."""
        return self.said.get(rule_id, _NOTHING)


def judged(judgement: Judgement | None) -> Judged:
    """What a judgement says; None stands for an order that no loaded pack covers."""
    findings = (product_covered(None),) if judgement is None else judgement.findings
    said = {finding.rule: _said(finding) for finding in findings}
    if judgement is not None:
        said |= dict.fromkeys(judgement.cleared, Said(Outcome.CLEARED.value))
        said |= dict.fromkeys(judgement.not_applicable, Said(Outcome.NOT_APPLICABLE.value))
    return Judged(decide(findings), said)


def _said(finding: Finding) -> Said:
    return Said(finding.outcome, finding.severity, finding.overridable)


def decision_direction(old: Decision, new: Decision) -> Direction:
    """Which way a decision changes."""
    return _compared(_DECISIONS.index(old), _DECISIONS.index(new))


def said_direction(old: Said, new: Said) -> Direction:
    """Which way what a rule says of an order changes."""
    if old.severity is None or new.severity is None:
        return _compared(old.severity is not None, new.severity is not None)
    if old.severity is not new.severity:
        return _compared(-SEVERITY_RANK[old.severity], -SEVERITY_RANK[new.severity])
    by_outcome = _compared(old.outcome == Outcome.VIOLATED.value, new.outcome == Outcome.VIOLATED.value)
    by_override = _compared(not old.overridable, not new.overridable)
    return _joined(by_outcome, by_override)


@dataclass(frozen=True)
class RuleChange:
    """A rule that is there before and after, and reads otherwise.

    Attributes:
        rule_id: the rule.
        direction: which way its severities change.
        old_severities: of its levels; one that can be overridden has a star.
        new_severities: the same, after the change.
        old_sentence: what it asked for.
        new_sentence: what it asks for.
    """

    rule_id: str
    direction: Direction
    old_severities: str
    new_severities: str
    old_sentence: str
    new_sentence: str


@dataclass(frozen=True)
class RulesChange:
    """What changes between two directories of rules, without any order.

    Attributes:
        added: ids of rules that are there only after the change.
        removed: ids of rules that are there only before it.
        changed: rules with other severities or another sentence.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[RuleChange, ...]

    @property
    def is_milder(self) -> bool:
        """Whether a rule is gone or its severities are milder."""
        return bool(self.removed) or any(each.direction is Direction.MILDER for each in self.changed)


def rules_change(old: Rulebook, new: Rulebook) -> RulesChange:
    """Compare two rulebooks rule by rule; a rule is known by its id, in whatever pack it stands."""
    before, after = _rules(old.packs), _rules(new.packs)
    changed = []
    for rule_id in sorted(before.keys() & after.keys()):
        change = _rule_change(before[rule_id], after[rule_id], old.vocabulary, new.vocabulary)
        if change is not None:
            changed.append(change)
    return RulesChange(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(before.keys() - after.keys())),
        tuple(changed),
    )


def _rules(packs: tuple[Pack, ...]) -> dict[str, Rule]:
    return {rule.id: rule for pack in packs for rule in pack.rules}


def _rule_change(
    old: Rule, new: Rule, old_words: Mapping[str, Fact], new_words: Mapping[str, Fact]
) -> RuleChange | None:
    change = RuleChange(
        old.id,
        _levels_direction(old.levels, new.levels),
        severities(old),
        severities(new),
        requirement(old, old.levels, old_words),
        requirement(new, new.levels, new_words),
    )
    same = (change.old_severities, change.old_sentence) == (change.new_severities, change.new_sentence)
    return None if same else change


def severities(rule: Rule) -> str:
    """The severities of a rule's levels, strictest first; one that can be overridden has a star."""
    return "/".join(level.severity.value + "*" * level.overridable for level in rule.levels)


def _levels_direction(old: tuple[Level, ...], new: tuple[Level, ...]) -> Direction:
    direction = Direction.NEITHER
    for before, after in zip_longest(old, new):
        direction = _joined(direction, said_direction(_as_violated(before), _as_violated(after)))
    return direction


def _as_violated(level: Level | None) -> Said:
    """What a level says where it is violated."""
    return _NOTHING if level is None else Said(Outcome.VIOLATED.value, level.severity, level.overridable)


def _compared(old: int, new: int) -> Direction:
    """Which way a strictness goes."""
    if old == new:
        return Direction.NEITHER
    return Direction.MILDER if new < old else Direction.STRICTER


def _joined(*directions: Direction) -> Direction:
    """The direction of a change that is made of several: milder if one is."""
    for direction in (Direction.MILDER, Direction.STRICTER):
        if direction in directions:
            return direction
    return Direction.NEITHER
