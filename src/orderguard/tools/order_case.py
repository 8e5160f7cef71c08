"""An order document with what its verdict must say, wherever it was written down.

A rule that the case does not name must not have a finding that blocks or warns; an info may stand unnamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from orderguard.rulebook.pack import Outcome, Severity
from orderguard.tools.rule_at_work import Answer
from orderguard.verdict import Decision, Finding

_IN_FINDINGS = (Outcome.VIOLATED, Outcome.NOT_EVALUATED)


class Statement(NamedTuple):
    """What a case states of one rule; None for what it leaves open."""

    outcome: Outcome
    severity: Severity | None = None
    overridable: bool | None = None

    def holds(self, answer: Answer | None) -> bool:
        """Whether an answer is as stated; without the rule (None) nothing is."""
        if answer is None or answer.outcome is not self.outcome:
            return False
        if self.severity is not None and answer.severity is not self.severity:
            return False
        return self.overridable is None or answer.overridable is self.overridable


@dataclass(frozen=True)
class OrderCase:
    """An order and what is stated of its verdict.

    Attributes:
        name: what it shows.
        file: the file in which it stands.
        line: the line there.
        order: the order document, as JSON.
        decision: the decision; None where the case states none.
        statements: what is stated of rules, by rule id.
    """

    name: str
    file: str
    line: int
    order: str
    decision: Decision | None
    statements: Mapping[str, Statement]

    @property
    def place(self) -> str:
        """Where it stands."""
        return f"{self.file}:{self.line}"


def speaks(answer: Answer) -> bool:
    """Whether an answer is a finding that blocks or warns."""
    return answer.outcome in _IN_FINDINGS and answer.severity is not Severity.INFO


def weight(answer: Answer) -> Decision:
    """The decision that one answer by itself leads to."""
    if not speaks(answer):
        return "verified"
    rejects = answer.severity is Severity.BLOCK and answer.outcome is Outcome.VIOLATED
    return "reject" if rejects else "hold"


def weightiest(decisions: Iterable[Decision]) -> Decision:
    """The decision that several lead to together."""
    found = set(decisions)
    return "reject" if "reject" in found else "hold" if "hold" in found else "verified"


def answers_of(
    findings: Iterable[Finding], cleared: Iterable[str], not_applicable: Iterable[str]
) -> dict[str, Answer]:
    """What a verdict says of each rule."""
    answers = {
        finding.rule: Answer(Outcome(finding.outcome), finding.severity, finding.overridable)
        for finding in findings
    }
    answers.update((rule, Answer(Outcome.CLEARED)) for rule in cleared)
    answers.update((rule, Answer(Outcome.NOT_APPLICABLE)) for rule in not_applicable)
    return answers


def departures(case: OrderCase, answers: Mapping[str, Answer]) -> list[str]:
    """In what a verdict is other than a case states; empty when it is as stated."""
    found = []
    decision = weightiest(map(weight, answers.values()))
    if case.decision is not None and decision != case.decision:
        found.append(f"the decision is {decision}, not {case.decision}")
    for rule, statement in case.statements.items():
        answer = answers.get(rule)
        if answer is None:
            found.append(f"there is no rule {rule}")
        elif not statement.holds(answer):
            found.append(f"{rule} is {_answer_said(answer)}, not {_statement_said(statement)}")
    found += [
        f"{rule} is {_answer_said(answer)}, and is not named"
        for rule, answer in answers.items()
        if rule not in case.statements and speaks(answer)
    ]
    return found


def _answer_said(answer: Answer) -> str:
    statement = Statement(*answer) if answer.severity is not None else Statement(answer.outcome)
    return _statement_said(statement)


def _statement_said(statement: Statement) -> str:
    words = [statement.outcome.replace("-", " ")]
    if statement.severity is not None:
        words.append(f"({statement.severity})")
    if statement.severity is Severity.BLOCK and statement.overridable:
        words.append("and can be overridden")
    return " ".join(words)
