"""One scenario: its order, its verdict, and what was said about the verdict."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from orderguard.errors import InvalidOrder
from orderguard.testing.draft import Draft, Json
from orderguard.testing.pharmacy import Pharmacy
from orderguard.testing.problem import StepError, nearest

_BUILT_IN = ("product-covered", "engine-fault")
_IN_FINDINGS = ("violated", "not-evaluated")


class Verdict(Protocol):
    """What the steps need of a verdict."""

    def to_json(self) -> str:
        """The verdict document."""


class Verifier(Protocol):
    """What the steps need of a verifier."""

    def verify_json(self, text: str) -> Verdict:
        """Verify an order document."""


class Case:
    """One scenario.

    Args:
        verifier: gives the verifier; asked when the order is verified.
        known_drug: whether a value set knows a drug of this name.
        known_rule: whether a loaded pack has a rule of this id.
        folder: the folder of the feature file.
        verifier_of: gives the verifier of a pharmacy; None where scenarios cannot speak of one.
    """

    def __init__(
        self,
        verifier: Callable[[], Verifier],
        known_drug: Callable[[str], bool],
        known_rule: Callable[[str], bool],
        folder: Path | None = None,
        verifier_of: Callable[[Pharmacy], Verifier] | None = None,
    ) -> None:
        self.order = Draft(folder)
        self._verifier = verifier
        self._verifier_of = verifier_of
        self._known_drug = known_drug
        self._known_rule = known_rule
        self._verdict: Json | None = None
        self._named: set[str] = set()
        self._stated = False

    # -- the order ---------------------------------------------------------------------------------------

    def changing(self) -> Draft:
        """The order, to be changed.

        Raises:
            StepError: it was verified already.
        """
        if self._verdict is not None:
            raise StepError("The order was verified already; nothing can be changed afterwards.")
        return self.order

    def verify(self) -> None:
        """Verify the order as it stands.

        Raises:
            StepError: there is no order, it was verified already, or it cannot be read.
        """
        order = self.changing()
        if not order.infusions:
            raise StepError("The order has no infusion left.")
        for drug in order.drugs:
            if not self._known_drug(drug):
                raise StepError(
                    f"No value set knows the drug `{drug}`. If that is meant, put it in double quotes."
                )
        try:
            self._verdict = json.loads(self._chosen_verifier().verify_json(order.text()).to_json())
        except InvalidOrder as error:
            raise StepError(f"The order cannot be read: {error}") from None

    def _chosen_verifier(self) -> Verifier:
        if not self.order.pharmacy:
            return self._verifier()
        if self._verifier_of is None:
            raise StepError("What the pharmacy chooses cannot be stated here.")
        return self._verifier_of(self.order.pharmacy)

    # -- the verdict -------------------------------------------------------------------------------------

    @property
    def verdict(self) -> Json:
        """The verdict document.

        Raises:
            StepError: the order was not verified yet.
        """
        if self._verdict is None:
            raise StepError("The order was not verified yet. Say `When the order is verified` first.")
        return self._verdict

    def decision(self) -> str:
        """The decision; the scenario has then said something about the outcome."""
        self._stated = True
        decision: str = self.verdict["decision"]
        return decision

    def pack(self) -> str | None:
        """The pack that judged the order; the scenario has then said something about the outcome."""
        self._stated = True
        pack: str | None = self.verdict["rules"]["pack"]
        return pack

    def is_asked(self, rule: str) -> bool:
        """Whether the verdict speaks of a rule at all.

        Raises:
            StepError: no loaded pack has such a rule.
        """
        if not self._known_rule(rule):
            raise StepError(f"No loaded pack has a rule {rule}.")
        self._stated = True
        verdict = self.verdict
        found = [finding["rule"] for finding in verdict["findings"]]
        return rule in (*found, *verdict["cleared"], *verdict["not_applicable"])

    def outcome(self, rule: str) -> str:
        """The outcome of a rule; the scenario has then named the rule.

        Raises:
            StepError: no such rule.
        """
        verdict = self.verdict
        self._stated = True
        self._named.add(rule)
        for outcome in ("cleared", "not_applicable"):
            if rule in verdict[outcome]:
                return outcome.replace("_", "-")
        for finding in verdict["findings"]:
            if finding["rule"] == rule:
                found: str = finding["outcome"]
                return found
        if rule in _BUILT_IN:
            return "cleared"
        known = [*verdict["cleared"], *verdict["not_applicable"], *_BUILT_IN]
        known += [finding["rule"] for finding in verdict["findings"]]
        raise StepError(f"There is no rule {rule}.{nearest(rule, known)}")

    def loosened(self, rule: str) -> Json | None:
        """What the verdict says of the loosening of a rule; None where it lists none."""
        self._stated = True
        site = self.verdict["rules"]["site"] or {}
        return next((entry for entry in site.get("loosened", ()) if entry["rule"] == rule), None)

    def finding(self, rule: str) -> Json:
        """The finding of a rule.

        Raises:
            StepError: no such rule, or it has no finding.
        """
        outcome = self.outcome(rule)
        if outcome not in _IN_FINDINGS:
            raise StepError(f"Rule {rule} has no finding: it is {outcome.replace('-', ' ')}.")
        found: Json = next(finding for finding in self.verdict["findings"] if finding["rule"] == rule)
        return found

    def close(self) -> None:
        """Look at what the scenario left unsaid.

        Raises:
            StepError: nothing was said about the outcome, or another block or warn rule speaks.
        """
        if not self.order.document:
            return
        if not self._stated:
            raise StepError("The scenario says nothing about the decision or a rule.")
        others = [
            finding
            for finding in self.verdict["findings"]
            if finding["severity"] != "info" and finding["rule"] not in self._named
        ]
        if others:
            raise StepError("The scenario does not name these rules, which speak too:" + _lines(others))

    def findings_said(self) -> str:
        """The findings, one a line, for a message."""
        findings = self.verdict["findings"]
        return "There are these findings:" + _lines(findings) if findings else "There is no finding."


def _lines(findings: Iterable[dict[str, Any]]) -> str:
    return "".join(
        f"\n  {finding['rule']} ({finding['severity']}, {finding['outcome'].replace('-', ' ')}): "
        f"{finding['message']}"
        for finding in findings
    )
