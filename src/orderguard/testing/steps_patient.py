"""The patient: person, allergies, conditions, medications, vaccinations, counselling, screening."""

from __future__ import annotations

from datetime import date

from orderguard.testing.draft import Draft, Json
from orderguard.testing.problem import StepError
from orderguard.testing.registry import Table, given


def _add(order: Draft, name: str, entry: Json, **dates: date | None) -> None:
    """Add an entry to a list of the patient, with the dates that are said."""
    said = {key: day.isoformat() for key, day in dates.items() if day is not None}
    order.entries("patient", name).append({**entry, **said})


# -- person ----------------------------------------------------------------------------------------------


@given("the patient is {sex:male_or_female}", "the patient is male")
def sex(order: Draft, sex: str) -> None:
    """States the sex; everything else of the patient stays."""
    order.part("patient")["sex"] = sex


@given("the patient is {pregnancy:pregnant}", "the patient is pregnant")
def pregnancy(order: Draft, pregnancy: str) -> None:
    """States the pregnancy status: `pregnant` or `not pregnant`."""
    order.part("patient", "pregnancy")["status"] = pregnancy


@given("the pregnancy test was {when}", "the pregnancy test was 8 days before day 1")
def pregnancy_test(order: Draft, when: date) -> None:
    """Dates the pregnancy test."""
    order.part("patient", "pregnancy")["tested_on"] = when.isoformat()


@given("the patient is breast-feeding", "the patient is breast-feeding")
def breast_feeding(order: Draft) -> None:
    """States that the patient is lactating."""
    order.part("patient")["lactating"] = True


@given("the patient is not breast-feeding", "the patient is not breast-feeding")
def not_breast_feeding(order: Draft) -> None:
    """States that the patient is not."""
    order.part("patient")["lactating"] = False


@given("contraception is planned until {day}", "contraception is planned until 2025-10-05")
def contraception(order: Draft, day: date) -> None:
    """States the end of contraception."""
    order.part("patient")["contraception_until"] = day.isoformat()


@given("laboratory monitoring is arranged until {day}", "laboratory monitoring is arranged until 2029-06-05")
def monitoring(order: Draft, day: date) -> None:
    """States the end of laboratory monitoring."""
    order.part("patient")["monitoring_until"] = day.isoformat()


@given(
    "someone in the household is due the oral polio vaccine",
    "someone in the household is due the oral polio vaccine",
)
def oral_polio(order: Draft) -> None:
    """States so; `nobody` states the opposite."""
    order.part("patient")["household_oral_polio"] = True


@given(
    "nobody in the household is due the oral polio vaccine",
    "nobody in the household is due the oral polio vaccine",
)
def no_oral_polio(order: Draft) -> None:
    """States the opposite."""
    order.part("patient")["household_oral_polio"] = False


@given("the patient was counselled on {topic}", "the patient was counselled on contraception")
def counselled(order: Draft, topic: str) -> None:
    """Adds a topic of counselling. The orders start with `the medication guide` and `listeria`."""
    topics: list[object] = list(order.entries("patient", "counselling"))
    order.part("patient")["counselling"] = [*topics, topic]


@given("the patient was not counselled on {topic}", "the patient was not counselled on listeria")
def not_counselled(order: Draft, topic: str) -> None:
    """Takes a topic of counselling away; the other topics stay."""
    topics: list[object] = list(order.entries("patient", "counselling"))
    order.part("patient")["counselling"] = [entry for entry in topics if entry != topic]


# -- allergies -------------------------------------------------------------------------------------------


@given("the patient is allergic to {name}", "the patient is allergic to polysorbate 80")
def allergic(order: Draft, name: str) -> None:
    """Adds an allergy to a substance."""
    _add(order, "allergies", {"substance": name})


@given("the patient has an allergy with RxCUI {code}", "the patient has an allergy with RxCUI 117055")
def allergic_by_code(order: Draft, code: str) -> None:
    """Adds an allergy to a substance by its RxCUI alone."""
    _add(order, "allergies", {"rxcui": code})


@given("the patient has an allergy that is not named", "the patient has an allergy that is not named")
def unnamed_allergy(order: Draft) -> None:
    """Adds an allergy with neither substance nor code."""
    _add(order, "allergies", {})


# -- conditions ------------------------------------------------------------------------------------------


@given(
    "the patient has [an ]active {kind}[ since {onset:day}]",
    "the patient has an active infection since 2025-05-30",
)
def active_condition(order: Draft, kind: str, onset: date | None) -> None:
    """Adds an active condition of a kind; without `since` its onset is not known."""
    _add(order, "conditions", {"kind": kind, "status": "active"}, onset=onset)


@given(
    "the patient had [a |an ]{kind}[ since {onset:day}], resolved",
    "the patient had a stroke, resolved",
)
def resolved_condition(order: Draft, kind: str, onset: date | None) -> None:
    """Adds a resolved condition of a kind; its onset may stand before the comma (`since 2025-09-01`)."""
    _add(order, "conditions", {"kind": kind, "status": "resolved"}, onset=onset)


@given(
    "the patient has [a |an ]{kind} whose status is not known[, since {onset:day}]",
    "the patient has an infection whose status is not known",
)
def condition_of_unknown_status(order: Draft, kind: str, onset: date | None) -> None:
    """Adds a condition of a kind, active or resolved."""
    _add(order, "conditions", {"kind": kind}, onset=onset)


@given(
    "the patient has an active condition with code {code}[ since {onset:day}]",
    "the patient has an active condition with code J18.9",
)
def active_code(order: Draft, code: str, onset: date | None) -> None:
    """Adds an active condition by its ICD-10-CM code alone."""
    _add(order, "conditions", {"icd10cm": code, "status": "active"}, onset=onset)


@given(
    "the patient had a condition with code {code}[ since {onset:day}], resolved",
    "the patient had a condition with code I63.9, resolved",
)
def resolved_code(order: Draft, code: str, onset: date | None) -> None:
    """Adds a resolved condition by its ICD-10-CM code alone."""
    _add(order, "conditions", {"icd10cm": code, "status": "resolved"}, onset=onset)


@given(
    "the patient has an active condition that is not classified",
    "the patient has an active condition that is not classified",
)
def unclassified_condition(order: Draft) -> None:
    """Adds an active condition with neither kind nor code."""
    _add(order, "conditions", {"status": "active"})


@given(
    "the patient had a condition that is not classified, resolved",
    "the patient had a condition that is not classified, resolved",
)
def unclassified_resolved(order: Draft) -> None:
    """Adds a resolved condition with neither kind nor code."""
    _add(order, "conditions", {"status": "resolved"})


# -- medications -----------------------------------------------------------------------------------------


@given(
    "the patient takes {drug}[ {route}][ from {start:day}][ <to|until> {end:day}]",
    "the patient takes fingolimod by mouth from 2025-01-01 to 2025-06-02",
)
def takes(order: Draft, drug: str, route: str | None, start: date | None, end: date | None) -> None:
    """Adds a medication. Without `from` it has started already, without `to` or `until` it continues."""
    entry = {"name": drug} if route is None else {"name": drug, "route": route}
    _add(order, "medications", entry, start=start, end=end)


@given(
    "the patient takes {drug} with {system:code_system} {code}",
    "the patient takes azathioprine with RxCUI 1256",
)
def takes_named_and_coded(order: Draft, drug: str, system: str, code: str) -> None:
    """Adds a medication by its name and its RxCUI or ATC code, which may say different things."""
    _add(order, "medications", {"name": drug, system: code})


@given(
    "the patient takes a medication with {system:code_system} {code}"
    "[ from {start:day}][ <to|until> {end:day}]",
    "the patient takes a medication with RxCUI 1256",
)
def takes_code(order: Draft, system: str, code: str, start: date | None, end: date | None) -> None:
    """Adds a medication by its RxCUI or ATC code alone."""
    _add(order, "medications", {system: code}, start=start, end=end)


def _column(table: Table) -> list[str]:
    if any(len(row) != 1 for row in table):
        raise StepError("The table needs one column, without a heading.")
    return [row[0] for row in table]


@given(
    "the patient took these medications until {end:day}[:]",
    "the patient took these medications until 2015-12-31:",
    ("| azathioprine |", "| paracetamol  |"),
)
def took(order: Draft, end: date, table: Table) -> None:
    """Adds ended medications by name. The table has one column, without a heading."""
    for name in _column(table):
        _add(order, "medications", {"name": name}, end=end)


@given(
    "the patient took medications with these {system:code_system}s until {end:day}[:]",
    "the patient took medications with these RxCUIs until 2015-12-31:",
    ("| 1256 |", "| 161  |"),
)
def took_codes(order: Draft, system: str, end: date, table: Table) -> None:
    """Adds ended medications by their codes alone."""
    for code in _column(table):
        _add(order, "medications", {system: code}, end=end)


@given(
    "the patient takes a medication that is not named[ from {start:day}][ <to|until> {end:day}]",
    "the patient takes a medication that is not named",
)
def takes_unnamed(order: Draft, start: date | None, end: date | None) -> None:
    """Adds a medication with neither name nor code."""
    _add(order, "medications", {}, start=start, end=end)


# -- vaccinations ----------------------------------------------------------------------------------------


@given(
    "the patient received {vaccine:name}[ (CVX {cvx:code})] {when}",
    "the patient received MMR (CVX 03) 41 days before day 1",
)
def received(order: Draft, vaccine: str, cvx: str | None, when: date) -> None:
    """Adds a completed vaccination by its name, with its CVX code where one is said."""
    entry = {"name": vaccine} if cvx is None else {"name": vaccine, "cvx": cvx}
    _add(order, "immunizations", {**entry, "status": "completed"}, date=when)


@given(
    "the patient received a vaccine with CVX {cvx:code} {when}",
    "the patient received a vaccine with CVX 03 on 2025-04-21",
)
def received_code(order: Draft, cvx: str, when: date) -> None:
    """Adds a completed vaccination by its CVX code alone."""
    _add(order, "immunizations", {"cvx": cvx, "status": "completed"}, date=when)


@given(
    "the patient received these vaccines {when}[:]",
    "the patient received these vaccines 41 days before day 1:",
    ("| MMR          |", "| yellow fever |"),
)
def received_names(order: Draft, when: date, table: Table) -> None:
    """Adds completed vaccinations by name. The table has one column, without a heading."""
    for name in _column(table):
        _add(order, "immunizations", {"name": name, "status": "completed"}, date=when)


@given(
    "the patient received vaccines with these CVX codes {when}[:]",
    "the patient received vaccines with these CVX codes 41 days before day 1:",
    ("| 03 |", "| 37 |"),
)
def received_codes(order: Draft, when: date, table: Table) -> None:
    """Adds completed vaccinations by their CVX codes alone."""
    for cvx in _column(table):
        _add(order, "immunizations", {"cvx": cvx, "status": "completed"}, date=when)


@given(
    "the patient received a vaccine that is not classified {when}",
    "the patient received a vaccine that is not classified 41 days before day 1",
)
def received_unclassified(order: Draft, when: date) -> None:
    """Adds a completed vaccination with neither name nor code."""
    _add(order, "immunizations", {"status": "completed"}, date=when)


@given(
    "the patient received a vaccine with CVX {cvx:code} on a date that is not known",
    "the patient received a vaccine with CVX 03 on a date that is not known",
)
def received_undated(order: Draft, cvx: str) -> None:
    """Adds a completed vaccination without a date."""
    _add(order, "immunizations", {"cvx": cvx, "status": "completed"})


@given(
    "a vaccination with CVX {cvx:code} is planned for {day}",
    "a vaccination with CVX 03 is planned for 2025-07-01",
)
def planned(order: Draft, cvx: str, day: date) -> None:
    """Adds a planned vaccination."""
    _add(order, "immunizations", {"cvx": cvx, "status": "planned"}, date=day)


# -- screening -------------------------------------------------------------------------------------------


@given("the {screening} was {when}", "the HIV test was 1 day after day 1")
def screened(order: Draft, screening: str, when: date) -> None:
    """Dates a screening test; its result stays."""
    order.part("patient", "screening", screening)["date"] = when.isoformat()


@given("there is no {screening}", "there is no HIV test")
def not_screened(order: Draft, screening: str) -> None:
    """Leaves result and date of a screening test out of the order."""
    order.part("patient", "screening").pop(screening, None)
