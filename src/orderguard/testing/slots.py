"""The slots that phrases use: days, quantities, drugs, and the words of closed lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import Any

from orderguard.testing import words
from orderguard.testing.draft import Draft, Json
from orderguard.testing.phrases import Slot, closed
from orderguard.testing.problem import StepError

_ISO = r"\d{4}-\d{2}-\d{2}"
_COURSE_DAY = r"day [1-9]\d*"
_DATE = f"(?:{_ISO}|{_COURSE_DAY})"
_RELATIVE = rf"\d+ days? (?:before|after) (?:{_COURSE_DAY}|the last infusion)"
_DAY = f"(?:{_RELATIVE}|{_ISO}|{_COURSE_DAY}|the last infusion)"

_WORD = r"[\w+/'.-]+"
_NOT_IN_A_NAME = r"from|to|until|since|on|at|by|into|under|of|with|in|before|after|during|whose|is|was|mg|CVX"
_NOT_FIRST = r"a|an|the|no|not|nothing|given|also|CVX"
NAME = rf"(?:\"[^\"]+\"|(?!(?:{_NOT_FIRST})\b)[A-Za-z]{_WORD}(?: (?!(?:{_NOT_IN_A_NAME})\b){_WORD})*)"

_RULE = r"[a-z][a-z0-9-]*"


def read_day(order: Draft, text: str) -> date:
    """The date that a text names.

    Raises:
        StepError: no such day, or the order has no such infusion day.
    """
    relative = re.fullmatch(r"(\d+) days? (before|after) (.+)", text)
    if relative:
        days = int(relative[1]) if relative[2] == "after" else -int(relative[1])
        return read_day(order, relative[3]) + timedelta(days=days)
    if text == "the last infusion":
        return _course_day(order, len(order.days))
    if text.startswith("day "):
        return _course_day(order, int(text.removeprefix("day ")))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise StepError(f"{text} is no day of the calendar.") from None


def _course_day(order: Draft, number: int) -> date:
    days = order.days
    if not 1 <= number <= len(days):
        raise StepError(f"The course has {len(days)} infusion days, and no day {number}.")
    return days[number - 1]


def _when(order: Draft, text: str) -> date:
    return read_day(order, text.removeprefix("on "))


def _clock(_: Draft, text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise StepError(f"{text} is no time of the day.") from None


def _whole(_: Draft, text: str) -> int:
    return int(text)


def _quantity(_: Draft, text: str) -> str:
    return text.replace(",", "")


def _plain(_: Draft, text: str) -> str:
    return text.strip('"')


def _drug(order: Draft, text: str) -> str:
    if not text.startswith('"'):
        order.drugs.append(text)
    return _plain(order, text)


def pick(entries: list[Json], number: int, what: str) -> Json:
    """The entry of a list with a number, from 1.

    Raises:
        StepError: there is none.
    """
    if not entries:
        raise StepError(f"The order has no {what}.")
    if not 1 <= number <= len(entries):
        raise StepError(f"The order has no {what} {number}; it has {len(entries)}.")
    return entries[number - 1]


def _numbers(text: str, entries: list[Json], what: str) -> list[int]:
    """The numbers, from 1, of the entries that a text names."""
    if text.startswith("every "):
        pick(entries, 1, what)
        return list(range(1, len(entries) + 1))
    number = len(entries) if text.startswith("the last ") else int(text.rsplit(maxsplit=1)[-1])
    pick(entries, number, what)
    return [number]


def _infusions(order: Draft, text: str) -> list[int]:
    return _numbers(text, order.infusions, "infusion")


def _open(pattern: str, read: Callable[[Draft, str], Any], shown: str, meaning: str) -> Slot:
    return Slot(pattern, read, shown, meaning)


def _numbered(what: str, *path: str) -> Slot:
    """A slot for one entry of a list of the order, by its number."""

    def read(order: Draft, text: str) -> tuple[Json, str]:
        number = int(text.rsplit(maxsplit=1)[-1])
        return pick(order.listed(*path), number, what), f"/{'/'.join(path)}/{number - 1}"

    return _open(rf"{what} \d+", read, f"{what} N", f"`{what} 1` is the first of the list")


def _earlier_infusions(order: Draft, text: str) -> list[int]:
    return _numbers(text, order.listed("patient", "prior_infusions"), "earlier infusion")


def _without_article(_: Draft, text: str) -> str:
    return text.strip('"').removeprefix("the ")


def _role_slot(roles: Mapping[str, Any], shown: str, meaning: str) -> Slot:
    names = "|".join(f"the {role}" for role in roles)
    return Slot(f"(?:{names}|{NAME})", _without_article, shown, meaning)


def _rules(_: Draft, text: str) -> list[str]:
    return re.split(", | and ", text)


def _list(values: Mapping[str, Any], shown: str, meaning: str) -> Slot:
    return closed(values, shown, f"{meaning}: {', '.join(f'`{word}`' for word in values)}")


SLOTS: dict[str, Slot] = {
    "count": _open(r"\d+", _whole, "NUMBER", "a whole number"),
    "quantity": _open(
        r"\d+(?:,\d{3})*(?:\.\d+)?", _quantity, "QUANTITY", "a number, exact: `12`, `11.9`, `231,000`"
    ),
    "date": _open(
        _DATE,
        read_day,
        "DATE",
        "`2025-06-04`, or `day 3`: the third infusion date of the order as it then stands",
    ),
    "day": _open(
        _DAY,
        read_day,
        "DAY",
        "a DATE, `the last infusion`, or days counted from them: `42 days before day 1`, "
        "`1 day after the last infusion`",
    ),
    "when": _open(
        f"(?:on {_DATE}|{_RELATIVE})", _when, "WHEN", "`on` a DATE, or counted days: `41 days before day 1`"
    ),
    "clock": _open(r"\d{2}:\d{2}", _clock, "HH:MM", "local time at the infusion site"),
    "name": _open(
        NAME,
        _plain,
        "NAME",
        "a name such as `dimethyl fumarate`; in double quotes it may hold any words",
    ),
    "drug": _open(
        NAME,
        _drug,
        "DRUG",
        "a drug by its generic name (`fingolimod`). A name that no value set knows is refused, unless it "
        'stands in double quotes: `"vitalixir"`',
    ),
    "code": _open(r"[A-Za-z0-9.-]+", _plain, "CODE", "a code without blanks: `C91.10`, `03`, `58468-0200-1`"),
    "zone": _open(r"[A-Za-z_]+(?:/[A-Za-z_]+)*", _plain, "ZONE", "an IANA time zone: `Europe/Berlin`"),
    "quoted": _open(r"\"[^\"]+\"", _plain, '"TEXT"', "words in double quotes"),
    "infusions": _open(
        r"(?:infusion \d+|every infusion|the last infusion)",
        _infusions,
        "INFUSION",
        "`infusion 2` (counted as the order then stands), `every infusion` or `the last infusion`; the last "
        "is that of the list",
    ),
    "earlier": _open(
        r"(?:earlier infusion \d+|every earlier infusion|the last earlier infusion)",
        _earlier_infusions,
        "EARLIER INFUSION",
        "`earlier infusion 3`, `every earlier infusion` or `the last earlier infusion` (of the list)",
    ),
    "allergy": _numbered("allergy", "patient", "allergies"),
    "condition": _numbered("condition", "patient", "conditions"),
    "medication": _numbered("medication", "patient", "medications"),
    "immunization": _numbered("immunization", "patient", "immunizations"),
    "earlier_therapy": _numbered("earlier therapy", "patient", "prior_therapies"),
    "premedication": _role_slot(
        words.PREMEDICATION_ROLES,
        "PREMEDICATION",
        "`the steroid`, `the antihistamine`, `the antipyretic`, or the name of the drug, as in "
        "`methylprednisolone`; the first three keep their meaning when a step changes the drug",
    ),
    "prophylaxis": closed(
        {f"the {role}": role for role in words.PROPHYLAXIS_ROLES},
        "PROPHYLAXIS",
        "`the antiviral` or `the pneumocystis prophylaxis`; both keep their meaning when a step changes the "
        "drug",
    ),
    "prophylaxis_role": _list(
        {role: role for role in words.PROPHYLAXIS_ROLES}, "PROPHYLAXIS ROLE", "what a prophylaxis is for"
    ),
    "code_system": closed({"RxCUI": "rxcui", "ATC code": "atc"}, "CODE SYSTEM", "`RxCUI` or `ATC code`"),
    "premedication_role": _list(
        {role: role for role in words.PREMEDICATION_ROLES},
        "PREMEDICATION ROLE",
        "what a premedication is for",
    ),
    "rems_party": _list(
        {party: party for party in ("prescriber", "pharmacy", "facility")},
        "PARTY",
        "who is certified in the REMS",
    ),
    "ordinal": closed(
        dict.fromkeys(words.ORDINALS, ""), "ORDINAL", "`fourth`, `sixth` or `further`; it only reads well"
    ),
    "campath_step": _list({dose: dose for dose in ("10", "30")}, "STEP", "a step of the escalation in mg"),
    "route": _list(words.ROUTES, "ROUTE", "a way of giving a drug"),
    "infusion_route": _list(words.INFUSION_ROUTES, "INFUSION ROUTE", "a route of an infusion"),
    "infusion_status": _list(words.INFUSION_STATUSES, "STATUS", "what became of an infusion"),
    "diluent": _list(words.DILUENTS, "DILUENT", "a diluent"),
    "storage": _list(words.STORAGE, "STORAGE", "a way of storing"),
    "setting": _list(words.SETTINGS, "SETTING", "where the infusions are given"),
    "disease_course": _list(words.DISEASE_COURSES, "DISEASE COURSE", "a course of multiple sclerosis"),
    "sex": _list(words.SEXES, "SEX", "the sex of the patient"),
    "pregnancy": _list(words.PREGNANCY_STATUSES, "PREGNANCY STATUS", "a pregnancy status"),
    "male_or_female": _list({sex: sex for sex in ("male", "female")}, "SEX", "the sex of the patient"),
    "pregnant": _list(
        {word: words.PREGNANCY_STATUSES[word] for word in ("pregnant", "not pregnant")},
        "PREGNANCY",
        "pregnancy",
    ),
    "outcome": _list(words.OUTCOMES, "OUTCOME", "what became of a rule"),
    "severity": _list(words.SEVERITIES, "LEVEL", "the severity of a finding"),
    "decision": _list(words.DECISIONS, "DECISION", "the decision about the order"),
    "rule": _open(_RULE, _plain, "RULE", "the id of a rule: `infusion-min-4h`"),
    "rules": _open(
        f"{_RULE}(?:, {_RULE})* and {_RULE}",
        _rules,
        "RULES",
        "rule ids, such as `one-rule, another-rule and a-third`",
    ),
    "topic": _list(words.COUNSELLING_TOPICS, "TOPIC", "a topic of counselling"),
    "kind": _list(words.CONDITION_KINDS, "CONDITION", "a kind of condition"),
    "lab": _list(words.LAB_TESTS, "LAB", "a laboratory test"),
    "lab_unit": _list(words.LAB_UNITS, "UNIT", "a unit"),
    "urinalysis_result": _list(words.URINALYSIS_RESULTS, "RESULT", "a result of the urinalysis"),
    "screening": _list(words.SCREENINGS, "SCREENING", "a screening test"),
    "infection_result": _list(words.INFECTION_RESULTS, "RESULT", "a result of a test for infection"),
    "tuberculosis_result": _list(words.TUBERCULOSIS_RESULTS, "RESULT", "a result of the tuberculosis test"),
    "tuberculosis_treatment": _list(
        words.TUBERCULOSIS_TREATMENTS, "TREATMENT", "a treatment of tuberculosis"
    ),
    "varicella_result": _list(words.VARICELLA_RESULTS, "RESULT", "a result of the varicella test"),
    "skin_result": _list(words.SKIN_RESULTS, "RESULT", "a result of the skin examination"),
}
