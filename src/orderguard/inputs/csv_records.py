"""Order documents out of CSV: a line an order, a column a place in the document.

A cell that is empty is not known; `[]` in the column of a list says that there is none. Digits reach the
order as they are written. A line is a record, whatever is wrong with it: no cell holds a line break, so a
quote that is not closed cannot swallow the orders after it.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from orderguard.errors import OrderProblem
from orderguard.inputs.columns import Column, Kind, Step, column_of, suggestion
from orderguard.records import TOO_LARGE, Line, Record, read_lines
from orderguard.strict_json import pointer, shown_key

SEPARATORS = ",;\t"
NONE = "[]"

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FLAGS = {"true": True, "TRUE": True, "false": False, "FALSE": False}
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MOST_PROBLEMS = 100

Header = list[tuple[str, Column]]


class _BrokenLineError(ValueError):
    """A line that cannot be taken apart; the text says why."""


def read_csv(stream: BinaryIO, source: str) -> Iterator[Record]:
    """The records of a table of orders. A header that is wrong makes one unreadable record of all.

    Args:
        stream: the bytes of the table.
        source: what the records say of where they come from.

    Raises:
        OSError: the stream cannot be read.
    """
    lines = (line for line in read_lines(stream) if line.text is None or line.text.strip(b" \t"))
    first = next(lines, None)
    if first is None:
        return
    try:
        separator, names = _names(first)
    except _BrokenLineError as error:
        yield Record(source, 1, first.number, None, (OrderProblem("", f"the header {error}"),))
        return
    header, problems = _header(names)
    if problems:
        problems.append(OrderProblem("", "no line below this header was read"))
        yield Record(source, 1, first.number, None, tuple(problems))
        return
    rows = _Rows(header, separator)
    for number, line in enumerate(lines, start=1):
        yield rows.record(line, source, number)


def _names(line: Line) -> tuple[str, list[str]]:
    """The separator of a header, and its cells."""
    if line.text is not None and line.text.startswith(_WIDE_MARKS):
        raise _BrokenLineError("must be UTF-8, not UTF-16")
    head = line.text or b""
    if head.lstrip().startswith((b"{", b"[")):
        raise _BrokenLineError("must name columns; this is JSON: give the file a name that ends in .jsonl")
    separator = max(SEPARATORS, key=lambda mark: head.count(mark.encode()))
    return separator, _cells(line, separator)


def _header(names: Sequence[str]) -> tuple[Header, list[OrderProblem]]:
    header: Header = []
    problems: list[OrderProblem] = []
    if not any(column_of(name) for name in names):
        # A line of an order in place of the header: what stands in it is the patient's.
        return header, [OrderProblem("", f"the first line must name the columns; {_none_of(len(names))}")]
    for place, name in enumerate(names, start=1):
        column = column_of(name)
        if column is None:
            problems.append(OrderProblem("", _unknown(name, place, len(problems) < _MOST_PROBLEMS)))
        else:
            header.append((name, column))
    given_twice = [name for name, count in Counter(names).items() if count > 1 and column_of(name)]
    problems += [OrderProblem("", f"the column `{name}` must be given only once") for name in given_twice]
    return header, problems[:_MOST_PROBLEMS]


def _none_of(count: int) -> str:
    return "it is no column of orders" if count == 1 else f"none of its {count} cells is a column of orders"


def _unknown(name: str, place: int, may_suggest: bool) -> str:  # noqa: FBT001
    if not name:
        return f"column {place} has no name"
    near = suggestion(name) if may_suggest else None
    return f"`{shown_key(name)}` is no column of orders" + (f"; did you mean `{near}`?" if near else "")


def _cells(line: Line, separator: str) -> list[str]:
    """The cells of a line.

    Raises:
        _BrokenLineError: it has none that can be told apart.
    """
    if line.text is None:
        raise _BrokenLineError(TOO_LARGE)
    try:
        text = line.text.decode()
    except UnicodeDecodeError:
        raise _BrokenLineError("must be UTF-8") from None
    try:
        return next(csv.reader([text], delimiter=separator, strict=True))
    except csv.Error:
        if "\r" in text:
            raise _BrokenLineError("must end in LF or CR LF, not in CR alone") from None
        message = "must be well-formed CSV: each quote is closed on its line, and doubled within a cell"
        raise _BrokenLineError(message) from None


class _Rows:
    """Makes order documents out of the lines below a header."""

    def __init__(self, header: Header, separator: str) -> None:
        self._columns = [column for _, column in header]
        self._separator = separator

    def record(self, line: Line, source: str, number: int) -> Record:
        """The record that a line is."""
        try:
            cells = _cells(line, self._separator)
            if len(cells) != len(self._columns):
                count = f"{len(self._columns)} cells, as the header has; it has {len(cells)}"
                raise _BrokenLineError(f"must have {count}")
        except _BrokenLineError as error:
            return Record(source, number, line.number, None, (OrderProblem("", str(error)),))
        document, problems = self._document(cells)
        if problems:
            return Record(source, number, line.number, None, tuple(problems))
        return Record(source, number, line.number, json.dumps(document, ensure_ascii=False).encode())

    def _document(self, cells: Sequence[str]) -> tuple[dict[str, Any], list[OrderProblem]]:
        tree: dict[Step, Any] = {}
        empty_lists: list[tuple[Step, ...]] = []
        problems: list[OrderProblem] = []
        for column, cell in zip(self._columns, cells, strict=True):
            if not cell:
                continue
            if column.kind is not Kind.LIST:
                _put(tree, column.steps, _value(cell, column.kind))
            elif cell == NONE:
                empty_lists.append(column.steps)
            else:
                message = f"must be empty or `{NONE}`; items have columns of their own"
                problems.append(OrderProblem(pointer(column.steps), message))
        # The inner ones first: a list within an item says that the item is given.
        for steps in sorted(empty_lists, key=len, reverse=True):
            if _get(tree, steps) is None:
                _put(tree, steps, [])
            else:
                problems.append(OrderProblem(pointer(steps), f"must not be `{NONE}` where items are given"))
        document = _listed(tree, (), problems)
        return document, problems


def _value(cell: str, kind: Kind) -> str | int | bool:
    """What a cell says; a text that is not of the kind stays text, for the order document refuses it."""
    if kind is Kind.WHOLE and _WHOLE.fullmatch(cell):
        return int(cell)
    return _FLAGS.get(cell, cell) if kind is Kind.FLAG else cell


def _put(tree: dict[Step, Any], steps: Sequence[Step], value: object) -> None:
    for step in steps[:-1]:
        tree = tree.setdefault(step, {})
    tree[steps[-1]] = value


def _get(tree: dict[Step, Any], steps: Sequence[Step]) -> Any:
    value: Any = tree
    for step in steps:
        if step not in value:
            return None
        value = value[step]
    return value


def _listed(part: Any, location: tuple[Step, ...], problems: list[OrderProblem]) -> Any:
    """The part with lists in place of what is keyed by numbers; none may be left out between two."""
    if not isinstance(part, dict):
        return part
    if not any(isinstance(step, int) for step in part):
        return {step: _listed(inner, (*location, step), problems) for step, inner in part.items()}
    left_out = next((step for step in range(len(part)) if step not in part), None)
    if left_out is not None:
        message = "must not be left empty where a later item is given"
        problems.append(OrderProblem(pointer((*location, left_out)), message))
    return [_listed(part[step], (*location, step), problems) for step in sorted(part)]
