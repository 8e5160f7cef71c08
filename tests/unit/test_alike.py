"""Which infusions are like others, so that their facts are remembered."""

from __future__ import annotations

import pytest

from orderguard import Order
from orderguard.facts.alike import likeness_of_doses
from orderguard.facts.measure import Measurer
from orderguard.rulebook.pack import Pack, Rulebook
from support.documents import Json


@pytest.mark.parametrize(("doses_a_day", "remembered"), [(1, True), (900, False)])
def test_the_premedication_of_a_day_is_remembered_unless_it_would_fill_the_memory(
    originals: list[Json], rulebook: Rulebook, pack: Pack, *, doses_a_day: int, remembered: bool
) -> None:
    clean = originals[0]
    [dose, *_] = clean["premedications"]
    order = Order.model_validate({**clean, "premedications": [dose] * doses_a_day})
    ctx = Measurer(rulebook.vocabulary, rulebook.terminology, pack.measure, []).context(order)
    first, *_ = ctx.infusions

    assert (likeness_of_doses(ctx, first) is not None) == remembered
