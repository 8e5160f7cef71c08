"""One order as the measurements see it: its days, its infusions and its medicines, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar, cast
from zoneinfo import ZoneInfo

from orderguard.facts import calendar
from orderguard.facts.terminology import DrugMatch, Terminology
from orderguard.facts.trace import Recorder
from orderguard.order import (
    Infusion,
    Medication,
    Order,
    Premedication,
    PriorInfusion,
    PriorTherapy,
    Prophylaxis,
)
from orderguard.time_zones import time_zone

T = TypeVar("T")
_NOTHING: AbstractContextManager[Any] = nullcontext()
DRUG_FIELDS: dict[type, Callable[[Any], tuple[str | None, ...]]] = {
    Premedication: attrgetter("name", "rxcui"),
    Prophylaxis: attrgetter("name", "rxcui"),
    Medication: attrgetter("name", "rxcui", "atc"),
    PriorTherapy: lambda entry: (entry.name,),
}
"""What names the drug of an entry."""

FindDrug = Callable[..., DrugMatch | None]
"""Finds the drug of a name, an RxCUI and an ATC code."""


@dataclass(frozen=True)
class Measure:
    """What the measurements need to be told by a pack.

    Attributes:
        product: the product that the pack covers.
        indication: the disease that the pack is for.
        lab_panel: the laboratory tests that the scope `lab` runs over.
        month_end_policy: what a day that a month does not have stands for.
        dose_window_days: how many calendar dates the window has in which doses are summed.
        dose_steps_mg: the steps in which a treatment goes up, lowest first; the last is the full dose.
        restart_after_days: from how many days without a dose on a treatment starts anew.
    """

    product: str
    indication: str
    lab_panel: tuple[str, ...] = ()
    month_end_policy: calendar.MonthEnd = "roll_forward"
    dose_window_days: int | None = None
    dose_steps_mg: tuple[Decimal, ...] = ()
    restart_after_days: int | None = None


class InfusionItem(NamedTuple):
    """An infusion that is not held: its number on the order (from 1) and its local date, if known."""

    number: int
    infusion: Infusion
    day: date | None


class Dose(NamedTuple):
    """A premedication entry with its local date and the drug it names; None where that is not known."""

    entry: Premedication
    day: date | None
    drug: DrugMatch | None


class ClassDoses(NamedTuple):
    """The doses of a class by local date, and those that may be of it, with the field that would tell."""

    by_day: dict[date, list[Dose]]
    uncertain: list[tuple[Dose, str]]

    def uncertain_on(self, day: date | None) -> list[tuple[Dose, str]]:
        """The uncertain doses that may stand on a date."""
        return [(dose, field) for dose, field in self.uncertain if dose.day in (None, day)]


class worked_out(Generic[T]):  # noqa: N801 (it stands where `cached_property` could)
    """A property that is worked out when it is first asked for, without the lock of `cached_property`."""

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self._work_out = work_out
        self._name = work_out.__name__
        self.__doc__ = work_out.__doc__

    def __get__(self, instance: Any, owner: type) -> T:
        found: T = instance.work_out(self._work_out)
        instance.__dict__[self._name] = found
        return found


class OrderContext:
    """An order, the terminology and the pack's own lists; everything here is measured at most once.

    Args:
        order: the order.
        terminology: the value sets.
        measure: what the pack tells the measurements.
        find_drug: `terminology.drug`, or the same with a memory.

    Attributes:
        recorder: notes what is read (`facts/traced.py`); None where facts are measured without notes.
    """

    recorder: Recorder | None = None

    def __init__(self, order: Order, terminology: Terminology, measure: Measure, find_drug: FindDrug) -> None:
        self.order = order
        self.terminology = terminology
        self.measure = measure
        self.drug_classes = terminology.drug_classes
        self.lab_value = terminology.lab_value
        self._patient = self.order.patient
        self.find_drug = find_drug
        self._worked_out: dict[tuple[Hashable, ...], Any] = {}
        self.newest_results: dict[str, Any] = {}
        self.day_doses: dict[tuple[int, str], Any] = {}

    # -- notes -------------------------------------------------------------------------------------------

    # Without a recorder there is nothing to note, so these three are the bare reading of a field.

    quiet: Callable[[Any, str], Any] = staticmethod(getattr)
    """A field that is read without a note."""

    background_get: Callable[[Any, str], Any] = staticmethod(getattr)
    """A field that is noted as background."""

    peek: Callable[[Any, str], Any] = staticmethod(getattr)
    """A field that may be absent without anything being missing."""

    def background(self) -> AbstractContextManager[Any]:
        """Notes what is read within as background."""
        return _NOTHING

    def silent(self) -> AbstractContextManager[Any]:
        """Notes nothing of what is read within."""
        return _NOTHING

    def note_missing(self, entry: Any, name: str) -> None:
        """Note that a field of an entry is needed and not known."""

    def note_unusable(self, entry: Any, name: str) -> None:
        """Note that a field of an entry is given but tells nothing."""

    def note_untold(self, entry: Any) -> None:
        """Note that something is needed of an entry that it has no field for."""

    def note_lacking(self, pointer: str) -> None:
        """Note that a list does not hold what is needed."""

    def exists(self, entries: Sequence[T] | None, test: Callable[[T], bool | None]) -> bool | None:
        """Whether an entry passes a test: true by one that does, unknown by one that might, else false."""
        if not entries:
            return None if entries is None else False
        unknown = False
        for entry in entries:
            found = test(entry)
            if found:
                return True
            unknown = unknown or found is None
        return None if unknown else False

    def once(self, work_out: Callable[..., T], *arguments: Hashable) -> T:
        """What a function of this context and some arguments gives, worked out at most once."""
        key = (work_out, *arguments)
        try:
            return self._worked_out[key]  # type: ignore[no-any-return]
        except KeyError:
            found = self._worked_out[key] = self.work_out(work_out, *arguments)
            return found

    def work_out(self, work_out: Callable[..., T], *arguments: Hashable) -> T:
        """What a function of this context and some arguments gives."""
        return work_out(self, *arguments)

    # -- days --------------------------------------------------------------------------------------------

    def local_date(self, instant: datetime | None) -> date | None:
        """The calendar date of an instant in the order's time zone."""
        return None if instant is None else instant.astimezone(self._zone).date()

    @worked_out
    def _zone(self) -> ZoneInfo:
        with self.silent():
            return time_zone(self.order.time_zone)

    @worked_out
    def infusions(self) -> tuple[InfusionItem, ...]:
        """The infusions that are not held."""
        items = []
        with self.background():
            for number, infusion in enumerate(self.order.infusions, 1):
                if self.quiet(infusion, "status") != "held":
                    items.append(InfusionItem(number, infusion, self.local_date(infusion.scheduled_start)))
        return tuple(items)

    @worked_out
    def days(self) -> tuple[date, ...] | None:
        """The distinct infusion dates in order; None while one is not known or there is none."""
        days = {item.day for item in self.infusions}
        self.note_missing_days()
        return None if None in days or not days else tuple(sorted(cast("set[date]", days)))

    def note_missing_days(self) -> None:
        """Note what the date of an infusion is needed from and not known."""

    @worked_out
    def day_1(self) -> date | None:
        """The date of the first infusion of the course."""
        return self.days[0] if self.days else None

    @worked_out
    def last_day(self) -> date | None:
        """The date of the last infusion of the course."""
        return self.days[-1] if self.days else None

    def days_before_course(self, day: date | None) -> int | None:
        """Calendar days from a date to day 1; negative for a date after it."""
        day_1 = self.day_1
        return None if day is None or day_1 is None else (day_1 - day).days

    def months_after_last_infusion(self, day: date | None) -> int | None:
        """Completed calendar months from the last infusion to a date."""
        if day is None or self.last_day is None:
            return None
        return self.completed_months(self.last_day, day)

    def completed_months(self, start: date, end: date) -> int:
        """The most calendar months that fit between two dates; negative when `end` lies before `start`."""
        return calendar.completed_months(start, end, self.measure.month_end_policy)

    def begun_months(self, start: date, end: date) -> int:
        """The fewest calendar months after `start` that reach `end`."""
        return calendar.begun_months(start, end, self.measure.month_end_policy)

    # -- earlier infusions -------------------------------------------------------------------------------

    @worked_out
    def own_prior_infusions(self) -> tuple[PriorInfusion, ...] | None:
        """Earlier infusions of the pack's own product; None while the product of one is not known."""
        entries = self._patient.prior_infusions
        if entries is None:
            return None
        own = []
        known = True
        with self.background():
            for entry in entries:
                product = self.product_of(entry)
                known = known and product is not None
                if product == self.measure.product:
                    own.append(entry)
        return tuple(own) if known else None

    def product_of(self, entry: PriorInfusion) -> str | None:
        """The product that an earlier infusion names; None when it names none that is known."""
        name = self.quiet(entry, "product")
        product = None if name is None else self.terminology.product_by_name(name)
        if product is None:
            self.note_unusable(entry, "product")
        return product

    @worked_out
    def first_prior_day(self) -> date | None:
        """The earliest known date of any earlier infusion."""
        with self.silent():
            entries = self._patient.prior_infusions or ()
            return min((entry.date for entry in entries if entry.date is not None), default=None)

    # -- medicines ---------------------------------------------------------------------------------------

    def drug_of(self, entry: Premedication | Prophylaxis | Medication | PriorTherapy) -> DrugMatch | None:
        """The drug that an entry names; None when it has neither name nor code."""
        return self.find_drug(*DRUG_FIELDS[type(entry)](entry))

    def in_class(self, entry: Any, match: DrugMatch | None, drug_class: str) -> bool | None:
        """Whether an entry names a drug of a class, given by a route that counts for the class."""
        if match is None:
            return None
        if drug_class not in match.classes:
            return False
        routes = self.drug_classes[drug_class].routes
        if routes is None:
            return True
        route = self.background_get(entry, "route")
        return None if route is None else route in routes

    @worked_out
    def doses(self) -> tuple[Dose, ...] | None:
        """The premedication doses with their dates and drugs."""
        with self.background():
            entries = self.order.premedications
            if entries is None:
                return None
            return tuple(
                [
                    Dose(entry, self.local_date(self.quiet(entry, "scheduled_at")), self.drug_of(entry))
                    for entry in entries
                ]
            )

    @worked_out
    def _doses_by_day(self) -> dict[date | None, list[Dose]]:
        by_day: dict[date | None, list[Dose]] = {}
        for dose in self.doses or ():
            by_day.setdefault(dose.day, []).append(dose)
        return by_day

    def doses_on(self, day: date) -> Sequence[Dose]:
        """The premedication doses of a local date."""
        return self._doses_by_day.get(day, ())

    @property
    def doses_without_day(self) -> bool:
        """Whether the date of a premedication dose is not known."""
        return None in self._doses_by_day

    @worked_out
    def all_doses_identified(self) -> bool:
        """Whether each premedication entry names a drug or a code."""
        return self.doses is not None and all([dose.drug is not None for dose in self.doses])

    @worked_out
    def therapies(self) -> Sequence[tuple[PriorTherapy, DrugMatch | None]] | None:
        """The earlier therapies with the drugs they name."""
        entries = self._patient.prior_therapies
        return None if entries is None else tuple((entry, self.drug_of(entry)) for entry in entries)

    @worked_out
    def prophylaxis(self) -> Sequence[tuple[Prophylaxis, DrugMatch | None]] | None:
        """The prophylaxis entries with the drugs they name."""
        entries = self.order.prophylaxis
        return None if entries is None else tuple((entry, self.drug_of(entry)) for entry in entries)

    def doses_of(self, drug_class: str) -> ClassDoses:
        """The premedication doses that are or may be of a class, by day."""
        return self.once(OrderContext._find_doses_of, drug_class)

    def _find_doses_of(self, drug_class: str) -> ClassDoses:
        found = ClassDoses({}, [])
        for dose in self.doses or ():
            match = dose.drug
            if match is None or drug_class not in match.classes:
                continue
            member = self.in_class(dose.entry, match, drug_class)
            if member is None or (member and dose.day is None):
                found.uncertain.append((dose, "route" if member is None else "scheduled_at"))
            elif member and dose.day is not None:
                found.by_day.setdefault(dose.day, []).append(dose)
        return found
