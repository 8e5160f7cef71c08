"""Facts about screening results: HIV, tuberculosis, hepatitis, varicella, skin, HPV."""

from __future__ import annotations

from typing import Any

from orderguard.facts.context import OrderContext
from orderguard.facts.definition import Kind, boolean, integer, stated
from orderguard.order import SCREENING_RESULTS, TUBERCULOSIS_TREATMENTS

_TESTS = tuple(SCREENING_RESULTS)


def _screening(ctx: OrderContext, test: str) -> Any:
    return getattr(ctx.order.patient.screening, test)


for _test, _results in SCREENING_RESULTS.items():
    stated(
        f"screening.{_test}.result",
        Kind.WORD,
        f"{_test.replace('_', ' ')} result",
        f"patient.screening.{_test}.result",
        "The result of the screening test.",
        words=_results,
    )
stated(
    "screening.tuberculosis.treatment",
    Kind.WORD,
    "treatment of tuberculosis",
    "patient.screening.tuberculosis.treatment",
    "How far the treatment of tuberculosis is.",
    words=TUBERCULOSIS_TREATMENTS,
)


@boolean("screening.{test}.date_stated", "date of the {test} result stated", over={"test": _TESTS})
def date_stated(ctx: OrderContext, test: str) -> bool:
    """Whether the result carries a date."""
    return _screening(ctx, test).date is not None


@integer(
    "screening.{test}.days_before_course",
    "days from the {test} result to day 1",
    unit="days",
    over={"test": _TESTS},
)
def days_before_course(ctx: OrderContext, test: str) -> int | None:
    """Calendar days from the result to day 1; negative for a result dated after it."""
    screening = _screening(ctx, test)
    day, known = screening.date, ctx.background_get(screening, "result") is not None
    return ctx.days_before_course(day) if known else None


@integer(
    "screening.{test}.age_months",
    "age of the {test} result on day 1, begun months counted",
    unit="months",
    over={"test": _TESTS},
)
def age_months(ctx: OrderContext, test: str) -> int | None:
    """Calendar months from the result to day 1, a begun month counted in full."""
    screening = _screening(ctx, test)
    day, known = screening.date, ctx.background_get(screening, "result") is not None
    if day is None or ctx.day_1 is None or not known:
        return None
    return ctx.begun_months(day, ctx.day_1)
