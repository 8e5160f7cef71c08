"""Measures the facts that a pack's rules use, on one order; and says where each fact came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from functools import lru_cache
from operator import attrgetter
from typing import Any

from orderguard.facts import (
    counts,
    course,
    immunization,
    infusion,
    laboratory,
    medication,
    patient,
    product,
    prophylaxis,
    rems,
    screening,
    treatment,
)
from orderguard.facts.alike import likeness
from orderguard.facts.context import FindDrug, Measure, OrderContext
from orderguard.facts.definition import FactValue
from orderguard.facts.terminology import DrugMatch, Terminology
from orderguard.facts.trace import Recorder
from orderguard.facts.vocabulary import Vocabulary
from orderguard.order import Order

__all__ = ["Facts", "Measure", "Measurer", "Recorder", "identify"]

identify = product.identify

Facts = Mapping[str, FactValue | None]
"""Measured facts by name; None where a fact is not known."""

_REMEMBERED_DRUGS = 4096
_KINDS_OF_INFUSIONS = 8

_TOPICS = (counts, infusion, laboratory, medication, patient, prophylaxis, rems, screening, treatment)
"""Modules that are imported for the facts they declare."""

_ITEMS: Mapping[str, Callable[[OrderContext], Sequence[Any]]] = {
    "infusion": lambda ctx: ctx.infusions,
    "lab": lambda ctx: ctx.measure.lab_panel,
    "immunization": immunization.items,
    "prior_course": lambda ctx: course.prior_courses(ctx) or (),
}

_ITEM_POINTERS: Mapping[str, Callable[[Any], str]] = {
    "infusion": lambda item: f"/infusions/{item.number - 1}",
    "lab": lambda _: "/patient/labs",
    "immunization": lambda item: f"/patient/immunizations/{item.number - 1}",
    "prior_course": lambda _: "/patient/prior_infusions",
}


def _drug_finder(terminology: Terminology) -> FindDrug:
    def find(name: str | None, rxcui: str | None = None, atc: str | None = None) -> DrugMatch | None:
        return terminology.drug(name, rxcui, atc)

    return find


class _Plan:
    """How the facts of one scope are measured: fields as they stand in one go, the others one by one."""

    def __init__(self, vocabulary: Vocabulary, names: Iterable[str]) -> None:
        fields = {name: vocabulary.fields[name] for name in names if name in vocabulary.fields}
        self._field_names = tuple(fields)
        # With a single attribute attrgetter gives the bare value, so one stands there twice.
        self._read = attrgetter(*fields.values(), *list(fields.values())[:1]) if fields else None
        others = [(name, *vocabulary.measures[name]) for name in names if name not in vocabulary.fields]
        self._alike = [entry for entry in others if entry[0] in vocabulary.alike]
        self._others = [entry for entry in others if entry[0] not in vocabulary.alike]

    def of_order(self, ctx: OrderContext) -> dict[str, FactValue | None]:
        facts = self._fields_of(ctx.order)
        for name, function, arguments in self._others:
            facts[name] = function(ctx, *arguments)
        return facts

    def of_item(self, ctx: OrderContext, item: Any) -> dict[str, FactValue | None]:
        facts = self._fields_of(item)
        for name, function, arguments in self._others:
            facts[name] = function(ctx, item, *arguments)
        if self._alike:
            facts.update(self._of_alike(ctx, item))
        return facts

    def _fields_of(self, thing: Any) -> dict[str, FactValue | None]:
        return {} if self._read is None else dict(zip(self._field_names, self._read(thing), strict=False))

    def _of_alike(self, ctx: OrderContext, item: Any) -> Mapping[str, FactValue | None]:
        found = likeness(ctx, item)
        if found is not None:
            # A comparison is cheaper than a hash: like fields are mostly the same objects.
            for other, facts in ctx.alike:
                if other == found:
                    return facts
        facts = {name: function(ctx, item, *arguments) for name, function, arguments in self._alike}
        if found is not None and len(ctx.alike) < _KINDS_OF_INFUSIONS:
            ctx.alike.append((found, facts))
        return facts


class Measurer:
    """Measures a fixed set of facts.

    Args:
        vocabulary: the facts there are.
        terminology: the value sets.
        measure: what the pack tells the measurements.
        names: the facts to measure.
    """

    def __init__(
        self, vocabulary: Vocabulary, terminology: Terminology, measure: Measure, names: Iterable[str]
    ) -> None:
        self._terminology = terminology
        self._find_drug = lru_cache(maxsize=_REMEMBERED_DRUGS)(_drug_finder(terminology))
        self._measure = measure
        self._vocabulary = vocabulary
        self._plans: dict[str, _Plan] = {}
        wanted: dict[str, list[str]] = {}
        for name in sorted(set(names)):
            wanted.setdefault(vocabulary[name].scope, []).append(name)
        for scope, of_scope in wanted.items():
            self._plans[scope] = _Plan(vocabulary, of_scope)

    def reading(self, terminology: Terminology) -> Measurer:
        """The same measurements by other value sets, whose classes are the same."""
        other = copy(self)
        other._terminology = terminology  # noqa: SLF001
        other._find_drug = lru_cache(maxsize=_REMEMBERED_DRUGS)(_drug_finder(terminology))  # noqa: SLF001
        return other

    def context(self, order: Order, recorder: Recorder | None = None) -> OrderContext:
        """What the measurements of one order share."""
        return OrderContext(order, self._terminology, self._measure, self._find_drug, recorder)

    def order_facts(self, ctx: OrderContext) -> dict[str, FactValue | None]:
        """The facts of the order as a whole."""
        plan = self._plans.get("order")
        return {} if plan is None else plan.of_order(ctx)

    def items(self, ctx: OrderContext, scope: str) -> Sequence[Any]:
        """The repeated things of a scope."""
        return _ITEMS[scope](ctx)

    def item_facts(self, ctx: OrderContext, scope: str, item: Any) -> dict[str, FactValue | None]:
        """The facts of one of the repeated things of a scope."""
        plan = self._plans.get(scope)
        return {} if plan is None else plan.of_item(ctx, item)

    def item_pointer(self, scope: str, item: Any) -> str:
        """JSON Pointer of one of the repeated things; empty for the order as a whole."""
        return _ITEM_POINTERS[scope](item) if scope in _ITEM_POINTERS else ""

    def trace(self, order: Order, name: str, index: int) -> Recorder:
        """Measure one fact again and note what it read.

        Args:
            order: the order.
            name: the fact.
            index: which of the scope's items; ignored for facts of the order as a whole.
        """
        recorder = Recorder()
        ctx = self.context(order, recorder)
        function, arguments = self._vocabulary.measures[name]
        scope = self._vocabulary[name].scope
        if scope == "order":
            function(ctx, *arguments)
        else:
            item = self.items(ctx, scope)[index]
            recorder.forget()
            function(ctx, item, *arguments)
        return recorder
