"""Which mutants of the rules no example and no order case tells from the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from orderguard.facts.definition import FactValue
from orderguard.facts.vocabulary import Vocabulary
from orderguard.findings import Judged
from orderguard.rulebook.pack import Example, Outcome, Rule, Rulebook
from orderguard.tools.grid import Grid, GridTooLargeError
from orderguard.tools.mutants import Mutant, mutants_of
from orderguard.tools.order_case import OrderCase, Statement, speaks, weight, weightiest
from orderguard.tools.order_judge import JudgedOrder
from orderguard.tools.rule_at_work import Answer, RuleAtWork
from orderguard.tools.variants import Variant
from orderguard.verdict import Decision

Facts = Mapping[str, FactValue]


@dataclass(frozen=True)
class View:
    """What one rule sees of an order case, and what the case states that depends on it.

    Attributes:
        items: what the rule is asked of, with the facts that it uses.
        statement: what the case states of the rule; None where it does not name it.
        decision: the decision that the case states, or None.
        others: the decision that all other rules lead to.
        place: where the case stands.
    """

    items: tuple[Judged, ...]
    statement: Statement | None
    decision: Decision | None
    others: Decision
    place: str

    def notices(self, answer: Answer | None) -> bool:
        """Whether the case fails when the rule answers this; None: there is no such rule."""
        if self.statement is not None and not self.statement.holds(answer):
            return True
        if self.statement is None and answer is not None and speaks(answer):
            return True
        own: Decision = "verified" if answer is None else weight(answer)
        return self.decision is not None and weightiest((self.others, own)) != self.decision


Views = dict[str, dict[Hashable, View]]
"""The views of each rule, by rule id; of views that are alike one."""


class ViewCollector:
    """Collects what the rules see of order cases.

    Args:
        rulebook: the rules.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.views: Views = {rule.id: {} for pack in rulebook.packs for rule in pack.rules}
        self._at_work = {
            pack.id: [RuleAtWork(rule, rulebook.vocabulary) for rule in pack.rules] for pack in rulebook.packs
        }

    def add(self, case: OrderCase, judged: JudgedOrder) -> None:
        """Add what each rule of the pack that judged a case sees of it."""
        if judged.pack is None:
            return
        weights = {rule: weight(answer) for rule, answer in judged.answers.items()}
        count = Counter(weights.values())
        # What the others lead to depends on the weight of a rule alone.
        beside = {each: weightiest(count - Counter((each,))) for each in count}
        by_scope: dict[str, tuple[Judged, ...]] = {}
        for at_work in self._at_work[judged.pack.id]:
            rule = at_work.rule
            if rule.scope not in by_scope:
                by_scope[rule.scope] = judged.items_for(rule.scope)
            items = by_scope[rule.scope]
            others: Decision = "verified"
            if case.decision is not None:
                others = beside[weights[rule.id]]
            statement = case.statements.get(rule.id)
            key = (at_work.seen_in(items), statement, case.decision, others)
            views = self.views[rule.id]
            if key not in views:
                reduced = tuple(_reduced(item, at_work.facts) for item in items)
                views[key] = View(reduced, statement, case.decision, others, case.place)


def _reduced(item: Judged, names: Iterable[str]) -> Judged:
    facts = {name: item.facts[name] for name in names if name in item.facts}
    return Judged(item.scope, item.place, item.pointer, facts)


def merged(parts: Iterable[Views]) -> Views:
    """The views of all parts."""
    whole: Views = {}
    for part in parts:
        for rule, views in part.items():
            whole.setdefault(rule, {}).update(views)
    return whole


# -- judging mutants ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Witness:
    """Facts that tell a mutant from its rule, with the answer of each."""

    facts: Facts
    answer: Answer
    other: Answer


@dataclass(frozen=True)
class Survivor:
    """A mutant that nothing notices.

    Attributes:
        mutant: the mutant.
        equivalent: whether no facts at all tell it from the rule.
        witness: facts that do, where some were found.
    """

    mutant: Mutant
    equivalent: bool
    witness: Witness | None


@dataclass
class RuleReport:
    """What became of the mutants of one rule.

    Attributes:
        rule: the rule.
        tried: how many mutants were judged.
        killed: how many of them something notices.
        equivalent: the names of those that are equivalent and listed.
        survivors: the others.
        problems: what is wrong with the mutants that the rule lists as equivalent.
    """

    rule: Rule
    tried: int = 0
    killed: int = 0
    equivalent: list[str] = field(default_factory=list)
    survivors: list[Survivor] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def mutate_rule(
    rule: Rule,
    vocabulary: Vocabulary,
    views: Iterable[View],
    variants: Iterable[Variant] = (),
    *,
    dormant: bool = False,
) -> RuleReport:
    """Judge every mutant of a rule.

    Args:
        rule: the rule.
        vocabulary: the facts that rules may use.
        views: what the rule sees of the order cases. Without any, no mutant is the rule left out.
        variants: the rule with other settings; only what differs then is judged, by their examples.
        dormant: whether the default settings leave the rule out, so that it is judged by its variants alone.
    """
    return _RuleMutation(rule, vocabulary).report(list(views), variants, dormant=dormant)


class _RuleMutation:
    def __init__(self, rule: Rule, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._listed = dict(rule.equivalent)
        self._report = RuleReport(rule)

    def report(self, views: list[View], variants: Iterable[Variant], *, dormant: bool) -> RuleReport:
        rule = self._report.rule
        if rule.levels and not dormant:
            usual = replace(rule, examples=tuple(e for e in rule.examples if not e.settings))
            self._judge(usual, self._mutants(usual, views), views)
        for variant in variants:
            mutants = [
                replace(mutant, name=mutant.name + variant.suffix)
                for mutant in self._mutants(variant.rule, [])
                if _concerns(mutant, variant)
            ]
            self._judge(variant.rule, mutants, [])
        self._report.problems += [f"there is no mutant `{name}`" for name in self._listed]
        return self._report

    def _mutants(self, rule: Rule, views: list[View]) -> list[Mutant]:
        return [m for m in mutants_of(rule, self._vocabulary) if m.rule is not None or views]

    def _judge(self, rule: Rule, mutants: Iterable[Mutant], views: list[View]) -> None:
        for mutant in mutants:
            self._report.tried += 1
            by = _noticed_by(mutant, rule.examples, views, self._vocabulary)
            is_listed = self._listed.pop(mutant.name, None) is not None
            if by is None:
                self._keep(rule, mutant, is_listed=is_listed)
                continue
            self._report.killed += 1
            if is_listed:
                self._report.problems.append(f"`{mutant.name}` is not equivalent: it is noticed by {by}")

    def _keep(self, rule: Rule, mutant: Mutant, *, is_listed: bool) -> None:
        survivor = _survivor(rule, mutant, self._vocabulary)
        if survivor.equivalent and is_listed:
            self._report.equivalent.append(mutant.name)
            return
        if is_listed:
            self._report.problems.append(f"`{mutant.name}` is not equivalent{_shown_by(survivor)}")
        self._report.survivors.append(survivor)


def _concerns(mutant: Mutant, variant: Variant) -> bool:
    """Whether a mutant of a variant is none of the rule with the defaults."""
    if mutant.level is None:
        return variant.levels == frozenset(range(len(variant.rule.levels)))
    if mutant.level in variant.levels:
        return True
    return mutant.level in variant.weighed and mutant.kind in ("severity", "overridable")


def _noticed_by(
    mutant: Mutant, examples: Iterable[Example], views: Iterable[View], vocabulary: Vocabulary
) -> str | None:
    """The example or case that fails for a mutant; None when all hold."""
    if mutant.rule is None:
        return next((view.place for view in views if view.notices(None)), None)
    at_work = RuleAtWork(mutant.rule, vocabulary)
    for example in examples:
        stated = Statement(example.expect, example.severity, example.overridable)
        if not stated.holds(at_work.of_facts(example.facts)):
            return f"the example `{example.name}`"
    return next((view.place for view in views if view.notices(at_work.of_order(view.items))), None)


def _survivor(rule: Rule, mutant: Mutant, vocabulary: Vocabulary) -> Survivor:
    if mutant.rule is None:
        return Survivor(mutant, equivalent=False, witness=None)
    try:
        witness = told_apart(rule, mutant.rule, vocabulary)
    except GridTooLargeError:
        return Survivor(mutant, equivalent=False, witness=None)
    return Survivor(mutant, equivalent=witness is None, witness=witness)


def told_apart(rule: Rule, other: Rule, vocabulary: Vocabulary) -> Witness | None:
    """The first facts of the boundary grid on which two rules answer otherwise; None when they never do.

    Raises:
        GridTooLargeError: the grid is too large to be looked through.
    """
    one, two = RuleAtWork(rule, vocabulary), RuleAtWork(other, vocabulary)
    for facts in Grid(rule, vocabulary, [other]):
        answer, changed = one.of_facts(facts), two.of_facts(facts)
        if answer != changed:
            return Witness(facts, answer, changed)
        if one.count_fact is not None and facts.get(one.count_fact) == 0:
            unknown, changed_unknown = one.of_unknown_list(facts), two.of_unknown_list(facts)
            if unknown is not None and changed_unknown is not None and unknown != changed_unknown:
                rest = {name: value for name, value in facts.items() if name != one.count_fact}
                return Witness(rest, unknown, changed_unknown)
    return None


def _shown_by(survivor: Survivor) -> str:
    if survivor.witness is None:
        return ", as far as can be shown"
    outcome: Outcome = survivor.witness.answer.outcome
    return f": facts on which the rule is {outcome.replace('-', ' ')} tell them apart"
