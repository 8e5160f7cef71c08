"""A small, strict JSON Schema validator: what it does not know it refuses, so that nothing is ignored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

Schema = dict[str, Any]
_SAID_ONLY = {"$defs", "title", "description", "default"}
_TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "integer": lambda value: (
        isinstance(value, int | Decimal) and not isinstance(value, bool) and value % 1 == 0
    ),
    "number": lambda value: isinstance(value, int | float | Decimal) and not isinstance(value, bool),
}


def problems(value: Any, schema: Schema) -> list[str]:
    """Where a value does not fit a schema, as `place: keyword`."""
    return list(_Validator(schema).problems(value, schema, ""))


class _Validator:
    def __init__(self, root: Schema) -> None:
        self._root = root

    def problems(self, value: Any, schema: Schema, place: str) -> Iterator[str]:
        for keyword, said in schema.items():
            if keyword in _SAID_ONLY:
                continue
            check = getattr(self, f"_{keyword.lstrip('$')}", None)
            if check is None:
                raise NotImplementedError(f"the keyword {keyword}")
            yield from check(value, said, place, schema)

    def _fits(self, value: Any, schema: Schema) -> bool:
        return not any(True for _ in self.problems(value, schema, ""))

    # -- keywords --

    def _ref(self, value: Any, said: str, place: str, _: Schema) -> Iterator[str]:
        found: Any = self._root
        for step in said.removeprefix("#/").split("/"):
            found = found[step]
        yield from self.problems(value, found, place)

    def _type(self, value: Any, said: Any, place: str, _: Schema) -> Iterator[str]:
        if not any(_TYPES[word](value) for word in ([said] if isinstance(said, str) else said)):
            yield f"{place}: type"

    def _enum(self, value: Any, said: list[Any], place: str, _: Schema) -> Iterator[str]:
        if not any(type(value) is type(each) and value == each for each in said):
            yield f"{place}: enum"

    def _const(self, value: Any, said: Any, place: str, schema: Schema) -> Iterator[str]:
        yield from self._enum(value, [said], place, schema)

    def _anyOf(self, value: Any, said: list[Schema], place: str, _: Schema) -> Iterator[str]:  # noqa: N802
        if not any(self._fits(value, each) for each in said):
            yield f"{place}: anyOf"

    def _oneOf(self, value: Any, said: list[Schema], place: str, _: Schema) -> Iterator[str]:  # noqa: N802
        if sum(self._fits(value, each) for each in said) != 1:
            yield f"{place}: oneOf"

    def _properties(self, value: Any, said: Schema, place: str, _: Schema) -> Iterator[str]:
        for key, schema in said.items():
            if isinstance(value, dict) and key in value:
                yield from self.problems(value[key], schema, f"{place}/{key}")

    def _patternProperties(self, value: Any, said: Schema, place: str, _: Schema) -> Iterator[str]:  # noqa: N802
        for key in value if isinstance(value, dict) else ():
            for pattern, schema in said.items():
                if re.search(pattern, key):
                    yield from self.problems(value[key], schema, f"{place}/{key}")

    def _additionalProperties(self, value: Any, said: Any, place: str, schema: Schema) -> Iterator[str]:  # noqa: N802
        for key in value if isinstance(value, dict) else ():
            patterns = schema.get("patternProperties", {})
            if key in schema.get("properties", {}) or any(re.search(each, key) for each in patterns):
                continue
            if said is False:
                yield f"{place}/{key}: additionalProperties"
            elif isinstance(said, dict):
                yield from self.problems(value[key], said, f"{place}/{key}")

    def _propertyNames(self, value: Any, said: Schema, place: str, _: Schema) -> Iterator[str]:  # noqa: N802
        for key in value if isinstance(value, dict) else ():
            yield from self.problems(key, said, f"{place}/{key}")

    def _required(self, value: Any, said: list[str], place: str, _: Schema) -> Iterator[str]:
        yield from (f"{place}: required" for key in said if isinstance(value, dict) and key not in value)

    def _items(self, value: Any, said: Schema, place: str, _: Schema) -> Iterator[str]:
        for index, item in enumerate(value if isinstance(value, list) else ()):
            yield from self.problems(item, said, f"{place}/{index}")

    def _uniqueItems(self, value: Any, said: Any, place: str, _: Schema) -> Iterator[str]:  # noqa: N802
        twice = isinstance(value, list) and any(item in value[:index] for index, item in enumerate(value))
        if said and twice:
            yield f"{place}: uniqueItems"

    def _pattern(self, value: Any, said: str, place: str, _: Schema) -> Iterator[str]:
        if isinstance(value, str) and not re.search(said, value):
            yield f"{place}: pattern"

    def _minLength(self, value: Any, said: int, place: str, _: Schema) -> Iterator[str]:  # noqa: N802
        if isinstance(value, str) and len(value) < said:
            yield f"{place}: minLength"

    def _maxLength(self, value: Any, said: int, place: str, _: Schema) -> Iterator[str]:  # noqa: N802
        if isinstance(value, str) and len(value) > said:
            yield f"{place}: maxLength"

    def _minItems(self, value: Any, said: int, place: str, _: Schema) -> Iterator[str]:  # noqa: N802
        if isinstance(value, list) and len(value) < said:
            yield f"{place}: minItems"

    def _maxItems(self, value: Any, said: int, place: str, _: Schema) -> Iterator[str]:  # noqa: N802
        if isinstance(value, list) and len(value) > said:
            yield f"{place}: maxItems"

    def _minProperties(self, value: Any, said: int, place: str, _: Schema) -> Iterator[str]:  # noqa: N802
        if isinstance(value, dict) and len(value) < said:
            yield f"{place}: minProperties"

    def _maxProperties(self, value: Any, said: int, place: str, _: Schema) -> Iterator[str]:  # noqa: N802
        if isinstance(value, dict) and len(value) > said:
            yield f"{place}: maxProperties"

    def _minimum(self, value: Any, said: float, place: str, _: Schema) -> Iterator[str]:
        if _TYPES["number"](value) and value < said:
            yield f"{place}: minimum"

    def _maximum(self, value: Any, said: float, place: str, _: Schema) -> Iterator[str]:
        if _TYPES["number"](value) and value > said:
            yield f"{place}: maximum"

    def _exclusiveMinimum(self, value: Any, said: float, place: str, _: Schema) -> Iterator[str]:  # noqa: N802
        if _TYPES["number"](value) and value <= said:
            yield f"{place}: exclusiveMinimum"
