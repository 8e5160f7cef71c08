"""The orders that scenarios start from. Every rule clears on each of them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from orderguard.testing.draft import Json
from orderguard.testing.problem import StepError

MOST_COURSES = 9
_FIRST_COURSE_DAYS = 5
_LATER_COURSE_DAYS = 3
_MONDAY = 0


def campath() -> Json:
    """The first dose of Campath."""
    return _read("campath-first-dose.json")


def campath_step(dose: str) -> Json:
    """The step of the escalation to 10 or to 30 mg."""
    return _read(f"campath-step-to-{dose}.json")


def campath_maintenance() -> Json:
    """Three maintenance doses of Campath in a week."""
    return _read("campath-maintenance.json")


def lemtrada(course: int) -> Json:
    """A course of Lemtrada.

    The third and later ones are the second one with more courses before it, a year apart.

    Raises:
        StepError: no such course.
    """
    if course == 1:
        return _read("lemtrada-course-1.json")
    if not 1 < course <= MOST_COURSES:
        raise StepError(f"There are orders for course 1 to {MOST_COURSES}.")
    document = _read("lemtrada-course-2.json")
    if course > 2:  # noqa: PLR2004 (the second course is the one in the file)
        _make_later(document, course)
    return document


def of_file(path: Path) -> Json:
    """An order document of a site.

    Raises:
        StepError: there is no such file, or it does not hold one order document.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StepError(f"The file `{path.name}` cannot be read as an order: {_reason(error)}.") from None
    if not isinstance(document, dict) or not isinstance(document.get("infusions"), list):
        raise StepError(f"The file `{path.name}` does not hold one order with its infusions.")
    return document


def _reason(error: Exception) -> str:
    """Why, without any value of the file."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "it is not JSON in UTF-8"


def _make_later(document: Json, course: int) -> None:
    document["course"]["number"] = course
    document["rems"]["patient"]["authorized_course"] = course
    patient = document["patient"]
    last = date.fromisoformat(patient["prior_infusions"][0]["date"])
    for therapy in patient["prior_therapies"]:
        ended = date.fromisoformat(therapy["ended_on"])
        therapy["ended_on"] = ended.replace(year=ended.year - (course - 2)).isoformat()
    pattern = patient["prior_infusions"][0]
    patient["prior_infusions"] = [
        {**pattern, "course": number, "date": (first + timedelta(days=day)).isoformat()}
        for number in range(1, course)
        for first in [_monday_from(date(last.year - (course - 1 - number), 6, 1))]
        for day in range(_FIRST_COURSE_DAYS if number == 1 else _LATER_COURSE_DAYS)
    ]


def _monday_from(day: date) -> date:
    return day + timedelta(days=(_MONDAY - day.weekday()) % 7)


def _read(name: str) -> Json:
    text = files("orderguard.testing").joinpath("orders", name).read_text(encoding="utf-8")
    document: Json = json.loads(text)
    return document
