"""The things that an order states, by the names that steps use for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from orderguard.testing.draft import Draft, Json
from orderguard.testing.phrases import Phrase, Slot
from orderguard.testing.problem import StepError
from orderguard.testing.slots import SLOTS


@dataclass(frozen=True)
class Place:
    """One place of the order document: the part that holds it, its key, and its JSON Pointer."""

    holder: Json
    key: str
    pointer: str


Owner = Callable[..., list[tuple[Json, str]]]
"""Finds the parts, with their JSON Pointers, that the slots of a thing's name speak of."""


@dataclass(frozen=True)
class Thing:
    """Something that an order states.

    Attributes:
        name: a phrase, such as `the dose of {infusions}`.
        owner: finds the entries that the name speaks of.
        path: the way from such an entry to the stated value.
        value: the phrase of its value; None for a list and for what is said by sentences of its own.
        example: the name and the value in an example.
        whole: whether its value is a whole number.
        along: keys beside the last one that become unknown with it.
    """

    name: str
    owner: Owner
    path: tuple[str, ...]
    value: str | None = None
    example: tuple[str, str] = ("", "")
    whole: bool = False
    along: tuple[str, ...] = field(default=())

    def places(self, order: Draft, text: str) -> list[Place]:
        """Where the order states what a text names."""
        slots = _phrase(self.name).read(order, text)
        return self.places_of(order, **slots)

    def places_of(self, order: Draft, **slots: Any) -> list[Place]:
        """Where the order states this thing of the entries that the slots speak of."""
        *parents, key = self.path
        found = []
        for entry, pointer in self.owner(order, **slots):
            holder = entry
            for parent in parents:
                holder = holder.setdefault(parent, {})
            found.append(Place(holder, key, "/".join([pointer, *self.path])))
        return found

    def state(self, order: Draft, value: object, **slots: Any) -> None:
        """State a value of the entries that the slots speak of."""
        for place in self.places_of(order, **slots):
            place.holder[place.key] = value if self.whole or isinstance(value, str) else str(value)
            for key in self.along:
                place.holder.pop(key, None)


@cache
def _phrase(text: str) -> Phrase:
    return Phrase(text, SLOTS)


# -- whose things they are -------------------------------------------------------------------------------


def _order(order: Draft) -> list[tuple[Json, str]]:
    return [(order.document, "")]


def infusion_entries(order: Draft, infusions: Iterable[int]) -> list[tuple[Json, str]]:
    """The infusions with these numbers, from 1, with their JSON Pointers."""
    return [(order.infusions[number - 1], f"/infusions/{number - 1}") for number in infusions]


def earlier_entries(order: Draft, earlier: Iterable[int]) -> list[tuple[Json, str]]:
    """The earlier infusions with these numbers, from 1, with their JSON Pointers."""
    entries = order.listed("patient", "prior_infusions")
    return [(entries[number - 1], f"/patient/prior_infusions/{number - 1}") for number in earlier]


def _entry(_: Draft, entry: tuple[Json, str]) -> list[tuple[Json, str]]:
    return [entry]


def _doses(order: Draft, premedication: str, date: Any) -> list[tuple[Json, str]]:
    return _pointed(order.listed("premedications"), order.doses(premedication, date), "/premedications")


def _prophylaxes(order: Draft, prophylaxis: str) -> list[tuple[Json, str]]:
    return _pointed(order.listed("prophylaxis"), order.prophylaxes(prophylaxis), "/prophylaxis")


def newest_results(order: Draft, lab: str) -> list[tuple[Json, str]]:
    """The results of a test on its newest day, with their JSON Pointers.

    Raises:
        StepError: there is none.
    """
    labs = order.listed("patient", "labs")
    dated = [entry for entry in labs if entry.get("test") == lab and entry.get("collected_on")]
    if not dated:
        raise StepError(f"The order has no dated result of {lab}.")
    newest = max(entry["collected_on"] for entry in dated)
    chosen = [entry for entry in dated if entry["collected_on"] == newest]
    return _pointed(labs, chosen, "/patient/labs")


def _pointed(entries: list[Json], chosen: list[Json], pointer: str) -> list[tuple[Json, str]]:
    wanted = {id(entry) for entry in chosen}
    return [(entry, f"{pointer}/{index}") for index, entry in enumerate(entries) if id(entry) in wanted]


# -- the things ------------------------------------------------------------------------------------------


def _of_order(name: str, path: str, value: str | None = None, example: str = "", **options: Any) -> Thing:
    return Thing(name, _order, tuple(path.split(".")), value, (name, example), **options)


def _of_infusion(name: str, path: str, value: str | None = None, example: str = "", **options: Any) -> Thing:
    return Thing(
        f"the {name} of {{infusions}}",
        infusion_entries,
        tuple(path.split(".")),
        value,
        (f"the {name} of infusion 2", example),
        **options,
    )


def _of_earlier(name: str, path: str, value: str, example: str, **options: Any) -> Thing:
    return Thing(
        f"the {name} of {{earlier}}",
        earlier_entries,
        (path,),
        value,
        (f"the {name} of earlier infusion 3", example),
        **options,
    )


def _of_dose(name: str, path: str, **options: Any) -> Thing:
    return Thing(
        f"the {name} of {{premedication}} on {{date}}",
        _doses,
        (path,),
        None,
        (f"the {name} of the steroid on 2025-06-03", ""),
        **options,
    )


def _of_prophylaxis(name: str, path: str, **options: Any) -> Thing:
    return Thing(
        f"the {name} of {{prophylaxis}}",
        _prophylaxes,
        (path,),
        None,
        (f"the {name} of the antiviral", ""),
        **options,
    )


def _of_entry(name: str, slot: str, path: str, **options: Any) -> Thing:
    example = f"the {name} of {slot.replace('_', ' ')} 1"
    return Thing(f"the {name} of {{entry:{slot}}}", _entry, (path,), None, (example, ""), **options)


def _of_result(name: str, path: str) -> Thing:
    return Thing(
        f"the {name} of the newest {{lab}} result",
        newest_results,
        (path,),
        None,
        (f"the {name} of the newest TSH result", ""),
    )


def _screening(test: str, path: str, result: str, example: str) -> list[Thing]:
    start = f"patient.screening.{path}"
    return [
        _of_order(f"the result of the {test}", f"{start}.result", f"{{value:{result}}}", example),
        _of_order(f"the date of the {test}", f"{start}.date", "{value:day}", "2024-06-01"),
    ]


LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "allergies": ("allergy", ("patient", "allergies")),
    "conditions": ("condition", ("patient", "conditions")),
    "medications": ("medication", ("patient", "medications")),
    "immunizations": ("immunization", ("patient", "immunizations")),
    "earlier therapies": ("earlier therapy", ("patient", "prior_therapies")),
    "earlier infusions": ("earlier infusion", ("patient", "prior_infusions")),
    "laboratory results": ("laboratory result", ("patient", "labs")),
    "counselling": ("counselling", ("patient", "counselling")),
    "premedications": ("premedication", ("premedications",)),
    "prophylaxis": ("prophylaxis", ("prophylaxis",)),
}
"""The lists of the order: the name of many and of one, and where the list stands."""


THINGS: tuple[Thing, ...] = (
    # the order
    _of_order("the time zone", "time_zone", "{value:zone}", "Europe/Berlin"),
    _of_order("the product name", "product.name", "{value:name}", "Campath"),
    _of_order("the RxCUI of the product", "product.rxcui", "{value:code}", "828267"),
    _of_order("the NDC of the product", "product.ndc", "{value:code}", "58468-0200-1"),
    _of_order(
        "the strength of the product", "product.strength_mg_per_ml", "{value:quantity} mg/mL", "30 mg/mL"
    ),
    _of_order("the diagnosis code", "indication.icd10cm", "{value:code}", "C91.10"),
    _of_order(
        "the disease course", "indication.disease_course", "{value:disease_course}", "primary-progressive"
    ),
    _of_order("the course number", "course.number", "{value:count}", "2", whole=True),
    _of_order("the setting", "facility.setting", "{value:setting}", "at home"),
    _of_order("the resuscitation equipment of the facility", "facility.resuscitation_capable"),
    # the patient
    _of_order("the birth date", "patient.birth_date", "{value:day}", "2008-06-03"),
    _of_order("the sex of the patient", "patient.sex", "{value:sex}", "recorded as unknown"),
    _of_order("the pregnancy status", "patient.pregnancy.status", "{value:pregnancy}", "not applicable"),
    _of_order("the date of the pregnancy test", "patient.pregnancy.tested_on", "{value:day}", "2025-05-25"),
    _of_order("the breast-feeding status", "patient.lactating"),
    _of_order("the end of contraception", "patient.contraception_until", "{value:day}", "2025-10-06"),
    _of_order("the end of laboratory monitoring", "patient.monitoring_until", "{value:day}", "2029-06-06"),
    _of_order("the oral polio vaccination of the household", "patient.household_oral_polio"),
    _of_order(
        "the number of earlier holds for low counts",
        "patient.cytopenia_holds",
        "{value:count}",
        "2",
        whole=True,
    ),
    # screening
    *_screening("HIV test", "hiv", "infection_result", "positive"),
    *_screening("tuberculosis test", "tuberculosis", "tuberculosis_result", "latent tuberculosis"),
    _of_order(
        "the treatment of tuberculosis",
        "patient.screening.tuberculosis.treatment",
        "{value:tuberculosis_treatment}",
        "started",
    ),
    *_screening("varicella test", "varicella_zoster", "varicella_result", "non-immune"),
    *_screening("hepatitis B test", "hepatitis_b", "infection_result", "positive"),
    *_screening("hepatitis C test", "hepatitis_c", "infection_result", "positive"),
    *_screening("HPV test", "hpv", "infection_result", "positive"),
    *_screening("skin examination", "skin_examination", "skin_result", "abnormal"),
    # REMS
    _of_order("the certification of the prescriber", "rems.prescriber.certified"),
    _of_order("the certification of the pharmacy", "rems.pharmacy.certified"),
    _of_order("the certification of the facility", "rems.facility.certified"),
    _of_order("the receipt of the REMS prescription form", "rems.prescription_form"),
    _of_order("the REMS enrollment of the patient", "rems.patient.enrolled"),
    _of_order(
        "the course authorized by the REMS",
        "rems.patient.authorized_course",
        "{value:count}",
        "2",
        whole=True,
    ),
    _of_order(
        "the date of the REMS authorization", "rems.patient.authorized_on", "{value:day}", "2025-06-03"
    ),
    _of_order("the handover of the REMS guides", "rems.patient.counselled"),
    _of_order(
        "the date of the patient status form", "rems.patient.status_form_on", "{value:day}", "2025-12-08"
    ),
    # infusions
    _of_infusion("start", "scheduled_start"),
    _of_infusion("dose", "dose_mg", "{value:quantity} mg", "12.5 mg"),
    _of_infusion("route", "route", "{value:infusion_route}", "intravenous push"),
    _of_infusion("duration", "duration_minutes", "{value:quantity} minutes", "239 minutes"),
    _of_infusion("rate", "rate_ml_per_hour", "{value:quantity} mL per hour", "25.3 mL per hour"),
    _of_infusion("observation time", "observation_minutes", "{value:quantity} minutes", "119 minutes"),
    _of_infusion("order of vital signs", "vital_signs_ordered"),
    _of_infusion("preparation time", "preparation.prepared_at"),
    _of_infusion("drawn volume", "preparation.drug_volume_ml", "{value:quantity} mL", "1.25 mL"),
    _of_infusion("number of vials", "preparation.vials", "{value:count}", "2", whole=True),
    _of_infusion("diluent", "preparation.diluent", "{value:diluent}", "sterile water"),
    _of_infusion("diluent volume", "preparation.diluent_volume_ml", "{value:quantity} mL", "250 mL"),
    _of_infusion("final volume", "preparation.final_volume_ml", "{value:quantity} mL", "101.2 mL"),
    _of_infusion("bag storage", "preparation.storage", "{value:storage}", "frozen"),
    _of_infusion("light protection", "preparation.protected_from_light"),
    _of_infusion("vial expiry date", "preparation.vial_expires_on", "{value:day}", "2025-06-02"),
    _of_infusion("vial storage", "preparation.vial_storage", "{value:storage}", "room temperature"),
    # earlier infusions
    _of_earlier("product", "product", "{value:name}", "Campath"),
    _of_earlier("date", "date", "{value:day}", "2025-06-09"),
    _of_earlier("dose", "dose_mg", "{value:quantity} mg", "12 mg"),
    _of_earlier("course", "course", "{value:count}", "1", whole=True),
    _of_earlier("reaction grade", "reaction_grade", "{value:count}", "3", whole=True),
    # lists of the patient
    _of_entry("substance", "allergy", "substance", along=("rxcui",)),
    _of_entry("classification", "condition", "kind", along=("icd10cm",)),
    _of_entry("status", "condition", "status"),
    _of_entry("onset", "condition", "onset"),
    _of_entry("name", "medication", "name", along=("rxcui", "atc")),
    _of_entry("route", "medication", "route"),
    _of_entry("CVX code", "immunization", "cvx", along=("name",)),
    _of_entry("date", "immunization", "date"),
    _of_entry("name", "earlier_therapy", "name"),
    _of_entry("end", "earlier_therapy", "ended_on"),
    # premedication and prophylaxis
    _of_dose("name", "name", along=("rxcui",)),
    _of_dose("dose", "dose_mg"),
    _of_dose("route", "route"),
    _of_dose("time", "scheduled_at"),
    _of_prophylaxis("name", "name", along=("rxcui",)),
    _of_prophylaxis("dose", "dose_mg"),
    _of_prophylaxis("route", "route"),
    _of_prophylaxis("start", "start"),
    # laboratory
    _of_result("value", "value"),
    _of_result("unit", "unit"),
    _of_result("upper limit", "reference_high"),
    _of_result("date", "collected_on"),
    # lists
    _of_infusion("additives", "preparation.additives"),
    *(_of_order(f"the {many}", ".".join(path)) for many, (_, path) in LISTS.items()),
)


@dataclass(frozen=True)
class NamedThing:
    """A thing as a step names it."""

    thing: Thing
    text: str

    def pointers(self, order: Draft) -> list[str]:
        """The JSON Pointers to where the order states it, or stated it before a step made it not known."""
        return order.forgotten.get(self.text) or _pointers(self.thing.places(order, self.text))

    def forget(self, order: Draft) -> None:
        """Make it not known."""
        places = self.thing.places(order, self.text)
        order.forgotten[self.text] = _pointers(places)
        for place in places:
            for key in (place.key, *self.thing.along):
                place.holder.pop(key, None)


def _pointers(places: Iterable[Place]) -> list[str]:
    return [place.pointer for place in places]


def _named(_: Draft, text: str) -> NamedThing:
    for thing in THINGS:
        if _phrase(thing.name).matches(text):
            return NamedThing(thing, text)
    raise StepError(f"The order states no `{text}`.")


def _thing_slot() -> Slot:
    phrases = [_phrase(thing.name) for thing in THINGS]
    return Slot(
        pattern="(?:" + "|".join(phrase.pattern for phrase in phrases) + ")",
        read=_named,
        shown="THING",
        meaning="something that the order states, by a name of the table of things",
        choices=tuple(phrase.shown for phrase in phrases),
    )


SLOTS["thing"] = _thing_slot()
