"""Facts about laboratory results, those up to day 1 of the course or up to another day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from operator import itemgetter
from typing import Any, NamedTuple

from orderguard.facts import calendar
from orderguard.facts.context import InfusionItem, OrderContext
from orderguard.facts.course import last_prior_day
from orderguard.facts.definition import boolean, decimal, integer, word
from orderguard.facts.terminology import Terminology
from orderguard.order import LAB_RESULT_WORDS, LAB_TESTS, WORD_LAB_TESTS

_MOST = Decimal(10**12)


def unit_of(terminology: Terminology, names: Mapping[str, str]) -> str:
    """The canonical unit of a family's test."""
    return terminology.lab_unit(names["test"])


class Newest(NamedTuple):
    """The results of one test on its newest day up to a given one.

    Attributes:
        day: the day; None when the test is lacking.
        results: the results of that day.
        amounts: their values in the canonical unit; None where one cannot be read.
        known: whether each result can be read.
    """

    day: date | None
    results: tuple[Any, ...]
    amounts: tuple[Decimal | None, ...]
    known: bool


_NO_RESULT = Newest(None, (), (), known=True)


class _Index:
    """The results of an order by test with their dates, and those that cannot be placed."""

    def __init__(self, ctx: OrderContext, labs: Iterable[Any]) -> None:
        self.placed: dict[str, list[tuple[date, Any]]] = {}
        self.unplaced: dict[str | None, list[Any]] = {}
        for lab in labs:
            test, day = ctx.quiet(lab, "test"), ctx.quiet(lab, "collected_on")
            if test is None or day is None:
                self.unplaced.setdefault(test, []).append(lab)
            else:
                self.placed.setdefault(test, []).append((day, lab))


def _index(ctx: OrderContext) -> _Index | None:
    labs = ctx.order.patient.labs
    return None if labs is None else _Index(ctx, labs)


def _note_unplaced(ctx: OrderContext, test: str) -> None:
    index = ctx.once(_index)
    if index is None:
        return
    for lab in index.unplaced.get(test, ()):
        ctx.note_missing(lab, "collected_on")
    for lab in index.unplaced.get(None, ()):
        ctx.note_missing(lab, "test")


def results_until(
    ctx: OrderContext, test: str, until: date | None, since: date = date.min
) -> list[tuple[date, Any]] | None:
    """The results of a test up to a day with their dates; None while one of them cannot be placed."""
    placed = _placed(ctx, test, until)
    if placed is None or until is None:
        return None
    return [(day, lab) for day, lab in placed if since <= day <= until]


def _placed(ctx: OrderContext, test: str, until: date | None) -> Sequence[tuple[date, Any]] | None:
    """The results of a test with their dates; None while one of them, or the day, is not known."""
    index = ctx.once(_index)
    if index is None or until is None:
        return None
    if index.unplaced:
        if ctx.recorder is not None:
            ctx.once(_note_unplaced, test)
        if test in index.unplaced or None in index.unplaced:
            return None
    return index.placed.get(test, ())


def _days_of(ctx: OrderContext, test: str) -> list[date]:
    index = ctx.once(_index)
    return [] if index is None else sorted({day for day, _ in index.placed.get(test, ())})


def newest(ctx: OrderContext, test: str) -> Newest | None:
    """The newest results of a test on or before day 1; None while that cannot be told."""
    try:
        return ctx.newest_results[test]  # type: ignore[no-any-return]
    except KeyError:
        found = ctx.newest_results[test] = _find_newest(ctx, test, ctx.day_1)
        return found


def newest_until(ctx: OrderContext, test: str, until: date | None) -> Newest | None:
    """The newest results of a test on or before a day; None while that cannot be told."""
    if _placed(ctx, test, until) is None or until is None:
        return None
    days = ctx.once(_days_of, test)
    before = bisect_right(days, until)
    return ctx.once(_newest_on, test, days[before - 1]) if before else _NO_RESULT


def _newest_on(ctx: OrderContext, test: str, day: date) -> Newest | None:
    return _newest_of(ctx, test, results_until(ctx, test, day, day) or [])


def _find_newest(ctx: OrderContext, test: str, until: date | None) -> Newest | None:
    found = results_until(ctx, test, until)
    return None if found is None else _newest_of(ctx, test, found)


def _newest_of(ctx: OrderContext, test: str, found: list[tuple[date, Any]]) -> Newest:
    if not found:
        return _NO_RESULT
    last, newest_lab = found[0]
    results: tuple[Any, ...] = (newest_lab,)
    if len(found) > 1:
        last = max([day for day, _ in found])
        results = tuple([lab for day, lab in found if day == last])
    if ctx.recorder is not None:
        for lab in results:
            ctx.peek(lab, "collected_on")
    if test in WORD_LAB_TESTS:
        known = all([_is_word(ctx, lab) for lab in results])
        return Newest(last, results, (None,) * len(results), known)
    amounts = tuple([amount_of(ctx, test, lab) for lab in results])
    return Newest(last, results, amounts, None not in amounts)


def _is_word(ctx: OrderContext, lab: Any) -> bool:
    """Whether a result of a test whose results are words is one."""
    if ctx.quiet(lab, "value") in LAB_RESULT_WORDS:
        return True
    ctx.note_unusable(lab, "value")
    return False


def _known(ctx: OrderContext, test: str, lab: Any) -> bool:
    """Whether a result can be read: a number with a readable unit, or a word where words are due."""
    if test in WORD_LAB_TESTS:
        return _is_word(ctx, lab)
    return amount_of(ctx, test, lab) is not None


def amount_of(ctx: OrderContext, test: str, lab: Any, *, up: bool = False) -> Decimal | None:
    """The value in the canonical unit of the test, cut down or up."""
    value = lab.value
    if type(value) is not Decimal:
        ctx.note_unusable(lab, "value")
        return None
    amount = ctx.lab_value(test, value, ctx.peek(lab, "unit"), up=up)
    if amount is None:
        ctx.note_unusable(lab, "unit")
    return amount


def is_present(found: Newest | None) -> bool | None:
    """Whether there is a newest result; not known while it cannot be read."""
    if found is None:
        return None
    if found.day is None:
        return False
    return True if found.known else None


def least(found: Newest | None) -> Decimal | None:
    """The lowest of the newest results, cut down; None while one of them cannot be read."""
    if found is None or not found.known:
        return None
    return min([amount for amount in found.amounts if amount is not None], default=None)


def greatest(ctx: OrderContext, test: str, found: Newest | None) -> Decimal | None:
    """The highest of the newest results, cut up; None while one of them cannot be read."""
    if found is None or not found.known:
        return None
    amounts = [amount_of(ctx, test, lab, up=True) for lab in found.results]
    return max([amount for amount in amounts if amount is not None], default=None)


@word("lab.test", "test", scope="lab", words=LAB_TESTS)
def name_of_test(_: OrderContext, test: str) -> str:
    """The laboratory test of the pack's panel."""
    return test


@boolean("lab.present", "result on file", scope="lab")
def present(ctx: OrderContext, test: str) -> bool | None:
    """Whether a result of the test up to day 1 is on file; not known while its value cannot be read."""
    return is_present(newest(ctx, test))


@integer("lab.age_days", "age of the newest result on day 1", scope="lab", unit="days", lowest=0)
def age_days(ctx: OrderContext, test: str) -> int | None:
    """Calendar days from the newest result up to day 1 to day 1."""
    found = newest(ctx, test)
    return None if found is None else ctx.days_before_course(found.day)


@integer(
    "lab.longest_gap_days",
    "longest time without a result",
    scope="lab",
    unit="days",
    listed="patient.prior_infusions",
)
def longest_gap_days(ctx: OrderContext, test: str) -> int | None:
    """The longest time between the last earlier infusion, the results after it, and day 1."""
    start = last_prior_day(ctx)
    found = None if start is None else results_until(ctx, test, ctx.day_1)
    if found is None or start is None or ctx.day_1 is None:
        return None
    if not all([_known(ctx, test, lab) for _, lab in found]):
        return None
    days = [start, *sorted(day for day, _ in found if day > start), ctx.day_1]
    gaps: list[int] = [(later - earlier).days for earlier, later in pairwise(days)]
    return max(gaps)


@boolean("labs.{test}.present", "{test} on file", over={"test": LAB_TESTS})
def test_present(ctx: OrderContext, test: str) -> bool | None:
    """Whether a result of the test up to day 1 is on file; not known while its value cannot be read."""
    return is_present(newest(ctx, test))


@boolean(
    "infusion.{test}.measured_on_date",
    "{test} measured on the infusion date",
    scope="infusion",
    over={"test": LAB_TESTS},
)
def measured_on_date(ctx: OrderContext, item: InfusionItem, test: str) -> bool | None:
    """Whether a result of the test was collected on the infusion's local date."""

    def on_date(lab: Any) -> bool | None:
        if lab.test is None or lab.collected_on is None:
            return None
        return True if _known(ctx, test, lab) else None

    ctx.background_get(item.infusion, "scheduled_start")
    return None if item.day is None else ctx.exists(_perhaps_on(ctx, test, item.day), on_date)


def _perhaps_on(ctx: OrderContext, test: str, day: date) -> list[Any] | None:
    """The results that are, or may be, of a test on a day, as they stand on the order."""
    by_place = ctx.once(_by_place)
    if by_place is None:
        return None
    found = [lab for place in product((test, None), (day, None)) for lab in by_place.get(place, ())]
    return [lab for _, lab in sorted(found, key=itemgetter(0))]


def _by_place(ctx: OrderContext) -> dict[tuple[str | None, date | None], list[tuple[int, Any]]] | None:
    labs = ctx.order.patient.labs
    if labs is None:
        return None
    found: dict[tuple[str | None, date | None], list[tuple[int, Any]]] = {}
    for number, lab in enumerate(labs):
        place = ctx.quiet(lab, "test"), ctx.quiet(lab, "collected_on")
        found.setdefault(place, []).append((number, lab))
    return found


NUMERIC_TESTS = tuple(test for test in LAB_TESTS if test not in WORD_LAB_TESTS)


@decimal("labs.{test}.lowest", "{test}", unit=unit_of, over={"test": NUMERIC_TESTS}, lowest=0)
def lowest(ctx: OrderContext, test: str) -> Decimal | None:
    """The lowest result of the test on its newest day, in the test's canonical unit."""
    return least(newest(ctx, test))


@decimal("labs.{test}.highest", "{test}", unit=unit_of, over={"test": NUMERIC_TESTS}, lowest=0)
def highest(ctx: OrderContext, test: str) -> Decimal | None:
    """The highest result of the test on its newest day, in the test's canonical unit."""
    return greatest(ctx, test, newest(ctx, test))


@decimal(
    "labs.{test}.highest_times_reference",
    "{test} against the upper reference limit",
    unit="times the upper limit",
    over={"test": NUMERIC_TESTS},
    lowest=0,
)
def highest_times_reference(ctx: OrderContext, test: str) -> Decimal | None:
    """The highest result on the newest day through the upper reference limit given with it, cut up."""
    found = newest(ctx, test)
    if found is None or not found.results or not found.known:
        return None
    ratios = [_times_reference(lab) for lab in found.results]
    known = [ratio for ratio in ratios if ratio is not None]
    return max(known) if len(known) == len(ratios) else None


def _times_reference(lab: Any) -> Decimal | None:
    limit = lab.reference_high
    if limit is None:
        return None
    if not limit:
        return _MOST if lab.value else limit
    return min(calendar.quotient_up(lab.value, limit), _MOST)


def _declare_words() -> None:
    for test in WORD_LAB_TESTS:
        word("labs.{test}.result", test, words=LAB_RESULT_WORDS, over={"test": (test,)})(word_result)


def word_result(ctx: OrderContext, test: str) -> str | None:
    """The result of the test on its newest day; abnormal if any of several is."""
    found = newest(ctx, test)
    if found is None or not found.results:
        return None
    words = [lab.value for lab in found.results]
    if not all(value in LAB_RESULT_WORDS for value in words):
        return None
    return next((value for value in words if value == "abnormal"), "normal")


_declare_words()
