"""Reads the YAML of rules and value sets: plain data, with the line of every entry.

The dialect is narrow on purpose. A plain scalar is `true`, `false`, `null`, a whole number or an exact
decimal; anything else is text (`yes`, `08`, `1_000`, `12:30` and `2024-05-01` are text). Anchors, aliases,
merge keys, tags, several documents in one file and duplicate keys are refused.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeAlias

import yaml
from yaml import events

from orderguard.errors import RulesError, RulesProblem

YamlValue: TypeAlias = "bool | int | Decimal | str | list[YamlValue] | dict[str, YamlValue] | None"
YamlPath: TypeAlias = tuple[str | int, ...]

MAX_DEPTH = 40
MAX_DIGITS = 40

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?")


class _Place(NamedTuple):
    """The line of an entry and the places of the entries inside it."""

    line: int
    inside: dict[str | int, _Place]


_NOTHING_INSIDE: dict[str | int, _Place] = {}


@dataclass(frozen=True)
class YamlSource:
    """One YAML file that has been read.

    Attributes:
        file: the name of the file, as it stands in problems.
        data: the content: dict, list, str, bool, int, Decimal or None.
    """

    file: str
    data: YamlValue
    _place: _Place

    def line(self, path: YamlPath = ()) -> int:
        """Return the line (from 1) of the entry at `path`: keys of mappings, indices of lists.

        Where the path leads past what is written, it is the line of the last entry that is written.
        """
        place = self._place
        for step in path:
            inner = place.inside.get(step)
            if inner is None:
                break
            place = inner
        return place.line

    def problem(self, path: YamlPath, message: str) -> RulesProblem:
        """Return a problem that points at the entry at `path`."""
        return RulesProblem(self.file, self.line(path), message)

    def with_data(self, data: YamlValue) -> YamlSource:
        """The file with other content, whose problems still point at the lines of this one."""
        return replace(self, data=data)

    def canonical(self) -> bytes:
        """Return the content as canonical JSON: sorted keys, no comments, no layout. For fingerprints."""
        text = json.dumps(self.data, sort_keys=True, separators=(",", ":"), default=_decimal_as_json)
        return text.encode("ascii")


def read_yaml(path: Path) -> YamlSource:
    """Read one YAML file.

    Raises:
        RulesError: the file cannot be read, is not UTF-8, or is not in the narrow dialect of this module.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _refusal(str(path), 1, f"cannot be read: {error.strerror or type(error).__name__}") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refusal(str(path), line, "must be UTF-8 text") from None
    return parse_yaml(text, str(path))


def parse_yaml(text: str, file: str = "<text>") -> YamlSource:
    """Read YAML from a string; `file` is the name that problems carry.

    Raises:
        RulesError: with every duplicate key, alias, tag and over-long number; a syntax error ends the list.
    """
    reader = _Reader(text, file)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise _refusal(file, 1, "must be UTF-8 text") from None
    try:
        data, place = reader.document()
    except yaml.YAMLError as error:
        reader.problems.append(_syntax_problem(error, text, file))
    if reader.problems:
        raise RulesError(reader.problems)
    return YamlSource(file, data, place)


class _Reader:
    """Builds data and places out of the parser's events."""

    def __init__(self, text: str, file: str) -> None:
        self.problems: list[RulesProblem] = []
        self._text = text
        self._file = file
        self._next: Any = None

    def document(self) -> tuple[YamlValue, _Place]:
        loader = _LOADER(self._text)
        try:
            self._next = loader.get_event
            self._next()  # the start of the stream
            if isinstance(self._next(), events.StreamEndEvent):
                self._refuse(1, "the file is empty")
            first = self._next()
            data, inside = self._value(first, 0)
            self._next()  # the end of the document
            after = self._next()
            if not isinstance(after, events.StreamEndEvent):
                self._refuse(_line(after), "must hold one document only")
            return data, _Place(_line(first), inside)
        finally:
            loader.dispose()

    def _value(self, event: Any, depth: int) -> tuple[YamlValue, dict[str | int, _Place]]:
        """The value that an event begins, and the places inside it."""
        if depth > MAX_DEPTH:
            self._refuse(_line(event), f"is nested more than {MAX_DEPTH} levels deep")
        if isinstance(event, events.AliasEvent):
            self._note(_line(event), "aliases (`*name`) are not allowed: write the value out")
            return None, _NOTHING_INSIDE
        if event.anchor is not None:
            self._note(_line(event), "anchors (`&name`) are not allowed")
        if event.tag is not None:
            self._note(_line(event), "tags (`!name`) are not allowed")
        if isinstance(event, events.ScalarEvent):
            return self._scalar(event), _NOTHING_INSIDE
        return self._mapping(depth) if isinstance(event, events.MappingStartEvent) else self._sequence(depth)

    def _mapping(self, depth: int) -> tuple[YamlValue, dict[str | int, _Place]]:
        data: dict[str, YamlValue] = {}
        places: dict[str | int, _Place] = {}
        while not isinstance(event := self._next(), events.MappingEndEvent):
            line = _line(event)
            key = self._key(event, line)
            value, inside = self._value(self._next(), depth + 1)
            if key in data:
                first = places[key].line
                self._note(line, f"the key `{key}` stands here a second time (first on line {first})")
                continue
            data[key] = value
            places[key] = _Place(line, inside)
        return data, places

    def _sequence(self, depth: int) -> tuple[YamlValue, dict[str | int, _Place]]:
        data: list[YamlValue] = []
        places: dict[str | int, _Place] = {}
        while not isinstance(event := self._next(), events.SequenceEndEvent):
            value, inside = self._value(event, depth + 1)
            places[len(data)] = _Place(_line(event), inside)
            data.append(value)
        return data, places

    def _key(self, event: Any, line: int) -> str:
        if not isinstance(event, events.ScalarEvent):
            self._refuse(line, "a key must be plain text")
        if event.anchor is not None or event.tag is not None:
            self._note(line, "anchors and tags are not allowed")
        if event.value == "<<" and event.implicit[0]:
            self._note(line, "merge keys (`<<`) are not allowed")
        return str(event.value)

    def _scalar(self, event: Any) -> YamlValue:
        text: str = event.value
        if not event.implicit[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        match = _NUMBER.fullmatch(text)
        if match is None:
            return text
        if len(text) > MAX_DIGITS:
            self._note(_line(event), f"a number may have at most {MAX_DIGITS} characters")
            return 0
        return int(text) if match[1] is None else Decimal(text)

    def _note(self, line: int, message: str) -> None:
        self.problems.append(RulesProblem(self._file, line, message))

    def _refuse(self, line: int, message: str) -> NoReturn:
        self._note(line, message)
        raise RulesError(self.problems)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _refusal(file: str, line: int, message: str) -> RulesError:
    return RulesError([RulesProblem(file, line, message)])


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> RulesProblem:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        line = int(mark.line) + 1
    else:
        line = text.count("\n", 0, getattr(error, "position", 0) or 0) + 1
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    return RulesProblem(file, line, f"is not valid YAML: {what}")


def _decimal_as_json(value: object) -> object:
    return {"decimal": str(value)}
