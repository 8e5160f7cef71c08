"""A replay with engines that fail: the order is named and left out, the others are compared."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from orderguard import Order, Verifier
from orderguard.errors import EngineFault
from orderguard.output import ExitCode
from orderguard.tools.replay import replay

EXAMPLE = Path(__file__).parents[2] / "examples" / "lemtrada-course-1.json"


class Failing:
    """A verifier that judges all orders but one."""

    def __init__(self, verifier: Verifier, error: Exception) -> None:
        self.rulebook = verifier.rulebook
        self._verifier = verifier
        self._error = error

    def judge(self, order: Order) -> Any:
        if order.order_id == "BAD":
            raise self._error
        return self._verifier.judge(order)


@pytest.fixture
def orders(tmp_path: Path) -> str:
    """Three orders, of which the second is judged by nobody."""
    document = json.loads(EXAMPLE.read_text())
    path = tmp_path / "orders.jsonl"
    path.write_text("".join(json.dumps({**document, "order_id": name}) + "\n" for name in ("A", "BAD", "C")))
    return str(path)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (EngineFault("the engines disagree"), "could not be judged: the engines disagree\n"),
        (ValueError("CANARY"), "could not be judged: internal error (ValueError)\n"),
    ],
)
def test_an_order_that_cannot_be_judged_is_a_fault_and_the_others_are_compared(
    verifier: Verifier, orders: str, capsys: Any, error: Exception, said: str
) -> None:
    failing = cast(Verifier, Failing(verifier, error))
    for old, new in ((failing, verifier), (verifier, failing)):
        found, code = replay(old, new, [orders], 5)

        assert code is ExitCode.FAULT
        assert (found.compared, found.faults, found.changed) == (2, 1, 0)
        assert capsys.readouterr().err == f"orderguard: {orders}: record 2, line 2: {said}"


def test_an_order_that_is_no_longer_covered_is_named_with_each_finding_that_it_lost(
    verifier: Verifier, tmp_path: Path
) -> None:
    document = json.loads(EXAMPLE.read_text())
    document["infusions"][1]["duration_minutes"] = 239
    path = tmp_path / "order.json"
    path.write_text(json.dumps(document))
    nothing = cast(Verifier, SimpleNamespace(rulebook=verifier.rulebook, judge=lambda _: None))
    found, code = replay(verifier, nothing, [str(path)], 5)

    assert code is ExitCode.NOT_VERIFIED
    assert list(found.decisions) == [("reject", "hold")]
    assert {rule for rule, _, _ in found.outcomes} == {"infusion-min-4h", "product-covered"}
