"""Whole orders out of verified ones: fields set to what a rule may trip over, lists and parts taken away.

Limits come from the loaded rules, fields from the schema of the order document. So a new limit or a new field
takes part without a line here.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import pairwise
from random import Random
from typing import Any

from orderguard.rulebook.conditions import Compare, leaves
from orderguard.rulebook.pack import Rulebook
from support.changes import SPECIAL_CHANGES, Change, patient_of, quantity
from support.dates import AN_INSTANT, anchors, months_after, moved, start_beside, written
from support.documents import Json, text_of, verified_orders
from support.pools import RATES, STEPS, texts_for
from support.schema import LIST, PART, Field, order_fields
from support.treatment_changes import TREATMENT_CHANGES

USUAL_EXAMPLES = 2000
EXAMPLES = max(USUAL_EXAMPLES, int(os.environ.get("ORDERGUARD_EXAMPLES", USUAL_EXAMPLES)))
"""How many orders the largest of the generated tests makes; the others make more in proportion."""

MORE_CHANGES = {"campath": TREATMENT_CHANGES}
"""Changes that reach the rules of one product only."""

FIXED = {"schema_version", "order_id"}
MOST_COUNT = 6
HOW_MANY_CHANGES = (0, 1, 1, 1, 2, 2, 3, 4, 6, 9)
_UNITS = {"_mg": "mg", "_minutes": "min", "_ml": "mL"}
_STRENGTHS = (Decimal(10), Decimal(30), Decimal("10.1"))


def many(usually: int) -> int:
    """How many examples a test takes that takes `usually` without ORDERGUARD_EXAMPLES."""
    return usually * EXAMPLES // USUAL_EXAMPLES


class OrderMaker:
    """Makes orders: a verified one with some fields, lists and parts changed.

    Args:
        rulebook: the rules; their limits are what quantities and dates are set to, or just beside.
        product: the product that the orders are for, unless a change makes it another.
    """

    def __init__(self, rulebook: Rulebook, product: str = "lemtrada") -> None:
        texts = list(map(text_of, verified_orders(product)))
        # A long order takes longer to judge, so it comes up less often.
        self._bases = [*texts[:-1], *texts]
        self._limits = _limits_by_unit(rulebook)
        self._numbers = sorted({number for numbers in self._limits.values() for number in numbers})
        fields = [field for field in order_fields() if field.pattern not in FIXED]
        scalars = [field for field in fields if field.kind not in (PART, LIST)]
        lists = [field for field in fields if field.kind == LIST]
        parts = [field for field in fields if field.kind == PART and field.path[-1] != "*"]
        self._changes: list[Change] = [
            *[partial(self._change_scalar, field) for field in scalars],
            *[partial(_change_part, field) for field in parts],
            *[partial(_change_list, field) for field in lists] * 2,
            *[partial(self._add_entry, field, _scalars_of_item(field, scalars)) for field in lists] * 3,
            *SPECIAL_CHANGES * 2,
            *MORE_CHANGES.get(product, []) * 2,
        ]

    def make(self, source: Random, changes: int | None = None, *, first: int | None = None) -> Json:
        """An order.

        Args:
            source: decides what is changed, and to what.
            changes: how many changes; None leaves that to the source.
            first: number of the first change; None leaves that to the source.
        """
        document = json.loads(source.choice(self._bases))
        count = source.choice(HOW_MANY_CHANGES) if changes is None else changes
        for number in range(count):
            which = first if number == 0 and first is not None else source.randrange(len(self._changes))
            self._changes[which % len(self._changes)](document, source)
        return _made_valid(document)

    def series(self, count: int, changes: int | None = None, seed: int = 0) -> Iterator[Json]:
        """Orders that begin with each change in turn; the same for the same arguments."""
        for number in range(count):
            yield self.make(Random(f"{seed}-{number}"), changes, first=number)

    # -- changes ---------------------------------------------------------------------------------------------

    def _change_scalar(self, field: Field, document: Json, source: Random) -> None:
        """A field left out, null, or another value."""
        parent, key = _parent(document, field.path, source), field.path[-1]
        if key == "*":
            parent[:] = [self._value(field, parent, document, source)]
        elif source.random() < 0.15:
            parent.pop(key, None)
        elif source.random() < 0.1:
            parent[key] = None
        else:
            parent[key] = self._value(field, parent, document, source)

    def _add_entry(self, field: Field, below: Sequence[Field], document: Json, source: Random) -> None:
        """A new entry of a list, with most of its fields."""
        parent, key = _parent(document, field.path, source), field.path[-1]
        if below[0].path[-1] == "*":
            entry: Any = self._value(below[0], {}, document, source)
        else:
            entry = {}
            for each in below:
                if source.random() < 0.8:
                    entry[each.path[-1]] = self._value(each, entry, document, source)
        parent[key] = [*(parent.get(key) or []), entry]

    # -- values ----------------------------------------------------------------------------------------------

    def _value(self, field: Field, parent: Any, document: Json, source: Random) -> Any:
        """A value of a field, such as rules tell apart; another word or flag than it has."""
        current = parent.get(field.path[-1]) if isinstance(parent, dict) else None
        match field.kind:
            case "quantity" if not (field.words and source.random() < 0.1):
                value: Any = quantity(self._quantity(field, parent, source), source)
            case "quantity" | "word":
                value = source.choice([word for word in field.words if word != current])
            case "count":
                most = MOST_COUNT if field.highest is None else min(field.highest, MOST_COUNT)
                value = source.randint(field.lowest, most)
            case "flag":
                value = source.random() < 0.5 if current is None else not current
            case "date":
                value = self._date(field, document, source)
            case "instant":
                value = self._instant(field, parent, document, source)
            case _:
                value = source.choice(texts_for(field.pattern))
        return value

    def _quantity(self, field: Field, parent: Any, source: Random) -> Decimal:
        name = field.path[-1]
        if name == "rate_ml_per_hour":
            return source.choice(RATES)
        if name == "strength_mg_per_ml":
            return source.choice(_STRENGTHS)
        if field.pattern == "patient/labs/*/value" and parent.get("reference_high") and source.random() < 0.6:
            limit = Decimal(str(parent["reference_high"])) * source.choice([1, 2, 3])
        else:
            unit = next((unit for ending, unit in _UNITS.items() if name.endswith(ending)), "")
            limit = source.choice(self._limits.get(unit, self._numbers))
        return abs(limit + source.choice([-1, 1]) * source.choice(STEPS))

    def _date(self, field: Field, document: Json, source: Random) -> str:
        """A day as far from one that rules count from as a rule asks, or a day nearer or farther."""
        anchor: date = source.choice(anchors(document))
        unit = "years" if field.path[-1] == "birth_date" else source.choice(["days", "days", "months"])
        far = int(source.choice(self._limits[unit])) * source.choice([-1, -1, 1])
        months = {"days": 0, "months": far, "years": 12 * far}[unit]
        day = months_after(anchor, months) if months else anchor + timedelta(days=far)
        return written(day + timedelta(days=source.choice([-1, 0, 0, 1])))

    def _instant(self, field: Field, parent: Any, document: Json, source: Random) -> str:
        """The start of an infusion on another day or hour, or a time as far from a start as a rule asks."""
        if field.path[-1] == "scheduled_start":
            days, minutes = source.choice([-366, -1, 0, 1, 365]), source.choice([-1, 0, 900])
            return moved(parent.get("scheduled_start") or AN_INSTANT, timedelta(days=days, minutes=minutes))
        far = source.choice([*self._limits["min"], Decimal(0)]) + source.choice([Decimal(0), *STEPS[2:]])
        shift = timedelta(minutes=float(far) * source.choice([-1, -1, -1, 1]))
        return moved(start_beside(parent, document, source), shift)


def _limits_by_unit(rulebook: Rulebook) -> dict[str, list[Decimal]]:
    """What the rules compare numbers with, by the unit of the fact."""
    found: dict[str, set[Decimal]] = {}
    levels = [level for pack in rulebook.packs for rule in pack.rules for level in rule.levels]
    for condition in [condition for level in levels for condition in level.conditions]:
        for leaf in leaves(condition):
            if isinstance(leaf, Compare) and type(leaf.value) in (int, Decimal):
                unit = rulebook.vocabulary[leaf.fact].unit
                found.setdefault(unit, {Decimal(0)}).add(Decimal(leaf.value))
    return {unit: sorted(numbers) for unit, numbers in found.items()}


def _scalars_of_item(field: Field, scalars: Sequence[Field]) -> list[Field]:
    """The scalar fields that an item of a list has itself, or the item where it is a scalar."""
    item = (*field.path, "*")
    return [each for each in scalars if item in (each.path, each.path[:-1])]


def _change_list(field: Field, document: Json, source: Random) -> None:
    """A list left out, null or empty, or one of its items left out or doubled, or all turned round."""
    parent, key = _parent(document, field.path, source), field.path[-1]
    items = parent.get(key) or []
    match source.choice(["remove", "null", "empty", "drop", "drop", "double", "turn"]):
        case "remove":
            parent.pop(key, None)
        case "null":
            parent[key] = None
        case "empty":
            parent[key] = []
        case "drop" if items:
            del items[source.randrange(len(items))]
        case "double" if items:
            items.append(copy.deepcopy(source.choice(items)))
        case _:
            items.reverse()


def _change_part(field: Field, document: Json, source: Random) -> None:
    """A part of which nothing is known."""
    _parent(document, field.path, source)[field.path[-1]] = source.choice([None, {}])


def _parent(document: Json, path: tuple[str, ...], source: Random) -> Any:
    """What holds the field at a path; parts that are absent are made, of a list any item is taken."""
    place: Any = document
    for part, following in pairwise(path):
        if part == "*":
            if not place:
                place.append({})
            place = source.choice(place)
        else:
            if place.get(part) is None:
                place[part] = [] if following == "*" else {}
            place = place[part]
    return place


def _made_valid(document: Json) -> Json:
    """The order with what it cannot be an order without, and without words where a laboratory has none."""
    document["product"] = document.get("product") or {}
    document["infusions"] = document.get("infusions") or [{}]
    for lab in patient_of(document).get("labs") or []:
        if lab.get("value") in ("normal", "abnormal"):
            lab["test"] = "urinalysis-cell-counts"
            lab.pop("unit", None)
    return document
