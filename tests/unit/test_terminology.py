"""The value sets say what the binding code lists say, and a file that contradicts itself does not load."""

from __future__ import annotations

import decimal
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from orderguard.errors import RulesError, RulesProblem
from orderguard.facts.codes import atc_key, icd10cm_key, name_key, ndc_keys, number_key
from orderguard.facts.terminology import EquivalentRow, Terminology, load_terminology
from orderguard.order import CONDITION_KINDS, LAB_TESTS

RULES = Path(__file__).parents[2] / "rules" / "terminology"
FILES = (
    "products.yaml",
    "drugs.yaml",
    "drug-classes.yaml",
    "conditions.yaml",
    "indications.yaml",
    "vaccines.yaml",
    "allergens.yaml",
    "laboratory.yaml",
)
INCLUDING = "immunosuppressive-therapy"
TIER_1, TIER_2, POSSIBLY, NON_LIVE = "live-tier-1", "live-tier-2", "possibly-live", "non-live"


@pytest.fixture(scope="module")
def terms() -> Terminology:
    return load_terminology(RULES)


def classes(
    terms: Terminology, name: str | None, rxcui: str | None = None, atc: str | None = None
) -> frozenset[str]:
    match = terms.drug(name, rxcui, atc)
    assert match is not None
    return match.classes


# -- products --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code", ["1594659", "1594657", "1594660", "1594658", "1594663", " 1594663 ", "01594663"]
)
def test_every_lemtrada_rxcui_names_lemtrada(terms: Terminology, code: str) -> None:
    assert terms.product_by_rxcui(code) == "lemtrada"


@pytest.mark.parametrize("code", ["284679", "1656628", "1656631", "828265", "828267"])
def test_every_campath_rxcui_names_campath(terms: Terminology, code: str) -> None:
    assert terms.product_by_rxcui(code) == "campath"


@pytest.mark.parametrize("code", ["117055", "161", "", "x", "1594663a", "\u0661\u0665"])
def test_ingredient_and_unknown_rxcuis_name_no_product(terms: Terminology, code: str) -> None:
    assert terms.product_by_rxcui(code) is None


@pytest.mark.parametrize(
    "name", ["Lemtrada", "LEMTRADA", "  lemtrada ", "alemtuzumab  (Lemtrada)", "Lemtrada 12 mg/1.2 mL"]
)
def test_brand_spellings_name_lemtrada(terms: Terminology, name: str) -> None:
    assert terms.product_by_name(name) == "lemtrada"


@pytest.mark.parametrize("name", ["campath", "Campath 30 mg/mL", "alemtuzumab [Campath]"])
def test_brand_spellings_name_campath(terms: Terminology, name: str) -> None:
    assert terms.product_by_name(name) == "campath"


@pytest.mark.parametrize("name", ["alemtuzumab", "MabCampath", "Lemtrada Campath", "Lemtrad", ""])
def test_generic_foreign_and_misspelt_names_name_no_product(terms: Terminology, name: str) -> None:
    assert terms.product_by_name(name) is None


@pytest.mark.parametrize(
    "code",
    [
        "58468-0200-1",
        "58468-0200-01",
        "58468-0200",
        "58468-200-1",
        "58468020001",
        "5846802001",
        " 58468-0200-1 ",
    ],
)
def test_lemtrada_ndc_is_read_in_every_usual_form(terms: Terminology, code: str) -> None:
    assert terms.product_by_ndc(code) == "lemtrada"


@pytest.mark.parametrize("code", ["58468-0357-1", "58468-0357-3", "58468035701", "5846803573", "58468-357"])
def test_campath_ndc_is_read_in_every_usual_form(terms: Terminology, code: str) -> None:
    assert terms.product_by_ndc(code) == "campath"


@pytest.mark.parametrize(
    "code", ["58468-0201-1", "584680200", "58468-0200-001", "58468 0200 1", "", "NDC", "5846-8020-01"]
)
def test_other_and_unreadable_ndcs_name_no_product(terms: Terminology, code: str) -> None:
    assert terms.product_by_ndc(code) is None


def test_strengths_are_those_of_the_vials(terms: Terminology) -> None:
    strengths = {name: entry.strength_mg_per_ml for name, entry in terms.products.items()}
    assert strengths == {"lemtrada": Decimal(10), "campath": Decimal(30)}


def test_products_carry_their_drug_and_identifiers(terms: Terminology) -> None:
    entry = terms.products["campath"]
    assert (entry.id, entry.drug) == ("campath", "campath")
    assert "campath" in entry.names
    assert "828267" in entry.rxcuis
    assert entry.ndcs == {"58468-0357"}


# -- drugs -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "drug"),
    [
        ("aciclovir", "acyclovir"),
        ("Zovirax", "acyclovir"),
        ("valaciclovir", "valacyclovir"),
        ("paracetamol", "acetaminophen"),
        ("Tylenol", "acetaminophen"),
        ("ciclosporin", "ciclosporin"),
        ("cyclosporine", "ciclosporin"),
        ("Co-trimoxazole", "sulfamethoxazole-trimethoprim"),
        ("sulfamethoxazole-trimethoprim", "sulfamethoxazole-trimethoprim"),
        ("TMP/SMX", "sulfamethoxazole-trimethoprim"),
        ("Bactrim DS", "sulfamethoxazole-trimethoprim"),
        ("SOLU-MEDROL", "methylprednisolone"),
        ("methylprednisolone  sodium succinate", "methylprednisolone"),
        ("Tysabri", "natalizumab"),
        ("Ocrevus", "ocrelizumab"),
        ("Benadryl", "diphenhydramine"),
        ("chlorphenamine", "chlorpheniramine"),
        ("dimethyl fumarate", "dimethyl fumarate"),
        ("Tecfidera", "dimethyl fumarate"),
        ("interferon beta-1a", "interferon beta-1a"),
        ("Betaferon", "interferon beta-1b"),
        ("acetylsalicylic acid", "aspirin"),
        ("amphotericin b", "amphotericin B"),
        ("divalproex sodium", "valproate"),
        ("MabCampath", "campath"),
        ("Lemtrada", "lemtrada"),
        ("alemtuzumab", "alemtuzumab"),
    ],
)
def test_synonyms_and_brands_name_the_drug(terms: Terminology, name: str, drug: str) -> None:
    match = terms.drug(name, None, None)
    assert match is not None
    assert match.drugs == {drug}
    assert match.recognised


RXCUIS = {
    "117055": "alemtuzumab",
    "1594663": "lemtrada",
    "828267": "campath",
    "6902": "methylprednisolone",
    "8640": "prednisone",
    "8638": "prednisolone",
    "3264": "dexamethasone",
    "5492": "hydrocortisone",
    "281": "acyclovir",
    "73645": "valacyclovir",
    "68099": "famciclovir",
    "198382": "famciclovir",
    "199192": "famciclovir",
    "199193": "famciclovir",
    "4678": "ganciclovir",
    "275891": "valganciclovir",
    "3498": "diphenhydramine",
    "20610": "cetirizine",
    "28889": "loratadine",
    "87636": "fexofenadine",
    "5553": "hydroxyzine",
    "2400": "chlorpheniramine",
    "8745": "promethazine",
    "161": "acetaminophen",
    "5640": "ibuprofen",
    "7258": "naproxen",
    "1191": "aspirin",
    "1256": "azathioprine",
    "3002": "cyclophosphamide",
    "3008": "ciclosporin",
    "194000": "capecitabine",
    "1543543": "belinostat",
    "4179": "etoposide",
    "2555": "cisplatin",
    "40048": "carboplatin",
    "1364430": "apixaban",
    "10831": "sulfamethoxazole-trimethoprim",
}


@pytest.mark.parametrize(("code", "drug"), RXCUIS.items())
def test_rxcuis_name_the_drug(terms: Terminology, code: str, drug: str) -> None:
    match = terms.drug(None, code, None)
    assert match is not None
    assert match.drugs == {drug}


def test_the_code_that_a_third_party_gave_for_famciclovir_is_not_used(terms: Terminology) -> None:
    match = terms.drug(None, "114477", None)
    assert match is not None
    assert not match.recognised
    assert not match.drugs | match.classes


@pytest.mark.parametrize("given", [(None, None, None), ("", None, None), (" ", "", " ")])
def test_an_entry_without_name_and_code_is_no_match(
    terms: Terminology, given: tuple[str | None, ...]
) -> None:
    assert terms.drug(*given) is None


def test_an_unknown_name_is_not_recognised(terms: Terminology) -> None:
    match = terms.drug("a tea of herbs", None, None)
    assert match is not None
    assert not match.recognised


@pytest.mark.parametrize(
    "name", ["metformin", "Levothyroxine", "vitamin D", "famotidine", "letermovir", "Tamiflu", "lisinopril"]
)
def test_everyday_drugs_are_recognised_and_belong_to_no_class(terms: Terminology, name: str) -> None:
    match = terms.drug(name, None, None)
    assert match is not None
    assert match.recognised
    assert match.classes == frozenset()


def test_an_unknown_name_beside_a_known_code_is_recognised_by_the_code(terms: Terminology) -> None:
    match = terms.drug("a brand from elsewhere", "281", None)
    assert match is not None
    assert match.drugs == {"acyclovir"}


def test_name_and_code_that_disagree_name_both_drugs(terms: Terminology) -> None:
    match = terms.drug("metformin", "281", None)
    assert match is not None
    assert match.drugs == {"metformin", "acyclovir"}


def test_a_product_code_beside_the_generic_name_means_the_product(terms: Terminology) -> None:
    for given in [
        ("alemtuzumab", "828267", None),
        ("Campath", "117055", "L04AA34"),
        ("Campath", None, "L01XC04"),
    ]:
        match = terms.drug(*given)
        assert match is not None
        assert match.drugs == {"campath"}
        assert match.classes == {"campath"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lemtrada", {"lemtrada", "alemtuzumab-not-campath"}),
        ("Campath", {"campath"}),
        ("alemtuzumab", {"alemtuzumab-not-campath"}),
    ],
)
def test_alemtuzumab_is_never_counted_as_another_therapy(
    terms: Terminology, name: str, expected: set[str]
) -> None:
    assert classes(terms, name) == expected


@pytest.mark.parametrize("code", ["L04AA34", "L04AG06", "L01XC04", "l04ag06"])
def test_alemtuzumab_by_atc_code_is_not_swept_into_immunosuppressants(terms: Terminology, code: str) -> None:
    assert classes(terms, None, None, code) == {"alemtuzumab-not-campath"}


# -- classes of drugs ------------------------------------------------------------------------------------

MEMBERS = {
    "corticosteroid": """
        methylprednisolone prednisone prednisolone dexamethasone hydrocortisone betamethasone
    """,
    "herpes-antiviral": "acyclovir valacyclovir famciclovir ganciclovir valganciclovir",
    "antihistamine": """
        diphenhydramine cetirizine loratadine fexofenadine hydroxyzine chlorpheniramine
        promethazine levocetirizine desloratadine
    """,
    "antipyretic": "acetaminophen ibuprofen naproxen aspirin",
    "high-efficacy-dmt": """
        natalizumab ocrelizumab ofatumumab ublituximab rituximab cladribine mitoxantrone
    """,
    "immunosuppressant": """
        azathioprine cyclophosphamide cyclosporine capecitabine belinostat etoposide cisplatin
        carboplatin methotrexate mycophenolate tacrolimus sirolimus fludarabine chlorambucil
        bendamustine ibrutinib venetoclax obinutuzumab fingolimod siponimod ozanimod ponesimod
        teriflunomide infliximab adalimumab etanercept golimumab tofacitinib baricitinib
        upadacitinib ruxolitinib tocilizumab satralizumab inebilizumab abatacept glatiramer
        Avonex Betaseron Plegridy Vumerity Bafiertam Tecfidera Cimzia
    """,
    "antineoplastic": """
        cyclophosphamide capecitabine belinostat etoposide cisplatin carboplatin methotrexate
        mitoxantrone cladribine fludarabine chlorambucil bendamustine ibrutinib venetoclax
        rituximab ofatumumab obinutuzumab
    """,
    "anticoagulant": """
        warfarin apixaban rivaroxaban dabigatran edoxaban heparin enoxaparin fondaparinux
        clopidogrel prasugrel ticagrelor aspirin
    """,
    "renal-hepatic-drug": """
        gentamicin tobramycin amikacin amphotericin cisplatin ciclosporin tacrolimus
        methotrexate leflunomide teriflunomide isoniazid valproate amiodarone ketoconazole
    """,
    "pjp-prophylaxis": "co-trimoxazole dapsone atovaquone pentamidine",
    "ms-therapy": """
        Rebif Plegridy Extavia Copaxone Tysabri Ocrevus Kesimpta Briumvi rituximab Mavenclad
        mitoxantrone Gilenya Mayzent Zeposia Ponvory Aubagio Tecfidera Vumerity Bafiertam
    """,
    "diphenhydramine": "diphenhydramine",
    "acetaminophen": "acetaminophen",
}


@pytest.mark.parametrize(("drug_class", "names"), MEMBERS.items())
def test_every_drug_of_the_lists_is_in_its_class(terms: Terminology, drug_class: str, names: str) -> None:
    assert {name for name in names.split() if drug_class not in classes(terms, name)} == set()


@pytest.mark.parametrize(
    ("drug_class", "names"),
    [
        ("herpes-antiviral", ["oseltamivir", "letermovir", "penciclovir", "tenofovir", "acyclovir cream"]),
        ("antihistamine", ["famotidine", "ranitidine"]),
        (
            "immunosuppressant",
            ["natalizumab", "prednisone", "methylprednisolone", "Lemtrada", "Protopic", "Restasis"],
        ),
        ("ms-therapy", ["alemtuzumab", "Lemtrada", "Campath", "interferon beta", "methotrexate"]),
        ("high-efficacy-dmt", ["alemtuzumab", "fingolimod", "glatiramer"]),
        ("corticosteroid", ["budesonide", "triamcinolone"]),
        ("pjp-prophylaxis", ["trimethoprim"]),
        ("diphenhydramine", ["Tylenol PM"]),
        ("acetaminophen", ["Tylenol PM", "oxycodone-acetaminophen"]),
    ],
)
def test_drugs_that_do_not_count_are_recognised_but_not_in_the_class(
    terms: Terminology, drug_class: str, names: list[str]
) -> None:
    for name in names:
        match = terms.drug(name, None, None)
        assert match is not None
        assert match.recognised, name
        assert drug_class not in match.classes, name


def test_a_combination_counts_as_antihistamine_and_antipyretic(terms: Terminology) -> None:
    assert classes(terms, "Tylenol PM") == {"antihistamine", "antipyretic"}


def test_only_the_unusual_agents_are_to_be_confirmed(terms: Terminology) -> None:
    confirmed = {
        name: {drug for drug, member in terms.drug_classes[name].members.items() if member.confirm}
        for name in terms.drug_classes
    }
    assert {name: drugs for name, drugs in confirmed.items() if drugs} == {
        "herpes-antiviral": {"ganciclovir", "valganciclovir"},
        "pjp-prophylaxis": {"dapsone", "atovaquone", "pentamidine"},
    }


def test_only_steroids_and_antivirals_ask_for_a_route(terms: Terminology) -> None:
    routes = {name: drug_class.routes for name, drug_class in terms.drug_classes.items() if drug_class.routes}
    systemic = frozenset({"oral", "intravenous"})
    assert routes == {"corticosteroid": systemic, "herpes-antiviral": systemic}


@pytest.mark.parametrize(
    ("drug", "rows"),
    [
        (
            "methylprednisolone",
            [("intravenous", "1000", "reference-intravenous"), ("oral", "1000", "reference-oral")],
        ),
        ("prednisone", [("oral", "1250", "confirm")]),
        ("prednisolone", [("oral", "1250", "confirm")]),
        ("dexamethasone", [(None, "187.5", "confirm")]),
        ("hydrocortisone", [(None, "5000", "confirm")]),
        ("betamethasone", [(None, "150", "confirm")]),
    ],
)
def test_steroid_equivalents_are_those_of_the_table(
    terms: Terminology, drug: str, rows: list[tuple[str | None, str, str]]
) -> None:
    assert terms.drug_classes["corticosteroid"].members[drug].rows == tuple(
        EquivalentRow(None if route is None else frozenset({route}), Decimal(dose), Decimal(1000), row)
        for route, dose, row in rows
    )


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("L04AC05", {"immunosuppressant"}),
        ("L01BC05", {"immunosuppressant", "antineoplastic"}),
        ("L01", {"immunosuppressant", "antineoplastic"}),
        ("L01FX18", {"immunosuppressant", "antineoplastic"}),
        ("L03AX13", {"immunosuppressant", "ms-therapy"}),
        ("L03AB07", {"immunosuppressant", "ms-therapy"}),
        ("L03AB08", {"immunosuppressant", "ms-therapy"}),
        ("L03AB13", {"immunosuppressant", "ms-therapy"}),
        ("L03AB05", set()),
        ("L02AA01", set()),
        ("B01AE02", {"anticoagulant"}),
        ("B01AC06", {"anticoagulant"}),
        ("N02BA01", {"anticoagulant", "antipyretic"}),
        ("J01GB03", {"renal-hepatic-drug"}),
        ("H02AB04", {"corticosteroid"}),
        ("L04AG08", {"high-efficacy-dmt", "ms-therapy"}),
        ("L04AA23", {"high-efficacy-dmt", "ms-therapy"}),
        ("L01DB07", {"high-efficacy-dmt", "ms-therapy", "antineoplastic"}),
        ("L04AE01", {"immunosuppressant", "ms-therapy"}),
        ("D11AH01", set()),
        ("A10BA02", set()),
        ("L04AC0", set()),
        ("L0", set()),
    ],
)
def test_atc_codes_say_the_class(terms: Terminology, code: str, expected: set[str]) -> None:
    assert classes(terms, None, None, code) - {INCLUDING} == expected


def test_a_swept_code_beside_an_unknown_name_is_recognised(terms: Terminology) -> None:
    match = terms.drug("an unheard-of antibody", None, "L04AC99")
    assert match is not None
    assert match.recognised
    assert match.classes == {"immunosuppressant", INCLUDING}


def test_a_truncated_code_beside_a_high_efficacy_drug_adds_no_milder_class(terms: Terminology) -> None:
    assert classes(terms, "natalizumab", None, "L04A") == {"high-efficacy-dmt", "ms-therapy", INCLUDING}


@pytest.mark.parametrize(
    "given",
    [
        ("natalizumab", None, None),
        ("methotrexate", None, None),
        (None, None, "L04AG08"),
        (None, None, "L04AC99"),
    ],
)
def test_the_including_class_holds_all_that_the_included_ones_hold(
    terms: Terminology, given: tuple[str | None, ...]
) -> None:
    found = classes(terms, *given)
    assert INCLUDING in found
    assert found & {"high-efficacy-dmt", "immunosuppressant"}


@pytest.mark.parametrize(
    "given", [("Lemtrada", None, None), ("Campath", None, "L01"), (None, None, "L04AA34")]
)
def test_the_including_class_never_holds_alemtuzumab(
    terms: Terminology, given: tuple[str | None, ...]
) -> None:
    assert INCLUDING not in classes(terms, *given)


# -- conditions and indications --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        ("A00 A41.9 B99.9 J00 J18.9 J22 N10 N39.0 L03.115", "infection"),
        ("A15 A15.0 A17.81 A19.9", "tuberculosis"),
        ("B20 Z21", "hiv"),
        ("A81.2", "suspected-pml"),
        ("M05.79 M06.9 M32.10 M34.9 M35.00 K50.90 K51.00 L40.0 G61.0 G70.00 E10.9", "autoimmune"),
        ("M06.1", "adult-onset-still"),
        ("E00.0 E03.9 E05.00 E06.3 E07.9", "thyroid"),
        ("I60.9 I61.9 I62.00 I63.9 I64", "stroke"),
        ("I77.71 I77.74 I67.0", "arterial-dissection"),
        ("I20.0 I20.9", "angina"),
        ("I21.4 I22.0 I25.2", "myocardial-infarction"),
        ("I16.0 I16", "hypertension-uncontrolled"),
        ("D65 D66 D67 D68 D68.0 D68.318 D68.31", "coagulopathy"),
        ("D68.311 d68.311 D68311", "acquired-hemophilia-a"),
        ("D69.3", "immune-thrombocytopenia"),
        ("D59.0 D59.1 D59.11", "hemolytic-anemia"),
        ("M31.1 M31.19", "ttp"),
        ("M31.0", "anti-gbm-disease"),
        ("K75.4", "autoimmune-hepatitis"),
        ("D76.1", "hlh"),
        ("G04.81", "autoimmune-encephalitis"),
        ("N00.9 N08 N17.9 N18.30 N19", "renal"),
        ("J40 J45.909 J47.9 J60 J84.10", "lung"),
        ("K70.0 K74.60 K75.0 K77", "hepatic"),
        ("C00.9 C50.911 C91.10 C7A.00 C4A.9 C97", "malignancy"),
        ("G35 G35.A G35.C1", "other"),
    ],
)
def test_icd_codes_mean_their_kind(terms: Terminology, codes: str, kind: str) -> None:
    assert {code: terms.condition_kind(code) for code in codes.split()} == dict.fromkeys(codes.split(), kind)


@pytest.mark.parametrize(
    "codes",
    [
        "G04.8;G04;I10;I25.10;I77.7;I77.72;M31;M31.3;D59;D69.6;J23;J30;J85;D70;N09;N11;N39;G37;C98;Z20",
        ";B2;B20 positive;nonsense;\u013120;B20.12345",
    ],
)
def test_other_and_unreadable_codes_mean_no_kind(terms: Terminology, codes: str) -> None:
    assert {code for code in codes.split(";") if terms.condition_kind(code) is not None} == set()


def test_autoimmune_events_are_the_ten_kinds(terms: Terminology) -> None:
    first, last = CONDITION_KINDS.index("immune-thrombocytopenia"), CONDITION_KINDS.index("immune-colitis")
    assert terms.condition_groups["autoimmune-event"] == frozenset(CONDITION_KINDS[first : last + 1])
    assert len(terms.condition_groups["autoimmune-event"]) == 10


@pytest.mark.parametrize(
    ("code", "disease", "course"),
    [
        ("G35", "multiple-sclerosis", None),
        ("G35.D", "multiple-sclerosis", None),
        ("G35.C", "multiple-sclerosis", None),
        ("G35.C0", "multiple-sclerosis", None),
        ("G35.A", "multiple-sclerosis", "relapsing-remitting"),
        ("g35a", "multiple-sclerosis", "relapsing-remitting"),
        ("G35.B", "multiple-sclerosis", "primary-progressive"),
        ("G35.B0", "multiple-sclerosis", "primary-progressive"),
        ("G35.B1", "multiple-sclerosis", "primary-progressive"),
        ("G35.B2", "multiple-sclerosis", "primary-progressive"),
        ("G35.C1", "multiple-sclerosis", "active-secondary-progressive"),
        ("G35.C2", "multiple-sclerosis", "non-active-secondary-progressive"),
        ("C91.1", "b-cell-leukaemia", None),
        ("C91.10", "b-cell-leukaemia", None),
        ("C9112", "b-cell-leukaemia", None),
        ("C91.0", "other", None),
        ("C91", "other", None),
        ("G36.0", "other", None),
        ("multiple sclerosis", "other", None),
        ("", "other", None),
    ],
)
def test_indication_codes_name_disease_and_course(
    terms: Terminology, code: str, disease: str, course: str | None
) -> None:
    assert (terms.disease(code), terms.disease_course(code)) == (disease, course)


def test_diseases_carry_the_ids_that_packs_use(terms: Terminology) -> None:
    assert {name: disease.icd10cm for name, disease in terms.diseases.items()} == {
        "multiple-sclerosis": ("G35",),
        "b-cell-leukaemia": ("C911",),
    }


# -- vaccines and allergens ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "word"),
    [
        ("05 04 03 94 07 38 06 116 119 74 122 21", TIER_1),
        ("121 204 56 317 80 63 78 169 330", TIER_1),
        ("143 54 55 82 19 174 111 149 125 151 02 178 179 182 75 105 25 37 183 184 333", TIER_2),
        ("26 88 89 91 188 214 128 129 92 325", POSSIBLY),
        ("172 173 10 206 41 53 101 190 187 329", NON_LIVE),
        (
            "01 08 20 28 33 43 45 52 62 83 85 104 110 113 114 115 133 134 135 136 138 139 140 141 150 153",
            NON_LIVE,
        ),
        (
            "155 158 162 163 165 168 171 185 189 197 203 205 207 208 211 212 213 215 216 217 220 221 229 300",
            NON_LIVE,
        ),
        ("303 305 309 312 313 316 320 326 327 328 331", NON_LIVE),
    ],
)
def test_cvx_codes_mean_their_class(terms: Terminology, codes: str, word: str) -> None:
    found = {code: terms.vaccine(code, None) for code in codes.split()}
    assert found == dict.fromkeys(codes.split(), frozenset({word}))


@pytest.mark.parametrize("code", ["3", "03", "003", " 03 "])
def test_leading_zeros_of_a_cvx_code_do_not_count(terms: Terminology, code: str) -> None:
    assert terms.vaccine(code, None) == {TIER_1}


@pytest.mark.parametrize(
    "code", ["998", "999", "86", "96", "306", "60", "500", "503", "0", "3a", "-3", "9999"]
)
def test_codes_of_no_vaccine_and_unknown_codes_are_not_classified(terms: Terminology, code: str) -> None:
    assert terms.vaccine(code, None) == frozenset()


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (
            "MMR;mmr;M-M-R II;ProQuad;Varivax;Zostavax;Ervebo;Ixchiq;RotaTeq;measles, mumps and rubella",
            TIER_1,
        ),
        ("FluMist;BCG;YF-Vax;yellow fever;Vivotif;ACAM2000;Vaxchora;OPV", TIER_2),
        ("influenza;zoster;polio;typhoid;cholera;Ebola;TICE BCG;BCG intravesical", POSSIBLY),
        (
            "Fluzone;Shingrix;IPV;Jynneos;Typhim Vi;Gardasil 9;Prevnar 20;Comirnaty;Tdap;Havrix;Boostrix",
            NON_LIVE,
        ),
    ],
)
def test_vaccine_names_mean_their_class(terms: Terminology, names: str, word: str) -> None:
    found = {name: terms.vaccine(None, name) for name in names.split(";")}
    assert found == dict.fromkeys(names.split(";"), frozenset({word}))


def test_code_and_name_of_a_vaccine_that_disagree_say_both(terms: Terminology) -> None:
    assert terms.vaccine("140", "FluMist") == {NON_LIVE, TIER_2}


def test_a_vaccine_is_classified_by_what_is_known_of_code_and_name(terms: Terminology) -> None:
    assert terms.vaccine("9999", "MMR") == {TIER_1}
    assert terms.vaccine("03", "the red one") == {TIER_1}
    assert terms.vaccine("9999", "the red one") == frozenset()


@pytest.mark.parametrize("given", [(None, None), ("", " ")])
def test_a_vaccine_without_code_and_name_is_none(
    terms: Terminology, given: tuple[str | None, str | None]
) -> None:
    assert terms.vaccine(*given) is None


@pytest.mark.parametrize(
    "substance",
    [
        "alemtuzumab",
        "Lemtrada",
        "CAMPATH",
        "MabCampath",
        "polysorbate 80",
        "Tween 80",
        "edetate disodium",
        "EDTA",
    ],
)
def test_product_and_excipients_are_allergens_of_the_product(terms: Terminology, substance: str) -> None:
    assert terms.allergen(substance, None) == {"alemtuzumab-product"}


@pytest.mark.parametrize("code", ["117055", "1594663", "828267"])
def test_alemtuzumab_codes_are_allergens_of_the_product(terms: Terminology, code: str) -> None:
    assert terms.allergen(None, code) == {"alemtuzumab-product"}


@pytest.mark.parametrize(
    "substance", ["sulfa", "Sulfonamides", "sulfamethoxazole", "Bactrim", "co-trimoxazole"]
)
def test_sulfonamides_are_allergens_of_their_class(terms: Terminology, substance: str) -> None:
    assert terms.allergen(substance, None) == {"sulfonamide"}


def test_a_substance_on_no_list_is_of_no_class(terms: Terminology) -> None:
    assert terms.allergen("penicillin", None) == frozenset()
    assert terms.allergen("trimethoprim", "999999") == frozenset()
    assert terms.allergen(None, None) is None


def test_allergen_classes_have_titles(terms: Terminology) -> None:
    assert set(terms.allergen_classes) == {"alemtuzumab-product", "sulfonamide"}
    assert all(terms.allergen_classes.values())


# -- laboratory ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "value", "unit", "expected"),
    [
        ("neutrophils", "4200", "/uL", "4200"),
        ("neutrophils", "4.2", "10*3/uL", "4200"),
        ("platelets", "231", "10*9/L", "231000"),
        ("lymphocytes", "0.000001", "10*9/L", "0.001"),
        ("cd4", "0.2", "10*9/L", "200"),
        ("cd4", "200", " /uL ", "200"),
        ("creatinine", "0.8", "mg/dL", "0.8"),
        ("creatinine", "88.4", "umol/L", "1"),
        ("bilirubin-total", "17.1", "umol/L", "1"),
        ("urine-protein-creatinine-ratio", "0.08", "mg/mg", "80"),
        ("urine-protein-creatinine-ratio", "0.08", "g/g", "80"),
        ("urine-protein-creatinine-ratio", "80", "mg/g", "80"),
        ("urine-protein-creatinine-ratio", "10", "mg/mmol", "88.4"),
        ("tsh", "1.9", "m[IU]/L", "1.9"),
        ("tsh", "1.9", "mIU/L", "1.9"),
        ("tsh", "1.9", "u[IU]/mL", "1.9"),
        ("alt", "21", "U/L", "21"),
        ("ast", "21", "[IU]/L", "21"),
    ],
)
def test_results_are_converted_exactly(
    terms: Terminology, test: str, value: str, unit: str, expected: str
) -> None:
    assert terms.lab_value(test, Decimal(value), unit) == Decimal(expected)
    assert terms.lab_value(test, Decimal(value), unit, up=True) == Decimal(expected)


@pytest.mark.parametrize(
    ("test", "value", "unit", "cut"),
    [
        ("creatinine", "100", "umol/L", ("1.131221", "1.131222")),
        ("bilirubin-total", "10", "umol/L", ("0.584795", "0.584796")),
        ("urine-protein-creatinine-ratio", "0.000001", "mg/mmol", ("0.000008", "0.000009")),
    ],
)
def test_results_are_cut_to_six_places_in_the_direction_asked(
    terms: Terminology, test: str, value: str, unit: str, cut: tuple[str, str]
) -> None:
    assert terms.lab_value(test, Decimal(value), unit) == Decimal(cut[0])
    assert terms.lab_value(test, Decimal(value), unit, up=True) == Decimal(cut[1])


def test_a_result_up_to_ten_to_the_twelve_is_known_and_above_it_is_not(terms: Terminology) -> None:
    limit = Decimal(10**12)
    least = Decimal("0.000001")
    assert terms.lab_value("alt", limit, "U/L") == limit
    assert terms.lab_value("alt", limit + least, "U/L") is None
    assert terms.lab_value("platelets", limit / 1000, "10*9/L") == limit
    assert terms.lab_value("platelets", limit / 1000 + least, "10*9/L") is None
    assert terms.lab_value("creatinine", Decimal("88400000000000"), "umol/L") == limit
    assert terms.lab_value("creatinine", Decimal("88400000000000.000001"), "umol/L", up=True) is None


@pytest.mark.parametrize("unit", [None, "", "g/L", "/UL", "/ul", "10^3/uL", "mg/dl", "mg/dL"])
def test_a_missing_or_foreign_unit_makes_a_count_not_known(terms: Terminology, unit: str | None) -> None:
    assert terms.lab_value("neutrophils", Decimal(4200), unit) is None


def test_the_precision_of_the_host_program_does_not_change_a_conversion(terms: Terminology) -> None:
    with decimal.localcontext(decimal.Context(prec=3)):
        assert terms.lab_value("platelets", Decimal("231.456"), "10*9/L") == Decimal(231456)
        assert terms.lab_value("creatinine", Decimal(100), "umol/L") == Decimal("1.131221")


def test_every_test_but_the_urinalysis_has_a_canonical_unit(terms: Terminology) -> None:
    assert {test for test in LAB_TESTS if not terms.lab_unit(test)} == {"urinalysis-cell-counts"}
    assert terms.lab_unit("cd4") == "/uL"
    assert terms.lab_value("urinalysis-cell-counts", Decimal(1), "/uL") is None


# -- names and codes -------------------------------------------------------------------------------------


def test_names_are_compared_without_case_and_blanks() -> None:
    assert name_key(" Solu-Medrol\u00a0 \t1 g ") == "solu-medrol 1 g"


@pytest.mark.parametrize(
    ("key", "code"), [(number_key, "\u0663"), (icd10cm_key, "G35\u0660"), (atc_key, "L04\u00e4")]
)
def test_codes_of_foreign_digits_and_letters_cannot_be_read(
    key: Callable[[str], str | None], code: str
) -> None:
    assert key(code) is None


def test_ten_digits_of_an_ndc_are_read_in_the_three_possible_ways() -> None:
    assert ndc_keys("1234567890") == ("12345-6789", "12345-0678", "01234-5678")


# -- loading ---------------------------------------------------------------------------------------------


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RULES, tmp_path / "terminology"))


def change(directory: Path, file: str, old: str, new: str) -> int:
    """Replace a text that stands once in a file; the line on which it stands."""
    path = directory / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems_of(directory: Path) -> tuple[RulesProblem, ...]:
    with pytest.raises(RulesError) as caught:
        load_terminology(directory)
    return caught.value.problems


REFUSALS = [
    ("vaccines.yaml", "RZV, Shingrix]", "RZV, Shingrix, Zostavax]", "the vaccine `Zostavax` stands twice"),
    ("vaccines.yaml", 'cvx: ["187"]', 'cvx: ["121"]', "the CVX code `121` stands twice"),
    ("vaccines.yaml", 'cvx: ["187"]', 'cvx: ["x"]', "the CVX code `x` cannot be read"),
    ("drugs.yaml", "names: [Famvir]", "names: [Famvir, aciclovir]", "the drug name `aciclovir` stands twice"),
    ("drugs.yaml", "rxcuis: [73645]", "rxcuis: [281]", "the RxCUI `281` stands twice"),
    ("drugs.yaml", "atc: [J05AB11]", "atc: [J05AB01]", "the ATC code `J05AB01` stands twice"),
    ("drugs.yaml", "atc: [J05AB11]", "atc: [J05A-]", "the ATC code `J05A-` cannot be read"),
    (
        "drugs.yaml",
        "campath: {generic: alemtuzumab,",
        "campath: {generic: alemtuzumap,",
        "did you mean `alemtuzumab`?",
    ),
    (
        "drugs.yaml",
        "oseltamivir: {names:",
        "oseltamivir: {rxcuis: [7], names:",
        "`rxcui_confidence` must stand",
    ),
    ("drugs.yaml", "rxcuis: [281]", "rxcuis: [two]", "`rxcuis`: must be a valid integer"),
    (
        "drug-classes.yaml",
        "drugs: [dapsone,",
        "drugs: [dapson,",
        "the drug `dapson` is not known; did you mean `dapsone`?",
    ),
    ("drug-classes.yaml", "drugs: [dapsone,", "drugs: [dapsone, dapsone,", "the drug `dapsone` stands twice"),
    (
        "drug-classes.yaml",
        "          - certolizumab pegol\n",
        "          - natalizumab\n",
        "a class that it excepts",
    ),
    (
        "drug-classes.yaml",
        "drugs: [betamethasone]",
        "drugs: [betamethasone]\n        dose: 1",
        "the key `dose` is not known here",
    ),
    ("drug-classes.yaml", "dose_mg: 187.5", "dose_mg: 0", "`dose_mg`: must be greater than 0"),
    ("drug-classes.yaml", "prefixes: [B01A]", "prefixes: [B0]", "the ATC code `B0` cannot be read"),
    ("products.yaml", "ndcs: [58468-0357]", "ndcs: [58468-0200]", "the NDC `58468-0200` stands twice"),
    ("products.yaml", "names: [Campath]", "names: [Lemtrada]", "the product name `Lemtrada` stands twice"),
    (
        "products.yaml",
        "names: [Campath]",
        "names: [Campath, dapsone]",
        "the drug name `dapsone` stands twice",
    ),
    (
        "products.yaml",
        "drug: campath",
        "drug: campat",
        "the drug `campat` is not known; did you mean `campath`?",
    ),
    ("products.yaml", "strength_mg_per_ml: 30", "strength_mg_per_ml: thirty", "`strength_mg_per_ml`"),
    (
        "conditions.yaml",
        "  hlh:\n",
        "  hlhh:\n",
        "the condition kind `hlhh` is not known; did you mean `hlh`?",
    ),
    ("conditions.yaml", "icd10cm: [A81.2]", "icd10cm: [B20]", "the code `B20` stands twice"),
    ("conditions.yaml", "icd10cm: [A81.2]", "icd10cm: [A9-B]", "the code `A9-B` cannot be read"),
    ("conditions.yaml", "icd10cm: [A81.2]", "icd10cm: [B99-A00]", "the code `B99-A00` cannot be read"),
    (
        "conditions.yaml",
        "      - immune-colitis\n",
        "      - colitis\n",
        "the condition kind `colitis` is not known",
    ),
    ("indications.yaml", "[G35.C2]", "[G35.C1]", "the code `G35.C1` stands twice"),
    ("indications.yaml", "relapsing-remitting:", "relapsing:", "the disease course `relapsing` is not known"),
    ("allergens.yaml", "      - sulfacetamide\n", "      - EDTA\n", "the substance `EDTA` stands twice"),
    ("laboratory.yaml", "tests: [tsh]", "tests: [alt]", "the test `alt` stands twice"),
    (
        "laboratory.yaml",
        "tests: [tsh]",
        "tests: [ths]",
        "the laboratory test `ths` is not known; did you mean `tsh`?",
    ),
    ("laboratory.yaml", "unit: mg/g\n", "unit: mg/mg\n", "the unit `mg/mg` must be read as it stands"),
    ("laboratory.yaml", "- {unit: mIU/L}", '- {unit: "m[IU]/L"}', "the unit `m[IU]/L` stands twice"),
    (
        "drug-classes.yaml",
        "includes: [high-efficacy-dmt,",
        "includes: [anticoagulants,",
        "did you mean `anticoagulant`?",
    ),
    ("laboratory.yaml", "divide_by: 17.1", "divide: 17.1", "the key `divide` is not known here"),
    (
        "laboratory.yaml",
        "tests: [creatinine]\n    unit: mg/dL\n",
        "tests: [creatinine]\n",
        "the key `unit` is missing",
    ),
]


OTHER_LINES = {
    "`rxcui_confidence` must stand": -5,
    "the key `dose` is not known here": 1,
    "the test `alt` stands twice": 9,
    "the key `unit` is missing": -2,
}
"""Where the problem is not on the changed line: at the group, on a new line, at the later of two entries."""


@pytest.mark.parametrize(("file", "old", "new", "message"), REFUSALS)
def test_a_file_that_contradicts_itself_is_refused_with_file_and_line(
    directory: Path, file: str, old: str, new: str, message: str
) -> None:
    line = change(directory, file, old, new)
    found = problems_of(directory)
    near = [problem for problem in found if message in problem.message]
    assert near, found
    assert near[0].file == str(directory / file)
    assert near[0].line == line + OTHER_LINES.get(message, 0)


def test_the_line_of_a_problem_is_that_of_the_entry(directory: Path) -> None:
    line = change(directory, "vaccines.yaml", "RZV, Shingrix]", "RZV, Shingrix, Zostavax]")
    (problem,) = problems_of(directory)
    first = next(
        number
        for number, text in enumerate((RULES / "vaccines.yaml").read_text("utf-8").splitlines(), 1)
        if "Zostavax" in text
    )
    assert problem.line == line
    assert problem.message.endswith(f"(first at {directory / 'vaccines.yaml'}:{first})")


def test_the_line_of_an_unknown_key_is_that_of_the_key(directory: Path) -> None:
    line = change(directory, "laboratory.yaml", "    tests: [tsh]\n", "    test: [tsh]\n    tests: [tsh]\n")
    assert [(problem.line, problem.message) for problem in problems_of(directory)] == [
        (line, "the key `test` is not known here")
    ]


def test_a_citation_of_a_source_that_is_not_listed_is_refused(directory: Path) -> None:
    line = change(
        directory, "conditions.yaml", "  other:\n    sources: [project]", "  other:\n    sources: [projekt]"
    )
    (problem,) = problems_of(directory)
    assert (problem.line, problem.message) == (line + 1, "the source `projekt` is not listed in this file")


def test_the_problems_of_all_files_come_at_once(directory: Path) -> None:
    change(directory, "vaccines.yaml", "RZV, Shingrix]", "RZV, Shingrix, Zostavax]")
    change(directory, "laboratory.yaml", "tests: [tsh]", "test: [tsh]")
    change(directory, "conditions.yaml", "  hlh:\n", "  hlhh:\n")
    (directory / "allergens.yaml").unlink()
    names = {Path(problem.file).name for problem in problems_of(directory)}
    assert names == {"vaccines.yaml", "laboratory.yaml", "conditions.yaml", "allergens.yaml"}


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_refused(directory: Path, file: str) -> None:
    (directory / file).unlink()
    assert [Path(problem.file).name for problem in problems_of(directory)] == [file]


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_no_mapping_is_refused(directory: Path, file: str) -> None:
    (directory / file).write_text("- one\n", "utf-8")
    (problem,) = problems_of(directory)
    assert (Path(problem.file).name, problem.line, problem.message) == (
        file,
        1,
        "`the file` must be a mapping",
    )


def test_a_file_that_is_not_known_is_refused(directory: Path) -> None:
    (directory / "drug.yml").write_text("x: 1\n", "utf-8")
    (problem,) = problems_of(directory)
    assert problem.message.startswith("is no file of value sets")


@pytest.mark.parametrize("file", FILES)
def test_every_file_is_part_of_the_fingerprint(directory: Path, terms: Terminology, file: str) -> None:
    path = directory / file
    text = path.read_text("utf-8")
    path.write_text(f"# a comment does not count\n{text}", "utf-8")
    assert load_terminology(directory).sha_material == terms.sha_material
    path.write_text(text.replace("\nsources:\n", "\nsources:\n  another: A source\n", 1), "utf-8")
    assert load_terminology(directory).sha_material != terms.sha_material
