"""Where a JSON value ends, and whether it is well formed."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderguard.json_shape import JsonShape, is_object

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
STYLES = st.fixed_dictionaries({"indent": st.sampled_from([None, 0, 2]), "ensure_ascii": st.booleans()})


@given(
    JSON_VALUES,
    st.fixed_dictionaries({"indent": st.sampled_from([None, 0, 2]), "ensure_ascii": st.booleans()}),
)
def test_every_json_text_is_whole(value: object, style: dict[str, Any]) -> None:
    text = json.dumps(value, **style)
    shape = JsonShape()

    assert shape.feed(text) == len(text)
    assert shape.done
    assert JsonShape().end_of_value(text + ", 1]", 0) == len(text)


@given(JSON_VALUES)
def test_lines_of_a_text_are_read_as_the_text(value: object) -> None:
    shape = JsonShape()
    for line in json.dumps(value, indent=1).split("\n"):
        shape.feed(line)

    assert shape.done


@given(JSON_VALUES, st.data())
def test_a_text_that_is_cut_is_not_whole(value: object, data: st.DataObject) -> None:
    text = json.dumps([value])
    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    shape = JsonShape()
    shape.feed(cut)

    assert not shape.done
    assert JsonShape().end_of_value(cut, 0) is None


@given(st.text(alphabet='{}[]:,"\\u01eE+-. \ntrufalsn', max_size=12))
def test_agrees_with_the_standard_reader_on_what_is_well_formed(text: str) -> None:
    try:
        json.loads(text)
        well_formed = True
    except ValueError:
        well_formed = False
    shape = JsonShape()
    shape.feed(text)

    assert shape.done is well_formed


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "-Infinity", "01", "1.", ".5", "+1", "'a'", "[1,]", '{"a":1,}']
)
def test_what_json_does_not_know_is_not_well_formed(text: str) -> None:
    shape = JsonShape()
    shape.feed(text)

    assert shape.broken
    assert not shape.done


def test_says_where_a_text_breaks() -> None:
    assert JsonShape().feed('{"a" 1}') == 5


def test_depth_does_not_matter() -> None:
    text = '{"a":' * 100_000 + "1" + "}" * 100_000

    assert is_object(text)


def test_only_an_object_is_an_object() -> None:
    assert is_object(' {"a": [1]} ')
    assert not is_object("[1]")
    assert not is_object('{"a": 1} 2')
    assert not is_object('{"a": 1')
