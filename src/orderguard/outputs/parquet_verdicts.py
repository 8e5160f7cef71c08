"""Verdicts as Parquet: a row a record, nested as the verdict document is.

Values of an order and measured values are of several kinds, so they stand as JSON text. A record that is no
order has a row too: its decision is `invalid`, and `errors` says why.
"""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from orderguard.checked import INVALID, Checked
from orderguard.inputs.extra import batch_library

if TYPE_CHECKING:
    from orderguard.out_file import OutFile

_GROUP_ROWS = 10_000
_GROUP_BYTES = 64 * 1024 * 1024
"""How many rows, or bytes of rows, make a row group. They are held in memory until it is written.

Larger groups pack better, and the writer keeps some 35 kB of each until the file ends.
"""

_BATCH_ROWS = 200
_BATCH_BYTES = 4 * 1024 * 1024
"""How many records, or bytes of their JSON, are held as Python objects, which take far more than Arrow."""

_PURPOSE = "Parquet"


class ParquetReport:
    """Writes rows in groups, so that memory stays flat. The file can be read only once the run has ended.

    Args:
        file: takes the rows.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """

    def __init__(self, file: OutFile) -> None:
        self._arrow = batch_library("pyarrow", _PURPOSE)
        parquet = batch_library("pyarrow.parquet", _PURPOSE)
        self._file = file
        self._schema = _held_schema(verdict_schema())
        self._sink = _Sink(file.stream)
        with self._sink.open():
            # Without the schema of Arrow in the file, readers see plain text and no dictionaries.
            self._writer = parquet.ParquetWriter(
                self._sink, self._schema, compression="zstd", store_schema=False
            )
        self._rows: list[dict[str, Any]] = []
        self._row_bytes = 0
        self._batches: list[Any] = []

    def add(self, checked: Checked) -> None:
        """Add the row of a record.

        Raises:
            OutputError: the file cannot be written.
        """
        self._rows.append(row_of(checked))
        self._row_bytes += len(checked.json)
        if len(self._rows) >= _BATCH_ROWS or self._row_bytes >= _BATCH_BYTES:
            self._gather()
            rows, size = (
                sum(getattr(batch, what) for batch in self._batches) for what in ("num_rows", "nbytes")
            )
            if rows >= _GROUP_ROWS or size >= _GROUP_BYTES:
                self._hand_over()

    def end(self) -> None:
        """Write what is left.

        Raises:
            OutputError: the file cannot be written.
        """
        self._gather()
        self._hand_over()
        try:
            with self._sink.open():
                self._writer.close()
        except OSError as error:
            raise self._file.failure(error) from None
        self._file.close()

    def _gather(self) -> None:
        if self._rows:
            self._batches.append(self._arrow.RecordBatch.from_pylist(self._rows, schema=self._schema))
        self._rows.clear()
        self._row_bytes = 0

    def _hand_over(self) -> None:
        if not self._batches:
            return
        # What is held twice is let go before the writer takes memory too.
        table = self._arrow.Table.from_batches(self._batches).unify_dictionaries()
        self._batches.clear()
        try:
            with self._sink.open():
                self._writer.write_table(table, row_group_size=table.num_rows)
        except OSError as error:
            raise self._file.failure(error) from None


_DISTINCT = ("order_id", "decision_id", "order_sha256")
"""Columns whose texts hardly ever repeat."""


def _held_schema(schema: Any) -> Any:
    """The schema in which rows are held: each text that repeats stands once for many rows, as a dictionary.

    So a row takes a third of the memory, and is made in half the time.
    """
    arrow = batch_library("pyarrow", _PURPOSE)

    def held(kind: Any) -> Any:
        if arrow.types.is_string(kind):
            return arrow.dictionary(arrow.int32(), kind)
        if arrow.types.is_list(kind):
            return arrow.list_(held(kind.value_type))
        if arrow.types.is_struct(kind):
            return arrow.struct([arrow.field(part.name, held(part.type)) for part in kind])
        return kind

    return arrow.schema(
        [field if field.name in _DISTINCT else field.with_type(held(field.type)) for field in schema]
    )


class _Sink(io.RawIOBase):
    """Takes what is written while it is open.

    A writer of pyarrow that is given up ends its file by itself: half a run would look like a whole one.
    """

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self._is_open = False
        self._written = 0

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        """Take what is written inside the block."""
        self._is_open = True
        try:
            yield
        finally:
            self._is_open = False

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._written

    def write(self, data: Any) -> int:
        size = memoryview(data).nbytes
        if self._is_open:
            self._stream.write(data)
            self._written += size
        return size


def row_of(checked: Checked) -> dict[str, Any]:
    """The row of a record, as the schema has it."""
    document = json.loads(checked.json)
    if checked.decision != INVALID:
        _flatten(document)
    # The name of a file may hold bytes that are no text, which Parquet does not take.
    source = checked.source.encode("utf-8", "backslashreplace").decode()
    return {**document, "source": source, "record": checked.record, "line": checked.line}


def _flatten(document: Mapping[str, Any]) -> None:
    """Put JSON text in place of what may be of several kinds."""
    for finding in document["findings"]:
        for evidence in finding["evidence"]:
            evidence["value"] = json.dumps(evidence["value"])
            evidence["measured"] = json.dumps(evidence["measured"])
    site = document["rules"]["site"]
    if site is not None:
        site["settings"] = [(name, json.dumps(value)) for name, value in site["settings"].items()]


def verdict_schema() -> Any:
    """The Arrow schema of the rows.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    arrow = batch_library("pyarrow", _PURPOSE)

    def struct(**fields: Any) -> Any:
        return arrow.struct(list(fields.items()))

    text, number, texts = arrow.string(), arrow.int64(), arrow.list_(arrow.string())
    evidence = struct(path=text, value=text, fact=text, measured=text)
    source = struct(id=text, title=text, section=text, revision=text)
    finding = struct(
        rule=text,
        outcome=text,
        severity=text,
        overridable=arrow.bool_(),
        title=text,
        message=text,
        requirement=text,
        evidence=arrow.list_(evidence),
        missing=texts,
        action=text,
        sources=arrow.list_(source),
        confidence=text,
        review=text,
    )
    change = {"rule": text, "from": text, "to": text}
    site = struct(
        name=text,
        settings=arrow.map_(text, text),
        raised=arrow.list_(struct(**change)),
        loosened=arrow.list_(struct(**change, by=text, on=text, reason=text)),
    )
    return arrow.schema(
        [
            ("source", text),
            ("record", number),
            ("line", number),
            ("order_id", text),
            ("decision", text),
            ("findings", arrow.list_(finding)),
            ("cleared", texts),
            ("not_applicable", texts),
            ("errors", arrow.list_(struct(path=text, message=text))),
            ("rules", struct(pack=text, version=text, sha256=text, site=site)),
            ("decision_id", text),
            ("order_sha256", text),
            ("schema_version", text),
        ]
    )
