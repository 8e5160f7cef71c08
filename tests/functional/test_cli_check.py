"""`orderguard check`: inputs, formats, exit codes and the decision log, as the contract says (section 4)."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from orderguard import DecisionLog, Verifier
from orderguard.rulebook.load import bundled_rules

Run = Callable[..., CompletedProcess[str]]


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def decisions_of(done: CompletedProcess[str]) -> list[str]:
    return [document["decision"] for document in lines_of(done.stdout)]


# Decisions and exit codes


def test_the_example_order_is_verified_with_exit_code_0(orderguard: Run, example: Path) -> None:
    done = orderguard("check", example)

    assert done.returncode == 0
    assert done.stdout.startswith("verified  ORD-LEM-0001")


def test_an_order_with_one_limit_overstepped_names_that_rule_with_exit_code_1(
    orderguard: Run, bad_line: str
) -> None:
    done = orderguard("check", "-", "--format", "jsonl", stdin=bad_line)

    (verdict,) = lines_of(done.stdout)
    assert done.returncode == 1
    assert verdict["decision"] == "reject"
    assert [finding["rule"] for finding in verdict["findings"]] == ["infusion-min-4h"]


def test_an_order_that_is_held_has_exit_code_1(orderguard: Run, order: dict[str, Any]) -> None:
    del order["patient"]["immunizations"]
    done = orderguard("check", "-", "--format", "jsonl", stdin=json.dumps(order))

    assert decisions_of(done) == ["hold"]
    assert done.returncode == 1


def test_a_path_that_cannot_be_opened_has_exit_code_2_and_the_others_are_checked(
    orderguard: Run, example: Path, tmp_path: Path
) -> None:
    missing, empty, loop = tmp_path / "nowhere.json", tmp_path / "empty", tmp_path / "loop.json"
    empty.mkdir()
    loop.symlink_to(loop)
    done = orderguard("check", missing, empty, loop, example, "--format", "jsonl")

    assert done.returncode == 2
    assert decisions_of(done) == ["verified"]
    first, second, third, _event = done.stderr.splitlines()
    assert first == f"orderguard: {empty}: holds no file of orders (.json, .jsonl, .ndjson, .csv, .parquet)"
    assert second == f"orderguard: {missing}: cannot be read: No such file or directory"
    assert third == f"orderguard: {loop}: cannot be read: Too many levels of symbolic links"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "-", "--format", "xml"],
        ["check", "-", "--colour"],
        ["verify", "-"],
        ["rules", "sho"],
    ],
)
def test_wrong_usage_is_said_in_one_plain_line_with_exit_code_2(
    orderguard: Run, arguments: list[str]
) -> None:
    done = orderguard(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("orderguard: ")
    assert line.endswith(" --help` says more)")
    assert "error" not in line


def test_without_arguments_the_help_is_shown(orderguard: Run) -> None:
    done = orderguard()
    assert (done.returncode, done.stdout) == (2, "")
    assert "\nCommands:\n  check " in done.stderr


@pytest.mark.parametrize("form", ["table", "json", "jsonl"])
def test_an_input_without_any_record_has_exit_code_3(orderguard: Run, tmp_path: Path, form: str) -> None:
    paths = [tmp_path / name for name in "abcd"]
    for path, content in zip(paths, [b"", b"\n \n", b"[]", b"\xef\xbb\xbf"], strict=True):
        path.write_bytes(content)
    done = orderguard("check", *paths, "--format", form)

    assert done.returncode == 3
    assert done.stdout == ("[]\n" if form == "json" else "")
    assert done.stderr.splitlines() == [f"orderguard: {path}: holds no order" for path in paths]


def test_a_record_that_is_no_order_has_exit_code_3_and_the_rest_goes_on(
    orderguard: Run, good_line: str, bad_line: str, tmp_path: Path
) -> None:
    path = tmp_path / "orders.jsonl"
    path.write_text(f'{good_line}\n\n{{"order_id": 5}}\n{bad_line}\n')
    done = orderguard("check", path, "--format", "jsonl")

    assert done.returncode == 3
    assert decisions_of(done) == ["verified", "invalid", "reject"]
    invalid = lines_of(done.stdout)[1]
    assert list(invalid) == ["decision", "source", "record", "line", "order_id", "errors"]
    errors = invalid.pop("errors")
    assert invalid == {
        "decision": "invalid",
        "source": str(path),
        "record": 2,
        "line": 3,
        "order_id": None,
    }
    assert all(list(error) == ["path", "message"] for error in errors)
    assert {"/order_id", "/schema_version", "/product", "/patient", "/infusions"} <= {
        e["path"] for e in errors
    }


def test_records_of_an_array_have_no_line(orderguard: Run, good_line: str) -> None:
    done = orderguard("check", "-", "--format", "jsonl", stdin=f"[{good_line}, 5]")

    _, invalid = lines_of(done.stdout)
    assert (invalid["source"], invalid["record"], invalid["line"]) == ("-", 2, None)


@pytest.fixture
def broken_rules(tmp_path: Path) -> tuple[Path, str]:
    """A directory of rules with two mistakes, and the place of the first."""
    directory = tmp_path / "rules"
    shutil.copytree(bundled_rules(), directory)
    pack = directory / "lemtrada-ms.yaml"
    text = pack.read_text() + "nonsense: 1\nmore_nonsense: 2\n"
    pack.write_text(text)
    return directory, f"{pack}:{len(text.splitlines()) - 1}: "


@pytest.mark.parametrize(("form", "output"), [("table", ""), ("json", "[]\n"), ("jsonl", "")])
def test_rules_that_do_not_load_have_exit_code_4_and_each_problem_a_line(
    orderguard: Run, example: Path, broken_rules: tuple[Path, str], form: str, output: str
) -> None:
    directory, place = broken_rules
    done = orderguard("check", example, "--rules", directory, "--format", form)

    assert done.returncode == 4
    assert done.stdout == output
    headline, *problems = done.stderr.splitlines()
    assert headline == "orderguard: the rules do not load"
    assert len(problems) == 2
    assert problems[0].startswith(place)
    assert "nonsense" in problems[0]


def test_a_directory_without_rules_has_exit_code_4(orderguard: Run, example: Path, tmp_path: Path) -> None:
    assert orderguard("check", example, "--rules", tmp_path).returncode == 4


@pytest.mark.parametrize(
    "command", [["check", "-"], ["explain", "-"], ["rules"], ["rules", "show", "dose-12mg"]]
)
def test_a_directory_of_rules_that_is_not_there_is_said_in_one_line_with_exit_code_2(
    orderguard: Run, tmp_path: Path, command: list[str]
) -> None:
    done = orderguard(*command, "--rules", tmp_path / "nowhere")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"orderguard: {tmp_path}/nowhere: cannot be read: No such file or directory\n"


def test_the_rules_of_a_directory_judge(orderguard: Run, bad_line: str, tmp_path: Path) -> None:
    directory = tmp_path / "rules"
    shutil.copytree(bundled_rules(), directory)
    pack = directory / "lemtrada-ms.yaml"
    pack.write_text(pack.read_text().replace('version: "2026.11"', 'version: "2026.11-site"', 1))
    done = orderguard("check", "-", "--rules", directory, "--format", "jsonl", stdin=bad_line)

    assert lines_of(done.stdout)[0]["rules"]["version"] == "2026.11-site"


def test_an_order_for_a_product_that_no_rules_of_the_directory_cover_is_on_hold(
    orderguard: Run, example: Path, tmp_path: Path
) -> None:
    directory = tmp_path / "rules"
    shutil.copytree(bundled_rules(), directory)
    (directory / "campath-cll.yaml").unlink()
    campath = example.with_name("campath-first-dose.json")
    done = orderguard("check", campath, example, "--rules", directory, "--format", "jsonl")

    of_campath, of_lemtrada = lines_of(done.stdout)
    (finding,) = of_campath["findings"]
    assert done.returncode == 1
    assert (of_campath["decision"], of_campath["rules"]["pack"]) == ("hold", None)
    assert (finding["rule"], finding["outcome"]) == ("product-covered", "not-evaluated")
    assert finding["message"].startswith("No loaded rules cover the product Campath")
    assert of_lemtrada["decision"] == "verified"


def test_the_highest_exit_code_wins(
    orderguard: Run, example: Path, bad_line: str, tmp_path: Path, broken_rules: tuple[Path, str]
) -> None:
    nowhere = tmp_path / "nowhere"

    assert orderguard("check", example, "-", stdin=bad_line).returncode == 1
    assert orderguard("check", nowhere, "-", stdin=bad_line).returncode == 2
    assert orderguard("check", nowhere, "-", stdin=f"{bad_line}\n5").returncode == 3
    assert orderguard("check", nowhere, "--rules", broken_rules[0]).returncode == 4
    assert orderguard("check", example, "--rules", broken_rules[0], "--log", nowhere / "log").returncode == 5


# Formats


def test_every_kind_of_input_gives_the_verdict_of_the_library(
    orderguard: Run, example: Path, good_line: str, bad_line: str
) -> None:
    verifier = Verifier(log=DecisionLog(io.StringIO()))
    good, bad = (verifier.verify_json(line).to_json() + "\n" for line in (good_line, bad_line))
    jsonl = ["--format", "jsonl"]

    assert orderguard("check", example, *jsonl).stdout == good
    assert orderguard("check", "-", *jsonl, stdin=example.read_bytes()).stdout == good
    assert orderguard("check", "-", *jsonl, stdin=f"{bad_line}\n{good_line}").stdout == bad + good
    assert orderguard("check", "-", *jsonl, stdin=f"[{bad_line},\n{good_line}]").stdout == bad + good
    array = orderguard("check", "-", "--format", "json", stdin=f"{bad_line}\n{good_line}").stdout
    assert array == f"[\n{bad.strip()},\n{good.strip()}\n]\n"


def test_json_is_an_array_for_one_order_and_for_invalid_records(orderguard: Run, good_line: str) -> None:
    one = orderguard("check", "-", "--format", "json", stdin=good_line)
    none_valid = orderguard("check", "-", "--format", "json", stdin="5")

    assert [document["decision"] for document in json.loads(one.stdout)] == ["verified"]
    assert [document["decision"] for document in json.loads(none_valid.stdout)] == ["invalid"]


def test_a_strange_file_name_is_shown_without_its_control_characters(orderguard: Run, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\nb.json"
    path.write_text("5")
    table = orderguard("check", path)
    line = orderguard("check", path, "--format", "jsonl")
    missing = orderguard("check", str(path) + "c")

    assert "\x1b" not in table.stdout + line.stdout + missing.stderr
    assert json.loads(line.stdout)["source"] == str(path)
    assert len(missing.stderr.splitlines()) == 1


# Hostile records


HOSTILE = {
    "not a number": b'{"schema_version": NaN}',
    "a huge number": b'{"schema_version": "1", "course": {"number": 1e400}}',
    "a huge exponent": b'{"schema_version": "1", "course": {"number": 1e999999999}}',
    "many digits": b'{"schema_version": "1", "course": {"number": ' + b"9" * 100_000 + b"}}",
    "a long text": b'{"schema_version": "' + b"x" * 10_000_000 + b'"}',
    "deep lists": b"{" + b'"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep and cut": b'{"a":' * 100_000,
    "half a character": b'{"schema_version": "\\ud800"}',
    "a key given twice": b'{"schema_version": "1", "schema_version": "1"}',
    "another encoding": '{"schema_version": "1"}'.encode("utf-16"),
    "no utf-8": b'{"schema_version": "\xff"}',
    "a line that is cut": b'{"schema_version": "1", "order_id": "ORD',
    "zero bytes": b"\0" * 100,
    "no object": b'"ORD-1"',
    "a list": b"{}]",
}


@pytest.mark.parametrize("first", ["a line that is cut", "another encoding", "deep and cut", "a long text"])
def test_a_hostile_first_record_never_stops_the_good_one_beside_it(
    orderguard: Run, good_line: str, first: str
) -> None:
    done = orderguard("check", "-", "--format", "jsonl", stdin=HOSTILE[first] + b"\n" + good_line.encode())

    assert decisions_of(done) == ["invalid", "verified"]
    assert done.returncode == 3
    errors = lines_of(done.stdout)[0]["errors"]
    assert errors
    assert all(0 < len(error["message"]) < 500 for error in errors)


def test_good_orders_between_all_hostile_records_are_verified(orderguard: Run, good_line: str) -> None:
    content = b"\n".join(record + b"\n" + good_line.encode() for record in HOSTILE.values())
    done = orderguard("check", "-", "--format", "jsonl", stdin=content)

    assert decisions_of(done) == ["invalid", "verified"] * len(HOSTILE)
    assert [document["line"] for document in lines_of(done.stdout)[::2]] == list(
        range(1, 2 * len(HOSTILE), 2)
    )
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == len(HOSTILE)


@pytest.mark.parametrize("name", ["a huge exponent", "many digits", "deep lists", "half a character"])
def test_a_hostile_item_of_an_array_never_stops_the_good_one(
    orderguard: Run, good_line: str, name: str
) -> None:
    done = orderguard(
        "check", "-", "--format", "json", stdin=b"[" + HOSTILE[name] + b"," + good_line.encode() + b"]"
    )

    assert [document["decision"] for document in json.loads(done.stdout)] == ["invalid", "verified"]
    assert done.returncode == 3


# The decision log


def test_without_a_log_file_the_events_go_to_standard_error(
    orderguard: Run, good_line: str, bad_line: str
) -> None:
    content = f"{good_line}\n5\n{bad_line}"
    for form in ("table", "json", "jsonl"):
        done = orderguard("check", "-", "--format", form, stdin=content)
        events = lines_of(done.stderr)

        assert [(event["event"], event["order_id"], event["decision"]) for event in events] == [
            ("order_verified", "ORD-LEM-0001", "verified"),
            ("order_verified", "ORD-SHORT", "reject"),
        ]


def test_with_a_log_file_the_events_go_there_and_standard_error_is_empty(
    orderguard: Run, good_line: str, bad_line: str, tmp_path: Path
) -> None:
    log = tmp_path / "decisions.jsonl"
    for line in (good_line, bad_line):
        done = orderguard("check", "-", "--log", log, "--format", "jsonl", stdin=line)
        assert done.stderr == ""
        assert lines_of(log.read_text())[-1]["decision_id"] == lines_of(done.stdout)[0]["decision_id"]

    assert len(log.read_text().splitlines()) == 2


@pytest.mark.parametrize("form", ["table", "json", "jsonl"])
def test_a_log_that_cannot_be_written_has_exit_code_5_and_verifies_nothing(
    orderguard: Run, example: Path, form: str
) -> None:
    done = orderguard("check", example, "--log", "/dev/full", "--format", form)

    assert done.returncode == 5
    assert "verified" not in done.stdout.replace("/verified", "")
    assert "engine-fault" in done.stdout


def test_standard_error_that_cannot_be_written_has_exit_code_5_and_verifies_nothing(
    orderguard: Run, example: Path
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = orderguard("check", example, "--format", "jsonl", stderr=full)

    assert done.returncode == 5
    assert decisions_of(done) == ["hold"]


def test_a_log_that_cannot_be_opened_has_exit_code_5_and_checks_nothing(
    orderguard: Run, example: Path, tmp_path: Path
) -> None:
    done = orderguard("check", example, "--log", tmp_path / "nowhere" / "log", "--format", "jsonl")

    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr.count("\n") == 1
    assert "the decision log cannot be opened" in done.stderr
