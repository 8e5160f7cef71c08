"""Like infusions share their facts; nobody can tell."""

from __future__ import annotations

import pytest

from orderguard import DecisionLog, InvalidOrder, Order, Verifier
from orderguard.facts import measure
from support.orders import OrderMaker, many, text_of
from support.streams import Nowhere


def test_facts_that_like_infusions_share_are_those_that_each_would_have(
    maker: OrderMaker, product: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work = Verifier(log=DecisionLog(Nowhere()))._packs[product]
    compared = 0
    for document in maker.series(many(600), seed=11):
        try:
            order = Order.model_validate_json(text_of(document))
        except InvalidOrder:
            continue
        shared = at_work._items(order)
        with monkeypatch.context() as patch:
            patch.setattr(measure, "likeness_of_bag", lambda *_: None)
            patch.setattr(measure, "likeness_of_doses", lambda *_: None)
            alone = at_work._items(order)
        assert [item.facts for item in shared] == [item.facts for item in alone]
        compared += 1
    assert compared > 300
