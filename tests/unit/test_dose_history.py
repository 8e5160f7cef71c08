"""What the measurements of a treatment say of an infusion, and how they read what is not known.

The measure of these tests is none that a pack has, so that no limit of a pack can stand in the code unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import pytest

from orderguard import Order
from orderguard.facts.measure import Measure, Measurer
from orderguard.rulebook.pack import Rulebook
from support.documents import Json, example, text_of

MEASURE = Measure(
    "campath",
    "b-cell-leukaemia",
    dose_window_days=5,
    dose_steps_mg=(Decimal(2), Decimal(8), Decimal(20)),
    restart_after_days=6,
)
Facts = dict[str, Any]
Measured = Callable[..., list[Facts]]


def infusion(start: str | None, mg: str | None = "20", **fields: Any) -> Json:
    return {"scheduled_start": start, "dose_mg": mg, **fields}


def at(day: str, time: str = "10:00", offset: str = "-04:00") -> str:
    return f"{day}T{time}:00{offset}"


def prior(day: str | None, mg: str | None = "20", grade: int | None = 0, **fields: Any) -> Json:
    return {"product": "Campath", "course": 1, "date": day, "dose_mg": mg, "reaction_grade": grade} | fields


@pytest.fixture(scope="module")
def measured(rulebook: Rulebook) -> Measured:
    """The facts of each infusion of an order, of those named in `wanted`."""

    def measure(
        wanted: str, infusions: Iterable[Json], earlier: Iterable[Json] | None = (), **changes: Any
    ) -> list[Facts]:
        measurer, order = _measurer(rulebook, wanted), _order(infusions, earlier, changes)
        ctx = measurer.context(order)
        return list(measurer.item_facts(ctx, "infusion", measurer.items(ctx, "infusion")))

    return measure


@pytest.fixture(scope="module")
def missing(rulebook: Rulebook) -> Callable[..., list[str]]:
    """What a fact of the first infusion names as missing."""

    def find(
        name: str, infusions: Iterable[Json], earlier: Iterable[Json] | None = (), **changes: Any
    ) -> list[str]:
        return list(
            _measurer(rulebook, name).tracer(_order(infusions, earlier, changes)).trace(name, 0).missing
        )

    return find


def _measurer(rulebook: Rulebook, wanted: str) -> Measurer:
    return Measurer(rulebook.vocabulary, rulebook.terminology, MEASURE, wanted.split())


def _order(infusions: Iterable[Json], earlier: Iterable[Json] | None, changes: Json) -> Order:
    document = example("campath-first-dose.json")
    document["infusions"] = list(infusions)
    document["patient"]["prior_infusions"] = None if earlier is None else list(earlier)
    document["patient"] |= changes.pop("patient", {})
    return Order.model_validate_json(text_of(document | changes))


DAY = "2025-06-20"
NOW = [infusion(at(DAY))]
"""One full dose."""


def one(found: list[Facts]) -> Any:
    """The only fact of the only infusion."""
    ((value,),) = [facts.values() for facts in found]
    return value


# -- which doses belong to the treatment ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "first"),
    [
        ([], True),
        ([prior("2025-06-18")], False),
        ([prior("2025-06-18", course=2)], True),
        ([prior("2025-06-18", product="Lemtrada")], True),
        ([prior("2025-06-18", product="Lemtrada", course=None)], True),
        ([prior("2025-06-18", product=None, course=2)], True),
        ([prior("2025-06-18", product=None)], None),
        ([prior("2025-06-18", product="alemtuzumab")], None),
        ([prior("2025-06-18", course=None)], None),
        ([prior(None)], False),
        ([prior("2025-06-18", course=None), prior("2025-06-01")], False),
        (None, None),
    ],
)
def test_only_this_product_and_course_make_a_treatment_and_an_entry_that_may_be_of_it_is_not_ruled_out(
    earlier: list[Json] | None, first: object, measured: Measured
) -> None:
    assert one(measured("infusion.first_of_treatment", NOW, earlier)) is first


def test_without_a_course_number_earlier_infusions_of_the_product_may_be_of_the_treatment(
    measured: Measured, missing: Callable[..., list[str]]
) -> None:
    name = "infusion.first_of_treatment"
    assert one(measured(name, NOW, [prior("2025-06-18")], course={})) is None
    assert one(measured(name, NOW, [prior("2025-06-18", product="Lemtrada")], course={})) is True
    assert one(measured(name, NOW, [], course={})) is True
    assert missing(name, NOW, [prior("2025-06-18")], course={}) == ["/course/number"]


@pytest.mark.parametrize(
    ("entry", "pointer"),
    [
        (prior("2025-06-18", product=None), "/patient/prior_infusions/0/product"),
        (prior("2025-06-18", product="alemtuzumab"), "/patient/prior_infusions/0/product"),
        (prior("2025-06-18", course=None), "/patient/prior_infusions/0/course"),
    ],
)
def test_what_would_tell_whether_an_entry_belongs_is_named(
    entry: Json, pointer: str, missing: Callable[..., list[str]]
) -> None:
    assert missing("infusion.first_of_treatment", NOW, [entry]) == [pointer]
    assert missing("infusion.first_of_treatment", NOW, None) == ["/patient/prior_infusions"]


def test_held_infusions_are_no_doses_and_given_ones_are(measured: Measured) -> None:
    held, given = (infusion(at("2025-06-18"), status=status) for status in ("held", "given"))
    assert one(measured("infusion.first_of_treatment", [held, *NOW])) is True
    assert [
        f["infusion.first_of_treatment"] for f in measured("infusion.first_of_treatment", [given, *NOW])
    ] == [
        True,
        False,
    ]


def test_infusions_of_an_order_are_in_order_by_their_start_whatever_their_place(measured: Measured) -> None:
    later, sooner = infusion(at(DAY, "12:00"), "8"), infusion(at(DAY, "09:00"), "2")
    found = measured("infusion.first_of_treatment infusion.goes_up", [later, sooner])
    assert [(f["infusion.first_of_treatment"], f["infusion.goes_up"]) for f in found] == [
        (False, True),
        (True, False),
    ]


def test_another_infusion_without_a_start_may_come_before(
    measured: Measured, missing: Callable[..., list[str]]
) -> None:
    entries = [*NOW, infusion(None)]
    first, other = measured("infusion.first_of_treatment", entries)
    assert first["infusion.first_of_treatment"] is None
    assert other["infusion.first_of_treatment"] is None
    assert missing("infusion.first_of_treatment", entries) == ["/infusions/1/scheduled_start"]


# -- days ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "start", "zone", "days"),
    [
        ("2025-06-14", at(DAY), "America/New_York", 6),
        (DAY, at(DAY), "America/New_York", 0),
        # The local date counts: half past one in UTC is the evening before in New York.
        ("2025-06-14", "2025-06-21T01:30:00Z", "America/New_York", 6),
        ("2025-06-14", "2025-06-21T01:30:00Z", "UTC", 7),
        # Days on which the clock changes are days like others.
        ("2025-03-08", at("2025-03-15", "00:30"), "America/New_York", 7),
        ("2025-10-30", at("2025-11-06", "23:30", "-05:00"), "America/New_York", 7),
        ("2024-02-28", at("2024-03-06", offset="-05:00"), "America/New_York", 7),
        ("2025-02-28", at("2025-03-06", offset="-05:00"), "America/New_York", 6),
        ("2024-12-30", at("2025-01-05", offset="-05:00"), "America/New_York", 6),
    ],
)
def test_days_count_from_local_date_to_local_date(
    before: str, start: str, zone: str, days: int, measured: Measured
) -> None:
    names = "infusion.days_since_previous_dose infusion.days_since_first_dose"
    (found,) = measured(names, [infusion(start)], [prior(before)], time_zone=zone)
    assert set(found.values()) == {days}


@pytest.mark.parametrize(
    ("earlier", "days"),
    [
        ([prior("2025-06-10"), prior("2025-06-15")], 5),
        ([prior("2025-06-15"), prior("2025-06-10")], 5),
        ([prior("2025-06-15", None, None)], 5),
        ([prior("2025-06-15"), prior(None)], None),
        ([prior("2025-06-15"), prior("2025-06-17", course=None)], None),
        ([prior("2025-06-15"), prior("2025-06-12", course=None)], 5),
        ([prior("2025-06-15"), prior("2025-06-21")], None),
        ([], None),
    ],
)
def test_the_previous_dose_is_the_newest_unless_an_unsure_one_may_be_newer(
    earlier: list[Json], days: int | None, measured: Measured
) -> None:
    assert one(measured("infusion.days_since_previous_dose", NOW, earlier)) == days


@pytest.mark.parametrize(
    ("earlier", "days", "known"),
    [
        ([], 0, True),
        ([prior("2025-06-10"), prior("2025-06-15")], 10, True),
        ([prior("2025-06-10"), prior("2025-06-15", course=None)], 10, True),
        ([prior("2025-06-10"), prior("2025-06-09", course=None)], 10, None),
        ([prior("2025-06-10"), prior(None)], 10, None),
        ([prior(None)], 0, None),
        (None, None, None),
    ],
)
def test_the_first_dose_is_the_oldest_that_is_known_and_an_older_one_is_not_ruled_out(
    earlier: list[Json] | None, days: int | None, known: object, measured: Measured
) -> None:
    (found,) = measured("infusion.days_since_first_dose infusion.first_dose_known", NOW, earlier)
    assert found == {"infusion.days_since_first_dose": days, "infusion.first_dose_known": known}


# -- up and down ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "up"),
    [
        ([], False),
        ([prior("2025-06-18", "19.9")], True),
        ([prior("2025-06-18", "20")], False),
        ([prior("2025-06-18", "20.1")], False),
        ([prior("2025-06-18", None)], None),
        ([prior("2025-06-17", None), prior("2025-06-18", "8")], True),
        ([prior("2025-06-18", "2"), prior("2025-06-18", "8")], True),
        ([prior("2025-06-18", "20"), prior("2025-06-18", "20")], False),
        ([prior("2025-06-18", "8"), prior("2025-06-18", "20")], None),
        ([prior("2025-06-18", "8"), prior(None, "20")], None),
    ],
)
def test_up_is_up_from_the_previous_dose_and_not_known_where_that_is_not(
    earlier: list[Json], up: object, measured: Measured
) -> None:
    assert one(measured("infusion.goes_up", NOW, earlier)) is up


def test_the_reaction_to_a_dose_of_the_same_order_is_not_known(
    measured: Measured, missing: Callable[..., list[str]]
) -> None:
    _, second = measured("infusion.previous_grade", [infusion(at("2025-06-18"), "8"), *NOW])
    assert second["infusion.previous_grade"] is None
    assert missing("infusion.previous_grade", [*NOW, infusion(at("2025-06-18"))]) == ["/infusions/1"]


@pytest.mark.parametrize(
    ("earlier", "grade"),
    [
        ([prior("2025-06-16", grade=4), prior("2025-06-18", grade=1)], 1),
        ([prior("2025-06-18", grade=None)], None),
        ([prior("2025-06-18", grade=1), prior("2025-06-18", grade=3)], 3),
        ([prior("2025-06-18", grade=1), prior("2025-06-18", grade=None)], None),
    ],
)
def test_the_grade_is_that_of_the_newest_dose_and_the_worst_of_one_date(
    earlier: list[Json], grade: int | None, measured: Measured
) -> None:
    assert one(measured("infusion.previous_grade", NOW, earlier)) == grade


@pytest.mark.parametrize(
    ("earlier", "given", "grade", "at_least"),
    [
        ([prior("2025-06-16", "2"), prior("2025-06-18", "8", 1)], True, 1, 1),
        ([prior("2025-06-16", "2"), prior("2025-06-18", "8", None)], True, None, 0),
        ([prior("2025-06-16", "8", 1), prior("2025-06-18", "8", 3)], True, 3, 3),
        ([prior("2025-06-16", "8", 3), prior("2025-06-18", "8", 1)], True, 1, 1),
        ([prior("2025-06-16", "2"), prior("2025-06-18", "2")], False, None, None),
        # A return to the lowest step begins anew.
        ([prior("2025-06-12", "2"), prior("2025-06-14", "8"), prior("2025-06-18", "2")], False, None, None),
        ([prior("2025-06-14", "8"), prior("2025-06-16", None), prior("2025-06-18", "2")], False, None, None),
        ([prior("2025-06-14", "8"), prior("2025-06-18", None)], None, None, None),
        ([prior("2025-06-14", "8"), prior("2025-06-16", None), prior("2025-06-18", "8", 1)], True, 1, 1),
        ([prior("2025-06-18", "8", 1), prior("2025-06-16", course=None)], True, 1, 1),
        ([prior("2025-06-18", "8", 1), prior("2025-06-19", course=None)], None, None, None),
        ([prior("2025-06-18", "8", 1), prior(None)], None, None, None),
        ([], False, None, None),
        (None, None, None, None),
    ],
)
def test_the_step_below_is_looked_for_since_the_lowest_step(
    earlier: list[Json] | None,
    given: object,
    grade: int | None,
    at_least: int | None,
    measured: Measured,
) -> None:
    names = "infusion.step_below_given infusion.step_below_grade infusion.step_below_grade_at_least"
    (found,) = measured(names, NOW, earlier)
    assert [found[name] for name in names.split()] == [given, grade, at_least]


@pytest.mark.parametrize(
    ("earlier", "escalates"),
    [
        ([], True),
        ([prior("2025-06-18", "8")], True),
        ([prior("2025-06-15", "20")], False),
        ([prior("2025-06-14", "20")], True),
        ([prior("2025-06-15", None)], None),
        ([prior("2025-06-14", None)], True),
        ([prior("2025-06-15", "20"), prior(None, "20")], None),
        (None, None),
    ],
)
def test_the_first_dose_a_higher_one_and_a_restart_escalate(
    earlier: list[Json] | None, escalates: object, measured: Measured
) -> None:
    assert one(measured("infusion.escalates", NOW, earlier)) is escalates


# -- windows -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "mg", "full", "known"),
    [
        ([], "20", 1, True),
        ([prior("2025-06-16")], "40", 2, True),
        ([prior("2025-06-15")], "20", 1, True),
        ([prior(DAY)], "40", 2, True),
        ([prior("2025-06-16", "19.9")], "39.9", 1, True),
        ([prior("2025-06-16", None)], "20", 1, None),
        ([prior("2025-06-15", None)], "20", 1, True),
        ([prior("2025-06-16", course=None)], "20", 1, None),
        ([prior("2025-06-15", course=None)], "20", 1, True),
        ([prior(None)], "20", 1, None),
        ([prior("2025-06-21")], "20", 1, None),
        ([prior("2025-06-16", course=2)], "20", 1, True),
        (None, None, None, None),
    ],
)
def test_a_window_holds_the_doses_of_its_dates_and_what_may_be_one_of_them_leaves_it_open(
    earlier: list[Json] | None, mg: str | None, full: int | None, known: object, measured: Measured
) -> None:
    names = "infusion.window_mg infusion.window_full_doses infusion.window_known"
    (found,) = measured(names, NOW, earlier)
    assert [found[name] for name in names.split()] == [None if mg is None else Decimal(mg), full, known]


def test_a_window_ends_with_the_date_of_its_infusion_and_holds_all_of_that_date(measured: Measured) -> None:
    entries = [
        infusion(at("2025-06-18"), "8"),
        infusion(at(DAY, "09:00"), "20"),
        infusion(at(DAY, "15:00"), "2"),
        infusion(at("2025-06-23"), "20"),
    ]
    found = measured("infusion.window_mg", entries)
    assert [facts["infusion.window_mg"] for facts in found] == [8, 30, 30, 42]


def test_a_window_over_a_leap_day_has_as_many_dates_as_any_other(measured: Measured) -> None:
    start = infusion(at("2024-03-02", offset="-05:00"))
    assert one(measured("infusion.window_mg", [start], [prior("2024-02-26")])) == 20
    assert one(measured("infusion.window_mg", [start], [prior("2024-02-27")])) == 40


@pytest.mark.parametrize(
    ("earlier", "first", "days", "known"),
    [
        ([], True, None, True),
        ([prior("2025-06-18", "8")], True, None, True),
        ([prior("2025-06-18"), prior("2025-06-19", "8")], False, 2, True),
        ([prior("2025-06-18"), prior("2025-06-19", None)], False, 2, None),
        ([prior("2025-06-18"), prior("2025-06-18", None)], False, 2, True),
        ([prior("2025-06-18"), prior("2025-06-17", None)], False, 2, True),
        ([prior("2025-06-18"), prior("2025-06-19", course=None)], False, 2, None),
        ([prior("2025-06-18"), prior("2025-06-19", "8", course=None)], False, 2, True),
        ([prior("2025-06-18"), prior(None)], False, 2, None),
        ([prior("2025-06-18", None)], None, None, None),
        (None, None, None, None),
    ],
)
def test_the_newest_full_dose_is_known_unless_a_nearer_one_is_not_ruled_out(
    earlier: list[Json] | None, first: object, days: int | None, known: object, measured: Measured
) -> None:
    names = "infusion.first_full_dose infusion.days_since_full_dose infusion.full_doses_known"
    (found,) = measured(names, NOW, earlier)
    assert [found[name] for name in names.split()] == [first, days, known]


# -- what is planned and what was given ----------------------------------------------------------------------


def test_the_first_planned_infusion_is_neither_given_nor_held(measured: Measured) -> None:
    entries = [
        infusion(at("2025-06-16"), status="given"),
        infusion(at("2025-06-20")),
        infusion(at("2025-06-18")),
        infusion(at("2025-06-17"), status="held"),
    ]
    found = measured("infusion.first_planned", entries)
    assert [facts["infusion.first_planned"] for facts in found] == [False, False, True]


def test_a_planned_infusion_without_a_start_may_be_the_first(measured: Measured) -> None:
    entries = [infusion(at("2025-06-18")), infusion(None), infusion(at("2025-06-20"))]
    found = measured("infusion.first_planned", entries)
    assert [facts["infusion.first_planned"] for facts in found] == [None, None, False]
    assert one(measured("infusion.first_planned", [infusion(None)])) is True


def count(value: str, day: str | None, test: str = "neutrophils", unit: str = "/uL") -> Json:
    return {"test": test, "value": value, "unit": unit, "collected_on": day}


LABS = [count("200", "2025-06-01"), count("150", "2025-06-10"), count("90", "2025-06-18")]


@pytest.mark.parametrize(
    ("earlier", "labs", "percent"),
    [
        ([prior("2025-06-01")], LABS, "45"),
        ([prior("2025-06-01", product="Lemtrada"), prior("2025-06-10")], LABS, "45"),
        ([prior("2025-06-10")], LABS, "60"),
        ([prior("2025-06-10")], [*LABS, count("180", "2025-06-10")], "50"),
        ([prior("2025-06-10")], [*LABS, count("80", "2025-06-18")], "53.333333"),
        ([prior("2025-06-10"), prior(None)], LABS, None),
        ([prior("2025-05-31")], LABS, None),
        ([prior("2025-06-10")], [*LABS, count("1", None)], None),
        ([prior("2025-06-10")], [*LABS, count("1", "2025-06-18", unit="lumps")], None),
        ([prior("2025-06-10")], None, None),
        ([], LABS, None),
        (None, LABS, None),
    ],
)
def test_a_count_is_held_against_the_newest_one_by_the_first_dose_ever(
    earlier: list[Json] | None, labs: list[Json] | None, percent: str | None, measured: Measured
) -> None:
    name = "infusion.labs.neutrophils.percent_of_baseline"
    found = one(measured(name, NOW, earlier, patient={"labs": labs}))
    assert found == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    ("earlier", "labs", "results", "lowest"),
    [
        ([prior("2025-06-10")], LABS, 2, 90),
        ([prior("2025-06-11")], LABS, 1, 90),
        ([prior("2025-06-10"), prior("2025-06-19")], LABS, 0, None),
        ([prior("2025-06-10"), prior(DAY)], LABS, 2, 90),
        ([prior("2025-06-10")], [*LABS, count("5", "2025-06-21")], 2, 90),
        ([prior("2025-06-10")], [*LABS, count("5", "2025-06-12", unit="lumps")], 3, None),
        ([], LABS, 0, None),
        ([prior("2025-06-10"), prior(None)], LABS, None, None),
        ([prior("2025-06-10")], None, None, None),
    ],
)
def test_results_count_from_the_last_given_dose_to_the_infusion(
    earlier: list[Json], labs: list[Json] | None, results: int | None, lowest: int | None, measured: Measured
) -> None:
    names = (
        "infusion.labs.neutrophils.results_since_last_dose infusion.labs.neutrophils.lowest_since_last_dose"
    )
    (found,) = measured(names, NOW, earlier, patient={"labs": labs})
    assert [found[name] for name in names.split()] == [results, lowest]


def test_the_newest_count_is_that_of_the_day_of_each_infusion(measured: Measured) -> None:
    names = "infusion.labs.neutrophils.lowest infusion.labs.neutrophils.age_days"
    entries = [infusion(at(day)) for day in ("2025-05-31", "2025-06-10", "2025-06-17", "2025-06-18")]
    found = measured(names, entries, [], patient={"labs": LABS})
    assert [tuple(facts[name] for name in names.split()) for facts in found] == [
        (None, None),
        (150, 0),
        (150, 7),
        (90, 0),
    ]


# -- premedication up to the start, and the drawn dose -------------------------------------------------------


def dose(time: str | None, mg: str | None = "50", name: str | None = "diphenhydramine") -> Json:
    return {"name": name, "dose_mg": mg, "scheduled_at": None if time is None else at(DAY, time)}


@pytest.mark.parametrize(
    ("doses", "mg", "minutes"),
    [
        ([dose("09:30")], 50, 30),
        ([dose("09:30"), dose("08:00", "25")], 75, 30),
        ([dose("10:00")], 50, 0),
        ([dose("10:01")], 0, None),
        ([dose("09:30"), dose("16:00")], 50, 30),
        ([dose("09:30", name="acetaminophen")], 0, None),
        ([], 0, None),
        ([dose("09:30"), dose("08:00", None)], None, 30),
        ([dose("09:30"), dose(None)], None, None),
        ([dose("09:30"), dose("09:50", name=None)], None, None),
        (None, None, None),
    ],
)
def test_premedication_counts_up_to_the_start_and_is_not_known_while_a_dose_is_not(
    doses: list[Json] | None, mg: int | None, minutes: int | None, measured: Measured
) -> None:
    names = "infusion.diphenhydramine.mg_before_start infusion.diphenhydramine.minutes_before_start"
    (found,) = measured(names, NOW, [], premedications=doses)
    assert [found[name] for name in names.split()] == [mg, minutes]


@pytest.mark.parametrize(
    ("mg", "volume", "percent"),
    [
        ("30", "1", "0"),
        ("10", "0.33", "1"),
        ("10", "0.34", "2"),
        ("10", "0.329999", "1.0003"),
        ("3", "0.1", "0"),
        ("0", "0", "0"),
        ("0", "0.1", "1000000000000"),
        ("7", "0.233", "0.142858"),
        (None, "1", None),
        ("30", None, None),
    ],
)
def test_the_drawn_dose_is_volume_times_strength_and_its_difference_is_cut_up(
    mg: str | None, volume: str | None, percent: str | None, measured: Measured
) -> None:
    entry = infusion(at(DAY), mg, preparation={"drug_volume_ml": volume})
    found = one(measured("infusion.drawn_dose_difference_percent", [entry]))
    assert found == (None if percent is None else Decimal(percent))
