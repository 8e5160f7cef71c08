"""What a whole run comes to: counts, and the orders to look at first. Its size does not grow with the run."""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from orderguard.checked import INVALID, Checked
from orderguard.output import ExitCode

MOST_ORDERS = 30
"""How many orders are shown."""

MOST_LISTED = 200
"""How many orders after these are named on a line each."""

MOST_INVALID = 30
"""How many records that are no orders are shown."""

_DECISIONS = ("reject", "hold")
_VIOLATED = "violated"
_RULES_BEGIN, _RULES_END = '"rules": ', ', "order_sha256"'


@dataclass
class RuleCount:
    """How many orders have a finding of a rule.

    Attributes:
        rule: the id of the rule.
        title: what the rule asks.
        severities: the severities of its findings.
        outcomes: how many orders by outcome.
    """

    rule: str
    title: str
    severities: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Looked:
    """An order to look at: its place, its verdict document, and the order document."""

    checked: Checked
    verdict: Mapping[str, Any]


@dataclass(frozen=True)
class Listed:
    """An order to look at later: its place, and the rules of its findings, the strictest first."""

    source: str
    record: int
    line: int | None
    order_id: str
    decision: str
    rules: tuple[str, ...]


class Overview:
    """Counts records and keeps the orders to look at first.

    Faults come first, then rejected orders, then held ones; among these those with the most findings that
    block, then with the most findings; then in input order.
    """

    def __init__(self) -> None:
        self.decisions: Counter[str] = Counter()
        self.sources: Counter[str] = Counter()
        self.rules: dict[str, RuleCount] = {}
        self.invalid: list[tuple[Checked, Sequence[Mapping[str, str]]]] = []
        self._judged_by: Counter[str] = Counter()
        self._first: list[tuple[tuple[int, ...], Looked]] = []
        self._next: list[tuple[tuple[int, ...], Listed]] = []

    def add(self, checked: Checked) -> None:
        """Count a record."""
        self.decisions[checked.decision] += 1
        self.sources[checked.source] += 1
        if checked.decision == INVALID:
            if len(self.invalid) < MOST_INVALID:
                self.invalid.append((checked, json.loads(checked.json)["errors"]))
            return
        self._judged_by[_rules_text(checked.json)] += 1
        # Most orders end here; a quote within a text is escaped, so this stands for no findings alone.
        if checked.decision == "verified" and '"findings": []' in checked.json:
            return
        verdict = json.loads(checked.json)
        self._count(verdict["findings"])
        if checked.decision in _DECISIONS:
            self._keep(checked, verdict)

    def to_look_at(self) -> list[Looked]:
        """The orders to look at first, the most urgent first."""
        return [looked for _, looked in sorted(self._first, key=lambda kept: kept[0], reverse=True)]

    def to_look_at_next(self) -> list[Listed]:
        """The orders to look at after those, the most urgent first."""
        return [listed for _, listed in sorted(self._next, key=lambda kept: kept[0], reverse=True)]

    def judged_by(self) -> list[tuple[Mapping[str, Any], int]]:
        """The rules that judged, and how many orders each."""
        return [(json.loads(text), count) for text, count in self._judged_by.most_common()]

    def rules_by_count(self) -> list[RuleCount]:
        """The rules with findings, those of the most orders first."""
        return sorted(self.rules.values(), key=lambda entry: (-entry.outcomes.total(), entry.rule))

    def _count(self, findings: Sequence[Mapping[str, Any]]) -> None:
        for finding in findings:
            entry = self.rules.setdefault(finding["rule"], RuleCount(finding["rule"], finding["title"]))
            entry.severities[finding["severity"]] += 1
            entry.outcomes[finding["outcome"]] += 1

    def _keep(self, checked: Checked, verdict: Mapping[str, Any]) -> None:
        kept = (_urgency(checked, verdict["findings"], self.decisions.total()), Looked(checked, verdict))
        if len(self._first) < MOST_ORDERS:
            heapq.heappush(self._first, kept)
            return
        urgency, looked = heapq.heappushpop(self._first, kept)
        if len(self._next) < MOST_LISTED:
            heapq.heappush(self._next, (urgency, _listed(looked)))
        elif urgency > self._next[0][0]:
            heapq.heapreplace(self._next, (urgency, _listed(looked)))


def _listed(looked: Looked) -> Listed:
    checked = looked.checked
    rules = tuple(finding["rule"] for finding in violated_first(looked.verdict["findings"]))
    order_id = looked.verdict["order_id"]
    return Listed(checked.source, checked.record, checked.line, order_id, checked.decision, rules)


def violated_first(findings: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The findings, what is violated first, else in the order of the verdict."""
    return sorted(findings, key=lambda finding: finding["outcome"] != _VIOLATED)


def _urgency(checked: Checked, findings: Sequence[Mapping[str, Any]], position: int) -> tuple[int, ...]:
    """A key that is higher for what is to be looked at earlier; no two records have the same."""
    blocking = [finding for finding in findings if finding["severity"] == "block"]
    return (
        checked.code is ExitCode.FAULT,
        checked.decision == "reject",
        sum(finding["outcome"] == _VIOLATED for finding in blocking),
        len(blocking),
        len(findings),
        -position,
    )


def _rules_text(document: str) -> str:
    """The part of a verdict that says which rules judged, as it stands there."""
    start = document.rfind(_RULES_BEGIN)
    end = document.rfind(_RULES_END)
    if 0 <= start < end:
        return document[start + len(_RULES_BEGIN) : end]
    return json.dumps(json.loads(document)["rules"])
