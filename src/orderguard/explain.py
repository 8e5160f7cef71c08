"""Every rule on one order: its outcome, the values it used, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from orderguard.errors import OrderguardError
from orderguard.facts.definition import FactValue
from orderguard.facts.vocabulary import Vocabulary
from orderguard.findings import ORDER_SCOPE, Judged, requirement
from orderguard.judging import Judgement
from orderguard.messages import NOT_KNOWN
from orderguard.order import Order
from orderguard.rulebook.conditions import facts_of, format_value, render
from orderguard.rulebook.pack import Pack, Rule
from orderguard.verdict import BUILT_IN, Finding, Verdict
from orderguard.verifier import Verifier


@dataclass(frozen=True)
class ExplainedRule:
    """One rule on one order.

    Attributes:
        rule_id: the rule.
        outcome: violated, not-evaluated, cleared or not-applicable.
        severity: of the finding, or of the rule's strictest level.
        title: what must hold, in a few words.
        sentence: what must hold, rendered from the rule.
        why: why the outcome is what it is.
        values: label and text of each value that the rule used.
        missing: JSON Pointers of what is not known.
    """

    rule_id: str
    outcome: str
    severity: str
    title: str
    sentence: str
    why: str
    values: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """The verdict on an order with every rule of its pack: first the findings, then the others."""

    verdict: Verdict
    rows: tuple[ExplainedRule, ...]


def explain(verifier: Verifier, order: Order) -> Explanation:
    """Explain an order; the verdict is logged as any other.

    Raises:
        EngineFault: an engine failed while the order was explained.
    """
    verdict = verifier.verify(order)
    try:
        judged = verifier.judge(order)
    except OrderguardError:
        judged = None
    built_in = tuple(_built_in_row(finding) for finding in verdict.findings if finding.rule in BUILT_IN)
    if judged is None:
        return Explanation(verdict, built_in)
    pack, judgement = judged
    rows = _Rows(pack, judgement, verifier.rulebook.vocabulary)
    by_id = {rule.id: rows.row(rule) for rule in pack.rules}
    found = [by_id.pop(finding.rule) for finding in judgement.findings]
    return Explanation(verdict, (*built_in, *found, *by_id.values()))


def _built_in_row(finding: Finding) -> ExplainedRule:
    return ExplainedRule(
        rule_id=finding.rule,
        outcome=finding.outcome,
        severity=finding.severity.value,
        title=finding.title,
        sentence=finding.requirement,
        why=finding.message,
        values=(),
        missing=finding.missing,
    )


class _Rows:
    def __init__(self, pack: Pack, judgement: Judgement, vocabulary: Vocabulary) -> None:
        self._pack = pack
        self._judgement = judgement
        self._vocabulary = vocabulary
        self._findings = {finding.rule: finding for finding in judgement.findings}

    def row(self, rule: Rule) -> ExplainedRule:
        finding = self._findings.get(rule.id)
        return ExplainedRule(
            rule_id=rule.id,
            outcome=self._outcome(rule, finding),
            severity=finding.severity.value if finding else rule.severity.value,
            title=rule.title,
            sentence=requirement(rule, rule.levels, self._vocabulary),
            why=self._why(rule, finding),
            values=tuple(self._values(rule)),
            missing=finding.missing if finding else (),
        )

    def _outcome(self, rule: Rule, finding: Finding | None) -> str:
        if finding is not None:
            return finding.outcome
        return "cleared" if rule.id in self._judgement.cleared else "not-applicable"

    def _why(self, rule: Rule, finding: Finding | None) -> str:
        if finding is not None:
            return finding.message
        if rule.id in self._judgement.cleared:
            return "It holds."
        conditions = {render(level.applies, self._vocabulary) for level in rule.levels if level.applies}
        return f"Not asked; it is asked where {' or where '.join(sorted(conditions))}."

    def _values(self, rule: Rule) -> Iterable[tuple[str, str]]:
        names = dict.fromkeys(
            name for level in rule.levels for condition in level.conditions for name in facts_of(condition)
        )
        items = [item for item in self._judgement.items if item.scope == rule.scope]
        for name in names:
            if self._vocabulary[name].scope == ORDER_SCOPE:
                yield self._vocabulary[name].label, self._text(name, self._judgement.items[0])
            else:
                yield from self._item_values(name, items)

    def _item_values(self, name: str, items: Sequence[Judged]) -> Iterable[tuple[str, str]]:
        """One line for all items with the same value."""
        by_text: dict[str, list[str]] = {}
        for item in items:
            by_text.setdefault(self._text(name, item), []).append(_item_name(item))
        label = self._vocabulary[name].label
        for text, names in by_text.items():
            where = "" if len(names) == len(items) > 1 else f" ({', '.join(names)})"
            yield f"{label}{where}", text

    def _text(self, name: str, item: Judged) -> str:
        value: FactValue | None = item.facts.get(name)
        return NOT_KNOWN if value is None else format_value(self._vocabulary[name], value)


def _item_name(item: Judged) -> str:
    if item.scope == "lab":
        return str(item.facts["lab.test"])
    return f"{item.scope.replace('_', ' ')} {item.facts[f'{item.scope}.number']}"
