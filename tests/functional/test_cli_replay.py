"""`orderguard replay`: what a change of rules does to orders, and whether anything gets milder."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE, CompletedProcess
from typing import Any

import pytest

from orderguard.rulebook.load import bundled_rules
from support.canaries import Canaries, plant
from support.packs import blocks, changed_rules, drop_wrong_examples, id_of, raised

Run = Callable[..., CompletedProcess[str]]
Environment = Callable[..., dict[str, str]]
BUNDLED = str(bundled_rules())
MADE_SHORTER = (
    ("infusion.duration_minutes: {at_least: 240}}\n", "infusion.duration_minutes: {at_least: 180}}\n"),
    ("{infusion.duration_minutes: 239}", "{infusion.duration_minutes: 179}"),
    ("{infusion.duration_minutes: 237.154150}", "{infusion.duration_minutes: 150}"),
)


def shorter(text: str) -> str:
    """The pack with 180 instead of 240 minutes."""
    head, rules = blocks(text)
    for before, after in MADE_SHORTER:
        rules = [r.replace(before, after) if id_of(r) == "infusion-min-4h" else r for r in rules]
    return head + "".join(rules)


def without(rule_id: str) -> Callable[[str], str]:
    """A change that removes a rule."""

    def change(text: str) -> str:
        head, rules = blocks(text)
        return head + "".join(rule for rule in rules if id_of(rule) != rule_id)

    return change


def lowered(rule_id: str) -> Callable[[str], str]:
    """A change that makes a block rule a warning."""

    def change(text: str) -> str:
        head, rules = blocks(text)
        return head + "".join(
            r.replace("severity: block", "severity: warn") if id_of(r) == rule_id else r for r in rules
        )

    return change


@pytest.fixture(scope="module")
def loosened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled rules with a shorter infusion allowed."""
    return changed_rules(tmp_path_factory.mktemp("loosened"), shorter, "lemtrada")


def replayed(orderguard: Run, *arguments: str | Path, stdin: str = "") -> tuple[int, dict[str, Any]]:
    """The exit code and the JSON document of a replay."""
    done = orderguard("replay", *arguments, "--format", "json", stdin=stdin)
    return done.returncode, json.loads(done.stdout)


def outcome(found: dict[str, Any], rule: str) -> tuple[str, str, str, int]:
    """Direction, old and new outcome with severity, and number of orders of a rule's only change."""
    [change] = [each for each in found["outcomes"] if each["rule"] == rule]
    words = [f"{each['severity']} {each['outcome']}" for each in (change["old"], change["new"])]
    return (change["direction"], *words, change["orders"])


def test_the_same_rules_change_nothing(orderguard: Run, bad_line: str) -> None:
    done = orderguard("replay", BUNDLED, BUNDLED, "-", stdin=bad_line)

    assert (done.returncode, done.stderr) == (0, "")
    assert "1 order judged by both; 0 orders changed.\n" in done.stdout
    assert done.stdout.endswith("Nothing is milder.\n")


def test_a_milder_limit_is_named_with_its_orders_and_where_they_stand(
    orderguard: Run, loosened: Path, good_line: str, bad_line: str, tmp_path: Path
) -> None:
    orders = tmp_path / "orders.jsonl"
    orders.write_text(f"{good_line}\n\n{bad_line}\n")
    done = orderguard("replay", BUNDLED, loosened, "orders.jsonl", cwd=tmp_path)
    code, found = replayed(orderguard, BUNDLED, loosened, orders)

    assert (done.returncode, done.stderr) == (1, "")
    assert max(map(len, done.stdout.splitlines())) <= 80
    said = " ".join(done.stdout.split())
    assert "reject -> verified (milder): 1 order: ORD-SHORT (orders.jsonl, line 3)" in said
    assert "Milder infusion-min-4h: block violated -> cleared: 1 order: ORD-SHORT" in said
    assert "was: each infusion: duration is at least 240 min" in said
    assert "is: each infusion: duration is at least 180 min" in said
    assert "other content under the same version" in said
    assert code == 1
    assert found["milder"] is True
    [decision] = found["decisions"]
    assert (decision["old"], decision["new"], decision["direction"]) == ("reject", "verified", "milder")
    place = {"order_id": "ORD-SHORT", "source": str(orders), "record": 2, "line": 3}
    assert decision["examples"] == [place]
    assert outcome(found, "infusion-min-4h") == ("milder", "block violated", "None cleared", 1)
    assert found["outcomes"][0]["examples"] == [place]
    assert found["orders"] == {"compared": 2, "changed": 1, "invalid": 0, "faults": 0}


def test_a_loosening_counts_where_another_rule_still_holds_the_order(
    orderguard: Run, loosened: Path, order: dict[str, Any]
) -> None:
    order["infusions"][1]["duration_minutes"] = 239
    order["infusions"][1]["dose_mg"] = 30
    code, found = replayed(orderguard, BUNDLED, loosened, "-", stdin=json.dumps(order))

    assert code == 1
    assert found["decisions"] == []
    assert outcome(found, "infusion-min-4h") == ("milder", "block violated", "None cleared", 1)


def test_the_other_way_round_is_stricter_and_has_exit_code_0(
    orderguard: Run, loosened: Path, bad_line: str
) -> None:
    code, found = replayed(orderguard, loosened, BUNDLED, "-", stdin=bad_line)

    assert code == 0
    assert found["milder"] is False
    assert outcome(found, "infusion-min-4h") == ("stricter", "None cleared", "block violated", 1)
    assert found["decisions"][0]["direction"] == "stricter"


def test_a_lower_severity_is_milder_even_if_no_order_shows_it(
    orderguard: Run, good_line: str, bad_line: str, tmp_path: Path
) -> None:
    milder = changed_rules(tmp_path, lowered("infusion-min-4h"), "lemtrada")
    code, unseen = replayed(orderguard, BUNDLED, milder, "-", stdin=good_line)
    _, seen = replayed(orderguard, BUNDLED, milder, "-", stdin=bad_line)

    assert code == 1
    assert unseen["outcomes"] == unseen["decisions"] == []
    [change] = unseen["rules"]["changed"]
    assert (change["rule"], change["direction"]) == ("infusion-min-4h", "milder")
    assert (change["old"]["severities"], change["new"]["severities"]) == (["block"], ["warn"])
    assert outcome(seen, "infusion-min-4h") == ("milder", "block violated", "warn violated", 1)
    assert [(each["old"], each["new"]) for each in seen["decisions"]] == [("reject", "hold")]


def test_a_removed_rule_is_milder_and_shown_with_the_orders_on_which_it_spoke(
    orderguard: Run, good_line: str, bad_line: str, tmp_path: Path
) -> None:
    fewer = changed_rules(tmp_path, without("infusion-min-4h"), "lemtrada")
    code, unseen = replayed(orderguard, BUNDLED, fewer, "-", stdin=good_line)
    _, seen = replayed(orderguard, BUNDLED, fewer, "-", stdin=f"{good_line}\n{bad_line}\n")
    back, added = replayed(orderguard, fewer, BUNDLED, "-", stdin=f"{good_line}\n{bad_line}\n")

    assert code == 1
    assert unseen["rules"]["removed"] == ["infusion-min-4h"]
    assert unseen["outcomes"] == []
    assert outcome(seen, "infusion-min-4h") == ("milder", "block violated", "None no-rule", 1)
    assert (back, added["rules"]["added"]) == (0, ["infusion-min-4h"])
    assert outcome(added, "infusion-min-4h") == ("stricter", "None no-rule", "block violated", 1)


def test_what_a_site_file_loosens_is_milder(
    orderguard: Run, good_line: str, order: dict[str, Any], tmp_path: Path
) -> None:
    site = tmp_path / "site.yaml"
    site.write_text(
        "site: A site\npacks:\n  lemtrada-ms:\n    loosen:\n"
        "      - {rule: lactation, off: true, by: NAME OF THE PHARMACIST, on: 2026-11-01, reason: REASON}\n"
    )
    order["patient"]["lactating"] = True
    spoken = json.dumps(order)
    code, found = replayed(orderguard, BUNDLED, BUNDLED, "-", "--new-site", site, stdin=spoken)
    same, _ = replayed(orderguard, BUNDLED, BUNDLED, "-", "--site", site, stdin=spoken)

    assert (code, same) == (1, 0)
    assert (found["old"]["site"], found["new"]["site"]) == (None, "A site")
    assert found["rules"]["removed"] == ["lactation"]
    assert outcome(found, "lactation") == ("milder", "warn violated", "None no-rule", 1)
    assert [(each["old"], each["new"]) for each in found["decisions"]] == [("hold", "verified")]


def test_a_raised_severity_is_nowhere_milder(orderguard: Run, bad_line: str, tmp_path: Path) -> None:
    stricter = changed_rules(tmp_path, raised(lambda _: True), "lemtrada")
    drop_wrong_examples(stricter, "lemtrada")
    code, found = replayed(orderguard, BUNDLED, stricter, "-", stdin=bad_line)

    assert code == 0
    assert {each["direction"] for each in found["rules"]["changed"]} == {"stricter"}


def test_a_broken_record_does_not_stop_the_replay(
    orderguard: Run, loosened: Path, bad_line: str, tmp_path: Path
) -> None:
    done = orderguard("replay", BUNDLED, loosened, "-", stdin=f"{{\n{bad_line}\n")

    assert done.returncode == 3
    assert done.stderr.startswith("orderguard: -: record 1, line 1: (document): ")
    assert "1 record could not be read as an order." in " ".join(done.stdout.split())
    assert "infusion-min-4h: block violated -> cleared: 1 order: ORD-SHORT (-, line 2)" in done.stdout


def test_a_path_that_cannot_be_opened_does_not_stop_the_others(
    orderguard: Run, loosened: Path, example: Path, tmp_path: Path
) -> None:
    code, found = replayed(orderguard, BUNDLED, loosened, tmp_path / "nowhere", example)

    assert code == 2
    assert found["orders"]["compared"] == 1


def test_without_an_order_that_was_judged_it_does_not_say_that_nothing_is_milder(
    orderguard: Run, tmp_path: Path
) -> None:
    done = orderguard("replay", BUNDLED, BUNDLED, tmp_path / "nowhere.json")

    assert done.returncode == 2
    assert done.stdout.endswith("No order was judged, so nothing is known of what gets milder.\n")


def test_rules_that_do_not_load_are_named_for_both_directories(
    orderguard: Run, example: Path, tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    neither = orderguard("replay", tmp_path / "old", tmp_path / "new", example)

    assert (neither.returncode, neither.stdout) == (4, "")
    assert f"{tmp_path}/old: cannot be read: No such file or directory\n" in neither.stderr
    assert f"{tmp_path}/new:1: holds no rule file" in neither.stderr
    assert orderguard("replay", BUNDLED, tmp_path / "old", example).returncode == 2


def test_only_as_many_orders_are_named_as_asked_for(orderguard: Run, loosened: Path, bad_line: str) -> None:
    lines = "".join(bad_line.replace("ORD-SHORT", f"ORD-{number}") + "\n" for number in range(7))
    _, usual = replayed(orderguard, BUNDLED, loosened, "-", stdin=lines)
    _, two = replayed(orderguard, BUNDLED, loosened, "-", "--examples", "2", stdin=lines)
    none = orderguard("replay", BUNDLED, loosened, "-", "--examples", "0", stdin=lines)

    assert [len(each["outcomes"][0]["examples"]) for each in (usual, two)] == [5, 2]
    assert [each["order_id"] for each in two["outcomes"][0]["examples"]] == ["ORD-0", "ORD-1"]
    assert two["outcomes"][0]["orders"] == 7
    assert "ORD-" not in none.stdout
    assert "infusion-min-4h: block violated -> cleared: 7 orders\n" in none.stdout


def test_a_replay_shows_no_value_of_an_order_but_its_id(
    orderguard: Run, loosened: Path, order: dict[str, Any]
) -> None:
    canaries = Canaries()
    planted = plant(order, canaries)
    done = orderguard("replay", BUNDLED, loosened, "-", stdin=json.dumps(planted))

    assert canaries.planted
    assert "1 order judged by both" in done.stdout
    assert canaries.found_in(done.stdout + done.stderr) == []


def test_a_replay_writes_no_decision(orderguard: Run, loosened: Path, bad_line: str) -> None:
    done = orderguard("replay", BUNDLED, loosened, "-", stdin=bad_line)
    assert done.stderr == ""
    assert "order_verified" not in done.stdout


def most_memory(lines: Iterator[bytes], rules: Path, environment: dict[str, str]) -> int:
    """The most memory that the process held while it replayed the lines, in KiB."""
    command = [sys.executable, "-m", "orderguard", "replay", BUNDLED, str(rules), "-"]
    with subprocess.Popen(command, stdin=PIPE, stdout=subprocess.DEVNULL, env=environment) as process:
        assert process.stdin is not None
        for line in lines:
            process.stdin.write(line)
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 1
    return usage.ru_maxrss


def test_many_orders_need_no_more_memory_than_few(
    environment: Environment, loosened: Path, bad_line: str
) -> None:
    def lines(count: int) -> Iterator[bytes]:
        return ((bad_line.replace("ORD-SHORT", f"ORD-{number}") + "\n").encode() for number in range(count))

    few = most_memory(lines(10), loosened, environment())
    many = most_memory(lines(1500), loosened, environment())

    assert many < few + 4096
