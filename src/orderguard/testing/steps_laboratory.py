"""Laboratory results.

The value, unit, upper limit and date of the newest result of a test stand in the table of things; each can be
made not known.
"""

from __future__ import annotations

from datetime import date

from orderguard.testing.draft import Draft, Json
from orderguard.testing.problem import StepError
from orderguard.testing.registry import given
from orderguard.testing.things import newest_results

_CELL_COUNTS = "urinalysis-cell-counts"


def _results(order: Draft, lab: str, day: date | None = None) -> list[Json]:
    found = [
        entry
        for entry in order.listed("patient", "labs")
        if entry.get("test") == lab and (day is None or entry.get("collected_on") == day.isoformat())
    ]
    if not found:
        raise StepError(f"The order has no result of {lab}{'' if day is None else f' of {day}'}.")
    return found


def _newest(order: Draft, lab: str) -> list[Json]:
    return [entry for entry, _ in newest_results(order, lab)]


def _remove(order: Draft, removed: list[Json]) -> None:
    gone = {id(entry) for entry in removed}
    labs = order.entries("patient", "labs")
    labs[:] = [entry for entry in labs if id(entry) not in gone]


def _say(entry: Json, value: str, unit: str, limit: str | None) -> None:
    if entry["test"] == _CELL_COUNTS:
        raise StepError("The urinalysis is normal or abnormal.")
    entry.update(value=value, unit=unit)
    entry.pop("reference_high", None)
    if limit is not None:
        entry["reference_high"] = limit


@given(
    "the [newest ]{lab} is {value:quantity} {unit:lab_unit}",
    "the neutrophil count is 900 per microlitre",
)
def value_is(order: Draft, lab: str, value: str, unit: str) -> None:
    """States value and unit of the newest result; an upper limit given with it stays."""
    for entry in _newest(order, lab):
        _say(entry, value, unit, entry.get("reference_high"))


@given(
    "the [newest ]{lab} is {value:quantity} {unit:lab_unit} with an upper limit of {limit:quantity}",
    "the creatinine is 1.2 mg/dL with an upper limit of 1.1",
)
def value_and_limit(order: Draft, lab: str, value: str, unit: str, limit: str) -> None:
    """States value, unit and upper limit of normal of the newest result."""
    for entry in _newest(order, lab):
        _say(entry, value, unit, limit)


@given("the urinalysis is {result:urinalysis_result}", "the urinalysis is abnormal")
def urinalysis(order: Draft, result: str) -> None:
    """States the newest result of the urinalysis."""
    for entry in _newest(order, _CELL_COUNTS):
        entry["value"] = result


@given("there is no {lab} result", "there is no TSH result")
def no_result(order: Draft, lab: str) -> None:
    """Takes every result of a test away."""
    _remove(order, _results(order, lab))


@given("the newest {lab} result is from {day}", "the newest TSH result is from 31 days before day 1")
def newest_from(order: Draft, lab: str, day: date) -> None:
    """Dates the newest result of a test."""
    for entry in _newest(order, lab):
        entry["collected_on"] = day.isoformat()


@given("the laboratory results are from {day}", "the laboratory results are from 2025-05-02")
def all_from(order: Draft, day: date) -> None:
    """Dates the newest result of each test; older results stay."""
    tests = {entry["test"] for entry in order.listed("patient", "labs") if "test" in entry}
    for entry in [entry for lab in sorted(tests) for entry in _newest(order, lab)]:
        entry["collected_on"] = day.isoformat()


@given(
    "the {lab} result of {old:date} is from {day}",
    "the TSH result of 2025-05-20 is from 2025-05-19",
)
def one_from(order: Draft, lab: str, old: date, day: date) -> None:
    """Dates one result, named by its date, anew."""
    for entry in _results(order, lab, old):
        entry["collected_on"] = day.isoformat()


@given(
    "the {lab} of {old:date} is {value:quantity} {unit:lab_unit}",
    "the neutrophil count of 2025-05-20 is 200 per microlitre",
)
def one_value(order: Draft, *, lab: str, old: date, value: str, unit: str) -> None:
    """States value and unit of one result, named by its date; an upper limit given with it stays."""
    for entry in _results(order, lab, old):
        _say(entry, value, unit, entry.get("reference_high"))


@given("the {lab} result of {old:date} is left out", "the TSH result of 2025-05-20 is left out")
def one_left_out(order: Draft, lab: str, old: date) -> None:
    """Takes one result, named by its date, away."""
    _remove(order, _results(order, lab, old))


@given(
    "a further {lab} of {value:quantity} {unit:lab_unit} is from {day}",
    "a further platelet count of 99,999 per microlitre is from 2025-05-20",
)
def further(order: Draft, lab: str, value: str, unit: str, day: date) -> None:
    """Adds a result without an upper limit."""
    entry: Json = {"test": lab, "collected_on": day.isoformat()}
    _say(entry, value, unit, None)
    order.entries("patient", "labs").append(entry)


@given(
    "a further {lab} of {value:quantity} {unit:lab_unit} with an upper limit of {limit:quantity}"
    " is from {day}",
    "a further ALT of 121 U/L with an upper limit of 40 is from 2025-05-20",
)
def further_and_limit(order: Draft, *, lab: str, value: str, unit: str, limit: str, day: date) -> None:
    """Adds a result with its upper limit of normal."""
    entry: Json = {"test": lab, "collected_on": day.isoformat()}
    _say(entry, value, unit, limit)
    order.entries("patient", "labs").append(entry)


@given(
    "a further {result:urinalysis_result} urinalysis is from {day}",
    "a further abnormal urinalysis is from 2025-05-20",
)
def further_urinalysis(order: Draft, result: str, day: date) -> None:
    """Adds a result of the urinalysis."""
    order.entries("patient", "labs").append(
        {"test": _CELL_COUNTS, "value": result, "collected_on": day.isoformat()}
    )


@given(
    "a laboratory result without a test is from {day}",
    "a laboratory result without a test is from 2025-05-20",
)
def unnamed_result(order: Draft, day: date) -> None:
    """Adds a result of which only the date is known."""
    order.entries("patient", "labs").append({"collected_on": day.isoformat()})
