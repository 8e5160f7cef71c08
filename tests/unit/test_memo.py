"""A function with a memory gives what the function gives, and its memory stays small."""

from __future__ import annotations

import pytest

from orderguard.memo import remembered


def test_each_argument_is_asked_once() -> None:
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [length("ab"), length("abc"), length("ab"), length("abc")] == [2, 3, 2, 3]
    assert asked == ["ab", "abc"]


def test_what_raises_is_asked_again() -> None:
    asked: list[str] = []

    @remembered
    def number(text: str) -> int:
        asked.append(text)
        return int(text)

    for _ in range(2):
        with pytest.raises(ValueError, match="invalid literal"):
            number("x")
    assert asked == ["x", "x"]


def test_no_more_is_remembered_than_allowed() -> None:
    asked: list[int] = []

    def text_of(number: int) -> str:
        asked.append(number)
        return str(number)

    text = remembered(text_of, most=3)
    assert [text(number) for number in (1, 2, 3, 1, 2, 3)] == ["1", "2", "3", "1", "2", "3"]
    assert asked == [1, 2, 3]
    assert [text(4), text(1)] == ["4", "1"]
    assert asked == [1, 2, 3, 4, 1]
