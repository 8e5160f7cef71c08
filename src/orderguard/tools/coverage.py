"""What the examples of rules, and order cases, reach: outcomes, and the truth of each comparison.

A comparison of `among` or `require` counts only where the level was asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from orderguard.facts.definition import FactValue
from orderguard.facts.vocabulary import Vocabulary
from orderguard.findings import ORDER_SCOPE, Judged
from orderguard.rulebook.conditions import Condition, Leaf, leaves
from orderguard.rulebook.pack import Level, Outcome, Rule
from orderguard.tools.grid import Grid, GridTooLargeError, candidates_of, limits_of
from orderguard.tools.mutants import text_of
from orderguard.tools.mutation import View
from orderguard.tools.rule_at_work import RuleAtWork
from orderguard.tools.variants import Variant

Facts = Mapping[str, FactValue | None]

_TRUTHS: Mapping[bool | None, str] = {True: "true", False: "false", None: "unknown"}
_EXPLAINED_BY: Mapping[bool | None, Outcome] = {
    True: Outcome.CLEARED,
    False: Outcome.VIOLATED,
    None: Outcome.NOT_EVALUATED,
}
"""Which outcome, if it cannot occur, explains that a comparison is never of a truth."""


@dataclass
class LeafSeen:
    """One comparison of a rule, and what it was seen as.

    Attributes:
        level: the level, from 1.
        part: `applies`, `among` or `require`.
        leaf: the comparison.
        possible: the truths that it can have.
        seen: the truths it was seen to have; None stands for unknown.
        settings: the settings with which it exists, in words; empty for the defaults.
    """

    level: int
    part: str
    leaf: Leaf
    possible: frozenset[bool | None]
    seen: set[bool | None] = field(default_factory=set)
    settings: str = ""


@dataclass
class RuleCoverage:
    """What was seen of one rule.

    Attributes:
        rule: the rule.
        outcomes: the outcomes that it was seen to have.
        leaves: its comparisons.
        can_be_not_applicable: whether there are facts on which the rule is not asked.
    """

    rule: Rule
    outcomes: set[Outcome]
    leaves: list[LeafSeen]
    can_be_not_applicable: bool = False

    def add(self, other: RuleCoverage) -> None:
        """Add what was seen of the rule with other settings."""
        self.outcomes |= other.outcomes
        self.can_be_not_applicable |= other.can_be_not_applicable
        self.leaves += other.leaves

    @property
    def wanted(self) -> list[Outcome]:
        """The outcomes that are to be seen."""
        outcomes = [Outcome.VIOLATED, Outcome.CLEARED, Outcome.NOT_EVALUATED]
        if self.can_be_not_applicable:
            outcomes.append(Outcome.NOT_APPLICABLE)
        return [outcome for outcome in outcomes if outcome not in self.rule.cannot]

    def missing(self) -> Iterator[str]:
        """What was never seen and has no reason in `cannot`."""
        for outcome in self.wanted:
            if outcome not in self.outcomes:
                yield f"the rule was never {outcome.replace('-', ' ')}"
        for each in self.leaves:
            explained = self._explained(each)
            never = [word for truth, word in _TRUTHS.items() if truth not in each.seen | explained]
            if never:
                where = f"level {each.level} {each.part} {text_of(each.leaf)}{each.settings}"
                yield f"{where} was never {' and never '.join(never)}"

    def counts(self) -> tuple[int, int]:
        """How many outcomes and truths were seen, and how many there are to be seen."""
        outcomes = [outcome in self.outcomes for outcome in self.wanted]
        truths = [
            truth in each.seen
            for each in self.leaves
            for truth in _TRUTHS
            if truth in each.seen or truth not in self._explained(each)
        ]
        return sum(outcomes) + sum(truths), len(outcomes) + len(truths)

    def _explained(self, each: LeafSeen) -> set[bool | None]:
        """The truths of a comparison that need not be seen: no value has them, or `cannot` says why."""
        return {
            truth
            for truth, outcome in _EXPLAINED_BY.items()
            if truth not in each.possible
            or (outcome in self.rule.cannot and (truth is None or each.part == "require"))
        }


def cover(
    rule: Rule, vocabulary: Vocabulary, views: Iterable[View], variants: Iterable[Variant] = ()
) -> RuleCoverage:
    """What the examples of a rule, and what it sees of order cases, reach.

    Args:
        rule: the rule.
        vocabulary: the facts that rules may use.
        views: what the rule sees of order cases.
        variants: the rule with other settings; of them the levels that the defaults leave out count.
    """
    usual = replace(rule, examples=tuple(example for example in rule.examples if not example.settings))
    found = _Watch(usual, vocabulary).coverage(views)
    for variant in variants:
        other = _Watch(variant.rule, vocabulary).coverage(())
        other.leaves = [
            replace(each, settings=variant.suffix)
            for each in other.leaves
            if each.level - 1 in variant.levels
        ]
        found.add(other)
    return found


class _Watch:
    def __init__(self, rule: Rule, vocabulary: Vocabulary) -> None:
        self._rule = rule
        self._vocabulary = vocabulary
        self._at_work = RuleAtWork(rule, vocabulary)
        self._parts = [
            (level, part, condition, [_unseen(number, part, leaf, vocabulary) for leaf in leaves(condition)])
            for number, level in enumerate(rule.levels, 1)
            for part, condition in _parts(level)
        ]
        self._outcomes: set[Outcome] = set()

    def coverage(self, views: Iterable[View]) -> RuleCoverage:
        for example in self._rule.examples:
            self._outcomes.add(example.expect)
            count_fact = self._at_work.count_fact
            empty = count_fact is not None and example.facts.get(count_fact) == 0
            self._see(example.facts, of_list=empty)
        for view in views:
            self._outcomes.add(self._at_work.of_order(view.items).outcome)
            for item in view.items:
                self._see_item(item)
        seen = [each for *_, found in self._parts for each in found]
        return RuleCoverage(self._rule, self._outcomes, seen, self._can_be_not_applicable())

    def _can_be_not_applicable(self) -> bool:
        if not self._rule.levels or any(level.applies is None for level in self._rule.levels):
            return False
        try:
            grid = Grid(self._rule, self._vocabulary)
        except GridTooLargeError:
            return True
        return any(self._at_work.of_facts(facts).outcome is Outcome.NOT_APPLICABLE for facts in grid)

    def _see_item(self, item: Judged) -> None:
        if item.scope == self._rule.scope:
            self._see(item.facts, of_list=False)
        elif item.scope == ORDER_SCOPE and self._at_work.count_fact is not None:
            self._see(item.facts, of_list=True)

    def _see(self, facts: Facts, *, of_list: bool) -> None:
        """Note the truth of each comparison that facts decide; of a list as such only that of `applies`."""
        for level, part, _, found in self._parts:
            if part != "applies":
                asked = True if level.applies is None else level.applies.truth(facts)
                if of_list or asked is False:
                    continue
            for each in found:
                each.seen.add(each.leaf.truth(facts))


def _unseen(level: int, part: str, leaf: Leaf, vocabulary: Vocabulary) -> LeafSeen:
    values = candidates_of(vocabulary[leaf.fact], limits_of([leaf]))
    truths = {leaf.truth({leaf.fact: value}) for value in values}
    return LeafSeen(level, part, leaf, frozenset((*truths, None)))


def _parts(level: Level) -> Iterator[tuple[str, Condition]]:
    for part in ("applies", "among", "require"):
        condition = getattr(level, part)
        if condition is not None:
            yield part, condition
