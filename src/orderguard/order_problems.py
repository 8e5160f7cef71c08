"""What Pydantic found wrong with an order, in the words of orderguard.

No message repeats a value. The name of an unknown key is shown by the path, cut and made printable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from orderguard.errors import OrderProblem
from orderguard.order_types import ORDER_ID
from orderguard.strict_json import LocatedProblem, Location, pointer, shown_key

_SUGGESTIONS = 100  # unknown keys of one document that get a suggestion

_NEEDED = "must be given"
_MESSAGES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda _: _NEEDED,
    "string_type": lambda _: "must be text",
    "string_sub_type": lambda _: "must be text",
    "string_unicode": lambda _: "must be valid Unicode text",
    "string_too_long": lambda c: f"must have at most {c['max_length']} characters",
    "string_pattern_mismatch": lambda c: _pattern_message(c["pattern"]),
    "literal_error": lambda c: f"must be {c['expected']}".replace("'", "`"),
    "bool_type": lambda _: "must be true or false",
    "int_type": lambda _: "must be a whole number, written without quotes, decimal point and exponent",
    "greater_than_equal": lambda c: f"must be at least {c['ge']}",
    "less_than_equal": lambda c: f"must be at most {c['le']}",
    "too_long": lambda c: f"must have at most {c['max_length']} items",
    "too_short": lambda c: f"must have at least {c['min_length']} item",
    "model_type": lambda _: "must be an object",
    "model_attributes_type": lambda _: "must be an object",
    "dict_type": lambda _: "must be an object",
    "invalid_key": lambda _: "must have text as its key",
}


def _pattern_message(pattern: str) -> str:
    if pattern == ORDER_ID:
        return "must have 1 to 64 characters out of A-Z a-z 0-9 . _ -"
    return "must have no control characters"


def problems_of(
    error: ValidationError | None, document: object, found: Iterable[LocatedProblem], model: type[BaseModel]
) -> tuple[OrderProblem, ...]:
    """Every problem of a document, in document order.

    Args:
        error: what Pydantic found.
        document: the values it looked at.
        found: what the JSON reader found.
        model: the model of the document.
    """
    problems = list(found)
    if error is not None:
        problems += _Translation(model).of(error)
    place = _Places(document)
    problems.sort(key=lambda problem: place.of(problem.location))
    return tuple(dict.fromkeys(OrderProblem(pointer(p.location), p.message) for p in problems))


class _Translation:
    """Pydantic's errors as problems."""

    def __init__(self, model: type[BaseModel]) -> None:
        self._model = model
        self._suggestions = 0

    def of(self, error: ValidationError) -> Iterable[LocatedProblem]:
        """One problem for each error."""
        for detail in error.errors(include_url=False):
            location = detail["loc"]
            yield LocatedProblem(location, self._message(detail["type"], location, detail))

    def _message(self, kind: str, location: Location, detail: Mapping[str, Any]) -> str:
        if kind == "extra_forbidden":
            return self._unknown_key(location)
        if len(location) == 1 and detail["input"] is None:
            return _NEEDED
        if kind == "order":
            return str(detail["msg"])
        message = _MESSAGES.get(kind)
        return message(detail.get("ctx", {})) if message else "must be as the order document has it"

    def _unknown_key(self, location: Location) -> str:
        message = "is not a key of the order document here"
        self._suggestions += 1
        if self._suggestions > _SUGGESTIONS:
            return message
        from difflib import get_close_matches

        near = get_close_matches(shown_key(str(location[-1])), _known_keys(self._model, location[:-1]), 1)
        return f"{message}; did you mean `{near[0]}`?" if near else message


def _known_keys(model: type[BaseModel], location: Location) -> tuple[str, ...]:
    """The keys of the part of the document at a place."""
    for step in location:
        if isinstance(step, str):
            inner = _part_in(model.model_fields[step].annotation)
            if inner is None:
                return ()
            model = inner
    return tuple(model.model_fields)


def _part_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((part for inner in get_args(annotation) if (part := _part_in(inner))), None)


class _Places:
    """The order in which the places of a document stand in it."""

    def __init__(self, document: object) -> None:
        self._document = document
        self._positions: dict[int, dict[Any, int]] = {}

    def of(self, location: Location) -> tuple[int, ...]:
        """A sort key. A key that is missing stands behind those that are there."""
        place = []
        value = self._document
        for step in location:
            if isinstance(value, Mapping):
                positions = self._positions_in(value)
                place.append(positions.get(step, len(positions)))
                value = value.get(step)
            else:
                place.append(step if isinstance(step, int) else 0)
                value = value[step] if isinstance(value, list | tuple) and isinstance(step, int) else None
        return tuple(place)

    def _positions_in(self, fields: Mapping[Any, object]) -> dict[Any, int]:
        if id(fields) not in self._positions:
            self._positions[id(fields)] = {key: number for number, key in enumerate(fields)}
        return self._positions[id(fields)]
