"""Verified orders for Campath, and single changes to them.

The first dose is the shipped example. The others are made here: in the middle of the escalation, a week of
maintenance, a resumption after a hold, a restart, and a patient whose counts were low before the first dose.
Expectations are read from the rule catalogue (section 2) and the contract.
"""

import copy
import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from orderguard import Verifier
from support.single_changes import EXAMPLES, Case, hold_against, words

RULES = frozenset(
    words("""
    cll-product cll-dose-step cll-max-single-30 cll-max-week-90 cll-escalation-order cll-repeat-step
    cll-restart-after-7d cll-frequency cll-duration-12wk cll-infusion-2h cll-route-iv cll-diluent cll-volume
    cll-bag-8h cll-premed cll-pjp-prophylaxis cll-herpes-prophylaxis cll-prophylaxis-duration cll-hold-counts
    cll-resume-counts cll-low-baseline cll-autoimmune-cytopenia cll-serious-infection cll-infusion-reaction
    cll-cbc-weekly cll-live-vaccine cll-contraception cll-hiv cll-single-agent cll-age
    """)
)
"""Every rule of catalogue section 2; those that are tests of scope, or left out, are none."""

INFUSION_RULES = frozenset(
    words("""
    cll-dose-step cll-max-single-30 cll-infusion-2h cll-route-iv cll-diluent cll-volume cll-bag-8h
    """)
)
"""The rules whose evidence is in the infusion that breaks them."""

DRAWN = {"3": "0.1", "10": "0.33", "30": "1"}
"""The volume table of the label: mL for a dose in mg."""

FIRST_DOSE = "2025-05-12"
DAY_1 = "2025-06-02"


def example() -> Any:
    """The document of the shipped first dose."""
    return json.loads((EXAMPLES / "campath-first-dose.json").read_text())


def prior(day: str, mg: str, grade: int | None = 1, course: int | None = 1) -> dict[str, Any]:
    """A dose of Campath that was given."""
    entry = {"product": "Campath", "date": day, "dose_mg": mg, "course": course, "reaction_grade": grade}
    return {key: value for key, value in entry.items() if value is not None}


def count(test: str, value: str, day: str) -> dict[str, str]:
    """A result of a blood count."""
    return {"test": test, "value": value, "unit": "/uL", "collected_on": day}


def counts(day: str, neutrophils: str, platelets: str) -> list[dict[str, str]]:
    """Neutrophils and platelets of one day."""
    return [count("neutrophils", neutrophils, day), count("platelets", platelets, day)]


def dose(name: str, day: str, mg: str, hour: str = "09:30") -> dict[str, str]:
    """A premedication."""
    return {"name": name, "dose_mg": mg, "route": "oral", "scheduled_at": f"{day}T{hour}:00-04:00"}


def premedication(*days: str) -> list[dict[str, str]]:
    """Both drugs half an hour before an infusion at ten."""
    drugs = (("diphenhydramine", "50"), ("acetaminophen", "650"))
    return [dose(name, day, mg) for day in days for name, mg in drugs]


def infusion(day: str, mg: str, **changes: Any) -> dict[str, Any]:
    """An infusion like that of the example, of another dose on another day."""
    one = copy.deepcopy(example()["infusions"][0])
    one["scheduled_start"] = f"{day}T10:00:00-04:00"
    one["dose_mg"] = mg
    one["preparation"] |= {"prepared_at": f"{day}T08:00:00-04:00", "drug_volume_ml": DRAWN.get(mg, "1")}
    return one | changes


def full_history(until: str, first: str = FIRST_DOSE) -> list[dict[str, Any]]:
    """3, 10 and 30 mg on the days of the first week, then 30 mg on Mondays, Wednesdays and Fridays."""
    start, end = date.fromisoformat(first), date.fromisoformat(until)
    days = [start + timedelta(days=day) for day in range((end - start).days + 1)]
    treated = [day.isoformat() for day in days if (day - start).days % 7 in (0, 2, 4)]
    return [prior(day, mg) for day, mg in zip(treated, ["3", "10", *["30"] * len(treated)], strict=False)]


def order(history: list[dict[str, Any]], *planned: tuple[str, str], labs: list[Any] | None = None) -> Any:
    """An order for these doses on these days, after this history."""
    made = example()
    patient = made["patient"]
    patient["prior_infusions"] = history
    first = history[0]["date"] if history else planned[0][0]
    before = counts((date.fromisoformat(first) - timedelta(days=1)).isoformat(), "2100", "118000")
    newest = counts(planned[0][0], "2100", "118000") if labs is None else labs
    patient["labs"] = [*before, *newest, count("lymphocytes", "12000", planned[0][0])]
    made["infusions"] = [infusion(day, mg) for day, mg in planned]
    made["premedications"] = premedication(*(day for day, _ in planned))
    for entry in made["prophylaxis"]:
        entry["start"] = first
    return made


WEEK = ((DAY_1, "30"), ("2025-06-04", "30"), ("2025-06-06", "30"))


def orders() -> dict[str, Any]:
    """Orders on which every rule is silent, by what they are."""
    after_hold = order(
        full_history("2025-05-28"),
        *WEEK,
        labs=[*counts("2025-05-30", "240", "60000"), *counts(DAY_1, "600", "60000")],
    )
    after_hold["patient"]["cytopenia_holds"] = 1
    low_baseline = order(full_history("2025-05-30"), *WEEK, labs=counts(DAY_1, "101", "10001"))
    for lab, value in zip(low_baseline["patient"]["labs"], ("200", "20000"), strict=False):
        lab["value"] = value
    woman = example()
    woman["patient"] |= {"sex": "female", "contraception_until": "2025-12-02"}
    woman["patient"]["pregnancy"] = {"status": "not-applicable"}
    return {
        "first": example(),
        "first of a woman": woman,
        "to 10": order([prior("2025-05-31", "3")], (DAY_1, "10")),
        "to 30": order([prior("2025-05-29", "3", 2), prior("2025-05-31", "10", 2)], (DAY_1, "30")),
        "maintenance": order(full_history("2025-05-30"), *WEEK),
        "one of maintenance": order(full_history("2025-05-30"), WEEK[0]),
        "after hold": after_hold,
        "low baseline": low_baseline,
        "day 84": order(full_history("2025-05-30", first="2025-03-10"), (DAY_1, "30")),
        "restart": order(full_history("2025-05-19"), (DAY_1, "3")),
    }


_ORDERS = orders()


def campath(name: str) -> Any:
    """The document of one of the verified orders."""
    return copy.deepcopy(_ORDERS[name])


def case(
    name: str,
    base: str,
    changes: Mapping[str, Any],
    findings: Mapping[str, str] | None = None,
    *,
    says: str | tuple[str, ...] = (),
    na: str = "",
    cleared: str = "",
    breaks: Mapping[str, tuple[int, ...]] | None = None,
    missing: Mapping[str, str] | None = None,
) -> Any:
    """One row of a table; without findings the order stays verified."""
    one = Case(
        base,
        changes,
        findings or {},
        (says,) if isinstance(says, str) else says,
        tuple(na.split()),
        tuple(cleared.split()),
        breaks or {},
        missing or {},
    )
    return pytest.param(one, id=name)


def check(verifier: Verifier, one: Case) -> None:
    """Verify a changed order for Campath; hold the verdict against what is expected."""
    hold_against(verifier, campath(one.base), one, RULES, INFUSION_RULES)


def all_rules(verdict: Mapping[str, Any]) -> Iterable[str]:
    """The rules of every part of a verdict."""
    yield from (finding["rule"] for finding in verdict["findings"])
    yield from verdict["cleared"]
    yield from verdict["not_applicable"]
