"""An order document while a scenario changes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from orderguard.testing.pharmacy import Pharmacy
from orderguard.testing.problem import StepError
from orderguard.testing.words import PREMEDICATION_ROLES, PROPHYLAXIS_ROLES

Json = dict[str, Any]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T.*")
_FIXED = ("birth_date",)


class Draft:
    """An order document that can still be changed, with the local clock of its infusion site.

    Attributes:
        document: the order document; empty until `start`.
        drugs: the drugs that steps named without quotes, which a value set must know.
        forgotten: for what steps made not known, by its name, the JSON Pointers to where it stood.
        folder: the folder of the feature file, where its order documents lie.
        pharmacy: what the scenario says of the pharmacy.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path()
        self.document: Json = {}
        self.pharmacy = Pharmacy()
        self.drugs: list[str] = []
        self.forgotten: dict[str, list[str]] = {}
        # The entries are kept alive here, so that no other entry can get the id of one that was removed.
        self._roles: dict[int, tuple[Json, str]] = {}

    def start(self, document: Json) -> None:
        """Begin with an order document; it is changed in place.

        Raises:
            StepError: the scenario has an order already.
        """
        if self.document:
            raise StepError("The scenario has an order already.")
        self.document = document
        for entry in self.listed("premedications"):
            self.assign_role(entry, PREMEDICATION_ROLES)
        for entry in self.listed("prophylaxis"):
            self.assign_role(entry, PROPHYLAXIS_ROLES)

    def text(self) -> str:
        """The order document as JSON."""
        return json.dumps(self.document, ensure_ascii=False)

    # -- parts -------------------------------------------------------------------------------------------

    def part(self, *path: str) -> Json:
        """A part of the document, made when it is absent."""
        found = self.document
        for key in path:
            found = found.setdefault(key, {})
        return found

    def listed(self, *path: str) -> list[Json]:
        """The entries of a list; none when the list is absent."""
        found: Any = self.document
        for key in path:
            found = found.get(key) or {}
        return list(found)

    def entries(self, *path: str) -> list[Json]:
        """A list that can be changed, made when it is absent."""
        *parents, last = path
        found: list[Json] = self.part(*parents).setdefault(last, [])
        return found

    @property
    def infusions(self) -> list[Json]:
        """The infusions of the order.

        Raises:
            StepError: the scenario has no order yet.
        """
        if "infusions" not in self.document:
            raise StepError("There is no order yet. Start with `Given a Lemtrada order for course 1`.")
        found: list[Json] = self.document["infusions"]
        return found

    # -- roles -------------------------------------------------------------------------------------------

    def assign_role(self, entry: Json, roles: Mapping[str, tuple[str, ...]]) -> None:
        """Note what an entry is for, by its drug; it keeps that role when a step changes the drug."""
        for role, drugs in roles.items():
            if entry.get("name") in drugs:
                self._roles[id(entry)] = (entry, role)

    def is_called(self, entry: Json, name: str) -> bool:
        """Whether an entry has a role or names a drug."""
        _, role = self._roles.get(id(entry), (None, None))
        return name in (role, entry.get("name"))

    # -- days and hours ----------------------------------------------------------------------------------

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the infusion site."""
        return ZoneInfo(self.document.get("time_zone") or "UTC")

    def local(self, instant: str) -> datetime:
        """An instant of the document on the local clock."""
        return datetime.fromisoformat(instant).astimezone(self.zone)

    def instant(self, day: date, clock: time) -> str:
        """The instant of a local date and hour, with its offset."""
        return datetime.combine(day, clock, self.zone).isoformat()

    def days_later(self, instant: str, days: int) -> str:
        """The same local hour some days later, or earlier if negative."""
        moment = self.local(instant)
        return self.instant(moment.date() + timedelta(days=days), moment.time())

    def minutes_later(self, instant: str, minutes: int) -> str:
        """The instant some elapsed minutes later, or earlier if negative."""
        moment = datetime.fromisoformat(instant) + timedelta(minutes=minutes)
        return moment.astimezone(self.zone).isoformat()

    def start_of(self, infusion: Json) -> str:
        """The scheduled start of an infusion.

        Raises:
            StepError: it is not known.
        """
        start: str | None = infusion.get("scheduled_start")
        if start is None:
            raise StepError("The start of the infusion is not known.")
        return start

    def day_of(self, infusion: Json) -> date:
        """The local date of an infusion."""
        return self.local(self.start_of(infusion)).date()

    @property
    def days(self) -> list[date]:
        """The distinct local dates of the infusions that are not held."""
        planned = [infusion for infusion in self.infusions if infusion.get("status") != "held"]
        return sorted({self.day_of(infusion) for infusion in planned})

    def infusion_on(self, day: date) -> Json:
        """The first infusion on a local date.

        Raises:
            StepError: there is none.
        """
        for infusion in self.infusions:
            if "scheduled_start" in infusion and self.day_of(infusion) == day:
                return infusion
        raise StepError(f"There is no infusion on {day}.")

    # -- premedication -----------------------------------------------------------------------------------

    def dose_day(self, dose: Json) -> date | None:
        """The local date of a premedication dose, if known."""
        at = dose.get("scheduled_at")
        return None if at is None else self.local(at).date()

    def doses(self, name: str, day: date | None = None) -> list[Json]:
        """The premedication doses of a role or drug, on one day or at all.

        Raises:
            StepError: there is none.
        """
        found = [
            dose
            for dose in self.listed("premedications")
            if self.is_called(dose, name) and (day is None or self.dose_day(dose) == day)
        ]
        if not found:
            when = "" if day is None else f" on {day}"
            raise StepError(f"The order has no {name}{when}.")
        return found

    def prophylaxes(self, name: str) -> list[Json]:
        """The prophylaxis entries of a role or drug.

        Raises:
            StepError: there is none.
        """
        found = [entry for entry in self.listed("prophylaxis") if self.is_called(entry, name)]
        if not found:
            raise StepError(f"The order has no {name}.")
        return found

    # -- moving ------------------------------------------------------------------------------------------

    def move_infusion(self, infusion: Json, days: int) -> None:
        """Move an infusion and its preparation by days; both keep their local hour."""
        infusion["scheduled_start"] = self.days_later(self.start_of(infusion), days)
        preparation = infusion.get("preparation") or {}
        if "prepared_at" in preparation:
            preparation["prepared_at"] = self.days_later(preparation["prepared_at"], days)

    def move_doses(self, day: date, days: int) -> None:
        """Move the premedication of a local date by days; it keeps its local hours."""
        for dose in self.listed("premedications"):
            if self.dose_day(dose) == day:
                dose["scheduled_at"] = self.days_later(dose["scheduled_at"], days)

    def copy_doses(self, day: date, days: int) -> None:
        """Add the premedication of a local date again some days later, but for drugs that this day has."""
        later = day + timedelta(days=days)
        present = {dose.get("name") for dose in self.listed("premedications") if self.dose_day(dose) == later}
        for dose in self.listed("premedications"):
            if self.dose_day(dose) == day and dose.get("name") not in present:
                self.add_dose({**dose, "scheduled_at": self.days_later(dose["scheduled_at"], days)})

    def add_dose(self, dose: Json) -> None:
        """Add a dose of premedication."""
        self.entries("premedications").append(dose)
        self.assign_role(dose, PREMEDICATION_ROLES)

    def add_prophylaxis(self, entry: Json) -> None:
        """Add a prophylaxis."""
        self.entries("prophylaxis").append(entry)
        self.assign_role(entry, PROPHYLAXIS_ROLES)

    def move_course(self, days: int) -> None:
        """Move infusions, preparations, premedication and prophylaxis by days."""
        for infusion in self.infusions:
            self.move_infusion(infusion, days)
        for dose in self.listed("premedications"):
            if dose.get("scheduled_at") is not None:
                dose["scheduled_at"] = self.days_later(dose["scheduled_at"], days)
        for entry in self.listed("prophylaxis"):
            for key in ("start", "end"):
                if entry.get(key) is not None:
                    entry[key] = _date_later(entry[key], days)

    def move_everything(self, days: int) -> None:
        """Move every date of the document by days, but the birth date."""
        for holder, key in _scalars(self.document):
            value = holder[key]
            if key in _FIXED or not isinstance(value, str):
                continue
            if _DATE.fullmatch(value):
                holder[key] = _date_later(value, days)
            elif _INSTANT.fullmatch(value):
                holder[key] = self.days_later(value, days)


def _date_later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _scalars(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of the document that holds no part and no list."""
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in list(items):
        if isinstance(value, dict | list):
            yield from _scalars(value)
        else:
            yield node, key
