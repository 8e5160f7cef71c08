"""Single changes to dose, preparation and infusion (catalogue 1.2, and the doses of 1.1)."""

import io
from typing import Any

import pytest

from orderguard import Verifier
from support.single_changes import GONE, NB, NBO, NW, VB, VBO, VW, Case, at, case, check, starting

SECOND = "/infusions/1"
BAG = f"{SECOND}/preparation"
ALL = "/infusions/*"

DOSES = [
    *(
        case(f"dose-{mg}", 1, {f"{SECOND}/dose_mg": mg}, {"dose-12mg": VB}, says=mg)
        for mg in ("11.9", "11.999999", "12.000001", "12.5", "30", "0")
    ),
    case("dose-12.0", 1, {f"{SECOND}/dose_mg": "12.0"}),
    case("dose-as-number", 1, {f"{SECOND}/dose_mg": 12.0}),
    case("dose-gone", 1, {f"{SECOND}/dose_mg": GONE}, {"dose-12mg": NB}),
    case("dose-null", 1, {f"{SECOND}/dose_mg": None}, {"dose-12mg": NB}),
    case(
        "dose-wrong-in-two", 1, {f"{SECOND}/dose_mg": "11", "/infusions/3/dose_mg": "13"}, {"dose-12mg": VB}
    ),
    case("dose-wrong-in-all", 1, {f"{ALL}/dose_mg": "30"}, {"dose-12mg": VB}, says="30"),
    case(
        "dose-wrong-in-one-unknown-in-another",
        1,
        {f"{SECOND}/dose_mg": "11", "/infusions/3/dose_mg": GONE},
        {"dose-12mg": VB},
        breaks={"infusion-min-4h": (1,), "dose-12mg": (1,)},
    ),
    case("dose-11.9-course-2", 2, {f"{SECOND}/dose_mg": "11.9"}, {"dose-12mg": VB}, says="11.9"),
    case("dose-gone-course-2", 2, {f"{ALL}/dose_mg": GONE}, {"dose-12mg": NB}),
    *(
        case(f"volume-{ml}", 1, {f"{BAG}/drug_volume_ml": ml}, {"dose-volume-1-2ml": VB}, says=ml)
        for ml in ("1.199999", "1.200001", "1.25", "12")
    ),
    case("volume-1.20", 1, {f"{BAG}/drug_volume_ml": "1.20"}),
    case("volume-gone", 1, {f"{BAG}/drug_volume_ml": GONE}, {"dose-volume-1-2ml": NB}),
    case("no-vial", 1, {f"{BAG}/vials": 0}, {"one-vial-per-dose": VW}, says="0"),
    case("two-vials", 1, {f"{BAG}/vials": 2}, {"one-vial-per-dose": VW}, says="2"),
    case("vials-gone", 1, {f"{BAG}/vials": GONE}, {"one-vial-per-dose": NW}),
]

DILUTION = [
    case("dextrose-5", 1, {f"{BAG}/diluent": "dextrose-5"}),
    *(
        case(f"diluent-{name}", 1, {f"{BAG}/diluent": name}, {"diluent-allowed": VB})
        for name in (
            "dextrose-5-sodium-chloride-0.45",
            "dextrose-5-sodium-chloride-0.9",
            "sodium-chloride-0.45",
            "lactated-ringer",
            "sterile-water",
            "other",
        )
    ),
    case("diluent-gone", 1, {f"{BAG}/diluent": GONE}, {"diluent-allowed": NB, "must-dilute": NB}),
    case(
        "undiluted-one",
        1,
        {f"{BAG}/diluent": "none"},
        {"must-dilute": VB},
        cleared="diluent-allowed bag-volume-100ml",
    ),
    case(
        "undiluted-all",
        1,
        {f"{ALL}/preparation/diluent": "none"},
        {"must-dilute": VB},
        na="diluent-allowed bag-volume-100ml",
    ),
    case(
        "undiluted-without-volume",
        1,
        {f"{ALL}/preparation/diluent": "none", f"{ALL}/preparation/diluent_volume_ml": GONE},
        {"must-dilute": VB},
        na="diluent-allowed bag-volume-100ml",
    ),
    case(
        "volume-0-one",
        1,
        {f"{BAG}/diluent_volume_ml": "0"},
        {"must-dilute": VB},
        cleared="diluent-allowed bag-volume-100ml",
    ),
    case(
        "volume-0-all",
        1,
        {f"{ALL}/preparation/diluent_volume_ml": 0},
        {"must-dilute": VB},
        na="diluent-allowed bag-volume-100ml",
    ),
    case(
        "volume-0-in-a-diluent-not-allowed",
        1,
        {f"{BAG}/diluent_volume_ml": 0, f"{BAG}/diluent": "lactated-ringer"},
        {"must-dilute": VB},
    ),
    case(
        "undiluted-one-wrong-diluent-in-another",
        1,
        {f"{BAG}/diluent": "none", "/infusions/2/preparation/diluent": "sterile-water"},
        {"must-dilute": VB, "diluent-allowed": VB},
        breaks={"must-dilute": (1,), "diluent-allowed": (2,)},
    ),
    case("dextrose-in-all", 2, {f"{ALL}/preparation/diluent": "dextrose-5"}),
    *(
        case(f"bag-{ml}", 1, {f"{BAG}/diluent_volume_ml": ml}, {"bag-volume-100ml": VB}, says=ml)
        for ml in ("50", "99", "99.999999", "100.000001", "101", "101.2", "250")
    ),
    case("bag-100.0", 1, {f"{BAG}/diluent_volume_ml": "100.0"}),
    case("bag-gone", 1, {f"{BAG}/diluent_volume_ml": GONE}, {"bag-volume-100ml": NB, "must-dilute": NB}),
    *(
        case(f"final-{ml}", 1, {f"{BAG}/final_volume_ml": ml}, {"bag-volume-100ml": VB}, says=ml)
        for ml in ("99.999999", "101.200001", "250")
    ),
    case(
        "final-101.2-and-no-other", 1, {f"{BAG}/final_volume_ml": "101.2", f"{BAG}/diluent_volume_ml": GONE}
    ),
    case("final-0", 1, {f"{BAG}/final_volume_ml": 0}, {"must-dilute": VB}),
    case("final-100", 1, {f"{BAG}/final_volume_ml": "100"}),
    case("final-101.2", 1, {f"{BAG}/final_volume_ml": "101.2"}),
    case(
        "final-right-but-bag-99",
        1,
        {f"{BAG}/final_volume_ml": "100.2", f"{BAG}/diluent_volume_ml": "99"},
        {"bag-volume-100ml": VB},
    ),
    case(
        "preparation-gone",
        1,
        {BAG: GONE},
        {
            "dose-volume-1-2ml": NB,
            "diluent-allowed": NB,
            "must-dilute": NB,
            "bag-volume-100ml": NB,
            "bag-start-8h": NB,
            "vial-storage": NB,
            "no-mix": NB,
            "one-vial-per-dose": NW,
            "bag-end-8h": NW,
            "bag-temperature": NW,
        },
    ),
    case("additive", 1, {f"{BAG}/additives": ["ondansetron"]}, {"no-mix": VB}),
    case("additives-gone", 1, {f"{BAG}/additives": GONE}, {"no-mix": NB}),
]

ROUTES = [
    *(
        case(f"route-{name}", 1, {f"{SECOND}/route": name}, {"route-iv-infusion": VB})
        for name in (
            "intravenous-push",
            "intravenous-bolus",
            "subcutaneous",
            "intramuscular",
            "intrathecal",
            "other",
        )
    ),
    case("route-wrong-in-all-course-2", 2, {f"{ALL}/route": "intravenous-push"}, {"route-iv-infusion": VB}),
    case("route-gone", 1, {f"{SECOND}/route": GONE}, {"route-iv-infusion": NB}),
]

UNKNOWN_DURATION = {"infusion-min-4h": NB, "infusion-long": NW, "bag-end-8h": NW}
BY_RATE: dict[str, Any] = {f"{ALL}/duration_minutes": GONE}
TOO_FAST = {"infusion-min-4h": VB, "infusion-rate-derived": VB}

DURATIONS = [
    *(
        case(
            f"minutes-{minutes}",
            1,
            {f"{SECOND}/duration_minutes": minutes},
            {"infusion-min-4h": VB},
            says=minutes,
        )
        for minutes in ("239", "239.999999", "120", "0")
    ),
    case("minutes-240.0", 1, {f"{SECOND}/duration_minutes": "240.0"}, na="infusion-rate-derived"),
    case("minutes-241", 1, {f"{SECOND}/duration_minutes": 241}),
    case("minutes-239-course-2", 2, {f"{ALL}/duration_minutes": 239}, {"infusion-min-4h": VB}, says="239"),
    case(
        "minutes-gone", 1, {f"{SECOND}/duration_minutes": GONE}, UNKNOWN_DURATION, na="infusion-rate-derived"
    ),
    case("minutes-gone-in-all", 2, BY_RATE, UNKNOWN_DURATION, na="infusion-rate-derived"),
    case(
        "minutes-239-in-one-unknown-in-another",
        1,
        {f"{SECOND}/duration_minutes": 239, "/infusions/2/duration_minutes": GONE},
        {"infusion-min-4h": VB, "infusion-long": NW, "bag-end-8h": NW},
        breaks={"infusion-min-4h": (1,), "dose-12mg": (1,)},
    ),
    case(
        "given-infusion-was-too-fast",
        1,
        {"/infusions/0/status": "given", "/infusions/0/duration_minutes": 239},
        {"infusion-min-4h": VB},
    ),
    # by rate
    case("rate-25-of-100", 1, {**BY_RATE, f"{ALL}/rate_ml_per_hour": 25}, cleared="infusion-rate-derived"),
    case("rate-in-one", 1, {f"{SECOND}/rate_ml_per_hour": "25"}, cleared="infusion-rate-derived"),
    case("rate-25.000001-of-100", 1, {**BY_RATE, f"{ALL}/rate_ml_per_hour": "25.000001"}, TOO_FAST),
    case("rate-25.3-of-100", 1, {**BY_RATE, f"{ALL}/rate_ml_per_hour": "25.3"}, TOO_FAST, says="237.15"),
    case(
        "rate-25.3-of-101.2",
        1,
        {**BY_RATE, f"{ALL}/rate_ml_per_hour": "25.3", f"{ALL}/preparation/final_volume_ml": "101.2"},
        cleared="infusion-rate-derived infusion-min-4h",
    ),
    case(
        "rate-25.300001-of-101.2",
        1,
        {**BY_RATE, f"{ALL}/rate_ml_per_hour": "25.300001", f"{ALL}/preparation/final_volume_ml": "101.2"},
        TOO_FAST,
    ),
    case(
        "rate-only-and-no-volume",
        1,
        {
            f"{SECOND}/duration_minutes": GONE,
            f"{SECOND}/rate_ml_per_hour": 25,
            f"{BAG}/diluent_volume_ml": GONE,
        },
        UNKNOWN_DURATION | {"infusion-rate-derived": NB, "bag-volume-100ml": NB, "must-dilute": NB},
    ),
    case(
        "rate-beside-duration-and-no-volume",
        1,
        {f"{SECOND}/rate_ml_per_hour": 25, f"{BAG}/diluent_volume_ml": GONE},
        {"infusion-rate-derived": NB, "bag-volume-100ml": NB, "must-dilute": NB},
    ),
    case(
        "rate-25.2-beside-240",
        1,
        {f"{SECOND}/rate_ml_per_hour": "25.2"},
        {"infusion-rate-derived": VB},
        says="238.09",
    ),
    case("rate-24.752476-beside-240", 1, {f"{SECOND}/rate_ml_per_hour": "24.752476"}),
    case(
        "rate-24.752475-beside-240",
        1,
        {f"{SECOND}/rate_ml_per_hour": "24.752475"},
        {"infusion-rate-derived": VB},
    ),
    case(
        "rate-24-beside-251",
        1,
        {f"{SECOND}/rate_ml_per_hour": 24, f"{SECOND}/duration_minutes": 251},
        cleared="infusion-rate-derived",
    ),
    case(
        "rate-24-beside-247.5",
        1,
        {f"{SECOND}/rate_ml_per_hour": 24, f"{SECOND}/duration_minutes": "247.5"},
        {"infusion-rate-derived": VB},
    ),
    case(
        "rate-25-beside-239",
        1,
        {f"{SECOND}/rate_ml_per_hour": 25, f"{SECOND}/duration_minutes": 239},
        {"infusion-min-4h": VB},
        cleared="infusion-rate-derived",
    ),
    case(
        "rate-30-beside-200",
        1,
        {f"{SECOND}/rate_ml_per_hour": 30, f"{SECOND}/duration_minutes": 200},
        TOO_FAST,
        says="200",
    ),
    case(
        "rate-0",
        1,
        {f"{SECOND}/rate_ml_per_hour": 0, f"{SECOND}/duration_minutes": GONE},
        UNKNOWN_DURATION | {"infusion-rate-derived": NB},
        missing={"infusion-rate-derived": f"{SECOND}/rate_ml_per_hour"},
    ),
    # long
    case(
        "minutes-480-started-at-once",
        1,
        {f"{SECOND}/duration_minutes": 480, f"{BAG}/prepared_at": "2025-06-03T09:00:00-04:00"},
    ),
    case(
        "minutes-480.000001",
        1,
        {f"{SECOND}/duration_minutes": "480.000001", f"{BAG}/prepared_at": "2025-06-03T09:00:00-04:00"},
        {"infusion-long": VW, "bag-end-8h": VW},
        says="480.000001",
    ),
    case("minutes-480", 1, {f"{SECOND}/duration_minutes": 480}, {"bag-end-8h": VW}),
    case(
        "rate-12.5",
        1,
        {
            f"{SECOND}/duration_minutes": GONE,
            f"{SECOND}/rate_ml_per_hour": "12.5",
            f"{BAG}/prepared_at": "2025-06-03T09:00:00-04:00",
        },
    ),
    case(
        "rate-12.499999-cut-up",
        1,
        {
            f"{SECOND}/duration_minutes": GONE,
            f"{SECOND}/rate_ml_per_hour": "12.499999",
            f"{BAG}/prepared_at": "2025-06-03T09:00:00-04:00",
        },
        {"infusion-long": VW, "bag-end-8h": VW},
        says="480.000039",
    ),
]

BAGS = [
    case("prepared-8h-before", 1, {f"{BAG}/prepared_at": "2025-06-03T01:00:00-04:00"}, {"bag-end-8h": VW}),
    case(
        "prepared-8h-and-1s-before",
        1,
        {f"{BAG}/prepared_at": "2025-06-03T00:59:59-04:00"},
        {"bag-start-8h": VB, "bag-end-8h": VW},
    ),
    case(
        "prepared-8h-and-1min-before",
        2,
        {f"{BAG}/prepared_at": "2026-06-09T00:59:00-04:00"},
        {"bag-start-8h": VB, "bag-end-8h": VW},
        says="481",
    ),
    case("prepared-at-start", 1, {f"{BAG}/prepared_at": "2025-06-03T09:00:00-04:00"}),
    case(
        "prepared-after-start", 1, {f"{BAG}/prepared_at": "2025-06-03T09:00:01-04:00"}, {"bag-start-8h": VB}
    ),
    case("prepared-in-another-offset", 1, {f"{BAG}/prepared_at": "2025-06-03T13:00:00+02:00"}),
    case("prepared-gone", 1, {f"{BAG}/prepared_at": GONE}, {"bag-start-8h": NB, "bag-end-8h": NW}),
    case("bag-done-after-8h", 1, {f"{BAG}/prepared_at": "2025-06-03T05:00:00-04:00"}),
    case(
        "bag-done-after-8h-and-1s", 1, {f"{BAG}/prepared_at": "2025-06-03T04:59:59-04:00"}, {"bag-end-8h": VW}
    ),
    case(
        "clock-goes-back-9h-though-the-clock-shows-8h",
        starting(1, "2025-11-02"),
        {
            "/infusions/0/preparation/prepared_at": "2025-11-02T00:30:00-04:00",
            "/infusions/0/scheduled_start": "2025-11-02T08:30:00-05:00",
        },
        {"bag-start-8h": VB, "bag-end-8h": VW},
    ),
    case(
        "clock-goes-forward-8h-though-the-clock-shows-9h",
        starting(1, "2025-03-09"),
        {
            "/infusions/0/preparation/prepared_at": "2025-03-09T00:30:00-05:00",
            "/infusions/0/scheduled_start": "2025-03-09T09:30:00-04:00",
        },
        {"bag-end-8h": VW},
    ),
    case("bag-refrigerated", 1, {f"{BAG}/storage": "refrigerated"}),
    *(
        case(f"bag-{words}", 1, {f"{BAG}/storage": words}, {"bag-temperature": VW})
        for words in ("frozen", "other")
    ),
    case("bag-storage-gone", 1, {f"{BAG}/storage": GONE}, {"bag-temperature": NW}),
    case("bag-in-light", 1, {f"{BAG}/protected_from_light": False}, {"bag-temperature": VW}),
    case("bag-light-gone", 1, {f"{BAG}/protected_from_light": GONE}, {"bag-temperature": NW}),
    case(
        "bag-in-light-storage-gone",
        1,
        {f"{BAG}/protected_from_light": False, f"{BAG}/storage": GONE},
        {"bag-temperature": VW},
    ),
    case("vial-frozen", 1, {f"{BAG}/vial_storage": "frozen"}, {"vial-storage": VB}),
    case("vial-room-temperature", 1, {f"{BAG}/vial_storage": "room-temperature"}, {"vial-storage": VW}),
    case("vial-other", 1, {f"{BAG}/vial_storage": "other"}, {"vial-storage": VW}),
    case("vial-storage-gone", 1, {f"{BAG}/vial_storage": GONE}, {"vial-storage": NB}),
    case("vial-expires-that-day", 1, {f"{BAG}/vial_expires_on": "2025-06-03"}),
    case("vial-expired-the-day-before", 1, {f"{BAG}/vial_expires_on": "2025-06-02"}, {"vial-storage": VB}),
    case("vial-expiry-gone", 1, {f"{BAG}/vial_expires_on": GONE}, {"vial-storage": NB}),
    case(
        "vial-warm-and-expiry-gone",
        1,
        {f"{BAG}/vial_storage": "room-temperature", f"{BAG}/vial_expires_on": GONE},
        {"vial-storage": NB},
        missing={"vial-storage": f"{BAG}/vial_expires_on"},
    ),
    case(
        "vial-warm-and-expired",
        1,
        {f"{BAG}/vial_storage": "room-temperature", f"{BAG}/vial_expires_on": "2025-06-02"},
        {"vial-storage": VB},
    ),
    case(
        "vial-expires-on-the-local-date",
        1,
        {**at(4, "2025-06-06", "21:00", "19:00"), "/infusions/4/preparation/vial_expires_on": "2025-06-06"},
    ),
]

PLACE = [
    case("not-equipped", 1, {"/facility/resuscitation_capable": False}, {"setting-equipped": VB}),
    case("equipped-gone", 1, {"/facility/resuscitation_capable": GONE}, {"setting-equipped": NB}),
    case("facility-gone", 1, {"/facility": GONE}, {"setting-equipped": NB}),
    case("setting-facility", 1, {"/facility/setting": "facility"}),
    case("setting-home", 1, {"/facility/setting": "home"}, {"setting-equipped": VB}),
    case(
        "setting-home-equipped-gone",
        2,
        {"/facility": {"setting": "home"}},
        {"setting-equipped": VB},
    ),
    case("observed-119", 1, {f"{SECOND}/observation_minutes": 119}, {"observe-2h": VBO}, says="119"),
    case("observed-119.999999", 1, {f"{SECOND}/observation_minutes": "119.999999"}, {"observe-2h": VBO}),
    case("observed-121", 1, {f"{SECOND}/observation_minutes": 121}),
    case("observed-119-in-all", 2, {f"{ALL}/observation_minutes": 119}, {"observe-2h": VBO}),
    case("observation-gone", 1, {f"{SECOND}/observation_minutes": GONE}, {"observe-2h": NBO}),
    case("no-vital-signs", 1, {f"{SECOND}/vital_signs_ordered": False}, {"vitals-order": VW}),
    case("vital-signs-gone", 1, {f"{SECOND}/vital_signs_ordered": GONE}, {"vitals-order": NW}),
    case(
        "held-infusion-is-not-judged",
        1,
        {
            "/infusions/4/status": "held",
            "/infusions/4/dose_mg": "30",
            "/infusions/4/route": "other",
            "/infusions/4/duration_minutes": GONE,
            "/infusions/4/preparation": GONE,
        },
        {"course-1-five-days": VBO, "course-interrupted": VW},
    ),
]

CASES = [*DOSES, *DILUTION, *ROUTES, *DURATIONS, *BAGS, *PLACE]


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(log=io.StringIO())


@pytest.mark.parametrize("one", CASES)
def test_a_single_change(verifier: Verifier, one: Case) -> None:
    check(verifier, one)
