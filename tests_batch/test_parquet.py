"""Orders out of Parquet and verdicts into it: exact values, right places, a broken row stops nothing."""

from __future__ import annotations

import gc
import gzip
import io
import json
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from orderguard import InvalidOrder, Order
from orderguard.checked import Checked
from orderguard.inputs.parquet_records import read_parquet
from orderguard.inputs.reading import read_input
from orderguard.out_file import OutFile
from orderguard.output import ExitCode
from orderguard.outputs import parquet_verdicts
from orderguard.outputs.parquet_verdicts import ParquetReport
from orderguard.records import Record

Run = Callable[..., CompletedProcess[str]]


def packed(table: pa.Table, **options: Any) -> bytes:
    with io.BytesIO() as stream:
        pq.write_table(table, stream, **options)
        return stream.getvalue()


def records_of(data: bytes) -> list[Record]:
    return list(read_input(io.BufferedReader(io.BytesIO(data)), "orders.parquet"))


def only_document(table: pa.Table) -> Any:
    (record,) = records_of(packed(table))
    assert record.text is not None, record.problems
    return json.loads(record.text, parse_float=Decimal)


def test_orders_in_nested_columns_get_the_verdicts_that_they_get_as_json(
    orderguard: Run, documents: list[dict[str, Any]], lines: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "orders.parquet"
    text = json.loads(json.dumps(documents), parse_int=int)
    for document in text:
        for part in (*document["infusions"], *document["premedications"], *document["prophylaxis"]):
            for name, value in part.items():
                part[name] = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    pq.write_table(pa.Table.from_pylist(_alike(text)), path, row_group_size=2)
    plain = orderguard("check", "-", "--format", "jsonl", stdin=lines)
    columns = orderguard("check", path, "--format", "jsonl")

    def judged(output: str) -> list[tuple[object, ...]]:
        found = [json.loads(line) for line in output.splitlines()]
        return [tuple(d[key] for key in ("order_id", "decision", "cleared")) for d in found]

    assert judged(columns.stdout) == judged(plain.stdout)
    assert [decision for _, decision, _ in judged(columns.stdout)] == [
        "verified",
        "reject",
        "hold",
        "verified",
    ]


def _alike(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The documents with preparations that have no number where others have text."""
    for document in documents:
        for infusion in document["infusions"]:
            for name, value in (infusion.get("preparation") or {}).items():
                if isinstance(value, int) and not isinstance(value, bool) and name != "vials":
                    infusion["preparation"][name] = str(value)
    return documents


def test_decimals_dates_and_instants_reach_the_order_exactly() -> None:
    table = pa.table(
        {
            "order_id": ["A"],
            "dose": pa.array([Decimal("1.200")], pa.decimal128(9, 3)),
            "large": pa.array([Decimal("123456789012.000001")], pa.decimal256(40, 6)),
            "day": pa.array([date(2025, 5, 20)]),
            "moment": pa.array(
                [datetime(2025, 5, 20, 4, 5, 6, 7, UTC)], pa.timestamp("us", "America/New_York")
            ),
            "nano": pa.array([1_000_000_001_000], pa.timestamp("ns", "UTC")),
            "clock": pa.array([datetime(2025, 5, 20, 4, 5)], pa.timestamp("ms")),  # noqa: DTZ001 (no zone)
            "word": pa.array(["x"]).dictionary_encode(),
        }
    )

    assert only_document(table) == {
        "order_id": "A",
        "dose": Decimal("1.200"),
        "large": Decimal("123456789012.000001"),
        "day": "2025-05-20",
        "moment": "2025-05-20T00:05:06.000007-04:00",
        "nano": "1970-01-01T00:16:40.000001+00:00",
        "clock": "2025-05-20T04:05:00",
        "word": "x",
    }


def test_a_column_of_decimals_is_of_numbers_and_never_of_texts() -> None:
    table = pa.table(
        {
            "order_id": pa.array([Decimal(7)], pa.decimal128(9, 0)),
            "schema_version": pa.array([Decimal(1)], pa.decimal128(1, 0)),
            "product": [{"name": "Lemtrada", "ndc": Decimal("58468020001")}],
            "course": [{"number": Decimal(1)}],
            "patient": [{"patient_id": "x", "cytopenia_holds": Decimal("0.0")}],
            "infusions": [[{"dose_mg": Decimal("12.000")}]],
        }
    )
    [record] = records_of(packed(table))
    with pytest.raises(InvalidOrder) as refused:
        Order.model_validate_json(record.text or b"")

    assert [(problem.path, problem.message.split(",")[0]) for problem in refused.value.problems] == [
        ("/order_id", "must be text"),
        ("/schema_version", "must be `1`"),
        ("/product/ndc", "must be text"),
        ("/patient/cytopenia_holds", "must be a whole number"),
    ]


def test_one_column_of_texts_holds_order_documents(orderguard: Run, lines: bytes, tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    texts = [*lines.splitlines(), b"5", None, b'{"order_id": "\xff"}', b" " * (5 * 1024 * 1024)]
    pq.write_table(pa.table({"document": pa.array(texts, pa.binary())}), path)
    plain = orderguard("check", "-", "--format", "jsonl", stdin=lines).stdout.splitlines()
    found = orderguard("check", path, "--format", "jsonl").stdout.splitlines()

    assert found[: len(plain)] == plain
    bad = [json.loads(line) for line in found[len(plain) :]]
    assert [(document["decision"], document["record"]) for document in bad] == [
        ("invalid", number) for number in (5, 6, 7, 8)
    ]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary()])
def test_a_column_of_texts_is_one_of_any_kind_of_text(kind: pa.DataType) -> None:
    [record] = records_of(packed(pa.table({"document": pa.array(['{"a": 1}'], kind)})))

    assert record.text == b'{"a": 1}'


def test_parquet_that_is_packed_is_one_unreadable_record() -> None:
    [record] = records_of(gzip.compress(packed(pa.table({"a": [1]}))))

    assert record.problems[0].message.startswith("must be unpacked first")


def test_an_empty_list_is_none_and_null_is_not_known() -> None:
    table = pa.table({"labs": pa.array([[], None], pa.list_(pa.struct({"test": pa.string()})))})

    assert [json.loads(record.text or b"") for record in records_of(packed(table))] == [
        {"labs": []},
        {"labs": None},
    ]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (pa.array([0.1]), "not exact"),
        (pa.array([b"12"]), "must be text"),
        (pa.array([1_000_000_000_001], pa.timestamp("ns", "UTC")), "cannot be read exactly"),
    ],
)
def test_a_value_that_is_not_exact_makes_its_row_unreadable_and_not_the_next(
    column: pa.Array, message: str
) -> None:
    rows = pa.concat_arrays([column, pa.nulls(1, column.type)])
    first, second = records_of(packed(pa.table({"order_id": ["A", "B"], "x": rows})))

    assert message in first.problems[0].message
    assert json.loads(second.text or b"") == {"order_id": "B", "x": None}


def test_a_row_that_is_too_large_never_stops_the_next() -> None:
    first, second = records_of(packed(pa.table({"order_id": ["x" * (5 * 1024 * 1024), "y"]})))

    assert first.problems[0].message == "must be at most 4 MiB"
    assert second.text == b'{"order_id": "y"}'


def test_a_damaged_row_group_is_reported_and_the_numbers_after_it_stay_right() -> None:
    table = pa.table({"order_id": [f"ORD-{number:04}" for number in range(300)]})
    data = bytearray(packed(table, row_group_size=100, compression="zstd", use_dictionary=False))
    about = pq.ParquetFile(io.BytesIO(data)).metadata.row_group(1).column(0)
    start = about.data_page_offset
    data[start : start + about.total_compressed_size] = b"\xff" * about.total_compressed_size
    records = records_of(bytes(data))

    bad = [record for record in records if record.text is None]
    assert [(record.number, record.problems[0].message) for record in bad] == [
        (101, "records 101 to 200 cannot be read: their row group is damaged")
    ]
    assert [record.number for record in records] == [*range(1, 102), *range(201, 301)]
    assert json.loads(records[-1].text or b"") == {"order_id": "ORD-0299"}


@pytest.mark.parametrize("names", [["dose"], []])
def test_digits_that_differ_from_the_checksum_of_their_page_are_never_read(names: list[str]) -> None:
    table = pa.table({"order_id": ["A", "B"], "dose": ["12", "30"]})
    options = {"compression": "none", "use_dictionary": names, "write_page_checksum": True}
    written = b"\x02\x00\x00\x0030"
    data = packed(table, **options)
    assert data.count(written) == 1
    data = data.replace(written, b"\x02\x00\x00\x0012")
    [record] = records_of(bytes(data))

    assert record.problems[0].message == "records 1 to 2 cannot be read: their row group is damaged"


@pytest.mark.parametrize(("of_group", "total"), [(9, 25), (11, 25), (11, 26)])
def test_rows_are_never_left_out_because_the_end_of_the_file_counts_them_wrong(
    of_group: int, total: int
) -> None:
    table = pa.table({"order_id": [f"{number:03}" for number in range(25)]})
    data = packed(table, compression="none", store_schema=False, row_group_size=10)
    size = int.from_bytes(data[-8:-4], "little")
    end = data[-8 - size : -8]
    # A whole number stands there doubled, behind the number and the type of its field.
    [whole] = [place for place in range(size) if end[place : place + 2] == b"\x16\x32"]
    end = end[: whole + 1] + bytes([2 * total]) + end[whole + 2 :]
    refused = []
    for place in (place for place in range(size) if end[place : place + 2] == b"\x16\x14"):
        changed = end[: place + 1] + bytes([2 * of_group]) + end[place + 2 :]
        records = records_of(data[: -8 - size] + changed + data[-8:])
        refused.append(any(record.text is None for record in records))
        assert refused[-1] or [record.number for record in records] == [*range(1, 26)]

    assert True in refused


@pytest.mark.parametrize("data", [b"PAR1", b"PAR1" + b"x" * 100, b"PAR1" + b"x" * 100 + b"PAR1"])
def test_a_file_that_is_no_parquet_is_one_unreadable_record(data: bytes) -> None:
    [record] = records_of(data)

    assert record.problems[0].message.startswith("must be a sound Parquet file")


def test_a_column_that_is_given_twice_is_refused_at_any_depth() -> None:
    twice = pa.table([["A"], ["B"]], names=["order_id", "order_id"])
    inner = pa.StructArray.from_arrays([pa.array(["A"]), pa.array(["B"])], names=["x", "x"])
    for table in (twice, pa.table({"p": inner})):
        [record] = records_of(packed(table))
        assert "must be given only once" in record.problems[0].message


def test_parquet_is_not_read_from_a_pipe() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    [record] = read_parquet(Pipe(packed(pa.table({"a": [1]}))), "-")
    assert "pipe" in record.problems[0].message


def test_verdicts_in_parquet_say_what_the_json_lines_say(
    orderguard: Run, lines: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "verdicts.parquet"
    content = lines + b'{"a": 1}\n'
    printed = orderguard("check", "-", "--format", "jsonl", stdin=content)
    done = orderguard("check", "-", "--format", "parquet", "--out", out, stdin=content)
    rows = pq.read_table(out).to_pylist()

    assert (done.returncode, done.stdout) == (3, "")
    for number, (row, line) in enumerate(zip(rows, printed.stdout.splitlines(), strict=True), start=1):
        document = json.loads(line)
        assert (row["source"], row["record"], row["line"]) == ("-", number, number)
        for finding in row["findings"] or ():
            for evidence in finding["evidence"]:
                evidence |= {key: json.loads(evidence[key]) for key in ("value", "measured")}
        assert {key: row[key] for key in document} == document


def test_a_file_whose_name_is_no_text_has_its_row_among_the_others(
    orderguard: Run, lines: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "verdicts.parquet"
    folder = tmp_path / "night"
    folder.mkdir()
    for name in (b"a.jsonl", b"\xff.jsonl"):
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_bytes(lines)  # noqa: PTH118
    done = orderguard("check", folder, "--format", "parquet", "--out", out, "--log", os.devnull)
    sources = pq.read_table(out).column("source").to_pylist()

    assert (done.returncode, done.stderr) == (1, "")
    assert sources == [f"{folder}/a.jsonl"] * 4 + [f"{folder}/\\udcff.jsonl"] * 4


def test_verdicts_of_no_records_are_a_table_without_rows(orderguard: Run, tmp_path: Path) -> None:
    out = tmp_path / "verdicts.parquet"
    orderguard("check", "-", "--format", "parquet", "--out", out)

    assert pq.read_table(out).num_rows == 0
    assert "findings" in pq.read_schema(out).names


def test_readers_see_plain_texts_and_no_dictionaries(orderguard: Run, lines: bytes, tmp_path: Path) -> None:
    out = tmp_path / "verdicts.parquet"
    orderguard("check", "-", "--format", "parquet", "--out", out, stdin=lines)

    assert pq.read_schema(out).equals(parquet_verdicts.verdict_schema())


def test_a_run_that_is_given_up_leaves_no_file_that_looks_whole(
    orderguard: Run, lines: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "verdicts.parquet"
    report = ParquetReport(file := OutFile(str(out)))
    line = orderguard("check", "-", "--format", "jsonl", stdin=lines).stdout.splitlines()[0]
    for number in range(3):
        report.add(Checked("-", number, number, "verified", ExitCode.VERIFIED, line))
    report._gather()
    report._hand_over()
    del report
    gc.collect()
    file.close()

    assert out.stat().st_size > 0
    with pytest.raises(pa.ArrowInvalid):
        pq.read_table(out)


def test_rows_come_in_groups_that_are_bounded_in_rows_and_bytes(
    orderguard: Run, lines: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_verdicts, "_BATCH_ROWS", 3)
    monkeypatch.setattr(parquet_verdicts, "_GROUP_ROWS", 5)
    out = tmp_path / "verdicts.parquet"
    report = ParquetReport(OutFile(str(out)))
    line = orderguard("check", "-", "--format", "jsonl", stdin=lines).stdout.splitlines()[1]
    for number in range(14):
        report.add(Checked("-", number, number, "reject", ExitCode.NOT_VERIFIED, line))
    report.end()
    file = pq.ParquetFile(out)

    assert [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)] == [6, 6, 2]
    assert file.read(["record"]).column("record").to_pylist() == list(range(14))


def test_a_full_disk_has_exit_code_5(orderguard: Run, lines: bytes) -> None:
    done = orderguard(
        "check", "-", "--format", "parquet", "--out", "/dev/full", "--log", "/dev/null", stdin=lines
    )

    assert done.returncode == 5
    assert done.stderr.startswith("orderguard: /dev/full cannot be written")
    assert len(done.stderr.splitlines()) == 1


def test_the_columns_of_verdicts_are_those_of_the_reference() -> None:
    text = (Path(__file__).parents[1] / "docs" / "reference" / "inputs-and-outputs.md").read_text()
    rows = re.findall(
        r"^\| (`.*`) \| (.*) \|$", text.partition("### Columns of verdicts in Parquet")[2], re.MULTILINE
    )
    named = {name: what for names, what in rows for name in re.findall(r"`(\w+)`", names)}
    schema = parquet_verdicts.verdict_schema()

    assert sorted(named) == sorted(schema.names)
    for field in schema:
        kind = field.type.value_type if pa.types.is_list(field.type) else field.type
        parts = [part.name for part in kind] if pa.types.is_struct(kind) else []
        assert re.findall(r"`(\w+)`", named[field.name]) == parts
        assert named[field.name].startswith("list of") == pa.types.is_list(field.type)


def test_the_digits_of_values_are_those_of_the_verdict(
    orderguard: Run, documents: list[dict[str, Any]], tmp_path: Path
) -> None:
    order = json.loads(json.dumps(documents[1]))
    order["infusions"][0]["dose_mg"] = "123456.123456"
    order["infusions"][1]["duration_minutes"] = "0.100001"
    content = json.dumps(order).encode()
    out = tmp_path / "verdicts.parquet"
    printed = orderguard("check", "-", "--format", "jsonl", stdin=content).stdout
    orderguard("check", "-", "--format", "parquet", "--out", out, stdin=content)
    [row] = pq.read_table(out).to_pylist()
    values = [evidence["value"] for finding in row["findings"] for evidence in finding["evidence"]]

    assert {"123456.123456", "0.100001"} <= set(values)
    assert all(f'"value": {value}, ' in printed for value in values)
