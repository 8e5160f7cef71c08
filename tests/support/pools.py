"""Texts and numbers that rules and value sets tell apart, for generated orders."""

from __future__ import annotations

from decimal import Decimal

STEPS = (Decimal(0), Decimal("0.000001"), Decimal("0.01"), Decimal(1))
"""How far beside a limit a quantity lies."""

RATES = tuple(
    map(Decimal, ("0", "12.4", "12.5", "20", "24.7", "24.8", "25", "25.000001", "25.3", "50", "100"))
)
"""Rates at which a bag of 100 mL takes about the shortest and the longest allowed time."""

DRUGS = tuple(
    """
    methylprednisolone|prednisone|dexamethasone|hydrocortisone|diphenhydramine|cetirizine|famotidine
    acetaminophen|ibuprofen|aspirin|acyclovir|valacyclovir|famciclovir|ganciclovir|valganciclovir|oseltamivir
    ocrelizumab|natalizumab|cladribine|fingolimod|teriflunomide|dimethyl fumarate|glatiramer|azathioprine
    interferon beta-1a|methotrexate|warfarin|apixaban|metformin|gentamicin|amphotericin B|Campath|Lemtrada
    alemtuzumab|sulfamethoxazole-trimethoprim|a drug on no list
    """.strip()
    .replace("\n    ", "|")
    .split("|")
)

_TEXTS = {
    "name": "|".join(DRUGS),
    "rxcui": "6902|3498|161|281|11289|117055|284679|1594663|999999999",
    "atc": "L04AA34|L01AB01|L04AX01|B01AA03|H02AB04|C09AA05|Z99ZZ99",
    "cvx": "03|21|19|37|75|88|91|187|115|10|999",
    "icd10cm": "J18.9|A15.0|B20|E05.00|M32.10|I63.9|D69.3|C50.9|G35|N18.3|R05",
    "unit": "/uL|10*3/uL|10*9/L|mg/dL|umol/L|mg/mg|mg/g|mg/mmol|U/L|mIU/L|lumps",
    "time_zone": "UTC|America/New_York|Pacific/Kiritimati|Asia/Kolkata|Australia/Lord_Howe",
    "product/name": "Lemtrada|lemtrada |Campath|Lemtrada 12 mg/1.2 mL|alemtuzumab|Ocrevus",
    "product/ndc": "58468-0200-1|58468-0357-1|00000-0000-0",
    "product/rxcui": "1594663|1594659|284679|117055|999999999",
    "indication/icd10cm": "G35|G35.A|G35.B0|G35.C0|G35.C1|G35.C2|G35.D|C91.10|M05.9",
    "patient/allergies/*/substance": "penicillin|alemtuzumab|polysorbate 80|latex",
    "patient/immunizations/*/name": (
        "MMR|varicella|yellow fever|BCG|influenza|Shingrix|Tdap|typhoid|a vaccine on no list"
    ),
    "patient/prior_infusions/*/product": "Lemtrada|Campath|alemtuzumab|a product on no list",
    "infusions/*/preparation/additives/*": "potassium chloride|heparin",
}
_ANY_TEXT = "X-1"


def texts_for(pattern: str) -> tuple[str, ...]:
    """Texts for a field: by its path, else by its name."""
    pool = _TEXTS.get(pattern) or _TEXTS.get(pattern.rsplit("/", 1)[-1]) or _ANY_TEXT
    return tuple(pool.split("|"))
