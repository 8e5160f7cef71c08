"""Order documents out of Parquet: columns nested as the order document is, or one column of JSON text.

Rows are read in small batches; `arrow_records` says what becomes of their values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from orderguard.errors import OrderProblem
from orderguard.inputs.arrow_records import records_in_rows, records_in_texts, unreadable
from orderguard.inputs.extra import batch_library
from orderguard.order import Order
from orderguard.records import Record
from orderguard.strict_json import shown_key

MAX_GROUP_BYTES = 2 * 1024**3
"""The largest row group that is read, unpacked."""

ReadBatch = Callable[[Any, str, int], Iterator[Record]]
"""Gives the records of a batch: its rows, the source, and how many records there were before."""

_DAMAGED = "their row group is damaged"
_ROWS = 256
_BUFFER = 1024 * 1024


def read_parquet(stream: BinaryIO, source: str) -> Iterator[Record]:
    """The records of a Parquet file, none of which has a line.

    Args:
        stream: the bytes of the file, of which any can be sought.
        source: what the records say of where they come from.

    Raises:
        OSError: the stream cannot be read.
        MissingExtraError: pyarrow is not installed.
    """
    parquet = batch_library("pyarrow.parquet", "Parquet")
    if not stream.seekable():
        yield unreadable(source, 1, "must be a file: Parquet cannot be read from a pipe")
        return
    stream.seek(0)
    try:
        # pyarrow leaves the checksums of pages, which Spark writes, unread unless it is told.
        file = parquet.ParquetFile(
            stream, buffer_size=_BUFFER, pre_buffer=False, page_checksum_verification=True
        )
        twice = _given_twice(file.schema_arrow)
    except _faults() as error:
        yield unreadable(source, 1, f"must be a sound Parquet file ({type(error).__name__})")
        return
    groups = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
    if sum(groups) != file.metadata.num_rows:
        yield unreadable(
            source, 1, "must be a sound Parquet file (its row groups have another number of rows)"
        )
        return
    if twice:
        problems = (f"the column `{shown_key(name)}` must be given only once" for name in twice)
        yield Record(source, 1, None, None, tuple(OrderProblem("", problem) for problem in problems))
        return
    read = _in_text_column if _has_texts(file.schema_arrow) else records_in_rows
    done = 0
    for group, count in enumerate(groups):
        yield from _in_group(file, group, source, done, read)
        done += count


def _in_group(file: Any, group: int, source: str, done: int, read: ReadBatch) -> Iterator[Record]:
    """The records of a row group. What follows damaged data in it is one record that cannot be read."""
    about = file.metadata.row_group(group)
    number = done
    last = done + about.num_rows
    if about.total_byte_size > MAX_GROUP_BYTES:
        limit = f"{MAX_GROUP_BYTES // 1024**3} GiB"
        yield unreadable(source, number + 1, _rows(number + 1, last, f"their row group exceeds {limit}"))
        return
    try:
        for batch in file.iter_batches(_ROWS, row_groups=[group], use_threads=False):
            for record in read(batch, source, number):
                number = record.number
                yield record
    except _faults():
        yield unreadable(source, number + 1, _rows(number + 1, last, _DAMAGED))
    else:
        if number < last:
            yield unreadable(source, number + 1, _rows(number + 1, last, _DAMAGED))


def _has_texts(schema: Any) -> bool:
    """Whether each row is an order document as JSON text: no order has one key alone."""
    if len(schema) != 1 or schema[0].name in Order.model_fields:
        return False
    types = batch_library("pyarrow.types", "Parquet")
    kind = schema[0].type
    texts = (types.is_string, types.is_large_string, types.is_binary, types.is_large_binary)
    return any(is_text(kind) for is_text in texts)


def _in_text_column(batch: Any, source: str, done: int) -> Iterator[Record]:
    """The records of a batch of texts."""
    return records_in_texts(batch.column(0), source, done)


def _given_twice(schema: Any) -> list[str]:
    """Names of columns, at any depth, that stand twice in their part: only one of them could be read."""
    types = batch_library("pyarrow.types", "Parquet")
    found: list[str] = []
    waiting: list[list[Any]] = [list(schema)]
    while waiting:
        fields = waiting.pop()
        found += [name for name, count in Counter(field.name for field in fields).items() if count > 1]
        waiting += [_inner(field.type, types) for field in fields]
    return found


def _inner(kind: Any, types: Any) -> list[Any]:
    if types.is_struct(kind):
        return [kind.field(place) for place in range(kind.num_fields)]
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return [kind.value_field]
    return []


def _faults() -> tuple[type[Exception], ...]:
    """What pyarrow raises for a file that is damaged."""
    arrow = batch_library("pyarrow", "Parquet")
    return (arrow.ArrowException, OSError, ValueError)


def _rows(first: int, last: int, reason: str) -> str:
    return f"records {first} to {last} cannot be read: {reason}"
