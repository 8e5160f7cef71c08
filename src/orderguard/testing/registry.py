"""Every step there is: what it says, an example, and what carries it out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from orderguard.testing.phrases import Phrase
from orderguard.testing.problem import StepError, nearest
from orderguard.testing.slots import SLOTS

Table = list[list[str]]
_REMEMBERED = 4096
Function = TypeVar("Function", bound=Callable[..., None])


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        kind: `given`, `when` or `then`.
        phrase: its wording.
        example: one line that it reads.
        rows: the rows of a table that stands under the example; None for a step that takes no table.
        function: carries it out; it gets the draft (given) or the case (when, then), and what the slots say.
        topic: the heading it stands under in the step catalogue.
        listed: whether it stands in the step catalogue by itself.
    """

    kind: str
    phrase: Phrase
    example: str
    rows: tuple[str, ...] | None
    function: Callable[..., None]
    topic: str
    listed: bool

    @property
    def meaning(self) -> str:
        """What the step catalogue says of it."""
        return " ".join((self.function.__doc__ or "").split())


STEPS: list[Step] = []
"""Filled by the decorators below when the modules of steps are imported."""


def _step(
    kind: str, text: str, example: str, rows: tuple[str, ...] | None, *, listed: bool
) -> Callable[[Function], Function]:
    def declare(function: Function) -> Function:
        topic = (sys.modules[function.__module__].__doc__ or "").splitlines()[0].removesuffix(".")
        STEPS.append(Step(kind, Phrase(text, SLOTS), example, rows, function, topic, listed))
        return function

    return declare


def given(
    text: str, example: str, rows: tuple[str, ...] | None = None, *, listed: bool = True
) -> Callable[[Function], Function]:
    """Declare a step that changes the order; its function gets the draft."""
    return _step("given", text, example, rows, listed=listed)


def when(text: str, example: str) -> Callable[[Function], Function]:
    """Declare a step that does something with the order; its function gets the case."""
    return _step("when", text, example, None, listed=True)


def then(text: str, example: str, rows: tuple[str, ...] | None = None) -> Callable[[Function], Function]:
    """Declare a step that states an outcome; its function gets the case."""
    return _step("then", text, example, rows, listed=True)


def plain(text: str) -> str:
    """A text with single blanks."""
    return " ".join(text.split())


def steps_reading(kind: str, text: str) -> list[Step]:
    """The steps of a kind that a text is."""
    return list(_reading(kind, text, len(STEPS)))


@lru_cache(maxsize=_REMEMBERED)
def _reading(kind: str, text: str, declared: int) -> tuple[Step, ...]:
    return tuple(step for step in STEPS[:declared] if step.kind == kind and step.phrase.matches(text))


def the_step(kind: str, text: str) -> Step:
    """The one step of a kind that a text is.

    Raises:
        StepError: there is none, or more than one.
    """
    found = steps_reading(kind, text)
    if len(found) == 1:
        return found[0]
    if found:
        raise StepError(f"This reads as {len(found)} different steps. Put names in double quotes.")
    raise StepError(not_found(kind, text))


def not_found(kind: str, text: str) -> str:
    """Why a text is no step, with what may have been meant."""
    complaints = (step.phrase.complaint(text) for step in STEPS if step.kind == kind)
    best = next((complaint for complaint in complaints if complaint), None)
    if best is None:
        best = (
            _other_kind(kind, text)
            or nearest(text, (step.example for step in STEPS if step.kind == kind)).strip()
        )
    return f"No `{kind.capitalize()}` step reads like this. {best}".strip()


def _other_kind(kind: str, text: str) -> str | None:
    for other in ("given", "when", "then"):
        if other != kind and steps_reading(other, text):
            return f"It is a `{other.capitalize()}` step."
    return None


def run(step: Step, subject: Any, slots: dict[str, Any], table: Table | None) -> None:
    """Carry out a step.

    Raises:
        StepError: it cannot be carried out, or what it states does not hold.
    """
    if step.rows is None:
        if table is not None:
            raise StepError("This step takes no table.")
        step.function(subject, **slots)
        return
    if table is None:
        raise StepError("This step needs a table under it.")
    step.function(subject, table=table, **slots)
