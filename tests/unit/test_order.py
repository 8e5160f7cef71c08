"""The order document: what it takes, what it refuses, and that it says no value aloud."""

import copy
import json
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from orderguard.errors import InvalidOrder
from orderguard.order import (
    CONDITION_KINDS,
    COUNSELLING_TOPICS,
    DILUENTS,
    DISEASE_COURSES,
    INFUSION_ROUTES,
    INFUSION_STATUSES,
    LAB_TESTS,
    PREGNANCY_STATUSES,
    ROUTES,
    SCREENING_TESTS,
    SEXES,
    STORAGE,
    Indication,
    Order,
    Part,
    Preparation,
    Rems,
    Screening,
)
from orderguard.order_types import LabValue, Quantity

EXAMPLES = Path(__file__).parents[2] / "examples"
LEMTRADA = (EXAMPLES / "lemtrada-course-1.json").read_text(encoding="utf-8")
CAMPATH = (EXAMPLES / "campath-first-dose.json").read_text(encoding="utf-8")

DAY = "2025-06-02"
INSTANT = "2025-06-02T09:00:00-04:00"

# Every key of the order document, each with a value.
FULL: dict[str, Any] = {
    "schema_version": "1",
    "order_id": "ORD-1",
    "ordered_at": INSTANT,
    "time_zone": "America/New_York",
    "product": {"name": "Lemtrada", "rxcui": "1594663", "ndc": "58468-0200", "strength_mg_per_ml": "10"},
    "indication": {"icd10cm": "G35", "disease_course": "relapsing-remitting"},
    "course": {"number": 2},
    "patient": {
        "patient_id": "PT-1",
        "birth_date": "1991-02-11",
        "sex": "female",
        "pregnancy": {"status": "not-pregnant", "tested_on": DAY},
        "lactating": False,
        "household_oral_polio": False,
        "counselling": ["listeria"],
        "contraception_until": DAY,
        "allergies": [{"substance": "penicillin", "rxcui": "7980"}],
        "conditions": [
            {
                "name": "asthma",
                "kind": "lung",
                "icd10cm": "J45",
                "status": "resolved",
                "onset": DAY,
                "resolved_on": DAY,
            }
        ],
        "medications": [
            {
                "name": "metformin",
                "rxcui": "6809",
                "atc": "A10BA02",
                "dose_mg": "500",
                "route": "oral",
                "start": DAY,
                "end": DAY,
            }
        ],
        "immunizations": [{"cvx": "21", "name": "varicella", "date": DAY, "status": "completed"}],
        "prior_therapies": [{"name": "glatiramer", "ended_on": DAY}],
        "prior_infusions": [
            {"product": "Lemtrada", "date": DAY, "dose_mg": "12", "course": 1, "reaction_grade": 2}
        ],
        "cytopenia_holds": 0,
        "screening": {
            "hiv": {"result": "negative", "date": DAY},
            "tuberculosis": {"result": "latent", "date": DAY, "treatment": "completed"},
            "varicella_zoster": {"result": "immune", "date": DAY},
            "hepatitis_b": {"result": "negative", "date": DAY},
            "hepatitis_c": {"result": "negative", "date": DAY},
            "skin_examination": {"result": "normal", "date": DAY},
            "hpv": {"result": "positive", "date": DAY},
        },
        "labs": [
            {
                "test": "creatinine",
                "value": "0.8",
                "unit": "mg/dL",
                "reference_high": "1.1",
                "collected_on": DAY,
            }
        ],
        "monitoring_until": DAY,
    },
    "rems": {
        "program": "LEMTRADA REMS",
        "checked_at": INSTANT,
        "prescription_form": True,
        "prescriber": {"id": "P-1", "certified": True},
        "pharmacy": {"id": "P-2", "certified": True},
        "facility": {"id": "F-1", "certified": True},
        "patient": {
            "enrolled": True,
            "authorized_course": 2,
            "authorized_on": DAY,
            "counselled": True,
            "status_form_on": DAY,
        },
    },
    "facility": {"id": "F-1", "resuscitation_capable": True, "setting": "home"},
    "infusions": [
        {
            "scheduled_start": INSTANT,
            "dose_mg": "12",
            "route": "intravenous-infusion",
            "duration_minutes": 240,
            "rate_ml_per_hour": "25.3",
            "observation_minutes": 120,
            "vital_signs_ordered": True,
            "status": "held",
            "preparation": {
                "prepared_at": INSTANT,
                "drug_volume_ml": "1.2",
                "vials": 1,
                "diluent": "dextrose-5",
                "diluent_volume_ml": "100",
                "final_volume_ml": "101.2",
                "additives": ["potassium chloride"],
                "storage": "room-temperature",
                "protected_from_light": True,
                "vial_expires_on": DAY,
                "vial_storage": "refrigerated",
            },
        }
    ],
    "premedications": [
        {
            "name": "methylprednisolone",
            "rxcui": "6902",
            "dose_mg": "1000",
            "route": "intravenous",
            "scheduled_at": INSTANT,
        }
    ],
    "prophylaxis": [
        {
            "name": "acyclovir",
            "rxcui": "281",
            "dose_mg": "200",
            "route": "oral",
            "frequency_per_day": 2,
            "days_per_week": 7,
            "start": DAY,
            "end": DAY,
        }
    ],
}

# The least that is an order.
LEAST: dict[str, Any] = {
    "schema_version": "1",
    "order_id": "ORD-1",
    "product": {},
    "patient": {},
    "infusions": [{}],
}


def with_value(path: str, value: object) -> dict[str, Any]:
    """The full document with one value replaced."""
    document = copy.deepcopy(FULL)
    *steps, last = [int(step) if step.isdigit() else step for step in path.strip("/").split("/")]
    target: Any = document
    for step in steps:
        target = target[step]
    target[last] = value
    return document


def with_json(path: str, text: str) -> str:
    """The full document as JSON text, with one value replaced by raw JSON."""
    return json.dumps(with_value(path, "@@")).replace('"@@"', text)


def problems(document: object) -> list[tuple[str, str]]:
    text = document if isinstance(document, str | bytes) else json.dumps(document)
    with pytest.raises(InvalidOrder) as caught:
        Order.model_validate_json(text)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def at(order: Order, path: str) -> Any:
    value: Any = order
    for step in path.strip("/").split("/"):
        value = value[int(step)] if step.isdigit() else getattr(value, step)
    return value


def read_at(path: str, text: str) -> Any:
    return at(Order.model_validate_json(with_json(path, text)), path)


def leaves(value: object, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{path}/{number}")
    else:
        yield path


LEAVES = tuple(leaves(FULL))
DOSE = "/infusions/0/dose_mg"
QUANTITIES = tuple(
    path
    for path in LEAVES
    if re.search(r"(_mg|_ml|_minutes|_per_\w+|/value|reference_high)$", path) and "vials" not in path
)
WHOLE_NUMBERS = tuple(
    path
    for path in LEAVES
    if path.endswith(("/number", "/vials", "/course", "authorized_course", "_holds", "_grade"))
    and path not in QUANTITIES
)
DATES = tuple(path for path in LEAVES if re.search(r"(_on|_until|_date|/date|/start|/end|/onset)$", path))
INSTANTS = tuple(path for path in LEAVES if path.endswith(("_at", "scheduled_start")))
FLAGS = tuple(path for path in LEAVES if isinstance(at(Order.model_validate(FULL), path), bool))
WORD_KEYS = (
    *("/sex", "/status", "/kind", "/route", "/result", "/treatment", "/diluent", "storage"),
    *("/setting", "disease_course", "/test", "counselling/0", "schema_version"),
)
WORDS = tuple(path for path in LEAVES if path.endswith(WORD_KEYS))
TEXTS = tuple(
    path
    for path in LEAVES
    if path not in {*QUANTITIES, *WHOLE_NUMBERS, *DATES, *INSTANTS, *FLAGS, *WORDS, "/time_zone", "/order_id"}
)
IDENTIFIERS = tuple(path for path in TEXTS if path.endswith(("/id", "patient_id")))


def part_types(part: type[BaseModel] = Order) -> Iterator[type[BaseModel]]:
    yield part
    for field in part.model_fields.values():
        for inner in _parts_in(field.annotation):
            yield from part_types(inner)


def _parts_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts_in(inner)


def test_the_full_document_of_these_tests_has_every_key_of_the_model() -> None:
    def check(part: type[BaseModel], value: dict[str, Any]) -> None:
        assert set(value) == set(part.model_fields)
        for name, field in part.model_fields.items():
            for inner in _parts_in(field.annotation):
                check(inner, value[name][0] if isinstance(value[name], list) else value[name])

    check(Order, FULL)


def test_every_leaf_of_the_full_document_is_of_one_kind() -> None:
    kinds = [
        *QUANTITIES,
        *WHOLE_NUMBERS,
        *DATES,
        *INSTANTS,
        *FLAGS,
        *WORDS,
        *TEXTS,
        "/time_zone",
        "/order_id",
    ]
    assert sorted(kinds) == sorted(LEAVES)
    assert len(QUANTITIES) == 16
    assert len(WHOLE_NUMBERS) == 6
    assert len(INSTANTS) == 5


# --- what an order is ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [LEMTRADA, CAMPATH])
def test_the_examples_are_orders(text: str) -> None:
    order = Order.model_validate_json(text)
    assert order == Order.model_validate_json(text.encode())
    assert order == Order.model_validate(json.loads(text, parse_float=Decimal))


def test_the_example_is_read_as_written() -> None:
    order = Order.model_validate_json(LEMTRADA)
    first = order.infusions[0]
    assert order.order_id == "ORD-LEM-0001"
    assert order.product.strength_mg_per_ml == Decimal(10)
    assert order.patient.birth_date == date(1991, 2, 11)
    assert first.scheduled_start == datetime(2025, 6, 2, 13, tzinfo=UTC)
    assert first.scheduled_start.utcoffset() == timedelta(hours=-4)
    assert first.preparation.drug_volume_ml == Decimal("1.2")
    assert first.duration_minutes == Decimal(240)
    assert order.patient.labs is not None
    assert [lab.value for lab in order.patient.labs[3:6]] == [Decimal("0.8"), "normal", Decimal("0.08")]


def test_the_least_document_is_an_order_of_which_nothing_is_known() -> None:
    order = Order.model_validate(LEAST)
    assert order.patient.birth_date is None
    assert order.patient.labs is None
    assert order.premedications is None
    assert order.rems.patient.enrolled is None
    assert order.patient.screening.tuberculosis.treatment is None
    assert order.infusions[0].preparation.vials is None


def test_the_defaults_are_those_of_the_contract() -> None:
    order = Order.model_validate(LEAST)
    assert order.facility.setting == "facility"
    assert order.infusions[0].status == "planned"
    assert order.time_zone == "UTC"


@pytest.mark.parametrize("key", ["schema_version", "order_id", "product", "patient", "infusions"])
def test_required_keys_must_be_given_and_null_does_not_count(key: str) -> None:
    assert problems({name: value for name, value in LEAST.items() if name != key}) == [
        (f"/{key}", "must be given")
    ]
    assert problems({**LEAST, key: None}) == [(f"/{key}", "must be given")]


def test_at_least_one_infusion_is_needed() -> None:
    assert problems({**LEAST, "infusions": []}) == [("/infusions", "must have at least 1 item")]


@pytest.mark.parametrize(
    "path", [path for path in LEAVES if not path.endswith(("schema_version", "order_id"))]
)
def test_null_reads_as_absent_for_every_optional_value(path: str) -> None:
    if path.endswith("/0"):
        return
    document = with_value(path, None)
    absent = with_value(path, None)
    *steps, last = path.strip("/").split("/")
    target: Any = absent
    for step in steps:
        target = target[int(step) if step.isdigit() else step]
    del target[last]
    assert Order.model_validate_json(json.dumps(document)) == Order.model_validate_json(json.dumps(absent))


@pytest.mark.parametrize(
    "path",
    [
        "/indication",
        "/course",
        "/rems",
        "/rems/prescriber",
        "/rems/pharmacy",
        "/rems/facility",
        "/rems/patient",
        "/facility",
        "/patient/pregnancy",
        "/patient/screening",
        *(f"/patient/screening/{test}" for test in SCREENING_TESTS),
        "/infusions/0/preparation",
    ],
)
def test_an_absent_part_a_null_part_and_an_empty_part_are_the_same(path: str) -> None:
    by_null = Order.model_validate(with_value(path, None))
    empty = Order.model_validate(with_value(path, {}))
    absent_document = with_value(path, None)
    *steps, last = path.strip("/").split("/")
    target: Any = absent_document
    for step in steps:
        target = target[int(step) if step.isdigit() else step]
    del target[last]
    assert by_null == empty == Order.model_validate(absent_document)
    assert at(by_null, path) is not None


def test_an_empty_list_is_not_an_unknown_list() -> None:
    none = Order.model_validate(with_value("/patient/immunizations", []))
    unknown = Order.model_validate(with_value("/patient/immunizations", None))
    assert none.patient.immunizations == ()
    assert unknown.patient.immunizations is None
    assert none != unknown


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/patient/labs/0", "must be an object"),
        ("/infusions/0", "must be an object"),
        ("/patient/allergies/0", "must be an object"),
        ("/infusions/0/preparation/additives/0", "must be text"),
        ("/patient/counselling/0", "must be `medication-guide`, "),
    ],
)
def test_null_is_no_item_of_a_list(path: str, message: str) -> None:
    [(found, said)] = problems(with_value(path, None))
    assert found == path
    assert said.startswith(message)


def test_the_closed_lists_of_words_are_those_of_the_contract() -> None:
    assert len(CONDITION_KINDS) == 27
    assert len(LAB_TESTS) == 11
    assert len(COUNSELLING_TOPICS) == 5
    assert len(DILUENTS) == 9
    assert len(INFUSION_ROUTES) == 7
    assert len(ROUTES) == 9
    assert len(DISEASE_COURSES) == 5
    assert len(SCREENING_TESTS) == 7
    assert STORAGE == ("room-temperature", "refrigerated", "frozen", "other")
    assert SEXES == ("female", "male", "other", "unknown")
    assert PREGNANCY_STATUSES == ("pregnant", "not-pregnant", "not-applicable")
    assert INFUSION_STATUSES == ("planned", "given", "held")


# --- closed world -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["", *sorted({path.rpartition("/")[0] for path in LEAVES})])
def test_an_unknown_key_is_refused_in_every_part(part: str) -> None:
    if re.search(r"/(counselling|additives)$", part):
        return
    assert problems(with_value(f"{part}/zzzzzz", None)) == [
        (f"{part}/zzzzzz", "is not a key of the order document here")
    ]


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/infusions/0/dosemg", "dose_mg"),
        ("/patient/imunizations", "immunizations"),
        ("/patient/labs/0/colected_on", "collected_on"),
        ("/patient/screening/tubercolosis", "tuberculosis"),
        ("/rems/patient/enroled", "enrolled"),
        ("/prophylaxes", "prophylaxis"),
        ("/infusions/0/preparation/Diluent", "diluent"),
    ],
)
def test_a_misspelt_key_gets_a_suggestion(path: str, meant: str) -> None:
    assert problems(with_value(path, 1)) == [
        (path, f"is not a key of the order document here; did you mean `{meant}`?")
    ]


def test_a_long_unprintable_key_is_shown_cut_and_escaped() -> None:
    [(path, _)] = problems({**LEAST, "a\n\x1b" + "b" * 100: 1})
    assert path == "/a\\u000a\\u001b" + "b" * 61 + "..."


def test_a_key_with_a_lone_surrogate_is_an_unknown_key() -> None:
    text = json.dumps(LEAST).replace('"patient": {}', '"patient": {"se\\ud800x": 1}')
    assert problems(text) == [("/patient/se\\ud800x", "is not a key of the order document here")]


# --- quantities ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ('"12"', "12"),
        ("12.0", "12"),
        ('"12.500"', "12.5"),
        ("1.2e1", "12"),
        ("120E-1", "12"),
        ("1e11", "100000000000"),
        ("999999999999", "999999999999"),
        ("0.000001", "0.000001"),
        ('"0.000001000"', "0.000001"),
        ("1e-6", "0.000001"),
        ("123456.123456", "123456.123456"),
        ("12." + "0" * 5000, "12"),
        ("0", "0"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("0e5", "0"),
        ('"0012.5"', "12.5"),
    ],
)
def test_quantities_are_exact_decimals_in_plain_digits(text: str, value: str) -> None:
    read = read_at(DOSE, text)
    assert type(read) is Decimal
    assert str(read) == value


@pytest.mark.parametrize(
    "text",
    [
        "0.0000001",
        '"0.1234567"',
        "1e-7",
        "1234567890123",
        '"1234567890123"',
        "1e12",
        "123456.1234567",
        "1234567.123456",
        "240.0000000000000001",
        "1e400",
        "1e999999999",
        "1e-999999999",
        "1e99999999999999999999",
        "9" * 5000,
        '"' + "9" * 150 + '"',
        '"' + "9" * 5000 + '"',
        "1." + "1" * 5000,
        "1.0000000000000000000000000000000000000000000000001",
    ],
)
def test_too_many_digits_are_refused(text: str) -> None:
    assert problems(with_json(DOSE, text)) == [
        (DOSE, "must have at most 6 decimal places and at most 12 digits")
    ]


@pytest.mark.parametrize(
    "text",
    [
        '"1_000"',
        '" 1.2 "',
        '"1.2 "',
        '"1.2\\n"',
        '"١٢"',
        '"\uff11\uff12"',
        '"1,2"',
        '"1e3"',
        '"+1"',
        '".5"',
        '"5."',
        '""',
        '"NaN"',
        '"Infinity"',
        '"0x10"',
        '"1/2"',
        '"12 mg"',
        "true",
        "false",
        "[]",
        "[12]",
        "{}",
    ],
)
def test_what_is_not_plain_digits_is_no_quantity(text: str) -> None:
    assert problems(with_json(DOSE, text)) == [
        (DOSE, "must be a number, or a decimal number in plain digits as text")
    ]


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_no_number_is_not_a_number_or_infinite(text: str) -> None:
    assert problems(with_json(DOSE, text)) == [(DOSE, "must be a finite number")]


@pytest.mark.parametrize("text", ["-1", '"-1"', "-0.000001", '"-12.5"', "-1e-9"])
def test_quantities_are_not_negative(text: str) -> None:
    assert problems(with_json(DOSE, text)) == [(DOSE, "must not be negative")]


@pytest.mark.parametrize("path", QUANTITIES)
def test_every_quantity_takes_numbers_and_decimal_text_and_no_booleans(path: str) -> None:
    assert read_at(path, "12.50") == read_at(path, '"12.5"') == Decimal("12.5")
    assert [found for found, _ in problems(with_json(path, "true"))] == [path]
    assert [found for found, _ in problems(with_json(path, "-1"))] == [path]
    assert [found for found, _ in problems(with_json(path, "1e-7"))] == [path]


@pytest.mark.parametrize("number", [Decimal("12.50"), Decimal("1.25E+1"), "12.5"])
def test_python_values_give_exact_quantities(number: object) -> None:
    assert at(Order.model_validate(with_value(DOSE, number)), DOSE) == Decimal("12.5")


@pytest.mark.parametrize(
    "number", [12.5, float("nan"), Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"), True, b"1"]
)
def test_python_floats_and_oddities_are_no_quantities(number: object) -> None:
    with pytest.raises(InvalidOrder) as caught:
        Order.model_validate(with_value(DOSE, number))
    assert [problem.path for problem in caught.value.problems] == [DOSE]


def test_quantities_do_not_depend_on_the_decimal_context_of_the_host() -> None:
    with localcontext() as context:
        context.prec = 2
        assert read_at(DOSE, "765.432101") == Decimal("765.432101")
        assert problems(with_json(DOSE, "0.12345678"))


# --- whole numbers, booleans, texts -------------------------------------------------------------------------


@pytest.mark.parametrize("path", WHOLE_NUMBERS)
def test_whole_numbers_are_json_integers(path: str) -> None:
    message = "must be a whole number, written without quotes, decimal point and exponent"
    for text in ("1.0", "1e0", '"1"', "true", "1.5", "9" * 5000, "1e400"):
        assert problems(with_json(path, text)) == [(path, message)]


@pytest.mark.parametrize(
    ("path", "lowest"),
    [
        ("/course/number", 1),
        ("/patient/prior_infusions/0/course", 1),
        ("/rems/patient/authorized_course", 1),
        ("/patient/prior_infusions/0/reaction_grade", 0),
        ("/patient/cytopenia_holds", 0),
        ("/infusions/0/preparation/vials", 0),
    ],
)
def test_whole_numbers_have_a_lowest_value(path: str, lowest: int) -> None:
    assert read_at(path, str(lowest)) == lowest
    assert problems(with_json(path, str(lowest - 1))) == [(path, f"must be at least {lowest}")]


def test_reaction_grades_end_at_five() -> None:
    path = "/patient/prior_infusions/0/reaction_grade"
    assert read_at(path, "5") == 5
    assert problems(with_json(path, "6")) == [(path, "must be at most 5")]


@pytest.mark.parametrize("path", FLAGS)
def test_booleans_are_true_and_false_alone(path: str) -> None:
    for text in ("0", "1", '"true"', '"yes"', '""', "[]"):
        assert problems(with_json(path, text)) == [(path, "must be true or false")]


@pytest.mark.parametrize("path", TEXTS)
def test_texts_are_text(path: str) -> None:
    for text in ("12", "1.5", "true", "[]", "{}"):
        assert problems(with_json(path, text)) == [(path, "must be text")]


@pytest.mark.parametrize("path", TEXTS)
def test_texts_have_at_most_200_characters_and_identifiers_64(path: str) -> None:
    most = 64 if path in IDENTIFIERS else 200
    assert read_at(path, json.dumps("é" * most)) == "é" * most
    assert problems(with_value(path, "é" * (most + 1))) == [(path, f"must have at most {most} characters")]


def test_the_identifiers_are_known() -> None:
    assert len(IDENTIFIERS) == 5


@pytest.mark.parametrize("path", TEXTS)
def test_texts_have_no_control_characters(path: str) -> None:
    for character in "\x00\n\t\x1b\x1f\x7f\x80\x85\x9f":
        for text in (character, "a" + character, character + "a"):
            assert problems(with_value(path, text)) == [(path, "must have no control characters")]


@pytest.mark.parametrize("path", [*TEXTS, "/order_id"])
def test_texts_have_no_lone_surrogates(path: str) -> None:
    assert problems(with_json(path, '"a\\ud800"')) == [(path, "must be valid Unicode text")]


def test_a_surrogate_pair_is_one_character() -> None:
    assert read_at("/product/name", '"\\ud83d\\ude00"') == "\U0001f600"


@pytest.mark.parametrize("text", ["", "a b", "é", "a/b", "a\n", "\u0661", "a:b"])
def test_the_order_id_has_its_own_characters(text: str) -> None:
    assert problems(with_value("/order_id", text)) == [
        ("/order_id", "must have 1 to 64 characters out of A-Z a-z 0-9 . _ -")
    ]


def test_the_order_id_has_at_most_64_characters() -> None:
    assert read_at("/order_id", '"' + "a" * 64 + '"') == "a" * 64
    assert problems(with_value("/order_id", "a" * 65)) == [("/order_id", "must have at most 64 characters")]


@pytest.mark.parametrize("path", WORDS)
def test_words_are_those_of_the_list(path: str) -> None:
    for value in ("Zebra", "", "OTHER", 1, True, [], {}):
        [(found, message)] = problems(with_value(path, value))
        assert found == path
        assert re.fullmatch(r"must be `[^`]+`(, `[^`]+`)*( or `[^`]+`)?", message)


@pytest.mark.parametrize("version", ["2", "1.0", 1])
def test_only_schema_version_1_is_read(version: object) -> None:
    assert problems({**LEAST, "schema_version": version}) == [("/schema_version", "must be `1`")]


# --- dates, instants, zones ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", DATES)
def test_every_date_is_read_and_checked(path: str) -> None:
    assert read_at(path, '"2024-02-29"') == date(2024, 2, 29)
    assert problems(with_json(path, '"2025-02-29"')) == [(path, "must be a day of the calendar")]
    assert problems(with_json(path, '"1899-12-31"')) == [(path, "must lie between 1900-01-01 and 2199-12-31")]


@pytest.mark.parametrize("text", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_are_dates(text: str) -> None:
    assert read_at("/patient/birth_date", f'"{text}"') == date.fromisoformat(text)


@pytest.mark.parametrize("text", ["1899-12-31", "2200-01-01", "0001-01-01", "9999-12-31"])
def test_days_outside_of_the_years_are_refused(text: str) -> None:
    path = "/patient/birth_date"
    message = "must lie between 1900-01-01 and 2199-12-31"
    assert problems(with_value(path, text)) == [(path, message)]
    assert problems(with_value("/ordered_at", f"{text}T00:00:00Z")) == [("/ordered_at", message)]


@pytest.mark.parametrize(
    "text",
    [
        '"1748822400"',
        "1748822400",
        '"20250602"',
        '"2025-6-2"',
        '"2025-W23-1"',
        '"2025-153"',
        '"2025-06-02T00:00:00"',
        '"2025-06-02T00:00:00Z"',
        '" 2025-06-02"',
        '"2025-06-02\\n"',
        '"٢٠٢٥-٠٦-٠٢"',
        '"02.06.2025"',
        '""',
        "true",
        "[]",
    ],
)
def test_dates_have_one_form(text: str) -> None:
    path = "/patient/birth_date"
    assert problems(with_json(path, text)) == [(path, "must be a date written YYYY-MM-DD")]


@pytest.mark.parametrize("text", ["2025-00-01", "2025-13-01", "2025-01-00", "2025-04-31", "0000-01-01"])
def test_days_that_no_calendar_has_are_refused(text: str) -> None:
    assert problems(with_value("/patient/birth_date", text)) == [
        ("/patient/birth_date", "must be a day of the calendar")
    ]


@pytest.mark.parametrize("path", INSTANTS)
def test_every_instant_needs_an_offset(path: str) -> None:
    assert read_at(path, f'"{INSTANT}"') == datetime(2025, 6, 2, 13, tzinfo=UTC)
    assert problems(with_value(path, "2025-06-02T09:00:00")) == [
        (path, "must have an offset from UTC, such as -04:00 or Z")
    ]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-06-02T09:00:00Z", datetime(2025, 6, 2, 9, tzinfo=UTC)),
        ("2025-06-02T09:00:00+05:30", datetime(2025, 6, 2, 3, 30, tzinfo=UTC)),
        ("2025-06-02T09:00:00.250-00:00", datetime(2025, 6, 2, 9, 0, 0, 250_000, tzinfo=UTC)),
        ("2025-06-02T09:00:00.000001Z", datetime(2025, 6, 2, 9, 0, 0, 1, tzinfo=UTC)),
    ],
)
def test_instants_are_rfc_3339(text: str, moment: datetime) -> None:
    assert read_at("/ordered_at", f'"{text}"') == moment


@pytest.mark.parametrize(
    "text",
    [
        '"2025-06-02"',
        '"2025-06-02 09:00:00Z"',
        '"2025-06-02t09:00:00z"',
        '"2025-06-02T09:00Z"',
        '"2025-06-02T09Z"',
        '"20250602T090000Z"',
        '"2025-06-02T09:00:00,5Z"',
        '"2025-06-02T09:00:00.1234567Z"',
        '"2025-06-02T09:00:00.Z"',
        '"2025-06-02T09:00:00+0400"',
        '"2025-06-02T09:00:00+04"',
        '"2025-06-02T09:00:00+04:60"',
        '"2025-06-02T09:00:00+04:00:00"',
        '"2025-06-02T09:00:00 Z"',
        '"2025-06-02T09:00:00Z\\n"',
        '"2025-06-02T09:00:00[America/New_York]"',
        '"2025-W23-1T09:00:00Z"',
        '"\u0662\u0660\u0662\u0665-06-02T09:00:00Z"',
        '"1748822400"',
        "1748822400",
        "true",
        '""',
    ],
)
def test_instants_have_one_form(text: str) -> None:
    assert problems(with_json("/ordered_at", text)) == [
        ("/ordered_at", "must be a date and time with offset, written YYYY-MM-DDThh:mm:ss+hh:mm")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-30T09:00:00Z",
        "2025-06-02T24:00:00Z",
        "2025-06-02T09:60:00Z",
        "2025-06-02T23:59:60Z",
        "2025-06-02T09:00:00+24:00",
    ],
)
def test_times_that_no_clock_shows_are_refused(text: str) -> None:
    assert problems(with_value("/ordered_at", text)) == [
        ("/ordered_at", "must be a day of the calendar and a time of the day")
    ]


def test_the_offset_given_is_kept() -> None:
    assert read_at("/ordered_at", '"2025-06-02T09:00:00+05:30"').utcoffset() == timedelta(hours=5, minutes=30)


def test_python_dates_and_aware_datetimes_are_taken() -> None:
    zoned = datetime(2025, 6, 2, 9, tzinfo=ZoneInfo("America/New_York"))
    order = Order.model_validate(
        {**with_value("/patient/birth_date", date(1991, 2, 11)), "ordered_at": zoned}
    )
    assert order == Order.model_validate(FULL)
    assert order.ordered_at is not None
    assert order.ordered_at.tzinfo == timezone(timedelta(hours=-4))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/ordered_at", datetime(2025, 6, 2, 9)),  # noqa: DTZ001
        ("/ordered_at", date(2025, 6, 2)),
        ("/ordered_at", datetime(1, 1, 1, tzinfo=UTC)),
        ("/patient/birth_date", datetime(2025, 6, 2, tzinfo=UTC)),
        ("/patient/birth_date", date(1899, 12, 31)),
    ],
)
def test_python_dates_obey_the_same_rules(path: str, value: object) -> None:
    with pytest.raises(InvalidOrder) as caught:
        Order.model_validate(with_value(path, value))
    assert [problem.path for problem in caught.value.problems] == [path]


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5"])
def test_iana_zones_are_known(name: str) -> None:
    assert read_at("/time_zone", f'"{name}"') == name


@pytest.mark.parametrize(
    "text",
    [
        '"Mars/Olympus"',
        '"europe/berlin"',
        '"America"',
        '"../../etc/passwd"',
        '"/etc/localtime"',
        '"posix/UTC"',
        '"right/UTC"',
        '"localtime"',
        '"UTC\\u0000"',
        '"UTC "',
        '""',
        '"' + "a" * 100_000 + '"',
        '"\\ud800"',
        "5",
        "[]",
    ],
)
def test_what_names_no_zone_is_refused(text: str) -> None:
    assert problems(with_json("/time_zone", text)) == [
        ("/time_zone", "must be the name of an IANA time zone, such as America/New_York")
    ]


# --- laboratory values --------------------------------------------------------------------------------------


def lab(**fields: object) -> dict[str, Any]:
    return with_value("/patient/labs/0", fields)


@pytest.mark.parametrize("word", ["normal", "abnormal"])
def test_urinalysis_has_words_without_a_unit(word: str) -> None:
    order = Order.model_validate(lab(test="urinalysis-cell-counts", value=word))
    assert at(order, "/patient/labs/0/value") == word
    assert problems(lab(test="urinalysis-cell-counts", value=word, unit="/uL")) == [
        ("/patient/labs/0/unit", "must be left out where the value is `normal` or `abnormal`")
    ]


def test_other_tests_have_no_words() -> None:
    assert problems(lab(test="creatinine", value="normal", unit="mg/dL")) == [
        ("/patient/labs/0/value", "must be a quantity for this test")
    ]


@pytest.mark.parametrize("value", ["Normal", "negative", "< 5", True])
def test_a_lab_value_is_a_quantity_or_one_of_two_words(value: object) -> None:
    assert [path for path, _ in problems(lab(test="urinalysis-cell-counts", value=value))] == [
        "/patient/labs/0/value"
    ]


# --- lists and objects --------------------------------------------------------------------------------------

LISTS = [
    ("/patient/counselling", "listeria", 1000),
    ("/patient/allergies", {}, 1000),
    ("/patient/conditions", {}, 1000),
    ("/patient/medications", {}, 1000),
    ("/patient/immunizations", {}, 1000),
    ("/patient/prior_therapies", {}, 1000),
    ("/patient/prior_infusions", {}, 1000),
    ("/patient/labs", {}, 5000),
    ("/infusions", {}, 1000),
    ("/infusions/0/preparation/additives", "x", 1000),
    ("/premedications", {}, 1000),
    ("/prophylaxis", {}, 1000),
]


@pytest.mark.parametrize(("path", "item", "most"), LISTS)
def test_lists_have_a_largest_length(path: str, item: object, most: int) -> None:
    assert len(at(Order.model_validate(with_value(path, [item] * most)), path)) == most
    assert problems(with_value(path, [item] * (most + 1))) == [(path, f"must have at most {most} items")]


@pytest.mark.parametrize(("path", "item", "most"), LISTS)
def test_lists_are_lists(path: str, item: object, most: int) -> None:
    for value in ({}, "x", 1, True):
        assert problems(with_value(path, value)) == [(path, "must be a list")]


def test_wrong_items_are_not_also_reported_as_too_few() -> None:
    assert problems({**LEAST, "infusions": [{"dose_mg": "x"}]}) == [
        (DOSE, "must be a number, or a decimal number in plain digits as text")
    ]


@pytest.mark.parametrize("values", [{"listeria"}, (word for word in ["listeria"]), {"listeria": 1}.keys()])
def test_python_values_without_an_order_are_no_lists(values: object) -> None:
    document = copy.deepcopy(FULL)
    document["patient"]["counselling"] = values
    with pytest.raises(InvalidOrder, match="/patient/counselling: must be a list"):
        Order.model_validate(document)


@pytest.mark.parametrize(
    "path",
    [
        "/product",
        "/patient",
        "/indication",
        "/course",
        "/rems",
        "/rems/patient",
        "/facility",
        "/patient/screening/hiv",
    ],
)
@pytest.mark.parametrize("value", [[], "x", 1, True])
def test_objects_are_objects(path: str, value: object) -> None:
    assert problems(with_value(path, value)) == [(path, "must be an object")]


@pytest.mark.parametrize("text", ["null", "[]", "1", '"x"', "true"])
def test_a_document_is_an_object(text: str) -> None:
    assert problems(text) == [("", "must be an object")]


# --- every problem at once ----------------------------------------------------------------------------------


def test_all_problems_come_at_once_in_document_order() -> None:
    text = """{
      "infusions": [{"dose_mg": true}, {"status": "gone", "dose": 1}],
      "order_id": "a b",
      "patient": {"sex": "f", "labs": [{}, {"test": 1, "value": "x", "colected_on": 1}], "sex": "g"},
      "zebra": NaN,
      "time_zone": "x",
      "product": {"name": 5, "strength_mg_per_ml": -1}
    }"""
    assert [path for path, _ in problems(text)] == [
        "/infusions/0/dose_mg",
        "/infusions/1/status",
        "/infusions/1/dose",
        "/order_id",
        "/patient/sex",
        "/patient/sex",
        "/patient/labs/1/test",
        "/patient/labs/1/value",
        "/patient/labs/1/colected_on",
        "/zebra",
        "/zebra",
        "/time_zone",
        "/product/name",
        "/product/strength_mg_per_ml",
        "/schema_version",
    ]


def test_problems_of_depth_come_with_the_others() -> None:
    text = json.dumps({**LEAST, "order_id": "?"})[:-1] + ', "x": ' + "[" * 50 + "]" * 50 + "}"
    assert [path for path, _ in problems(text)] == ["/order_id", "/x", "/x" + "/0" * 49]


def test_every_wrong_leaf_of_a_document_is_reported() -> None:
    document = copy.deepcopy(FULL)
    for path in LEAVES:
        *steps, last = path.strip("/").split("/")
        target: Any = document
        for step in steps:
            target = target[int(step) if step.isdigit() else step]
        target[int(last) if last.isdigit() else last] = [[]]
    assert [path for path, _ in problems(document)] == list(LEAVES)


def test_thousands_of_unknown_keys_are_all_reported() -> None:
    document = {**LEAST, **{f"key{number}": number for number in range(20_000)}}
    assert len(problems(document)) == 20_000


# --- nothing is said aloud ----------------------------------------------------------------------------------

CANARY = "CANARY-7731"
WRONG = (
    json.dumps(CANARY),
    json.dumps("\n" + CANARY),
    json.dumps(CANARY * 1000),
    "77317731.77317731",
    "-7731",
    "7731e7731",
    json.dumps([CANARY, 77317731]),
    json.dumps({"name": CANARY, "id": 77317731}),
    '"7731 CANARY \\ud800"',
)


def said_about(text: str) -> tuple[bool, list[str]]:
    """Whether a document was refused, and all that can be printed about it."""
    try:
        order = Order.model_validate_json(text)
    except InvalidOrder as error:
        linked = [error.__context__, error.__cause__]
        said = [str(error), repr(error), repr(error.args), repr(error.problems), repr(linked)]
        return True, [*said, *traceback.format_exception(error)]
    return False, [str(order), repr(order)]


@pytest.mark.parametrize("path", LEAVES)
def test_no_error_repeats_a_value(path: str) -> None:
    refused = 0
    for wrong in WRONG:
        was_refused, said = said_about(with_json(path, wrong))
        refused += was_refused
        for line in said:
            assert "CANARY" not in line
            assert "7731" not in line
    assert refused >= len(WRONG) - 1


def test_pydantic_s_own_error_shows_no_value() -> None:
    with pytest.raises(ValidationError) as caught:
        Order(**with_value("/patient/birth_date", CANARY))
    assert CANARY not in str(caught.value)
    assert CANARY not in repr(caught.value)


@pytest.mark.parametrize("part", sorted(set(part_types()), key=lambda part: part.__name__))
def test_no_part_shows_its_values_when_printed(part: type[Part]) -> None:
    order = Order.model_validate(FULL)
    assert repr(order) == str(order) == "Order(...)"
    assert f"{order.patient}" == "Patient(...)"
    assert part.__repr__ is Part.__repr__
    assert part.__str__ is Part.__str__
    assert list(part.__repr_args__(order)) == []


# --- frozen, hashable, one door -----------------------------------------------------------------------------


def test_an_order_cannot_be_changed() -> None:
    order = Order.model_validate(FULL)
    with pytest.raises(ValidationError, match="frozen"):
        order.order_id = "x"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        order.patient.sex = "male"  # type: ignore[misc]
    assert isinstance(order.infusions, tuple)
    assert isinstance(order.patient.labs, tuple)


def test_equal_orders_are_equal_and_hash_alike() -> None:
    one, two = Order.model_validate(FULL), Order.model_validate_json(json.dumps(FULL))
    assert one == two
    assert hash(one) == hash(two)
    assert len({one, two, Order.model_validate(LEAST)}) == 2


def test_unknown_parts_are_shared() -> None:
    order = Order.model_validate(LEAST)
    assert order.rems is Rems.unknown()
    assert order.indication is Indication.unknown()
    assert order.patient.screening is Screening.unknown()
    assert order.infusions[0].preparation is Preparation.unknown()


def test_the_options_of_pydantic_loosen_nothing() -> None:
    with pytest.raises(InvalidOrder):
        Order.model_validate({**LEAST, "x": 1}, extra="allow")
    with pytest.raises(InvalidOrder):
        Order.model_validate_json(json.dumps({**LEAST, "course": {"number": "1"}}), strict=False)


def test_an_order_is_not_read_from_strings() -> None:
    with pytest.raises(TypeError):
        Order.model_validate_strings({"order_id": "x"})


@pytest.mark.parametrize("number", ["240.0000000000000001", "1e400", "0.1"])
def test_pydantic_s_own_json_reader_cannot_round_a_quantity(number: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Order).validate_json(with_json(DOSE, number))


def test_keys_that_are_not_text_are_refused() -> None:
    with pytest.raises(InvalidOrder, match="must have text as its key"):
        Order.model_validate({**LEAST, 5: 1})


def test_duplicate_keys_are_refused_even_with_equal_values() -> None:
    text = json.dumps(LEAST)[:-1] + ', "order_id": "ORD-1"}'
    assert problems(text) == [("/order_id", "must be given only once")]


def test_a_byte_order_mark_is_taken_and_utf_16_is_not() -> None:
    assert Order.model_validate_json(LEMTRADA.encode("utf-8-sig")) == Order.model_validate_json(LEMTRADA)
    assert problems(LEMTRADA.encode("utf-16")) == [("", "must be UTF-8 text")]


def test_four_mebibytes_are_the_most() -> None:
    most = 4 * 1024 * 1024
    assert Order.model_validate_json(json.dumps(LEAST).ljust(most)) == Order.model_validate(LEAST)
    assert problems(json.dumps(LEAST).ljust(most + 1)) == [("", "must be at most 4 MiB")]


# --- the JSON Schema ----------------------------------------------------------------------------------------

SCHEMA = Order.model_json_schema()
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float, Decimal),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value fits a schema, as far as the schema of the order uses the language."""
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    if "anyOf" in schema:
        return any(fits(value, choice) for choice in schema["anyOf"])
    kinds = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", list(_TYPES))
    if isinstance(value, bool):
        kinds = [kind for kind in kinds if kind == "boolean"]
    return any(isinstance(value, _TYPES[kind]) for kind in kinds) and _within(value, schema)


def _within(value: Any, schema: dict[str, Any]) -> bool:
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        return False
    if isinstance(value, str):
        return len(value) <= schema.get("maxLength", len(value)) and bool(
            re.search(schema.get("pattern", "").replace("$", r"\Z"), value)
        )
    if isinstance(value, int | float | Decimal):
        return schema.get("minimum", value) <= value <= schema.get("maximum", value)
    if isinstance(value, list):
        length = schema.get("minItems", 0) <= len(value) <= schema["maxItems"]
        return length and all(fits(item, schema["items"]) for item in value)
    if isinstance(value, dict):
        known = schema["properties"]
        given = set(schema.get("required", [])) <= set(value) <= set(known)
        return given and all(fits(inner, known[key]) for key, inner in value.items())
    return True


@pytest.mark.parametrize("document", [json.loads(LEMTRADA), json.loads(CAMPATH), FULL, LEAST])
def test_the_schema_takes_what_the_model_takes(document: dict[str, Any]) -> None:
    assert fits(document, SCHEMA)


@pytest.mark.parametrize("path", LEAVES)
def test_the_schema_agrees_with_the_model_on_null_and_on_wrong_types(path: str) -> None:
    for value in (None, True, "Zebra\n", -1, [], {}, "x" * 201):
        document = with_value(path, value)
        try:
            Order.model_validate(document)
        except InvalidOrder:
            accepted = False
        else:
            accepted = True
        if accepted:
            assert fits(document, SCHEMA)
        elif path != "/time_zone" and path not in {*DATES, *INSTANTS}:
            assert not fits(document, SCHEMA)


def test_the_schema_is_closed_everywhere() -> None:
    for schema in (SCHEMA, *SCHEMA["$defs"].values()):
        assert schema["type"] == "object"
        assert schema["additionalProperties"] is False
        assert schema["description"]


def test_the_schema_requires_what_the_contract_requires() -> None:
    assert sorted(SCHEMA["required"]) == ["infusions", "order_id", "patient", "product", "schema_version"]
    assert not any("required" in schema for schema in SCHEMA["$defs"].values())


def test_the_schema_names_units() -> None:
    infusion = SCHEMA["$defs"]["Infusion"]["properties"]
    assert infusion["dose_mg"]["description"] == "dose, in mg"
    assert infusion["rate_ml_per_hour"]["description"] == "rate, in mL/h"
    assert infusion["scheduled_start"]["anyOf"][0] == {"type": "string", "format": "date-time"}


@pytest.mark.parametrize("kind", [Quantity, LabValue])
def test_the_schema_of_a_quantity_takes_numbers_and_plain_digits(kind: Any) -> None:
    schema = TypeAdapter(kind).json_schema()
    for value in (12, 12.5, "12.5", "0.000001", "12.5000000", "0012"):
        assert fits(value, schema)
    for value in (True, -1, "1e3", ".5", "1.", " 1", "1.1234567", "1" * 13, 10**12):
        assert not fits(value, schema)
