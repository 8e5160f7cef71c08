"""Single changes to infusion, bag, premedication and prophylaxis of Campath (catalogue 2)."""

from datetime import date
from typing import Any

import pytest

from orderguard import Verifier
from support.campath import DAY_1, campath, case, check, count, dose, infusion, premedication
from support.dates import all_moved
from support.single_changes import GONE, NB, NBO, NW, VB, VBO, VW, Case, change, judge

ONE, BAG = "/infusions/0", "/infusions/0/preparation"
SHORT = {"cll-infusion-2h": VB}

DURATIONS = [
    *(
        case(f"{minutes}-minutes", "first", {f"{ONE}/duration_minutes": minutes}, SHORT, says=minutes)
        for minutes in ("119", "119.999999", "0")
    ),
    *(
        case(f"{minutes}-minutes", "first", {f"{ONE}/duration_minutes": minutes})
        for minutes in (120, "121", 360)
    ),
    case(
        "second-of-three-too-short", "maintenance", {"/infusions/1/duration_minutes": 119}, SHORT, says="119"
    ),
    case(
        "duration-gone",
        "first",
        {f"{ONE}/duration_minutes": GONE},
        {"cll-infusion-2h": NB, "cll-bag-8h": NW},
    ),
    case(
        "rate-50-without-a-duration",
        "first",
        {f"{ONE}/duration_minutes": GONE, f"{ONE}/rate_ml_per_hour": 50},
    ),
    case(
        "rate-50.000001-without-a-duration",
        "first",
        {f"{ONE}/duration_minutes": GONE, f"{ONE}/rate_ml_per_hour": "50.000001"},
        SHORT,
    ),
    case("rate-50-beside-the-duration", "first", {f"{ONE}/rate_ml_per_hour": 50}),
    case(
        "the-shorter-is-the-rate",
        "first",
        {f"{ONE}/duration_minutes": 180, f"{ONE}/rate_ml_per_hour": "50.1"},
        SHORT,
    ),
    case(
        "the-shorter-is-the-duration",
        "first",
        {f"{ONE}/duration_minutes": 119, f"{ONE}/rate_ml_per_hour": 25},
        SHORT,
    ),
    case(
        "rate-of-the-final-volume",
        "first",
        {f"{ONE}/rate_ml_per_hour": "50.5", f"{BAG}/final_volume_ml": "101"},
    ),
    case("rate-of-the-bag", "first", {f"{ONE}/rate_ml_per_hour": "50.5"}, SHORT),
    case(
        "rate-without-a-volume",
        "first",
        {f"{ONE}/rate_ml_per_hour": "50", f"{BAG}/diluent_volume_ml": GONE},
        {"cll-infusion-2h": NB, "cll-diluent": NB},
    ),
    case(
        "rate-without-a-volume-too-short-anyhow",
        "first",
        {f"{ONE}/duration_minutes": 119, f"{ONE}/rate_ml_per_hour": 50, f"{BAG}/diluent_volume_ml": GONE},
        SHORT | {"cll-diluent": NB},
    ),
    case(
        "held-and-too-short",
        "maintenance",
        {"/infusions/2/status": "held", "/infusions/2/duration_minutes": 60},
    ),
]

ROUTE = {"cll-route-iv": VB}
ROUTES = [
    *(
        case(route, "first", {f"{ONE}/route": route}, ROUTE)
        for route in ("intravenous-push", "intravenous-bolus", "intramuscular", "intrathecal", "other")
    ),
    case("subcutaneous", "first", {f"{ONE}/route": "subcutaneous"}, {"cll-route-iv": VBO}),
    case("route-gone", "first", {f"{ONE}/route": GONE}, {"cll-route-iv": NB}),
    case("one-push-of-three", "maintenance", {"/infusions/2/route": "intravenous-push"}, ROUTE),
    case(
        "one-under-the-skin-one-not-known",
        "maintenance",
        {"/infusions/0/route": "subcutaneous", "/infusions/1/route": GONE},
        # both levels block; of one severity the violated one speaks
        {"cll-route-iv": VBO},
        breaks={"cll-route-iv": (0,)},
    ),
]

DILUENT = {"cll-diluent": VB}
DILUENTS = [
    case("dextrose-5", "first", {f"{BAG}/diluent": "dextrose-5"}),
    *(
        case(f"diluent-{diluent}", "first", {f"{BAG}/diluent": diluent}, DILUENT)
        for diluent in (
            "dextrose-5-sodium-chloride-0.45",
            "dextrose-5-sodium-chloride-0.9",
            "sodium-chloride-0.45",
            "lactated-ringer",
            "sterile-water",
            "none",
            "other",
        )
    ),
    case("diluent-gone", "first", {f"{BAG}/diluent": GONE}, {"cll-diluent": NB}),
    *(
        case(f"bag-{ml}", "first", {f"{BAG}/diluent_volume_ml": ml}, DILUENT, says=ml)
        for ml in ("50", "99", "99.999999", "100.000001", "101", "250")
    ),
    case("bag-0", "first", {f"{BAG}/diluent_volume_ml": "0"}, DILUENT),
    case("bag-100.0", "first", {f"{BAG}/diluent_volume_ml": "100.0"}),
    case("bag-gone", "first", {f"{BAG}/diluent_volume_ml": GONE}, {"cll-diluent": NB}),
    *(
        case(f"final-{ml}", "first", {f"{BAG}/final_volume_ml": ml})
        for ml in ("100", "100.1", "101", "101.2")
    ),
    *(
        case(f"final-{ml}", "first", {f"{BAG}/final_volume_ml": ml}, DILUENT, says=ml)
        for ml in ("99.999999", "101.200001", "250")
    ),
    case(
        "wrong-diluent-in-the-second",
        "maintenance",
        {"/infusions/1/preparation/diluent": "sterile-water"},
        DILUENT,
    ),
    case(
        "preparation-gone",
        "first",
        {BAG: GONE},
        {"cll-diluent": NB, "cll-volume": NB, "cll-bag-8h": NB},
    ),
]

VOLUME = {"cll-volume": VB}
VOLUMES = [
    *(
        case(f"{base}-{ml}-ml", base, {f"{BAG}/drug_volume_ml": ml})
        for base, volumes in {
            "first": ("0.1", "0.10", "0.099", "0.101"),
            "to 10": ("0.33", "0.330", "0.333333", "0.336666"),
            "to 30": ("1", "0.99", "1.01"),
        }.items()
        for ml in volumes
    ),
    *(
        case(f"{base}-{ml}-ml", base, {f"{BAG}/drug_volume_ml": ml}, VOLUME, says=ml)
        for base, volumes in {
            "first": ("0.098999", "0.101001", "0.09", "1", "0"),
            "to 10": ("0.329999", "0.336667", "0.34", "0.3", "1"),
            "to 30": ("0.989999", "1.010001", "3"),
        }.items()
        for ml in volumes
    ),
    case("volume-gone", "first", {f"{BAG}/drug_volume_ml": GONE}, {"cll-volume": NB}),
    case(
        "one-of-three", "maintenance", {"/infusions/2/preparation/drug_volume_ml": "1.2"}, VOLUME, says="1.2"
    ),
]


def prepared(clock: str, day: str = DAY_1) -> dict[str, str]:
    return {f"{BAG}/prepared_at": f"{day}T{clock}:00-04:00"}


LATE_START, LATE_END = {"cll-bag-8h": VB}, {"cll-bag-8h": VW}
BAGS = [
    case("ends-after-8-hours-to-the-minute", "first", prepared("04:00")),
    case("ends-a-minute-after-8-hours", "first", prepared("03:59"), LATE_END),
    case("a-minute-longer", "first", {**prepared("04:00"), f"{ONE}/duration_minutes": 121}, LATE_END),
    case("starts-after-8-hours-to-the-minute", "first", prepared("02:00"), LATE_END),
    case("starts-a-minute-after-8-hours", "first", prepared("01:59"), LATE_START),
    case("prepared-the-evening-before", "first", prepared("23:00", "2025-06-01"), LATE_START),
    case("prepared-at-the-start", "first", prepared("10:00")),
    case("prepared-after-the-start", "first", prepared("10:01"), LATE_START),
    case("in-another-offset", "first", {f"{BAG}/prepared_at": "2025-06-02T08:00:00Z"}),
    case("preparation-time-gone", "first", {f"{BAG}/prepared_at": GONE}, {"cll-bag-8h": NB}),
    case(
        "late-start-whatever-the-duration",
        "first",
        {**prepared("01:59"), f"{ONE}/duration_minutes": GONE},
        LATE_START | {"cll-infusion-2h": NB},
    ),
    case(
        "one-late-end-one-not-known",
        "maintenance",
        {**prepared("03:59"), "/infusions/1/preparation/prepared_at": GONE},
        {"cll-bag-8h": NB},
    ),
]

FIRST, OTHER = {"cll-premed": VBO}, {"cll-premed": VW}
DPH, APAP = "/premedications/0", "/premedications/1"


def at(index: int, clock: str, day: str = DAY_1) -> dict[str, str]:
    return {f"/premedications/{index}/scheduled_at": f"{day}T{clock}:00-04:00"}


PREMEDICATION = [
    *(
        case(f"diphenhydramine-{mg}", "first", {f"{DPH}/dose_mg": mg}, FIRST)
        for mg in ("49", "49.999999", "25", "0")
    ),
    *(case(f"diphenhydramine-{mg}", "first", {f"{DPH}/dose_mg": mg}) for mg in ("50", "50.0", "100")),
    *(
        case(f"acetaminophen-{mg}", "first", {f"{APAP}/dose_mg": mg}, FIRST)
        for mg in ("499", "499.999999", "1000.000001", "1001", "0")
    ),
    *(
        case(f"acetaminophen-{mg}", "first", {f"{APAP}/dose_mg": mg})
        for mg in ("500", "500.000001", "1000", "1000.0")
    ),
    *(
        case(f"{drug}-at-{clock}", "first", at(index, clock), FIRST)
        for index, drug in enumerate(("diphenhydramine", "acetaminophen"))
        for clock in ("09:31", "10:00", "10:30")
    ),
    *(
        case(f"{drug}-at-{clock}", "first", at(index, clock))
        for index, drug in enumerate(("diphenhydramine", "acetaminophen"))
        for clock in ("09:30", "09:00", "00:15")
    ),
    case("diphenhydramine-on-the-evening-before", "first", at(0, "23:45", "2025-06-01"), FIRST),
    case(
        "29-minutes-across-midnight",
        "first",
        {
            f"{ONE}/scheduled_start": f"{DAY_1}T00:20:00-04:00",
            **prepared("00:00"),
            **at(0, "23:45", "2025-06-01"),
            **at(1, "23:45", "2025-06-01"),
        },
        FIRST,
    ),
    case("in-another-offset", "first", {f"{DPH}/scheduled_at": "2025-06-02T13:30:00Z"}),
    *(case(f"{pointer}-gone", "first", {pointer: GONE}, FIRST) for pointer in (DPH, APAP)),
    case("empty", "first", {"/premedications": []}, FIRST),
    case("gone", "first", {"/premedications": GONE}, {"cll-premed": NBO}),
    *(
        case(f"{pointer}-{key}-gone", "first", {f"{pointer}/{key}": GONE}, {"cll-premed": NBO})
        for pointer in (DPH, APAP)
        for key in ("dose_mg", "scheduled_at")
    ),
    *(
        case(
            f"{pointer}-neither-name-nor-code",
            "first",
            {f"{pointer}/name": GONE, f"{pointer}/rxcui": GONE},
            {"cll-premed": NBO},
        )
        for pointer in (DPH, APAP)
    ),
    *(
        case(f"{pointer}-by-{kept}-only", "first", {f"{pointer}/{gone}": GONE})
        for pointer in (DPH, APAP)
        for kept, gone in (("name", "rxcui"), ("rxcui", "name"))
    ),
    case("another-antihistamine", "first", {DPH: dose("cetirizine", DAY_1, "50")}, FIRST),
    case("another-antipyretic", "first", {APAP: dose("ibuprofen", DAY_1, "600")}, FIRST),
    case(
        "a-smaller-dose-beside-the-right-one",
        "first",
        {"/premedications/-": dose("diphenhydramine", DAY_1, "25", "12:30")},
    ),
    # each step up, and the restart
    *(
        case(f"{base}-without-acetaminophen", base, {APAP: GONE}, FIRST)
        for base in ("to 10", "to 30", "restart")
    ),
    *(case(f"{base}-too-late", base, at(0, "09:31"), FIRST) for base in ("to 10", "to 30", "restart")),
    *(
        case(f"{base}-list-gone", base, {"/premedications": GONE}, {"cll-premed": NBO})
        for base in ("to 10", "restart")
    ),
    # other days
    *(
        case(f"maintenance-without-{pointer}", "maintenance", {pointer: GONE}, OTHER)
        for pointer in (DPH, APAP, "/premedications/3", "/premedications/5")
    ),
    case("maintenance-without-any", "maintenance", {"/premedications": []}, OTHER),
    case("maintenance-gone", "maintenance", {"/premedications": GONE}, {"cll-premed": NW}),
    case("maintenance-diphenhydramine-49", "maintenance", {f"{DPH}/dose_mg": "49"}, OTHER),
    case("maintenance-acetaminophen-499", "maintenance", {f"{APAP}/dose_mg": "499"}, OTHER),
    case("maintenance-acetaminophen-1001", "maintenance", {f"{APAP}/dose_mg": "1001"}, OTHER),
    case("maintenance-too-late", "maintenance", at(0, "09:31"), OTHER),
    case("maintenance-dose-gone", "maintenance", {f"{DPH}/dose_mg": GONE}, {"cll-premed": NW}),
    case("resumed-at-the-same-dose", "after hold", {DPH: GONE}, OTHER),
    case(
        "the-same-step-again",
        "to 10",
        {f"{ONE}/dose_mg": "3", f"{BAG}/drug_volume_ml": "0.1", DPH: GONE},
        OTHER,
    ),
    case("a-step-down", "to 30", {f"{ONE}/dose_mg": "3", f"{BAG}/drug_volume_ml": "0.1", DPH: GONE}, OTHER),
    case(
        "up-again-after-a-step-down",
        "one of maintenance",
        {"/patient/prior_infusions/8/dose_mg": "10", DPH: GONE},
        FIRST,
    ),
    case(
        "second-of-the-order-is-no-step-up",
        "to 30",
        {"/infusions/-": infusion("2025-06-04", "30")},
        OTHER,
    ),
    case(
        "second-of-the-order-is-a-step-up",
        "to 10",
        {"/infusions/-": infusion("2025-06-04", "30")},
        FIRST | {"cll-escalation-order": NW, "cll-repeat-step": NB},
        missing={"cll-escalation-order": "/infusions", "cll-repeat-step": "/infusions"},
    ),
    case("of-a-held-infusion", "maintenance", {"/infusions/2/status": "held", "/premedications/5": GONE}),
]

PJP, HERPES = "/prophylaxis/0", "/prophylaxis/1"
NO_PJP, NO_HERPES = {"cll-pjp-prophylaxis": VB}, {"cll-herpes-prophylaxis": VB}
ALL_UNKNOWN = {"cll-pjp-prophylaxis": NB, "cll-herpes-prophylaxis": NB, "cll-prophylaxis-duration": NBO}
SULFA = {"/patient/allergies": [{"substance": "sulfamethoxazole"}]}


def given(name: str, route: str = "oral", **more: Any) -> dict[str, Any]:
    return {"name": name, "route": route, "start": DAY_1, **more}


PROPHYLAXIS = [
    case("no-pjp", "first", {PJP: GONE}, NO_PJP),
    case("no-herpes", "first", {HERPES: GONE}, NO_HERPES),
    case("none", "first", {"/prophylaxis": []}, NO_PJP | NO_HERPES),
    case("none-in-maintenance", "maintenance", {"/prophylaxis": []}, NO_PJP | NO_HERPES),
    case("gone", "first", {"/prophylaxis": GONE}, ALL_UNKNOWN),
    case("without-name-or-code", "first", {"/prophylaxis/-": {"route": "oral", "start": DAY_1}}, ALL_UNKNOWN),
    *(
        case(f"{pointer}-starts-{day}", "first", {f"{pointer}/start": day})
        for pointer in (PJP, HERPES)
        for day in (DAY_1, "2025-06-01", "2025-03-01")
    ),
    case("pjp-a-day-late", "first", {f"{PJP}/start": "2025-06-03"}, NO_PJP),
    case("herpes-a-day-late", "first", {f"{HERPES}/start": "2025-06-03"}, NO_HERPES),
    case("pjp-start-gone", "first", {f"{PJP}/start": GONE}, {"cll-pjp-prophylaxis": NB}),
    case("herpes-start-gone", "first", {f"{HERPES}/start": GONE}, {"cll-herpes-prophylaxis": NB}),
    *(
        case(f"{pointer}-{key}-gone", "first", {f"{pointer}/{key}": GONE})
        for pointer in (PJP, HERPES)
        for key in ("dose_mg", "frequency_per_day")
    ),
    case(
        "pjp-of-400-mg-once-a-week", "first", {PJP: given("co-trimoxazole", dose_mg="480", days_per_week=1)}
    ),
    *(
        case(f"{drug}-and-an-allergy", "first", {PJP: given(drug, route), **SULFA})
        for drug, route in (("dapsone", "oral"), ("atovaquone", "oral"), ("pentamidine", "inhaled"))
    ),
    *(
        case(f"{drug}-without-an-allergy", "first", {PJP: given(drug, route)}, {"cll-pjp-prophylaxis": VW})
        for drug, route in (("dapsone", "oral"), ("atovaquone", "oral"), ("pentamidine", "inhaled"))
    ),
    case(
        "dapsone-and-another-allergy",
        "first",
        {PJP: given("dapsone"), "/patient/allergies": [{"substance": "penicillin"}]},
        {"cll-pjp-prophylaxis": VW},
    ),
    case(
        "dapsone-and-allergies-not-known",
        "first",
        {PJP: given("dapsone"), "/patient/allergies": GONE},
        {"cll-pjp-prophylaxis": NW},
    ),
    case(
        "dapsone-and-an-allergy-without-name",
        "first",
        {PJP: given("dapsone"), "/patient/allergies": [{}]},
        {"cll-pjp-prophylaxis": NW},
    ),
    case("dapsone-a-day-late", "first", {PJP: given("dapsone") | {"start": "2025-06-03"}, **SULFA}, NO_PJP),
    case("both", "first", {"/prophylaxis/-": given("dapsone")}, {"cll-pjp-prophylaxis": VW}),
    case("sulfonamide-in-spite-of-an-allergy", "first", SULFA),
    case("allergies-not-known-but-not-asked", "first", {"/patient/allergies": GONE}),
    case("another-antibiotic", "first", {PJP: given("amoxicillin")}, NO_PJP),
    *(case(drug, "first", {HERPES: given(drug)}) for drug in ("acyclovir", "valacyclovir", "famciclovir")),
    *(
        case(drug, "first", {HERPES: given(drug)}, {"cll-herpes-prophylaxis": VW})
        for drug in ("ganciclovir", "valganciclovir")
    ),
    case("acyclovir-into-a-vein", "first", {HERPES: given("acyclovir", "intravenous")}),
    *(
        case(f"{drug}-{route}", "first", {HERPES: given(drug, route)}, NO_HERPES)
        for drug, route in (
            ("acyclovir", "topical"),
            ("acyclovir", "ophthalmic"),
            ("penciclovir", "topical"),
            ("oseltamivir", "oral"),
            ("letermovir", "oral"),
            ("tenofovir", "oral"),
        )
    ),
    case(
        "herpes-route-gone",
        "first",
        {f"{HERPES}/route": GONE},
        {"cll-herpes-prophylaxis": NB, "cll-prophylaxis-duration": NBO},
    ),
]

TOO_SOON = {"cll-prophylaxis-duration": VBO}


def cd4(value: str, day: str = DAY_1, unit: str = "/uL") -> dict[str, Any]:
    return {"/patient/labs/-": count("cd4", value, day) | {"unit": unit}}


ENDS = [
    *(
        case(f"{pointer}-2-months-and-200", "first", {f"{pointer}/end": "2025-08-02", **cd4("200")})
        for pointer in (PJP, HERPES)
    ),
    *(
        case(f"{pointer}-a-day-less", "first", {f"{pointer}/end": "2025-08-01", **cd4("200")}, TOO_SOON)
        for pointer in (PJP, HERPES)
    ),
    *(
        case(f"{pointer}-{value}", "first", {f"{pointer}/end": "2025-12-31", **cd4(value)}, TOO_SOON)
        for pointer in (PJP, HERPES)
        for value in ("199", "199.999999", "0")
    ),
    *(
        case(f"{pointer}-no-cd4", "first", {f"{pointer}/end": "2025-12-31"}, TOO_SOON)
        for pointer in (PJP, HERPES)
    ),
    case(
        "both-end-in-time", "first", {f"{PJP}/end": "2025-08-02", f"{HERPES}/end": "2025-09-01", **cd4("201")}
    ),
    case(
        "one-in-time-one-not",
        "first",
        {f"{PJP}/end": "2025-08-02", f"{HERPES}/end": "2025-08-01", **cd4("201")},
        TOO_SOON,
    ),
    case("open-ended-and-199", "first", cd4("199")),
    case("cd4-in-thousands", "first", {f"{PJP}/end": "2025-08-02", **cd4("0.2", unit="10*3/uL")}),
    case(
        "cd4-in-thousands-too-low",
        "first",
        {f"{PJP}/end": "2025-08-02", **cd4("0.199", unit="10*9/L")},
        TOO_SOON,
    ),
    case("cd4-long-ago", "first", {f"{PJP}/end": "2025-08-02", **cd4("200", "2024-01-01")}),
    case(
        "cd4-after-the-infusion-only",
        "first",
        {f"{PJP}/end": "2025-08-02", **cd4("500", "2025-06-03")},
        TOO_SOON,
    ),
    case(
        "newest-cd4-counts",
        "first",
        {
            f"{PJP}/end": "2025-08-02",
            "/patient/labs/-": [count("cd4", "500", "2025-05-01"), count("cd4", "199", "2025-06-01")],
        },
        TOO_SOON,
    ),
    case(
        "both-results-of-the-newest-day-count",
        "first",
        {
            f"{PJP}/end": "2025-08-02",
            "/patient/labs/-": [count("cd4", "500", DAY_1), count("cd4", "199", DAY_1)],
        },
        TOO_SOON,
    ),
    case(
        "unit-of-cd4-not-known",
        "first",
        {f"{PJP}/end": "2025-08-02", **cd4("200", unit="mg/dL")},
        {"cll-prophylaxis-duration": NBO},
    ),
    case("counted-from-the-last-infusion", "maintenance", {f"{PJP}/end": "2025-08-06", **cd4("200")}),
    case(
        "counted-from-the-last-infusion-a-day-less",
        "maintenance",
        {f"{PJP}/end": "2025-08-05", **cd4("200")},
        TOO_SOON,
    ),
    case(
        "a-held-infusion-is-not-the-last",
        "maintenance",
        {f"{PJP}/end": "2025-08-04", "/infusions/2/status": "held", **cd4("200")},
    ),
]


@pytest.mark.parametrize("one", [*DURATIONS, *ROUTES, *DILUENTS, *VOLUMES, *BAGS])
def test_infusion_and_bag(verifier: Verifier, one: Case) -> None:
    check(verifier, one)


@pytest.mark.parametrize("one", PREMEDICATION)
def test_premedication(verifier: Verifier, one: Case) -> None:
    check(verifier, one)


@pytest.mark.parametrize("one", [*PROPHYLAXIS, *ENDS])
def test_prophylaxis(verifier: Verifier, one: Case) -> None:
    check(verifier, one)


MONTH_ENDS = {
    "rolls-forward": ("2025-12-31", "2026-03-01", {}),
    "is-not-clamped": ("2025-12-31", "2026-02-28", TOO_SOON),
    "leap-year": ("2023-12-31", "2024-03-01", {}),
    "leap-year-not-clamped": ("2023-12-31", "2024-02-29", TOO_SOON),
    "leap-year-with-the-day": ("2023-12-29", "2024-02-29", {}),
    "months-of-31-days": ("2025-07-31", "2025-09-30", TOO_SOON),
}


@pytest.mark.parametrize(("day", "end", "findings"), MONTH_ENDS.values(), ids=MONTH_ENDS)
def test_two_months_from_a_day_that_the_month_lacks_end_on_the_first_of_the_next(
    verifier: Verifier, day: str, end: str, findings: dict[str, str]
) -> None:
    order = all_moved(campath("first"), date.fromisoformat(day) - date.fromisoformat(DAY_1))
    change(order, {f"{PJP}/end": end, **cd4("300", day)})
    assert judge(verifier, order)[0] == findings


def test_each_day_of_maintenance_may_have_its_own_defect(verifier: Verifier) -> None:
    order = campath("maintenance")
    change(order, {"/premedications/5/dose_mg": "1001", "/premedications/2/dose_mg": "25"})
    _, verdict = judge(verifier, order)
    (finding,) = verdict["findings"]
    assert (finding["rule"], finding["severity"]) == ("cll-premed", "warn")
    for number in ("2", "3"):
        assert number in finding["message"]
    assert premedication(DAY_1)[0] == order["premedications"][0]
