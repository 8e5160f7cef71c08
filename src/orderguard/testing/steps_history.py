"""Earlier infusions and earlier therapies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from orderguard.testing.draft import Draft, Json
from orderguard.testing.problem import StepError
from orderguard.testing.registry import Table, given
from orderguard.testing.slots import read_day
from orderguard.testing.things import earlier_entries, newest_results


def _chosen(order: Draft, earlier: Iterable[int]) -> list[Json]:
    return [entry for entry, _ in earlier_entries(order, earlier)]


@given("{earlier} was {when}", "the last earlier infusion was on 2025-06-09")
def was(order: Draft, earlier: list[int], when: date) -> None:
    """Dates an earlier infusion."""
    for entry in _chosen(order, earlier):
        entry["date"] = when.isoformat()


@given(
    "the earlier infusions and their monitoring are moved back by {days:count} <day|days>",
    "the earlier infusions and their monitoring are moved back by 3 days",
)
def moved_back(order: Draft, days: int) -> None:
    """Moves the earlier infusions, and of each test every result but those of its newest day."""
    _move(order, -days)


@given(
    "the earlier infusions and their monitoring are moved by {days:count} <day|days>",
    "the earlier infusions and their monitoring are moved by 3 days",
)
def moved(order: Draft, days: int) -> None:
    """The same towards the infusions of the order."""
    _move(order, days)


def _move(order: Draft, days: int) -> None:
    labs = order.listed("patient", "labs")
    dated = [lab for lab in labs if lab.get("collected_on") and lab.get("test")]
    newest = {id(lab) for test in {lab["test"] for lab in dated} for lab, _ in newest_results(order, test)}
    entries = [(entry, "date") for entry in order.listed("patient", "prior_infusions") if entry.get("date")]
    entries += [(lab, "collected_on") for lab in dated if id(lab) not in newest]
    if not entries:
        raise StepError("The order has no earlier infusion and no earlier result.")
    for entry, key in entries:
        entry[key] = (date.fromisoformat(entry[key]) + timedelta(days=days)).isoformat()


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
    "the earlier infusions of {product:name} in course {course:count} are[:]",
    "the earlier infusions of Campath in course 1 are:",
    (
        "| date       | dose  | reaction |",
        "| 2025-05-29 | 3 mg  | grade 2  |",
        "| 2025-05-31 | 10 mg | grade 1  |",
    ),
)
def earlier_infusions(order: Draft, product: str, course: int, table: Table) -> None:
    """Replaces all earlier infusions by these."""
    head, *rows = table
    if head != ["date", "dose", "reaction"] or not rows:
        raise StepError("The table needs the columns date, dose and reaction, and a row for each infusion.")
    order.part("patient")["prior_infusions"] = [
        {
            "product": product,
            "date": read_day(order, day).isoformat(),
            "dose_mg": _quantity(dose, r"(\d+(?:\.\d+)?) mg", "3 mg"),
            "course": course,
            "reaction_grade": int(_quantity(reaction, r"grade (\d)", "grade 2")),
        }
        for day, dose, reaction in rows
    ]


def _quantity(text: str, pattern: str, example: str) -> str:
    match = re.fullmatch(pattern, text)
    if match is None:
        raise StepError(f"`{text}` cannot be read. Write it as `{example}`.")
    return match[1]


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
