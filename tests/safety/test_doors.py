"""Property 9: one verdict through every door, whoever checks.

What needs `orderguard[batch]` stands in `tests_batch/test_doors.py`.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from orderguard import Order, Verifier
from orderguard.explain import explain
from orderguard.testing.case import Case
from orderguard.testing.orders import of_file
from support.batches import write_sample
from support.command import run, write_lines
from support.doors import Judged, flat, judged_orders, library_lines, table, verdict_lines
from support.orders import many
from support.plugin import PLUGIN_OPTIONS
from support.sites import loosening, site_file
from support.streams import Nowhere

FORMS = ("table", "json", "csv", "junit")
WORDS = {"verified": "verified", "hold": "on hold", "reject": "rejected"}
SCENARIOS = 6
EXPLAINED = 15


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of synthetic orders: clean, violating, incomplete and broken ones."""
    return write_sample(tmp_path_factory.mktemp("sample") / "sample.jsonl", many(400), seed=9)


@pytest.fixture(scope="module")
def expected(verifier: Verifier, sample: Path) -> list[str]:
    """What the library says of each of them."""
    return library_lines(verifier, sample)


@pytest.fixture(scope="module")
def judged(verifier: Verifier, tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
    """Orders with every decision, which every kind of input can hold."""
    path = write_sample(tmp_path_factory.mktemp("judged") / "sample.jsonl", 60, seed=11)
    found = judged_orders(verifier, path)
    assert {json.loads(order.verdict)["decision"] for order in found} == set(WORDS)
    return found


def lines_of(judged: list[Judged]) -> bytes:
    return b"".join(order.text + b"\n" for order in judged)


# The library


def test_each_function_of_the_library_gives_the_same_bytes(verifier: Verifier, judged: list[Judged]) -> None:
    for text, verdict in judged:
        order = Order.model_validate_json(text)

        assert verifier.verify_json(text.decode()).to_json() == verdict
        assert verifier.verify(order).to_json() == verdict
        assert verifier.verify(Order.model_validate(json.loads(text))).to_json() == verdict
        assert explain(verifier, order).verdict.to_json() == verdict


def test_an_explanation_says_of_each_rule_what_the_verdict_says(
    verifier: Verifier, judged: list[Judged]
) -> None:
    for text, verdict in judged:
        explained = explain(verifier, Order.model_validate_json(text))

        assert {row.rule_id: str(row.outcome) for row in explained.rows} == outcomes_of(verdict)


def outcomes_of(verdict: str) -> dict[str, str]:
    """The outcome of each rule of a verdict."""
    document = json.loads(verdict)
    return (
        {finding["rule"]: finding["outcome"] for finding in document["findings"]}
        | dict.fromkeys(document["cleared"], "cleared")
        | dict.fromkeys(document["not_applicable"], "not-applicable")
    )


# The command line


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_command_gives_the_bytes_of_the_library(
    sample: Path, expected: list[str], tmp_path: Path, workers: str
) -> None:
    log = tmp_path / "log"
    done = run("check", sample, "--workers", workers, "--format", "jsonl", "--log", log)

    assert verdict_lines(done.stdout) == expected
    assert done.returncode == 3
    assert len(log.read_bytes().splitlines()) == sum("decision_id" in line for line in expected)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_every_kind_of_input_gives_the_same_bytes(judged: list[Judged], tmp_path: Path, workers: str) -> None:
    lines = lines_of(judged)
    array = json.dumps([order.document for order in judged]).encode()
    rows = [flat(order.document) for order in judged]
    contents = {
        "1.jsonl": lines,
        "2.json": array,
        "3.jsonl.gz": gzip.compress(lines),
        "4.json.gz": gzip.compress(array),
        "5.csv": table(rows),
        "6.csv": b"\xef\xbb\xbf" + table(rows, ";"),
        "7.csv.gz": gzip.compress(table(rows, "\t").replace(b"\r\n", b"\n")),
        "8.ndjson": b"\xef\xbb\xbf" + lines.replace(b"\n", b"\r\n\r\n"),
    }
    folder = tmp_path / "night"
    folder.mkdir()
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    single = tmp_path / "single.json"
    single.write_text(json.dumps(judged[0].document, indent=1))
    arguments = ["check", folder, single, f"{folder}/*.jsonl", "--workers", workers, "--format", "jsonl"]
    done = run(*arguments, "--log", os.devnull)

    expected = [order.verdict for order in judged]
    assert verdict_lines(done.stdout) == [*expected * len(contents), expected[0], *expected]


def test_standard_input_gives_the_same_bytes_in_whatever_pieces_it_comes(judged: list[Judged]) -> None:
    command = [sys.executable, "-m", "orderguard", "check", "-", "--format", "jsonl", "--log", os.devnull]
    for content in (lines_of(judged), gzip.compress(lines_of(judged))):
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdin is not None
            # The first bytes of what tells the kind of an input may come one by one.
            for piece in (content[:1], content[1:3], content[3:1000]):
                process.stdin.write(piece)
                process.stdin.flush()
            found, _ = process.communicate(content[1000:], timeout=120)

        assert verdict_lines(found) == [order.verdict for order in judged]


def test_every_output_says_what_the_verdicts_say(judged: list[Judged], tmp_path: Path) -> None:
    path = tmp_path / "orders.jsonl"
    path.write_bytes(lines_of(judged))
    told = {
        form: run("check", path, "--workers", "1", "--format", form, "--log", os.devnull).stdout.decode()
        for form in FORMS
    }
    verdicts = [json.loads(order.verdict) for order in judged]
    decisions = [(verdict["order_id"], verdict["decision"]) for verdict in verdicts]
    suite = ET.fromstring(told["junit"])[0]  # noqa: S314 (our own output)
    rows = list(csv.DictReader(io.StringIO(told["csv"])))

    assert told["json"] == "[\n" + ",\n".join(order.verdict for order in judged) + "\n]\n"
    assert [(row["order_id"], row["decision"]) for row in rows] == decisions
    assert [row["violated_rules"].split() + row["not_evaluated_rules"].split() for row in rows] == [
        [
            f["rule"]
            for outcome in ("violated", "not-evaluated")
            for f in v["findings"]
            if f["outcome"] == outcome
        ]
        for v in verdicts
    ]
    assert [
        (str(case.get("name")).split()[0], case[0].get("type") if len(case) else "verified") for case in suite
    ] == decisions
    assert [
        tuple(line.split()[1::-1])
        for line in told["table"].splitlines()
        if "  ORD" in line or "  SAMPLE" in line
    ] == decisions


@pytest.mark.parametrize("form", ["table", "csv"])
def test_formats_are_the_same_with_workers(sample: Path, tmp_path: Path, form: str) -> None:
    """Workers write tables; of what becomes of it otherwise they give the JSON, as for every other format."""
    orders = write_lines(tmp_path / "orders.jsonl", sample.read_bytes().splitlines()[:70])
    single = write_lines(tmp_path / "single.jsonl", sample.read_bytes().splitlines()[:1])
    for path in (orders, single) if form == "table" else (orders,):
        arguments = ("check", path, "--format", form, "--log", os.devnull, "--workers")
        alone, several = run(*arguments, "1"), run(*arguments, "2")

        assert alone.stdout == several.stdout != b""
        assert alone.returncode == several.returncode


@pytest.mark.parametrize(("first", "then"), [("1", "2"), ("2", "1")])
def test_a_run_that_is_continued_gives_the_bytes_of_one_that_was_not_interrupted(
    verifier: Verifier, sample: Path, tmp_path: Path, first: str, then: str
) -> None:
    orders = write_lines(tmp_path / "orders.jsonl", sample.read_bytes().splitlines()[:150])
    out = tmp_path / "out"
    arguments = ["check", orders, "--format", "jsonl", "--out", out, "--log", os.devnull, "--resume"]
    expected = library_lines(verifier, orders)
    run(*arguments, "--workers", first)
    out.write_bytes(out.read_bytes()[: out.stat().st_size // 2])
    run(*arguments, "--workers", then)

    assert verdict_lines(out.read_bytes()) == expected


def test_workers_have_the_key_and_the_site_of_the_command(judged: list[Judged], tmp_path: Path) -> None:
    path = tmp_path / "orders.jsonl"
    path.write_bytes(lines_of(judged))
    site = site_file(tmp_path, loosen=[loosening("hbv-hcv", "info")])
    verifier = Verifier(site=site, key="of the site", log=Nowhere())
    expected = [verifier.verify_json(order.text).to_json() for order in judged]
    arguments = ["check", path, "--site", site, "--format", "jsonl", "--log", os.devnull, "--workers"]
    key = {"ORDERGUARD_KEY": "of the site"}

    for workers in ("1", "2"):
        assert verdict_lines(run(*arguments, workers, environments=[key]).stdout) == expected
    assert expected != [order.verdict for order in judged]


def test_the_command_explains_what_it_decides(judged: list[Judged], tmp_path: Path) -> None:
    path = tmp_path / "orders.jsonl"
    path.write_bytes(lines_of(judged[:EXPLAINED]))
    lines = run("explain", path, "--log", os.devnull).stdout.decode().splitlines()

    heads = [line.split()[:2] for line in lines if line.split()[:1] and line.split()[0] in WORDS]
    verdicts = [json.loads(order.verdict) for order in judged[:EXPLAINED]]
    assert heads == [[verdict["decision"], verdict["order_id"]] for verdict in verdicts]


# Feature files


def test_the_steps_of_feature_files_give_the_same_verdict(
    verifier: Verifier, judged: list[Judged], tmp_path: Path
) -> None:
    for text, verdict in judged:
        (tmp_path / "order.json").write_bytes(text)
        case = Case(lambda: verifier, lambda _drug: True, lambda _rule: True)
        case.order.start(of_file(tmp_path / "order.json"))
        case.verify()

        assert case.verdict == json.loads(verdict)


def test_feature_files_pass_that_state_every_outcome_of_the_verdicts(
    judged: list[Judged], tmp_path: Path
) -> None:
    lines = ["Feature: One verdict through every door"]
    for number, (text, verdict) in enumerate(judged[:SCENARIOS]):
        (tmp_path / f"{number}.json").write_bytes(text)
        lines += [f"  Scenario: Order {number}", f'    Given the order in the file "{number}.json"']
        lines += ["    When the order is verified"]
        lines += [f"    Then the order is {WORDS[json.loads(verdict)['decision']]}"]
        lines += [
            f"    And rule {rule} is {outcome.replace('-', ' ')}"
            for rule, outcome in outcomes_of(verdict).items()
        ]
    (tmp_path / "doors.feature").write_text("\n".join(lines) + "\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *PLUGIN_OPTIONS],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert f"{SCENARIOS} passed" in done.stdout, done.stdout + done.stderr
