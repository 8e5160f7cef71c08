"""Rule packs that hypothesis makes: any conditions over the real vocabulary, written as rule files."""

from __future__ import annotations

import copy
from decimal import Decimal
from functools import cache
from typing import Any

import yaml
from hypothesis import strategies as st

from orderguard.errors import RulesProblem
from orderguard.facts.definition import Fact, Kind
from orderguard.rulebook.compile_pack import PackCompiler
from orderguard.rulebook.pack import Pack, Rulebook
from orderguard.rulebook.yaml_source import parse_yaml

Data = dict[str, Any]

SCOPES = ("order", "infusion", "immunization", "prior_course", "lab")
SEVERITIES = ("block", "warn", "info")
_NUMBERS = (0, 1, 2, 3, 5, 12, 30, 42, 100, 240, 1000)
_REFUSALS = ("never true", "never false", "always true", "always false", "stands twice", "too ", "at most")
"""Words of the loader for conditions that are right in form and have no use."""


class _Plain(yaml.CSafeDumper):
    """Writes a part that stands twice two times."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


class PackMaker:
    """Strategies for rule packs over the facts of a rulebook.

    Args:
        rulebook: gives the vocabulary, the terminology and the head of the pack.
        head: the pack's file without its rules.
    """

    def __init__(self, rulebook: Rulebook, head: Data) -> None:
        self._rulebook = rulebook
        self._head = head
        self._facts: dict[str, list[Fact]] = {scope: [] for scope in SCOPES}
        for fact in rulebook.vocabulary.values():
            need = rulebook.vocabulary.needs.get(fact.name)
            if fact.scope in self._facts and (need is None or need in head["measure"]):
                self._facts[fact.scope].append(fact)
        # Strategies are made once: hypothesis checks each anew.
        self._conditions = {scope: self._condition(scope) for scope in SCOPES}
        self._rules = {scope: self._rule_of(scope) for scope in SCOPES}

    def packs(self, rules: int = 6) -> st.SearchStrategy[Data]:
        """Whole packs of up to some rules."""
        return st.lists(self.rule(), min_size=1, max_size=rules).map(self.pack_of)

    def pack_of(self, rules: list[Data]) -> Data:
        """A pack of rules, whose ids are their numbers."""
        numbered = [{"id": f"rule-{number}", **rule} for number, rule in enumerate(rules, 1)]
        return {**copy.deepcopy(self._head), "rules": numbered}

    def compiled(self, pack: Data) -> Pack | None:
        """The pack; None when a condition in it has no use, such as one that is always true.

        Raises:
            AssertionError: it is refused for any other reason.
        """
        source = parse_yaml(yaml.dump(pack, Dumper=_Plain, sort_keys=False), "generated.yaml")
        compiler = PackCompiler(source, self._rulebook.vocabulary, self._rulebook.terminology)
        made = compiler.compile()
        assert all(map(_of_no_use, compiler.problems)), compiler.problems
        return None if compiler.problems else made

    def rule(self) -> st.SearchStrategy[Data]:
        """A rule without an id."""
        return st.sampled_from(SCOPES).flatmap(self._rules.__getitem__)

    def _rule_of(self, scope: str) -> st.SearchStrategy[Data]:
        level = self._level(scope)
        several = st.lists(level, min_size=1, max_size=3).map(
            lambda levels: {"levels": sorted(levels, key=lambda part: SEVERITIES.index(part["severity"]))}
        )
        return (level | several).map(lambda part: {**_TEXTS, "scope": scope, **part})

    def _level(self, scope: str) -> st.SearchStrategy[Data]:
        listed = self._rulebook.vocabulary.scopes[scope].count_fact is not None
        asked_of = "order" if listed else scope
        optional: dict[str, st.SearchStrategy[Any]] = {"applies": self._conditions[asked_of]}
        if listed:
            optional["among"] = self._conditions[scope]
        return st.fixed_dictionaries(
            {
                "severity": st.sampled_from(SEVERITIES),
                "require": self._conditions[scope],
                "message": st.just("A generated rule speaks."),
            },
            optional=optional,
        )

    def _condition(self, scope: str) -> st.SearchStrategy[Data]:
        facts = (
            self._facts["order"] if scope == "order" else [*self._facts[scope], *self._facts["order"][:20]]
        )
        leaf = st.sampled_from(facts).flatmap(_leaf)
        return st.recursive(leaf, _joins, max_leaves=4)


def _joins(items: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    several = st.lists(items, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda parts: {"all": parts}),
        several.map(lambda parts: {"any": parts}),
        items.map(lambda part: {"not": part}),
    )


@cache
def _leaf(fact: Fact) -> st.SearchStrategy[Data]:
    return _comparison(fact).map(lambda comparison: {fact.name: comparison})


def _comparison(fact: Fact) -> st.SearchStrategy[Data]:
    if fact.kind is Kind.BOOLEAN:
        return st.booleans().map(lambda value: {"equals": value})
    if fact.kind is Kind.WORD:
        words = st.sampled_from(fact.words)
        several = st.lists(words, min_size=1, max_size=4, unique=True)
        return words.map(lambda word: {"equals": word}) | several.map(lambda some: {"one_of": some})
    operators = st.sampled_from(("equals", "at_least", "at_most", "more_than", "less_than"))
    numbers = st.sampled_from([number for number in _NUMBERS if _within(fact, number)])
    return st.tuples(operators, numbers).map(lambda pair: {pair[0]: pair[1]})


def _within(fact: Fact, number: int) -> bool:
    exact = Decimal(number)
    return (fact.lowest is None or exact >= fact.lowest) and (fact.highest is None or exact <= fact.highest)


def _of_no_use(problem: RulesProblem) -> bool:
    return any(words in problem.message for words in _REFUSALS)


_TEXTS: Data = {
    "title": "A generated rule",
    "action": "None.",
    "rationale": "None.",
    "sources": [{"source": "project"}],
    "confidence": "low",
    "review": "unreviewed",
    "since": "0.1",
    "cannot": {"violated": "not shown", "cleared": "not shown"},
    "examples": [{"name": "nothing known", "facts": {}, "expect": "not-evaluated"}],
}
