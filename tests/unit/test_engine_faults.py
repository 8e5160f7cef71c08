"""What happens when an engine fails: never an answer that clears, and the next order is judged right."""

from __future__ import annotations

import gc
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import durable_rules_engine
import pytest

from orderguard.engine import durable, handover
from orderguard.engine.durable import DurableEngine
from orderguard.engine.groups import groups_of
from orderguard.engine.handover import SENTINEL, compile_group
from orderguard.engine.judge import Engines, Judge
from orderguard.engine.reference import ReferenceEngine
from orderguard.errors import EngineFault
from orderguard.facts.definition import FactValue
from orderguard.rulebook.conditions import AllOf, Compare, OneOf, Op
from orderguard.rulebook.pack import Outcome, Question

AGE = AllOf((Compare("age", Op.AT_LEAST, 17), Compare("age", Op.LESS_THAN, 65)))
GROUPS = groups_of(
    [
        Question("infusion-min-4h", 0, "infusion", None, Compare("minutes", Op.AT_LEAST, Decimal(240))),
        Question(
            "route-iv", 0, "infusion", Compare("adult", Op.EQUALS, True), OneOf("route", ("push", "infusion"))
        ),
        Question("age", 0, "order", None, AGE),
    ]
)
INFUSION, ORDER = 0, 1
GOOD: dict[str, FactValue] = {"minutes": Decimal(300), "adult": True, "route": "infusion", "age": 40}
SHORT: dict[str, FactValue] = {**GOOD, "minutes": Decimal(239)}
CLEARED = (Outcome.CLEARED, Outcome.CLEARED)


class Altered:
    """The C module with some of its functions replaced."""

    def __init__(self, **functions: Callable[..., Any]) -> None:
        self._functions = functions
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.calls.append(name)
        return self._functions.get(name, getattr(durable_rules_engine, name))


def altered_rules(monkeypatch: pytest.MonkeyPatch, alter: Callable[[dict[str, Any]], None]) -> None:
    """Alter what is handed to durable-rules."""

    def compile_altered(group: Any) -> dict[str, Any]:
        definition = compile_group(group)
        if group.index == INFUSION:
            alter(definition)
        return definition

    monkeypatch.setattr(durable, "compile_group", compile_altered)


def swap_the_limit(definition: dict[str, Any]) -> None:
    definition["00c0"]["all"][0]["m"]["$gte"] = {"p0": 239 * 10**6}
    definition["00v0"]["all"][0]["m"]["$lt"] = {"p0": 239 * 10**6}


def drop_the_violated_rail(definition: dict[str, Any]) -> None:
    del definition["00v0"]


def drop_the_sentinel(definition: dict[str, Any]) -> None:
    del definition[SENTINEL]


def let_both_rails_fire(definition: dict[str, Any]) -> None:
    definition["00c0"] = {"all": [{"m": {"$gt": {"p0": 0}}}]}


def add_a_rule_of_no_question(definition: dict[str, Any]) -> None:
    definition["7fc0"] = {"all": [{"m": {"$gt": {"p0": 0}}}]}


def let_the_sentinel_fire_first(definition: dict[str, Any]) -> None:
    definition[SENTINEL]["pri"] = 1
    for name, rule in definition.items():
        if name != SENTINEL:
            rule["pri"] = 5


@pytest.mark.parametrize(
    ("alter", "words"),
    [
        (swap_the_limit, "the engines disagree about: infusion-min-4h"),
        (drop_the_violated_rail, "the engines disagree about: infusion-min-4h"),
        (drop_the_sentinel, "its last rule did not fire"),
        (let_both_rails_fire, "two outcomes of the rule infusion-min-4h"),
        (add_a_rule_of_no_question, "KeyError"),
        (let_the_sentinel_fire_first, "its last rule did not fire"),
    ],
)
def test_rules_that_durable_rules_has_wrong_are_a_fault_and_a_new_engine_is_right(
    alter: Callable[[dict[str, Any]], None], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        altered_rules(patch, alter)
        judge = Judge(GROUPS)
        with pytest.raises(EngineFault) as caught:
            judge.judge(INFUSION, SHORT)
    assert words in str(caught.value)
    assert "239" not in str(caught.value)
    assert judge.judge(INFUSION, SHORT) == (Outcome.VIOLATED, Outcome.CLEARED)
    assert judge.judge(INFUSION, GOOD) == CLEARED


def test_a_lost_cleared_rail_does_not_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    altered_rules(monkeypatch, lambda definition: definition.pop("00c0"))
    assert Judge(GROUPS, "durable").judge(INFUSION, GOOD)[0] is Outcome.NOT_EVALUATED
    with pytest.raises(EngineFault, match="disagree about: infusion-min-4h"):
        Judge(GROUPS).judge(INFUSION, GOOD)


def test_an_altered_limit_shows_on_the_first_order_that_it_would_decide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    altered_rules(monkeypatch, swap_the_limit)
    judge = Judge(GROUPS)
    assert judge.judge(INFUSION, GOOD) == CLEARED
    with pytest.raises(EngineFault):
        judge.judge(INFUSION, SHORT)


def _raise_with_facts(_handle: int, fact: str) -> None:
    raise durable_rules_engine.error(f"could not take {fact}")


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def _out_of_memory(*_: Any) -> None:
    raise MemoryError


FAILURES: dict[str, dict[str, Callable[..., Any]]] = {
    "assert raises": {"assert_fact": _raise_with_facts},
    "assert runs out of memory": {"assert_fact": _out_of_memory},
    "assert says not handled": {"assert_fact": lambda *_: (1, 0)},
    "assert says observed": {"assert_fact": lambda *_: (2, 0)},
    "nothing fires": {"start_action_for_state": lambda *_: None},
    "an empty firing": {"start_action_for_state": lambda *_: ("{}", "")},
    "the drain breaks off": {"complete_and_start_action": lambda *_: None},
    "the drain raises": {"complete_and_start_action": _raise_with_facts},
    "the drain never ends": {"complete_and_start_action": lambda *_: '{"00c0":{"m":{}}}'},
    "nonsense fires": {"complete_and_start_action": iter(["?", "{}", None]).__next__},
    "retract says not handled": {"retract_fact": lambda *_: (1, 0)},
    "retract raises": {"retract_fact": _raise_with_facts},
}


@pytest.mark.parametrize("engines", ["both", "durable"])
@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_inside_durable_rules_is_a_fault_and_the_next_order_is_judged_right(
    failure: str, engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = Judge(GROUPS, engines)
    with monkeypatch.context() as patch:
        patch.setattr(durable, "c_engine", Altered(**FAILURES[failure]))
        with pytest.raises(EngineFault) as caught:
            judge.judge(INFUSION, SHORT)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert "239" not in str(caught.value)
    assert "push" not in str(caught.value)
    for _ in range(2):
        assert judge.judge(INFUSION, SHORT) == (Outcome.VIOLATED, Outcome.CLEARED)
        assert judge.judge(INFUSION, GOOD) == CLEARED
        assert judge.judge(ORDER, GOOD) == (Outcome.CLEARED,)


def test_a_failure_in_one_group_leaves_the_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge(GROUPS, cache=0)
    with monkeypatch.context() as patch:
        patch.setattr(durable, "c_engine", Altered(assert_fact=_raise_with_facts))
        with pytest.raises(EngineFault):
            judge.judge(INFUSION, GOOD)
    spy = Altered()
    monkeypatch.setattr(durable, "c_engine", spy)
    assert judge.judge(ORDER, GOOD) == (Outcome.CLEARED,)
    assert "create_ruleset" not in spy.calls
    assert judge.judge(INFUSION, GOOD) == CLEARED
    assert "create_ruleset" in spy.calls


def test_an_interrupt_passes_through_and_leaves_no_half_judged_order(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge(GROUPS)
    with monkeypatch.context() as patch:
        patch.setattr(durable, "c_engine", Altered(complete_and_start_action=_interrupt))
        with pytest.raises(KeyboardInterrupt):
            judge.judge(INFUSION, SHORT)
    assert judge.judge(INFUSION, GOOD) == CLEARED


def test_a_failing_reference_is_a_fault_without_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge(GROUPS)

    def fail(*_: Any) -> None:
        raise ValueError("age 40")

    with monkeypatch.context() as patch:
        patch.setattr(ReferenceEngine, "judge", fail)
        with pytest.raises(EngineFault, match="reference engine failed in group 1: ValueError") as caught:
            judge.judge(ORDER, GOOD)
    assert "40" not in str(caught.value)
    assert judge.judge(ORDER, GOOD) == (Outcome.CLEARED,)


def test_a_fault_is_not_remembered_and_neither_is_what_led_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge(GROUPS, cache=100)
    for _ in range(3):
        with monkeypatch.context() as patch:
            patch.setattr(durable, "c_engine", Altered(assert_fact=_raise_with_facts))
            with pytest.raises(EngineFault):
                judge.judge(INFUSION, GOOD)
    assert judge.judge(INFUSION, GOOD) == CLEARED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("minutes", 240.0),
        ("minutes", 240),
        ("minutes", "240"),
        ("minutes", Decimal("NaN")),
        ("minutes", Decimal("Infinity")),
        ("minutes", Decimal("1E+13")),
        ("minutes", Decimal("1E+999999")),
        ("minutes", Decimal("240.0000001")),
        ("minutes", True),
        ("adult", 1),
        ("adult", "true"),
        ("route", 7),
        ("route", "x" * 201),
        ("age", 10**19),
        ("age", True),
        ("age", Decimal(40)),
    ],
)
def test_a_value_that_is_not_of_its_kind_is_a_fault_that_names_the_fact_only(name: str, value: Any) -> None:
    group = ORDER if name == "age" else INFUSION
    judge = Judge(GROUPS)
    with pytest.raises(EngineFault) as caught:
        judge.judge(group, {**GOOD, name: value})
    assert str(caught.value) == f"the value of the fact {name} is not of its kind or too large"
    assert judge.judge(group, GOOD) == judge.judge(group, dict(GOOD))


def test_a_value_that_is_not_of_its_kind_costs_no_new_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge(GROUPS, cache=0)
    spy = Altered()
    monkeypatch.setattr(durable, "c_engine", spy)
    for _ in range(200):
        with pytest.raises(EngineFault):
            judge.judge(ORDER, {"age": 4.5})  # type: ignore[dict-item]
    assert judge.judge(ORDER, GOOD) == (Outcome.CLEARED,)
    assert "create_ruleset" not in spy.calls


def test_rules_that_durable_rules_does_not_take_are_a_fault_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    altered_rules(
        monkeypatch, lambda definition: definition.update({"00v0": {"all": [{"m": {"$mt": {"p0": "("}}}]}})
    )
    with pytest.raises(EngineFault, match="does not take group 0"):
        Judge(GROUPS)


def test_a_group_that_keeps_failing_is_given_up_without_filling_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(durable, "MAX_ABANDONED", 3)
    spy = Altered(start_action_for_state=lambda *_: None)
    monkeypatch.setattr(durable, "c_engine", spy)
    engine = DurableEngine(GROUPS)
    for _ in range(10):
        with pytest.raises(EngineFault):
            engine.judge(INFUSION, GOOD)
    with pytest.raises(EngineFault, match="failed too often in group 0"):
        engine.judge(INFUSION, GOOD)
    assert spy.calls.count("create_ruleset") == len(GROUPS) + 2


def test_an_engine_that_did_not_fail_is_freed_and_one_that_did_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def freed_after(use: Callable[[DurableEngine], None]) -> list[str]:
        gc.collect()
        spy = Altered()
        monkeypatch.setattr(durable, "c_engine", spy)
        engine = DurableEngine(GROUPS[:1])
        use(engine)
        monkeypatch.setattr(durable, "c_engine", spy)
        del engine
        gc.collect()
        return [name for name in spy.calls if name.startswith("delete")]

    def fail(engine: DurableEngine) -> None:
        monkeypatch.setattr(durable, "c_engine", Altered(retract_fact=lambda *_: (1, 0)))
        with pytest.raises(EngineFault):
            engine.judge(INFUSION, GOOD)

    def succeed(engine: DurableEngine) -> None:
        engine.judge(INFUSION, GOOD)

    # The state of a ruleset in which nothing has fired must not be deleted: that crashes the process.
    assert freed_after(lambda _: None) == ["delete_ruleset"]
    assert freed_after(succeed) == ["delete_state", "delete_ruleset"]
    assert freed_after(fail) == []


def test_building_and_freeing_engines_over_and_over_is_safe() -> None:
    for turn in range(60):
        engine = DurableEngine(GROUPS)
        if turn % 2:
            assert engine.judge(INFUSION, GOOD) == CLEARED
        del engine


def test_properties_that_durable_rules_cannot_tell_apart_are_refused() -> None:
    with pytest.raises(EngineFault, match="cannot tell the properties dose and note_cr6q39b apart"):
        handover.check_hashes(["dose", "weight", "note_cr6q39b"])
    handover.check_hashes([*(f"p{index}" for index in range(256)), "id", "sid", "z", "$s", "$forward"])


# -- faults that end or stop the process -------------------------------------------------------------------

TIMEOUT = 120

SETUP = """
from orderguard.engine import durable
from orderguard.engine.groups import groups_of
from orderguard.engine.judge import Judge
from orderguard.rulebook.conditions import Compare, Op
from orderguard.rulebook.pack import Question
groups = groups_of([Question("rule", 0, "order", None, Compare("age", Op.AT_LEAST, 17))])
compile_group = durable.compile_group
"""
ANSWER = """
print("started", flush=True)
judge = Judge(groups)
print("answered", judge.judge(0, {"age": 40}), flush=True)
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # the code is this file's own
        [sys.executable, "-c", SETUP + code + ANSWER],
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )


def test_an_unharmed_process_answers() -> None:
    done = run("")
    assert done.returncode == 0, done.stderr
    assert "answered" in done.stdout


def test_neither_the_stock_host_nor_a_background_thread_takes_part() -> None:
    code = """
import atexit, sys, threading
atexit.register(lambda: print("threads", threading.active_count(), "host", "durable.engine" in sys.modules))
"""
    assert "threads 1 host False" in run(code).stdout


def test_a_hang_inside_the_engine_gives_no_answer() -> None:
    code = """
def hang(group):
    many = {f"x{number:03}": {"all": [{"m": {"p0": number}}]} for number in range(600)}
    return {**many, **compile_group(group)}
durable.compile_group = hang
"""
    with subprocess.Popen(
        [sys.executable, "-c", SETUP + code + ANSWER], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None
        # However long importing takes on a busy machine, the engine has its time from here on.
        assert process.stdout.readline() == b"started\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(3)
        process.kill()
        assert process.stdout.read() == b""


def test_a_crash_inside_the_engine_ends_the_process_without_an_answer() -> None:
    code = """
def crash(group):
    return {f"x{number:03}": {"all": [{"m": {"z": 1}}]} for number in range(256)}
durable.compile_group = crash
"""
    done = run(code)
    assert done.returncode < 0
    assert "started" in done.stdout
    assert "answered" not in done.stdout


# -- threads -----------------------------------------------------------------------------------------------


@pytest.fixture
def _hasty_threads() -> Iterator[None]:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("_hasty_threads")
@pytest.mark.parametrize("cache", [0, 16])
def test_eight_threads_that_share_a_judge_get_the_answers_of_one(cache: int) -> None:
    judge = Judge(GROUPS, cache=cache)
    reference = ReferenceEngine(GROUPS)
    wrong: list[object] = []

    def work(seed: int) -> None:
        source = random.Random(seed)
        for _ in range(150):
            facts: dict[str, FactValue] = {
                "minutes": Decimal(source.randint(238, 242)),
                "adult": source.random() < 0.7,
                "route": source.choice(["push", "infusion", "bolus"]),
                "age": source.randint(15, 67),
            }
            del facts[source.choice(list(facts))]
            group = source.choice((INFUSION, ORDER))
            try:
                answer: object = judge.judge(group, facts)
            except EngineFault as fault:
                answer = str(fault)
            if answer != reference.judge(group, facts):
                wrong.append(answer)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT)
    assert not any(thread.is_alive() for thread in threads)
    assert wrong == []


def test_the_memory_never_grows_past_its_size() -> None:
    judge = Judge(GROUPS, "reference", cache=8)
    for age in range(100):
        judge.judge(ORDER, {"age": age})
    assert judge._judged.cache_info().currsize == 8
    assert judge.judge(ORDER, {"age": 99}) == (Outcome.VIOLATED,)
