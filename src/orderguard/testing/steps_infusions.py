"""Infusions, bags and the facility.

The things of an infusion (dose, diluent, storage, ...) stand in the table of things.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from datetime import date, time

from orderguard.testing.draft import Draft, Json
from orderguard.testing.problem import StepError
from orderguard.testing.registry import Table, given
from orderguard.testing.things import infusion_entries

_COLUMNS, _DRAWN = ["date", "dose", "duration"], "drawn volume"


def _chosen(order: Draft, infusions: Iterable[int]) -> list[Json]:
    return [entry for entry, _ in infusion_entries(order, infusions)]


def _preparation(infusion: Json) -> Json:
    found: Json = infusion.setdefault("preparation", {})
    return found


@given("{infusions} runs for {minutes:quantity} <minute|minutes>", "infusion 2 runs for 239 minutes")
def runs_for(order: Draft, infusions: list[int], minutes: str) -> None:
    """States the duration."""
    for infusion in _chosen(order, infusions):
        infusion["duration_minutes"] = minutes


@given("{infusions} runs at {rate:quantity} mL per hour", "infusion 2 runs at 25 mL per hour")
def runs_at(order: Draft, infusions: list[int], rate: str) -> None:
    """States the rate. The duration stays stated; `the duration of infusion 2 is not known` takes it away."""
    for infusion in _chosen(order, infusions):
        infusion["rate_ml_per_hour"] = rate


@given("{infusions} {status:infusion_status}", "infusion 5 is held")
def status(order: Draft, infusions: list[int], status: str) -> None:
    """States what became of the infusion: `is planned`, `was given` or `is held`."""
    for infusion in _chosen(order, infusions):
        infusion["status"] = status


@given("{infusions} is on {date}", "infusion 3 is on 2025-06-09")
def is_on(order: Draft, infusions: list[int], date: date) -> None:
    """Moves the infusion and its preparation to another date at the same hours; premedication stays."""
    for infusion in _chosen(order, infusions):
        order.move_infusion(infusion, (date - order.day_of(infusion)).days)


@given(
    "{infusions} is on {date} with its premedication", "infusion 3 is on 2025-06-09 with its premedication"
)
def is_on_with_premedication(order: Draft, infusions: list[int], date: date) -> None:
    """The same; the premedication of the date it leaves moves along."""
    for infusion in _chosen(order, infusions):
        day = order.day_of(infusion)
        order.move_infusion(infusion, (date - day).days)
        order.move_doses(day, (date - day).days)


@given("{infusions} starts at {clock}", "infusion 2 starts at 15:01")
def starts_at(order: Draft, infusions: list[int], clock: time) -> None:
    """Changes the local hour of the start; preparation and premedication stay."""
    for infusion in _chosen(order, infusions):
        infusion["scheduled_start"] = order.instant(order.day_of(infusion), clock)


@given("{infusions} is prepared at {clock}", "infusion 2 is prepared at 00:59")
def prepared_at(order: Draft, infusions: list[int], clock: time) -> None:
    """States the local hour of the preparation, on the date of the infusion."""
    for infusion in _chosen(order, infusions):
        _preparation(infusion)["prepared_at"] = order.instant(order.day_of(infusion), clock)


@given("{infusions} is prepared on {date} at {clock}", "infusion 2 is prepared on 2025-06-02 at 23:00")
def prepared_on(order: Draft, infusions: list[int], date: date, clock: time) -> None:
    """States date and local hour of the preparation."""
    for infusion in _chosen(order, infusions):
        _preparation(infusion)["prepared_at"] = order.instant(date, clock)


@given(
    "{infusions} is prepared {minutes:count} <minute|minutes> before its start",
    "infusion 2 is prepared 481 minutes before its start",
)
def prepared_before(order: Draft, infusions: list[int], minutes: int) -> None:
    """States the preparation by the elapsed minutes to the start."""
    for infusion in _chosen(order, infusions):
        _preparation(infusion)["prepared_at"] = order.minutes_later(order.start_of(infusion), -minutes)


@given(
    "{infusions} is prepared {minutes:count} <minute|minutes> after its start",
    "infusion 2 is prepared 1 minute after its start",
)
def prepared_after(order: Draft, infusions: list[int], minutes: int) -> None:
    """The same, after the start."""
    for infusion in _chosen(order, infusions):
        _preparation(infusion)["prepared_at"] = order.minutes_later(order.start_of(infusion), minutes)


@given("{infusions} is left out", "infusion 4 is left out")
def left_out(order: Draft, infusions: list[int]) -> None:
    """Takes the infusion off the order; its premedication stays. Later infusions move up one number."""
    for infusion in _chosen(order, infusions):
        order.infusions.remove(infusion)


@given("<a|an> {which:ordinal} infusion is added {when}", "a sixth infusion is added on 2025-06-07")
def added(order: Draft, which: str, when: date) -> None:  # noqa: ARG001 (the ordinal only reads well)
    """Adds a copy of the last infusion on another date, with the premedication of that infusion's date."""
    last = order.infusions[-1]
    day = order.day_of(last)
    infusion = copy.deepcopy(last)
    order.infusions.append(infusion)
    order.move_infusion(infusion, (when - day).days)
    order.copy_doses(day, (when - day).days)


@given(
    "the infusions are[:]",
    "the infusions are:",
    (
        "| date       | dose  | duration    |",
        "| 2025-06-02 | 3 mg  | 120 minutes |",
        "| 2025-06-04 | 10 mg | 120 minutes |",
    ),
)
def the_infusions(order: Draft, table: Table) -> None:
    """Replaces all infusions by copies of infusion 1 on these dates, with these doses and durations.

    Hours and everything else are those of infusion 1. Premedication stays. A fourth column, `drawn volume`
    (`0.33 mL`), may say what is drawn.
    """
    head, *rows = table
    if head not in (_COLUMNS, [*_COLUMNS, _DRAWN]) or not rows:
        raise StepError(
            "The table needs the columns date, dose and duration, drawn volume if it is said, "
            "and a row for each infusion."
        )
    pattern = order.infusions[0]
    infusions = []
    for day, dose, duration, *drawn in rows:
        infusion = copy.deepcopy(pattern)
        order.move_infusion(infusion, (_iso(day) - order.day_of(pattern)).days)
        infusion["dose_mg"] = _amount(dose, "mg")
        infusion["duration_minutes"] = _amount(duration, "minutes")
        for volume in drawn:
            _preparation(infusion)["drug_volume_ml"] = _amount(volume, "mL")
        infusions.append(infusion)
    order.infusions[:] = infusions


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise StepError(f"`{text}` is no date. Write it as 2025-06-02.") from None


def _amount(text: str, unit: str) -> str:
    number, _, said = text.partition(" ")
    if said != unit:
        raise StepError(f"`{text}` needs its unit: {unit}.")
    return number


@given(
    "{infusions} is {dose:quantity} mg in {volume:quantity} mL",
    "infusion 2 is 10 mg in 0.33 mL",
)
def dose_and_volume(order: Draft, infusions: list[int], dose: str, volume: str) -> None:
    """States the dose and the volume that is drawn for it."""
    for infusion in _chosen(order, infusions):
        infusion["dose_mg"] = dose
        _preparation(infusion)["drug_volume_ml"] = volume


@given("{infusions} contains {name}", "infusion 2 contains ondansetron")
def contains(order: Draft, infusions: list[int], name: str) -> None:
    """Adds something else to the bag."""
    for infusion in _chosen(order, infusions):
        _preparation(infusion).setdefault("additives", []).append(name)


@given("{infusions} contains nothing else", "infusion 2 contains nothing else")
def contains_nothing(order: Draft, infusions: list[int]) -> None:
    """States that nothing else is in the bag."""
    for infusion in _chosen(order, infusions):
        _preparation(infusion)["additives"] = []


@given("{infusions} is protected from light", "infusion 2 is protected from light")
def protected(order: Draft, infusions: list[int]) -> None:
    """States that the bag is protected from light."""
    for infusion in _chosen(order, infusions):
        _preparation(infusion)["protected_from_light"] = True


@given("{infusions} is not protected from light", "infusion 2 is not protected from light")
def not_protected(order: Draft, infusions: list[int]) -> None:
    """States that it is not."""
    for infusion in _chosen(order, infusions):
        _preparation(infusion)["protected_from_light"] = False


@given("vital signs are ordered for {infusions}", "vital signs are ordered for infusion 2")
def vital_signs(order: Draft, infusions: list[int]) -> None:
    """States that vital signs are ordered."""
    for infusion in _chosen(order, infusions):
        infusion["vital_signs_ordered"] = True


@given("vital signs are not ordered for {infusions}", "vital signs are not ordered for infusion 2")
def no_vital_signs(order: Draft, infusions: list[int]) -> None:
    """States that they are not."""
    for infusion in _chosen(order, infusions):
        infusion["vital_signs_ordered"] = False


@given(
    "the patient is observed for {minutes:quantity} <minute|minutes> after {infusions}",
    "the patient is observed for 119 minutes after infusion 2",
)
def observed(order: Draft, infusions: list[int], minutes: str) -> None:
    """States the observation after the end of the infusion."""
    for infusion in _chosen(order, infusions):
        infusion["observation_minutes"] = minutes


@given("the infusions are given {setting}", "the infusions are given at home")
def given_where(order: Draft, setting: str) -> None:
    """States where: `at home` or `in a facility`. Not stated, an order means a facility."""
    order.part("facility")["setting"] = setting


@given("the facility is equipped for resuscitation", "the facility is equipped for resuscitation")
def equipped(order: Draft) -> None:
    """States that the facility can treat anaphylaxis and cardiac or respiratory emergencies."""
    order.part("facility")["resuscitation_capable"] = True


@given("the facility is not equipped for resuscitation", "the facility is not equipped for resuscitation")
def not_equipped(order: Draft) -> None:
    """States that it cannot."""
    order.part("facility")["resuscitation_capable"] = False
