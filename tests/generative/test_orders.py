"""Both engines on whole generated orders, and how often each rule had which outcome on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orderguard import DecisionLog, Order, Verifier
from orderguard.engine.judge import Engines
from orderguard.rulebook.pack import Outcome, Pack, Rule, Rulebook, Severity
from support.documents import Json, text_of
from support.orders import OrderMaker, many
from support.streams import Nowhere
from support.summary import SHOWN_AT_THE_END
from support.survey import Survey, Surveyor

ALWAYS_ASKED = {
    "steroid-days-1-3": "the first infusion stands on the first infusion date",
    "baseline-upcr-first": "one level asks about the first course, the other about every later one",
    "cll-premed": "one level asks about escalations, the other about every other dose",
    "cll-route-iv": "one level asks about all routes but one, the other about that one",
}
"""Rules whose every level has an `applies`, and that are asked of every order all the same."""

NOT_COVERED = {"product-covered": (Outcome.NOT_EVALUATED, Severity.BLOCK)}
COLUMNS = (Outcome.VIOLATED, Outcome.CLEARED, Outcome.NOT_EVALUATED, Outcome.NOT_APPLICABLE)


def test_both_engines_give_each_rule_the_same_outcome_on_every_generated_order(survey: Survey) -> None:
    assert survey.orders > many(2000) * 0.9
    assert survey.differences == []


def test_every_rule_has_every_outcome_that_it_can_have(
    survey: Survey, pack: Pack, record_property: Callable[[str, object], None]
) -> None:
    record_property(SHOWN_AT_THE_END, _table(survey, pack))

    never = [
        f"{rule.id}: {outcome}"
        for rule in pack.rules
        for outcome in COLUMNS
        if not survey.counts[rule.id][outcome] and not _cannot(rule, outcome)
    ]
    assert never == []


def test_no_rule_has_an_outcome_that_it_cannot_have(survey: Survey, pack: Pack) -> None:
    refuted = [
        f"{rule.id}: {outcome}"
        for rule in pack.rules
        for outcome in COLUMNS
        if survey.counts[rule.id][outcome] and _cannot(rule, outcome)
    ]
    assert refuted == []


def _cannot(rule: Rule, outcome: Outcome) -> bool:
    """Whether the rule says that it cannot have an outcome; one that always asks is never not applicable."""
    always_asked = rule.id in ALWAYS_ASKED or any(level.applies is None for level in rule.levels)
    return outcome in rule.cannot or (outcome is Outcome.NOT_APPLICABLE and always_asked)


def _table(survey: Survey, pack: Pack) -> str:
    """Two rules on a line; a dash where a rule cannot have the outcome."""
    cells = [
        f"{rule.id:28}"
        + "".join(
            f"{'-' if not count and _cannot(rule, outcome) else count:>5}"
            for outcome in COLUMNS
            for count in [survey.counts[rule.id][outcome]]
        )
        for rule in pack.rules
    ]
    half = (len(cells) + 1) // 2
    pairs = zip(cells[:half], [*cells[half:], ""], strict=False)
    head = f"\n{survey.orders} generated orders: each rule violated, cleared, not evaluated, not applicable\n"
    return head + "\n".join(f"{left}   {right}".rstrip() for left, right in pairs)


# -- the whole judgement, engine by engine -------------------------------------------------------------------


@pytest.fixture(scope="module")
def verifiers() -> dict[Engines, Verifier]:
    """A verifier with each engine alone and one with both."""
    log = DecisionLog(Nowhere())
    engines: tuple[Engines, ...] = ("reference", "durable", "both")
    return {name: Verifier(key="", log=log, engines=name) for name in engines}


def _verdicts(verifiers: dict[Engines, Verifier], document: Json) -> set[str]:
    order = Order.model_validate_json(text_of(document))
    verdicts = [verifier.verify(order) for verifier in verifiers.values()]
    assert [
        finding.message for verdict in verdicts for finding in verdict.findings if verdict.has_fault
    ] == []
    return {verdict.to_json() for verdict in verdicts}


def test_a_verdict_says_of_each_rule_what_its_levels_had_for_outcomes(
    verifier: Verifier, rulebook: Rulebook, pack: Pack, maker: OrderMaker, survey: Survey
) -> None:
    surveyor = Surveyor(rulebook, pack)
    assert survey.mixed
    for document in [*survey.mixed.values(), *maker.series(many(40), seed=2)]:
        verdict = verifier.verify_json(text_of(document))
        said: dict[str, tuple[str, Severity | None]] = {
            finding.rule: (finding.outcome, finding.severity) for finding in verdict.findings
        }
        said.update(dict.fromkeys(verdict.cleared, (Outcome.CLEARED, None)))
        said.update(dict.fromkeys(verdict.not_applicable, (Outcome.NOT_APPLICABLE, None)))
        meant = surveyor.outcomes(document)
        assert said == (NOT_COVERED if meant is None else meant)


def test_the_verdict_is_the_same_with_each_engine_alone_and_with_both(
    verifiers: dict[Engines, Verifier], maker: OrderMaker
) -> None:
    for document in maker.series(many(50), seed=1):
        assert len(_verdicts(verifiers, document)) == 1


@settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=many(40),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(source=st.randoms(use_true_random=False), changes=st.integers(0, 6))
def test_hypothesis_finds_no_order_on_which_the_engines_differ(
    source: object, changes: int, verifiers: dict[Engines, Verifier], maker: OrderMaker
) -> None:
    document = maker.make(source, changes)  # type: ignore[arg-type]
    assert len(_verdicts(verifiers, document)) == 1
