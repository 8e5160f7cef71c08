"""The plain English of the closed word lists of the order document."""

from __future__ import annotations

DISEASE_COURSES = {
    "relapsing-remitting": "relapsing-remitting",
    "active secondary-progressive": "active-secondary-progressive",
    "non-active secondary-progressive": "non-active-secondary-progressive",
    "primary-progressive": "primary-progressive",
    "clinically isolated syndrome": "clinically-isolated-syndrome",
}
SEXES = {
    "female": "female",
    "male": "male",
    "other": "other",
    "recorded as unknown": "unknown",
}
PREGNANCY_STATUSES = {
    "pregnant": "pregnant",
    "not pregnant": "not-pregnant",
    "not applicable": "not-applicable",
}
COUNSELLING_TOPICS = {
    "the medication guide": "medication-guide",
    "listeria": "listeria",
    "signs of infection": "infection-signs",
    "signs of stroke": "stroke-signs",
    "contraception": "contraception",
}
CONDITION_KINDS = {
    "infection": "infection",
    "tuberculosis": "tuberculosis",
    "autoimmune disease": "autoimmune",
    "thyroid disease": "thyroid",
    "stroke": "stroke",
    "arterial dissection": "arterial-dissection",
    "angina": "angina",
    "myocardial infarction": "myocardial-infarction",
    "uncontrolled hypertension": "hypertension-uncontrolled",
    "coagulopathy": "coagulopathy",
    "renal disease": "renal",
    "lung disease": "lung",
    "hepatic disease": "hepatic",
    "malignancy": "malignancy",
    "suspected PML": "suspected-pml",
    "immune thrombocytopenia": "immune-thrombocytopenia",
    "hemolytic anemia": "hemolytic-anemia",
    "anti-GBM disease": "anti-gbm-disease",
    "autoimmune hepatitis": "autoimmune-hepatitis",
    "hemophagocytic lymphohistiocytosis": "hlh",
    "adult-onset Still disease": "adult-onset-still",
    "thrombotic thrombocytopenic purpura": "ttp",
    "autoimmune encephalitis": "autoimmune-encephalitis",
    "acquired hemophilia A": "acquired-hemophilia-a",
    "immune colitis": "immune-colitis",
    "HIV infection": "hiv",
    "other condition": "other",
}
INFUSION_STATUSES = {"is planned": "planned", "was given": "given", "is held": "held"}
INFUSION_ROUTES = {
    "intravenous infusion": "intravenous-infusion",
    "intravenous push": "intravenous-push",
    "intravenous bolus": "intravenous-bolus",
    "subcutaneous injection": "subcutaneous",
    "intramuscular injection": "intramuscular",
    "intrathecal injection": "intrathecal",
    "another route": "other",
}
ROUTES = {
    "by mouth": "oral",
    "into a vein": "intravenous",
    "into a muscle": "intramuscular",
    "under the skin": "subcutaneous",
    "on the skin": "topical",
    "into the eye": "ophthalmic",
    "by inhalation": "inhaled",
    "into the rectum": "rectal",
    "by another route": "other",
}
DILUENTS = {
    "0.9 % sodium chloride": "sodium-chloride-0.9",
    "5 % dextrose": "dextrose-5",
    "5 % dextrose in 0.45 % sodium chloride": "dextrose-5-sodium-chloride-0.45",
    "5 % dextrose in 0.9 % sodium chloride": "dextrose-5-sodium-chloride-0.9",
    "0.45 % sodium chloride": "sodium-chloride-0.45",
    "lactated Ringer's solution": "lactated-ringer",
    "sterile water": "sterile-water",
    "none": "none",
    "another diluent": "other",
}
STORAGE = {
    "room temperature": "room-temperature",
    "refrigerated": "refrigerated",
    "frozen": "frozen",
    "another storage": "other",
}
SETTINGS = {"in a facility": "facility", "at home": "home"}
LAB_TESTS = {
    "neutrophil count": "neutrophils",
    "platelet count": "platelets",
    "lymphocyte count": "lymphocytes",
    "CD4 count": "cd4",
    "creatinine": "creatinine",
    "urinalysis": "urinalysis-cell-counts",
    "protein-creatinine ratio": "urine-protein-creatinine-ratio",
    "TSH": "tsh",
    "ALT": "alt",
    "AST": "ast",
    "bilirubin": "bilirubin-total",
}
URINALYSIS_RESULTS = {"normal": "normal", "abnormal": "abnormal"}
LAB_UNITS = {
    "per microlitre": "/uL",
    "thousand per microlitre": "10*3/uL",
    "billion per litre": "10*9/L",
    "mg/dL": "mg/dL",
    "micromol/L": "umol/L",
    "mg/mg": "mg/mg",
    "g/g": "g/g",
    "mg/g": "mg/g",
    "mg/mmol": "mg/mmol",
    "mIU/L": "mIU/L",
    "microIU/mL": "u[IU]/mL",
    "U/L": "U/L",
    "IU/L": "[IU]/L",
}
SCREENINGS = {
    "HIV test": "hiv",
    "hepatitis B test": "hepatitis_b",
    "hepatitis C test": "hepatitis_c",
    "HPV test": "hpv",
    "tuberculosis test": "tuberculosis",
    "varicella test": "varicella_zoster",
    "skin examination": "skin_examination",
}
INFECTION_RESULTS = {"negative": "negative", "positive": "positive"}
TUBERCULOSIS_RESULTS = {
    "negative": "negative",
    "latent tuberculosis": "latent",
    "active tuberculosis": "active",
}
TUBERCULOSIS_TREATMENTS = {"none": "none", "started": "started", "completed": "completed"}
VARICELLA_RESULTS = {"immune": "immune", "non-immune": "non-immune"}
SKIN_RESULTS = {"normal": "normal", "abnormal": "abnormal"}
DECISIONS = {"verified": "verified", "on hold": "hold", "rejected": "reject"}
OUTCOMES = {
    "violated": "violated",
    "not evaluated": "not-evaluated",
    "cleared": "cleared",
    "not applicable": "not-applicable",
}
SEVERITIES = {"block": "block", "warn": "warn", "info": "info"}
ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "further",
)
PREMEDICATION_ROLES = {
    "steroid": (
        "methylprednisolone",
        "prednisone",
        "prednisolone",
        "dexamethasone",
        "hydrocortisone",
        "betamethasone",
    ),
    "antihistamine": (
        "diphenhydramine",
        "cetirizine",
        "loratadine",
        "fexofenadine",
        "hydroxyzine",
        "chlorpheniramine",
        "promethazine",
        "levocetirizine",
        "desloratadine",
    ),
    "antipyretic": ("acetaminophen", "ibuprofen", "naproxen", "aspirin"),
}
PROPHYLAXIS_ROLES = {
    "antiviral": (
        "acyclovir",
        "valacyclovir",
        "famciclovir",
        "ganciclovir",
        "valganciclovir",
    ),
    "pneumocystis prophylaxis": (
        "sulfamethoxazole-trimethoprim",
        "co-trimoxazole",
        "dapsone",
        "atovaquone",
        "pentamidine",
    ),
}
