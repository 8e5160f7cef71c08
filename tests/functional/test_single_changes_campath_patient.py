"""Single changes to blood counts, conditions, vaccines and medicines of Campath orders (catalogue 2)."""

from datetime import date
from typing import Any

import pytest

from orderguard import Verifier
from support.campath import DAY_1, campath, case, check, count, counts
from support.dates import all_moved
from support.single_changes import GONE, NB, NI, NW, VB, VI, VW, Case, change, judge

LAB = "/patient/labs"
HOLD = {"cll-hold-counts": VB}
HOLDS = "/patient/cytopenia_holds"
ONE = "one of maintenance"  # labs: 0 and 1 before the first dose, 2 and 3 on the day; neutrophils, platelets
NO_HOLDS = {"cll-hold-counts": NB, "cll-resume-counts": NB}


def tens() -> dict[str, str]:
    """The changes that lower every infusion to 10 mg."""
    return {"/infusions/*/dose_mg": "10", "/infusions/*/preparation/drug_volume_ml": "0.33"}


HOLD_COUNTS = [
    *(
        case(f"neutrophils-{value}", ONE, {f"{LAB}/2/value": value}, HOLD, says=value)
        for value in ("249", "249.999999", "0")
    ),
    *(case(f"neutrophils-{value}", ONE, {f"{LAB}/2/value": value}) for value in ("250", "250.000001", "499")),
    *(case(f"platelets-{value}", ONE, {f"{LAB}/3/value": value}, HOLD) for value in ("25000", "24999", "0")),
    *(
        case(f"platelets-{value}", ONE, {f"{LAB}/3/value": value})
        for value in ("25000.000001", "25001", "49999")
    ),
    case("both-low", ONE, {f"{LAB}/2/value": "100", f"{LAB}/3/value": "10000"}, HOLD),
    case(
        "in-thousands-low",
        ONE,
        {f"{LAB}/2": count("neutrophils", "0.249", DAY_1) | {"unit": "10*3/uL"}},
        HOLD,
    ),
    case("in-thousands", ONE, {f"{LAB}/2": count("neutrophils", "0.25", DAY_1) | {"unit": "10*9/L"}}),
    case("in-every-infusion", "maintenance", {f"{LAB}/2/value": "249"}, HOLD),
    case("second-result-of-the-day", ONE, {f"{LAB}/-": count("neutrophils", "249", DAY_1)}, HOLD),
    case("older-result", ONE, {f"{LAB}/-": count("neutrophils", "249", "2025-06-01")}),
    case("result-after-the-day", ONE, {f"{LAB}/-": count("neutrophils", "249", "2025-06-03")}),
    case("the-day-before-is-the-newest", ONE, {f"{LAB}/2": count("neutrophils", "249", "2025-06-01")}, HOLD),
    # before any dose there is no baseline yet, so that the limits of the label count
    case("first-dose-low-neutrophils", "first", {f"{LAB}/0/value": "249"}, HOLD, na="cll-low-baseline"),
    case("first-dose-low-platelets", "first", {f"{LAB}/1/value": "25000"}, HOLD, na="cll-low-baseline"),
    case("first-dose-neutrophils-250", "first", {f"{LAB}/0/value": "250"}),
    case("first-dose-platelets-25001", "first", {f"{LAB}/1/value": "25001"}),
    # holds
    case("holds-gone", ONE, {HOLDS: GONE}, {"cll-hold-counts": NB}, na="cll-resume-counts"),
    case(
        "holds-gone-and-low",
        ONE,
        {HOLDS: GONE, f"{LAB}/2/value": "249"},
        HOLD | {"cll-resume-counts": NB},
        missing={"cll-resume-counts": HOLDS},
    ),
    case("one-hold", ONE, {HOLDS: 1}),
    case("two-holds-30-mg", ONE, {HOLDS: 2}, {"cll-hold-counts": VW}),
    case("two-holds-10-mg", ONE, {HOLDS: 2, **tens()}),
    case(
        "two-holds-one-of-30",
        "maintenance",
        {HOLDS: 2, **tens(), "/infusions/0/dose_mg": "30", "/infusions/0/preparation/drug_volume_ml": "1"},
        {"cll-hold-counts": VW},
    ),
    case("two-holds-and-low", ONE, {HOLDS: 2, f"{LAB}/2/value": "249"}, HOLD | {"cll-resume-counts": VB}),
    case("three-holds", ONE, {HOLDS: 3}, HOLD, says="3"),
    case("three-holds-10-mg", ONE, {HOLDS: 3, **tens()}, HOLD),
    case("four-holds", ONE, {HOLDS: 4}, HOLD),
]

RESUME = {"cll-resume-counts": VB}
RESUME_COUNTS = [
    # labs: 2 and 3 two days after the last dose, 4 and 5 on the day; the hold was for neutrophils
    *(
        case(f"neutrophils-{value}", "after hold", {f"{LAB}/4/value": value}, RESUME, says=value)
        for value in ("499", "499.999999", "250")
    ),
    *(
        case(f"neutrophils-{value}", "after hold", {f"{LAB}/4/value": value})
        for value in ("500", "500.000001")
    ),
    *(
        case(f"platelets-{value}", "after hold", {f"{LAB}/5/value": value}, RESUME)
        for value in ("49999", "49999.999999", "25001")
    ),
    *(case(f"platelets-{value}", "after hold", {f"{LAB}/5/value": value}) for value in ("50000", "50001")),
    case(
        "hold-for-platelets",
        "after hold",
        {f"{LAB}/2/value": "600", f"{LAB}/3/value": "25000", f"{LAB}/5/value": "50000"},
        cleared="cll-resume-counts",
    ),
    case(
        "hold-for-platelets-not-enough",
        "after hold",
        {f"{LAB}/2/value": "600", f"{LAB}/3/value": "25000", f"{LAB}/5/value": "49999"},
        RESUME,
    ),
    case(
        "hold-for-platelets-neutrophils-not-enough",
        "after hold",
        {f"{LAB}/2/value": "600", f"{LAB}/3/value": "25000", f"{LAB}/4/value": "499"},
        RESUME,
    ),
    case("no-hold", "after hold", {HOLDS: 0, f"{LAB}/4/value": "499"}, na="cll-resume-counts"),
    case(
        "no-count-met-the-limit",
        "after hold",
        {f"{LAB}/2/value": "250", f"{LAB}/4/value": "499"},
        na="cll-resume-counts",
    ),
    case(
        "no-platelets-met-the-limit",
        "after hold",
        {f"{LAB}/2/value": "250", f"{LAB}/3/value": "25001", f"{LAB}/5/value": "49999"},
        na="cll-resume-counts",
    ),
    case(
        "the-limit-was-met-before-the-last-dose",
        "after hold",
        {f"{LAB}/2/collected_on": "2025-05-27", f"{LAB}/4/value": "499"},
        na="cll-resume-counts",
    ),
    case("still-at-the-limit", "after hold", {f"{LAB}/4/value": "249"}, HOLD | RESUME),
    case(
        "first-at-the-limit-today",
        "after hold",
        {f"{LAB}/2/value": "600", f"{LAB}/4/value": "249"},
        HOLD | RESUME,
    ),
    case("holds-gone", "after hold", {HOLDS: GONE}, NO_HOLDS),
    case("second-hold-at-30", "after hold", {HOLDS: 2}, {"cll-hold-counts": VW}, cleared="cll-resume-counts"),
    case("second-hold-at-10", "after hold", {HOLDS: 2, **tens()}, cleared="cll-resume-counts"),
    case("third-hold", "after hold", {HOLDS: 3}, HOLD, cleared="cll-resume-counts"),
]

LOW = {"cll-low-baseline": VB}
LOW_BASELINE = [
    # labs: 0 and 1 are the baseline (200 and 20,000), 2 and 3 the newest (101 and 10,001)
    *(
        case(f"neutrophils-{value}", "low baseline", {f"{LAB}/2/value": value}, LOW, says=value)
        for value in ("100", "99", "0")
    ),
    *(
        case(f"neutrophils-{value}", "low baseline", {f"{LAB}/2/value": value})
        for value in ("101", "249", "2000")
    ),
    *(
        case(f"platelets-{value}", "low baseline", {f"{LAB}/3/value": value}, LOW)
        for value in ("10000", "9999")
    ),
    *(case(f"platelets-{value}", "low baseline", {f"{LAB}/3/value": value}) for value in ("10001", "25000")),
    case("odd-baseline-half", "low baseline", {f"{LAB}/0/value": "201", f"{LAB}/2/value": "100.5"}, LOW),
    case(
        "odd-baseline-more-than-half",
        "low baseline",
        {f"{LAB}/0/value": "201", f"{LAB}/2/value": "100.6"},
    ),
    case("baseline-250-half", "low baseline", {f"{LAB}/0/value": "250", f"{LAB}/2/value": "125"}, LOW),
    case("baseline-250-more-than-half", "low baseline", {f"{LAB}/0/value": "250", f"{LAB}/2/value": "126"}),
    case("baseline-251", "low baseline", {f"{LAB}/0/value": "251", f"{LAB}/2/value": "249"}, HOLD),
    case("baseline-251-at-250", "low baseline", {f"{LAB}/0/value": "251", f"{LAB}/2/value": "250"}),
    case(
        "baseline-251-less-than-half",
        "low baseline",
        {f"{LAB}/0/value": "251", f"{LAB}/2/value": "100"},
        HOLD,
    ),
    case("baseline-25000-half", "low baseline", {f"{LAB}/1/value": "25000", f"{LAB}/3/value": "12500"}, LOW),
    case(
        "baseline-25000-more-than-half",
        "low baseline",
        {f"{LAB}/1/value": "25000", f"{LAB}/3/value": "12501"},
    ),
    case("baseline-25001", "low baseline", {f"{LAB}/1/value": "25001", f"{LAB}/3/value": "12501"}, HOLD),
    case(
        "only-platelets-low-before", "low baseline", {f"{LAB}/0/value": "2100", f"{LAB}/2/value": "249"}, HOLD
    ),
    case(
        "only-platelets-low-before-silent",
        "low baseline",
        {f"{LAB}/0/value": "2100", f"{LAB}/2/value": "250"},
    ),
    case(
        "the-newest-before-the-first-dose-counts",
        "low baseline",
        {f"{LAB}/-": count("neutrophils", "2000", "2025-05-10"), f"{LAB}/2/value": "100"},
        LOW,
    ),
    case(
        "on-the-day-of-the-first-dose",
        "low baseline",
        {f"{LAB}/-": count("neutrophils", "180", "2025-05-12"), f"{LAB}/2/value": "91"},
    ),
    case(
        "after-the-first-dose-is-no-baseline",
        "low baseline",
        {f"{LAB}/-": count("neutrophils", "180", "2025-05-13"), f"{LAB}/2/value": "91"},
        LOW,
    ),
    case(
        "of-an-earlier-treatment",
        "low baseline",
        {
            "/patient/prior_infusions/-": {
                "product": "Campath",
                "date": "2024-05-13",
                "dose_mg": "3",
                "course": 9,
                "reaction_grade": 0,
            },
            f"{LAB}/-": counts("2024-05-12", "2000", "118000"),
        },
        HOLD,
    ),
    case("resume-skips-a-low-baseline", "low baseline", {HOLDS: 1}, cleared="cll-hold-counts"),
]

OLD = {"cll-cbc-weekly": VW}
WEEKLY = [
    case("7-days", "first", {f"{LAB}/*/collected_on": "2025-05-26"}),
    case("8-days", "first", {f"{LAB}/*/collected_on": "2025-05-25"}, OLD),
    case("neutrophils-8-days", "first", {f"{LAB}/0/collected_on": "2025-05-25"}, OLD),
    case("platelets-8-days", "first", {f"{LAB}/1/collected_on": "2025-05-25"}, OLD),
    # a complete blood count holds the lymphocytes too (contract, section 2)
    case("lymphocytes-8-days", "first", {f"{LAB}/2/collected_on": "2025-05-25"}, OLD),
    case("lymphocytes-7-days", "first", {f"{LAB}/2/collected_on": "2025-05-26"}),
    case("lymphocytes-lacking", "first", {f"{LAB}/2": GONE}, OLD),
    case(
        "first-infusion-only",
        "maintenance",
        {f"{LAB}/2/collected_on": "2025-05-26", f"{LAB}/3/collected_on": "2025-05-26"},
    ),
    case("first-infusion-8-days", "maintenance", {f"{LAB}/2/collected_on": "2025-05-25"}, OLD),
    case(
        "first-infusion-held",
        "maintenance",
        {f"{LAB}/2/collected_on": "2025-05-28", "/infusions/0/status": "held"},
    ),
    case(
        "first-infusion-held-8-days",
        "maintenance",
        {f"{LAB}/2/collected_on": "2025-05-27", "/infusions/0/status": "held"},
        OLD,
    ),
    case("newest-is-the-baseline", ONE, {f"{LAB}/2": GONE}, OLD),
    case("an-older-one-beside-it", "first", {f"{LAB}/-": count("platelets", "100000", "2025-01-01")}),
]


@pytest.mark.parametrize("one", [*HOLD_COUNTS, *RESUME_COUNTS, *LOW_BASELINE, *WEEKLY])
def test_blood_counts(verifier: Verifier, one: Case) -> None:
    check(verifier, one)


UNKNOWN_COUNTS = {
    "labs-gone": ({LAB: GONE}, {"cll-hold-counts": NB, "cll-cbc-weekly": NW}),
    "no-neutrophils": ({f"{LAB}/2": GONE, f"{LAB}/0": GONE}, {"cll-hold-counts": NB}),
    "no-platelets": ({f"{LAB}/3": GONE, f"{LAB}/1": GONE}, {"cll-hold-counts": NB}),
    "value-gone": ({f"{LAB}/2/value": GONE}, {"cll-hold-counts": NB}),
    "unit-gone": ({f"{LAB}/2/unit": GONE}, {"cll-hold-counts": NB}),
    "unit-of-another-quantity": ({f"{LAB}/3/unit": "mg/dL"}, {"cll-hold-counts": NB}),
    "date-gone": ({f"{LAB}/2/collected_on": GONE}, {"cll-hold-counts": NB, "cll-cbc-weekly": NW}),
}


@pytest.mark.parametrize(("changes", "least"), UNKNOWN_COUNTS.values(), ids=UNKNOWN_COUNTS)
def test_a_count_that_is_not_known_is_never_taken_for_a_good_one(
    verifier: Verifier, changes: dict[str, Any], least: dict[str, str]
) -> None:
    order = campath(ONE)
    change(order, changes)
    found, verdict = judge(verifier, order)
    assert least.items() <= found.items(), f"found {found}"
    assert verdict["decision"] == "hold"


NO_BASELINE = {
    "baseline-gone": {f"{LAB}/0": GONE},
    "baseline-without-value": {f"{LAB}/0/value": GONE},
    "baseline-without-date": {f"{LAB}/0/collected_on": GONE},
    "baseline-after-the-first-dose": {f"{LAB}/0/collected_on": "2025-05-13"},
}


@pytest.mark.parametrize("changes", NO_BASELINE.values(), ids=NO_BASELINE)
def test_a_low_count_without_a_known_baseline_is_not_cleared(
    verifier: Verifier, changes: dict[str, Any]
) -> None:
    order = campath("low baseline")
    change(order, changes)
    found, verdict = judge(verifier, order)
    assert found.get("cll-low-baseline") == NB
    assert verdict["decision"] in ("hold", "reject")


def condition(kind: str | None = None, **more: Any) -> dict[str, Any]:
    entry = {"status": "active", **more} | ({} if kind is None else {"kind": kind})
    return {"/patient/conditions/-": {key: value for key, value in entry.items() if value is not None}}


CYTOPENIA, INFECTION = {"cll-autoimmune-cytopenia": VB}, {"cll-serious-infection": VB}
HIV = {"cll-hiv": VW}
CONDITIONS = [
    *(
        case(f"{kind}-active-{base}", base, condition(kind), CYTOPENIA)
        for kind in ("hemolytic-anemia", "immune-thrombocytopenia")
        for base in ("first", ONE)
    ),
    *(
        case(f"{code}-active", ONE, condition(icd10cm=code), CYTOPENIA)
        for code in ("D59.0", "D59.1", "D59.10", "D69.3")
    ),
    *(
        case(
            f"{kind}-resolved-since-{onset}", ONE, condition(kind, status="resolved", onset=onset), CYTOPENIA
        )
        for kind in ("hemolytic-anemia", "immune-thrombocytopenia")
        for onset in ("2025-05-12", "2025-05-20")
    ),
    *(
        case(f"{kind}-resolved-since-2025-05-11", ONE, condition(kind, status="resolved", onset="2025-05-11"))
        for kind in ("hemolytic-anemia", "immune-thrombocytopenia")
    ),
    case("active-long-before", ONE, condition("hemolytic-anemia", onset="2020-01-01"), CYTOPENIA),
    case(
        "resolved-onset-gone",
        ONE,
        condition("hemolytic-anemia", status="resolved"),
        {"cll-autoimmune-cytopenia": NB},
    ),
    case(
        "status-gone-onset-before",
        ONE,
        condition("hemolytic-anemia", status=None, onset="2025-05-11"),
        {"cll-autoimmune-cytopenia": NB},
    ),
    case(
        "status-gone-onset-since",
        ONE,
        condition("hemolytic-anemia", status=None, onset="2025-05-12"),
        {"cll-autoimmune-cytopenia": NB},
    ),
    case(
        "resolved-before-any-dose",
        "first",
        condition("hemolytic-anemia", status="resolved", onset="2025-06-01"),
    ),
    *(
        case(f"{kind}-active", base, condition(kind), INFECTION)
        for kind in ("infection", "tuberculosis")
        for base in ("first", "maintenance")
    ),
    *(
        case(f"{code}-active", "first", condition(icd10cm=code), INFECTION)
        for code in ("J18.9", "A15.0", "N39.0")
    ),
    *(
        case(f"{kind}-resolved", "first", condition(kind, status="resolved"))
        for kind in ("infection", "tuberculosis")
    ),
    case(
        "infection-status-gone", "first", condition("infection", status=None), {"cll-serious-infection": NB}
    ),
    case("hiv-active", "first", condition("hiv"), HIV),
    *(case(f"{code}-active", "first", condition(icd10cm=code), HIV) for code in ("B20", "Z21")),
    case("hiv-test-positive", "first", {"/patient/screening/hiv/result": "positive"}, HIV),
    case(
        "hiv-test-positive-after-the-day",
        "first",
        {"/patient/screening/hiv": {"result": "positive", "date": "2025-07-01"}},
        HIV,
    ),
    case("hiv-result-gone", "first", {"/patient/screening/hiv/result": GONE}, {"cll-hiv": NW}),
    case("hiv-test-gone", "first", {"/patient/screening/hiv": GONE}, {"cll-hiv": NW}),
    case("screening-gone", "first", {"/patient/screening": GONE}, {"cll-hiv": NW}),
    *(
        case(f"{kind}-is-of-no-rule", "first", condition(kind))
        for kind in (
            "autoimmune",
            "thyroid",
            "stroke",
            "coagulopathy",
            "renal",
            "malignancy",
            "ttp",
            "hlh",
            "suspected-pml",
            "acquired-hemophilia-a",
            "other",
        )
    ),
    case(
        "not-classified-resolved",
        "first",
        {"/patient/conditions/-": {"status": "resolved", "onset": "2020-01-01"}},
        {"cll-hiv": NW},
    ),
]

LIVE = {"cll-live-vaccine": VB}


def vaccine(cvx: str | None, day: str | None, status: str = "completed") -> dict[str, Any]:
    entry = {"cvx": cvx, "date": day, "status": status}
    return {"/patient/immunizations/-": {key: value for key, value in entry.items() if value is not None}}


VACCINES = [
    *(
        case(f"{cvx}-on-the-first-dose", ONE, vaccine(cvx, "2025-05-12"), LIVE)
        for cvx in ("03", "21", "37", "19", "25", "111", "02", "121")
    ),
    *(
        case(f"{cvx}-the-day-before", ONE, vaccine(cvx, "2025-05-11"))
        for cvx in ("03", "21", "37", "19", "25")
    ),
    case("planned", ONE, vaccine("03", "2025-09-01", "planned"), LIVE),
    case("planned-long-after", ONE, vaccine("37", "2030-01-01", "planned"), LIVE),
    *(
        case(f"{cvx}-is-not-live", ONE, vaccine(cvx, "2025-05-20"))
        for cvx in ("10", "150", "187", "206", "115")
    ),
    case("on-the-first-dose-of-the-order", "first", vaccine("03", DAY_1), LIVE),
    case("before-the-first-dose-of-the-order", "first", vaccine("03", "2025-06-01")),
    case("date-gone", ONE, vaccine("03", None), {"cll-live-vaccine": NB}),
    case("not-live-date-gone", ONE, vaccine("10", None)),
    case("not-classified", ONE, vaccine("998", "2025-05-12"), {"cll-live-vaccine": NB}),
    case("not-classified-before", ONE, vaccine("998", "2025-05-11")),
    case("gone", ONE, {"/patient/immunizations": GONE}, {"cll-live-vaccine": NB}),
]

NOT_ALONE = {"cll-single-agent": VW}


def drug(name: str | None = None, **more: str) -> dict[str, Any]:
    return {"/patient/medications/-": ({} if name is None else {"name": name}) | more}


DRUGS = [
    *(
        case(name, "first", drug(name), NOT_ALONE)
        for name in (
            "fludarabine",
            "chlorambucil",
            "rituximab",
            "Imbruvica",
            "cyclophosphamide",
            "lenalidomide",
        )
    ),
    case("by-rxcui", "first", drug(rxcui="3002"), NOT_ALONE),
    case("by-atc", "first", drug(atc="L01BB05"), NOT_ALONE),
    case("by-beginning-of-atc", "first", drug(atc="L01EX99"), NOT_ALONE),
    *(
        case(f"{name}-is-none", "first", drug(name))
        for name in ("azathioprine", "prednisone", "metformin", "vitalixir", "alemtuzumab")
    ),
    case("atc-of-immunosuppressants", "first", drug(atc="L04AX01")),
    case("on-the-skin", "first", drug("fluorouracil, topical")),
    case("ends-the-day-before", "maintenance", drug("fludarabine", end="2025-06-01")),
    case("ends-on-day-1", "maintenance", drug("fludarabine", end=DAY_1), NOT_ALONE),
    case("starts-on-the-last-day", "maintenance", drug("fludarabine", start="2025-06-06"), NOT_ALONE),
    case("starts-the-day-after", "maintenance", drug("fludarabine", start="2025-06-07")),
    case("neither-name-nor-code", "first", drug(), {"cll-single-agent": NW}),
    case("ended-without-name", "first", drug(end="2025-06-01"), {"cll-single-agent": NW}),
    case("gone", "first", {"/patient/medications": GONE}, {"cll-single-agent": NW}),
]

SIX_MONTHS = {"cll-contraception": VI}
UNTIL = "/patient/contraception_until"
CONTRACEPTION = [
    case("six-months", "first of a woman", {UNTIL: "2025-12-02"}, cleared="cll-contraception"),
    case("a-day-less", "first of a woman", {UNTIL: "2025-12-01"}, SIX_MONTHS),
    case("not-known", "first of a woman", {UNTIL: GONE}, {"cll-contraception": NI}),
    case(
        "of-unstated-sex",
        "first",
        {"/patient/sex": "unknown"},
        {"cll-contraception": NI},
        missing={"cll-contraception": UNTIL},
    ),
    case("sex-gone", "first", {"/patient/sex": GONE}, {"cll-contraception": NI}),
    case("of-another-sex", "first of a woman", {"/patient/sex": "other", UNTIL: "2025-12-01"}, SIX_MONTHS),
    case(
        "of-a-man", "first of a woman", {"/patient/sex": "male", UNTIL: "2025-06-01"}, na="cll-contraception"
    ),
]


@pytest.mark.parametrize("one", [*CONDITIONS, *VACCINES, *DRUGS, *CONTRACEPTION])
def test_patient(verifier: Verifier, one: Case) -> None:
    check(verifier, one)


def test_an_active_condition_that_is_not_classified_clears_no_rule_on_active_conditions(
    verifier: Verifier,
) -> None:
    order = campath("first")
    change(order, {"/patient/conditions/-": {"status": "active"}})
    found, verdict = judge(verifier, order)
    assert {"cll-autoimmune-cytopenia": NB, "cll-serious-infection": NB}.items() <= found.items()
    assert verdict["decision"] == "hold"


def test_conditions_that_are_not_known_clear_no_rule(verifier: Verifier) -> None:
    order = campath("first")
    change(order, {"/patient/conditions": GONE})
    found, _ = judge(verifier, order)
    assert {"cll-autoimmune-cytopenia": NB, "cll-serious-infection": NB}.items() <= found.items()


@pytest.mark.parametrize(("until", "findings"), [("2026-03-01", {}), ("2026-02-28", SIX_MONTHS)])
def test_six_months_from_a_day_that_the_month_lacks_end_on_the_first_of_the_next(
    verifier: Verifier, until: str, findings: dict[str, str]
) -> None:
    order = all_moved(campath("first of a woman"), date(2025, 8, 31) - date.fromisoformat(DAY_1))
    order["patient"]["contraception_until"] = until
    assert judge(verifier, order)[0] == findings
