"""Whole orders out of verified ones: fields set to what a rule may trip over, lists and parts taken away.

Limits come from the loaded rules, fields from the schema of the order document. So a new rule or a new field
takes part without a line here.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from hypothesis import strategies as st

from orderguard.order import CONDITION_KINDS
from orderguard.rulebook.conditions import Compare, leaves
from orderguard.rulebook.pack import Rulebook
from support.documents import Json, text_of, verified_orders
from support.schema import LIST, PART, Field, order_fields

USUAL_EXAMPLES = 2000
EXAMPLES = int(os.environ.get("ORDERGUARD_EXAMPLES", USUAL_EXAMPLES))
"""How many orders the largest of the generated tests makes; the others make more or fewer in proportion."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
A_DAY = date(2025, 6, 2)
AN_INSTANT = "2025-06-02T09:00:00-04:00"
FIXED = {"schema_version", "order_id"}

STEPS = (Decimal(0), Decimal("0.000001"), Decimal("0.01"), Decimal(1))
CHANGES = (0, 1, 1, 1, 2, 2, 3, 4, 6, 9)

DRUGS = (
    "methylprednisolone", "prednisone", "dexamethasone", "hydrocortisone", "diphenhydramine", "cetirizine",
    "famotidine", "acetaminophen", "ibuprofen", "aspirin", "acyclovir", "valacyclovir", "famciclovir",
    "ganciclovir", "valganciclovir", "oseltamivir", "ocrelizumab", "natalizumab", "cladribine", "fingolimod",
    "teriflunomide", "dimethyl fumarate", "interferon beta-1a", "glatiramer", "azathioprine", "methotrexate",
    "warfarin", "apixaban", "metformin", "gentamicin", "amphotericin B", "Campath", "Lemtrada", "alemtuzumab",
    "sulfamethoxazole-trimethoprim", "a drug on no list",
)  # fmt: skip
TEXTS: dict[str, tuple[str, ...]] = {
    "name": DRUGS,
    "rxcui": ("6902", "3498", "161", "281", "11289", "117055", "284679", "1594663", "999999999"),
    "atc": ("L04AA34", "L01AB01", "L04AX01", "B01AA03", "H02AB04", "C09AA05", "Z99ZZ99"),
    "cvx": ("03", "21", "19", "37", "75", "88", "91", "187", "115", "10", "999"),
    "icd10cm": ("J18.9", "A15.0", "B20", "E05.00", "M32.10", "I63.9", "D69.3", "C50.9", "G35", "N18.3", "R05"),
    "unit": ("/uL", "10*3/uL", "10*9/L", "mg/dL", "umol/L", "mg/mg", "mg/g", "mg/mmol", "U/L", "mIU/L", "lumps"),
    "time_zone": ("UTC", "America/New_York", "Pacific/Kiritimati", "Asia/Kolkata", "Australia/Lord_Howe"),
    "product/name": ("Lemtrada", "lemtrada ", "Campath", "Lemtrada 12 mg/1.2 mL", "alemtuzumab", "Ocrevus"),
    "product/ndc": ("58468-0200-1", "58468-0357-1", "00000-0000-0"),
    "product/rxcui": ("1594663", "1594659", "284679", "117055", "999999999"),
    "indication/icd10cm": ("G35", "G35.A", "G35.B0", "G35.C0", "G35.C1", "G35.C2", "G35.D", "C91.10", "M05.9"),
    "patient/allergies/*/substance": ("penicillin", "alemtuzumab", "polysorbate 80", "latex"),
    "patient/immunizations/*/name": ("MMR", "varicella", "yellow fever", "BCG", "influenza", "Shingrix", "Tdap",
                                     "typhoid", "a vaccine on no list"),
    "patient/prior_infusions/*/product": ("Lemtrada", "Campath", "alemtuzumab", "a product on no list"),
    "infusions/*/preparation/additives/*": ("potassium chloride", "heparin"),
}  # fmt: skip
RATES = tuple(
    map(Decimal, ("0", "12.4", "12.5", "20", "24.7", "24.8", "25", "25.000001", "25.3", "50", "100"))
)
"""Rates at which a bag of 100 mL takes about the shortest and the longest allowed time."""

Change = Callable[[Json, Random], None]


class OrderMaker:
    """Makes orders: a verified one with some fields, lists and parts changed.

    Args:
        rulebook: the rules; their limits are what quantities and dates are set to, or just beside.
        bases: the orders to start from; the verified examples if None.
    """

    def __init__(self, rulebook: Rulebook, bases: Sequence[Json] | None = None) -> None:
        self._bases = [text_of(base) for base in bases or _usual_bases()]
        self._limits = _limits_by_unit(rulebook)
        self._numbers = sorted({number for numbers in self._limits.values() for number in numbers})
        fields = [field for field in order_fields() if field.pattern not in FIXED]
        self._changes: list[Change] = [
            *[partial(self._change_scalar, field) for field in fields if field.kind not in (PART, LIST)],
            *[partial(_change_part, field) for field in fields if field.kind == PART and field.path[-1] != "*"],
            *[partial(_change_list, field) for field in fields if field.kind == LIST] * 2,
            *[partial(self._add_entry, field, _fields_of_item(field, fields)) for field in fields if field.kind == LIST] * 3,
            *SPECIAL_CHANGES * 2,
        ]  # fmt: skip

    def make(self, source: Random, changes: int | None = None, *, first: int | None = None) -> Json:
        """An order.

        Args:
            source: decides what is changed, and to what.
            changes: how many changes; None leaves that to the source.
            first: number of the first change; None leaves that to the source.
        """
        document = json.loads(source.choice(self._bases))
        count = source.choice(CHANGES) if changes is None else changes
        for number in range(count):
            which = first if number == 0 and first is not None else source.randrange(len(self._changes))
            self._changes[which % len(self._changes)](document, source)
        return _made_valid(document)

    def series(self, count: int, changes: int | None = None, seed: int = 0) -> Iterator[Json]:
        """Orders that begin with each change in turn; the same for the same arguments."""
        for number in range(count):
            yield self.make(Random(f"{seed}-{number}"), changes, first=number)

    # -- changes ---------------------------------------------------------------------------------------------

    def _change_scalar(self, field: Field, document: Json, source: Random) -> None:
        parent = _parent(document, field.path, source)
        if field.path[-1] == "*":
            parent[:] = [self._value(field, parent, document, source)]
        elif source.random() < 0.15:
            parent.pop(field.path[-1], None)
        elif source.random() < 0.1:
            parent[field.path[-1]] = None
        else:
            parent[field.path[-1]] = self._value(field, parent, document, source)

    def _add_entry(self, field: Field, below: Sequence[Field], document: Json, source: Random) -> None:
        """A new entry of a list, with most of its fields."""
        parent = _parent(document, field.path, source)
        if below[0].path[-1] == "*":
            entry: Any = self._value(below[0], {}, document, source)
        else:
            entry = {}
            for each in below:
                if source.random() < 0.8:
                    entry[each.path[-1]] = self._value(each, entry, document, source)
        parent[field.path[-1]] = [*(parent.get(field.path[-1]) or []), entry]

    # -- values ----------------------------------------------------------------------------------------------

    def _value(self, field: Field, parent: Any, document: Json, source: Random) -> Any:
        if field.words and (field.kind == "word" or source.random() < 0.1):
            return source.choice(field.words)
        if field.kind == "quantity":
            return _written(self._quantity(field, parent, source), source)
        if field.kind == "count":
            return min(source.randint(field.lowest, 6), 6 if field.highest is None else field.highest)
        if field.kind == "flag":
            return source.random() < 0.5
        if field.kind == "date":
            return self._date(field, document, source).isoformat()
        if field.kind == "instant":
            return self._instant(field, parent, document, source)
        return _text(field, source)

    def _quantity(self, field: Field, parent: Any, source: Random) -> Decimal:
        name = field.path[-1]
        if name == "rate_ml_per_hour":
            return source.choice(RATES)
        if field.pattern == "patient/labs/*/value" and parent.get("reference_high") and source.random() < 0.6:
            limit = Decimal(str(parent["reference_high"])) * source.choice([1, 2, 3])
        elif field.pattern == "product/strength_mg_per_ml":
            return source.choice([Decimal(10), Decimal(30), Decimal("10.1")])
        else:
            limit = source.choice(self._limits.get(_unit_of(name), self._numbers))
        return abs(limit + source.choice([-1, 1]) * source.choice(STEPS))

    def _date(self, field: Field, document: Json, source: Random) -> date:
        anchor = source.choice(_anchors(document))
        unit = "years" if field.path[-1] == "birth_date" else source.choice(["days", "days", "months"])
        far = int(source.choice(self._limits[unit])) * source.choice([-1, -1, 1])
        day = anchor + timedelta(days=far) if unit == "days" else _months_after(anchor, far * _MONTHS[unit])
        return min(max(day + timedelta(days=source.choice([-1, 0, 0, 1])), FIRST_DAY), LAST_DAY)

    def _instant(self, field: Field, parent: Any, document: Json, source: Random) -> str:
        minutes = source.choice([*self._limits["min"], Decimal(0)]) + source.choice([Decimal(0), *STEPS[2:]])
        if field.path[-1] == "scheduled_start":
            start = parent.get("scheduled_start") or AN_INSTANT
            shift = timedelta(days=source.choice([-366, -1, 0, 1, 365])) + timedelta(
                minutes=source.choice([-1, 0, 900])
            )
            return _moved(start, shift, source)
        start = _start_beside(parent, document, source)
        return _moved(start, timedelta(minutes=-source.choice([-1, 1, 1, 1]) * float(minutes)), source)


_MONTHS = {"months": 1, "years": 12}


def _usual_bases() -> list[Json]:
    """The verified examples; the small one more often."""
    first, second = verified_orders()
    return [first, first, second]


def _fields_of_item(field: Field, fields: Sequence[Field]) -> list[Field]:
    """The scalar fields that an item of a list has itself, or the item where it is a scalar."""
    item = (*field.path, "*")
    scalars = [each for each in fields if each.kind not in (PART, LIST)]
    return [each for each in scalars if each.path == item or each.path[:-1] == item]


def _change_list(field: Field, document: Json, source: Random) -> None:
    parent = _parent(document, field.path, source)
    name, items = field.path[-1], parent.get(field.path[-1]) or []
    action = source.choice(["remove", "null", "empty", "drop", "drop", "double", "turn"])
    if action == "remove":
        parent.pop(name, None)
    elif action == "null":
        parent[name] = None
    elif action == "empty":
        parent[name] = []
    elif items and action == "drop":
        del items[source.randrange(len(items))]
    elif items and action == "double":
        items.append(copy.deepcopy(source.choice(items)))
    elif action == "turn":
        items.reverse()


def _change_part(field: Field, document: Json, source: Random) -> None:
    _parent(document, field.path, source)[field.path[-1]] = source.choice([None, {}])


def orders(maker: OrderMaker, changes: int | None = None) -> st.SearchStrategy[Json]:
    """The orders of a maker as a strategy of hypothesis."""
    return st.randoms(use_true_random=False).map(lambda source: maker.make(source, changes))


def many(usually: int) -> int:
    """How many examples a test takes that takes `usually` without ORDERGUARD_EXAMPLES."""
    return max(1, usually * EXAMPLES // USUAL_EXAMPLES)


# -- changes that a single field does not make ---------------------------------------------------------------


def _another_infusion(document: Json, source: Random) -> None:
    infusions = document.get("infusions") or []
    if infusions:
        another = copy.deepcopy(infusions[-1])
        start = another.get("scheduled_start")
        if start:
            another["scheduled_start"] = _moved(start, timedelta(days=source.choice([0, 1, 1, 2])), source)
        infusions.append(another)


def _course_of(number: int) -> Change:
    def change(document: Json, source: Random) -> None:
        document["course"] = {"number": number}

    return change


def _all_infusions(**fields: Any) -> Change:
    def change(document: Json, source: Random) -> None:
        for infusion in document.get("infusions") or []:
            infusion.update(copy.deepcopy(fields))

    return change


def _rate_for_duration(document: Json, source: Random) -> None:
    for infusion in document.get("infusions") or []:
        infusion.pop("duration_minutes", None)
        infusion["rate_ml_per_hour"] = _written(source.choice(RATES), source)


def _undiluted(document: Json, source: Random) -> None:
    for infusion in document.get("infusions") or []:
        infusion["preparation"] = {"diluent": "none"}


def _later_infusions(document: Json, source: Random) -> None:
    """The last infusions of the course one day later."""
    infusions = document.get("infusions") or [{}]
    for infusion in infusions[source.randrange(len(infusions)) :]:
        if infusion.get("scheduled_start"):
            infusion["scheduled_start"] = _moved(infusion["scheduled_start"], timedelta(days=1), source)


def _other_years(document: Json, source: Random) -> None:
    """Every date of the order earlier or later, so that leap days and month ends come by."""
    days = timedelta(days=source.randrange(-800, 800))

    def moved(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: moved(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [moved(inner) for inner in value]
        if isinstance(value, str) and len(value) >= 10 and value[4:5] == value[7:8] == "-":
            day = date.fromisoformat(value[:10]) + days
            return min(max(day, FIRST_DAY), LAST_DAY).isoformat() + value[10:]
        return value

    document.update(moved(document))


def _other_premedication(document: Json, source: Random) -> None:
    """One drug of the premedication left out, on one day or on all, or replaced by another one."""
    doses = document.get("premedications") or []
    if not doses:
        return
    chosen = source.choice(doses)
    same_day = source.random() < 0.5
    other = source.choice([None, *DRUGS])
    for dose in list(doses):
        if dose.get("name") == chosen.get("name") and (not same_day or dose is chosen):
            if other is None:
                doses.remove(dose)
            else:
                dose.update(name=other)
                dose.pop("rxcui", None)


def _gap_in_prophylaxis(document: Json, source: Random) -> None:
    anchor = source.choice(_anchors(document))
    gap = timedelta(days=source.choice([0, 1, 2]))
    drug = source.choice(["acyclovir", "valacyclovir", "ganciclovir"])
    document["prophylaxis"] = [
        {"name": drug, "route": "oral", "start": "2025-01-01", "end": anchor.isoformat()},
        {"name": "acyclovir", "route": "oral", "start": min(anchor + gap, LAST_DAY).isoformat()},
    ]


def _one_condition(document: Json, source: Random) -> None:
    """One condition, classified and with a status, that began beside a day that rules count from."""
    kind = source.choice(CONDITION_KINDS)
    condition = {"kind": kind, "status": source.choice(["active", "resolved"])}
    condition["onset"] = source.choice(_anchors(document)).isoformat()
    _patient(document)["conditions"] = [condition]


def _vaccine_by_the_course(document: Json, source: Random) -> None:
    days = source.choice([-43, -42, -41, -1, 0, 1, -400])
    day = source.choice(_anchors(document)) + timedelta(days=days)
    entry = {"cvx": source.choice(TEXTS["cvx"]), "date": min(max(day, FIRST_DAY), LAST_DAY).isoformat()}
    _patient(document)["immunizations"] = [entry]


def _earlier_courses_moved(document: Json, source: Random) -> None:
    """All earlier infusions about a year before, a little less, or long before."""
    days = timedelta(days=source.choice([-400, -120, -93, -92, -91, -60, -7, -6, 1, 2, 3, 30]))
    for entry in _patient(document).get("prior_infusions") or []:
        if entry.get("date"):
            entry["date"] = min(
                max(date.fromisoformat(entry["date"]) + days, FIRST_DAY), LAST_DAY
            ).isoformat()


def _age(years: int) -> Change:
    def change(document: Json, source: Random) -> None:
        born = _months_after(_anchors(document)[0], -12 * years) + timedelta(days=source.choice([-1, 0, 1]))
        _patient(document)["birth_date"] = born.isoformat()

    return change


def _high_labs(document: Json, source: Random) -> None:
    """A result at a multiple of its upper limit, or just above."""
    labs = [lab for lab in _patient(document).get("labs") or [] if lab.get("reference_high")]
    if labs:
        lab = source.choice(labs[-5:])
        value = Decimal(str(lab["reference_high"])) * source.choice([1, 2, 3]) + source.choice(STEPS[:3])
        lab["value"] = f"{value:f}"


def _man(document: Json, source: Random) -> None:
    patient = _patient(document)
    patient["sex"] = "male"
    for name in ("pregnancy", "lactating", "contraception_until"):
        patient.pop(name, None)


SPECIAL_CHANGES: list[Change] = [
    _another_infusion,
    _course_of(1),
    _course_of(2),
    _course_of(3),
    _course_of(4),
    _all_infusions(status="given"),
    _all_infusions(status="held"),
    _all_infusions(preparation=None),
    _rate_for_duration,
    _undiluted,
    _later_infusions,
    _other_years,
    _other_premedication,
    _other_premedication,
    _gap_in_prophylaxis,
    *[_one_condition] * 8,
    _vaccine_by_the_course,
    _earlier_courses_moved,
    _age(17),
    _age(18),
    _age(65),
    _high_labs,
    _man,
]

# -- helpers ---------------------------------------------------------------------------------------------------


def _limits_by_unit(rulebook: Rulebook) -> dict[str, list[Decimal]]:
    """What the rules compare numbers with, by the unit of the fact."""
    found: dict[str, set[Decimal]] = {}
    for pack in rulebook.packs:
        for level in [level for rule in pack.rules for level in rule.levels]:
            for leaf in [leaf for condition in level.conditions for leaf in leaves(condition)]:
                if (
                    isinstance(leaf, Compare)
                    and isinstance(leaf.value, int | Decimal)
                    and leaf.value is not True
                ):
                    unit = rulebook.vocabulary[leaf.fact].unit
                    found.setdefault(unit, {Decimal(0)}).add(Decimal(leaf.value))
    return {unit: sorted(numbers) for unit, numbers in found.items()}


def _unit_of(name: str) -> str:
    endings = {"_mg": "mg", "_minutes": "min", "_ml": "mL"}
    return next((unit for ending, unit in endings.items() if name.endswith(ending)), "")


def _parent(document: Json, path: tuple[str, ...], source: Random) -> Any:
    """What holds the field of a path; parts that are absent are made, of a list any item is taken."""
    place: Any = document
    for index, part in enumerate(path[:-1]):
        if part == "*":
            if not place:
                place.append({})
            place = source.choice(place)
        else:
            if place.get(part) is None:
                place[part] = [] if path[index + 1] == "*" else {}
            place = place[part]
    return place


def _patient(document: Json) -> Json:
    if not document.get("patient"):
        document["patient"] = {}
    patient: Json = document["patient"]
    return patient


def _written(number: Decimal, source: Random) -> Any:
    """A quantity as one of the ways in which it may be written."""
    text = f"{number:f}"
    whole = number == number.to_integral_value()
    return source.choice([text, int(number) if whole else float(text), text])


def _text(field: Field, source: Random) -> str:
    pool = TEXTS.get(field.pattern) or TEXTS.get(field.path[-1]) or ("X-1",)
    return source.choice(pool)


def _months_after(day: date, months: int) -> date:
    """The same day of another month, or the day after its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(min(max(year, 1900), 2199), month + 1, 1)
    return first + timedelta(days=day.day - 1)


def _anchors(document: Json) -> list[date]:
    """The dates that rules count from: those of the infusions, and of the earlier ones."""
    patient = document.get("patient") or {}
    texts = [infusion.get("scheduled_start") for infusion in document.get("infusions") or []]
    texts += [entry.get("date") for entry in (patient.get("prior_infusions") or [])[-1:]]
    dates = [date.fromisoformat(text[:10]) for text in texts if text]
    return [*dates[:1], *dates[-2:]] or [A_DAY]


def _start_beside(parent: Any, document: Json, source: Random) -> str:
    """The start of the infusion that a time belongs to, or of any."""
    infusions = document.get("infusions") or []
    own = [each for each in infusions if each.get("preparation") is parent]
    chosen = own or ([source.choice(infusions)] if infusions else [])
    return str(chosen[0].get("scheduled_start") or AN_INSTANT) if chosen else AN_INSTANT


def _moved(instant: str, shift: timedelta, source: Random) -> str:
    moved = datetime.fromisoformat(instant) + shift
    if not FIRST_DAY < moved.date() < LAST_DAY:
        return instant
    return moved.isoformat()


def _made_valid(document: Json) -> Json:
    """The order with what it cannot be an order without, and without words where a laboratory has none."""
    document["product"] = document.get("product") or {}
    patient = _patient(document)
    document["infusions"] = document.get("infusions") or [{}]
    for lab in patient.get("labs") or []:
        if lab.get("value") in ("normal", "abnormal"):
            lab["test"] = "urinalysis-cell-counts"
            lab.pop("unit", None)
    return document
