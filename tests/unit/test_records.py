"""Records out of inputs: one object, an array, JSON Lines; whole, broken, or far too long."""

import io
import json
import tracemalloc
from collections.abc import Iterator

import pytest

from orderguard.records import MAX_ARRAY_BYTES, MAX_DOCUMENT_BYTES, Record, read_records

GOOD = b'{"schema_version": "1", "order_id": "ORD-1"}'
PRETTY = json.dumps(json.loads(GOOD), indent=2).encode()


def records_of(data: bytes) -> list[Record]:
    return list(read_records(io.BytesIO(data), "orders"))


def texts_of(data: bytes) -> list[bytes | None]:
    return [record.text for record in records_of(data)]


def places_of(data: bytes) -> list[tuple[int, int | None]]:
    return [(record.number, record.line) for record in records_of(data)]


def only_message(data: bytes) -> str:
    (record,) = records_of(data)
    (problem,) = record.problems
    assert record.text is None
    assert problem.path == ""
    return problem.message


# One object


@pytest.mark.parametrize("data", [GOOD, GOOD + b"\n", b"\n\n" + GOOD, PRETTY, b" \r\n" + PRETTY + b"\r\n\n"])
def test_an_input_that_is_one_object_is_one_record(data: bytes) -> None:
    (record,) = records_of(data)

    assert record.text is not None
    assert json.loads(record.text) == json.loads(GOOD)
    assert record.problems == ()


def test_one_object_stands_on_the_line_on_which_it_begins() -> None:
    assert places_of(b"\n\n" + PRETTY) == [(1, 3)]


def test_the_source_stands_in_each_record() -> None:
    assert [record.source for record in read_records(io.BytesIO(GOOD + b"\n" + GOOD), "-")] == ["-", "-"]


def test_one_object_that_holds_orders_on_lines_of_their_own_is_one_record() -> None:
    data = b'{"orders":\n[\n' + GOOD + b"\n]\n}"

    assert texts_of(data) == [data]


def test_an_object_printed_on_several_lines_that_breaks_is_one_record_with_the_place() -> None:
    data = b'{\n  "schema_version": "1",\n  "order_id" = 5,\n  "patient": {}\n}'

    assert "line 3, column 14" in only_message(data)


def test_an_object_printed_on_several_lines_that_is_cut_is_one_record() -> None:
    assert "ends before" in only_message(PRETTY[:-2])


def test_two_objects_printed_on_several_lines_are_one_record_with_the_place() -> None:
    assert "line 5, column 1" in only_message(PRETTY + b"\n" + PRETTY)


def test_orders_a_line_after_a_broken_printed_object_are_read() -> None:
    assert texts_of(PRETTY[:-2] + b"\n" + GOOD + b"\n" + GOOD) == [None, GOOD, GOOD]


def test_an_object_of_many_lines_beyond_the_limit_is_one_record() -> None:
    data = b'{\n"labs": [\n' + b'{"test": "tsh"},\n' * (MAX_DOCUMENT_BYTES // 16) + b"{}]}"

    assert only_message(data) == "must be at most 4 MiB"


def test_an_object_of_exactly_the_limit_is_read() -> None:
    data = b'{\n"a": "' + b"x" * (MAX_DOCUMENT_BYTES - 11) + b'"\n}'

    assert len(data) == MAX_DOCUMENT_BYTES
    assert texts_of(data + b"\n") == [data]


# JSON Lines


def test_each_line_is_a_record() -> None:
    assert texts_of(b'{"a": 1}\n{"b": 2}\r\n{"c": 3}') == [b'{"a": 1}', b'{"b": 2}', b'{"c": 3}']


def test_blank_lines_are_counted_and_skipped() -> None:
    assert places_of(b"\n" + GOOD + b"\n \t\r\n\n" + GOOD + b"\n\n") == [(1, 2), (2, 5)]


def test_a_byte_order_mark_is_no_part_of_the_first_record() -> None:
    assert texts_of(b"\xef\xbb\xbf" + GOOD + b"\n" + GOOD) == [GOOD, GOOD]


@pytest.mark.parametrize(
    "broken",
    [
        b"{",
        b"{,",
        b'{"a": [1,',
        b'{"a": ',
        b'{"schema_version": "1", "ord',
        b"}",
        b"nonsense",
        b"\xff",
        b"null",
        b"\0\0",
    ],
)
def test_a_broken_first_line_does_not_swallow_the_next(broken: bytes) -> None:
    assert texts_of(broken + b"\n" + GOOD + b"\n" + GOOD) == [broken, GOOD, GOOD]


def test_lines_without_any_order_are_records_all_the_same() -> None:
    assert texts_of(b'{"a": [1,\n{"b": \n"c"') == [b'{"a": [1,', b'{"b": ', b'"c"']


def test_a_line_of_the_limit_is_read_and_a_longer_one_is_not() -> None:
    line = b'{"a": "' + b"x" * (MAX_DOCUMENT_BYTES - 9) + b'"}'
    assert len(line) == MAX_DOCUMENT_BYTES

    first, second, third = records_of(line + b"\r\n" + line + b" \n" + GOOD)

    assert first.text == line
    assert (second.text, second.problems[0].message) == (None, "must be at most 4 MiB")
    assert (third.text, third.line) == (GOOD, 3)


@pytest.mark.parametrize("end", [b"", b"\n", b"\n" + GOOD])
def test_a_first_line_beyond_the_limit_is_one_record(end: bytes) -> None:
    over_long, *rest = records_of(b"x" * (3 * MAX_DOCUMENT_BYTES) + end)

    assert over_long.text is None
    assert [record.text for record in rest] == ([GOOD] if GOOD in end else [])


class Endless(io.RawIOBase):
    """A stream that makes its bytes while it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        self._rest = self._rest or next(self._pieces, b"")
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def peak_while_reading(pieces: Iterator[bytes]) -> tuple[int, int]:
    """How many records were read, and the most memory that was held meanwhile, in bytes."""
    stream = io.BufferedReader(Endless(pieces))
    tracemalloc.start()
    count = sum(1 for _ in read_records(stream, "-"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return count, peak


def test_many_lines_need_no_more_memory_than_few() -> None:
    _, few = peak_while_reading(GOOD + b"\n" for _ in range(10))
    count, many = peak_while_reading((GOOD + b"\n") * 1000 for _ in range(100))

    assert count == 100_000
    assert many < few + 200_000


def test_an_over_long_line_is_not_held() -> None:
    over_long = (b"x" * 2**20 for _ in range(100))

    count, peak = peak_while_reading(piece for part in (over_long, [b"\n", GOOD]) for piece in part)

    assert count == 2
    assert peak < 4 * MAX_DOCUMENT_BYTES


def test_an_endless_printed_object_is_not_held() -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{\n"labs": [\n'
        for _ in range(64 * 16):
            yield (b'"' + b"x" * 1020 + b'",\n') * 64

    count, peak = peak_while_reading(pieces())

    assert count == 1
    assert peak < 6 * MAX_DOCUMENT_BYTES


def test_a_line_is_given_before_the_next_one_arrives() -> None:
    def pieces() -> Iterator[bytes]:
        yield GOOD + b"\n"
        yield b"[1\n"
        raise AssertionError("read ahead")

    records = read_records(io.BufferedReader(Endless(pieces())), "-")

    assert next(records).text == GOOD
    assert next(records).text == b"[1"


# Arrays


@pytest.mark.parametrize("start", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_each_item_of_an_array_is_a_record_without_a_line(start: bytes) -> None:
    data = start + b"[\n" + GOOD + b' ,\n{"b": [1, {"c": "]"}]},[], 1.50,null ]\n'

    assert texts_of(data) == [GOOD, b'{"b": [1, {"c": "]"}]}', b"[]", b"1.50", b"null"]
    assert places_of(data) == [(1, None), (2, None), (3, None), (4, None), (5, None)]


@pytest.mark.parametrize("data", [b"", b"\n\n", b" ", b"\xef\xbb\xbf", b"[]", b" [ \n] "])
def test_an_empty_input_has_no_records(data: bytes) -> None:
    assert records_of(data) == []


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"[" + GOOD + b"," + GOOD, "line 1, column 91"),
        (b"[" + GOOD + b",]", "line 1, column 47"),
        (b"[" + GOOD + b"\n" + GOOD + b"]", "line 2, column 1"),
        (b"[" + GOOD + b"]\n" + GOOD, "line 2, column 1"),
        (b"[" + GOOD + b", NaN]", "line 1, column 48"),
        (b"[" + GOOD + b', {"a": -Infinity}]', "line 1, column 48"),
        (b"[,]", "line 1, column 2"),
        (b"[", "line 1, column 2"),
    ],
)
def test_an_array_that_is_not_well_formed_is_one_record_and_nothing_else(data: bytes, place: str) -> None:
    assert place in only_message(data)


def test_a_broken_array_is_not_read_as_lines() -> None:
    assert "well-formed JSON array" in only_message(b"[1\n" + GOOD + b"\n" + GOOD)


def test_an_array_that_is_not_utf_8_is_one_record() -> None:
    assert only_message(b"[" + GOOD + b', "\xe9"]') == "must be UTF-8"


def test_an_item_nested_far_too_deep_does_not_spoil_the_others() -> None:
    deep = b'{"a":' * 100_000 + b"1" + b"}" * 100_000

    assert texts_of(b"[" + GOOD + b"," + deep + b"," + GOOD + b"]") == [GOOD, deep, GOOD]


def test_an_item_nested_far_too_deep_and_cut_breaks_the_array() -> None:
    assert "well-formed" in only_message(b"[" + GOOD + b"," + b"[" * 100_000 + b"]")


def test_a_number_of_any_length_is_no_hindrance() -> None:
    number = b"1" * 100_000

    assert texts_of(b"[" + number + b", 1e999999999, " + GOOD + b"]") == [number, b"1e999999999", GOOD]


def test_an_item_with_a_key_given_twice_is_given_as_written() -> None:
    assert texts_of(b'[{"a": 1, "a": 2}]') == [b'{"a": 1, "a": 2}']


def test_an_item_keeps_its_characters() -> None:
    item = '{"name": "Grüße \\ud800 \U0001f600"}'.encode()

    assert texts_of(b"[" + item + b"]") == [item]


def test_an_array_of_the_limit_is_read_and_a_larger_one_is_refused() -> None:
    padding = b" " * (MAX_ARRAY_BYTES - len(GOOD) - 2)

    assert texts_of(b"[" + GOOD + padding + b"]") == [GOOD]
    assert only_message(b"[" + GOOD + padding + b" ]").startswith("must be at most 64 MiB")


# Other encodings


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-be", "utf-32-be"])
@pytest.mark.parametrize("text", [GOOD, PRETTY, GOOD + b"\n" + GOOD + b"\n", b"[" + GOOD + b"\n]\n"])
def test_an_input_in_utf_16_or_32_is_one_record(encoding: str, text: bytes) -> None:
    mark = "\ufeff" if encoding.endswith("be") else ""
    records = records_of((mark + text.decode()).encode(encoding))

    assert len(records) == 1
    assert records[0].text is None or b"\n" not in text.strip()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_line_in_utf_16_or_32_does_not_spoil_the_next(encoding: str) -> None:
    broken = GOOD.decode().encode(encoding)

    assert texts_of(broken + b"\n" + GOOD + b"\n") == [broken, GOOD]
