"""`orderguard check --format csv` and `junit`, and `--out`: every value escaped, every record there."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
PRETENDED = """
from orderguard.outputs import html_report
html_report.page_template = lambda: None  # as if what makes the page were installed
from orderguard.cli import main
main()
"""
FORMS = ("table", "json", "jsonl", "csv", "junit")


@pytest.fixture
def mixed(good_line: str, bad_line: str) -> str:
    """A verified, a rejected and a held order, and a record that is none."""
    held = json.loads(good_line)
    held["order_id"] = "-HELD"
    del held["patient"]["immunizations"]
    return f"{good_line}\n{bad_line}\n{json.dumps(held)}\n5\n"


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_has_a_line_for_each_record_with_its_rules(orderguard: Run, mixed: str) -> None:
    done = orderguard("check", "-", "--format", "csv", stdin=mixed)
    rows = rows_of(done.stdout)

    assert [row["decision"] for row in rows] == ["verified", "reject", "hold", "invalid"]
    assert [row["record"] for row in rows] == ["1", "2", "3", "4"]
    assert (rows[1]["violated"], rows[1]["violated_rules"]) == ("1", "infusion-min-4h")
    assert rows[2]["not_evaluated_rules"].split() == [
        "vaccine-live-6wk",
        "vaccine-live-after",
        "vaccine-other-6wk",
    ]
    assert (rows[3]["order_id"], rows[3]["errors"]) == ("", "1")
    assert done.returncode == 3


def test_csv_without_any_record_is_its_header(orderguard: Run) -> None:
    done = orderguard("check", "-", "--format", "csv")

    assert done.stdout.startswith("source,record,line,order_id,decision,")
    assert len(done.stdout.splitlines()) == 1


def test_no_cell_begins_a_formula(orderguard: Run, mixed: str, tmp_path: Path) -> None:
    for name in ("=1+1.jsonl", "+1.jsonl", "@SUM(A1).jsonl", "-1.jsonl", "a\r=1.jsonl", "\t=1.jsonl"):
        (tmp_path / name).write_text(mixed)
    done = orderguard("check", "=1+1.jsonl", "+1.jsonl", "@SUM(A1).jsonl", "./-1.jsonl", "a\r=1.jsonl",
                      "\t=1.jsonl", "--format", "csv", cwd=tmp_path)  # fmt: skip
    rows = rows_of(done.stdout)

    assert len(rows) == 24
    assert rows[0]["source"] == "'=1+1.jsonl"
    assert rows[2]["order_id"] == "'-HELD"
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@\t\r" and cell]


def test_junit_has_a_case_for_each_record_and_counts_them(orderguard: Run, mixed: str) -> None:
    done = orderguard("check", "-", "--format", "junit", stdin=mixed)
    suite = ET.fromstring(done.stdout)[0]  # noqa: S314 (our own output)

    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("4", "2", "1")
    assert [case.get("name") for case in suite] == [
        "ORD-LEM-0001 (record 1)",
        "ORD-SHORT (record 2)",
        "-HELD (record 3)",
        "invalid (record 4)",
    ]
    assert [[child.tag for child in case] for case in suite] == [[], ["failure"], ["failure"], ["error"]]
    assert "infusion-min-4h: Infusion 2 runs 239 min" in (suite[1][0].text or "")


@pytest.mark.parametrize("buffering", [1, -1])
def test_junit_whose_cases_cannot_be_kept_is_not_written_as_if_it_were_whole(
    orderguard: Run, mixed: str, tmp_path: Path, buffering: int
) -> None:
    prelude = f"""
from orderguard.outputs import junit
junit.tempfile.SpooledTemporaryFile = lambda *_, **__: open("/dev/full", "w", buffering={buffering})
from orderguard.cli import main
main()
"""
    out = tmp_path / "out.xml"
    arguments = ("check", "-", "--format", "junit", "--out", out, "--log", os.devnull)
    done = orderguard(*arguments, stdin=mixed, prelude=prelude)

    assert done.stderr == (
        "orderguard: a temporary file for JUnit XML cannot be written: No space left on device\n"
    )
    assert (done.returncode, out.read_text()) == (5, "")


def test_junit_stays_well_formed_whatever_a_name_holds(orderguard: Run, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b\"<&>'\n\ufffe.json"
    path.write_text('{"<&\\u0001]]>": 1}')
    done = orderguard("check", path, "--format", "junit")
    case = ET.fromstring(done.stdout)[0][0]  # noqa: S314 (our own output)

    assert case.get("classname") == f"{tmp_path}/a\\x1b\"<&>'\\n\\ufffe.json"


@pytest.mark.parametrize("form", FORMS)
def test_out_takes_what_standard_output_would(orderguard: Run, mixed: str, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    printed = orderguard("check", "-", "--format", form, stdin=mixed)
    done = orderguard("check", "-", "--format", form, "--out", out, stdin=mixed)

    assert (done.stdout, done.returncode) == ("", printed.returncode)
    assert out.read_text() == printed.stdout


@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_below_out_has_exit_code_5(orderguard: Run, example: Path, form: str) -> None:
    done = orderguard("check", example, "--format", form, "--out", "/dev/full", "--log", "/dev/null")

    assert done.returncode == 5
    assert done.stderr == "orderguard: /dev/full cannot be written: No space left on device\n"


def test_a_file_that_is_read_is_never_overwritten(orderguard: Run, mixed: str, tmp_path: Path) -> None:
    path = tmp_path / "orders.jsonl"
    path.write_text(mixed)
    for inputs in (path, tmp_path, f"{tmp_path}/*.jsonl"):
        done = orderguard("check", inputs, "--format", "jsonl", "--out", f"{tmp_path}/./orders.jsonl")
        assert done.returncode == 2
        assert "is an input, which it would overwrite" in done.stderr
        assert path.read_text() == mixed


@pytest.mark.parametrize("written", ["--log", "--report", "--out"])
def test_no_option_writes_to_an_input_however_it_is_named(
    orderguard: Run, mixed: str, tmp_path: Path, written: str
) -> None:
    path = tmp_path / "orders.jsonl"
    path.write_text(mixed)
    (tmp_path / "link").hardlink_to(path)
    for name in (path, tmp_path / "link"):
        done = orderguard("check", path, "--format", "jsonl", written, name, prelude=PRETENDED)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"orderguard: {written} {name} is an input, which it would overwrite\n"
    assert path.read_text() == mixed


def test_no_option_writes_to_the_file_that_standard_input_is(
    environment: Callable[..., dict[str, str]], mixed: str, tmp_path: Path
) -> None:
    path = tmp_path / "orders.jsonl"
    path.write_text(mixed)
    with path.open("rb") as stream:
        arguments = [sys.executable, "-m", "orderguard", "check", "-", "--out", str(path)]
        done = subprocess.run(arguments, stdin=stream, env=environment(), check=False)

    assert (done.returncode, path.read_text()) == (2, mixed)


def test_verdicts_are_not_read_as_orders_when_they_go_to_a_directory_that_is_checked(
    orderguard: Run, mixed: str, tmp_path: Path
) -> None:
    (tmp_path / "orders.jsonl").write_text(mixed)
    out = tmp_path / "verdicts.jsonl"
    with out.open("wb") as stream:
        done = orderguard("check", tmp_path, "--format", "jsonl", stdout=stream)

    assert done.returncode == 2
    assert done.stderr == "orderguard: standard output is an input, which it would overwrite\n"
    assert out.read_bytes() == b""


@pytest.mark.parametrize(
    ("first", "second"), [("--out", "--report"), ("--out", "--log"), ("--report", "--log")]
)
def test_no_two_outputs_are_one_file(
    orderguard: Run, example: Path, tmp_path: Path, first: str, second: str
) -> None:
    options = (first, tmp_path / "x", second, f"{tmp_path}/./x")
    done = orderguard("check", example, *options, prelude=PRETENDED)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"orderguard: {first} and {second} name the same file\n"
    assert not (tmp_path / "x").exists()


def test_several_outputs_may_be_the_same_device(orderguard: Run, example: Path) -> None:
    done = orderguard("check", example, "--out", "/dev/null", "--log", "/dev/null", "--format", "jsonl")

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("option", ["--out", "--report"])
@pytest.mark.parametrize("name", [".", "nowhere/x"])
def test_a_file_that_cannot_be_opened_is_wrong_usage_and_nothing_is_checked(
    orderguard: Run, example: Path, tmp_path: Path, option: str, name: str
) -> None:
    (tmp_path / "out").write_text("kept")
    other = ["--out", "out"] if option == "--report" else []
    cache = {"ORDERGUARD_CACHE": os.environ["ORDERGUARD_CACHE"]}
    arguments = ("check", example, option, name, *other)
    done = orderguard(*arguments, cwd=tmp_path, prelude=PRETENDED, environment=cache)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"orderguard: {name}: cannot be written: ")
    assert len(done.stderr.splitlines()) == 1
    assert (tmp_path / "out").read_text() == "kept"


def test_parquet_without_a_file_is_wrong_usage(orderguard: Run, example: Path) -> None:
    done = orderguard("check", example, "--format", "parquet")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "orderguard: --format parquet needs a file: --out FILE\n"


def test_rules_that_do_not_load_leave_the_file_alone(orderguard: Run, example: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("kept")
    done = orderguard("check", example, "--out", out, "--rules", tmp_path / "nowhere")

    assert (done.returncode, out.read_text()) == (2, "kept")
