"""Measures the facts that a pack's rules use, on one order; and says where each fact came from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
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
from orderguard.facts.alike import likeness_of_bag, likeness_of_doses
from orderguard.facts.context import FindDrug, InfusionItem, Measure, OrderContext
from orderguard.facts.definition import FactValue
from orderguard.facts.terminology import DrugMatch, Terminology
from orderguard.facts.trace import Notes, Recorder
from orderguard.facts.traced import TracedContext, Tracing
from orderguard.facts.vocabulary import Vocabulary
from orderguard.order import Order

__all__ = ["Facts", "Measure", "Measurer", "Tracer", "identify"]

identify = product.identify

Facts = Mapping[str, FactValue | None]
"""Measured facts by name; None where a fact is not known."""

_REMEMBERED_DRUGS = 4096
_KINDS_REMEMBERED = 1000
_REMEMBERED_EMPTINESS = 256

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


_LIKENESSES: dict[str, Callable[[OrderContext, InfusionItem], Hashable | None]] = {
    "bag": likeness_of_bag,
    "doses": likeness_of_doses,
}

_Values = dict[str, FactValue | None]
_Measures = tuple[tuple[str, Callable[..., FactValue | None], tuple[str, ...]], ...]


class _Plan:
    """How the facts of one scope are measured: fields as they stand in one go, the others one by one.

    A fact about the entries of a list is not measured at all while the list is empty or not known.
    """

    def __init__(self, vocabulary: Vocabulary, names: Sequence[str]) -> None:
        self._vocabulary = vocabulary
        self._fields = _Fields(vocabulary, [name for name in names if name not in vocabulary.alike])
        self._shared = tuple(
            _Shared(vocabulary, alike, likeness)
            for kind, likeness in _LIKENESSES.items()
            if (alike := [name for name in names if vocabulary.alike.get(name) == kind])
        )
        self._others = [
            name for name in names if name not in vocabulary.fields and name not in vocabulary.alike
        ]
        self._lists = sorted(
            {vocabulary.listed[name][0] for name in self._others if name in vocabulary.listed}
        )
        self._read_lists = _reader(self._lists)
        self._to_measure = lru_cache(maxsize=_REMEMBERED_EMPTINESS)(self._split)

    def without_memory(self) -> _Plan:
        """The same plan, with nothing remembered of what value sets said."""
        other = copy(self)
        other._shared = tuple([shared.without_memory() for shared in self._shared])  # noqa: SLF001
        return other

    def _split(self, lists: tuple[bool | None, ...]) -> tuple[_Values, _Measures]:
        """The facts that are settled by lists that are empty or not known, and those to be measured.

        Args:
            lists: for each list whether it has entries; None when it is not known.
        """
        state = dict(zip(self._lists, lists, strict=False))
        settled: _Values = {}
        for name in self._others:
            where, when_empty = self._vocabulary.listed.get(name, ("", None))
            if not state.get(where, True):
                settled[name] = None if state[where] is None else when_empty
        return settled, _measures(self._vocabulary, [n for n in self._others if n not in settled])

    def _begin(self, ctx: OrderContext) -> tuple[_Values, _Measures]:
        lists = self._read_lists(ctx.order)
        return self._to_measure(tuple([None if entries is None else bool(entries) for entries in lists]))

    def of_order(self, ctx: OrderContext) -> _Values:
        settled, measures = self._begin(ctx)
        facts = {**settled, **self._fields.of(ctx.order)}
        for name, function, arguments in measures:
            facts[name] = function(ctx, *arguments)
        return facts

    def of_items(self, ctx: OrderContext, items: Iterable[Any]) -> Iterator[_Values]:
        settled, measures = self._begin(ctx)
        for item in items:
            facts = self._fields.of(item)
            facts.update(settled)
            for shared in self._shared:
                facts.update(shared.of(ctx, item))
            for name, function, arguments in measures:
                facts[name] = function(ctx, item, *arguments)
            yield facts


class _Shared:
    """Facts that infusions share that are alike, those of other orders too.

    Args:
        vocabulary: the facts there are.
        names: the facts to measure.
        likeness: what infusions that are alike have in common; None for an infusion that is like no other.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        names: Sequence[str],
        likeness: Callable[[OrderContext, InfusionItem], Hashable | None],
    ) -> None:
        self._likeness = likeness
        self._fields = _Fields(vocabulary, names)
        self._measures = _measures(vocabulary, [name for name in names if name not in vocabulary.fields])
        self._known: dict[Hashable, _Values] = {}

    def without_memory(self) -> _Shared:
        """The same facts, with nothing remembered of what value sets said."""
        other = copy(self)
        other._known = {}  # noqa: SLF001
        return other

    def of(self, ctx: OrderContext, item: InfusionItem) -> _Values:
        """The facts: those of an infusion with the same likeness, where one is known."""
        likeness = self._likeness(ctx, item)
        facts = self._known.get(likeness)
        if facts is None:
            facts = self._fields.of(item)
            for name, function, arguments in self._measures:
                facts[name] = function(ctx, item, *arguments)
            if likeness is not None:
                if len(self._known) >= _KINDS_REMEMBERED:
                    self._known.clear()
                self._known[likeness] = facts
        return facts


class _Fields:
    """Facts that are fields of a thing as they stand."""

    def __init__(self, vocabulary: Vocabulary, names: Iterable[str]) -> None:
        self._names = tuple(name for name in names if name in vocabulary.fields)
        self._read = _reader([vocabulary.fields[name] for name in self._names])

    def of(self, thing: Any) -> _Values:
        return dict(zip(self._names, self._read(thing), strict=False))


def _measures(vocabulary: Vocabulary, names: Iterable[str]) -> _Measures:
    return tuple((name, *vocabulary.measures[name]) for name in names)


def _reader(fields: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """A function that reads fields of a thing in one go."""
    # With a single field attrgetter gives the bare value, so one stands there twice.
    return attrgetter(*fields, *fields[:1]) if fields else lambda _: ()


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
        other._plans = {scope: plan.without_memory() for scope, plan in self._plans.items()}  # noqa: SLF001
        return other

    def context(self, order: Order) -> OrderContext:
        """What the measurements of one order share."""
        return OrderContext(order, self._terminology, self._measure, self._find_drug)

    def order_facts(self, ctx: OrderContext) -> dict[str, FactValue | None]:
        """The facts of the order as a whole."""
        plan = self._plans.get("order")
        return {} if plan is None else plan.of_order(ctx)

    def items(self, ctx: OrderContext, scope: str) -> Sequence[Any]:
        """The repeated things of a scope."""
        return _ITEMS[scope](ctx)

    def item_facts(
        self, ctx: OrderContext, scope: str, items: Sequence[Any]
    ) -> Iterable[dict[str, FactValue | None]]:
        """The facts of each of the repeated things of a scope."""
        plan = self._plans.get(scope)
        return [{} for _ in items] if plan is None else plan.of_items(ctx, items)

    def item_pointer(self, scope: str, item: Any) -> str:
        """JSON Pointer of one of the repeated things; empty for the order as a whole."""
        return _ITEM_POINTERS[scope](item) if scope in _ITEM_POINTERS else ""

    def tracer(self, order: Order) -> Tracer:
        """What says of the facts of an order where they come from."""
        tracing = Tracing(order, Recorder())

        def context(noted: Iterable[Hashable]) -> TracedContext:
            return TracedContext(tracing, self._terminology, self._measure, self._find_drug, noted)

        return Tracer(self._vocabulary, tracing.recorder, context)


class Tracer:
    """Measures facts of one order again, one by one, and notes what each reads.

    Args:
        vocabulary: the facts there are.
        recorder: takes the notes.
        context: makes the context of a measurement, in which some things are worked out already.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        recorder: Recorder,
        context: Callable[[Iterable[Hashable]], TracedContext],
    ) -> None:
        self._vocabulary = vocabulary
        self._recorder = recorder
        self._context = context
        self._items: dict[str, tuple[Sequence[Any], frozenset[Hashable]]] = {}
        self._of_order: dict[str, Notes] = {}

    def trace(self, name: str, index: int) -> Notes:
        """Measure one fact again and note what it read.

        Args:
            name: the fact.
            index: which of the scope's items; ignored for facts of the order as a whole.
        """
        scope = self._vocabulary[name].scope
        if scope in _ITEMS:
            return self._traced(name, scope, index)
        # Rules on items ask for facts of the order too, each item for the same.
        if name not in self._of_order:
            self._of_order[name] = self._traced(name, scope, 0)
        return self._of_order[name]

    def _traced(self, name: str, scope: str, index: int) -> Notes:
        function, arguments = self._vocabulary.measures[name]
        items, noted = self._items_of(scope) if scope in _ITEMS else ((), frozenset[Hashable]())
        ctx = self._context(noted)
        self._recorder.begin()
        function(ctx, *([items[index]] if items else []), *arguments)
        return self._recorder.notes

    def _items_of(self, scope: str) -> tuple[Sequence[Any], frozenset[Hashable]]:
        """The repeated things of a scope, and what is worked out to find them."""
        if scope not in self._items:
            ctx = self._context(())
            self._items[scope] = _ITEMS[scope](ctx), ctx.noted
        return self._items[scope]
