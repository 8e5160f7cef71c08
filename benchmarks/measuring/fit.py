"""How cost grows with size: a straight line through the measurements, and the power that they follow."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """The straight line nearest to some measurements (least squares).

    Attributes:
        slope: cost for each one more.
        intercept: cost of none.
        deviation: the largest distance of a measurement from the line, as a part of what the line says.
    """

    slope: float
    intercept: float
    deviation: float


def line_through(sizes: Sequence[float], costs: Sequence[float]) -> Line:
    """The line through two or more measurements."""
    slope, intercept = statistics.linear_regression(sizes, costs)
    deviations = [
        abs(cost - (intercept + slope * size)) / abs(intercept + slope * size)
        for size, cost in zip(sizes, costs, strict=True)
    ]
    return Line(slope, intercept, max(deviations))


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The k for which cost grows as size to the power of k: 1 is linear, less is cheaper, 2 is quadratic."""
    return statistics.linear_regression(
        [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    ).slope


def last_exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The same between the two largest sizes, where what is spent once shows least."""
    return exponent(sizes[-2:], costs[-2:])
