"""Items of value sets: each can be left out, and order cases notice it or not."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from typing import Any

import pytest

from orderguard.facts.terminology_files import TerminologyFiles, read_files
from orderguard.order import Order
from orderguard.rulebook.load import TERMINOLOGY, bundled_rules
from orderguard.rulebook.pack import Outcome, Rulebook
from orderguard.tools.order_case import OrderCase, Statement, departures
from orderguard.tools.order_judge import OrderJudge
from orderguard.tools.value_drops import ValueItem, items_of, reading_of, without
from orderguard.tools.value_mutation import ValueDrops, mentions_in
from support.documents import Json, example


@pytest.fixture(scope="module")
def files() -> TerminologyFiles:
    return read_files(bundled_rules() / TERMINOLOGY)


@pytest.fixture(scope="module")
def items(files: TerminologyFiles) -> dict[str, ValueItem]:
    return {item.name: item for item in items_of(files)}


def order(**patient: Any) -> Json:
    document = copy.deepcopy(example("lemtrada-course-1.json"))
    document["patient"].update(patient)
    return document


def case(document: Json, decision: Any, **statements: Outcome) -> OrderCase:
    stated = {rule.replace("_", "-"): Statement(outcome) for rule, outcome in statements.items()}
    return OrderCase("a case", "some.feature", 3, json.dumps(document), decision, stated)


def allergic_to(substance: str) -> OrderCase:
    return case(order(allergies=[{"substance": substance}]), "reject", ci_hypersensitivity=Outcome.VIOLATED)


def unnoticed(
    rulebook: Rulebook, files: TerminologyFiles, cases: list[OrderCase], items: Iterable[ValueItem]
) -> list[str]:
    drops = ValueDrops(rulebook, files, cases, mentions_in(cases, rulebook.terminology))
    return [item.name for item, _ in drops.unnoticed(items)]


def test_the_cases_of_these_tests_hold(rulebook: Rulebook) -> None:
    judge = OrderJudge(rulebook)
    for each in (allergic_to("tween 80"), case(order(), "verified")):
        assert departures(each, judge.judge(Order.model_validate_json(each.order)).answers) == []


def test_an_item_whose_loss_changes_a_stated_outcome_is_noticed(
    rulebook: Rulebook, files: TerminologyFiles, items: dict[str, ValueItem]
) -> None:
    wanted = [items["name tween 80 of alemtuzumab-product"], items["name E433 of alemtuzumab-product"]]

    assert unnoticed(rulebook, files, [allergic_to("tween 80")], wanted) == [
        "name E433 of alemtuzumab-product"
    ]


def test_a_case_that_does_not_name_the_rule_notices_nothing_of_an_item_that_made_it_speak(
    rulebook: Rulebook, files: TerminologyFiles, items: dict[str, ValueItem]
) -> None:
    both = order(allergies=[{"substance": "tween 80"}, {"substance": "polysorbate 80"}])
    cases = [case(both, "reject", ci_hypersensitivity=Outcome.VIOLATED)]
    wanted = [items["name tween 80 of alemtuzumab-product"]]

    assert unnoticed(rulebook, files, cases, wanted) == ["name tween 80 of alemtuzumab-product"]


def test_a_rule_that_is_not_named_and_then_speaks_notices_an_item(
    rulebook: Rulebook, files: TerminologyFiles, items: dict[str, ValueItem]
) -> None:
    wanted = [items["unit U/L of alt, ast"], items["unit [IU]/L of alt, ast"]]

    assert unnoticed(rulebook, files, [case(order(), None)], wanted) == ["unit [IU]/L of alt, ast"]


def test_an_item_that_no_case_mentions_is_not_noticed(
    rulebook: Rulebook, files: TerminologyFiles, items: dict[str, ValueItem]
) -> None:
    assert unnoticed(rulebook, files, [case(order(), "verified")], [items["name Zostavax of zoster live"]])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("name Medrol of methylprednisolone", "medrol"),
        ("name methylprednisolone", "Methylprednisolone"),
        ("RxCUI 6902 of methylprednisolone", "06902"),
        ("ATC code H02AB04 of methylprednisolone", "h02ab04"),
        ("methylprednisolone in corticosteroid", "Solu-Medrol"),
        ("ATC codes L01 in antineoplastic", "L01BA01"),
        ("codes A00-B99 of infection", "B20"),
        ("codes M31.1 of ttp", "M31.10"),
        ("codes G35 of multiple-sclerosis", "G35"),
        ("ttp in autoimmune-event", "M31.1"),
        ("ttp in autoimmune-event", "ttp"),
        ("CVX code 03 of MMR", "3"),
        ("name MMR", "mmr"),
        ("name Priorix of MMR", "PRIORIX"),
        ("NDC 58468-0200 of lemtrada", "58468-0200-1"),
        ("RxCUI 1594663 of lemtrada", "1594663"),
        ("name Lemtrada of lemtrada", "LEMTRADA"),
        ("name E433 of alemtuzumab-product", "e433"),
        ("unit U/L of alt, ast", "U/L"),
    ],
)
def test_a_text_mentions_an_item(
    rulebook: Rulebook, items: dict[str, ValueItem], name: str, text: str
) -> None:
    item = items[name]

    assert item.mentions(reading_of(text, rulebook.terminology))
    assert not item.mentions(reading_of("something else", rulebook.terminology))


def test_a_text_after_a_range_of_codes_does_not_mention_it(
    rulebook: Rulebook, items: dict[str, ValueItem]
) -> None:
    assert not items["codes A00-B99 of infection"].mentions(reading_of("C00.1", rulebook.terminology))


def test_without_an_item_the_value_sets_do_not_know_it_and_know_all_else(
    rulebook: Rulebook, files: TerminologyFiles, items: dict[str, ValueItem]
) -> None:
    whole = rulebook.terminology

    def fewer(name: str) -> Any:
        return without(items[name], files, whole)

    assert not fewer("name Medrol of methylprednisolone").drug("Medrol", None, None).recognised
    assert fewer("name Medrol of methylprednisolone").drug("Solu-Medrol", None, None).recognised
    assert not fewer("name methylprednisolone").drug("methylprednisolone", None, None).recognised
    assert fewer("name methylprednisolone").drug("Medrol", None, None).drugs == {"methylprednisolone"}
    assert not fewer("RxCUI 6902 of methylprednisolone").drug(None, "6902", None).recognised
    in_class = whole.drug("Medrol", None, None)
    assert in_class is not None
    left = fewer("methylprednisolone in corticosteroid").drug("Medrol", None, None)
    assert in_class.classes - left.classes == {"corticosteroid"}
    assert fewer("name MMR").vaccine(None, "MMR") == frozenset()
    assert fewer("name MMR").vaccine("03", None) == whole.vaccine("03", None)
    assert fewer("CVX code 03 of MMR").vaccine("03", None) == frozenset()
    assert fewer("codes M31.1 of ttp").condition_kind("M31.1") is None
    assert "ttp" not in fewer("ttp in autoimmune-event").condition_groups["autoimmune-event"]
    assert fewer("NDC 58468-0200 of lemtrada").product_by_ndc("58468-0200") is None
    assert fewer("name Lemtrada of lemtrada").product_by_name("Lemtrada") is None
    assert whole.product_by_name("Lemtrada") == "lemtrada"


def test_leaving_items_out_does_not_change_the_files(files: TerminologyFiles, rulebook: Rulebook) -> None:
    before = [file.document.model_dump_json() for file in files.loaded()]
    for item in items_of(files)[::40]:
        without(item, files, rulebook.terminology)

    assert [file.document.model_dump_json() for file in files.loaded()] == before
    assert not any(file.problems for file in files.loaded())
