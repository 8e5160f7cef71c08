"""Order in, verdict out: the one place where the stages meet."""

from __future__ import annotations

import hmac
import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from orderguard._version import __version__
from orderguard.decision_log import DecisionLog
from orderguard.engine.judge import Engines
from orderguard.errors import DecisionLogError, EngineFault
from orderguard.facts.measure import identify
from orderguard.judging import Judgement, PackAtWork
from orderguard.order import Order
from orderguard.order_canonical import canonical_json
from orderguard.rulebook.load import bundled_rules, load_rulebook
from orderguard.rulebook.pack import Pack, Rulebook, SiteChanges
from orderguard.site_ref import site_ref
from orderguard.verdict import (
    Finding,
    RulesRef,
    SiteRef,
    Verdict,
    decide,
    engine_fault,
    in_order,
    product_covered,
)

if TYPE_CHECKING:
    from orderguard.rulebook.load import Store

KEY_VARIABLE = "ORDERGUARD_KEY"
_LOG_FAILED = "The decision could not be written to the decision log."


class Verifier:
    """Verifies orders against rules. May be shared between threads.

    Args:
        rules: a directory of rules; None for the bundled ones.
        site: a site's file, which chooses settings, changes severities and adds packs; None for none.
        key: the site's key for `decision_id` and `order_sha256`; None takes the environment variable
            ORDERGUARD_KEY, and without it the empty key, with which anyone can recompute both.
        log: where decision events go; None for standard error.
        cache: how many judgements of like facts are kept; 0 gives the same verdicts, later.
        engines: which engines judge. Only `both` verifies; one alone is for tests of the engines.
        store: where the rules may lie ready, compiled; then a pack is loaded for the first order that needs
            it. None compiles and tests all of them anew.

    Attributes:
        log: where decision events go.
        rulebook: the rules.

    Raises:
        RulesError: the rules do not load.
        EngineFault: durable-rules is not installed, or an engine does not take the rules.
    """

    def __init__(
        self,
        rules: str | Path | None = None,
        *,
        site: str | Path | None = None,
        key: str | bytes | None = None,
        log: TextIO | DecisionLog | None = None,
        cache: int = 4096,
        engines: Engines = "both",
        store: Store | None = None,
    ) -> None:
        if key is None:
            key = os.environ.get(KEY_VARIABLE, "")
        self._key = key.encode() if isinstance(key, str) else key
        self.log = log if isinstance(log, DecisionLog) else DecisionLog(log)
        self.rulebook: Rulebook = load_rulebook(
            bundled_rules() if rules is None else Path(rules), store, None if site is None else Path(site)
        )
        self._no_rules = RulesRef(pack=None, version=None, sha256=None, site=_of_site(self.rulebook.site))
        self._engines = engines
        self._cache = cache
        self._packs: dict[str, PackAtWork] = {}
        self._refs: dict[str, RulesRef] = {}
        self._lock = threading.Lock()
        if store is None:
            for pack in self.rulebook.packs:
                self._put_to_work(pack)

    def verify_json(self, text: str | bytes) -> Verdict:
        """Verify an order document.

        Raises:
            InvalidOrder: the text is no order; carries every problem.
        """
        return self.verify(Order.model_validate_json(text))

    def verify(self, order: Order) -> Verdict:
        """Verify an order.

        Returns:
            The verdict. A fault of an engine, or a decision that could not be logged, is never `verified`: it
            is in the findings as `engine-fault`.
        """
        started = time.perf_counter()
        return self._logged(self._verdict(order), started)

    def hold(self, order: Order, kind: str, reason: str) -> Verdict:
        """Hold an order that ends the process which judges it.

        Args:
            order: the order. No rule looks at it.
            kind: the kind of the fault, for the decision log.
            reason: what happened; without any value of the order.

        Returns:
            The verdict with the finding `engine-fault` and without a pack, after it was logged.
        """
        started = time.perf_counter()
        text = f"The order could not be judged: {reason}."
        self._report(order, kind, text)
        return self._logged(self._document(order, (engine_fault(text),)), started)

    def judge(self, order: Order) -> tuple[Pack, Judgement] | None:
        """The pack that covers an order and what its rules say, without a verdict and without a log event.

        Returns:
            None when no loaded pack covers the product.

        Raises:
            EngineFault: an engine failed, or the engines disagree.
        """
        at_work = self._pack_for(order)
        return None if at_work is None else (at_work.pack, at_work.judge(order))

    def _pack_for(self, order: Order) -> PackAtWork | None:
        product = identify(order.product, self.rulebook.terminology)
        if product is None:
            return None
        if product not in self._packs:
            with self._lock:
                pack = self.rulebook.pack_for(product)
                if pack is not None and product not in self._packs:
                    self._put_to_work(pack)
        return self._packs.get(product)

    def _put_to_work(self, pack: Pack) -> None:
        self._refs[pack.id] = RulesRef(
            pack=pack.id, version=pack.version, sha256=pack.sha256, site=_of_site(pack.site)
        )
        words, terminology = self.rulebook.vocabulary, self.rulebook.terminology
        self._packs[pack.product] = PackAtWork(pack, words, terminology, self._engines, self._cache)

    def _logged(self, verdict: Verdict, started: float) -> Verdict:
        """The verdict after its event was written; held if it was not."""
        try:
            self.log.write(_event(verdict, started))
        except DecisionLogError:
            return with_log_fault(verdict)
        return verdict

    def _verdict(self, order: Order) -> Verdict:
        pack: Pack | None = None
        judgement = None
        try:
            at_work = self._pack_for(order)
            pack = None if at_work is None else at_work.pack
            judgement = None if at_work is None else at_work.judge(order)
            findings = (self._not_covered(order),) if judgement is None else judgement.findings
        except Exception as error:  # noqa: BLE001 (whatever fails, the order is held)
            # The text of an unexpected error may hold values of the order.
            text = _fault_text(error)
            self._report(order, type(error).__name__, text)
            findings = (engine_fault(text),)
        return self._document(order, findings, pack, judgement)

    def _document(
        self,
        order: Order,
        findings: tuple[Finding, ...],
        pack: Pack | None = None,
        judgement: Judgement | None = None,
    ) -> Verdict:
        order_sha256 = self._hmac(canonical_json(order))
        rules = self._no_rules if pack is None else self._refs[pack.id]
        # Every part is checked already: the findings when they were built, the rest by its making.
        return Verdict.model_construct(
            decision_id=self._hmac(f"decision {order_sha256} {rules.sha256}".encode()),
            order_id=order.order_id,
            decision=decide(findings),
            findings=findings,
            cleared=() if judgement is None else judgement.cleared,
            not_applicable=() if judgement is None else judgement.not_applicable,
            rules=rules,
            order_sha256=order_sha256,
        )

    def _not_covered(self, order: Order) -> Finding:
        product = identify(order.product, self.rulebook.terminology)
        known = None if product is None else self.rulebook.terminology.products[product].title
        return product_covered(known)

    def _report(self, order: Order, kind: str, text: str) -> None:
        # A log that cannot be written shows when the decision itself is logged.
        with suppress(DecisionLogError):
            self.log.fault({"order_id": order.order_id, "kind": kind, "message": text})

    def _hmac(self, message: bytes) -> str:
        return hmac.digest(self._key, message, "sha256").hex()


def _fault_text(error: Exception) -> str:
    if isinstance(error, EngineFault):
        return f"The order could not be judged: {error}."
    return f"The order could not be judged: an unexpected {type(error).__name__}."


def with_log_fault(verdict: Verdict) -> Verdict:
    """A verdict whose event could not be written: it is never `verified`."""
    findings = in_order((*verdict.findings, engine_fault(_LOG_FAILED)))
    held = verdict.model_copy(update={"findings": findings, "decision": decide(findings)})
    held.mark_log_failed()
    return held


def _event(verdict: Verdict, started: float) -> dict[str, object]:
    """What the decision log says of a verdict: an allow-list, without any value of the order but its id."""
    return {
        "decision_id": verdict.decision_id,
        "order_id": verdict.order_id,
        "decision": verdict.decision,
        "findings": [_logged(finding) for finding in verdict.findings],
        "cleared": len(verdict.cleared),
        "not_applicable": len(verdict.not_applicable),
        "rules": {
            "pack": verdict.rules.pack,
            "version": verdict.rules.version,
            "sha256": verdict.rules.sha256,
            "site": _logged_site(verdict.rules.site),
        },
        "order_sha256": verdict.order_sha256,
        "duration_ms": round((time.perf_counter() - started) * 1000, 3),
        "orderguard": __version__,
    }


def _logged_site(site: SiteRef | None) -> dict[str, object] | None:
    if site is None:
        return None
    return {"name": site.name, "loosened": [entry.rule for entry in site.loosened]}


def _of_site(changes: SiteChanges | None) -> SiteRef | None:
    return None if changes is None else site_ref(changes)


def _logged(finding: Finding) -> dict[str, str]:
    return {"rule": finding.rule, "outcome": finding.outcome, "severity": finding.severity.value}
