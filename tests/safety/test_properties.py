"""The safety properties of the design, one by one.

1. An order is `verified` only if every block and warn rule of its pack was proved cleared or not applicable.
2. Taking information away never makes a decision milder than `hold` where a rule needed it.
3. Adding a rule, or raising a severity, never makes a decision milder.
4. The order of rules, of keys and of list items does not change decision, rules or outcomes.
5. Both engines agree on every order (`tests/generative`), and here on any facts.
6. No patient value reaches standard output, standard error, a log or an exception but in the verdict.
7. The same order and rules give the same bytes in any process.
8. No input crashes or hangs the process; a broken record never stops the next one.
"""

from __future__ import annotations

import io
import json
import logging
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from orderguard import DecisionLog, InvalidOrder, Order, Verdict, Verifier
from orderguard.engine import durable
from orderguard.engine.durable import DurableEngine
from orderguard.engine.groups import make_groups
from orderguard.engine.reference import ReferenceEngine
from orderguard.facts.definition import FactValue
from orderguard.facts.measure import Measurer, Tracer
from orderguard.rulebook.conditions import Compare, leaves
from orderguard.rulebook.pack import Outcome, Pack, Rulebook, Severity
from support.broken_input import BROKEN, GOOD
from support.canaries import Canaries, fields_to_plant, misplaced, plant
from support.command import documents_in, run, run_beside, write_lines
from support.documents import (
    EXAMPLES,
    VERIFIED,
    Json,
    Place,
    example,
    pattern_of,
    replaced,
    text_of,
    without,
)
from support.faults import broken, drop_rails
from support.orders import OrderMaker, many
from support.packs import (
    added_rule,
    changed_rules,
    drop_wrong_examples,
    raised,
    shuffled,
    with_rule,
)
from support.removals import (
    BESIDE,
    MAY_BECOME_VERIFIED,
    MAY_STAY_VERIFIED,
    is_named_beside,
    keys_around,
    keys_of,
)
from support.sites import site_file
from support.streams import Nowhere

STRICTNESS = {"verified": 0, "hold": 1, "reject": 2}
PROOFS = ({"c"}, {"n"})
"""The rails that prove a question: cleared, or not applicable."""


def quiet_verifier(**options: Any) -> Verifier:
    """A verifier whose log goes nowhere."""
    return Verifier(key="", log=DecisionLog(Nowhere()), **options)


# -- 1: verified only by proof -------------------------------------------------------------------------------


@pytest.fixture
def firings(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, set[str]]]:
    """For each fact that durable-rules judges, the group and the names of the rules that fired."""
    seen: list[tuple[int, set[str]]] = []
    fired = durable._Ruleset._fired

    def note(self: Any, handle: int, fact: str) -> list[str]:
        names = fired(self, handle, fact)
        seen.append((self._group.index, set(names)))
        return names

    monkeypatch.setattr(durable._Ruleset, "_fired", note)
    return seen


def test_property_1_verified_only_if_durable_rules_proved_every_block_and_warn_rule(
    pack: Pack, maker: OrderMaker, originals: list[Json], firings: list[tuple[int, set[str]]]
) -> None:
    groups, rules = make_groups(pack), {rule.id: rule for rule in pack.rules}
    weighty = {rule.id for rule in pack.rules if rule.severity is not Severity.INFO}
    verifier = quiet_verifier(cache=0)
    verified = 0
    for document in [*originals, *maker.series(many(80), 1, seed=101)]:
        firings.clear()
        verdict = verifier.verify_json(text_of(document))
        if verdict.decision != "verified":
            continue
        verified += 1
        scopes = Counter(groups[index].scope for index, _ in firings)
        planned = sum(infusion.get("status") != "held" for infusion in document["infusions"])
        assert scopes["infusion"] == planned * sum(group.scope == "infusion" for group in groups)
        assert scopes["order"] == sum(group.scope == "order" for group in groups)
        proved = set()
        for index, names in firings:
            for number, question in enumerate(groups[index].questions):
                rails = {name[2] for name in names if name[:2] == f"{number:02x}"}
                if rules[question.rule_id].levels[question.level].severity is not Severity.INFO:
                    assert rails in PROOFS
                    proved.add(question.rule_id)
        assert proved == weighty
        assert weighty <= {*verdict.cleared, *verdict.not_applicable}
    assert verified > many(80) / 5


def test_property_1_an_order_is_held_when_a_single_proof_is_lost(pack: Pack, originals: list[Json]) -> None:
    verifier = quiet_verifier(cache=0, engines="durable")
    orders = [Order.model_validate(document) for document in originals]
    for rule in pack.rules:
        with broken(verifier, drop_rails(rule.id, "cn"), rule.id):
            verdicts = [verifier.verify(order) for order in orders]
        for verdict in verdicts:
            assert [(finding.rule, finding.outcome) for finding in verdict.findings] == [
                (rule.id, "not-evaluated")
            ]
            assert verdict.decision == ("verified" if rule.severity is Severity.INFO else "hold")
    assert [verifier.verify(order).decision for order in orders] == ["verified"] * len(orders)


# -- 2: less information is never milder ---------------------------------------------------------------------


def _some_places(document: Json) -> Iterator[Place]:
    """Every key; of long orders, whose items are alike, of every fifth item and of the last results."""
    is_long = len(document["patient"]["labs"]) > 9
    for place in keys_of(document):
        numbers = [part for part in place if isinstance(part, int)]
        if not is_long or not numbers or numbers[0] % 5 == 0 or numbers[0] > 52:
            yield place


def test_property_2_a_verified_order_is_held_without_anything_that_a_rule_needed(
    verifier: Verifier, product: str, originals: list[Json]
) -> None:
    may_stay = MAY_STAY_VERIFIED[product]
    stayed: set[str] = set()
    for document in originals:
        for place in _some_places(document):
            try:
                verdict = verifier.verify_json(text_of(without(document, place)))
            except InvalidOrder:
                assert place[0] in {"schema_version", "order_id", "product", "patient", "infusions"}
                continue
            assert {finding.outcome for finding in verdict.findings} <= {"not-evaluated"}, place
            if verdict.decision == "verified":
                stayed.add(pattern_of(place))
                assert may_stay.get(pattern_of(place)) != BESIDE or is_named_beside(document, place)
    assert stayed == set(may_stay)


def test_property_2_null_takes_away_as_much_as_leaving_out(verifier: Verifier) -> None:
    document = example("lemtrada-course-1.json")
    required = {"schema_version", "order_id", "product", "patient", "infusions"}
    for place in keys_of(document):
        first_item = all(part in (0, 9) for part in place if isinstance(part, int))
        if first_item and not required.issuperset(place):
            left_out = verifier.verify_json(text_of(without(document, place)))
            assert verifier.verify_json(text_of(replaced(document, place, None))) == left_out


def test_property_2_an_order_that_is_not_verified_does_not_become_so_by_saying_less(
    verifier: Verifier, maker: OrderMaker, originals: list[Json]
) -> None:
    became: list[tuple[str, str]] = []
    tried = 0
    not_verified = [example(name) for name in ("lemtrada-incomplete.json", "lemtrada-too-fast.json")]
    for document in [*not_verified, *maker.series(many(30), 1, seed=202)]:
        if verifier.verify_json(text_of(document)).decision == "verified":
            continue
        for place in keys_around(document, originals):
            tried += 1
            try:
                verdict = verifier.verify_json(text_of(without(document, place)))
            except InvalidOrder:
                continue
            reason = MAY_BECOME_VERIFIED.get(pattern_of(place))
            allowed = reason is not None and (reason != BESIDE or is_named_beside(document, place))
            if verdict.decision == "verified" and not allowed:
                became.append((document["order_id"], pattern_of(place)))
    assert became == []
    assert tried > many(150)


LAST: Place = ("infusions", 4)
EXCEPTIONS: dict[str, tuple[Place, dict[Place, Any], str]] = {
    "home": (("facility", "setting"), {("facility", "setting"): "home"}, "reject"),
    "held": (("infusions", 0, "status"), {("infusions", 0, "status"): "held"}, "reject"),
    "a zone in which two infusions stand on one date": (
        ("time_zone",),
        {
            ("time_zone",): "Pacific/Kiritimati",
            (*LAST, "scheduled_start"): "2025-06-06T09:59:00Z",
            (*LAST, "preparation", "prepared_at"): "2025-06-06T09:00:00Z",
        },
        "reject",
    ),
    "prophylaxis that ends too early": (
        ("prophylaxis", 0, "end"),
        {("prophylaxis", 0, "end"): "2025-07-01"},
        "reject",
    ),
    "Campath that ended": (
        ("patient", "medications", 0, "end"),
        {("patient", "medications"): [{"name": "Campath", "start": "2026-01-01", "end": "2025-01-01"}]},
        "hold",
    ),
}


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_property_2_the_exceptions_that_the_contract_names(name: str, verifier: Verifier) -> None:
    taken, changes, decision = EXCEPTIONS[name]
    document = example("lemtrada-course-1.json")
    for place, value in changes.items():
        document = replaced(document, place, value)
    assert verifier.verify_json(text_of(document)).decision == decision
    assert verifier.verify_json(text_of(without(document, taken))).decision == "verified"


# -- 3: more rules and stricter rules are never milder -------------------------------------------------------

ADDED = {
    "violated": added_rule("block", "course.infusion_count", "at_least", 900),
    "not-evaluated": added_rule("warn", "course.months_since_last_infusion", "at_least", 0),
    "cleared": added_rule("block", "course.infusion_count", "at_most", 900),
    "violated mildly": added_rule("info", "course.infusion_count", "at_least", 900),
}
STRICTER: dict[str, Callable[[str], str]] = {
    "every severity a step higher": raised(lambda _: True),
    "every rule blocks": raised(lambda _: True, steps=2),
    "some severities a step higher": raised(lambda name: sum(name.encode()) % 3 == 0),
    **{f"a rule more that is {outcome}": with_rule(rule) for outcome, rule in ADDED.items()},
}


@pytest.fixture(scope="module")
def judged_orders(
    verifier: Verifier, maker: OrderMaker, originals: list[Json]
) -> list[tuple[Order, Verdict]]:
    """Orders of every decision with their verdicts by the bundled rules."""
    documents = [*originals, *maker.series(many(20), seed=303), *maker.series(many(24), 1, seed=304)]
    orders = [Order.model_validate_json(text_of(document)) for document in documents]
    judged = [(order, verifier.verify(order)) for order in orders]
    assert {verdict.decision for _, verdict in judged} == set(STRICTNESS)
    return judged


@pytest.mark.parametrize("name", STRICTER)
def test_property_3_more_rules_and_stricter_rules_never_make_a_decision_milder(
    name: str, product: str, judged_orders: list[tuple[Order, Verdict]], tmp_path: Path
) -> None:
    rules = changed_rules(tmp_path, STRICTER[name], product)
    if "rule more" not in name:
        drop_wrong_examples(rules, product)
    stricter = quiet_verifier(rules=rules)
    changed = 0
    for order, before in judged_orders:
        after = stricter.verify(order)
        assert STRICTNESS[after.decision] >= STRICTNESS[before.decision]
        changed += after.decision != before.decision
    assert (changed > 0) is not name.endswith(("is cleared", "is violated mildly"))


def _raised_by_a_site(pack: Pack, weight: str, chosen: Callable[[str], bool]) -> dict[str, Any]:
    """What a site writes to raise the chosen rules to at least a severity."""
    rank = [severity.value for severity in Severity].index
    return {
        rule.id: weight
        for rule in pack.rules
        if chosen(rule.id) and any(rank(level.severity) > rank(weight) for level in rule.levels)
    }


SITES: dict[str, Callable[[Pack], dict[str, Any]]] = {
    "every rule at least warn": lambda pack: {"raise_": _raised_by_a_site(pack, "warn", lambda _: True)},
    "every rule blocks": lambda pack: {"raise_": _raised_by_a_site(pack, "block", lambda _: True)},
    "some rules block": lambda pack: {
        "raise_": _raised_by_a_site(pack, "block", lambda name: sum(name.encode()) % 3 == 0)
    },
    "the stricter reading of the stability": lambda _: {
        "settings": {"stability_policy": "complete_within_8h"}
    },
}


@pytest.mark.parametrize("name", SITES)
def test_property_3_what_a_site_raises_never_makes_a_decision_milder(
    name: str, judged_orders: list[tuple[Order, Verdict]], pack: Pack, tmp_path: Path
) -> None:
    stricter = quiet_verifier(site=site_file(tmp_path, pack=pack.id, **SITES[name](pack)))
    changed = 0
    for order, before in judged_orders:
        after = stricter.verify(order)
        assert STRICTNESS[after.decision] >= STRICTNESS[before.decision]
        changed += after != before
    assert changed > 0


# -- 4: order means nothing ----------------------------------------------------------------------------------


def _said(verdict: Verdict) -> tuple[object, ...]:
    """Decision, rules and outcomes of a verdict."""
    findings = sorted((f.rule, f.outcome, f.severity.value, f.overridable) for f in verdict.findings)
    return verdict.decision, findings, verdict.cleared, verdict.not_applicable


def _keys_shuffled(value: Any, source: Random) -> Any:
    if isinstance(value, dict):
        return {key: _keys_shuffled(value[key], source) for key in source.sample(list(value), len(value))}
    if isinstance(value, list):
        return [_keys_shuffled(item, source) for item in value]
    return value


def _items_shuffled(value: Any, source: Random) -> Any:
    if isinstance(value, dict):
        return {key: _items_shuffled(item, source) for key, item in value.items()}
    if isinstance(value, list):
        return [_items_shuffled(item, source) for item in source.sample(value, len(value))]
    return value


def test_property_4_the_order_of_keys_changes_no_byte_and_of_list_items_no_outcome(
    verifier: Verifier, maker: OrderMaker, originals: list[Json]
) -> None:
    source = Random(4)
    for document in [*originals, *maker.series(many(40), seed=404)]:
        verdict = verifier.verify_json(text_of(document))
        other_keys = verifier.verify_json(text_of(_keys_shuffled(document, source)))
        other_items = verifier.verify_json(text_of(_items_shuffled(document, source)))
        assert other_keys.to_json() == verdict.to_json()
        assert _said(other_items) == _said(verdict)


@pytest.mark.parametrize("seed", [1, 2])
def test_property_4_the_order_of_rules_changes_no_outcome(
    seed: int, product: str, judged_orders: list[tuple[Order, Verdict]], tmp_path: Path
) -> None:
    verifier = quiet_verifier(rules=changed_rules(tmp_path, shuffled(seed), product))
    for order, before in judged_orders:
        after = verifier.verify(order)
        assert after.findings == before.findings
        assert _said(after) == _said(before)


# -- 5: both engines agree -----------------------------------------------------------------------------------


def _telling_values(pack: Pack, rulebook: Rulebook) -> dict[str, list[FactValue | None]]:
    """For each fact values at, just under and just over each limit, every word, and none."""
    steps: dict[type, Any] = {int: 1, Decimal: Decimal("0.000001")}
    values: dict[str, dict[FactValue | None, None]] = {}
    for level in [level for rule in pack.rules for level in rule.levels]:
        for leaf in [leaf for condition in level.conditions for leaf in leaves(condition)]:
            mine = values.setdefault(leaf.fact, {None: None})
            limit = leaf.value if isinstance(leaf, Compare) else leaf.words[0]
            if isinstance(limit, bool):
                mine.update({True: None, False: None})
            elif isinstance(limit, str):
                mine.update(dict.fromkeys(rulebook.vocabulary[leaf.fact].words))
            else:
                step = steps[type(limit)]
                mine.update(dict.fromkeys([limit - step, limit, limit + step]))
    return {fact: list(mine) for fact, mine in values.items()}


def test_property_5_both_engines_agree_on_any_facts(pack: Pack, rulebook: Rulebook) -> None:
    groups = make_groups(pack)
    reference, engine = ReferenceEngine(groups), DurableEngine(groups)
    values = _telling_values(pack, rulebook)
    counted = {scope.count_fact for scope in rulebook.vocabulary.scopes.values() if scope.count_fact}
    seen: Counter[Outcome] = Counter()
    for group in groups:
        for number in range(many(1000)):
            source = Random(f"{group.index}-{number}")
            drawn = {fact: source.choice(values.get(fact, [None, 0, 1])) for fact in group.facts}
            assert counted.issuperset(set(group.facts) - set(values))
            facts = {fact: value for fact, value in drawn.items() if value is not None}
            outcomes = engine.judge(group.index, facts)
            assert outcomes == reference.judge(group.index, facts)
            seen.update(outcomes)
    assert min(seen[outcome] for outcome in Outcome) > many(1000)


# -- 6: no patient value outside the verdict -----------------------------------------------------------------


def _everything_about(error: BaseException) -> str:
    """All that an exception can show, of itself and of what led to it."""
    return "".join(traceback.format_exception(error)) + repr(error) + repr(error.__dict__)


@pytest.mark.parametrize("name", [*VERIFIED["lemtrada"], "campath-maintenance.json"])
def test_property_6_values_of_an_order_reach_no_log_and_no_stream(
    name: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    canaries = Canaries()
    document = plant(example(name), canaries)
    log = io.StringIO()
    with caplog.at_level(logging.DEBUG), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        verifier = Verifier(key="", log=log)
        order = Order.model_validate_json(text_of(document))
        verdict = verifier.verify(order)
    captured = capfd.readouterr()

    assert len(canaries.planted) > len(fields_to_plant())
    assert len(canaries.found_in(verdict.to_json())) > 20
    assert not verdict.has_fault
    (event,) = documents_in(log.getvalue().encode())
    assert event["order_id"] == document["order_id"]
    shown = [log.getvalue(), captured.out, captured.err, caplog.text, repr(order), str(order), f"{order!r}"]
    assert [canaries.found_in(text) for text in shown] == [[]] * len(shown)
    assert caplog.records == warned == []


def test_property_6_an_event_says_nothing_but_rules_outcomes_counts_and_hashes(
    verifier: Verifier, maker: OrderMaker
) -> None:
    log = io.StringIO()
    logging_verifier = Verifier(key="", log=log)
    for document in maker.series(many(20), seed=606):
        logging_verifier.verify_json(text_of(document))
    rules = {rule.id for pack in verifier.rulebook.packs for rule in pack.rules}
    words = {*rules, "product-covered", *map(str, Outcome), *map(str, Severity)}
    for event in documents_in(log.getvalue().encode()):
        assert set(event) == {
            *("timestamp", "level", "event", "decision_id", "order_id", "decision", "findings", "cleared"),
            *("not_applicable", "rules", "order_sha256", "duration_ms", "orderguard"),
        }
        assert set(event["rules"]) == {"pack", "version", "sha256", "site"}
        for finding in event["findings"]:
            assert set(finding) == {"rule", "outcome", "severity"}
            assert set(finding.values()) <= words


def test_property_6_a_wrong_value_reaches_no_exception_and_no_stream(
    verifier: Verifier, capfd: pytest.CaptureFixture[str]
) -> None:
    for field, document, canary in misplaced(example("lemtrada-course-2.json")):
        with pytest.raises(InvalidOrder) as caught:
            verifier.verify_json(text_of(document))
        assert field.path[0] in str(caught.value)
        assert canary not in _everything_about(caught.value), field.pattern
        with pytest.raises(InvalidOrder) as caught:
            Order.model_validate(document)
        assert canary not in _everything_about(caught.value), field.pattern
    assert capfd.readouterr() == ("", "")


def test_property_6_values_reach_no_stream_of_the_command_but_in_verdicts(tmp_path: Path) -> None:
    canaries = Canaries()
    orders = [text_of(plant(example(name), canaries)) for name in VERIFIED["lemtrada"]]
    wrong = list(misplaced(example("lemtrada-course-1.json")))[::9]
    cut = orders[0][: len(orders[0]) // 2]
    double = orders[0].replace('"patient": {', '"patient": {"patient_id": "CANARYdouble", ', 1)
    records = [*orders, cut, double, *(text_of(document) for _, document, _ in wrong)]
    path, log = write_lines(tmp_path / "orders.jsonl", records), tmp_path / "log.jsonl"
    planted = [*canaries.planted, "CANARY", *(canary for _, _, canary in wrong)]

    order = write_lines(tmp_path / "order.json", orders[:1])
    command = ("check", path, "--log", log, "--format")
    *done, explained = run_beside((*command, "jsonl"), (*command, "table"), ("explain", order))
    for each in done:
        assert (each.returncode, each.stderr) == (3, b"")
    for canary in planted:
        assert canary not in log.read_text()
    invalid = [line for line in done[0].stdout.decode().splitlines() if '"decision": "invalid"' in line]
    assert len(invalid) == len(records) - 2
    for line in invalid:
        assert [canary for canary in planted if canary in line] == []
    assert explained.returncode == 1
    assert [canary for canary in planted if canary in explained.stderr.decode()] == []


FAILING: dict[str, tuple[Any, str]] = {
    "durable-rules": (durable.c_engine, "assert_fact"),
    "the reference": (ReferenceEngine, "judge"),
    "measuring": (Measurer, "order_facts"),
    "explaining": (Tracer, "trace"),
}


@pytest.mark.parametrize("part", FAILING)
def test_property_6_values_reach_no_log_when_a_part_fails_with_them(
    part: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    canaries = Canaries()
    document = plant(example("lemtrada-course-1.json"), canaries)
    log = io.StringIO()
    verifier = Verifier(key="", log=log, cache=0)

    def fail(*arguments: object) -> None:
        raise RuntimeError(f"could not take {arguments} of {text_of(document)}")

    monkeypatch.setattr(*FAILING[part], fail)
    verdict = verifier.verify_json(text_of(document))
    captured = capfd.readouterr()

    assert (verdict.decision, verdict.has_fault) == ("hold", True)
    assert "engine_fault" in log.getvalue()
    for text in (log.getvalue(), captured.out, captured.err, verdict.to_json()):
        assert canaries.found_in(text) == []


# -- 7: the same bytes everywhere ----------------------------------------------------------------------------

# The first process compiles the rules, the others may find them compiled.
ENVIRONMENTS = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", "LANG": "C", "ORDERGUARD_CACHE": ""},
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"},
    {"PYTHONHASHSEED": "4711", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "ar_EG.UTF-8"},
)


def _without_the_clock(event: Json) -> Json:
    return {key: value for key, value in event.items() if key not in {"timestamp", "duration_ms"}}


def test_property_7_the_same_bytes_in_any_process_locale_time_zone_and_hash_seed(
    verifier: Verifier, maker: OrderMaker, originals: list[Json], tmp_path: Path
) -> None:
    records = [text_of(document) for document in [*originals, *maker.series(many(20), seed=707)]]
    path = write_lines(tmp_path / "orders.jsonl", records)
    folders = [tmp_path / f"folder {number}" for number in range(len(ENVIRONMENTS))]
    for folder in folders:
        folder.mkdir()
    command = ("check", path, "--format", "jsonl", "--log", "log.jsonl")
    done = run_beside(*[command] * len(folders), environments=ENVIRONMENTS, folders=folders)

    here = "".join(verifier.verify_json(record).to_json() + "\n" for record in records).encode()
    for each in done:
        assert (each.returncode, each.stderr) == (1, b"")
        assert each.stdout == here
    events = [
        [_without_the_clock(event) for event in documents_in((folder / "log.jsonl").read_bytes())]
        for folder in folders
    ]
    assert events[0] == events[1] == events[2]
    assert len(events[0]) == len(records)


def test_property_7_the_same_verifier_gives_the_same_bytes_again_and_in_another_order(
    verifier: Verifier, maker: OrderMaker
) -> None:
    records = [text_of(document) for document in maker.series(many(30), seed=708)]
    first = [verifier.verify_json(record).to_json() for record in records]
    again = [verifier.verify_json(record).to_json() for record in reversed(records)]
    assert first == again[::-1]


# -- 8: broken input -----------------------------------------------------------------------------------------


def test_property_8_broken_input_is_an_error_each_and_never_stops_the_next_order(tmp_path: Path) -> None:
    assert json.loads(GOOD)["order_id"] == "ORD-LEM-0001"
    records = [line for broken_line in BROKEN.values() for line in (broken_line, GOOD.encode())]
    path, log = write_lines(tmp_path / "orders.jsonl", [GOOD, *records]), tmp_path / "log"
    done = run("check", path, "--format", "jsonl", "--log", log)

    first, *others = documents_in(done.stdout)
    invalid, good = others[::2], others[1::2]
    assert (done.returncode, done.stderr) == (3, b"")
    assert {document["decision"] for document in [first, *good]} == {"verified"}
    assert dict(zip(BROKEN, [document["decision"] for document in invalid], strict=True)) == dict.fromkeys(
        BROKEN, "invalid"
    )
    for number, document in enumerate(invalid):
        assert (document["record"], document["line"]) == (2 * number + 2, 2 * number + 2)
        assert document["errors"]
        assert all(0 < len(error["message"]) < 300 for error in document["errors"])
    assert len(done.stdout) < 20_000_000
    assert len(documents_in(log.read_bytes())) == len(BROKEN) + 1


def _mutilated(text: bytes, source: Random) -> bytes:
    """The bytes with some changed, taken away, doubled or moved."""
    data = bytearray(text)
    for _ in range(source.choice([1, 1, 2, 5])):
        at = source.randrange(len(data))
        length = source.choice([1, 1, 2, 30])
        action = source.randrange(4)
        if action == 0:
            data[at] = source.choice(b'{}[]",:0-9eE.\\ntfu\x00\xff\xed')
        elif action == 1:
            del data[at : at + length]
        elif action == 2:
            data[at:at] = data[at : at + length]
        else:
            data[at:at] = source.choice(
                [b"null", b"1e400", b'"\\ud800"', b"[]", b"{}", b"-0.0", b"NaN", b"\n"]
            )
    return bytes(data)


def test_property_8_mutilated_orders_are_errors_or_verdicts_and_nothing_else(verifier: Verifier) -> None:
    outcomes: Counter[str] = Counter()
    for number in range(many(400)):
        text = _mutilated(GOOD.encode(), Random(f"8-{number}"))
        try:
            verdict = verifier.verify_json(text)
        except InvalidOrder as error:
            outcomes["invalid" if error.problems else "silent"] += 1
        else:
            assert not verdict.has_fault
            outcomes[verdict.decision] += 1
    assert outcomes["invalid"] > many(100)
    assert not outcomes["silent"]
    assert outcomes.total() == many(400)


def test_property_8_every_example_of_the_repository_is_read_or_refused(verifier: Verifier) -> None:
    for path in sorted(EXAMPLES.glob("*.json")):
        assert not verifier.verify_json(path.read_bytes()).has_fault
