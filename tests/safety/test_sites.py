"""What a site loosens is said in every verdict, whatever becomes of the order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

import orderguard.verifier as verifier_module
from orderguard import DecisionLog, Verdict, Verifier
from orderguard.rulebook.pack import Rulebook
from support.documents import Json, example, replaced, text_of
from support.faults import broken
from support.orders import OrderMaker, many
from support.sites import BY, PACK, loosening, site_file
from support.streams import Broken, Nowhere

LOOSENED = ("hbv-hcv", "vzv-immunity")


@pytest.fixture(scope="module")
def maker(rulebook: Rulebook) -> OrderMaker:
    """Makes orders for Lemtrada."""
    return OrderMaker(rulebook, "lemtrada")


@pytest.fixture(scope="module")
def loose(tmp_path_factory: pytest.TempPathFactory) -> Path:
    changes = [loosening(LOOSENED[0]), loosening(LOOSENED[1], "warn")]
    return site_file(tmp_path_factory.mktemp("site"), loosen=changes)


@pytest.fixture(scope="module")
def loose_verifier(loose: Path) -> Verifier:
    return Verifier(site=loose, key="", log=DecisionLog(Nowhere()), cache=0)


def assert_said(verdict: Verdict) -> None:
    """Both loosenings stand in the verdict document, with who, when and why."""
    site = json.loads(verdict.to_json())["rules"]["site"]
    assert [entry["rule"] for entry in site["loosened"]] == list(LOOSENED)
    assert all(entry[key] == BY[key] for entry in site["loosened"] for key in BY)


ORDERS: dict[str, tuple[Callable[[Json], Json], str]] = {
    "verified": (lambda document: document, "verified"),
    "hold": (lambda document: replaced(document, ("patient", "labs"), None), "hold"),
    "reject": (lambda document: replaced(document, ("infusions", 0, "dose_mg"), 13), "reject"),
    "not identified": (lambda document: replaced(document, ("product",), {"name": "Nothing"}), "hold"),
}


@pytest.mark.parametrize("name", ORDERS)
def test_every_loosening_stands_in_the_verdict(name: str, loose_verifier: Verifier) -> None:
    change, decision = ORDERS[name]
    verdict = loose_verifier.verify_json(text_of(change(example("lemtrada-course-1.json"))))
    assert verdict.decision == decision
    assert_said(verdict)


def test_every_loosening_stands_in_the_verdicts_on_all_kinds_of_orders(
    loose_verifier: Verifier, maker: OrderMaker
) -> None:
    packs = set()
    for document in maker.series(many(40), seed=606):
        verdict = loose_verifier.verify_json(text_of(document))
        packs.add(verdict.rules.pack)
        if verdict.rules.pack in (None, PACK):
            assert_said(verdict)
    assert PACK in packs


def test_every_loosening_stands_in_the_verdict_on_a_fault_of_the_engine(loose_verifier: Verifier) -> None:
    def lose_everything(_: Any, definition: Any) -> None:
        definition.clear()

    with broken(loose_verifier, lose_everything):
        verdict = loose_verifier.verify_json(text_of(example("lemtrada-course-1.json")))
    assert verdict.has_fault
    assert_said(verdict)


def _failing(*_: object) -> Iterator[None]:
    raise RuntimeError


def test_every_loosening_stands_in_the_verdict_when_not_even_the_pack_is_known(
    loose_verifier: Verifier,
) -> None:
    with patch.object(verifier_module, "identify", _failing):
        verdict = loose_verifier.verify_json(text_of(example("lemtrada-course-1.json")))
    assert (verdict.has_fault, verdict.rules.pack) == (True, None)
    assert_said(verdict)


def test_every_loosening_stands_in_the_verdict_that_could_not_be_logged(loose: Path) -> None:
    verifier = Verifier(site=loose, key="", log=DecisionLog(Broken()))
    verdict = verifier.verify_json(text_of(example("lemtrada-course-1.json")))
    assert verdict.log_failed
    assert_said(verdict)


def test_only_the_rule_that_was_switched_off_is_missing(loose_verifier: Verifier, verifier: Verifier) -> None:
    document = text_of(example("lemtrada-course-1.json"))
    before, after = verifier.verify_json(document), loose_verifier.verify_json(document)
    assert set(before.cleared) - set(after.cleared) == {LOOSENED[0]}
    assert before.not_applicable == after.not_applicable
