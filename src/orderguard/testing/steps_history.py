"""Earlier infusions and earlier therapies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from orderguard.testing.draft import Draft, Json
from orderguard.testing.problem import StepError
from orderguard.testing.registry import given
from orderguard.testing.things import earlier_entries


def _chosen(order: Draft, earlier: Iterable[int]) -> list[Json]:
    return [entry for entry, _ in earlier_entries(order, earlier)]


@given("{earlier} was {when}", "the last earlier infusion was on 2025-06-09")
def was(order: Draft, earlier: list[int], when: date) -> None:
    """Dates an earlier infusion."""
    for entry in _chosen(order, earlier):
        entry["date"] = when.isoformat()


@given("{earlier} is left out", "earlier infusion 5 is left out")
def left_out(order: Draft, earlier: list[int]) -> None:
    """Takes an earlier infusion off the order. Later ones move up one number."""
    entries = order.entries("patient", "prior_infusions")
    for entry in _chosen(order, earlier):
        entries.remove(entry)


@given(
    "an earlier infusion of {product:name}[ {dose:quantity} mg] was given {when}[ in course {course:count}]"
    "[ with a reaction of grade {grade:count}]",
    "an earlier infusion of Campath 30 mg was given on 2024-03-04 in course 1 with a reaction of grade 2",
)
def earlier_infusion(
    order: Draft, *, product: str, dose: str | None, when: date, course: int | None, grade: int | None
) -> None:
    """Adds an earlier infusion at the end of the list; what is not said is not known."""
    said = {"product": product, "date": when.isoformat(), "dose_mg": dose, "course": course}
    said["reaction_grade"] = grade
    entry = {key: value for key, value in said.items() if value is not None}
    order.entries("patient", "prior_infusions").append(entry)


@given(
    "an earlier infusion of a product that is not named was given {when}",
    "an earlier infusion of a product that is not named was given on 2024-03-04",
)
def unnamed_infusion(order: Draft, when: date) -> None:
    """Adds an earlier infusion of which only the date is known."""
    order.entries("patient", "prior_infusions").append({"date": when.isoformat()})


@given(
    "course {course:count} was given from {start:date} to {end:date}",
    "course 1 was given from 2024-06-03 to 2024-06-07",
)
def earlier_course(order: Draft, course: int, start: date, end: date) -> None:
    """Adds an earlier Lemtrada infusion of 12 mg on each of these dates."""
    if end < start:
        raise StepError("The course ends before it starts.")
    for day in range((end - start).days + 1):
        order.entries("patient", "prior_infusions").append(
            {
                "product": "Lemtrada",
                "date": (start + timedelta(days=day)).isoformat(),
                "dose_mg": "12",
                "course": course,
            }
        )


@given(
    "the patient was treated with {drug} until {end:day}",
    "the patient was treated with azathioprine until 2024-12-03",
)
def treated(order: Draft, drug: str, end: date) -> None:
    """Adds an earlier therapy."""
    entry = {"name": drug, "ended_on": end.isoformat()}
    order.entries("patient", "prior_therapies").append(entry)


@given(
    "the patient was treated with {drug} until a date that is not known",
    "the patient was treated with azathioprine until a date that is not known",
)
def treated_undated(order: Draft, drug: str) -> None:
    """Adds an earlier therapy without its end."""
    order.entries("patient", "prior_therapies").append({"name": drug})


@given(
    "the patient was treated with a drug that is not named until {end:day}",
    "the patient was treated with a drug that is not named until 2024-12-03",
)
def treated_unnamed(order: Draft, end: date) -> None:
    """Adds an earlier therapy without a name."""
    order.entries("patient", "prior_therapies").append({"ended_on": end.isoformat()})
