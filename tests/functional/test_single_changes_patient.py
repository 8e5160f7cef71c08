"""Single changes to the patient: infection, vaccines, conditions, drugs, pregnancy (catalogue 1.4, 1.5)."""

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
    case,
    check,
    ending,
    starting,
    words,
)

SCREENING = "/patient/screening"
TB, HIV, HPV = f"{SCREENING}/tuberculosis", f"{SCREENING}/hiv", f"{SCREENING}/hpv"

ALLERGIES = [
    *(
        case(f"allergy-{name}", 1, {"/patient/allergies": [{"substance": name}]}, {"ci-hypersensitivity": VB})
        for name in (
            "alemtuzumab",
            "Lemtrada",
            "Campath",
            "polysorbate 80",
            " Polysorbate 80 ",
            "edetate",
            "EDTA",
        )
    ),
    case("allergy-code", 1, {"/patient/allergies": [{"rxcui": "117055"}]}, {"ci-hypersensitivity": VB}),
    case(
        "allergy-to-something-else",
        1,
        {"/patient/allergies": [{"substance": "penicillin"}, {"substance": "zzz"}]},
    ),
    case(
        "allergy-second-of-two",
        1,
        {"/patient/allergies": [{"substance": "zzz"}, {"substance": "EDTA"}]},
        {"ci-hypersensitivity": VB},
    ),
    case("allergy-without-substance", 1, {"/patient/allergies": [{}]}, {"ci-hypersensitivity": NB}),
    case(
        "allergy-known-beside-one-unknown",
        1,
        {"/patient/allergies": [{}, {"substance": "EDTA"}]},
        {"ci-hypersensitivity": VB},
    ),
    case("allergies-gone", 1, {"/patient/allergies": GONE}, {"ci-hypersensitivity": NB}),
    case("allergies-gone-course-2", 2, {"/patient/allergies": GONE}, {"ci-hypersensitivity": NB}),
]

SCREENS = [
    case("hiv-positive", 1, {f"{HIV}/result": "positive"}, {"ci-hiv": VB}),
    case(
        "hiv-positive-after-day-1",
        1,
        {HIV: {"result": "positive", "date": "2025-06-03"}},
        {"ci-hiv": VB, "hiv-test-on-file": VW},
    ),
    case("hiv-positive-date-gone", 1, {HIV: {"result": "positive"}}, {"ci-hiv": VB, "hiv-test-on-file": NW}),
    case("hiv-negative-after-day-1", 1, {f"{HIV}/date": "2025-06-03"}, {"hiv-test-on-file": VW}),
    case("hiv-date-gone", 1, {f"{HIV}/date": GONE}, {"hiv-test-on-file": NW}),
    case("hiv-gone", 1, {HIV: GONE}, {"ci-hiv": NB, "hiv-test-on-file": NW}),
    case("hiv-tested-on-day-1", 1, {f"{HIV}/date": "2025-06-02"}),
    case("tuberculosis-12-months", 1, {f"{TB}/date": "2024-06-02"}),
    case("tuberculosis-12-months-and-a-day", 1, {f"{TB}/date": "2024-06-01"}, {"tb-screen": VBO}),
    case("tuberculosis-12-months-course-2", 2, {f"{TB}/date": "2025-06-08"}),
    case("tuberculosis-12-months-and-a-day-course-2", 2, {f"{TB}/date": "2025-06-07"}, {"tb-screen": VBO}),
    case("tuberculosis-29-feb-to-1-mar", starting(1, "2025-03-01"), {f"{TB}/date": "2024-02-29"}),
    case(
        "tuberculosis-29-feb-to-2-mar",
        starting(1, "2025-03-02"),
        {f"{TB}/date": "2024-02-29"},
        {"tb-screen": VBO},
    ),
    case("tuberculosis-on-day-1", 1, {f"{TB}/date": "2025-06-02"}),
    case("tuberculosis-date-gone", 1, {f"{TB}/date": GONE}, {"tb-screen": NBO}),
    case(
        "tuberculosis-result-gone", 1, {f"{TB}/result": GONE}, {"tb-screen": NBO, "tb-active-untreated": NB}
    ),
    case("tuberculosis-gone", 1, {TB: GONE}, {"tb-screen": NBO, "tb-active-untreated": NB}),
    case("tuberculosis-after-day-1", 1, {f"{TB}/date": "2025-06-03"}, {"tb-screen": VBO}),
    case(
        "tuberculosis-active-though-treated",
        1,
        {f"{TB}/result": "active", f"{TB}/treatment": "completed"},
        {"tb-active-untreated": VB},
    ),
    case("tuberculosis-active", 1, {f"{TB}/result": "active"}, {"tb-active-untreated": VB}),
    case(
        "tuberculosis-latent-untreated",
        1,
        {f"{TB}/result": "latent", f"{TB}/treatment": "none"},
        {"tb-active-untreated": VBO},
    ),
    *(
        case(f"tuberculosis-latent-{words}", 1, {f"{TB}/result": "latent", f"{TB}/treatment": words})
        for words in ("started", "completed")
    ),
    case(
        "tuberculosis-latent-treatment-gone",
        1,
        {f"{TB}/result": "latent"},
        {"tb-active-untreated": NBO},
        missing={"tb-active-untreated": f"{TB}/treatment"},
    ),
    case(
        "varicella-non-immune",
        1,
        {f"{SCREENING}/varicella_zoster/result": "non-immune"},
        {"vzv-immunity": VW},
    ),
    case(
        "varicella-immune-after-day-1",
        1,
        {f"{SCREENING}/varicella_zoster/date": "2025-06-03"},
        {"vzv-immunity": VBO},
    ),
    case("varicella-date-gone", 1, {f"{SCREENING}/varicella_zoster/date": GONE}),
    case("varicella-result-gone", 1, {f"{SCREENING}/varicella_zoster/result": GONE}, {"vzv-immunity": NBO}),
    case("varicella-gone", 1, {f"{SCREENING}/varicella_zoster": GONE}, {"vzv-immunity": NBO}),
    *(
        row
        for name in ("hepatitis_b", "hepatitis_c")
        for row in (
            case(f"{name}-positive", 1, {f"{SCREENING}/{name}/result": "positive"}, {"hbv-hcv": VW}),
            case(f"{name}-result-gone", 1, {f"{SCREENING}/{name}/result": GONE}, {"hbv-hcv": NW}),
            case(f"{name}-gone", 1, {f"{SCREENING}/{name}": GONE}, {"hbv-hcv": NW}),
        )
    ),
    case(
        "hepatitis-b-positive-c-gone",
        1,
        {f"{SCREENING}/hepatitis_b/result": "positive", f"{SCREENING}/hepatitis_c": GONE},
        {"hbv-hcv": VW},
    ),
    case("hpv-12-months", 1, {f"{HPV}/date": "2024-06-02"}),
    case("hpv-12-months-and-a-day", 1, {f"{HPV}/date": "2024-06-01"}, {"hpv-screen": VI}),
    case("hpv-date-gone", 1, {f"{HPV}/date": GONE}, {"hpv-screen": NI}),
    case("hpv-after-day-1", 1, {f"{HPV}/date": "2025-06-03"}, {"hpv-screen": VI}),
    case("hpv-gone", 1, {HPV: GONE}, {"hpv-screen": NI}),
    case("household-oral-polio", 1, {"/patient/household_oral_polio": True}, {"opv-household": VI}),
    case("household-gone", 1, {"/patient/household_oral_polio": GONE}, {"opv-household": NI}),
    case(
        "listeria-not-counselled",
        1,
        {"/patient/counselling": ["medication-guide"]},
        {"listeria-counselling": VI},
    ),
    case("nothing-counselled", 1, {"/patient/counselling": []}, {"listeria-counselling": VI}),
    case("counselling-gone", 1, {"/patient/counselling": GONE}, {"listeria-counselling": NI}),
    case(
        "screening-gone",
        1,
        {SCREENING: GONE},
        {
            "ci-hiv": NB,
            "hiv-test-on-file": NW,
            "tb-screen": NBO,
            "tb-active-untreated": NB,
            "vzv-immunity": NBO,
            "hbv-hcv": NW,
            "hpv-screen": NI,
            "baseline-skin-exam": NW,
        },
    ),
]


def vaccine(cvx: str | None, day: str | None, **more: Any) -> dict[str, Any]:
    given = {"cvx": cvx, "date": day, "status": "completed"} | more
    return {"/patient/immunizations": [{key: value for key, value in given.items() if value is not None}]}


TIER_1 = words("05 04 03 94 07 38 06 116 119 74 122 21 121 204 56 317 80 63 78 169")
TIER_2 = words("143 54 55 82 19 174 111 149 125 151 02 178 179 182 75 105 25 37 183 184")
WARNED = words("26 88 89 91 188 214")
NOT_LIVE = words("10 172 173 41 53 101 190 187 206")
LIVE_EARLY = {"vaccine-live-6wk": VB}
NOT_CLASSIFIED = {"vaccine-live-6wk": NB, "vaccine-other-6wk": NW, "vaccine-live-after": NB}
DAY_42, DAY_41, DAY_1 = "2025-04-21", "2025-04-22", "2025-06-02"

VACCINES = [
    *(
        row
        for codes, before, after in (
            (TIER_1, LIVE_EARLY, {"vaccine-live-after": VB}),
            (TIER_2, LIVE_EARLY, {"vaccine-live-after": VBO}),
            (WARNED, {"vaccine-live-6wk": VW}, {"vaccine-live-after": VW}),
            (NOT_LIVE, {"vaccine-other-6wk": VW}, {}),
        )
        for code in codes
        for row in (
            case(f"cvx-{code}-41-days", 1, vaccine(code, DAY_41), before, says="41"),
            case(f"cvx-{code}-on-day-1", 1, vaccine(code, DAY_1, status="planned"), after),
        )
    ),
    *(case(f"cvx-{code}-42-days", 1, vaccine(code, DAY_42)) for code in ("03", "37", "88", "187", "206")),
    case("cvx-without-zero", 1, vaccine("3", DAY_41), LIVE_EARLY),
    case("planned-before-day-1", 1, vaccine("03", "2025-06-01", status="planned"), LIVE_EARLY, says="1"),
    case("live-years-later", 1, vaccine("03", "2035-06-01", status="planned"), {"vaccine-live-after": VB}),
    case(
        "live-41-days-course-2",
        2,
        vaccine("94", "2026-04-28"),
        {"vaccine-live-6wk": VB, "vaccine-live-after": VB},
    ),
    case("live-between-the-courses", 2, vaccine("94", "2025-08-01"), {"vaccine-live-after": VB}),
    case(
        "live-on-the-first-day-of-an-earlier-course",
        2,
        vaccine("94", "2025-06-02"),
        {"vaccine-live-after": VB},
    ),
    case("live-the-day-before-an-earlier-course", 2, vaccine("94", "2025-06-01")),
    case("live-tier-2-between-the-courses", 2, vaccine("37", "2025-08-01"), {"vaccine-live-after": VBO}),
    case("not-live-between-the-courses", 2, vaccine("187", "2025-08-01")),
    *(
        case(f"vaccine-named-{name}", 1, vaccine(None, DAY_41, name=name), LIVE_EARLY)
        for name in ("BCG", "yellow fever", " Yellow Fever ")
    ),
    case("live-date-gone", 1, vaccine("03", None), {"vaccine-live-6wk": NB, "vaccine-live-after": NB}),
    case(
        "live-tier-2-date-gone", 1, vaccine("37", None), {"vaccine-live-6wk": NB, "vaccine-live-after": NBO}
    ),
    case("unspecified-date-gone", 1, vaccine("88", None), {"vaccine-live-6wk": NW, "vaccine-live-after": NW}),
    case("not-live-date-gone", 1, vaccine("187", None), {"vaccine-other-6wk": NW}),
    case("not-classified-41-days", 1, vaccine("9999", DAY_41), NOT_CLASSIFIED),
    case("not-classified-42-days", 1, vaccine("9999", DAY_42)),
    case("not-classified-on-day-1", 1, vaccine("9999", DAY_1), NOT_CLASSIFIED),
    case("not-classified-date-gone", 1, vaccine("9999", None), NOT_CLASSIFIED),
    case("not-classified-by-name", 1, vaccine(None, DAY_41, name="zzz"), NOT_CLASSIFIED),
    case("not-classified-without-name-or-code", 1, vaccine(None, DAY_41), NOT_CLASSIFIED),
    case("not-classified-before-any-course", 2, vaccine("9999", "2025-06-01")),
    case("not-classified-after-an-earlier-course", 2, vaccine("9999", "2025-08-01"), NOT_CLASSIFIED),
    case(
        "live-beside-not-classified",
        1,
        {"/patient/immunizations": [{"cvx": "03", "date": DAY_41}, {"cvx": "9999", "date": DAY_41}]},
        {"vaccine-live-6wk": VB, "vaccine-other-6wk": NW, "vaccine-live-after": NB},
    ),
    case(
        "warned-beside-not-classified",
        1,
        {"/patient/immunizations": [{"cvx": "88", "date": DAY_41}, {"cvx": "9999", "date": DAY_41}]},
        NOT_CLASSIFIED,
    ),
    case("immunizations-gone", 1, {"/patient/immunizations": GONE}, NOT_CLASSIFIED),
    case("immunizations-gone-course-2", 2, {"/patient/immunizations": GONE}, NOT_CLASSIFIED),
    case("42-days-across-29-feb", starting(1, "2024-03-15"), vaccine("03", "2024-02-02")),
    case("41-days-across-29-feb", starting(1, "2024-03-15"), vaccine("03", "2024-02-03"), LIVE_EARLY),
]


def condition(**entry: str) -> dict[str, Any]:
    return {"/patient/conditions": [{"status": "active"} | entry]}


AUTOIMMUNE = {"autoimmune-history": VW}
TEN_KINDS = words(
    "immune-thrombocytopenia hemolytic-anemia anti-gbm-disease autoimmune-hepatitis hlh adult-onset-still ttp"
    " autoimmune-encephalitis acquired-hemophilia-a immune-colitis"
)
KINDS = {
    "infection": {"ci-active-infection": VB},
    "tuberculosis": {"tb-active-untreated": VB},
    "autoimmune": AUTOIMMUNE,
    "thyroid": {"thyroid-active": VW},
    "stroke": {"cv-cerebro-history": VW},
    "arterial-dissection": {"cv-cerebro-history": VW},
    "angina": {"cv-cerebro-history": VW},
    "myocardial-infarction": {"cv-cerebro-history": VW},
    "hypertension-uncontrolled": {"cv-cerebro-history": VW},
    "coagulopathy": {"coagulopathy-anticoagulant": VW},
    "renal": {"kidney-lung-liver": VW},
    "lung": {"kidney-lung-liver": VW},
    "hepatic": {"kidney-lung-liver": VW},
    "malignancy": {"malignancy": VW},
    "suspected-pml": {"pml-signs": VB},
    "hiv": {"ci-hiv": VB},
    "other": {},
} | dict.fromkeys(TEN_KINDS, AUTOIMMUNE)
CODES = {
    "ci-active-infection": "A00 A41.9 A81.0 B02.9 B99 J00 J18.9 J22 N10 N39.0 L03.115",
    "tb-active-untreated": "A15.0 A17 A19.9",
    "ci-hiv": "B20 Z21",
    "pml-signs": "A81.2",
    "autoimmune-history": "M05.9 M06.9 M06.1 M32.9 M35.9 K50.90 K51 L40.0 G61.0 G70.0 G70.00 E10.9 D68.311"
    " D69.3 D59.0 D59.1 D59.11 M31.1 M31.0 K75.4 D76.1 G04.81",
    "thyroid-active": "E00 E05.90 E07.9",
    "cv-cerebro-history": "I60.9 I63.9 I64 I77.71 I77.74 I67.0 I20.9 I21.4 I22 I25.2 I16.0",
    "coagulopathy-anticoagulant": "D65 D66 D68 D68.3 D68.312",
    "kidney-lung-liver": "N00.9 N08 N17.9 N19 J40 J45.909 J47 J60 J84.10 K70.3 K75.9 K77",
    "malignancy": "C00 C50.911 C91.10 C97",
}
BLOCKING = dict.fromkeys(("ci-active-infection", "tb-active-untreated", "ci-hiv", "pml-signs"), VB)
UNCLASSIFIED = {
    "ci-hiv": NB,
    "ci-active-infection": NB,
    "tb-active-untreated": NB,
    "pml-signs": NB,
    "autoimmune-history": NW,
    "thyroid-active": NW,
    "cv-cerebro-history": NW,
    "coagulopathy-anticoagulant": NW,
    "kidney-lung-liver": NW,
    "malignancy": NW,
}
SUSPECT = {"suspect-autoimmune-event": VB, "autoimmune-history": VW}
ITP = "immune-thrombocytopenia"

CONDITIONS = [
    *(case(f"active-{kind}", 1, condition(kind=kind), found) for kind, found in KINDS.items()),
    *(
        case(f"active-code-{code}", 1, condition(icd10cm=code), {rule: BLOCKING.get(rule, VW)})
        for rule, codes in CODES.items()
        for code in codes.split()
    ),
    case("active-code-of-the-indication", 1, condition(icd10cm="G35")),
    *(
        case(f"active-code-unclassified-{code}", 1, condition(icd10cm=code), UNCLASSIFIED)
        for code in (
            "E11.9",
            "I77.70",
            "I25.10",
            "J30.9",
            "J85",
            "K52.9",
            "D69.6",
            "G04.8",
            "M31.3",
            "N20.0",
            "I65.2",
        )
    ),
    case("active-name-only", 1, condition(name="something"), UNCLASSIFIED),
    case("active-without-anything-course-2", 2, condition(), UNCLASSIFIED | {"suspect-autoimmune-event": NB}),
    *(
        case(f"resolved-{kind}", 1, condition(kind=kind, status="resolved"))
        for kind in (
            "infection",
            "thyroid",
            "hypertension-uncontrolled",
            "suspected-pml",
            "tuberculosis",
            "other",
        )
    ),
    *(
        case(f"resolved-{kind}", 1, condition(kind=kind, status="resolved"), KINDS[kind])
        for kind in (
            "autoimmune",
            "stroke",
            "arterial-dissection",
            "angina",
            "myocardial-infarction",
            "malignancy",
            ITP,
            "acquired-hemophilia-a",
        )
    ),
    # its kind is not known: rules about conditions of any status cannot be cleared
    case(
        "resolved-unclassified",
        1,
        condition(icd10cm="E11.9", status="resolved"),
        {"ci-hiv": NB, "autoimmune-history": NW, "cv-cerebro-history": NW, "malignancy": NW},
    ),
    *(
        case(f"status-gone-{kind}", 1, {"/patient/conditions": [{"kind": kind}]}, found)
        for kind, found in (
            ("infection", {"ci-active-infection": NB}),
            ("suspected-pml", {"pml-signs": NB}),
            ("thyroid", {"thyroid-active": NW}),
            ("hypertension-uncontrolled", {"cv-cerebro-history": NW}),
            ("stroke", {"cv-cerebro-history": VW}),
            ("autoimmune", AUTOIMMUNE),
            ("malignancy", {"malignancy": VW}),
        )
    ),
    case(
        "infection-beside-an-unclassified",
        1,
        {
            "/patient/conditions": [
                {"kind": "infection", "status": "active"},
                {"icd10cm": "E11.9", "status": "active"},
            ]
        },
        UNCLASSIFIED | {"ci-active-infection": VB},
    ),
    case("conditions-gone", 1, {"/patient/conditions": GONE}, UNCLASSIFIED),
    case(
        "conditions-gone-course-2",
        2,
        {"/patient/conditions": GONE},
        UNCLASSIFIED | {"suspect-autoimmune-event": NB},
    ),
    *(
        case(f"since-course-1-active-{kind}", 2, condition(kind=kind, onset="2025-09-01"), SUSPECT)
        for kind in TEN_KINDS
    ),
    case("since-course-1-by-code", 2, condition(icd10cm="D69.3", onset="2025-09-01"), SUSPECT),
    case(
        "since-course-1-resolved",
        2,
        condition(kind=ITP, onset="2025-09-01", status="resolved"),
        SUSPECT | {"suspect-autoimmune-event": VW},
    ),
    case("onset-on-the-first-earlier-infusion", 2, condition(kind=ITP, onset="2025-06-02"), SUSPECT),
    case("onset-the-day-before", 2, condition(kind=ITP, onset="2025-06-01"), AUTOIMMUNE),
    case("onset-gone-active", 2, condition(kind=ITP), AUTOIMMUNE | {"suspect-autoimmune-event": NB}),
    case(
        "onset-gone-resolved",
        2,
        condition(kind=ITP, status="resolved"),
        AUTOIMMUNE | {"suspect-autoimmune-event": NW},
    ),
    case(
        "status-gone-since-course-1",
        2,
        {"/patient/conditions": [{"kind": ITP, "onset": "2025-09-01"}]},
        AUTOIMMUNE | {"suspect-autoimmune-event": NB},
    ),
    case("other-autoimmune-since-course-1", 2, condition(kind="autoimmune", onset="2025-09-01"), AUTOIMMUNE),
    case(
        "suspect-not-asked-in-course-1",
        1,
        condition(kind=ITP, onset="2025-05-01"),
        AUTOIMMUNE,
        na="suspect-autoimmune-event",
    ),
]


def drug(name: str | None = None, **more: Any) -> dict[str, Any]:
    entry = {"name": name, "start": "2025-01-01"} | more
    return {"/patient/medications": [{key: value for key, value in entry.items() if value is not None}]}


CONCURRENT = "immunosuppressant-concurrent"
NO_MEDICATIONS = {
    "campath-concurrent": NB,
    "duplicate-alemtuzumab": NB,
    CONCURRENT: NBO,
    "campath-history": NW,
    "coagulopathy-anticoagulant": NW,
    "medication-unrecognised": NI,
    "renal-hepatic-drugs": NI,
}
STRONG = words(
    "natalizumab ocrelizumab ofatumumab ublituximab rituximab cladribine mitoxantrone Tysabri Ocrevus"
)
WEAKER = [
    *words(
        "azathioprine cyclophosphamide capecitabine belinostat etoposide carboplatin mycophenolate sirolimus"
        " fludarabine chlorambucil bendamustine ibrutinib venetoclax obinutuzumab fingolimod siponimod"
        " ozanimod ponesimod tocilizumab satralizumab inebilizumab abatacept adalimumab infliximab etanercept"
        " tofacitinib baricitinib glatiramer"
    ),
    "dimethyl fumarate",
    "diroximel fumarate",
    "monomethyl fumarate",
    "interferon beta-1a",
    "Avonex",
]
BOTH = words("cyclosporine ciclosporin tacrolimus methotrexate cisplatin teriflunomide")
THINNERS = words(
    "warfarin apixaban rivaroxaban dabigatran edoxaban heparin enoxaparin fondaparinux clopidogrel"
    " prasugrel ticagrelor aspirin"
)
HARMFUL = [*words("gentamicin isoniazid valproate amiodarone ketoconazole"), "amphotericin B"]

MEDICATIONS = [
    *(case(f"taking-{name}", 1, drug(name), {CONCURRENT: VBO}) for name in STRONG),
    *(case(f"taking-{name}", 1, drug(name), {CONCURRENT: VW}) for name in WEAKER),
    *(case(f"taking-{name}", 1, drug(name), {CONCURRENT: VW, "renal-hepatic-drugs": VI}) for name in BOTH),
    *(case(f"taking-{name}", 1, drug(name), {"coagulopathy-anticoagulant": VW}) for name in THINNERS),
    *(case(f"taking-{name}", 1, drug(name), {"renal-hepatic-drugs": VI}) for name in HARMFUL),
    *(
        case(f"taking-code-{code}", 1, drug(rxcui=code), {CONCURRENT: VW})
        for code in ("1256", "3002", "194000", "1543543", "4179", "40048")
    ),
    *(
        case(f"taking-code-{code}", 1, drug(rxcui=code), {CONCURRENT: VW, "renal-hepatic-drugs": VI})
        for code in ("3008", "2555")
    ),
    case("taking-code-1364430", 1, drug(rxcui="1364430"), {"coagulopathy-anticoagulant": VW}),
    *(
        case(f"taking-atc-{atc}", 1, drug(atc=atc), {rule: VW})
        for atc, rule in (
            ("L01AA01", CONCURRENT),
            ("L04AX01", CONCURRENT),
            ("L03AX13", CONCURRENT),
            ("L03AB07", CONCURRENT),
            ("L03AB08", CONCURRENT),
            ("L03AB13", CONCURRENT),
            ("B01AA03", "coagulopathy-anticoagulant"),
        )
    ),
    case("taking-name-folded", 1, drug("  AZATHIOPRINE "), {CONCURRENT: VW}),
    case("taking-prednisone", 1, drug("prednisone", dose_mg="20", route="oral")),
    case("taking-zzz", 1, drug("zzz"), {"medication-unrecognised": VI}),
    case("taking-unknown-code", 1, drug(rxcui="99999999"), {"medication-unrecognised": VI}),
    case("taking-without-name-or-code", 1, drug(), NO_MEDICATIONS),
    case("taken-until-january-without-name-or-code", 1, drug(end="2025-01-31"), NO_MEDICATIONS),
    case("taking-an-unknown-name-with-a-known-code", 1, drug("zzz", rxcui="1256"), {CONCURRENT: VW}),
    case("taking-an-unknown-name-with-a-known-atc", 1, drug("zzz", atc="L04AX01"), {CONCURRENT: VW}),
    case("medications-gone", 1, {"/patient/medications": GONE}, NO_MEDICATIONS),
    case("medications-gone-course-2", 2, {"/patient/medications": GONE}, NO_MEDICATIONS),
    case("ended-the-day-before", 1, drug("natalizumab", end="2025-06-01")),
    case("ended-on-day-1", 1, drug("natalizumab", end="2025-06-02"), {CONCURRENT: VBO}),
    case("starts-on-the-last-day", 1, drug("natalizumab", start="2025-06-06"), {CONCURRENT: VBO}),
    case("starts-the-day-after", 1, drug("natalizumab", start="2025-06-07")),
    case("start-gone", 1, drug("azathioprine", start=None), {CONCURRENT: VW}),
    case("harmful-ended-the-day-before", 1, drug("amiodarone", end="2025-06-01")),
    case(
        "two-at-once",
        1,
        {"/patient/medications": [{"name": "azathioprine"}, {"name": "ocrelizumab"}]},
        {CONCURRENT: VBO},
    ),
    case(
        "azathioprine-beside-one-without-name",
        1,
        {"/patient/medications": [{"name": "azathioprine"}, {}]},
        NO_MEDICATIONS,
    ),
    # alemtuzumab itself
    case("on-campath", 1, drug("Campath"), {"campath-concurrent": VB}),
    case("on-campath-by-code", 1, drug(rxcui="284679"), {"campath-concurrent": VB}),
    case("on-campath-ended-on-day-1", 1, drug("Campath", end="2025-06-02"), {"campath-concurrent": VB}),
    case("on-campath-ended-the-day-before", 1, drug("Campath", end="2025-06-01"), {"campath-history": VW}),
    case("on-campath-from-the-last-day", 1, drug("Campath", start="2025-06-06"), {"campath-concurrent": VB}),
    case("on-lemtrada", 1, drug("Lemtrada"), {"duplicate-alemtuzumab": VB}),
    case("on-alemtuzumab", 1, drug("alemtuzumab"), {"duplicate-alemtuzumab": VB}),
    case("on-lemtrada-ended-on-day-1", 1, drug("Lemtrada", end="2025-06-02"), {"duplicate-alemtuzumab": VB}),
    case("on-lemtrada-ended-the-day-before", 1, drug("Lemtrada", end="2025-06-01")),
]

THERAPIES = "/patient/prior_therapies"
TWO_DMT = {"two-prior-dmt": VW}
FUMARATE_ENDED = f"{THERAPIES}/1/ended_on"


def therapies(*names: str) -> dict[str, Any]:
    return {THERAPIES: [{"name": name, "ended_on": "2020-01-01"} for name in names]}


PRIOR = [
    case("one-therapy", 1, {f"{THERAPIES}/0": GONE}, TWO_DMT, says="1"),
    case("no-therapy", 1, {THERAPIES: []}, TWO_DMT, says="0"),
    case("one-therapy-course-2", 2, {f"{THERAPIES}/0": GONE}, TWO_DMT),
    case(
        "therapies-gone", 1, {THERAPIES: GONE}, {"two-prior-dmt": NW, "campath-history": NW, CONCURRENT: NW}
    ),
    case("same-therapy-twice", 1, therapies("natalizumab", "natalizumab"), TWO_DMT),
    case("brand-and-ingredient", 1, therapies("natalizumab", "Tysabri"), TWO_DMT),
    case("two-by-brand", 1, therapies("Tysabri", "Ocrevus")),
    case("one-and-an-unknown", 1, therapies("natalizumab", "zzz"), {"two-prior-dmt": NW}),
    case("two-and-an-unknown", 1, therapies("natalizumab", "ocrelizumab", "zzz")),
    case("none-and-an-unknown", 1, therapies("zzz"), TWO_DMT),
    case("campath-before", 1, therapies("natalizumab", "ocrelizumab", "Campath"), {"campath-history": VW}),
    case(
        "therapy-without-name",
        1,
        {f"{THERAPIES}/0/name": GONE},
        {"two-prior-dmt": NW, "campath-history": NW, CONCURRENT: NW},
    ),
    case(
        "third-therapy-without-name",
        1,
        {f"{THERAPIES}/-": {"ended_on": "2020-01-01"}},
        {"campath-history": NW, CONCURRENT: NW},
    ),
    case("ended-6-months-before", 1, {FUMARATE_ENDED: "2024-12-02"}),
    case("ended-6-months-less-a-day-before", 1, {FUMARATE_ENDED: "2024-12-03"}, {CONCURRENT: VW}),
    case("ended-6-months-less-a-day-before-course-2", 2, {FUMARATE_ENDED: "2025-12-09"}, {CONCURRENT: VW}),
    case("ended-6-months-before-course-2", 2, {FUMARATE_ENDED: "2025-12-08"}),
    case(
        "ended-31-aug-to-28-feb", starting(1, "2025-02-28"), {FUMARATE_ENDED: "2024-08-31"}, {CONCURRENT: VW}
    ),
    case("ended-31-aug-to-1-mar", starting(1, "2025-03-01"), {FUMARATE_ENDED: "2024-08-31"}),
    case("ended-gone", 1, {FUMARATE_ENDED: GONE}, {CONCURRENT: NW}),
    case(
        "ended-gone-beside-azathioprine",
        1,
        {FUMARATE_ENDED: GONE, "/patient/medications": [{"name": "azathioprine"}]},
        {CONCURRENT: VW},
    ),
    case(
        "ended-gone-beside-natalizumab",
        1,
        {FUMARATE_ENDED: GONE, "/patient/medications": [{"name": "natalizumab"}]},
        {CONCURRENT: VBO},
    ),
]

PREGNANCY, TESTED = "/patient/pregnancy/status", "/patient/pregnancy/tested_on"
UNTIL, SEX = "/patient/contraception_until", "/patient/sex"
OF_WOMEN = "pregnancy pregnancy-test contraception-4mo lactation hpv-screen"
SHORT_CONTRACEPTION = {"contraception-4mo": VW}

WOMEN = [
    case("pregnant", 1, {PREGNANCY: "pregnant"}, {"pregnancy": VBO}),
    case("pregnancy-not-applicable", 1, {PREGNANCY: "not-applicable"}, na="pregnancy-test contraception-4mo"),
    case(
        "pregnancy-not-applicable-nothing-else-known",
        1,
        {"/patient/pregnancy": {"status": "not-applicable"}, UNTIL: GONE},
        na="pregnancy-test contraception-4mo",
    ),
    case("tested-7-days-before", 1, {TESTED: "2025-05-26"}),
    case("tested-8-days-before", 1, {TESTED: "2025-05-25"}, {"pregnancy-test": VW}, says="8"),
    case("tested-8-days-before-course-2", 2, {TESTED: "2026-05-31"}, {"pregnancy-test": VW}, says="8"),
    case("tested-on-day-1", 1, {TESTED: "2025-06-02"}),
    case("tested-after-day-1", 1, {TESTED: "2025-06-03"}, {"pregnancy-test": VW}),
    case("tested-gone", 1, {TESTED: GONE}, {"pregnancy-test": NW}),
    case(
        "pregnancy-gone",
        1,
        {"/patient/pregnancy": GONE},
        {"pregnancy": NBO, "pregnancy-test": NW, "contraception-4mo": NW},
    ),
    case(
        "pregnancy-status-gone",
        1,
        {PREGNANCY: GONE},
        {"pregnancy": NBO, "pregnancy-test": NW, "contraception-4mo": NW},
    ),
    case("contraception-4-months", 1, {UNTIL: "2025-10-06"}),
    case("contraception-a-day-short", 1, {UNTIL: "2025-10-05"}, SHORT_CONTRACEPTION, says="3"),
    case("contraception-a-day-short-course-2", 2, {UNTIL: "2026-10-09"}, SHORT_CONTRACEPTION),
    case("contraception-4-months-course-2", 2, {UNTIL: "2026-10-10"}),
    case(
        "contraception-31-oct-to-28-feb", ending(1, "2025-10-31"), {UNTIL: "2026-02-28"}, SHORT_CONTRACEPTION
    ),
    case("contraception-31-oct-to-1-mar", ending(1, "2025-10-31"), {UNTIL: "2026-03-01"}),
    case("contraception-gone", 1, {UNTIL: GONE}, {"contraception-4mo": NW}),
    case("lactating", 1, {"/patient/lactating": True}, {"lactation": VW}),
    case("lactating-gone", 1, {"/patient/lactating": GONE}, {"lactation": NW}),
    case("male", 1, {SEX: "male"}, na=OF_WOMEN),
    case(
        "male-and-nothing-else-known",
        2,
        {SEX: "male", "/patient/pregnancy": GONE, "/patient/lactating": GONE, UNTIL: GONE, HPV: GONE},
        na=OF_WOMEN,
    ),
    case("male-said-to-be-pregnant", 1, {SEX: "male", PREGNANCY: "pregnant"}, na=OF_WOMEN),
    *(case(f"sex-{words}", 1, {SEX: words}, cleared=OF_WOMEN) for words in ("other", "unknown")),
    case("sex-other-pregnant", 1, {SEX: "other", PREGNANCY: "pregnant"}, {"pregnancy": VBO}),
    case(
        "sex-gone",
        1,
        {SEX: GONE},
        {"pregnancy": NBO, "pregnancy-test": NW, "contraception-4mo": NW, "lactation": NW, "hpv-screen": NI},
    ),
    case(
        "sex-and-the-rest-gone",
        1,
        {SEX: GONE, "/patient/pregnancy": GONE, "/patient/lactating": GONE, UNTIL: GONE, HPV: GONE},
        {"pregnancy": NBO, "pregnancy-test": NW, "contraception-4mo": NW, "lactation": NW, "hpv-screen": NI},
    ),
]

CASES = [*ALLERGIES, *SCREENS, *VACCINES, *CONDITIONS, *MEDICATIONS, *PRIOR, *WOMEN]


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(log=io.StringIO())


@pytest.mark.parametrize("one", CASES)
def test_a_single_change(verifier: Verifier, one: Case) -> None:
    check(verifier, one)
