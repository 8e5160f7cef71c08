"""A rule at its limits: what it says around each, and the smallest table that tells it from its mutants."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from orderguard.facts.definition import Fact, FactValue
from orderguard.facts.vocabulary import Vocabulary
from orderguard.rulebook.conditions import Compare, Leaf, OneOf, leaves
from orderguard.rulebook.pack import Example, Outcome, Pack, Rule, Severity
from orderguard.tools.edges import edges_of
from orderguard.tools.grid import (
    Facts,
    Grid,
    RuleJudge,
    candidates_of,
    in_range,
    step_of,
    verdict_of,
)
from orderguard.tools.mutants import Mutant, mutants_of

_DEFAULTS: Mapping[str, object] = {}
_ALL_POINTS = 1000
_SOME_POINTS = 30
_ENOUGH = 5
_TOLD_BY_EXAMPLES = (Outcome.VIOLATED, Outcome.CLEARED, Outcome.NOT_EVALUATED)


@dataclass(frozen=True)
class Row:
    """What a rule says of one value of a fact; None for a fact that is not known."""

    value: FactValue | None
    outcome: Outcome
    severity: Severity | None


@dataclass(frozen=True)
class Limit:
    """The values around the limits of one fact.

    Attributes:
        fact: the fact.
        limits: the constants that the rule compares it with.
        beside: the other facts, chosen so that this one matters as much as it can.
        rows: the outcome for each value.
    """

    fact: Fact
    limits: tuple[FactValue, ...]
    beside: Facts
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Case:
    """One line of the table: facts and what the rule says of them.

    Attributes:
        facts: the facts.
        outcome: the outcome of the rule.
        severity: of the level that has it; None without a finding.
        overridable: whether its finding can be overridden; None for what is no finding that blocks.
        name: the name of the example of the rule that has these facts; None for facts of the grid.
    """

    facts: Facts
    outcome: Outcome
    severity: Severity | None
    overridable: bool | None = None
    name: str | None = None


@dataclass(frozen=True)
class Table:
    """The smallest table that was found.

    Attributes:
        cases: its lines.
        mutants: how many mutants the rule has.
        noticed: how many of them the table tells from the rule.
        equivalent: those that nothing can tell from the rule.
        others: the examples of the rule that are judged with other settings; they stay as they are.
    """

    cases: tuple[Case, ...]
    mutants: int
    noticed: int
    equivalent: tuple[Mutant, ...]
    others: tuple[Example, ...] = ()


def limits_around(rule: Rule, vocabulary: Vocabulary) -> list[Limit]:
    """The values around each limit of a rule, with what the rule says of them.

    Raises:
        GridTooLargeError: the rule has too many combinations.
    """
    judge = RuleJudge(rule, vocabulary)
    points = [dict(example.facts) for example in rule.examples]
    grid = Grid(rule, vocabulary)
    if grid.size <= _ALL_POINTS:
        points += grid
    return [_limit(judge, vocabulary[name], found, points) for name, found in _leaves_by_fact(rule).items()]


def _leaves_by_fact(rule: Rule) -> dict[str, list[Leaf]]:
    found: dict[str, list[Leaf]] = {}
    for level in rule.levels:
        for condition in level.conditions:
            for leaf in leaves(condition):
                found.setdefault(leaf.fact, []).append(leaf)
    return found


def _limit(judge: RuleJudge, fact: Fact, compared: list[Leaf], points: list[Facts]) -> Limit:
    values = (*_values(fact, compared), None)
    seen: dict[tuple[tuple[str, FactValue], ...], Facts] = {}
    for point in points:
        beside = {name: value for name, value in point.items() if name != fact.name}
        seen.setdefault(tuple(sorted(beside.items(), key=lambda item: item[0])), beside)

    def telling(beside: Facts) -> tuple[int, int]:
        return len({_said(judge, _joined(beside, fact, value)) for value in values}), len(beside)

    beside = max(seen.values(), key=telling)
    rows = []
    for value in values:
        outcome, severity, _ = _said(judge, _joined(beside, fact, value))
        rows.append(Row(value, outcome, severity))
    limits = tuple(dict.fromkeys(limit for leaf in compared for limit in _constants(leaf)))
    return Limit(fact, limits, beside, tuple(rows))


def _constants(leaf: Leaf) -> tuple[FactValue, ...]:
    return leaf.words if isinstance(leaf, OneOf) else (leaf.value,)


def _values(fact: Fact, compared: list[Leaf]) -> tuple[FactValue, ...]:
    """For numbers each limit with a step to both sides; for words those used and one other."""
    numbers = [leaf.value for leaf in compared if isinstance(leaf, Compare)]
    limits = [number for number in numbers if not isinstance(number, bool | str)]
    if not limits:
        return candidates_of(fact, [constant for leaf in compared for constant in _constants(leaf)])
    around = {limit + side * step_of(fact, limit) for limit in limits for side in (-1, 0, 1)}
    return tuple(sorted(value for value in around if in_range(fact, value)))


def _joined(beside: Facts, fact: Fact, value: FactValue | None) -> Facts:
    return dict(beside) if value is None else {**beside, fact.name: value}


def _said(judge: RuleJudge, facts: Mapping[str, FactValue]) -> tuple[Outcome, Severity | None, bool | None]:
    """What an example can state of a rule on facts."""
    outcome, severity, overridable = verdict_of(judge.rule, judge(facts))
    return outcome, severity, overridable if severity is Severity.BLOCK else None


def settings_needed(pack: Pack, rule: Rule) -> dict[str, object]:
    """The words to choose so that a rule exists, where they are not those in effect."""
    return {name: word for name, word in rule.only_when.items() if pack.settings.values.get(name) != word}


# -- the smallest table --------------------------------------------------------------------------------------


def smallest_table(rule: Rule, vocabulary: Vocabulary, chosen: Mapping[str, object] = _DEFAULTS) -> Table:
    """The smallest table found whose lines tell a rule from all of its mutants.

    It also has each outcome that the rule can have, and a line at and beside each limit. An example that the
    rule has already is taken before facts of the grid that say as much.

    Args:
        rule: the rule.
        vocabulary: the facts that rules may use.
        chosen: the settings with which the rule is as it is, where they are not the defaults.

    Raises:
        GridTooLargeError: the rule has too many combinations.
    """
    mutants = mutants_of(rule, vocabulary)
    examples = [example for example in rule.examples if example.settings == chosen]
    cases = _candidates(rule, examples, vocabulary, mutants)
    killed = _kills(cases, mutants, vocabulary)
    told = set().union(*killed)
    wanted = [kills | _shown(rule, vocabulary, case) for kills, case in zip(killed, cases, strict=True)]
    lines = _cover(cases, wanted)
    return Table(
        cases=tuple(sorted((cases[index] for index in lines), key=_reading_order)),
        mutants=len(mutants),
        noticed=len(told),
        equivalent=tuple(mutant for mutant in mutants if mutant.name not in told),
        others=tuple(example for example in rule.examples if example.settings != chosen),
    )


def _candidates(
    rule: Rule, examples: Iterable[Example], vocabulary: Vocabulary, mutants: Iterable[Mutant]
) -> list[Case]:
    """The examples, the points of the rule's grid if they are not many, and points that show each mutant."""
    judge = RuleJudge(rule, vocabulary)
    found: dict[Hashable, Case] = {}

    def add(facts: Facts, name: str | None) -> None:
        found.setdefault(frozenset(facts.items()), Case(facts, *_said(judge, facts), name))

    for example in examples:
        add(dict(example.facts), example.name)
    grid = Grid(rule, vocabulary)
    for point in itertools.islice(grid, None if grid.size <= _ALL_POINTS else _SOME_POINTS):
        add(point, None)
    for mutant in mutants:
        known = _showing(judge, mutant, vocabulary, [case.facts for case in found.values()])
        if mutant.rule is not None and len(list(itertools.islice(known, _ENOUGH))) < _ENOUGH:
            points = _showing(judge, mutant, vocabulary, Grid(rule, vocabulary, [mutant.rule]))
            for point in itertools.islice(points, _SOME_POINTS):
                add(point, None)
    return list(found.values())


def _showing(
    judge: RuleJudge, mutant: Mutant, vocabulary: Vocabulary, points: Iterable[Facts]
) -> Iterator[Facts]:
    """Those of some facts on which a verdict shows a mutant."""
    if mutant.rule is None:
        yield from points
        return
    other = RuleJudge(mutant.rule, vocabulary)
    for point in points:
        if verdict_of(judge.rule, judge(point)) != verdict_of(mutant.rule, other(point)):
            yield point


def _kills(cases: list[Case], mutants: Iterable[Mutant], vocabulary: Vocabulary) -> list[set[Hashable]]:
    """For each case the names of the mutants of which an example of it would fail."""
    kills: list[set[Hashable]] = [set() for _ in cases]
    for mutant in mutants:
        judge = None if mutant.rule is None else RuleJudge(mutant.rule, vocabulary)
        for case, killed in zip(cases, kills, strict=True):
            if judge is None or _said(judge, case.facts) != (case.outcome, case.severity, case.overridable):
                killed.add(mutant.name)
    return kills


def _shown(rule: Rule, vocabulary: Vocabulary, case: Case) -> set[Hashable]:
    """What else a case shows: its outcome, and the places at and beside limits on which it stands."""
    shown: set[Hashable] = {case.outcome} if case.outcome in _TOLD_BY_EXAMPLES else set()
    conditions = (condition for level in rule.levels for condition in level.conditions)
    edges = (edge for condition in conditions for edge in edges_of(condition, vocabulary))
    return shown | {edge for edge in edges if edge.holds(case.facts.get(edge.fact.name))}


def _cover(cases: list[Case], shown: list[set[Hashable]]) -> list[int]:
    """A small choice of cases that together show all that any of them shows, found greedily."""
    left: set[Hashable] = set().union(*shown)
    chosen: list[int] = []
    while left:
        best = max(range(len(cases)), key=lambda i: (len(shown[i] & left), *_plainness(cases[i])))
        chosen.append(best)
        left -= shown[best]
    for index in list(chosen):
        others: set[Hashable] = set().union(*(shown[other] for other in chosen if other != index))
        if shown[index] <= others:
            chosen.remove(index)
    return chosen


def _plainness(case: Case) -> tuple[bool, int]:
    """What is better among cases that show as much: written by a person, and with more facts known."""
    return case.name is not None, len(case.facts)


def _reading_order(case: Case) -> int:
    order = (Outcome.CLEARED, Outcome.VIOLATED, Outcome.NOT_EVALUATED, Outcome.NOT_APPLICABLE)
    return order.index(case.outcome)
