"""The line and the exponent of the benchmarks, on costs whose growth is known."""

from __future__ import annotations

import pytest

from measuring.fit import exponent, last_exponent, line_through

SIZES = [10, 20, 50, 100, 200, 500]


def test_costs_on_a_line_give_its_slope_and_what_is_spent_once() -> None:
    line = line_through(SIZES, [7 + 3 * size for size in SIZES])

    assert line == pytest.approx((3, 7, 0))


def test_the_deviation_is_that_of_the_cost_farthest_from_the_line() -> None:
    assert line_through([0, 1, 2], [1.1, 0.8, 1.1]).deviation == pytest.approx(0.2)


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_the_exponent_is_the_power_with_which_costs_grow(power: float) -> None:
    costs = [4 * size**power for size in SIZES]

    assert exponent(SIZES, costs) == pytest.approx(power)
    assert last_exponent(SIZES, costs) == pytest.approx(power)


def test_growth_that_begins_late_shows_in_the_last_exponent() -> None:
    costs = [1000 + size**2 for size in SIZES]

    assert exponent(SIZES, costs) < 1.5 < last_exponent(SIZES, costs)
