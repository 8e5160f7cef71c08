"""Verdicts on Spark: those of the command line, a row for each row, whatever is wrong with others."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests_spark.rows import EXAMPLES, numbered, plain, without_place

from orderguard import Verifier
from orderguard.inputs.arrow_records import records_in_rows
from orderguard.spark import verify

COUNT = 10_000
REPEATED = 100


def test_ten_thousand_orders_get_the_same_multiset_of_verdicts_as_on_the_command_line(
    spark: Any, tmp_path: Path
) -> None:
    orders, expected, found = tmp_path / "orders.jsonl", tmp_path / "expected.parquet", tmp_path / "found"
    orderguard("sample", "--count", str(COUNT), "--seed", "5", "--out", str(orders))
    lines = orders.read_bytes().splitlines(keepends=True)
    orders.write_bytes(b"".join([*lines, *lines[:REPEATED]]))
    orderguard("check", orders, "--format", "parquet", "--out", expected, "--log", tmp_path / "log")
    verify(spark.read.text(str(orders)).repartition(8)).write.parquet(str(found))

    of_command, of_spark = pq.read_table(expected), pq.read_table(found)
    assert of_command.num_rows == COUNT + REPEATED
    assert Counter(map(without_place, of_spark.to_pylist())) == Counter(
        map(without_place, of_command.to_pylist())
    )
    assert set(of_spark["decision"].to_pylist()) == {"verified", "hold", "reject", "invalid"}


def test_the_columns_are_those_of_the_parquet_output(spark: Any, texts: list[str], tmp_path: Path) -> None:
    order = tmp_path / "order.json"
    order.write_text(texts[0])
    orderguard("check", order, "--format", "parquet", "--out", tmp_path / "a", "--log", tmp_path / "log")
    found = verify(numbered(spark, texts[:1]).select("text"), log=str(tmp_path / "log"))

    assert found.schema == spark.read.parquet(str(tmp_path / "a")).schema


def test_nested_columns_get_the_verdicts_of_the_json_text(spark: Any, texts: list[str]) -> None:
    alike = spark.createDataFrame([(as_text(text),) for text in texts], "text string")
    of_text = decided(verify(alike))
    columns = spark.read.json(alike.rdd.map(lambda row: row.text))
    instants = columns.withColumn("ordered_at", columns.ordered_at.cast("timestamp"))
    assert dict(instants.dtypes)["ordered_at"] == "timestamp"

    assert decided(verify(instants)) == of_text
    assert Counter(decision for _, decision, _ in of_text.elements()) == {
        "verified": 2,
        "reject": 1,
        "hold": 1,
    }


def test_a_struct_beside_other_columns_is_an_order(spark: Any, texts: list[str]) -> None:
    from pyspark.sql.functions import from_json

    schema = columns_of(spark, "lemtrada-course-1").schema
    nested = numbered(spark, texts[:1]).select("n", from_json("text", schema).alias("order"))
    missing = spark.createDataFrame([(7, None)], nested.schema)
    [first, second] = sorted(plain(verify(nested.union(missing), "order", keep="n").collect()), key=by_number)

    assert (first["n"], first["decision"]) == (0, "verified")
    assert (second["n"], second["decision"]) == (7, "invalid")
    assert "NULL" in second["errors"][0]["message"]


def test_decimals_and_instants_of_columns_are_judged_exactly(spark: Any) -> None:
    from pyspark.sql.functions import lit, transform

    def given(minutes: str) -> list[str]:
        def changed(infusion: Any) -> Any:
            exact = infusion.withField("duration_minutes", lit(Decimal(minutes)).cast("decimal(18,6)"))
            return exact.withField("scheduled_start", infusion["scheduled_start"].cast("timestamp"))

        columns = columns_of(spark, "lemtrada-course-1")
        [row] = plain(verify(columns.withColumn("infusions", transform("infusions", changed))).collect())
        return [finding["rule"] for finding in row["findings"] if finding["severity"] == "block"]

    assert given("240") == []
    assert given("239.999999") == ["infusion-min-4h"]


@pytest.mark.parametrize("kind", ["string", "binary"])
def test_a_broken_row_is_invalid_and_stops_nothing(spark: Any, texts: list[str], kind: str) -> None:
    broken: list[str | None] = [
        None,
        "",
        "{",
        "[]",
        '{"order_id": "A"}',
        '{"a": 1, "a": 2}',
        "x" * 5 * 1024**2,
    ]
    given = [text if kind == "string" or text is None else text.encode() for text in (*broken, texts[0])]
    rows = sorted(plain(verify(numbered(spark, given, kind), "text", keep="n").collect()), key=by_number)

    assert [row["decision"] for row in rows] == ["invalid"] * len(broken) + ["verified"]
    assert all(row["errors"] and row["order_id"] is None and row["rules"] is None for row in rows[:-1])
    assert [row["errors"][0]["message"] for row in (rows[0], rows[6])] == [
        "must be an order document: it is NULL",
        "must be at most 4 MiB",
    ]


def test_text_that_is_not_utf_8_is_invalid_and_stops_nothing(
    spark: Any, texts: list[str], tmp_path: Path
) -> None:
    lines = [json.dumps(json.loads(texts[0])).encode(), b'{"order_id": "\xff"}']
    (tmp_path / "orders.txt").write_bytes(b"\n".join(lines))
    rows = plain(verify(spark.read.text(str(tmp_path / "orders.txt"))).collect())

    assert sorted(row["decision"] for row in rows) == ["invalid", "verified"]
    assert [row["errors"] for row in rows if row["errors"]] == [
        [{"path": "", "message": "must be UTF-8 text"}]
    ]


def test_equal_orders_keep_their_number(spark: Any, texts: list[str]) -> None:
    rows = verify(numbered(spark, [texts[0]] * 700 + [texts[1]] * 300, parts=3).select("text"))

    assert {row["decision"]: row["count"] for row in rows.groupBy("decision").count().collect()} == {
        "verified": 700,
        "reject": 300,
    }


def test_no_rows_give_no_rows(spark: Any) -> None:
    assert verify(spark.createDataFrame([], "text string")).collect() == []


def test_each_verdict_has_the_hash_of_its_rules_and_the_ids_of_the_key(spark: Any, texts: list[str]) -> None:
    verifier = Verifier(key="a key", log=io.StringIO())
    expected = {verdict.order_id: verdict for verdict in map(verifier.verify_json, texts)}
    rows = plain(verify(numbered(spark, texts).select("text"), key="a key").collect())

    assert len(rows) == len(expected)
    for row in rows:
        verdict = expected[row["order_id"]]
        assert row["rules"]["sha256"] == verdict.rules.sha256 is not None
        assert (row["decision_id"], row["order_sha256"]) == (verdict.decision_id, verdict.order_sha256)


def test_a_directory_of_rules_and_a_site_are_sent_to_the_workers(spark: Any, tmp_path: Path) -> None:
    site = shutil.copytree(EXAMPLES / "site", tmp_path / "site")
    rules = shutil.copytree(EXAMPLES.parent / "rules", tmp_path / "rules")
    pack = rules / "lemtrada-ms.yaml"
    pack.write_text(pack.read_text().replace('version: "2026.11"', 'version: "2031.1"', 1))
    texts = [
        (site / "orders" / "tysabri.json").read_text(),
        (EXAMPLES / "lemtrada-course-1.json").read_text(),
    ]
    verifier = Verifier(rules, site=site / "site.yaml", log=io.StringIO())
    expected = {verdict.order_id: verdict for verdict in map(verifier.verify_json, texts)}
    verdicts = verify(numbered(spark, texts).select("text"), rules=rules, site=site / "site.yaml")
    # The workers have only what was sent.
    shutil.rmtree(site)
    shutil.rmtree(rules)
    rows = plain(verdicts.collect())

    assert {row["rules"]["pack"] for row in rows} == {"lemtrada-ms", "natalizumab-example"}
    for row in rows:
        verdict = expected[row["order_id"]]
        assert row["decision"] == verdict.decision
        assert row["rules"]["sha256"] == verdict.rules.sha256
        assert row["rules"]["site"]["name"] == "Example hospital pharmacy"
    [lemtrada] = [row for row in rows if row["rules"]["pack"] == "lemtrada-ms"]
    assert lemtrada["rules"]["version"] == "2031.1"
    assert [entry["rule"] for entry in lemtrada["rules"]["site"]["loosened"]] == ["opv-household"]


def test_kept_columns_stand_before_the_verdict_as_they_were(spark: Any, texts: list[str]) -> None:
    from pyspark.sql.functions import col, lit, struct

    rows = numbered(spark, texts).withColumns(
        {
            "a.b": lit(Decimal("1.50")),
            "part": struct(col("n").alias("x")),
            "at": lit("2026-01-01").cast("timestamp"),
        }
    )
    found = verify(rows, "text", keep=["part", "a.b", "at"])
    assert found.columns[:3] == ["part", "a.b", "at"]
    assert [found.schema[name] for name in found.columns[:3]] == [
        rows.schema[name] for name in found.columns[:3]
    ]

    by_order = {row["order_id"]: row for row in plain(found.collect())}
    for number, text in enumerate(texts):
        row = by_order[json.loads(text)["order_id"]]
        assert (row["part"]["x"], row["a.b"]) == (number, Decimal("1.50"))


def test_nanoseconds_are_refused_also_where_pandas_could_hold_them() -> None:
    import pandas  # noqa: F401 (pyarrow makes other values where it is there)

    instants = pa.array([1_000_000_001_000, 1_000_000_001_001], pa.timestamp("ns", "UTC"))
    good, bad = records_in_rows(pa.RecordBatch.from_arrays([instants], ["ordered_at"]), "-", 0)

    assert good.text == b'{"ordered_at": "1970-01-01T00:16:40.000001+00:00"}'
    assert [problem.message for problem in bad.problems] == ["holds a value that cannot be read exactly"]


def orderguard(*arguments: str | Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "orderguard", *map(str, arguments)],
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode in (0, 1, 3), done.stderr.decode()


def columns_of(spark: Any, name: str) -> Any:
    """An example as nested columns."""
    return spark.read.json(spark.sparkContext.parallelize([as_text((EXAMPLES / f"{name}.json").read_text())]))


def as_text(text: str) -> str:
    """The order with text in place of each number that is no whole one, or whole only in some orders."""

    def plainer(value: Any) -> Any:
        if isinstance(value, dict):
            labs = [{**lab, "value": str(lab["value"])} for lab in value.get("labs", ())]
            return {k: labs if k == "labs" else plainer(inner) for k, inner in value.items()}
        if isinstance(value, list):
            return [plainer(entry) for entry in value]
        return value

    return json.dumps(plainer(json.loads(text, parse_float=str)))


def decided(verdicts: Any) -> Counter[tuple[str, str, tuple[str, ...]]]:
    return Counter(
        (row["order_id"], row["decision"], tuple(row["cleared"] or ())) for row in plain(verdicts.collect())
    )


def by_number(row: dict[str, Any]) -> int:
    number: int = row["n"]
    return number
