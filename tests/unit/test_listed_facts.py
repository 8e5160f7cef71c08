"""Facts about a list: what they are declared to be where there is no entry is what is measured there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orderguard import Order
from orderguard.facts.definition import FactValue
from orderguard.facts.measure import Measurer
from orderguard.rulebook.pack import Pack, Rulebook
from support.documents import Json


def _measured(document: Json, name: str, rulebook: Rulebook, pack: Pack) -> Iterator[FactValue | None]:
    """The fact as its function measures it, of the order or of each item of its scope."""
    measurer = Measurer(rulebook.vocabulary, rulebook.terminology, pack.measure, [name])
    ctx = measurer.context(Order.model_validate(document))
    function, arguments = rulebook.vocabulary.measures[name]
    scope = rulebook.vocabulary[name].scope
    for item in [()] if scope == "order" else [(item,) for item in measurer.items(ctx, scope)]:
        yield function(ctx, *item, *arguments)


@pytest.mark.parametrize("entries", [None, []])
def test_a_fact_about_a_list_without_entries_is_what_it_is_declared_to_be(
    originals: list[Json], entries: list[object] | None, rulebook: Rulebook, pack: Pack
) -> None:
    for original in originals:
        for name, (where, when_empty) in rulebook.vocabulary.listed.items():
            key = where.removeprefix("patient.")
            document = {**original, "patient": {**original["patient"], key: entries}}
            declared = None if entries is None else when_empty
            assert all(found == declared for found in _measured(document, name, rulebook, pack)), name
