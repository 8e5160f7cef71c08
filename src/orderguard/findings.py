"""From judged outcomes to findings: which rules are cleared, which are not, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from orderguard.facts.definition import Fact, FactValue
from orderguard.facts.trace import Notes
from orderguard.facts.vocabulary import Vocabulary
from orderguard.messages import message_of
from orderguard.rulebook.blame import deciding_facts
from orderguard.rulebook.conditions import Condition, render
from orderguard.rulebook.pack import SEVERITY_RANK, Citation, Level, Outcome, Rule
from orderguard.verdict import CitedSource, Evidence, Finding

ORDER_SCOPE = "order"
LAB_SCOPE = "lab"
_EXACT_FLOAT_DIGITS = 15
_COUNTED = "number of "
_INFUSIONS = "/infusions"

Trace = Callable[[str, int], Notes]
"""Measures a fact of one item again and notes what it read."""


class Judged(NamedTuple):
    """One item as it was judged: its place in its scope, its pointer, its facts and the order's."""

    scope: str
    place: int
    pointer: str
    facts: Mapping[str, FactValue | None]


class Problem(NamedTuple):
    """A level of a rule that an item does not clear."""

    level: int
    outcome: Outcome
    item: Judged
    about_count: bool = False


def decisive(rule: Rule, problems: Iterable[Problem]) -> list[Problem]:
    """The problems that the rule's one finding tells.

    Those of the strictest severity; within it the violated ones before those not evaluated.
    """
    ranked = [
        (
            (SEVERITY_RANK[rule.levels[problem.level].severity], problem.outcome is not Outcome.VIOLATED),
            problem,
        )
        for problem in problems
    ]
    worst = min(rank for rank, _ in ranked)
    return [problem for rank, problem in ranked if rank == worst]


class RuleTexts:
    """What findings of the rules of one pack say whatever the order, made once.

    Args:
        vocabulary: the facts there are.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._sources: dict[str, tuple[CitedSource, ...]] = {}
        self._requirements: dict[tuple[str, tuple[int, ...]], str] = {}

    def sources(self, rule: Rule) -> tuple[CitedSource, ...]:
        """Where the rule was read."""
        if rule.id not in self._sources:
            self._sources[rule.id] = tuple(cited(citation) for citation in rule.sources)
        return self._sources[rule.id]

    def requirement(self, rule: Rule, levels: tuple[int, ...]) -> str:
        """What some levels of the rule ask for."""
        key = rule.id, levels
        if key not in self._requirements:
            asking = [rule.levels[level] for level in levels]
            self._requirements[key] = requirement(rule, asking, self._vocabulary)
        return self._requirements[key]


class FindingBuilder:
    """Builds the findings of one order.

    Args:
        vocabulary: the facts there are.
        texts: what findings of the pack's rules say whatever the order.
        trace: measures a fact again and notes what it read.
    """

    def __init__(self, vocabulary: Vocabulary, texts: RuleTexts, trace: Trace) -> None:
        self._vocabulary = vocabulary
        self._texts = texts
        self._trace = trace

    def build(self, rule: Rule, problems: Sequence[Problem]) -> Finding:
        """The finding of a rule that has at least one problem."""
        chosen = decisive(rule, problems)
        levels = tuple(dict.fromkeys(problem.level for problem in chosen))
        violated = chosen[0].outcome is Outcome.VIOLATED
        return Finding(
            rule=rule.id,
            outcome="violated" if violated else "not-evaluated",
            severity=rule.levels[levels[0]].severity,
            overridable=all(rule.levels[level].overridable for level in levels),
            title=rule.title,
            message=self._violation(rule, chosen) if violated else self._gap(rule, chosen),
            requirement=self._texts.requirement(rule, levels),
            evidence=tuple(self._evidence(rule, chosen)) if violated else (),
            missing=() if violated else tuple(self._missing(rule, chosen)),
            action=rule.action
            if violated
            else "Complete the order with what is missing, or check it by hand.",
            sources=self._texts.sources(rule),
            confidence=rule.confidence,
            review=rule.review,
        )

    def _violation(self, rule: Rule, problems: Sequence[Problem]) -> str:
        return " ".join(dict.fromkeys(message_of(rule.levels[p.level], p.item.facts) for p in problems))

    def _gap(self, rule: Rule, problems: Sequence[Problem]) -> str:
        unknown: dict[str, None] = {}
        for problem in problems:
            unknown.update(dict.fromkeys(self._unknown_facts(rule, problem)))
        what = "; ".join(
            dict.fromkeys(self._vocabulary[name].label.removeprefix(_COUNTED) for name in unknown)
        )
        return f"Could not be checked. Not known{_where(problems)}: {what}."

    def _evidence(self, rule: Rule, problems: Sequence[Problem]) -> Iterable[Evidence]:
        shown: dict[str, set[str]] = {}
        for problem in problems:
            for name in self._false_facts(rule, problem):
                seen = shown.setdefault(name, set())
                yield from self._evidence_of(name, problem.item, seen)

    def _evidence_of(self, name: str, item: Judged, seen: set[str]) -> Iterable[Evidence]:
        """The places of a fact, each but those that the finding shows already."""
        measured = item.facts.get(name)
        if measured is None:
            return
        places = _places(self._trace(name, item.place), item.pointer)
        for path in [path for path in places if path not in seen]:
            seen.add(path)
            value = json_value(places[path])
            yield Evidence(path=path, value=value, fact=name, measured=json_value(measured))

    def _missing(self, rule: Rule, problems: Sequence[Problem]) -> Iterable[str]:
        found: dict[str, object] = {}
        for problem in problems:
            for name in self._unknown_facts(rule, problem):
                found.update(self._missing_for(name, problem.item))
        return sorted(found, key=_natural)

    def _missing_for(self, name: str, item: Judged) -> Mapping[str, object]:
        if self._vocabulary[name].scope not in (ORDER_SCOPE, item.scope):
            # Only infusions can be none at all: each one on the order is held.
            return {_INFUSIONS: None}
        return self._trace(name, item.place).missing or {item.pointer: None}

    def _false_facts(self, rule: Rule, problem: Problem) -> tuple[str, ...]:
        return deciding_facts(rule.levels[problem.level].demand, problem.item.facts)

    def _unknown_facts(self, rule: Rule, problem: Problem) -> tuple[str, ...]:
        level = rule.levels[problem.level]
        if problem.about_count:
            return self._unknown_about_count(level, rule, problem)
        return _unknown_in(level.applies, level.demand, problem.item.facts)

    def _unknown_about_count(self, level: Level, rule: Rule, problem: Problem) -> tuple[str, ...]:
        facts = problem.item.facts
        if level.applies is not None and level.applies.truth(facts) is None:
            return deciding_facts(level.applies, facts)
        count = self._vocabulary.scopes[rule.scope].count_fact
        return () if count is None else (count,)


def _places(notes: Notes, item: str) -> Mapping[str, object]:
    """Where a fact was measured: what was read of it, and always something of the item itself.

    What only places the fact in time stands in for a fact of which nothing else was read, and a list that was
    looked through for a fact that nothing in it told.
    """
    own = {path: value for path, value in notes.background.items() if item and path.startswith(f"{item}/")}
    if notes.reads:
        named = any(path.startswith(f"{item}/") for path in notes.reads)
        return notes.reads if named else {**notes.reads, **own}
    searched = {path: value for path, value in notes.lists.items() if path != _INFUSIONS}
    return own or searched or notes.background or {item: None}


def _unknown_in(
    applies: Condition | None, require: Condition, facts: Mapping[str, FactValue | None]
) -> tuple[str, ...]:
    """The unknown facts that leave a level not evaluated."""
    if applies is not None and applies.truth(facts) is None:
        return deciding_facts(applies, facts)
    return deciding_facts(require, facts)


def requirement(rule: Rule, levels: Sequence[Level], vocabulary: Mapping[str, Fact]) -> str:
    """What levels of a rule ask for, as a sentence."""
    sentences = []
    for level in levels:
        sentence = render(level.require, vocabulary)
        among = "" if level.among is None else f", of those where {render(level.among, vocabulary)}"
        applies = "" if level.applies is None else f", asked where {render(level.applies, vocabulary)}"
        sentences.append(sentence + among + applies)
    prefix = "" if rule.scope == ORDER_SCOPE else f"each {rule.scope.replace('_', ' ')}: "
    return prefix + "; ".join(dict.fromkeys(sentences))


def cited(citation: Citation) -> CitedSource:
    """A citation as the verdict shows it."""
    source = citation.source
    return CitedSource(id=source.id, title=source.title, section=citation.section, revision=source.revision)


def _where(problems: Sequence[Problem]) -> str:
    """Which infusions, tests or immunizations a gap is about; nothing for the order as a whole."""
    scope = problems[0].item.scope
    if scope == ORDER_SCOPE:
        return ""
    if scope == LAB_SCOPE:
        return f" for {_listed(str(p.item.facts.get('lab.test')) for p in problems)}"
    numbers = list(dict.fromkeys(str(p.item.facts.get(f"{scope}.number")) for p in problems))
    noun = scope.replace("_", " ")
    return f" for {noun}{'s' if len(numbers) > 1 else ''} {_listed(numbers)}"


def _listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence, each once."""
    *first, last = dict.fromkeys(words)
    return f"{', '.join(first)} and {last}" if first else last


def _natural(pointer: str) -> list[tuple[int, int | str]]:
    return [(0, int(part)) if part.isdigit() else (1, part) for part in pointer.split("/")]


def json_value(value: object) -> Any:
    """A value of the order or of a fact as JSON shows it."""
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        return float(value) if len(value.as_tuple().digits) <= _EXACT_FLOAT_DIGITS else str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
