"""Where findings come from: the work for it grows with the order, not with its square."""

from __future__ import annotations

import io
import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from orderguard import Verifier
from orderguard.facts import traced
from orderguard.facts.measure import Measurer
from orderguard.facts.trace import Notes, TracedModel
from orderguard.order import Order
from support.documents import text_of
from support.orders import OrderMaker

_EXAMPLES = Path(__file__).parents[2] / "examples"
_FEW, _MANY = 20, 80


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(log=io.StringIO())


def _later(instant: str, days: int) -> str:
    return (datetime.fromisoformat(instant) + timedelta(days=days)).isoformat()


def _long_order(name: str, length: int, *, days: int) -> str:
    """An order with as many infusions and premedications, all of which break rules, on so many dates."""
    order: dict[str, Any] = json.loads((_EXAMPLES / f"{name}.json").read_text())
    [infusion, *_], [dose, *_] = order["infusions"], order["premedications"]
    start, given = infusion["scheduled_start"], dose["scheduled_at"]
    order["infusions"] = [
        infusion
        | {"scheduled_start": _later(start, number % days), "dose_mg": 11, "duration_minutes": 1 + number}
        for number in range(length)
    ]
    order["premedications"] = [
        dose | {"scheduled_at": _later(given, number % days), "dose_mg": 1} for number in range(length)
    ]
    return json.dumps(order)


def _reads(verifier: Verifier, text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often a field of the order is read for the evidence of a verdict."""
    count = 0
    read = TracedModel.__getattr__

    def counted(model: TracedModel, name: str) -> Any:
        nonlocal count
        count += 1
        return read(model, name)

    with monkeypatch.context() as patch:
        patch.setattr(TracedModel, "__getattr__", counted)
        verdict = verifier.verify_json(text)
    assert not any(finding.rule == "engine-fault" for finding in verdict.findings)
    assert sum(len(finding.evidence) for finding in verdict.findings) > 0
    return count


@pytest.mark.parametrize("name", ["lemtrada-course-1", "campath-first-dose"])
def test_reading_for_evidence_grows_with_the_length_of_an_order(
    verifier: Verifier, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = (
        _reads(verifier, _long_order(name, length, days=length), monkeypatch) for length in (_FEW, _MANY)
    )

    assert many < few * 1.25 * _MANY / _FEW


def test_the_items_of_an_order_are_traced_once_for_all_its_findings(
    verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    traced_items: list[str] = []
    begin = TracedModel.__init__

    def begun(model: TracedModel, part: Any, pointer: str, recorder: Any) -> None:
        if re.fullmatch(r"/infusions/\d+", pointer):
            traced_items.append(pointer)
        begin(model, part, pointer, recorder)

    monkeypatch.setattr(TracedModel, "__init__", begun)
    verdict = verifier.verify_json(_long_order("lemtrada-course-1", _FEW, days=_FEW))

    assert sum(len(finding.evidence) for finding in verdict.findings) > len(traced_items) > 0
    assert len(traced_items) == len(set(traced_items))


@pytest.mark.parametrize("room", [traced._MOST_NOTES, 0])
@pytest.mark.parametrize("product", ["lemtrada", "campath"])
def test_what_a_fact_notes_does_not_depend_on_the_facts_that_were_traced_before_it(
    verifier: Verifier, product: str, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rulebook = verifier.rulebook
    pack = rulebook.pack_for(product)
    assert pack is not None
    names = sorted({name for group in pack.groups for name in group.facts})
    measurer = Measurer(rulebook.vocabulary, rulebook.terminology, pack.measure, names)
    monkeypatch.setattr(traced, "_MOST_NOTES", room)
    for document in OrderMaker(rulebook, product).series(12, seed=7):
        order = Order.model_validate_json(text_of(document))
        shared, ctx = measurer.tracer(order), measurer.context(order)
        for name in names:
            scope = rulebook.vocabulary[name].scope
            for index in range(1 if scope == "order" else len(measurer.items(ctx, scope))):
                alone = measurer.tracer(order).trace(name, index)
                assert _listed(shared.trace(name, index)) == _listed(alone)


def _listed(notes: Notes) -> list[list[object]]:
    """The notes with their order, which is the order of the evidence."""
    return [list(noted.items()) for noted in notes]
