"""Order examples: what a file may hold, and everything that is refused, with file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orderguard.errors import RulesError
from orderguard.rulebook.load import bundled_rules
from orderguard.rulebook.pack import Outcome, Severity
from orderguard.tools.order_case import Statement
from orderguard.tools.order_examples import FOLDER, read_order_examples
from support.documents import EXAMPLES, example

ORDER = example("lemtrada-course-1.json")


def test_the_orders_beside_the_rules_are_those_of_the_examples() -> None:
    orders = sorted((bundled_rules() / FOLDER / "orders").glob("*.json"))
    assert orders
    for path in orders:
        assert path.read_bytes() == (EXAMPLES / path.name).read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / "good.json").write_text(json.dumps(ORDER), encoding="utf-8")
    return tmp_path


def problems_of(folder: Path, text: str, name: str = "some.yaml") -> list[str]:
    """What is wrong with a file of examples, each as its line and the text."""
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        read_order_examples(folder)
    assert all(problem.file == str(folder / name) for problem in caught.value.problems)
    return [f"{problem.line}: {problem.message}" for problem in caught.value.problems]


def test_an_example_names_its_order_and_what_the_verdict_says(folder: Path) -> None:
    (folder / "some.yaml").write_text(
        """\
name: An order
order_file: orders/good.json
expect:
  decision: reject
  findings:
    - {rule: dose-12mg, outcome: violated, severity: block, overridable: false}
    - {rule: no-mix, outcome: cleared}
"""
    )

    (case,) = read_order_examples(folder)

    assert (case.name, case.decision, case.line) == ("An order", "reject", 1)
    assert json.loads(case.order) == ORDER
    assert case.statements == {
        "dose-12mg": Statement(Outcome.VIOLATED, Severity.BLOCK, overridable=False),
        "no-mix": Statement(Outcome.CLEARED),
    }


def test_a_file_may_be_json_and_hold_several_examples_with_their_orders(folder: Path) -> None:
    parts = [{"name": name, "order": ORDER, "expect": {"decision": "verified"}} for name in ("one", "two")]
    (folder / "some.json").write_text(json.dumps(parts))

    cases = read_order_examples(folder)

    assert [case.name for case in cases] == ["one", "two"]
    assert all(json.loads(case.order) == ORDER for case in cases)


HEAD = "name: An order\norder_file: orders/good.json\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name: An order\n", "1: `expect` is missing"),
        (HEAD + "expect: {decision: verified}\nchanges: []\n", "4: the key `changes` is not known here"),
        (HEAD + "expect: {decision: verfied}\n", "3: `decision` must be `verified`, `hold` or `reject`"),
        (HEAD + "expect: {findings: []}\n", "3: `decision` is missing"),
        (
            HEAD + "expect: {decision: hold, finding: []}\n",
            "3: the key `finding` is not known here; did you mean",
        ),
        (
            HEAD + "expect:\n  decision: hold\n  findings:\n    - {rule: a, outcome: violatd}\n",
            "6: `outcome` must be `violated`",
        ),
        (
            HEAD
            + "expect:\n  decision: hold\n  findings:\n    - {rule: a, outcome: cleared, severity: block}\n",
            "6: `cleared` has no severity",
        ),
        (
            HEAD + "expect:\n  decision: hold\n  findings:\n"
            "    - {rule: a, outcome: cleared, overridable: true}\n",
            "6: `cleared` is nothing to override",
        ),
        (
            HEAD + "expect:\n  decision: hold\n  findings:\n"
            "    - {rule: a, outcome: cleared}\n    - {rule: a, outcome: violated}\n",
            "7: the rule `a` stands twice",
        ),
        ("name: An order\nexpect: {decision: hold}\n", "1: needs either `order` or `order_file`"),
        (HEAD + "order: {}\nexpect: {decision: hold}\n", "1: needs either `order` or `order_file`"),
        (
            "name: An order\norder_file: orders/none.json\nexpect: {decision: hold}\n",
            "2: `orders/none.json` cannot be read: No such file or directory",
        ),
        (
            "name: An order\norder: {order_id: A}\nexpect: {decision: hold}\n",
            "2: the order: /infusions: must be given",
        ),
        ("just text\n", "1: an example is a mapping with `name`, `order` or `order_file`, and `expect`"),
        ("[]\n", "1: holds no example"),
        ("name: [\n", "2: "),
    ],
)
def test_what_is_wrong_is_said_with_its_line(folder: Path, text: str, problem: str) -> None:
    assert any(found.startswith(problem) for found in problems_of(folder, text)), problems_of(folder, text)


def test_two_examples_of_one_name_are_refused(folder: Path) -> None:
    part = "- {name: An order, order_file: orders/good.json, expect: {decision: verified}}\n"

    assert problems_of(folder, part * 2) == ["2: two examples are named `An order`"]


def test_no_value_of_an_order_stands_in_a_problem(folder: Path) -> None:
    patient = {**ORDER["patient"], "birth_date": "19I1-02-11", "sex": "canary"}
    text = json.dumps({"name": "A", "order": {**ORDER, "patient": patient}, "expect": {"decision": "hold"}})

    found = " ".join(problems_of(folder, text, "some.json"))

    assert "/patient/birth_date" in found
    assert "canary" not in found
    assert "19I1" not in found


def test_every_problem_of_every_file_is_reported_at_once(folder: Path) -> None:
    (folder / "a.yaml").write_text("name: An order\n")
    (folder / "b.yaml").write_text("[]\n")

    with pytest.raises(RulesError) as caught:
        read_order_examples(folder)

    assert {Path(problem.file).name for problem in caught.value.problems} == {"a.yaml", "b.yaml"}


def test_a_folder_without_examples_is_refused(folder: Path) -> None:
    with pytest.raises(RulesError, match="holds no order example"):
        read_order_examples(folder)
