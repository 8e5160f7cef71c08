"""How a step is written: a phrase with slots.

    the patient takes {drug}[ from {start:day}][ <to|until> {end:day}]

`{slot}` or `{name:slot}` is a slot, `[...]` may be left out, `<a|b>` is one of several words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from orderguard.testing.draft import Draft
from orderguard.testing.problem import nearest

_TOKEN = re.compile(r"\{(?:(?P<name>\w+):)?(?P<slot>\w+)\}|(?P<mark>[\[\]<>|])")
_MARKS = {"[": "(?:", "]": ")?", "<": "(?:", ">": ")", "|": "|"}


@dataclass(frozen=True)
class Slot:
    """What may stand in one place of a phrase.

    Attributes:
        pattern: regular expression of the texts that fit; it has no capturing group.
        read: what the step gets for a text that fits.
        shown: how the step catalogue writes the slot.
        meaning: what the step catalogue says of it.
        choices: the texts of a closed list; empty where the texts are open.
    """

    pattern: str
    read: Callable[[Draft, str], Any]
    shown: str
    meaning: str
    choices: tuple[str, ...] = ()

    @property
    def relaxed(self) -> str:
        """Regular expression of what may have been meant for this slot."""
        return ".+" if self.choices else self.pattern


def closed(words: Mapping[str, Any], shown: str, meaning: str) -> Slot:
    """A slot for the words of a closed list; the step gets what the word stands for."""
    longest_first = sorted(words, key=len, reverse=True)
    return Slot(
        pattern="(?:" + "|".join(re.escape(word) for word in longest_first) + ")",
        read=lambda _, text: words[text],
        shown=shown,
        meaning=meaning,
        choices=tuple(words),
    )


class Phrase:
    """The wording of a step.

    Args:
        text: the phrase.
        slots: what its slots may hold, by name.
    """

    def __init__(self, text: str, slots: Mapping[str, Slot]) -> None:
        self.text = text
        self.slots: dict[str, Slot] = {}
        strict: list[str] = []
        relaxed: list[str] = []
        plain: list[str] = []
        shown: list[str] = []
        place = 0
        for token in _TOKEN.finditer(text):
            words = text[place : token.start()]
            place = token.end()
            if token["mark"]:
                pieces = (_MARKS[token["mark"]],) * 3
                seen = {"<": "", ">": "", "|": "/"}.get(token["mark"], token["mark"])
            else:
                name, slot = token["name"] or token["slot"], slots[token["slot"]]
                self.slots[name] = slot
                pieces = (f"(?P<{name}>{slot.pattern})", f"(?P<{name}>{slot.relaxed})", slot.pattern)
                seen = slot.shown
            for parts, piece in zip((strict, relaxed, plain), pieces, strict=True):
                parts += [re.escape(words), piece]
            shown += [words, seen]
        rest = text[place:]
        self.pattern = "".join([*plain, re.escape(rest)])
        self.shown = "".join([*shown, rest])
        self._strict = re.compile("".join([*strict, re.escape(rest)]))
        self._relaxed = re.compile("".join([*relaxed, re.escape(rest)]))

    def matches(self, text: str) -> bool:
        """Whether a text is this phrase."""
        return self._strict.fullmatch(text) is not None

    def read(self, order: Draft, text: str) -> dict[str, Any]:
        """What a text that is this phrase says in each slot; None in one that was left out.

        Raises:
            StepError: a slot speaks of what the order does not have.
        """
        match = self._strict.fullmatch(text)
        said = match.groupdict() if match else {}
        return {
            name: None if said.get(name) is None else slot.read(order, said[name])
            for name, slot in self.slots.items()
        }

    def complaint(self, text: str) -> str | None:
        """What is wrong with a text that would be this phrase, but for a word of a closed list."""
        match = self._relaxed.fullmatch(text)
        if match is None:
            return None
        for name, slot in self.slots.items():
            said = match[name]
            if said is not None and not re.fullmatch(slot.pattern, said):
                return _complaint(said, slot)
        return None


def _complaint(said: str, slot: Slot) -> str | None:
    question = nearest(said, slot.choices)
    return f"`{said}` is no {slot.shown.lower()}.{question}" if question else None
