"""Like infusions share their facts; nobody can tell."""

from __future__ import annotations

import pytest

from orderguard import DecisionLog, InvalidOrder, Order, Verifier
from orderguard.facts import measure
from support.orders import OrderMaker, many, text_of
from support.streams import Nowhere


def test_facts_that_like_infusions_of_all_orders_share_are_those_that_each_would_have(
    maker: OrderMaker, product: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sharing = Verifier(log=DecisionLog(Nowhere()))._packs[product]
    for kind in measure._LIKENESSES:
        monkeypatch.setitem(measure._LIKENESSES, kind, lambda *_: None)
    measuring_each = Verifier(log=DecisionLog(Nowhere()))._packs[product]
    compared = 0
    for document in maker.series(many(600), seed=11):
        try:
            order = Order.model_validate_json(text_of(document))
        except InvalidOrder:
            continue
        shared, alone = sharing._items(order), measuring_each._items(order)
        assert [item.facts for item in shared] == [item.facts for item in alone]
        compared += 1
    assert compared > 300
