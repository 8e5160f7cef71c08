"""Calls: what is wrong is said on the driver and starts nothing; workers load rules once, or not at all."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyspark.errors import PythonException
from tests_spark.rows import EXAMPLES, numbered, plain

from orderguard.errors import ColumnsError, RulesError
from orderguard.inputs.extra import MissingExtraError
from orderguard.rulebook.load import load_rulebook
from orderguard.spark import calling, verify

NOBODY_WRITES_HERE = "/dev/null/decisions.log"


@pytest.fixture
def jobs(spark: Any) -> Callable[[], int]:
    """How many jobs were started in this test."""
    spark.sparkContext.setJobGroup(group := os.urandom(8).hex(), "a test")
    return lambda: len(spark.sparkContext.statusTracker().getJobIdsForGroup(group))


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A directory of rules that may be changed."""
    return shutil.copytree(EXAMPLES.parent / "rules", tmp_path / "rules")


def test_no_job_runs_before_the_verdicts_are_asked_for(
    spark: Any, texts: list[str], jobs: Callable[[], int]
) -> None:
    verdicts = verify(numbered(spark, texts), "text")
    assert jobs() == 0
    assert verdicts.count() == len(texts)
    assert jobs() > 0


def test_each_worker_process_loads_the_rules_once(spark: Any, texts: list[str]) -> None:
    def loads(batches: Any) -> Any:
        import pyarrow

        from orderguard.spark.worker import judge_of

        for _ in batches:
            about = judge_of.cache_info()
            found = {"process": os.getpid(), "loads": about.misses, "uses": about.hits + about.misses}
            yield pyarrow.RecordBatch.from_pylist([found])

    key = os.urandom(8)  # rules that no worker has yet
    before = {row.process: row for row in _asked(spark, loads)}
    for _ in range(3):
        verify(numbered(spark, texts * 5, parts=10), "text", key=key).write.format("noop").mode(
            "append"
        ).save()
    grown = [
        (row.loads - _of(before, row, "loads"), row.uses - _of(before, row, "uses"))
        for row in {row.process: row for row in _asked(spark, loads)}.values()
    ]

    assert {loads for loads, uses in grown if uses} == {1}
    assert max(uses for _, uses in grown) > 1


def _asked(spark: Any, function: Any) -> list[Any]:
    """What each of many tasks says of the worker process that it runs in."""
    rows = (
        spark.range(40).repartition(20).mapInArrow(function, "process long, loads long, uses long").collect()
    )
    return sorted(rows, key=lambda row: row.uses)


def _of(before: dict[int, Any], row: Any, name: str) -> int:
    return getattr(before[row.process], name) if row.process in before else 0


@pytest.mark.parametrize(
    ("schema", "arguments", "messages"),
    [
        ("text string", {"column": "tekst"}, ["there is no column `tekst` (did you mean `text`?)"]),
        ("text string", {"keep": ["id", "n"]}, ["no column `id`", "no column `n`"]),
        ("text int", {"column": "text"}, ["the column `text` is int: orders are JSON text or a struct"]),
        ("id int, text string", {}, ["no column is a part of an order (`id`, `text`): name the one"]),
        ("text string, order_id string", {"keep": "order_id"}, ["the verdict has a column `order_id` too"]),
        ("text string, n int", {"keep": ["n", "n"]}, ["keep names the column `n` twice"]),
        ("order_id string, `Order_ID` string", {}, ["the column `order_id` must be there only once"]),
        (
            "order_id string, prodct string, row_id int",
            {},
            [
                "`prodct` is no part of an order (did you mean `product`?)",
                "`row_id` is no part of an order; to",
            ],
        ),
        (
            "o struct<infusions: array<struct<dose_mg: double, vial: int>>, ordered_at: timestamp_ntz>",
            {"column": "o"},
            [
                "the column `o.infusions.dose_mg` is double: a binary floating-point number is not exact",
                "the column `o.infusions.vial` is no part of an order",
                "the column `o.ordered_at` has no time zone",
            ],
        ),
        (
            "order_id string, patient map<string,string>, product struct<name: binary>",
            {},
            [
                "the column `patient` is map<string,string>",
                "the column `product.name` is binary: it must be text",
            ],
        ),
    ],
)
def test_columns_that_do_not_fit_are_all_named_before_any_job(
    spark: Any, jobs: Callable[[], int], schema: str, arguments: dict[str, Any], messages: list[str]
) -> None:
    with pytest.raises(ColumnsError) as caught:
        verify(spark.createDataFrame([], schema), **arguments)

    assert len(caught.value.problems) == len(messages)
    for problem, message in zip(caught.value.problems, messages, strict=True):
        assert message in problem
    assert jobs() == 0


def test_rules_that_do_not_load_are_named_with_file_and_line_before_any_job(
    spark: Any, jobs: Callable[[], int], rules: Path, tmp_path: Path
) -> None:
    pack = rules / "lemtrada-ms.yaml"
    pack.write_text(pack.read_text().replace("severity: block", "severity: blokc", 1))
    site = tmp_path / "site.yaml"
    site.write_text("site: A site\nrules: ../elsewhere\n")
    (tmp_path.parent / "elsewhere" / "terminology").mkdir(parents=True)
    orders = spark.createDataFrame([], "text string")

    with pytest.raises(RulesError, match=r"lemtrada-ms\.yaml:\d+: "):
        verify(orders, rules=rules)
    with pytest.raises(RulesError, match=r"nowhere"):
        verify(orders, rules=tmp_path / "nowhere")
    with pytest.raises(RulesError, match=r"site\.yaml:2: the directory must lie below that of this file"):
        verify(orders, site=site)
    assert jobs() == 0


def test_a_worker_with_other_rules_verifies_nothing(
    spark: Any, texts: list[str], rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_and_change(directory: Path, **options: Any) -> Any:
        rulebook = load_rulebook(directory, **options)
        pack = rules / "campath-cll.yaml"
        pack.write_text(pack.read_text().replace('version: "2026.11"', 'version: "2031.1"', 1))
        return rulebook

    monkeypatch.setattr(calling, "load_rulebook", load_and_change)
    verdicts = verify(numbered(spark, texts), "text", rules=rules)

    with pytest.raises(
        PythonException, match="a worker has other rules than the driver; nothing is verified"
    ):
        verdicts.collect()


def test_a_worker_with_another_version_of_the_software_verifies_nothing(
    spark: Any, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "__version__", "0.0.9")
    verdicts = verify(numbered(spark, texts), "text")

    with pytest.raises(PythonException, match=r"is installed on a worker, 0\.0\.9 on the driver"):
        verdicts.collect()


def test_each_verdict_has_its_event_beside_it(spark: Any, texts: list[str]) -> None:
    for row in plain(verify(numbered(spark, [*texts, "{"]), "text").collect()):
        events = [json.loads(line) for line in row["events"]]
        if row["decision"] == "invalid":
            assert events == []
            continue
        [event] = events
        assert event["event"] == "order_verified"
        for name in ("decision_id", "order_id", "decision", "order_sha256"):
            assert event[name] == row[name]
        assert event["rules"]["sha256"] == row["rules"]["sha256"]


def test_events_go_to_a_file_of_the_machine_instead(spark: Any, texts: list[str], tmp_path: Path) -> None:
    log = tmp_path / "decisions.log"
    verdicts = verify(numbered(spark, [*texts * 50, "{"]), "text", log=str(log))
    rows = plain(verdicts.collect())

    assert "events" not in verdicts.columns
    written = [json.loads(line) for line in log.read_text().splitlines()]
    assert sorted(event["decision_id"] for event in written) == sorted(
        row["decision_id"] for row in rows if row["decision"] != "invalid"
    )


def test_nothing_is_verified_where_the_log_cannot_be_opened(spark: Any, texts: list[str]) -> None:
    verdicts = verify(numbered(spark, texts), "text", log=NOBODY_WRITES_HERE)

    with pytest.raises(PythonException, match="the decision log cannot be opened: Not a directory"):
        verdicts.collect()


def test_an_order_whose_event_cannot_be_written_is_held(spark: Any, texts: list[str]) -> None:
    [row] = plain(verify(numbered(spark, texts[:1]), "text", log="/dev/full").collect())

    assert row["decision"] == "hold"
    assert [finding["rule"] for finding in row["findings"]] == ["engine-fault"]


def test_the_key_comes_from_the_driver_and_stands_in_no_plan(
    spark: Any, texts: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ORDERGUARD_KEY", "unguessable")
    of_environment = verify(numbered(spark, texts), "text")
    monkeypatch.delenv("ORDERGUARD_KEY")
    ids = {
        name: {row["decision_id"] for row in plain(verdicts.collect())}
        for name, verdicts in {
            "environment": of_environment,
            "argument": verify(numbered(spark, texts), "text", key="unguessable"),
            "none": verify(numbered(spark, texts), "text"),
        }.items()
    }
    assert ids["environment"] == ids["argument"]
    assert not ids["environment"] & ids["none"]

    of_environment.explain("extended")
    assert "unguessable" not in capsys.readouterr().out
    setup = calling._setup(None, None, "unguessable", None)
    assert "unguessable" not in repr(setup)


def test_what_is_not_installed_is_named(
    spark: Any, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = numbered(spark, texts)
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'orderguard\[spark\]'"):
        verify(orders, "text")
