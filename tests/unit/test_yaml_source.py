"""The narrow YAML dialect of rules and value sets."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from orderguard.errors import RulesError
from orderguard.rulebook import yaml_source
from orderguard.rulebook.yaml_source import parse_yaml, read_yaml


@pytest.fixture(params=["c", "pure"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers of PyYAML; the one written in C may be absent."""
    chosen = yaml.CSafeLoader if request.param == "c" else yaml.SafeLoader
    monkeypatch.setattr(yaml_source, "_LOADER", chosen)


def problems_of(text: str) -> list[tuple[int, str]]:
    with pytest.raises(RulesError) as caught:
        parse_yaml(text, "some.yaml")
    assert {problem.file for problem in caught.value.problems} == {"some.yaml"}
    return [(problem.line, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("240", 240),
        ("-3", -3),
        ("0", 0),
    ],
)
def test_plain_scalars_are_booleans_null_and_whole_numbers(text: str, value: object) -> None:
    data = parse_yaml(f"key: {text}").data
    assert data == {"key": value}
    assert type(data["key"]) is type(value)  # type: ignore[index]


def test_a_decimal_is_exact_and_keeps_its_digits() -> None:
    value = parse_yaml("1.20").data
    assert isinstance(value, Decimal)
    assert str(value) == "1.20"


LIKE_NUMBERS = "08 007 1_000 12:30 2024-05-01 1e5 0x1f +5 .5 5. .inf .nan 0o17 \u0663 '240'"
LIKE_WORDS = "yes no on off True NULL Null TRUE 'null' 'true'"


@pytest.mark.parametrize("text", LIKE_NUMBERS.split() + LIKE_WORDS.split())
def test_everything_else_is_text(text: str) -> None:
    assert parse_yaml(f"key: {text}").data == {"key": text.strip("'\"")}


def test_block_text_is_text_even_when_it_looks_like_a_number() -> None:
    assert parse_yaml("key: |\n  240\n").data == {"key": "240\n"}


def test_a_key_is_always_text() -> None:
    assert parse_yaml("1: a\ntrue: b\n08: c").data == {"1": "a", "true": "b", "08": "c"}


def test_every_entry_has_its_line() -> None:
    source = parse_yaml("a: 1\nb:\n  - x\n  - c: 2\n    d: {e: 3,\n      f: 4}\n")
    assert source.line() == 1
    assert source.line(("a",)) == 1
    assert source.line(("b",)) == 2
    assert source.line(("b", 0)) == 3
    assert source.line(("b", 1, "c")) == 4
    assert source.line(("b", 1, "d", "e")) == 5
    assert source.line(("b", 1, "d", "f")) == 6


def test_a_place_that_is_not_written_has_the_line_of_the_last_written_entry() -> None:
    source = parse_yaml("a: 1\nb:\n  c: 2\n")
    assert source.line(("b", "missing", "deeper")) == 2
    assert source.line(("b", "c", 7)) == 3


def test_all_duplicate_keys_are_refused_at_once_each_with_its_line() -> None:
    assert problems_of("a: 1\nb: {c: 1, c: 2}\na: 3\n") == [
        (2, "the key `c` stands here a second time (first on line 2)"),
        (3, "the key `a` stands here a second time (first on line 1)"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: &x 1\n", 1, "anchors"),
        ("a: 1\nb: !!str 2\n", 2, "tags"),
        ("a: !own {b: 1}\n", 1, "tags"),
        ("a: 1\n<<: {b: 2}\n", 2, "merge keys"),
        ("a: 1\n---\nb: 2\n", 2, "one document"),
        ("? [a]\n: 1\n", 1, "key must be plain text"),
        ("", 1, "empty"),
        ("# only a comment\n", 1, "empty"),
        ("a: \ud800\n", 1, "UTF-8"),
        (f"a: 1\nb: {'9' * 5000}\n", 2, "at most 40 characters"),
        ("[" * 60 + "]" * 60, 1, "nested"),
    ],
)
def test_what_is_not_in_the_dialect_is_refused(text: str, line: int, word: str) -> None:
    (problem,) = problems_of(text)
    assert problem[0] == line
    assert word in problem[1]


@pytest.mark.parametrize(
    "text", ["a: 1\nb: [1, 2\n", "a: 1\nb: \x07\n", "a: 1\n  b: 2\n", "a: 'x\n", "a: {b\n: }\n"]
)
def test_a_syntax_error_is_one_problem_on_a_line_of_the_file(text: str) -> None:
    ((line, message),) = problems_of(text)
    assert message.startswith("is not valid YAML: ")
    assert 1 <= line <= text.count("\n") + 1


def test_an_alias_is_refused_where_it_stands() -> None:
    assert (2, "aliases (`*name`) are not allowed: write the value out") in problems_of("a: &x 1\nb: *x\n")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "marked.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(path).data == {"a": 1}


def test_a_file_that_is_not_utf_8_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"a: 1\nb: caf\xe9\n")
    with pytest.raises(RulesError) as caught:
        read_yaml(path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.message) == (str(path), 2, "must be UTF-8 text")


def test_a_file_that_cannot_be_opened_is_a_rules_error(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"nowhere\.yaml:1: cannot be read"):
        read_yaml(tmp_path / "nowhere.yaml")


def test_layout_comments_and_key_order_do_not_change_the_canonical_form() -> None:
    one = parse_yaml("a: 1 # comment\nb: [x, 2.50]\n").canonical()
    other = parse_yaml("b:\n  - 'x'\n  - 2.50\na: 1\n").canonical()
    assert one == other


def test_text_and_number_differ_in_the_canonical_form() -> None:
    forms = {
        parse_yaml(f"a: {value}").canonical() for value in ("2.5", "'2.5'", "2", "'2'", "true", "'true'")
    }
    assert len(forms) == 6
