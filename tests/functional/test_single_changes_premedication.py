"""Single changes to premedication and prophylaxis (catalogue 1.3, lists 3.2, 3.3 and 3.5)."""

import io
from typing import Any

import pytest

from orderguard import Verifier
from support.single_changes import (
    GONE,
    NB,
    NBO,
    NI,
    NW,
    VB,
    VBO,
    VI,
    VW,
    Case,
    at,
    case,
    check,
    dose,
    ending,
    starting,
)

DAY = "2025-06-03"
STEROID = "/premedications/1"  # methylprednisolone of the second day
NO_STEROID = {"steroid-days-1-3": VB}
# the dose of day 2 moved to the evening of day 1: 2,000 mg there, half of it after the infusion
ON_DAY_1 = NO_STEROID | {"steroid-before-infusion": VW, "steroid-dose-1000": VI}
UNKNOWN_STEROID = {"steroid-days-1-3": NB, "steroid-dose-1000": NBO, "steroid-before-infusion": NW}
UNKNOWN_LIST = UNKNOWN_STEROID | {
    "antihistamine-considered": NI,
    "antipyretic-considered": NI,
    "coagulopathy-anticoagulant": NW,  # aspirin as premedication
}


def steroid(name: str, mg: str, route: str = "intravenous", hour: str = "08:00") -> dict[str, str]:
    return dose(name, DAY, mg, route, hour)


STEROID_DAYS = [
    *(
        case(f"no-steroid-on-day-{day + 1}", 1, {f"/premedications/{day}": GONE}, NO_STEROID)
        for day in range(3)
    ),
    case("no-steroid-on-day-2-course-2", 2, {STEROID: GONE}, NO_STEROID),
    case(
        "no-steroid-at-all",
        1,
        {f"/premedications/{index}": GONE for index in (2, 1, 0)},
        NO_STEROID,
        na="steroid-dose-1000 steroid-before-infusion",
    ),
    case(
        "no-premedication",
        1,
        {"/premedications": []},
        NO_STEROID | {"antihistamine-considered": VI, "antipyretic-considered": VI},
        na="steroid-dose-1000 steroid-before-infusion",
    ),
    case("premedication-gone", 1, {"/premedications": GONE}, UNKNOWN_LIST),
    case("premedication-gone-course-2", 2, {"/premedications": GONE}, UNKNOWN_LIST),
    case(
        "premedication-without-name-or-code",
        1,
        {"/premedications/-": {"dose_mg": "50", "route": "oral", "scheduled_at": f"{DAY}T08:00:00-04:00"}},
        UNKNOWN_LIST,
    ),
    *(
        case(f"steroid-{route}", 1, {f"{STEROID}/route": route}, NO_STEROID)
        for route in ("intramuscular", "subcutaneous", "topical", "inhaled", "rectal", "ophthalmic", "other")
    ),
    case("steroid-route-gone", 1, {f"{STEROID}/route": GONE}, UNKNOWN_STEROID),
    case("steroid-hour-gone", 1, {f"{STEROID}/scheduled_at": GONE}, UNKNOWN_STEROID),
    case("steroid-by-name-only", 1, {f"{STEROID}/rxcui": GONE}),
    case("steroid-by-code-only", 1, {f"{STEROID}/name": GONE}),
    case("steroid-name-in-capitals", 1, {STEROID: steroid(" Methylprednisolone ", "1000")}),
    case("steroid-the-evening-before", 1, {f"{STEROID}/scheduled_at": "2025-06-02T23:59:59-04:00"}, ON_DAY_1),
    case(
        "steroid-the-day-after",
        1,
        {"/premedications/2/scheduled_at": "2025-06-05T08:00:00-04:00"},
        NO_STEROID,
    ),
    case("steroid-in-another-offset", 1, {f"{STEROID}/scheduled_at": "2025-06-03T12:00:00Z"}),
    case("steroid-also-on-day-4", 1, {"/premedications/-": dose("methylprednisolone", "2025-06-05", "40")}),
    case(
        "steroid-before-midnight-of-an-infusion-after-it",
        1,
        {**at(1, DAY, "00:30", "00:00"), f"{STEROID}/scheduled_at": "2025-06-02T23:30:00-04:00"},
        ON_DAY_1,
    ),
    case(
        "steroid-on-the-local-date-though-another-in-utc",
        1,
        {**at(1, DAY, "21:00", "19:30"), f"{STEROID}/scheduled_at": f"{DAY}T19:00:00-04:00"},
    ),
]

STEROID_DOSES = [
    *(
        case(f"iv-{mg}", 1, {f"{STEROID}/dose_mg": mg}, {"steroid-dose-1000": VBO}, says=mg)
        for mg in ("999", "999.999999", "0")
    ),
    case("iv-1250", 1, {f"{STEROID}/dose_mg": "1250"}),
    case(
        "iv-1250.000001",
        1,
        {f"{STEROID}/dose_mg": "1250.000001"},
        {"steroid-dose-1000": VI},
        says="1250.000001",
    ),
    case("iv-999-course-2", 2, {f"{STEROID}/dose_mg": "999"}, {"steroid-dose-1000": VBO}, says="999"),
    case("iv-dose-gone", 1, {f"{STEROID}/dose_mg": GONE}, {"steroid-dose-1000": NBO}),
    case(
        "iv-999-and-a-dose-gone",
        1,
        {f"{STEROID}/dose_mg": "999", "/premedications/2/dose_mg": GONE},
        {"steroid-dose-1000": VBO},
    ),
    *(
        case(f"{name}-{mg}-{route}", 1, {STEROID: steroid(name, mg, route)}, {"steroid-dose-1000": level})
        for name, route, mg, level in (
            ("methylprednisolone", "oral", "999", VBO),
            ("methylprednisolone", "oral", "1000", VW),
            ("methylprednisolone", "oral", "1249", VW),
            ("methylprednisolone", "oral", "1249.999999", VW),
            ("prednisone", "oral", "1249.999998", VBO),
            ("prednisone", "oral", "1250", VW),
            ("prednisolone", "oral", "1249", VBO),
            ("prednisolone", "oral", "1250", VW),
            ("dexamethasone", "intravenous", "187.499999", VBO),
            ("dexamethasone", "intravenous", "187.5", VW),
            ("dexamethasone", "oral", "187.5", VW),
            ("hydrocortisone", "intravenous", "4999", VBO),
            ("hydrocortisone", "intravenous", "5000", VW),
            ("betamethasone", "intravenous", "149.999999", VBO),
            ("betamethasone", "intravenous", "150", VW),
        )
    ),
    # list 3.2 has no equivalent for it
    case("prednisolone-1250-iv", 1, {STEROID: steroid("prednisolone", "1250")}, {"steroid-dose-1000": NBO}),
    case(
        "dose-of-a-second-steroid-gone",
        1,
        {"/premedications/-": steroid("methylprednisolone", "1") | {"dose_mg": None}},
        {"steroid-dose-1000": NBO},
    ),
    case("methylprednisolone-1250-oral", 1, {STEROID: steroid("methylprednisolone", "1250", "oral")}),
    *(
        case(
            f"steroid-code-{code}",
            1,
            {STEROID: steroid("", mg, "oral") | {"rxcui": code, "name": None}},
            {"steroid-dose-1000": VW},
        )
        for code, mg in (("8640", "1250"), ("8638", "1250"), ("3264", "187.5"), ("5492", "5000"))
    ),
    case(
        "sum-500-and-500",
        1,
        {f"{STEROID}/dose_mg": "500", "/premedications/-": steroid("methylprednisolone", "500")},
    ),
    case(
        "sum-500-and-499",
        1,
        {f"{STEROID}/dose_mg": "500", "/premedications/-": steroid("methylprednisolone", "499")},
        {"steroid-dose-1000": VBO},
        says="999",
    ),
    case(
        "sum-500-before-and-500-after-the-start",
        1,
        {
            f"{STEROID}/dose_mg": "500",
            "/premedications/-": steroid("methylprednisolone", "500", hour="10:00"),
        },
        {"steroid-before-infusion": VW},
    ),
    case(
        "sum-500-iv-and-625-prednisone",
        1,
        {f"{STEROID}/dose_mg": "500", "/premedications/-": steroid("prednisone", "625", "oral")},
        {"steroid-dose-1000": VW},
    ),
]

STEROID_HOURS = [
    case("steroid-240-min-before", 1, {f"{STEROID}/scheduled_at": f"{DAY}T05:00:00-04:00"}),
    case(
        "steroid-241-min-before",
        1,
        {f"{STEROID}/scheduled_at": f"{DAY}T04:59:00-04:00"},
        {"steroid-before-infusion": VW},
        says="241",
    ),
    case(
        "steroid-240-min-1-s-before",
        1,
        {f"{STEROID}/scheduled_at": f"{DAY}T04:59:59-04:00"},
        {"steroid-before-infusion": VW},
    ),
    case("steroid-at-start", 1, {f"{STEROID}/scheduled_at": f"{DAY}T09:00:00-04:00"}),
    case(
        "steroid-1-s-after-start",
        1,
        {f"{STEROID}/scheduled_at": f"{DAY}T09:00:01-04:00"},
        {"steroid-before-infusion": VW},
    ),
    case(
        "steroid-1-min-after-start-course-2",
        2,
        {f"{STEROID}/scheduled_at": "2026-06-09T09:01:00-04:00"},
        {"steroid-before-infusion": VW},
    ),
    case(
        "second-dose-too-early",
        1,
        {"/premedications/-": steroid("methylprednisolone", "40", hour="04:00")},
        {"steroid-before-infusion": VW},
    ),
    case(
        "clock-goes-forward-240-min-though-the-clock-shows-300",
        starting(1, "2025-03-09"),
        {
            "/premedications/0/scheduled_at": "2025-03-09T01:00:00-05:00",
            "/infusions/0/scheduled_start": "2025-03-09T06:00:00-04:00",
            "/infusions/0/preparation/prepared_at": "2025-03-09T05:00:00-04:00",
        },
    ),
    case(
        "clock-goes-back-300-min-though-the-clock-shows-240",
        starting(1, "2025-11-02"),
        {
            "/premedications/0/scheduled_at": "2025-11-02T00:30:00-04:00",
            "/infusions/0/scheduled_start": "2025-11-02T04:30:00-05:00",
            "/infusions/0/preparation/prepared_at": "2025-11-02T04:00:00-05:00",
        },
        {"steroid-before-infusion": VW},
    ),
]


def comfort_cases(rule: str, index: int, names: tuple[str, ...], wrong: tuple[str, ...]) -> list[Any]:
    place = f"/premedications/{index}"
    return [
        case(f"{rule}-gone-on-one-day", 1, {place: GONE}, {rule: VI}),
        case(f"{rule}-hour-gone", 1, {f"{place}/scheduled_at": GONE}, {rule: NI}),
        case(f"{rule}-code-only", 1, {f"{place}/name": GONE}),
        *(case(f"{rule}-{name}", 1, {place: dose(name, "2025-06-05")}) for name in names),
        *(case(f"{rule}-not-by-{name}", 1, {place: dose(name, "2025-06-05")}, {rule: VI}) for name in wrong),
    ]


COMFORT = [
    *comfort_cases(
        "antihistamine-considered",
        6,
        (
            "cetirizine",
            "loratadine",
            "fexofenadine",
            "hydroxyzine",
            "chlorpheniramine",
            "promethazine",
            "levocetirizine",
            "desloratadine",
        ),
        ("famotidine", "ranitidine", "acetaminophen", "zzz"),
    ),
    *comfort_cases(
        "antipyretic-considered",
        11,
        ("ibuprofen", "naproxen", "paracetamol", "Acetaminophen"),
        ("famotidine", "cetirizine"),
    ),
    case(
        "antipyretic-aspirin",
        1,
        {"/premedications/11": dose("aspirin", "2025-06-05", "500")},
        {"coagulopathy-anticoagulant": VW},
    ),
]

ANTIVIRAL = "/prophylaxis/0"
NO_ANTIVIRAL = {"antiviral-present": VB}
OTHERS = "antiviral-duration antiviral-accepted antiviral-cd4"
ENDS: dict[str, str] = {"antiviral-cd4": VI}
TOO_SHORT: dict[str, str] = {"antiviral-duration": VBO, "antiviral-cd4": VI}
UNKNOWN_ANTIVIRAL = {
    "antiviral-present": NB,
    "antiviral-duration": NBO,
    "antiviral-accepted": NW,
    "antiviral-cd4": NI,
}


def drug(name: str, start: str = "2025-06-02", end: str | None = None, route: str = "oral") -> dict[str, Any]:
    return {"name": name, "route": route, "start": start, "end": end}


ANTIVIRALS = [
    case("antiviral-none", 1, {"/prophylaxis": []}, NO_ANTIVIRAL, na=OTHERS),
    case("prophylaxis-gone", 1, {"/prophylaxis": GONE}, UNKNOWN_ANTIVIRAL),
    case("prophylaxis-gone-course-2", 2, {"/prophylaxis": GONE}, UNKNOWN_ANTIVIRAL),
    case(
        "prophylaxis-without-name-or-code",
        1,
        {ANTIVIRAL: {"route": "oral", "start": "2025-06-02"}},
        UNKNOWN_ANTIVIRAL,
    ),
    case("antiviral-from-the-day-before", 1, {f"{ANTIVIRAL}/start": "2025-06-01"}, na="antiviral-cd4"),
    case(
        "antiviral-from-day-2",
        1,
        {f"{ANTIVIRAL}/start": "2025-06-03"},
        NO_ANTIVIRAL,
        cleared="antiviral-duration antiviral-accepted",
    ),
    case("antiviral-from-day-2-course-2", 2, {f"{ANTIVIRAL}/start": "2026-06-09"}, NO_ANTIVIRAL),
    case("antiviral-start-gone", 1, {f"{ANTIVIRAL}/start": GONE}, {"antiviral-present": NB}),
    case("antiviral-end-key-gone", 1, {f"{ANTIVIRAL}/end": GONE}, na="antiviral-cd4"),
    case("antiviral-2-months", 1, {f"{ANTIVIRAL}/end": "2025-08-06"}, ENDS, cleared="antiviral-duration"),
    case("antiviral-a-day-short", 1, {f"{ANTIVIRAL}/end": "2025-08-05"}, TOO_SHORT, says=("1", "2")),
    case("antiviral-2-months-course-2", 2, {f"{ANTIVIRAL}/end": "2026-08-10"}, ENDS),
    case("antiviral-a-day-short-course-2", 2, {f"{ANTIVIRAL}/end": "2026-08-09"}, TOO_SHORT),
    case(
        "antiviral-ends-with-the-course",
        1,
        {f"{ANTIVIRAL}/end": "2025-06-06"},
        TOO_SHORT,
        cleared="antiviral-present",
    ),
    case(
        "antiviral-ends-before-the-last-infusion",
        1,
        {f"{ANTIVIRAL}/end": "2025-06-05"},
        TOO_SHORT | NO_ANTIVIRAL,
    ),
    case("antiviral-1-mar-for-31-dec", ending(1, "2025-12-31"), {f"{ANTIVIRAL}/end": "2026-03-01"}, ENDS),
    case(
        "antiviral-28-feb-for-31-dec", ending(1, "2025-12-31"), {f"{ANTIVIRAL}/end": "2026-02-28"}, TOO_SHORT
    ),
    case("antiviral-29-feb-for-29-dec", ending(1, "2023-12-29"), {f"{ANTIVIRAL}/end": "2024-02-29"}, ENDS),
    case(
        "antiviral-29-feb-for-30-dec", ending(1, "2023-12-30"), {f"{ANTIVIRAL}/end": "2024-02-29"}, TOO_SHORT
    ),
    case("antiviral-1-mar-for-30-dec", ending(1, "2023-12-30"), {f"{ANTIVIRAL}/end": "2024-03-01"}, ENDS),
    *(
        case(f"antiviral-{name}", 1, {ANTIVIRAL: drug(name)})
        for name in ("acyclovir", "aciclovir", "valacyclovir", "famciclovir", "Valtrex", " ACYCLOVIR ")
    ),
    *(
        case(
            f"antiviral-code-{code}", 1, {ANTIVIRAL: {"rxcui": code, "route": "oral", "start": "2025-06-02"}}
        )
        for code in ("281", "73645", "68099", "198382", "199192", "199193")
    ),
    case(
        "antiviral-code-of-levetiracetam",
        1,
        {ANTIVIRAL: drug("levetiracetam") | {"rxcui": "114477"}},
        NO_ANTIVIRAL,
        na=OTHERS,
    ),
    *(
        case(
            f"antiviral-{name}",
            1,
            {ANTIVIRAL: drug(name)},
            {"antiviral-accepted": VW},
            cleared="antiviral-present",
        )
        for name in ("ganciclovir", "valganciclovir")
    ),
    *(
        case(f"antiviral-not-{name}", 1, {ANTIVIRAL: drug(name)}, NO_ANTIVIRAL, na=OTHERS)
        for name in ("oseltamivir", "letermovir", "co-trimoxazole", "zzz")
    ),
    case("antiviral-route-gone", 1, {f"{ANTIVIRAL}/route": GONE}, UNKNOWN_ANTIVIRAL),
    case(
        "chain-with-a-free-day-in-the-course",
        1,
        {f"{ANTIVIRAL}/end": "2025-06-03", "/prophylaxis/-": drug("acyclovir", "2025-06-05")},
        NO_ANTIVIRAL,
    ),
    case("antiviral-intravenous", 1, {f"{ANTIVIRAL}/route": "intravenous"}),
    *(
        case(f"antiviral-{route}", 1, {f"{ANTIVIRAL}/route": route}, NO_ANTIVIRAL, na=OTHERS)
        for route in ("topical", "ophthalmic")
    ),
    case(
        "antiviral-dose-not-judged", 1, {f"{ANTIVIRAL}/dose_mg": "1", f"{ANTIVIRAL}/frequency_per_day": GONE}
    ),
    case(
        "antiviral-beside-others",
        1,
        {"/prophylaxis/-": [drug("co-trimoxazole", "2025-06-05", "2025-06-06"), drug("zzz")]},
    ),
    case(
        "chain-without-a-free-day",
        1,
        {
            f"{ANTIVIRAL}/end": "2025-06-03",
            "/prophylaxis/-": drug("valacyclovir", "2025-06-04", "2025-08-06"),
        },
        ENDS,
    ),
    case(
        "chain-in-another-order",
        1,
        {
            f"{ANTIVIRAL}/start": "2025-06-04",
            f"{ANTIVIRAL}/end": "2025-08-06",
            "/prophylaxis/-": drug("valacyclovir", end="2025-06-03"),
        },
        ENDS,
    ),
    case(
        "chain-with-a-day-more",
        1,
        {
            f"{ANTIVIRAL}/end": "2025-06-30",
            "/prophylaxis/-": drug("valacyclovir", "2025-06-20", "2025-08-05"),
        },
        TOO_SHORT,
    ),
    case(
        "chain-with-a-free-day-after-the-course",
        1,
        {f"{ANTIVIRAL}/end": "2025-06-20", "/prophylaxis/-": drug("acyclovir", "2025-06-22", "2025-12-31")},
        TOO_SHORT,
        cleared="antiviral-present",
    ),
    case(
        "chain-with-a-warned-agent",
        1,
        {f"{ANTIVIRAL}/end": "2025-06-20", "/prophylaxis/-": drug("ganciclovir", "2025-06-21", "2025-08-06")},
        ENDS | {"antiviral-accepted": VW},
    ),
    case(
        "chain-broken-by-a-topical-link",
        1,
        {
            f"{ANTIVIRAL}/end": "2025-06-20",
            "/prophylaxis/-": drug("acyclovir", "2025-06-21", "2025-08-06", "topical"),
        },
        TOO_SHORT,
    ),
]

CASES = [*STEROID_DAYS, *STEROID_DOSES, *STEROID_HOURS, *COMFORT, *ANTIVIRALS]


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(log=io.StringIO())


@pytest.mark.parametrize("one", CASES)
def test_a_single_change(verifier: Verifier, one: Case) -> None:
    check(verifier, one)
