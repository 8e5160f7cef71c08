"""Finds the order records in an input: one JSON object, a JSON array, or JSON Lines.

Lines stream: no more than one document is held at a time, whatever the length of the input or of a line. An
array is read whole. Nothing here looks at what an order says.
"""

from __future__ import annotations

import io
import itertools
import json
import re
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from orderguard.errors import OrderProblem
from orderguard.json_shape import JsonShape, is_object
from orderguard.strict_json import MAX_BYTES

MAX_DOCUMENT_BYTES = MAX_BYTES
"""The longest line, and the longest order, that is read."""

MAX_ARRAY_BYTES = 64 * 1024 * 1024
"""The longest array that is read."""

_LINE_READ = MAX_DOCUMENT_BYTES + 8
"""What is read of a line: a document, its line end and a byte-order mark, and enough to see one too long."""

_SKIP_READ = 64 * 1024
_BLANK = b" \t\r\n"
_UTF8_MARK = b"\xef\xbb\xbf"
_LITTLE_ENDIAN_MARK = b"\xff\xfe"
_BIG_ENDIAN_MARKS = (b"\xfe\xff", b"\x00\x00\xfe\xff")
TOO_LARGE = f"must be at most {MAX_DOCUMENT_BYTES // 1024**2} MiB"
_ARRAY_TOO_LARGE = f"must be at most {MAX_ARRAY_BYTES // 1024**2} MiB; give more orders as JSON Lines"
_PRINTED_OBJECT = re.compile(rb'\{[ \t\r]*\n\s*"(?:[^"\\\n]|\\[^\n])*"\s*:')
_WHITE = re.compile(r"[ \t\n\r]*")


class Record(NamedTuple):
    """One record of an input.

    Attributes:
        source: the name of the input.
        number: which record of the input it is, from 1.
        line: the line on which it begins, from 1; None inside an array.
        text: the JSON text; None when the record could not be read.
        problems: why it could not be read.
    """

    source: str
    number: int
    line: int | None
    text: bytes | None
    problems: tuple[OrderProblem, ...] = ()


class _Found(NamedTuple):
    """A record that has no number yet: its line, and either its text or what is wrong with it."""

    line: int | None
    text: bytes | None
    problem: str = ""


class Line(NamedTuple):
    """A line with its number; the text is None for a line that is too long to be held."""

    number: int
    text: bytes | None


class _NotAnArrayError(ValueError):
    """A text that is no well-formed JSON array, with the offset at which it breaks."""

    def __init__(self, offset: int) -> None:
        super().__init__("not a well-formed JSON array")
        self.offset = offset


def read_records(stream: BinaryIO, source: str) -> Iterator[Record]:
    """The records of an input, in its order.

    An input whose first character is `[` is an array, one that as a whole is a JSON object is one record,
    all else is JSON Lines. A record that is not readable carries its problems; those after it are read.

    Args:
        stream: the bytes of the input.
        source: what the records say of where they come from.

    Raises:
        OSError: the stream cannot be read.
    """
    for number, found in enumerate(_find(stream), start=1):
        problems = (OrderProblem("", found.problem),) if found.problem else ()
        yield Record(source, number, found.line, found.text, problems)


def _find(stream: BinaryIO) -> Iterator[_Found]:
    number = 1
    piece = stream.readline(_LINE_READ).removeprefix(_UTF8_MARK)
    while piece and not piece.strip(_BLANK):
        number += piece.endswith(b"\n")
        piece = stream.readline(_LINE_READ)
    if piece.lstrip(_BLANK).startswith(b"["):
        yield from _in_array(piece, stream)
    else:
        yield from _in_lines(_read_lines(stream, piece, number))


# Lines


def read_lines(stream: BinaryIO) -> Iterator[Line]:
    """The lines of a stream without a byte-order mark and line ends.

    Raises:
        OSError: the stream cannot be read.
    """
    return _read_lines(stream, stream.readline(_LINE_READ).removeprefix(_UTF8_MARK), 1)


def _read_lines(stream: BinaryIO, piece: bytes, number: int) -> Iterator[Line]:
    """The lines of a stream from line `number` on, of which `piece` was read already."""
    while piece:
        ended = piece.endswith(b"\n")
        text = piece.removesuffix(b"\n").removesuffix(b"\r")
        if not ended and len(piece) >= _LINE_READ:
            _skip_line(stream)
        yield Line(number, text if len(text) <= MAX_DOCUMENT_BYTES else None)
        number += 1
        piece = stream.readline(_LINE_READ)


def _skip_line(stream: BinaryIO) -> None:
    """Read on to the end of the line without holding it."""
    piece = stream.readline(_SKIP_READ)
    while piece and not piece.endswith(b"\n"):
        piece = stream.readline(_SKIP_READ)


def _in_lines(lines: Iterator[Line]) -> Iterator[_Found]:
    first = next(lines, None)
    if first is None:
        return
    second = next(lines, None) if _may_be_wide(first) else None
    if _is_wide(first, second):
        yield _Found(first.number, None, "must be UTF-8, not UTF-16 or UTF-32")
        return
    lines = itertools.chain([first] if second is None else [first, second], lines)
    head = _read_head(lines)
    if head.is_one_object:
        yield _Found(first.number, head.text.rstrip(_BLANK))
    elif problem := head.broken_document():
        yield _Found(first.number, None, problem)
        rest = itertools.islice(head.again(lines), 1, None)
        yield from _each_line(itertools.dropwhile(lambda line: not _is_order(line), rest))
    else:
        yield from _each_line(head.again(lines))


def _each_line(lines: Iterator[Line]) -> Iterator[_Found]:
    """JSON Lines: every line that is not blank is a record."""
    for line in lines:
        if line.text is None:
            yield _Found(line.number, None, TOO_LARGE)
        elif line.text.strip(_BLANK):
            yield _Found(line.number, line.text)


def _is_order(line: Line) -> bool:
    """Whether the line by itself looks like an order."""
    if line.text is None or b'"schema_version"' not in line.text:
        return False
    return is_object(line.text.decode("latin-1"))


def _may_be_wide(line: Line) -> bool:
    return line.text is not None and line.text.startswith((_LITTLE_ENDIAN_MARK, *_BIG_ENDIAN_MARKS))


def _is_wide(first: Line, second: Line | None) -> bool:
    """Whether the whole input is UTF-16 or UTF-32: its line ends have zero bytes beside them."""
    if first.text is None:
        return False
    if first.text.startswith(_BIG_ENDIAN_MARKS):
        return first.text.endswith(b"\0")
    return second is not None and second.text is not None and second.text.startswith(b"\0")


# One object on several lines


class _Head(NamedTuple):
    """The first lines of an input, as many as tell whether the input is one JSON object."""

    number: int
    text: bytes
    shape: JsonShape
    stop: tuple[int, int]
    ended: bool = False
    too_large: bool = False
    unheld: tuple[Line, ...] = ()

    @property
    def is_one_object(self) -> bool:
        return self.ended and self.shape.done

    def broken_document(self) -> str:
        """What is wrong with an object printed on several lines; empty when each line is a record."""
        if self.too_large:
            return TOO_LARGE
        if not _PRINTED_OBJECT.match(self.text):
            return ""
        if not self.shape.broken:
            return "must be well-formed JSON; it ends before its last bracket is closed"
        return "must be well-formed JSON; it breaks at line {}, column {}".format(*self.stop)

    def again(self, lines: Iterator[Line]) -> Iterator[Line]:
        """All lines of the input once more, those of the head first."""
        head = io.BytesIO(self.text)
        return itertools.chain(_read_lines(head, head.readline(_LINE_READ), self.number), self.unheld, lines)


def _read_head(lines: Iterator[Line]) -> _Head:
    """Read lines until it is certain that they are not one object, or until they exceed a document."""
    held = bytearray()
    shape = JsonShape()
    stop = (0, 0)
    first = 0
    for line in lines:
        first = first or line.number
        if line.text is None:
            shape.broken = True
            return _Head(first, bytes(held), shape, (line.number, 1), unheld=(line,))
        stop = (line.number, shape.feed(line.text.decode("latin-1")) + 1)
        held += line.text + b"\n"
        if shape.broken or (shape.done and line.number == first):
            return _Head(first, bytes(held), shape, stop)
        if len(held) > MAX_DOCUMENT_BYTES + 1:
            return _Head(first, bytes(held), shape, stop, too_large=True)
    return _Head(first, bytes(held), shape, stop, ended=True)


# Arrays


def _in_array(piece: bytes, stream: BinaryIO) -> Iterator[_Found]:
    data = piece + stream.read(max(0, MAX_ARRAY_BYTES + 1 - len(piece)))
    if len(data) > MAX_ARRAY_BYTES:
        yield _Found(None, None, _ARRAY_TOO_LARGE)
        return
    try:
        text = data.decode().strip(" \t\n\r")
        del data
        deque(_items(text), maxlen=0)
    except UnicodeDecodeError:
        yield _Found(None, None, "must be UTF-8")
    except _NotAnArrayError as error:
        yield _Found(None, None, f"must be a well-formed JSON array; it breaks {_place(text, error.offset)}")
    else:
        for start, end in _items(text):
            yield _Found(None, text[start:end].encode())


def _place(text: str, offset: int) -> str:
    line = text.count("\n", 0, offset) + 1
    return f"at line {line}, column {offset - text.rfind(chr(10), 0, offset)} of the array"


def _items(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each item of the array that is the text.

    Raises:
        _NotAnArrayError: the text breaks here; items before it were given already.
    """
    position = _after_white(text, 1)
    more = text[position : position + 1] != "]"
    while more:
        end = _end_of_item(text, position)
        yield position, end
        position = _after_white(text, end)
        mark = text[position : position + 1]
        more = mark == ","
        if not more and mark != "]":
            raise _NotAnArrayError(position)
        position = _after_white(text, position + 1) if more else position
    end_of_array = _after_white(text, position + 1)
    if end_of_array != len(text):
        raise _NotAnArrayError(end_of_array)


def _after_white(text: str, position: int) -> int:
    white = _WHITE.match(text, position)
    return white.end() if white else position


def _refuse_constant(_word: str) -> bool:
    raise ValueError("NaN and Infinity are not JSON")


_SHAPE_ONLY = json.JSONDecoder(
    object_pairs_hook=bool, parse_float=bool, parse_int=bool, parse_constant=_refuse_constant
)
"""Finds the end of a value fast; the values themselves are not wanted."""


def _end_of_item(text: str, start: int) -> int:
    try:
        return _SHAPE_ONLY.raw_decode(text, start)[1]
    except json.JSONDecodeError as error:
        raise _NotAnArrayError(error.pos) from None
    except ValueError:
        raise _NotAnArrayError(start) from None
    except RecursionError:
        end = JsonShape().end_of_value(text, start)
    if end is None:
        raise _NotAnArrayError(start)
    return end
