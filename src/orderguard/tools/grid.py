"""The boundary grid of a rule: facts on which everything that it can say is said.

For each fact that a rule uses, the values of the fact fall into classes: two values are in one class when no
comparison of the rule tells them apart. "Not known" is a class of its own. The grid joins the classes of all
facts, so two rules that answer alike on a grid of both answer alike on all facts.

The levels of a rule are joined only where they share facts. Levels that share none are looked at one after
the other while the others are as quiet as they can be. That loses nothing: the worst level speaks for the
rule, so what a level says is heard best when the others are quiet.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TypeAlias

from orderguard.engine.reference import outcome_of
from orderguard.facts.definition import Fact, FactValue, Kind
from orderguard.facts.vocabulary import Vocabulary
from orderguard.rulebook.conditions import ORDER_SCOPE, Compare, Condition, Leaf, OneOf, Op, leaves
from orderguard.rulebook.pack import (
    SEVERITY_RANK,
    Level,
    Outcome,
    Question,
    Rule,
    Severity,
    questions_of,
    worst_level,
)

Facts: TypeAlias = dict[str, FactValue]
Answer: TypeAlias = tuple[Outcome, int | None]
"""The outcome of a rule, and the index of the level that has the finding."""

MAX_POINTS = 200_000
_EXACT = Context(prec=60)
_TWO = Decimal(2)
_FINDINGS = (Outcome.VIOLATED, Outcome.NOT_EVALUATED)


class GridTooLargeError(ValueError):
    """A rule whose grid has more points than can be looked at."""


class RuleJudge:
    """Judges facts by one rule: the reference meaning, without an engine.

    Args:
        rule: the rule.
        vocabulary: the facts that rules may use.
    """

    def __init__(self, rule: Rule, vocabulary: Vocabulary) -> None:
        self.rule = rule
        self._count_fact = vocabulary.scopes[rule.scope].count_fact
        questions = questions_of(rule, vocabulary)
        self._of_item = tuple(q for q in questions if not q.about_count)
        self._of_list = tuple(q for q in questions if q.about_count)

    def __call__(self, facts: Mapping[str, FactValue | None]) -> Answer:
        """The answer on one item, or on the list of the rule's scope where its count is 0."""
        questions = self.questions(facts)
        if len(questions) == 1:
            # The only level speaks; this is by far the most frequent case.
            outcome = outcome_of(questions[0], facts)
            return outcome, 0 if outcome in _FINDINGS else None
        return worst_level(self.rule, (outcome_of(q, facts) for q in questions))

    def questions(self, facts: Mapping[str, FactValue | None]) -> tuple[Question, ...]:
        """What is asked of these facts: one question for each level."""
        empty = self._count_fact is not None and facts.get(self._count_fact) == 0
        return self._of_list if empty else self._of_item


def rule_outcome(rule: Rule, facts: Mapping[str, FactValue | None], vocabulary: Vocabulary) -> Answer:
    """The outcome of a rule on facts, and the index of the level that has the finding.

    The facts are those of the order and of one item. Where they say that the list of the rule's scope is
    empty (its count is 0), the rule is asked about the empty list, as it is for such an order.
    """
    return RuleJudge(rule, vocabulary)(facts)


def verdict_of(rule: Rule, answer: Answer) -> tuple[Outcome, Severity | None, bool]:
    """What an order's verdict shows of an answer: the outcome, its severity, whether it can be overridden."""
    outcome, index = answer
    if index is None:
        return outcome, None, False
    return outcome, rule.levels[index].severity, rule.levels[index].overridable


class Grid:
    """The points of a rule: facts, one mapping for each; a fact that is not known is left out.

    A rule and a variant of it that differs in the levels of one part (levels linked by shared facts) answer
    alike on all facts if they answer alike on all points of a grid that knows both.

    Args:
        rule: the rule.
        vocabulary: the facts that rules may use.
        variants: further rules on the same scope, such as mutants, whose limits the grid also resolves.
        wordings: whether the conditions of the wordings count too.
        bound: the most points.

    Attributes:
        classes: for each fact one value for each class, in order, None (not known) last.

    Raises:
        GridTooLargeError: there are more points than `bound`.
    """

    def __init__(
        self,
        rule: Rule,
        vocabulary: Vocabulary,
        variants: Iterable[Rule] = (),
        *,
        wordings: bool = False,
        bound: int = MAX_POINTS,
    ) -> None:
        self.rule = rule
        self._vocabulary = vocabulary
        self._judge = RuleJudge(rule, vocabulary)
        self._count_fact = vocabulary.scopes[rule.scope].count_fact
        levels = [level for each in (rule, *variants) for level in each.levels]
        conditions = [_conditions(level, wordings=wordings) for level in levels]
        self.classes = _classes_by_fact(conditions, vocabulary, self._count_fact)
        self._of_item = self._linked(conditions, empty=False)
        self._of_list = self._linked(conditions, empty=True) if self._count_fact is not None else ()
        self.size = sum(part.size for part in (*self._of_item, *self._of_list))
        if self.size > bound:
            raise GridTooLargeError(
                f"the grid of `{rule.id}` has {self.size:,} points; {bound:,} are allowed"
            )

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Facts]:
        yield from self._points(self._of_item, {})
        if self._count_fact is not None:
            yield from self._points(self._of_list, {self._count_fact: 0})

    def _linked(self, conditions: Sequence[tuple[Condition, ...]], *, empty: bool) -> tuple[_Part, ...]:
        """The parts: facts that are used together, each with its classes."""
        groups: list[set[str]] = []
        for level in conditions:
            names = {leaf.fact for condition in level for leaf in leaves(condition)}
            if empty:
                names = {name for name in names if self._vocabulary[name].scope == ORDER_SCOPE}
            touched = [group for group in groups if group & names]
            groups = [group for group in groups if not group & names] + [names.union(*touched)]
        return tuple(self._part(group, empty=empty) for group in groups)

    def _part(self, names: set[str], *, empty: bool) -> _Part:
        # The number of items is 0 for the empty list alone, and then it is nothing else.
        kept = [name for name in self.classes if name in names and not (empty and name == self._count_fact)]
        columns = []
        for name in kept:
            values = self.classes[name]
            columns.append(tuple(v for v in values if v != 0) if name == self._count_fact else values)
        return _Part(tuple(kept), tuple(columns))

    def _points(self, parts: Sequence[_Part], fixed: Facts) -> Iterator[Facts]:
        if len(parts) == 1:
            yield from ({**point, **fixed} for point in parts[0])
            return
        quiet = [self._quietest(part, parts, fixed) for part in parts]
        for index, part in enumerate(parts):
            around = dict(fixed)
            for other in (*quiet[:index], *quiet[index + 1 :]):
                around.update(other)
            yield from ({**point, **around} for point in part)

    def _quietest(self, part: _Part, parts: Sequence[_Part], fixed: Facts) -> Facts:
        """The point of a part on which the levels that use its facts say least."""
        names = set(part.names)
        foreign = {name for other in parts if other is not part for name in other.names}
        own = [
            index
            for index, level in enumerate(self.rule.levels)
            if not foreign & {leaf.fact for condition in level.conditions for leaf in leaves(condition)}
        ]
        if not own or not names:
            return {}

        def loudness(point: Facts) -> tuple[int, ...]:
            facts = {**point, **fixed}
            questions = self._judge.questions(facts)
            return max(_loudness(self.rule.levels[i], i, outcome_of(questions[i], facts)) for i in own)

        return min(part, key=loudness)


@dataclass(frozen=True)
class _Part:
    """Facts whose classes are joined with each other."""

    names: tuple[str, ...]
    columns: tuple[tuple[FactValue | None, ...], ...]

    @property
    def size(self) -> int:
        return math.prod(len(column) for column in self.columns)

    def __iter__(self) -> Iterator[Facts]:
        for values in itertools.product(*self.columns):
            yield {n: v for n, v in zip(self.names, values, strict=True) if v is not None}


def _loudness(level: Level, index: int, outcome: Outcome) -> tuple[int, ...]:
    """The rank of a level's outcome among those of a rule, as `worst_level` ranks them; greater speaks."""
    if outcome is Outcome.NOT_APPLICABLE:
        return (0,)
    if outcome is Outcome.CLEARED:
        return (1,)
    return (2, -SEVERITY_RANK[level.severity], int(outcome is Outcome.VIOLATED), -index)


def _conditions(level: Level, *, wordings: bool) -> tuple[Condition, ...]:
    more = tuple(wording.when for wording in level.wording) if wordings else ()
    return (*level.conditions, *more)


# -- values of one fact ------------------------------------------------------------------------------------


def _classes_by_fact(
    conditions: Iterable[Iterable[Condition]], vocabulary: Vocabulary, count_fact: str | None
) -> dict[str, tuple[FactValue | None, ...]]:
    by_fact: dict[str, dict[Leaf, None]] = {}
    for level in conditions:
        for condition in level:
            for leaf in leaves(condition):
                by_fact.setdefault(leaf.fact, {})[leaf] = None
    if count_fact is not None and count_fact in by_fact:
        # Whether there is an item is asked of every rule over a list, whatever its conditions compare.
        by_fact[count_fact][Compare(count_fact, Op.AT_MOST, 0)] = None
    return {name: (*classes_of(vocabulary[name], tuple(found)), None) for name, found in by_fact.items()}


def classes_of(fact: Fact, compared: Sequence[Leaf]) -> tuple[FactValue, ...]:
    """One known value for each way in which comparisons of a fact can hold together, the nearest to a limit.

    Args:
        fact: the fact.
        compared: comparisons of this fact.
    """
    limits = limits_of(compared)
    chosen: dict[tuple[bool | None, ...], FactValue] = {}
    for value in sorted(candidates_of(fact, limits), key=lambda v: _far(v, limits)):
        chosen.setdefault(tuple(leaf.truth({fact.name: value}) for leaf in compared), value)
    order = {value: place for place, value in enumerate(fact.words)}
    return tuple(sorted(chosen.values(), key=lambda v: order[v] if isinstance(v, str) else v))


def limits_of(compared: Iterable[Leaf]) -> tuple[FactValue, ...]:
    """The constants of comparisons, each once, in written order."""
    found: dict[FactValue, None] = {}
    for leaf in compared:
        found.update(dict.fromkeys(leaf.words if isinstance(leaf, OneOf) else (leaf.value,)))
    return tuple(found)


def candidates_of(fact: Fact, limits: Iterable[FactValue]) -> tuple[FactValue, ...]:
    """Values of a fact among which every class has one, within the range of the fact.

    For numbers: each limit, up to two steps to both sides, and the ends of the range. For words: each limit
    and one other word.
    """
    if fact.kind is Kind.BOOLEAN:
        return (True,) if fact.never_false else (False, True)
    if fact.kind is Kind.WORD:
        used = [word for word in fact.words if word in set(limits)]
        return (*used, *[word for word in fact.words if word not in used][:1])
    numbers = sorted(limit for limit in limits if isinstance(limit, int | Decimal))
    found: set[int | Decimal] = set()
    for limit in numbers:
        step = step_of(fact, limit)
        found.update(_sum(fact, limit, step * count) for count in (-2, -1, 0, 1, 2))
    if fact.kind is Kind.DECIMAL:
        # Limits may lie closer together than a step.
        found.update(_EXACT.divide(_EXACT.add(a, b), _TWO) for a, b in itertools.pairwise(numbers))
    # The range may end less than a step from a limit.
    found.update(edge for edge in (fact.lowest, fact.highest) if edge is not None)
    return tuple(sorted(value for value in found if in_range(fact, value)))


def step_of(fact: Fact, limit: int | Decimal) -> int | Decimal:
    """The least step at a limit: 1, or one unit of the last decimal place that the limit is written with."""
    if fact.kind is not Kind.DECIMAL:
        return 1
    exponent = _EXACT.normalize(Decimal(limit)).as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101
    return Decimal(1).scaleb(min(exponent, 0))


def in_range(fact: Fact, value: int | Decimal) -> bool:
    """Whether a number can be measured as the fact."""
    above = fact.lowest is None or value >= fact.lowest
    return above and (fact.highest is None or value <= fact.highest)


def _sum(fact: Fact, limit: int | Decimal, distance: int | Decimal) -> int | Decimal:
    if fact.kind is Kind.DECIMAL:
        return _EXACT.normalize(_EXACT.add(Decimal(limit), Decimal(distance)))
    return int(limit) + int(distance)


def _far(value: FactValue, limits: Iterable[FactValue]) -> Decimal:
    """How far a number lies from the nearest limit; words and booleans keep their order."""
    if isinstance(value, bool | str):
        return Decimal(0)
    exact = Decimal(value)
    return min(abs(exact - Decimal(limit)) for limit in limits if not isinstance(limit, str))
