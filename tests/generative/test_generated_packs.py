"""The safety properties hold for any rule pack, not only for the bundled ones."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from orderguard import Order
from orderguard.judging import Judgement, PackAtWork
from orderguard.rulebook.load import bundled_rules
from orderguard.rulebook.pack import Pack, Rulebook
from orderguard.verdict import decide
from support.documents import VERIFIED, Json, verified_orders
from support.orders import OrderMaker, many
from support.rule_packs import SEVERITIES, Data, PackMaker

STRICTNESS = {"verified": 0, "hold": 1, "reject": 2}
TAKEN_AWAY = (
    ("patient", "labs"),
    ("patient", "immunizations"),
    ("patient", "conditions"),
    ("patient", "prior_infusions"),
    ("patient", "screening"),
    ("rems",),
    ("premedications",),
    ("course",),
)
"""Lists and parts whose absence reads as not known."""

_SEED = 17
_CHANGES = 3


@pytest.fixture(scope="module")
def makers(rulebook: Rulebook) -> list[PackMaker]:
    """A maker of packs for each bundled pack's product and measurements."""
    heads = []
    for path in sorted(bundled_rules().glob("*.yaml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        head = {key: data[key] for key in ("pack", "version", "title", "covers", "measure", "sources")}
        # A generated pack has no settings, so what a setting would tell the measurements is left out.
        told = {key: value for key, value in head["measure"].items() if not isinstance(value, dict)}
        heads.append({**head, "measure": told})
    return [PackMaker(rulebook, head) for head in heads]


@pytest.fixture(scope="module")
def documents(rulebook: Rulebook) -> list[Json]:
    """Orders of every bundled pack: verified ones, and some with changes."""
    return [
        document
        for product in VERIFIED
        for document in [
            *verified_orders(product),
            *OrderMaker(rulebook, product).series(5, _CHANGES, seed=_SEED),
        ]
    ]


thorough = settings(
    derandomize=True,
    deadline=None,
    max_examples=many(40),
    suppress_health_check=list(HealthCheck),
)


def made(makers: list[PackMaker], data: st.DataObject) -> tuple[PackMaker, Data, Pack]:
    """A pack that loads, as data and compiled."""
    maker = data.draw(st.sampled_from(makers))
    document = data.draw(maker.packs())
    pack = maker.compiled(document)
    assume(pack is not None)
    assert pack is not None
    return maker, document, pack


def judged(rulebook: Rulebook, pack: Pack, document: Json, **options: Any) -> Judgement:
    """What both engines say; they must agree, else an engine fault is raised."""
    engines, cache = options.get("engines", "both"), options.get("cache", 0)
    at_work = PackAtWork(pack, rulebook.vocabulary, rulebook.terminology, engines, cache)
    return at_work.judge(Order.model_validate(document))


def strictness(judgement: Judgement) -> int:
    return STRICTNESS[decide(judgement.findings)]


@thorough
@given(st.data())
def test_properties_1_and_5_every_rule_is_accounted_for_by_both_engines(
    rulebook: Rulebook, makers: list[PackMaker], documents: list[Json], data: st.DataObject
) -> None:
    _, _, pack = made(makers, data)
    at_work = PackAtWork(pack, rulebook.vocabulary, rulebook.terminology, "both", 0)
    for document in documents:
        judgement = at_work.judge(Order.model_validate(document))
        said = [*(f.rule for f in judgement.findings), *judgement.cleared, *judgement.not_applicable]
        assert sorted(said) == sorted(rule.id for rule in pack.rules)
        if decide(judgement.findings) == "verified":
            assert all(finding.severity == "info" for finding in judgement.findings)


@thorough
@given(st.data())
def test_property_2_taking_a_part_away_never_verifies_what_was_not(
    rulebook: Rulebook, makers: list[PackMaker], documents: list[Json], data: st.DataObject
) -> None:
    _, _, pack = made(makers, data)
    document = data.draw(st.sampled_from(documents))
    part = data.draw(st.sampled_from(TAKEN_AWAY))
    before = judged(rulebook, pack, document)
    after = judged(rulebook, pack, without(document, part))
    if decide(before.findings) != "verified":
        assert decide(after.findings) != "verified"


@thorough
@given(st.data())
def test_property_3_a_further_rule_and_a_higher_severity_are_never_milder(
    rulebook: Rulebook, makers: list[PackMaker], documents: list[Json], data: st.DataObject
) -> None:
    maker, document, pack = made(makers, data)
    more = maker.compiled(maker.pack_of([*_rules_of(document), data.draw(maker.rule())]))
    raised = maker.compiled(maker.pack_of([_raised(rule) for rule in _rules_of(document)]))
    assume(more is not None and raised is not None)
    assert more is not None
    assert raised is not None
    for order in documents:
        least = strictness(judged(rulebook, pack, order, engines="reference"))
        assert strictness(judged(rulebook, more, order, engines="reference")) >= least
        assert strictness(judged(rulebook, raised, order, engines="reference")) >= least


@thorough
@given(st.data())
def test_property_4_the_order_of_the_rules_changes_nothing(
    rulebook: Rulebook, makers: list[PackMaker], documents: list[Json], data: st.DataObject
) -> None:
    maker, document, pack = made(makers, data)
    rules = list(document["rules"])
    Random(_SEED).shuffle(rules)
    shuffled = maker.compiled({**document, "rules": rules})
    assert shuffled is not None
    for order in documents:
        one, other = judged(rulebook, pack, order), judged(rulebook, shuffled, order)
        assert one.findings == other.findings
        assert set(one.cleared) == set(other.cleared)
        assert set(one.not_applicable) == set(other.not_applicable)


@thorough
@given(st.data())
def test_property_7_judging_again_with_and_without_a_memory_gives_the_same(
    rulebook: Rulebook, makers: list[PackMaker], documents: list[Json], data: st.DataObject
) -> None:
    _, _, pack = made(makers, data)
    remembering = PackAtWork(pack, rulebook.vocabulary, rulebook.terminology, "both", 64)
    for order in documents[:4] * 2:
        again = remembering.judge(Order.model_validate(order))
        assert again.findings == judged(rulebook, pack, order).findings


def without(document: Json, part: tuple[str, ...]) -> Json:
    """The order without a part."""
    *above, last = part
    kept = dict(document)
    inside = kept
    for key in above:
        inside[key] = dict(inside[key])
        inside = inside[key]
    inside.pop(last, None)
    return kept


def _rules_of(document: Data) -> list[Data]:
    return [{key: value for key, value in rule.items() if key != "id"} for rule in document["rules"]]


def _raised(rule: Data) -> Data:
    """The rule with each severity a step higher."""
    if "levels" in rule:
        return {**rule, "levels": [_raised(level) for level in rule["levels"]]}
    return {**rule, "severity": SEVERITIES[max(0, SEVERITIES.index(rule["severity"]) - 1)]}
