"""Single changes to laboratory results, monitoring and REMS (catalogue 1.6)."""

import io
from typing import Any

import pytest

from orderguard import Verifier
from support.single_changes import (
    GONE,
    NB,
    NBO,
    NW,
    VB,
    VBO,
    VW,
    Base,
    Case,
    case,
    check,
    document,
    ending,
    starting,
    words,
)

LABS = "/patient/labs"
NEUTROPHILS, PLATELETS, LYMPHOCYTES, CREATININE, URINALYSIS, RATIO, TSH, ALT, AST, BILIRUBIN = range(10)
NAMES = words(
    "neutrophils platelets lymphocytes creatinine urinalysis-cell-counts urine-protein-creatinine-ratio tsh"
    " alt ast bilirubin-total"
)
JUDGED = {NEUTROPHILS, PLATELETS, CREATININE, URINALYSIS, ALT, AST, BILIRUBIN}
ABNORMAL = {"baseline-abnormal": VW}


def lab(index: int, value: str, unit: str | None = None, **more: Any) -> dict[str, Any]:
    """The change that gives a test another result."""
    return {
        f"{LABS}/{index}/{key}": new
        for key, new in {"value": value, "unit": unit, **more}.items()
        if new is not None
    }


def lacking(index: int) -> dict[str, str]:
    return {"baseline-labs-complete": VB} | ({"baseline-upcr-first": VB} if index == RATIO else {})


def unknown(index: int) -> dict[str, str]:
    return (
        {"baseline-labs-complete": NB, "baseline-labs-30d": NB}
        | ({"baseline-abnormal": NW} if index in JUDGED else {})
        | ({"baseline-upcr-first": NB} if index == RATIO else {})
    )


NO_LABS = {
    "baseline-labs-complete": NB,
    "baseline-labs-30d": NB,
    "baseline-upcr-first": NB,
    "baseline-abnormal": NW,
}

# the newest results of course 2 stand at the end of its list
NEWEST_2 = len(document(Base(2))["patient"]["labs"]) - 10

COMPLETE = [
    *(
        case(f"{name}-lacking", 1, {f"{LABS}/{index}": GONE}, lacking(index))
        for index, name in enumerate(NAMES)
    ),
    *(
        case(f"{name}-value-gone", 1, {f"{LABS}/{index}/value": GONE}, unknown(index))
        for index, name in enumerate(NAMES)
    ),
    *(
        case(f"{name}-unit-gone", 1, {f"{LABS}/{index}/unit": GONE}, unknown(index))
        for index, name in enumerate(NAMES)
        if index != URINALYSIS
    ),
    *(
        case(f"{name}-unit-unreadable", 1, {f"{LABS}/{index}/unit": "furlongs"}, unknown(index))
        for index, name in enumerate(NAMES)
        if index != URINALYSIS
    ),
    *(
        case(f"{name}-only-after-day-1", 1, {f"{LABS}/{index}/collected_on": "2025-06-03"}, lacking(index))
        for index, name in enumerate(NAMES)
    ),
    *(
        case(
            f"{name}-date-gone",
            1,
            {f"{LABS}/{index}/collected_on": GONE},
            unknown(index),
        )
        for index, name in enumerate(NAMES)
    ),
    case(
        "newest-tsh-lacking-course-2",
        2,
        {f"{LABS}/{NEWEST_2 + 6}": GONE},
        {"baseline-labs-30d": VB},
        says="34",
    ),
    case("alt-lacking-course-2", 2, {f"{LABS}/{NEWEST_2 + 7}": GONE}, {"baseline-labs-complete": VB}),
    case(
        "ratio-lacking-course-2",
        2,
        {f"{LABS}/{NEWEST_2 + 5}": GONE},
        {"baseline-labs-complete": VB, "baseline-upcr-first": VW},
    ),
    case("labs-gone", 1, {LABS: GONE}, NO_LABS),
    case(
        "labs-gone-course-2",
        2,
        {LABS: GONE},
        NO_LABS | {"monitoring-adherence": NW, "baseline-upcr-first": NW},
    ),
    case("no-labs", 1, {LABS: []}, {"baseline-labs-complete": VB, "baseline-upcr-first": VB}),
    case("value-above-10^12-is-not-known", 1, lab(PLATELETS, "999999999999", "10*3/uL"), unknown(PLATELETS)),
    case(
        "cd4-is-not-asked",
        1,
        {f"{LABS}/-": {"test": "cd4", "value": "1", "unit": "/uL", "collected_on": "2025-05-20"}},
    ),
]

AGES = [
    *(
        case(f"{name}-30-days", 1, {f"{LABS}/{index}/collected_on": "2025-05-03"})
        for index, name in enumerate(NAMES)
    ),
    *(
        case(
            f"{name}-31-days",
            1,
            {f"{LABS}/{index}/collected_on": "2025-05-02"},
            {"baseline-labs-30d": VB},
            says="31",
        )
        for index, name in enumerate(NAMES)
    ),
    case("labs-on-day-1", 1, {f"{LABS}/*/collected_on": "2025-06-02"}),
    case("all-labs-31-days", 1, {f"{LABS}/*/collected_on": "2025-05-02"}, {"baseline-labs-30d": VB}),
    case("30-days-across-29-feb", starting(1, "2024-03-10"), {f"{LABS}/*/collected_on": "2024-02-09"}),
    case(
        "31-days-across-29-feb",
        starting(1, "2024-03-10"),
        {f"{LABS}/*/collected_on": "2024-02-08"},
        {"baseline-labs-30d": VB},
    ),
    case("alt-30-days-course-2", 2, {f"{LABS}/{NEWEST_2 + 7}/collected_on": "2026-05-09"}),
    case(
        "alt-31-days-course-2",
        2,
        {f"{LABS}/{NEWEST_2 + 7}/collected_on": "2026-05-08"},
        {"baseline-labs-30d": VB},
    ),
]

VALUES = [
    case("platelets-100000", 1, lab(PLATELETS, "100000")),
    case("platelets-99999", 1, lab(PLATELETS, "99999"), ABNORMAL, says="99999"),
    case("platelets-99999.999999", 1, lab(PLATELETS, "99999.999999"), ABNORMAL),
    case("neutrophils-1000", 1, lab(NEUTROPHILS, "1000")),
    case("neutrophils-999", 1, lab(NEUTROPHILS, "999"), ABNORMAL, says="999"),
    *(case(f"platelets-100-{unit}", 1, lab(PLATELETS, "100", unit)) for unit in ("10*3/uL", "10*9/L")),
    *(
        case(f"platelets-99.999-{unit}", 1, lab(PLATELETS, "99.999", unit), ABNORMAL)
        for unit in ("10*3/uL", "10*9/L")
    ),
    *(case(f"neutrophils-1-{unit}", 1, lab(NEUTROPHILS, "1", unit)) for unit in ("10*3/uL", "10*9/L")),
    *(
        case(f"neutrophils-0.999999-{unit}", 1, lab(NEUTROPHILS, "0.999999", unit), ABNORMAL)
        for unit in ("10*3/uL", "10*9/L")
    ),
    case("creatinine-at-its-limit", 1, lab(CREATININE, "1.1")),
    case("creatinine-over-its-limit", 1, lab(CREATININE, "1.100001"), ABNORMAL),
    case("creatinine-umol-at-its-limit", 1, lab(CREATININE, "110", "umol/L", reference_high="110")),
    case(
        "creatinine-umol-over-its-limit",
        1,
        lab(CREATININE, "110.000001", "umol/L", reference_high="110"),
        ABNORMAL,
    ),
    case("bilirubin-umol-at-twice-its-limit", 1, lab(BILIRUBIN, "42", "umol/L", reference_high="21")),
    case(
        "bilirubin-umol-over-twice-its-limit",
        1,
        lab(BILIRUBIN, "42.000001", "umol/L", reference_high="21"),
        ABNORMAL,
    ),
    *(
        row
        for index in (ALT, AST)
        for row in (
            case(f"{NAMES[index]}-3-times", 1, lab(index, "120")),
            case(f"{NAMES[index]}-3-times-IU", 1, lab(index, "120", "[IU]/L")),
            case(f"{NAMES[index]}-over-3-times", 1, lab(index, "120.000001"), ABNORMAL),
            case(f"{NAMES[index]}-121", 1, lab(index, "121"), ABNORMAL, says="3"),
        )
    ),
    case("bilirubin-twice", 1, lab(BILIRUBIN, "2.4")),
    case("bilirubin-over-twice", 1, lab(BILIRUBIN, "2.400001"), ABNORMAL),
    case("urinalysis-abnormal", 1, lab(URINALYSIS, "abnormal"), ABNORMAL),
    *(
        case(
            f"{NAMES[index]}-limit-gone",
            1,
            {f"{LABS}/{index}/reference_high": GONE},
            {"baseline-abnormal": NW},
        )
        for index in (CREATININE, ALT, AST, BILIRUBIN)
    ),
    case(
        "one-abnormal-one-limit-gone",
        1,
        {f"{LABS}/{ALT}/reference_high": GONE, f"{LABS}/{AST}/value": "121"},
        ABNORMAL,
    ),
    case(
        "lymphocytes-tsh-and-ratio-are-not-judged",
        1,
        lab(LYMPHOCYTES, "0") | lab(TSH, "99") | lab(RATIO, "9"),
    ),
    *(case(f"tsh-{unit}", 1, lab(TSH, "2", unit)) for unit in ("m[IU]/L", "mIU/L", "u[IU]/mL")),
    *(case(f"ratio-{unit}", 1, lab(RATIO, "0.1", unit)) for unit in ("g/g", "mg/mg", "mg/mmol")),
    *(
        case(
            f"another-low-platelet-count-on-{day}",
            1,
            {f"{LABS}/-": {"test": "platelets", "value": "99999", "unit": "/uL", "collected_on": day}},
            found,
        )
        for day, found in (
            ("2025-05-19", {}),
            ("2025-05-20", ABNORMAL),
            ("2025-06-02", ABNORMAL),
            ("2025-06-03", {}),
        )
    ),
    *(
        case(
            f"another-platelet-count-without-value-on-{day}",
            1,
            {f"{LABS}/-": {"test": "platelets", "collected_on": day}},
            found,
        )
        for day, found in (
            ("2025-05-19", {}),
            ("2025-05-20", unknown(PLATELETS)),
            ("2025-06-02", unknown(PLATELETS)),
            ("2025-06-03", {}),
        )
    ),
    case("alt-above-a-limit-of-0", 1, lab(ALT, "21", reference_high="0"), ABNORMAL),
    case(
        "low-platelets-then-normal-on-the-same-day",
        1,
        {
            **lab(PLATELETS, "99999"),
            f"{LABS}/-": {
                "test": "platelets",
                "value": "300",
                "unit": "10*9/L",
                "collected_on": "2025-05-20",
            },
        },
        ABNORMAL,
    ),
    case("platelets-99999-course-2", 2, lab(NEWEST_2 + 1, "99999"), ABNORMAL),
    case("old-platelets-99999-course-2", 2, lab(1, "99999")),
    case("old-urinalysis-abnormal-course-2", 2, lab(3, "abnormal")),
]


def results(name: str) -> list[int]:
    """The places of the results of a test in course 2, oldest first."""
    return [index for index, one in enumerate(document(Base(2))["patient"]["labs"]) if one["test"] == name]


def moved(name: str, number: int, day: str) -> dict[str, str]:
    return {f"{LABS}/{results(name)[number]}/collected_on": day}


MONTHLY = ("neutrophils", "platelets", "creatinine", "urinalysis-cell-counts")
GAP = {"monitoring-adherence": VW}

MONITORING = [
    *(
        case(f"monthly-{name}-lacking-once", 2, {f"{LABS}/{results(name)[3]}": GONE}, GAP, says="56")
        for name in MONTHLY
    ),
    *(case(f"monthly-{name}-after-31-days", 2, moved(name, 1, "2025-08-01")) for name in MONTHLY),
    *(
        case(f"monthly-{name}-after-32-days", 2, moved(name, 1, "2025-08-02"), GAP, says="32")
        for name in MONTHLY
    ),
    case("first-platelets-31-days-after-the-course", 2, moved("platelets", 0, "2025-07-07")),
    case("first-platelets-32-days-after-the-course", 2, moved("platelets", 0, "2025-07-08"), GAP, says="32"),
    case(
        "last-platelets-32-days-before-day-1",
        2,
        {f"{LABS}/{results('platelets')[-1]}": GONE, **moved("platelets", -2, "2026-05-07")},
        GAP | {"baseline-labs-30d": VB},
        says="32",
    ),
    case("tsh-after-92-days", 2, moved("tsh", 0, "2025-09-06")),
    case("tsh-after-93-days", 2, moved("tsh", 0, "2025-09-07"), GAP, says="93"),
    case("tsh-lacking-once", 2, {f"{LABS}/{results('tsh')[1]}": GONE}, GAP, says="168"),
    case(
        "monthly-value-gone",
        2,
        {f"{LABS}/{results('platelets')[0]}/value": GONE},
        {"monitoring-adherence": NW},
    ),
    case(
        "monthly-date-gone",
        2,
        {f"{LABS}/{results('platelets')[0]}/collected_on": GONE},
        {
            "monitoring-adherence": NW,
            "baseline-labs-complete": NB,
            "baseline-labs-30d": NB,
            "baseline-abnormal": NW,
        },
    ),
    case("plan-48-months", 1, {"/patient/monitoring_until": "2029-06-06"}),
    case(
        "plan-a-day-short",
        1,
        {"/patient/monitoring_until": "2029-06-05"},
        {"monitoring-plan-48mo": VW},
        says="47",
    ),
    case(
        "plan-a-day-short-course-2",
        2,
        {"/patient/monitoring_until": "2030-06-09"},
        {"monitoring-plan-48mo": VW},
    ),
    case("plan-gone", 1, {"/patient/monitoring_until": GONE}, {"monitoring-plan-48mo": NW}),
    case("plan-29-feb-to-29-feb", ending(1, "2024-02-29"), {"/patient/monitoring_until": "2028-02-29"}),
    case(
        "plan-29-feb-to-28-feb",
        ending(1, "2024-02-29"),
        {"/patient/monitoring_until": "2028-02-28"},
        {"monitoring-plan-48mo": VW},
    ),
    case(
        "plan-29-feb-to-28-feb-2100",
        ending(1, "2096-02-29"),
        {"/patient/monitoring_until": "2100-02-28"},
        {"monitoring-plan-48mo": VW},
    ),
    case("plan-29-feb-to-1-mar-2100", ending(1, "2096-02-29"), {"/patient/monitoring_until": "2100-03-01"}),
]

SKIN = "/patient/screening/skin_examination"

SKINS = [
    case("skin-12-months", 1, {f"{SKIN}/date": "2024-06-02"}),
    case("skin-12-months-and-a-day", 1, {f"{SKIN}/date": "2024-06-01"}, {"baseline-skin-exam": VW}),
    case("skin-12-months-course-2", 2, {f"{SKIN}/date": "2025-06-08"}),
    case("skin-12-months-and-a-day-course-2", 2, {f"{SKIN}/date": "2025-06-07"}, {"baseline-skin-exam": VW}),
    case("skin-29-feb-to-1-mar", starting(1, "2025-03-01"), {f"{SKIN}/date": "2024-02-29"}),
    case(
        "skin-29-feb-to-2-mar",
        starting(1, "2025-03-02"),
        {f"{SKIN}/date": "2024-02-29"},
        {"baseline-skin-exam": VW},
    ),
    case("skin-on-day-1", 1, {f"{SKIN}/date": "2025-06-02"}),
    case("skin-abnormal", 1, {f"{SKIN}/result": "abnormal"}, {"baseline-skin-exam": VW}),
    case("skin-abnormal-date-gone", 1, {SKIN: {"result": "abnormal"}}, {"baseline-skin-exam": VW}),
    case("skin-result-gone", 1, {f"{SKIN}/result": GONE}, {"baseline-skin-exam": NW}),
    case("skin-date-gone", 1, {f"{SKIN}/date": GONE}, {"baseline-skin-exam": NW}),
    case("skin-gone", 1, {SKIN: GONE}, {"baseline-skin-exam": NW}),
]

PATIENT = "/rems/patient"
FLAGS = {
    "rems-prescriber": ("/rems/prescriber/certified", VB, NB),
    "rems-pharmacy": ("/rems/pharmacy/certified", VB, NB),
    "rems-facility": ("/rems/facility/certified", VB, NB),
    "rems-patient-enrolled": (f"{PATIENT}/enrolled", VB, NB),
    "rems-prescription-form": ("/rems/prescription_form", VBO, NBO),
    "rems-med-guide": (f"{PATIENT}/counselled", VW, NW),
}
NO_REMS = {rule: outcome for rule, (_, _, outcome) in FLAGS.items()} | {"rems-patient-authorized": NB}
STATUS = f"{PATIENT}/status_form_on"

REMS = [
    *(case(f"{rule}-false", 1, {place: False}, {rule: found}) for rule, (place, found, _) in FLAGS.items()),
    *(case(f"{rule}-gone", 1, {place: GONE}, {rule: found}) for rule, (place, _, found) in FLAGS.items()),
    case("rems-gone", 1, {"/rems": GONE}, NO_REMS, na="rems-status-form"),
    case("rems-gone-course-2", 2, {"/rems": GONE}, NO_REMS | {"rems-status-form": NW}),
    case("counselling-words-do-not-count-for-rems", 1, {"/patient/counselling": ["listeria"]}),
    case(
        "authorized-for-another-course",
        1,
        {f"{PATIENT}/authorized_course": 2},
        {"rems-patient-authorized": VB},
        says="2",
    ),
    case(
        "authorized-for-the-course-before",
        2,
        {f"{PATIENT}/authorized_course": 1},
        {"rems-patient-authorized": VB},
        says="1",
    ),
    case(
        "authorized-course-gone", 1, {f"{PATIENT}/authorized_course": GONE}, {"rems-patient-authorized": NB}
    ),
    case("authorized-on-day-1", 1, {f"{PATIENT}/authorized_on": "2025-06-02"}),
    case(
        "authorized-after-day-1",
        1,
        {f"{PATIENT}/authorized_on": "2025-06-03"},
        {"rems-patient-authorized": VB},
    ),
    case("authorized-on-gone", 1, {f"{PATIENT}/authorized_on": GONE}),
    case("status-form-6-months", 2, {STATUS: "2025-12-08"}),
    case("status-form-6-months-and-a-day", 2, {STATUS: "2025-12-07"}, {"rems-status-form": VW}),
    case("status-form-31-aug-to-1-mar", starting(2, "2026-03-01"), {STATUS: "2025-08-31"}),
    case(
        "status-form-31-aug-to-2-mar",
        starting(2, "2026-03-02"),
        {STATUS: "2025-08-31"},
        {"rems-status-form": VW},
    ),
    case("status-form-gone", 2, {STATUS: GONE}, {"rems-status-form": NW}),
    case("status-form-not-asked-in-course-1", 1, {STATUS: "2020-01-01"}, na="rems-status-form"),
]

CASES = [*COMPLETE, *AGES, *VALUES, *MONITORING, *SKINS, *REMS]


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(log=io.StringIO())


@pytest.mark.parametrize("one", CASES)
def test_a_single_change(verifier: Verifier, one: Case) -> None:
    check(verifier, one)
