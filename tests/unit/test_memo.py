"""A memory gives what its function gives, and stays small."""

from __future__ import annotations

import pytest

from orderguard.memo import Memo


def test_each_argument_is_asked_once() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    memo = Memo(length)
    assert [memo["ab"], memo["abc"], memo["ab"], memo["abc"]] == [2, 3, 2, 3]
    assert asked == ["ab", "abc"]


def test_what_raises_is_asked_again() -> None:
    memo = Memo(int)
    for _ in range(2):
        with pytest.raises(ValueError, match="invalid literal"):
            memo["x"]
    assert not memo


def test_no_more_is_remembered_than_allowed() -> None:
    memo = Memo(str, most=3)
    for number in range(100):
        assert memo[number] == str(number)
        assert len(memo) <= 3
