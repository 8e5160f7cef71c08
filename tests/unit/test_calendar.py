"""Calendar months, ages and elapsed time, as catalogue section 0.1 reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from orderguard.facts import calendar
from orderguard.time_zones import time_zone

NEW_YORK = time_zone("America/New_York")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2023, 3, 10), 12, date(2024, 3, 10)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 12, 31), 2, date(2026, 3, 1)),
        (date(2023, 12, 31), 2, date(2024, 3, 1)),
        (date(2025, 1, 30), 1, date(2025, 3, 1)),
        (date(2025, 8, 31), 1, date(2025, 10, 1)),
        (date(2025, 5, 31), -1, date(2025, 5, 1)),
    ],
)
def test_a_day_that_a_month_does_not_have_rolls_forward(start: date, months: int, end: date) -> None:
    assert calendar.add_months(start, months) == end


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2023, 3, 10), date(2024, 3, 9), 11),
        (date(2023, 3, 10), date(2024, 3, 10), 12),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2024, 2, 29), date(2025, 3, 1), 12),
        (date(2025, 12, 31), date(2026, 2, 28), 1),
        (date(2025, 12, 31), date(2026, 3, 1), 2),
        (date(2025, 1, 31), date(2025, 3, 1), 1),
        (date(2025, 6, 6), date(2025, 6, 5), -1),
        (date(2025, 6, 6), date(2025, 6, 6), 0),
    ],
)
def test_completed_months_count_only_months_that_are_over(start: date, end: date, months: int) -> None:
    assert calendar.completed_months(start, end) == months


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2024, 6, 2), date(2025, 6, 2), 12),
        (date(2024, 6, 1), date(2025, 6, 2), 13),
        (date(2024, 2, 29), date(2025, 3, 1), 12),
        (date(2024, 2, 29), date(2025, 3, 2), 13),
        (date(2025, 1, 31), date(2025, 3, 1), 1),
        (date(2025, 6, 2), date(2025, 6, 2), 0),
    ],
)
def test_begun_months_count_a_begun_month_in_full(start: date, end: date, months: int) -> None:
    assert calendar.begun_months(start, end) == months


def test_the_days_of_three_years_keeps_the_two_counts_together() -> None:
    start = date(2023, 1, 1)
    for first in range(430):
        for span in range(0, 800, 7):
            early = start + timedelta(days=first)
            late = early + timedelta(days=span)
            completed = calendar.completed_months(early, late)
            begun = calendar.begun_months(early, late)
            assert calendar.add_months(early, completed) <= late < calendar.add_months(early, completed + 1)
            assert calendar.add_months(early, begun - 1) < late <= calendar.add_months(early, begun)


@pytest.mark.parametrize(
    ("birth", "day", "years"),
    [
        (date(2008, 2, 29), date(2025, 2, 28), 16),
        (date(2008, 2, 29), date(2025, 3, 1), 17),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2008, 6, 2), date(2025, 6, 1), 16),
        (date(2008, 6, 2), date(2025, 6, 2), 17),
    ],
)
def test_a_birthday_on_29_february_falls_on_1_march_in_a_common_year(
    birth: date, day: date, years: int
) -> None:
    assert calendar.completed_years(birth, day) == years


def test_a_clock_change_adds_no_hour_to_elapsed_time() -> None:
    before = datetime(2025, 11, 2, 0, 30, tzinfo=NEW_YORK)
    after = datetime(2025, 11, 2, 8, 30, tzinfo=NEW_YORK)
    assert calendar.elapsed_minutes(before, after) == 9 * 60
    spring = datetime(2025, 3, 9, 0, 30, tzinfo=NEW_YORK)
    assert calendar.elapsed_minutes(spring, spring.replace(hour=8)) == 7 * 60


def test_elapsed_time_is_cut_away_from_zero() -> None:
    start = datetime(2025, 6, 2, 9, tzinfo=UTC)
    microsecond = timedelta(microseconds=1)
    assert calendar.elapsed_minutes(start, start + timedelta(minutes=480)) == 480
    assert calendar.elapsed_minutes(start, start + timedelta(minutes=480) + microsecond) > 480
    assert calendar.elapsed_minutes(start, start - microsecond) < 0
    assert calendar.elapsed_minutes(start, start + timedelta(seconds=90)) == Decimal("1.5")


def test_quotients_are_cut_towards_failing() -> None:
    assert calendar.quotient_down(Decimal("6000"), Decimal("25.3")) == Decimal("237.154150")
    assert calendar.quotient_up(Decimal("6000"), Decimal("25.3")) == Decimal("237.154151")
    assert calendar.quotient_down(Decimal("6072"), Decimal("25.3")) == 240
    assert calendar.quotient_up(Decimal("6072"), Decimal("25.3")) == 240
