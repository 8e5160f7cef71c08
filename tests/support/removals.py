"""What may be taken out of an order without holding it: every other place is needed.

A pattern is a place with `*` for the number of a list item. Items of lists are not taken away: a list that is
present is complete, so a shorter list says something else and not less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from support.documents import Json, Place, at, places

NOT_JUDGED = "no block or warn rule reads it"
BESIDE = "what stands beside it names the same"
DEFAULT = "the contract gives it a default (1.1)"
OPEN_ENDED = "the contract reads its absence as open-ended (1.1)"
IF_GIVEN = "the rule looks at the date only if one is given"
WHERE_NEEDED = "only some of the entries are needed"

_LEMTRADA: Mapping[str, str] = {
    "ordered_at": NOT_JUDGED,
    "time_zone": DEFAULT,
    "product/name": BESIDE,
    "product/rxcui": BESIDE,
    "product/strength_mg_per_ml": BESIDE,
    "indication/disease_course": "the code settles the course, where it does",
    "facility/id": NOT_JUDGED,
    "patient/patient_id": NOT_JUDGED,
    "patient/counselling": NOT_JUDGED,
    "patient/household_oral_polio": NOT_JUDGED,
    "patient/prior_infusions/*/dose_mg": NOT_JUDGED,
    "patient/prior_infusions/*/reaction_grade": NOT_JUDGED,
    "patient/screening/hpv": NOT_JUDGED,
    "patient/screening/hpv/date": NOT_JUDGED,
    "patient/screening/hpv/result": NOT_JUDGED,
    "patient/screening/hepatitis_b/date": NOT_JUDGED,
    "patient/screening/hepatitis_c/date": NOT_JUDGED,
    "patient/screening/varicella_zoster/date": IF_GIVEN,
    "patient/labs/*/reference_high": WHERE_NEEDED + ": of the newest results that are compared with it",
    "premedications/*/name": BESIDE,
    "premedications/*/rxcui": BESIDE,
    "premedications/*/dose_mg": WHERE_NEEDED + ": of the corticosteroid",
    "premedications/*/route": WHERE_NEEDED + ": of the corticosteroid",
    "premedications/*/scheduled_at": WHERE_NEEDED + ": of the corticosteroid",
    "prophylaxis/*/name": BESIDE,
    "prophylaxis/*/rxcui": BESIDE,
    "prophylaxis/*/dose_mg": NOT_JUDGED,
    "prophylaxis/*/frequency_per_day": NOT_JUDGED,
    "prophylaxis/*/end": OPEN_ENDED,
    "rems/program": NOT_JUDGED,
    "rems/checked_at": NOT_JUDGED,
    "rems/prescriber/id": NOT_JUDGED,
    "rems/pharmacy/id": NOT_JUDGED,
    "rems/facility/id": NOT_JUDGED,
    "rems/patient/authorized_on": IF_GIVEN,
}

_CAMPATH: Mapping[str, str] = {
    "ordered_at": NOT_JUDGED,
    "time_zone": DEFAULT,
    "product/name": BESIDE,
    "product/rxcui": BESIDE,
    "product/strength_mg_per_ml": BESIDE,
    "course": WHERE_NEEDED + ": with earlier infusions",
    "course/number": WHERE_NEEDED + ": with earlier infusions",
    "facility": NOT_JUDGED,
    "facility/id": NOT_JUDGED,
    "facility/resuscitation_capable": NOT_JUDGED,
    "infusions/*/preparation/additives": NOT_JUDGED,
    "infusions/*/preparation/protected_from_light": NOT_JUDGED,
    "infusions/*/preparation/storage": NOT_JUDGED,
    "infusions/*/preparation/vial_expires_on": NOT_JUDGED,
    "infusions/*/preparation/vial_storage": NOT_JUDGED,
    "infusions/*/preparation/vials": NOT_JUDGED,
    "patient/patient_id": NOT_JUDGED,
    "patient/sex": NOT_JUDGED,
    "patient/allergies": "an allergy is asked for beside an alternative only",
    "patient/immunizations/*/cvx": "a vaccine of any kind may stand before the first dose",
    "patient/immunizations/*/date": "a vaccine that is not live may stand at any time",
    "patient/immunizations/*/status": NOT_JUDGED,
    "patient/prior_therapies": NOT_JUDGED,
    "patient/prior_infusions/*/course": WHERE_NEEDED + ": of the first and of the last week",
    "patient/prior_infusions/*/product": WHERE_NEEDED + ": of the first and of the last week",
    "patient/prior_infusions/*/dose_mg": WHERE_NEEDED + ": of the last week",
    "patient/prior_infusions/*/reaction_grade": WHERE_NEEDED + ": of the newest",
    "patient/screening/hiv/date": NOT_JUDGED,
    "patient/screening/hepatitis_b": NOT_JUDGED,
    "patient/screening/hepatitis_b/date": NOT_JUDGED,
    "patient/screening/hepatitis_b/result": NOT_JUDGED,
    "patient/screening/hepatitis_c": NOT_JUDGED,
    "patient/screening/hepatitis_c/date": NOT_JUDGED,
    "patient/screening/hepatitis_c/result": NOT_JUDGED,
    "patient/screening/tuberculosis": NOT_JUDGED,
    "patient/screening/tuberculosis/date": NOT_JUDGED,
    "patient/screening/tuberculosis/result": NOT_JUDGED,
    "patient/labs/*/collected_on": WHERE_NEEDED + ": of the tests of a blood count",
    "patient/labs/*/unit": WHERE_NEEDED + ": of the baseline and the newest blood count",
    "patient/labs/*/value": WHERE_NEEDED + ": of the baseline and the newest blood count",
    "premedications/*/name": BESIDE,
    "premedications/*/rxcui": BESIDE,
    "premedications/*/route": NOT_JUDGED,
    "prophylaxis/*/dose_mg": NOT_JUDGED,
    "prophylaxis/*/route": WHERE_NEEDED + ": of the antiviral",
    "prophylaxis/*/frequency_per_day": NOT_JUDGED,
    "prophylaxis/*/days_per_week": NOT_JUDGED,
    "prophylaxis/*/end": OPEN_ENDED,
}

MAY_STAY_VERIFIED: Mapping[str, Mapping[str, str]] = {"lemtrada": _LEMTRADA, "campath": _CAMPATH}
"""For each product what can be taken out of a verified example, and it stays verified."""

MAY_BECOME_VERIFIED: Mapping[str, str] = {
    "time_zone": DEFAULT,
    "facility/setting": DEFAULT,
    "infusions/*/status": DEFAULT,
    "patient/medications/*/end": OPEN_ENDED,
    "prophylaxis/*/end": OPEN_ENDED,
    "product/name": "the codes then name the product",
    "product/rxcui": BESIDE,
    "product/ndc": BESIDE,
    "product/strength_mg_per_ml": BESIDE,
    "indication/disease_course": "the code settles the course, where it does",
    "infusions/*/duration_minutes": "the duration is then worked out from volume and rate",
    "infusions/*/rate_ml_per_hour": "without a rate its rule does not apply (section 2)",
    "infusions/*/preparation/final_volume_ml": "the volume is then the diluent's",
    "infusions/*/preparation/diluent_volume_ml": "the volume is then the final one",
    "patient/allergies/*/substance": BESIDE,
    "patient/allergies/*/rxcui": BESIDE,
    "patient/conditions/*/kind": BESIDE,
    "patient/conditions/*/icd10cm": BESIDE,
    "patient/medications/*/name": BESIDE,
    "patient/medications/*/rxcui": BESIDE,
    "patient/medications/*/atc": BESIDE,
    "patient/immunizations/*/cvx": BESIDE,
    "patient/immunizations/*/name": BESIDE,
    "premedications/*/name": BESIDE,
    "premedications/*/rxcui": BESIDE,
    "prophylaxis/*/name": BESIDE,
    "prophylaxis/*/rxcui": BESIDE,
    "patient/screening/varicella_zoster/date": IF_GIVEN,
    "rems/patient/authorized_on": IF_GIVEN,
}
"""An order that is not verified can become so without one of these. Each is an identifier beside another one
that it may contradict, a value that the contract replaces, or a date that is looked at only if given."""


IDENTIFIERS = {"name", "rxcui", "ndc", "atc", "cvx", "substance", "kind", "icd10cm"}


def is_named_beside(document: Json, place: Place) -> bool:
    """Whether another identifier stands beside the key at a place."""
    beside = at(document, place[:-1])
    return any(beside.get(key) for key in IDENTIFIERS - {place[-1]})


def keys_of(document: Json) -> Iterator[Place]:
    """Every key of an order, whether a scalar, a list or a part stands there."""
    return (place for place in places(document) if isinstance(place[-1], str))


def keys_around(changed: Json, originals: list[Json]) -> Iterator[Place]:
    """The keys of an order that stand where it differs from the order that it was made of, or around that."""
    (original,) = [each for each in originals if each["order_id"] == changed["order_id"]] or [{}]
    flat = dict(_scalars(original))
    different = [place for place, value in _scalars(changed) if place not in flat or flat[place] != value]
    parents = {place[:depth] for place in different for depth in range(len(place))}
    near = {parent for parent in parents if len(parent) > 1 or not parent}
    for key in keys_of(changed):
        if key in parents or key[:-1] in near:
            yield key


def _scalars(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    if isinstance(value, dict | list) and value:
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in inner:
            yield from _scalars(each, (*place, key))
    else:
        yield place, value
