"""The packs that benchmarks make: as many rules as asked for, of which one in twenty is violated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from measuring.synthetic_pack import SyntheticPack
from orderguard import DecisionLog, Order, Verifier
from orderguard.rulebook.pack import Rulebook
from support.documents import verified_orders
from support.streams import Nowhere


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [json.dumps(order) for order in verified_orders("lemtrada")]


@pytest.fixture(scope="module")
def synthetic(rulebook: Rulebook, texts: list[str]) -> SyntheticPack:
    return SyntheticPack(rulebook, [Order.model_validate_json(text) for text in texts])


@pytest.mark.parametrize("rules", [10, 60, 500])
def test_every_order_clears_all_rules_but_one_in_twenty(
    synthetic: SyntheticPack, texts: list[str], tmp_path: Path, rules: int
) -> None:
    synthetic.write(rules, tmp_path / "rules")
    verifier = Verifier(rules=tmp_path / "rules", log=DecisionLog(Nowhere()))
    for text in texts:
        verdict = verifier.verify_json(text)
        assert [finding.outcome for finding in verdict.findings] == ["violated"] * (rules // 20)
        assert len(verdict.cleared) == rules - rules // 20


def test_a_larger_pack_holds_the_rules_of_a_smaller_one(synthetic: SyntheticPack, tmp_path: Path) -> None:
    for rules in (20, 50):
        synthetic.write(rules, tmp_path / str(rules))
    small, large = (
        Verifier(rules=tmp_path / name, log=DecisionLog(Nowhere())).rulebook.packs[0] for name in ("20", "50")
    )

    assert [rule.levels for rule in large.rules[:20]] == [rule.levels for rule in small.rules]
