"""The verdict document: what orderguard says about one order."""

# Annotations are not put off: Pydantic needs all, and evaluating them from text makes the start slower.
import json
from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from orderguard.rulebook.pack import SEVERITY_RANK, Outcome, Severity

Decision = Literal["verified", "hold", "reject"]

PRODUCT_COVERED = "product-covered"
ENGINE_FAULT = "engine-fault"
BUILT_IN = (PRODUCT_COVERED, ENGINE_FAULT)
"""The findings that stand in no pack."""


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Document):
    """One value that a finding was judged by."""

    path: str = Field(description="JSON Pointer into the order")
    value: Any = Field(description="what the order says there; null for a list that was looked through")
    fact: str = Field(description="the fact that was measured from it")
    measured: bool | int | float | str = Field(description="the measured value that the rule judged")


class CitedSource(_Document):
    """Where the limit of a rule was read."""

    id: str
    title: str
    section: str | None = None
    revision: str | None = None


class Finding(_Document):
    """A rule that is violated or could not be evaluated."""

    rule: str
    outcome: Literal["violated", "not-evaluated"]
    severity: Severity
    overridable: bool = Field(description="whether a named pharmacist may release the order in spite of it")
    title: str
    message: str
    requirement: str = Field(description="what must hold, as a sentence")
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = Field((), description="JSON Pointers of what is not known")
    action: str
    sources: tuple[CitedSource, ...] = ()
    confidence: str = Field("high", description="how well the sources were read")
    review: str = Field("unreviewed", description="unreviewed until a pharmacist signs")


class RaisedRule(_Document):
    """A rule that the site made stricter."""

    rule: str
    was: str = Field(alias="from", description="the severities of the rule's levels before")
    now: str = Field(alias="to", description="those that judged")


class LoosenedRule(_Document):
    """A rule that the site made milder or switched off."""

    rule: str
    was: str = Field(alias="from", description="the severities of the rule's levels before")
    now: str = Field(alias="to", description="those that judged, or `off`")
    by: str = Field(description="who decided it")
    on: str = Field(description="when it was decided")
    reason: str


class SiteRef(_Document):
    """What the file of a site changed about the rules."""

    name: str
    settings: dict[str, int | float | str] = Field(
        description="the settings in effect that are not the pack's own defaults"
    )
    raised: tuple[RaisedRule, ...]
    loosened: tuple[LoosenedRule, ...] = Field(
        description="of the pack that judged; of every pack where none did"
    )


class RulesRef(_Document):
    """Which rules judged; all null when none did."""

    pack: str | None
    version: str | None
    sha256: str | None = Field(
        description="covers the pack, every value set it uses, and what a site changes about it"
    )
    site: SiteRef | None = Field(None, description="null without the file of a site")


class Verdict(_Document):
    """What orderguard says about one order."""

    schema_version: Literal["1"] = "1"
    decision_id: str = Field(description="HMAC-SHA256 of order and rules under the site's key")
    order_id: str
    decision: Decision
    findings: tuple[Finding, ...]
    cleared: tuple[str, ...] = Field(description="ids of the rules that were asked and hold")
    not_applicable: tuple[str, ...] = Field(description="ids of the rules that were not asked")
    rules: RulesRef
    order_sha256: str = Field(description="HMAC-SHA256 of the order under the site's key")

    _log_failed: bool = PrivateAttr(default=False)

    @property
    def log_failed(self) -> bool:
        """Whether the decision could not be written to the decision log."""
        return self._log_failed

    def mark_log_failed(self) -> None:
        """Note that the decision could not be written to the decision log."""
        self._log_failed = True

    @property
    def has_fault(self) -> bool:
        """Whether an engine failed, or the decision log could not be written."""
        return any(finding.rule == ENGINE_FAULT for finding in self.findings)

    def to_json(self) -> str:
        """The verdict document on one line; the same verdict gives the same text on any machine."""
        return json.dumps(
            self.model_dump(mode="json", by_alias=True), ensure_ascii=True, separators=(", ", ": ")
        )


def decide(findings: Iterable[Finding]) -> Decision:
    """The decision that findings lead to (contract, section 3)."""
    decision: Decision = "verified"
    for finding in findings:
        if finding.severity is Severity.BLOCK and finding.outcome == Outcome.VIOLATED.value:
            return "reject"
        if finding.severity is not Severity.INFO:
            decision = "hold"
    return decision


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by severity, then rule id."""
    return tuple(sorted(findings, key=lambda finding: (SEVERITY_RANK[finding.severity], finding.rule)))


def product_covered(product: str | None) -> Finding:
    """The built-in finding for an order whose product no loaded pack covers; None: it is not identified."""
    identified = product is not None
    return Finding(
        rule=PRODUCT_COVERED,
        outcome="not-evaluated",
        severity=Severity.BLOCK,
        overridable=False,
        title="The product is covered by loaded rules",
        message=(
            f"No loaded rules cover the product {product}. Nothing was checked."
            if identified
            else "The product could not be identified. Nothing was checked."
        ),
        requirement="the product is identified and a loaded pack covers it",
        missing=("/product",),
        action=(
            "Check the order by hand, or load a pack that covers the product."
            if identified
            else "Name the product by its brand name or code."
        ),
        confidence="high",
    )


def engine_fault(message: str) -> Finding:
    """The built-in finding for a fault of the engine or of the decision log."""
    return Finding(
        rule=ENGINE_FAULT,
        outcome="not-evaluated",
        severity=Severity.BLOCK,
        overridable=False,
        title="Both engines judged the order, and the decision was logged",
        message=message,
        requirement="both engines judge every rule and agree, and the decision is logged",
        action="Do not release the order on this verdict. Check it again, and report the fault if it stays.",
        confidence="high",
    )
