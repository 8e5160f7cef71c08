"""The order as a whole."""

from __future__ import annotations

from datetime import date

from orderguard.testing.case import Case
from orderguard.testing.draft import Draft
from orderguard.testing.registry import given, when
from orderguard.testing.things import LISTS, THINGS, NamedThing, Thing


@given("the course starts on {date}", "the course starts on 2025-06-10")
def course_starts(order: Draft, date: date) -> None:
    """Moves infusions, preparations, premedication and prophylaxis, nothing else. Local hours stay."""
    order.move_course((date - order.days[0]).days)


@given("the whole order is moved by {days:count} <day|days>", "the whole order is moved by 3 days")
def order_moved(order: Draft, days: int) -> None:
    """Moves every date of the order, past and future, but the birth date. Local hours stay."""
    order.move_everything(days)


@given("the whole order is moved back by {days:count} <day|days>", "the whole order is moved back by 3 days")
def order_moved_back(order: Draft, days: int) -> None:
    """The same into the past."""
    order.move_everything(-days)


@given("{thing} <is|are> not known", "the birth date is not known")
def not_known(order: Draft, thing: NamedThing) -> None:
    """Leaves the THING out of the order. Every thing of the table of things can be not known."""
    thing.forget(order)


def _declare_values() -> None:
    for thing in THINGS:
        if thing.value is not None:
            name, value = thing.example
            given(f"{thing.name} is {thing.value}", f"{name} is {value}", listed=False)(_stating(thing))


def _stating(thing: Thing):  # type: ignore[no-untyped-def]
    def state(order: Draft, value: object, **slots: object) -> None:
        thing.state(order, value, **slots)

    return state


def _declare_empty_lists() -> None:
    for many, (one, path) in LISTS.items():
        example = f"there is no {one}" if one == many else f"there are no {many}"
        given(f"there <is|are> no <{one}|{many}>", example, listed=False)(_emptying(path))


def _emptying(path: tuple[str, ...]):  # type: ignore[no-untyped-def]
    def empty(order: Draft) -> None:
        *parents, last = path
        order.part(*parents)[last] = []

    return empty


_declare_values()
_declare_empty_lists()


@when("the order is verified", "the order is verified")
def verify(case: Case) -> None:
    """Verifies the order document as it then stands. Nothing can be changed afterwards."""
    case.verify()
