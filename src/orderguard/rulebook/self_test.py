"""Every example of every rule, judged by both engines in the rule's own group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from orderguard.engine.durable import require_engine
from orderguard.engine.groups import Group
from orderguard.engine.judge import Judge
from orderguard.errors import EngineFault, RulesProblem
from orderguard.facts.vocabulary import Vocabulary
from orderguard.rulebook.pack import Example, Outcome, Pack, Rule, worst_level
from orderguard.rulebook.settings import SettingValue

DEFAULTS: Mapping[str, SettingValue] = {}
"""The settings of examples that are judged on the pack as it stands in its file."""


def failing_examples(
    pack: Pack, file: str, vocabulary: Vocabulary, settings: Mapping[str, SettingValue] = DEFAULTS
) -> list[RulesProblem]:
    """The examples that have another outcome than they say, or on which an engine fails.

    Args:
        pack: the pack.
        file: its rule file, for a fault that belongs to no rule.
        vocabulary: the facts that rules may use.
        settings: those with which the pack was compiled; examples for others are left aside.

    Raises:
        EngineFault: durable-rules is not installed, or its build is broken.
    """
    require_engine()
    try:
        judge = Judge(pack.groups, cache=0)
    except EngineFault as fault:
        return [RulesProblem(file, 1, str(fault))]
    return list(_SelfTest(judge, pack.groups, vocabulary).problems(pack.rules, settings))


class _SelfTest:
    def __init__(self, judge: Judge, groups: Sequence[Group], vocabulary: Vocabulary) -> None:
        self._judge = judge
        self._vocabulary = vocabulary
        self._places: dict[tuple[str, bool], list[tuple[int, int]]] = {}
        for group in groups:
            for position, question in enumerate(group.questions):
                key = (question.rule_id, question.about_count)
                self._places.setdefault(key, []).append((group.index, position))

    def problems(self, rules: Sequence[Rule], settings: Mapping[str, SettingValue]) -> Iterator[RulesProblem]:
        for rule in rules:
            for example in rule.examples:
                text = self._problem(rule, example) if example.settings == settings else ""
                if text:
                    message = f"rule `{rule.id}`: the example `{example.name}` {text}"
                    yield RulesProblem(rule.file, example.line, message, of_example=True)

    def _problem(self, rule: Rule, example: Example) -> str:
        """What is wrong with an example, or nothing."""
        try:
            outcomes = self._outcomes(rule, example)
            outcome, level = worst_level(rule, outcomes)
        except EngineFault as fault:
            return f"cannot be judged: {fault}"
        if outcome is not example.expect:
            return f"expects {example.expect}, but the rule answers {outcome}"
        severity = None if level is None else rule.levels[level].severity
        if example.severity is not None and example.severity is not severity:
            return f"expects the severity {example.severity}, but the rule answers with {severity}"
        overridable = level is not None and all(
            other.overridable
            for other, found in zip(rule.levels, outcomes, strict=True)
            if found is outcome and other.severity is severity
        )
        if example.overridable is not None and example.overridable is not overridable:
            return f"expects a finding that can{'' if example.overridable else 'not'} be overridden"
        return ""

    def _outcomes(self, rule: Rule, example: Example) -> list[Outcome]:
        """The outcome of each level: on the item of the example, or on the list when it is empty."""
        count_fact = self._vocabulary.scopes[rule.scope].count_fact
        about_count = count_fact is not None and example.facts.get(count_fact) == 0
        places = self._places[rule.id, about_count]
        judged = {index: self._judge.judge(index, example.facts) for index, _ in places}
        return [judged[index][position] for index, position in places]
