"""Changes to an order that no single field makes."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from orderguard.order import CONDITION_KINDS, DISEASE_COURSES, STORAGE
from support.dates import LAST_DAY, all_moved, anchors, months_after, moved, written
from support.documents import Json
from support.pools import DRUGS, RATES, STEPS, texts_for

Change = Callable[[Json, Random], None]


def patient_of(document: Json) -> Json:
    """The patient of an order; made if absent."""
    document["patient"] = patient = document.get("patient") or {}
    return patient


def quantity(number: Decimal, source: Random) -> Any:
    """A quantity in one of the ways in which it may be written."""
    text = f"{number:f}"
    whole = number == number.to_integral_value()
    return source.choice([text, int(number) if whole else float(text), text])


def _infusions(document: Json) -> list[Json]:
    return document.get("infusions") or []


def _another_infusion(document: Json, source: Random) -> None:
    """One infusion more, a day after the last one or on the same day."""
    for last in _infusions(document)[-1:]:
        another = copy.deepcopy(last)
        if another.get("scheduled_start"):
            another["scheduled_start"] = moved(
                another["scheduled_start"], timedelta(days=source.choice([0, 1, 1, 2]))
            )
        document["infusions"].append(another)


def _course_of(number: int) -> Change:
    def change(document: Json, source: Random) -> None:
        document["course"] = {"number": number}

    return change


def _all_infusions(**fields: Any) -> Change:
    def change(document: Json, source: Random) -> None:
        for infusion in _infusions(document):
            infusion.update(copy.deepcopy(fields))

    return change


def _rate_for_duration(document: Json, source: Random) -> None:
    for infusion in _infusions(document):
        infusion.pop("duration_minutes", None)
        infusion["rate_ml_per_hour"] = quantity(source.choice(RATES), source)


def _later_infusions(document: Json, source: Random) -> None:
    """The last infusions of the course a day later."""
    infusions = _infusions(document) or [{}]
    for infusion in infusions[source.randrange(len(infusions)) :]:
        if infusion.get("scheduled_start"):
            infusion["scheduled_start"] = moved(infusion["scheduled_start"], timedelta(days=1))


def _other_years(document: Json, source: Random) -> None:
    """Every date of the order earlier or later, so that leap days and month ends come by."""
    document.update(all_moved(document, timedelta(days=source.randrange(-800, 800))))


def _other_premedication(document: Json, source: Random) -> None:
    """A drug of the premedication left out, on one day or on all, or replaced by another one."""
    doses = document.get("premedications") or []
    if not doses:
        return
    chosen, one_day, other = source.choice(doses), source.random() < 0.5, source.choice([None, *DRUGS])
    for dose in list(doses):
        if dose is chosen or (dose.get("name") == chosen.get("name") and not one_day):
            if other is None:
                doses.remove(dose)
            else:
                dose.update(name=other, rxcui=None)


def _prophylaxis_in_two_parts(document: Json, source: Random) -> None:
    """Two antivirals one after the other, with a free day between them or without."""
    end = source.choice(anchors(document))
    document["prophylaxis"] = [
        {
            "name": source.choice(["acyclovir", "valacyclovir", "ganciclovir"]),
            "route": "oral",
            "start": "2025-01-01",
            "end": end.isoformat(),
        },
        {
            "name": "acyclovir",
            "route": "oral",
            "start": written(
                min(end, LAST_DAY - timedelta(days=2)) + timedelta(days=source.choice([0, 1, 2]))
            ),
        },
    ]


def _one_condition(document: Json, source: Random) -> None:
    """One condition, classified and with a status, that began on a day that rules count from."""
    patient_of(document)["conditions"] = [
        {
            "kind": source.choice(CONDITION_KINDS),
            "status": source.choice(["active", "active", "resolved"]),
            "onset": source.choice(anchors(document)).isoformat(),
        }
    ]


def _one_vaccine(document: Json, source: Random) -> None:
    """One vaccine about the day from which it is too near, or about the course."""
    days = timedelta(days=source.choice([-400, -43, -42, -41, -1, 0, 1]))
    vaccine = {
        "cvx": source.choice(texts_for("cvx")),
        "date": written(source.choice(anchors(document)) + days),
    }
    patient_of(document)["immunizations"] = [vaccine]


def _earlier_courses_moved(document: Json, source: Random) -> None:
    """All earlier infusions about a year before, a little less, or long before."""
    days = timedelta(days=source.choice([-400, -120, -93, -92, -91, -60, -7, -6, 1, 2, 3, 30]))
    for entry in patient_of(document).get("prior_infusions") or []:
        if entry.get("date"):
            entry["date"] = written(date.fromisoformat(entry["date"]) + days)


def _other_indication(document: Json, source: Random) -> None:
    """Another code, with a course of disease that may contradict it."""
    document["indication"] = {
        "icd10cm": source.choice(texts_for("indication/icd10cm")),
        "disease_course": source.choice([None, *DISEASE_COURSES]),
    }


def _older_results(document: Json, source: Random) -> None:
    """All laboratory results so much older that they are about too old, or dated about day 1."""
    days = timedelta(days=source.choice([-40, -18, -17, -16, 13, 14]))
    patient = patient_of(document)
    patient["labs"] = all_moved(patient.get("labs"), days)


def _stored_vials(document: Json, source: Random) -> None:
    """All vials kept in one way or another, with or without a date of expiry."""
    for preparation in [infusion.get("preparation") or {} for infusion in _infusions(document)]:
        preparation["vial_storage"] = source.choice(STORAGE)
        if source.random() < 0.5:
            preparation["vial_expires_on"] = None


def _two_medications(document: Json, source: Random) -> None:
    """Two medications without dates, so during the course; one may have no name."""
    names = [source.choice(DRUGS), source.choice([*[None] * len(DRUGS), *DRUGS])]
    patient_of(document)["medications"] = [{"name": name} for name in names]


def _about(years: int) -> Change:
    """The patient has this age on day 1, or has it a day before or after."""

    def change(document: Json, source: Random) -> None:
        born = months_after(anchors(document)[0], -12 * years) + timedelta(days=source.choice([-1, 0, 1]))
        patient_of(document)["birth_date"] = written(born)

    return change


def _high_result(document: Json, source: Random) -> None:
    """A laboratory result at a multiple of its upper limit, or just above."""
    labs = [lab for lab in patient_of(document).get("labs") or [] if lab.get("reference_high")]
    for lab in labs[-5:]:
        if source.random() < 0.3:
            limit = Decimal(str(lab["reference_high"]))
            lab["value"] = f"{limit * source.choice([1, 2, 3]) + source.choice(STEPS[:3]):f}"


def _a_man(document: Json, source: Random) -> None:
    patient = patient_of(document)
    patient["sex"] = "male"
    for name in ("pregnancy", "lactating", "contraception_until"):
        patient.pop(name, None)


SPECIAL_CHANGES: list[Change] = [
    _another_infusion,
    *map(_course_of, (1, 2, 3, 4)),
    _all_infusions(status="given"),
    _all_infusions(status="given", scheduled_start=None),
    _all_infusions(status="held"),
    _all_infusions(preparation=None),
    _all_infusions(preparation={"diluent": "none"}),
    *[_rate_for_duration] * 3,
    _later_infusions,
    _other_years,
    *[_other_premedication] * 2,
    _prophylaxis_in_two_parts,
    *[_one_condition] * 14,
    *[_one_vaccine] * 2,
    *[_earlier_courses_moved] * 3,
    *[_other_indication] * 2,
    _older_results,
    *[_stored_vials] * 2,
    *[_two_medications] * 3,
    *map(_about, (17, 18, 65)),
    _high_result,
    _a_man,
]
"""Each stands here as often as it takes to reach the rules that it is for."""
