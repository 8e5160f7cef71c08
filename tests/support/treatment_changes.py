"""Changes to an order of a treatment that goes up in steps and depends on blood counts."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from support.changes import Change, patient_of
from support.dates import anchors, months_after, written
from support.documents import Json

_STEPS = ("3", "10", "30")
_A_DAY = timedelta(days=1)


def _earlier(document: Json) -> list[Json]:
    return patient_of(document).get("prior_infusions") or []


def _first_and_last_given(document: Json) -> tuple[date, date]:
    """The first and the last day of the earlier infusions, else the first day of the order."""
    days = sorted(entry["date"] for entry in _earlier(document) if entry.get("date"))
    first = anchors(document)[0].isoformat()
    return date.fromisoformat((days or [first])[0]), date.fromisoformat((days or [first])[-1])


def _count(test: str, value: object, day: date) -> Json:
    return {"test": test, "value": str(value), "unit": "/uL", "collected_on": written(day)}


def _add_labs(document: Json, *labs: Json) -> None:
    patient = patient_of(document)
    patient["labs"] = [*(patient.get("labs") or []), *labs]


def _reactions(document: Json, source: Random) -> None:
    """The reaction to the newest earlier infusion was mild, severe, or is not known."""
    for entry in _earlier(document)[-1:]:
        entry["reaction_grade"] = source.choice([1, 2, 3, 4, None])


def _other_steps(document: Json, source: Random) -> None:
    """The order's doses at other steps, with the volume that holds them."""
    volumes = dict(zip(_STEPS, ("0.1", "0.33", "1"), strict=True))
    for infusion in document.get("infusions") or []:
        infusion["dose_mg"] = source.choice(_STEPS)
        infusion["preparation"] = {
            **(infusion.get("preparation") or {}),
            "drug_volume_ml": volumes[infusion["dose_mg"]],
        }


def _held_before(document: Json, source: Random) -> None:
    """Earlier holds, a count that met the limit of a hold since the last dose, and a newer one."""
    _, last = _first_and_last_given(document)
    newest = anchors(document)[0]
    patient_of(document)["cytopenia_holds"] = source.choice([1, 1, 2, 3])
    test, low, risen = source.choice(
        [("neutrophils", 249, (499, 500, 2000)), ("platelets", 25000, (49999, 50000, 100000))]
    )
    _add_labs(document, _count(test, low, last), _count(test, source.choice(risen), newest))


def _low_baseline(document: Json, source: Random) -> None:
    """A count that was low by the first dose, and a newer one of about half of it."""
    first, _ = _first_and_last_given(document)
    test, base = source.choice([("neutrophils", 250), ("neutrophils", 251), ("platelets", 25000)])
    patient = patient_of(document)
    patient["labs"] = [lab for lab in patient.get("labs") or [] if lab.get("test") != test]
    newer = base // 2 + source.choice([-1, 0, 1, 60])
    _add_labs(document, _count(test, base, first), _count(test, newer, anchors(document)[0]))


def _a_woman(document: Json, source: Random) -> None:
    """A woman with contraception that is planned for about long enough."""
    end = months_after(anchors(document)[-1], 6) + source.choice([-_A_DAY, timedelta(), _A_DAY])
    patient_of(document).update(sex="female", contraception_until=written(end))


def _prophylaxis_that_ends(document: Json, source: Random) -> None:
    """Prophylaxis with an end, about long enough, and a CD4 count about high enough, or none."""
    end = months_after(anchors(document)[-1], 2) + source.choice([-_A_DAY, timedelta(), _A_DAY])
    for entry in document.get("prophylaxis") or []:
        entry["end"] = written(end)
    cd4 = source.choice([199, 200, 201, None])
    if cd4 is not None:
        _add_labs(document, _count("cd4", cd4, anchors(document)[0]))


def _an_alternative(document: Json, source: Random) -> None:
    """Another drug against Pneumocystis, with an allergy that speaks for it or without."""
    for entry in (document.get("prophylaxis") or [])[:1]:
        entry.update(name=source.choice(["dapsone", "atovaquone", "pentamidine"]), rxcui=None)
    allergies: list[Any] = [{"substance": "sulfa drugs"}]
    patient_of(document)["allergies"] = source.choice([allergies, []])


TREATMENT_CHANGES: list[Change] = [
    *[_reactions] * 3,
    *[_other_steps] * 3,
    *[_held_before] * 3,
    *[_low_baseline] * 3,
    *[_a_woman] * 2,
    *[_prophylaxis_that_ends] * 2,
    *[_an_alternative] * 2,
]
"""Each stands here as often as it takes to reach the rules that it is for."""
