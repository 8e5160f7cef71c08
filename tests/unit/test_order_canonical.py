"""Canonical JSON: the same text for documents that say the same, another for all others."""

import copy
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orderguard.order import Order
from orderguard.order_canonical import canonical_json

EXAMPLES = Path(__file__).parents[2] / "examples"
LEMTRADA = json.loads((EXAMPLES / "lemtrada-course-1.json").read_text(encoding="utf-8"))
CAMPATH = json.loads((EXAMPLES / "campath-first-dose.json").read_text(encoding="utf-8"))
LEAST = {"schema_version": "1", "order_id": "O", "product": {}, "patient": {}, "infusions": [{}]}


def canonical(document: Any) -> bytes:
    return canonical_json(Order.model_validate_json(json.dumps(document)))


def changed(path: str, value: object) -> Any:
    document = copy.deepcopy(LEMTRADA)
    *steps, last = [int(step) if step.isdigit() else step for step in path.strip("/").split("/")]
    target = document
    for step in steps:
        target = target[step]
    target[last] = value
    return document


def places(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield f"{path}/{key}", inner
        yield from places(inner, f"{path}/{key}")


def test_the_least_order_has_its_defaults_filled_in() -> None:
    assert canonical(LEAST) == (
        b'{"facility":{"setting":"facility"},"infusions":[{"status":"planned"}],'
        b'"order_id":"O","patient":{},"product":{},"schema_version":"1","time_zone":"UTC"}'
    )


@pytest.mark.parametrize("document", [LEMTRADA, CAMPATH, LEAST])
def test_keys_are_sorted_and_nothing_is_spaced(document: Any) -> None:
    text = canonical(document)
    again = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))
    assert text == again.encode("ascii")


@pytest.mark.parametrize("document", [LEMTRADA, CAMPATH, LEAST])
def test_canonical_json_reads_as_the_same_order(document: Any) -> None:
    order = Order.model_validate(document)
    assert Order.model_validate_json(canonical_json(order)) == order
    assert canonical_json(Order.model_validate_json(canonical_json(order))) == canonical_json(order)


def test_the_canonical_json_of_the_examples_is_fixed() -> None:
    digests = [hashlib.sha256(canonical(document)).hexdigest() for document in (LEMTRADA, CAMPATH)]
    assert digests == [
        "b79ea424268421728efb84f36e3e013a94f5af2d2a20a851b14d663f3eed0194",
        "c22f5d65802816ffc2acaa3bf1836584ebd547ca75fbe15f756fe4ac659273cc",
    ]


@pytest.mark.parametrize("text", ["12", '"12"', "12.0", '"12.000000"', "1.2e1", "120e-1", '"0012"'])
def test_one_quantity_has_one_text(text: str) -> None:
    raw = json.dumps(changed("/infusions/0/dose_mg", "@@")).replace('"@@"', text)
    assert canonical_json(Order.model_validate_json(raw)) == canonical(LEMTRADA)


@pytest.mark.parametrize(
    "text",
    [
        "2025-06-02T09:00:00-04:00",
        "2025-06-02T13:00:00Z",
        "2025-06-02T13:00:00.000+00:00",
        "2025-06-02T18:30:00+05:30",
        "2025-06-03T02:00:00+13:00",
    ],
)
def test_one_instant_has_one_text_in_utc(text: str) -> None:
    result = canonical(changed("/infusions/0/scheduled_start", text))
    assert result == canonical(LEMTRADA)
    assert json.loads(result)["infusions"][0]["scheduled_start"] == "2025-06-02T13:00:00Z"


def test_fractions_of_a_second_are_kept() -> None:
    result = canonical(changed("/ordered_at", "2025-05-22T09:30:00.250-04:00"))
    assert json.loads(result)["ordered_at"] == "2025-05-22T13:30:00.250000Z"


def test_the_order_of_keys_does_not_matter() -> None:
    def reversed_keys(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: reversed_keys(value[key]) for key in reversed(value)}
        return [reversed_keys(item) for item in value] if isinstance(value, list) else value

    assert canonical(reversed_keys(LEMTRADA)) == canonical(LEMTRADA)


@pytest.mark.parametrize(
    "path",
    [
        "/indication",
        "/course",
        "/rems",
        "/rems/prescriber",
        "/facility",
        "/patient/pregnancy",
        "/patient/screening",
    ],
)
def test_absent_null_empty_and_all_null_parts_are_the_same(path: str) -> None:
    unknown = changed(path, None)
    assert canonical(changed(path, {})) == canonical(unknown)
    *steps, last = path.strip("/").split("/")
    absent = copy.deepcopy(LEMTRADA)
    target = absent
    for step in steps:
        target = target[step]
    nulls = dict.fromkeys(target.pop(last))
    assert canonical(absent) == canonical(unknown)
    assert canonical(changed(path, nulls)) == canonical(unknown)


def test_stated_defaults_equal_absent_ones() -> None:
    assert canonical(changed("/facility/setting", "facility")) == canonical(LEMTRADA)
    assert canonical(changed("/facility/setting", None)) == canonical(LEMTRADA)
    assert canonical(changed("/infusions/0/status", "planned")) == canonical(LEMTRADA)
    assert canonical({**LEAST, "time_zone": "UTC"}) == canonical(LEAST)


def test_an_empty_list_is_not_an_unknown_list() -> None:
    assert json.loads(canonical(LEMTRADA))["patient"]["allergies"] == []
    assert "allergies" not in json.loads(canonical(changed("/patient/allergies", None)))["patient"]


def test_an_item_of_which_nothing_is_known_is_still_an_item() -> None:
    assert json.loads(canonical(changed("/patient/labs", [{}])))["patient"]["labs"] == [{}]
    assert canonical(changed("/patient/labs", [{}, {}])) != canonical(changed("/patient/labs", [{}]))


def test_the_order_of_a_list_matters() -> None:
    turned = changed("/patient/counselling", LEMTRADA["patient"]["counselling"][::-1])
    assert canonical(turned) != canonical(LEMTRADA)


REQUIRED = tuple("/" + key for key in LEAST)
OPTIONAL = [(path, value) for path, value in places(LEMTRADA) if path not in REQUIRED]


@pytest.mark.parametrize(("path", "value"), [place for place in OPTIONAL if not place[0][-1].isdigit()])
def test_every_known_value_of_the_example_counts(path: str, value: object) -> None:
    assert (canonical(changed(path, None)) == canonical(LEMTRADA)) is (value is None)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/infusions/0/dose_mg", "12.000001"),
        ("/infusions/0/scheduled_start", "2025-06-02T09:00:00-05:00"),
        ("/infusions/0/scheduled_start", "2025-06-02T09:00:00.000001-04:00"),
        ("/patient/birth_date", "1991-02-12"),
        ("/patient/lactating", True),
        ("/course/number", 2),
        ("/product/name", "lemtrada"),
        ("/time_zone", "US/Eastern"),
    ],
)
def test_a_small_difference_is_a_difference(path: str, value: object) -> None:
    assert canonical(changed(path, value)) != canonical(LEMTRADA)


def test_text_outside_of_ascii_is_escaped() -> None:
    assert b'"name":"L\\u00e9mtr\\"\\ud83d\\ude00"' in canonical(changed("/product/name", 'Lémtr"\U0001f600'))


def test_small_quantities_have_no_exponent() -> None:
    assert b'"dose_mg":"0.000001"' in canonical(changed("/infusions/0/dose_mg", "0.000001"))
    assert b'"dose_mg":"100000000000"' in canonical(changed("/infusions/0/dose_mg", 10**11))
    assert b'"dose_mg":"0"' in canonical(changed("/infusions/0/dose_mg", "0.00"))
