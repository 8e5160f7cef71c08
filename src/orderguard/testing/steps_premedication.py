"""Premedication and prophylaxis.

Their fields (name, dose, route, time, start) stand in the table of things, to be made not known.
"""

from __future__ import annotations

from datetime import date, time

from orderguard.testing.draft import Draft, Json
from orderguard.testing.registry import given

# -- premedication ---------------------------------------------------------------------------------------


@given("{premedication} on {date} is {dose:quantity} mg", "methylprednisolone on 2025-06-04 is 999 mg")
def dose_is(order: Draft, premedication: str, date: date, dose: str) -> None:
    """Changes the dose of the premedication that the order has on that date."""
    for entry in order.doses(premedication, date):
        entry["dose_mg"] = dose


@given(
    "{premedication} on {date} is {drug} {dose:quantity} mg {route}",
    "the steroid on 2025-06-03 is prednisone 1250 mg by mouth",
)
def drug_is(order: Draft, *, premedication: str, date: date, drug: str, dose: str, route: str) -> None:
    """Changes drug, dose and route of the premedication that the order has on that date."""
    for entry in order.doses(premedication, date):
        entry.update(name=drug, dose_mg=dose, route=route)
        entry.pop("rxcui", None)


@given("{premedication} on {date} is given {route}", "the steroid on 2025-06-03 is given by mouth")
def dose_route(order: Draft, premedication: str, date: date, route: str) -> None:
    """Changes the route."""
    for entry in order.doses(premedication, date):
        entry["route"] = route


@given("{premedication} on {date} is given at {clock}", "the steroid on 2025-06-03 is given at 04:59")
def dose_at(order: Draft, premedication: str, date: date, clock: time) -> None:
    """Changes the local hour."""
    for entry in order.doses(premedication, date):
        entry["scheduled_at"] = order.instant(date, clock)


@given(
    "{premedication} on {date} is given {minutes:count} <minute|minutes> before the infusion",
    "the steroid on 2025-06-03 is given 241 minutes before the infusion",
)
def dose_before(order: Draft, premedication: str, date: date, minutes: int) -> None:
    """Changes the time by the elapsed minutes to the start of that date's (first) infusion."""
    start = order.start_of(order.infusion_on(date))
    for entry in order.doses(premedication, date):
        entry["scheduled_at"] = order.minutes_later(start, -minutes)


@given(
    "{premedication} on {date} is given {minutes:count} <minute|minutes> after the start of the infusion",
    "the steroid on 2025-06-03 is given 1 minute after the start of the infusion",
)
def dose_after(order: Draft, premedication: str, date: date, minutes: int) -> None:
    """The same, after the start."""
    start = order.start_of(order.infusion_on(date))
    for entry in order.doses(premedication, date):
        entry["scheduled_at"] = order.minutes_later(start, minutes)


@given(
    "{drug} {dose:quantity} mg {route} is also given on {date} at {clock}",
    "dexamethasone 20 mg into a vein is also given on 2025-06-03 at 13:30",
)
def also_given(order: Draft, *, drug: str, dose: str, route: str, date: date, clock: time) -> None:
    """Adds a dose of premedication."""
    at = order.instant(date, clock)
    order.add_dose({"name": drug, "dose_mg": dose, "route": route, "scheduled_at": at})


@given(
    "a premedication that is not named is also given on {date} at {clock}",
    "a premedication that is not named is also given on 2025-06-03 at 08:00",
)
def unnamed_dose(order: Draft, date: date, clock: time) -> None:
    """Adds a dose with neither name nor code."""
    order.add_dose({"dose_mg": "10", "route": "oral", "scheduled_at": order.instant(date, clock)})


@given(
    "the premedication of {day:date} is given on every other infusion date",
    "the premedication of 2025-06-02 is given on every other infusion date",
)
def repeated(order: Draft, day: date) -> None:
    """Adds the premedication of a date on the others, at the same hours, but for drugs that they have."""
    for other in order.days:
        if other != day:
            order.copy_doses(day, (other - day).days)


@given(
    "{premedication} on {date} is the drug with RxCUI {code}",
    "the steroid on 2025-06-03 is the drug with RxCUI 6902",
)
def dose_by_code(order: Draft, premedication: str, date: date, code: str) -> None:
    """Names the drug by its RxCUI alone."""
    for entry in order.doses(premedication, date):
        entry.pop("name", None)
        entry["rxcui"] = code


@given("there is no {premedication:name} on {date}", "there is no steroid on 2025-06-04")
def no_dose(order: Draft, premedication: str, date: date) -> None:
    """Takes away the steroid, the antihistamine, the antipyretic or the named drug of that date."""
    _remove(order.entries("premedications"), order.doses(premedication, date))


@given("there is no {role:premedication_role}", "there is no antihistamine")
def no_role(order: Draft, role: str) -> None:
    """Takes away each dose of it, on every date."""
    _remove(order.entries("premedications"), order.doses(role))


def _remove(entries: list[Json], removed: list[Json]) -> None:
    gone = {id(entry) for entry in removed}
    entries[:] = [entry for entry in entries if id(entry) not in gone]


# -- prophylaxis -----------------------------------------------------------------------------------------


@given("{prophylaxis} starts {when}", "the antiviral starts on 2025-06-03")
def starts(order: Draft, prophylaxis: str, when: date) -> None:
    """Changes the first day."""
    for entry in order.prophylaxes(prophylaxis):
        entry["start"] = when.isoformat()


@given("{prophylaxis} ends {when}", "the antiviral ends on 2025-08-06")
def ends(order: Draft, prophylaxis: str, when: date) -> None:
    """Changes the last day. On the shipped orders prophylaxis is open-ended."""
    for entry in order.prophylaxes(prophylaxis):
        entry["end"] = when.isoformat()


@given("{prophylaxis} has no end date", "the antiviral has no end date")
def open_ended(order: Draft, prophylaxis: str) -> None:
    """Makes it open-ended."""
    for entry in order.prophylaxes(prophylaxis):
        entry["end"] = None


@given("{prophylaxis} is {drug}[ {dose:quantity} mg]", "the antiviral is valganciclovir 450 mg")
def prophylaxis_is(order: Draft, prophylaxis: str, drug: str, dose: str | None) -> None:
    """Changes the drug, and the dose where one is said."""
    for entry in order.prophylaxes(prophylaxis):
        entry["name"] = drug
        entry.pop("rxcui", None)
        if dose is not None:
            entry["dose_mg"] = dose


@given("{prophylaxis} is the drug with RxCUI {code}", "the antiviral is the drug with RxCUI 73645")
def prophylaxis_by_code(order: Draft, prophylaxis: str, code: str) -> None:
    """Names the drug by its RxCUI alone."""
    for entry in order.prophylaxes(prophylaxis):
        entry.pop("name", None)
        entry["rxcui"] = code


@given("{prophylaxis} is given {route}", "the antiviral is given on the skin")
def prophylaxis_route(order: Draft, prophylaxis: str, route: str) -> None:
    """Changes the route."""
    for entry in order.prophylaxes(prophylaxis):
        entry["route"] = route


@given("there is no {role:prophylaxis_role}", "there is no antiviral")
def no_prophylaxis(order: Draft, role: str) -> None:
    """Takes it away; other prophylaxis stays."""
    _remove(order.entries("prophylaxis"), order.prophylaxes(role))


@given(
    "the prophylaxis also includes {drug}[ {route}][ from {start:day}][ <to|until> {end:day}]",
    "the prophylaxis also includes valacyclovir by mouth from 2025-06-05 until 2025-08-06",
)
def also_prophylaxis(
    order: Draft, drug: str, route: str | None, start: date | None, end: date | None
) -> None:
    """Adds a prophylaxis: by mouth unless a route is said, from day 1 unless a start is said."""
    entry: Json = {"name": drug, "route": route or "oral", "start": (start or order.days[0]).isoformat()}
    if end is not None:
        entry["end"] = end.isoformat()
    order.add_prophylaxis(entry)


@given(
    "the prophylaxis also includes a drug that is not named",
    "the prophylaxis also includes a drug that is not named",
)
def unnamed_prophylaxis(order: Draft) -> None:
    """Adds a prophylaxis with neither name nor code, by mouth, from day 1."""
    order.add_prophylaxis({"route": "oral", "start": order.days[0].isoformat()})
