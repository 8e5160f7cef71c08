"""The strict JSON reader: what it takes, what it refuses, and where it says the fault is."""

import json
import time
from decimal import Decimal

import pytest

from orderguard.errors import InvalidOrder
from orderguard.strict_json import MAX_BYTES, pointer, read_json, read_quickly, shown_key


def problems(text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(InvalidOrder) as caught:
        read_json(text)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def test_a_document_becomes_plain_python_values() -> None:
    text = '{"a": [1, 2.50, "x", true, false, null, {}], "b": -3e2}'
    assert read_json(text) == {"a": [1, Decimal("2.50"), "x", True, False, None, {}], "b": Decimal(-300)}


def test_numbers_are_exact() -> None:
    assert read_json("240.0000000000000001") == Decimal("240.0000000000000001")
    assert read_json("0.1") == Decimal("0.1")


def test_integers_stay_integers() -> None:
    assert type(read_json("12")) is int
    assert type(read_json("12.0")) is Decimal


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf_8_is_read_with_and_without_a_byte_order_mark(mark: str) -> None:
    assert read_json((mark + '{"a": "é"}').encode()) == {"a": "é"}
    assert read_json(mark + '{"a": "é"}') == {"a": "é"}


def test_only_one_byte_order_mark_is_taken() -> None:
    assert problems("\ufeff\ufeff1") == [("", "must be well-formed JSON: the error is at line 1, column 1")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_other_encodings_are_refused(encoding: str) -> None:
    assert problems('{"a": "é"}'.encode(encoding)) == [("", "must be UTF-8 text")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_refused(encoding: str) -> None:
    [(path, message)] = problems('{"a": 1}'.encode(encoding))
    assert path == ""
    assert message.startswith("must be well-formed JSON")


def test_an_encoded_surrogate_is_not_utf_8() -> None:
    assert problems(b'"\xed\xa0\x80"') == [("", "must be UTF-8 text")]


def test_what_is_neither_text_nor_bytes_is_refused() -> None:
    assert problems(None) == [("", "must be JSON text")]  # type: ignore[arg-type]


def test_a_duplicate_key_is_named_by_its_pointer() -> None:
    assert problems('{"a": 1, "a": 1}') == [("/a", "must be given only once")]


def test_duplicate_keys_are_found_at_every_depth_and_all_at_once() -> None:
    text = '{"x": [{"b": 1}, {"a": {"k": 1, "k": 2, "k": 3}}], "y": {"z": 1, "z": 1}}'
    assert [path for path, _ in problems(text)] == ["/x/1/a/k", "/y/z"]


def test_duplicates_inside_a_value_that_another_replaces_are_found() -> None:
    assert [path for path, _ in problems('{"a": {"k": 1, "k": 2}, "a": {}}')] == ["/a", "/a/k"]


def test_keys_that_differ_only_by_escapes_are_duplicates() -> None:
    assert problems('{"a": 1, "\\u0061": 2}') == [("/a", "must be given only once")]


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_constants_that_json_does_not_have_are_refused_where_they_stand(constant: str) -> None:
    assert problems(f'{{"a": [0, {constant}]}}') == [("/a/1", "must be a finite number")]


def test_all_faults_come_at_once_in_document_order() -> None:
    text = '{"a": NaN, "b": {"c": 1, "c": 2}, "d": [Infinity]}'
    assert [path for path, _ in problems(text)] == ["/a", "/b/c", "/d/0"]


def test_fifty_levels_are_read() -> None:
    value = read_json("[" * 50 + "]" * 50)
    assert json.dumps(value).count("[") == 50


def test_the_fifty_first_level_is_refused_where_it_begins() -> None:
    assert problems("[" * 51 + "]" * 51) == [("/0" * 50, "must not be nested deeper than 50 levels")]
    assert problems('{"a":' * 51 + "1" + "}" * 51) == [
        ("/a" * 50, "must not be nested deeper than 50 levels")
    ]


def test_a_scalar_is_no_level_of_its_own() -> None:
    read_json("[" * 50 + "1" + "]" * 50)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_a_hundred_thousand_levels_are_refused_at_once(opening: str, closing: str) -> None:
    started = time.process_time()
    text = opening * 100_000 + "1" + closing * 100_000
    assert problems(text) == [("", "must not be nested deeper than 50 levels")]
    assert time.process_time() - started < 5


def test_a_hundred_thousand_unclosed_levels_are_refused() -> None:
    assert len(problems("[" * 100_000)) == 1


def test_four_mebibytes_are_read_and_one_byte_more_is_refused() -> None:
    assert read_json(b" " * (MAX_BYTES - 1) + b"1") == 1
    assert problems(b" " * MAX_BYTES + b"1") == [("", "must be at most 4 MiB")]


def test_the_size_of_text_counts_in_utf_8_bytes() -> None:
    fits = '"' + "é" * ((MAX_BYTES - 2) // 2) + '"'
    assert read_json(fits) == fits[1:-1]
    assert problems(fits + " ") == [("", "must be at most 4 MiB")]
    assert problems('"' + "a" * MAX_BYTES + '"') == [("", "must be at most 4 MiB")]


@pytest.mark.parametrize("number", ["1e400", "1e999999999", "-1e-999999999", "1e-400"])
def test_numbers_beyond_a_float_are_kept_exact(number: str) -> None:
    assert read_json(number) == Decimal(number)


@pytest.mark.parametrize(
    "number", ["1e99999999999999999999", "1e-99999999999999999999", "0e99999999999999999999"]
)
def test_an_exponent_beyond_decimals_breaks_nothing(number: str) -> None:
    assert isinstance(read_json(number), Decimal)


@pytest.mark.parametrize("digits", [5_000, 1_000_000])
def test_integers_of_thousands_of_digits_are_read_quickly(digits: int) -> None:
    started = time.process_time()
    assert read_json("7" * digits) == Decimal("7" * digits)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"a": }',
        '{"a": 1,}',
        "[1,]",
        "{'a': 1}",
        "01",
        "+1",
        ".5",
        "1.",
        "0x10",
        "1 2",
        "undefined",
        '"\n"',
        '"\x00"',
        '"a\\x"',
        '"\\u12"',
        "// c\n1",
        "\u0661",
        "\u00a01",
        "True",
    ],
)
def test_what_is_not_json_is_refused_by_line_and_column_alone(text: str) -> None:
    [(path, message)] = problems(text)
    assert path == ""
    assert message.startswith("must be well-formed JSON: the error is at line ")


def test_the_place_of_a_syntax_error_is_exact() -> None:
    assert problems('{\n  "a": 1\n  "b": 2}') == [
        ("", "must be well-formed JSON: the error is at line 3, column 3")
    ]


@pytest.mark.parametrize("text", ["", " \n\t", b"", b"\xef\xbb\xbf"])
def test_no_text_is_said_to_be_none(text: str | bytes) -> None:
    assert problems(text) == [("", "must be a JSON document: there is no text")]


def test_an_error_about_text_keeps_no_text() -> None:
    with pytest.raises(InvalidOrder) as caught:
        read_json('{"patient": "CANARY" "x"')
    assert "CANARY" not in str(caught.value)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def test_the_quick_reading_refuses_what_needs_the_careful_one() -> None:
    assert read_quickly('{"a": 1, "a": 2}') is None
    assert read_quickly("NaN") is None
    assert read_quickly("9" * 5000) is None
    assert read_quickly("[1") is None
    assert read_quickly("[" * 100_000) is None


def test_pointers_escape_tilde_and_slash() -> None:
    assert pointer(("a/b", 3, "~c", "")) == "/a~1b/3/~0c/"
    assert pointer(()) == ""


def test_keys_in_pointers_are_cut_and_printable() -> None:
    assert shown_key("k" * 64) == "k" * 64
    assert shown_key("k" * 65) == "k" * 64 + "..."
    assert shown_key("a\n\x1b[31m\ud800é") == "a\\u000a\\u001b[31m\\ud800é"
    assert problems('{"a\\ud800": 1, "a\\ud800": 2}') == [("/a\\ud800", "must be given only once")]
