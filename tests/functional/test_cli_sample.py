"""Synthetic orders: what is said beside them is what `check` says of them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from orderguard.sample.breaking import BREAKS
from orderguard.sample.making import KINDS, USUAL_MIX, samples
from orderguard.sample.recipes import recipes
from support.command import run

COUNT = 1500


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with synthetic orders, what they must get, and what `check` says of them."""
    folder = tmp_path_factory.mktemp("sample")
    arguments = ["--count", str(COUNT), "--seed", "11"]
    files = ["--out", folder / "orders.jsonl", "--expected", folder / "expected.jsonl"]
    made = run("sample", *arguments, *files)
    assert (made.returncode, made.stdout, made.stderr) == (0, b"", b"")
    checked = run("check", folder / "orders.jsonl", "--format", "jsonl", "--log", folder / "log")
    assert checked.returncode == 3
    (folder / "verdicts.jsonl").write_bytes(checked.stdout)
    return folder


def test_each_record_gets_the_decision_that_stands_beside_it(written: Path) -> None:
    expected, verdicts = lines(written / "expected.jsonl"), lines(written / "verdicts.jsonl")
    assert len(expected) == len(verdicts) == COUNT
    for promise, verdict in zip(expected, verdicts, strict=True):
        assert verdict["decision"] == promise["decision"], promise
        assert verdict["order_id"] == promise["order_id"]


def test_each_rule_that_stands_beside_a_record_has_a_finding(written: Path) -> None:
    for promise, verdict in zip(
        lines(written / "expected.jsonl"), lines(written / "verdicts.jsonl"), strict=True
    ):
        found = {finding["rule"] for finding in verdict.get("findings", [])}
        assert set(promise["rules"]) <= found, promise


def test_each_clean_order_gets_nothing_above_info(written: Path) -> None:
    for promise, verdict in zip(
        lines(written / "expected.jsonl"), lines(written / "verdicts.jsonl"), strict=True
    ):
        if promise["kind"] == "clean":
            assert {finding["severity"] for finding in verdict["findings"]} <= {"info"}


def test_every_mistake_gap_and_break_is_made() -> None:
    made = Counter(fault for sample in samples(4000, 5) for fault in sample.faults)
    named = {fault.name for fault in (*recipes().mistakes, *recipes().gaps)} | {name for name, _ in BREAKS}
    assert set(made) == named


def test_the_mix_is_kept() -> None:
    found = Counter(sample.kind for sample in samples(4000, 5))
    for kind in KINDS:
        assert abs(found[kind] / 40 - USUAL_MIX[kind]) < 3


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    one, same, other = (run("sample", "--count", "40", "--seed", seed).stdout for seed in ("4", "4", "5"))
    assert one == same
    assert one != other
    assert one.count(b"\n") == 40


def test_a_longer_series_begins_with_the_shorter_one() -> None:
    short = run("sample", "--count", "5").stdout
    assert run("sample", "--count", "9").stdout.startswith(short)


def test_no_synthetic_order_names_a_person() -> None:
    for sample in samples(50, 3, {"clean": 1}):
        assert json.loads(sample.line)["patient"]["patient_id"].startswith("SYNTHETIC-")


@pytest.mark.parametrize(
    ("mix", "reason"),
    [
        ("klean=1", "`klean` is no kind; the kinds are clean, violating, incomplete, broken"),
        ("clean=x", "`clean` needs a whole number, as in `clean=10`"),
        ("clean=1,clean=2", "`clean` stands twice"),
        ("clean=0", "all parts are 0"),
    ],
)
def test_a_mix_that_cannot_be_read_is_refused_in_one_line(mix: str, reason: str) -> None:
    done = run("sample", "--mix", mix)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == f"orderguard: --mix: {reason}\n"


def test_a_mix_of_one_kind_has_no_other() -> None:
    assert {sample.kind for sample in samples(60, 1, {"incomplete": 1})} == {"incomplete"}


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    done = run("sample", "--out", tmp_path / "no" / "orders.jsonl")
    assert done.returncode == 2
    assert done.stderr.decode().endswith("orders.jsonl: No such file or directory\n")
