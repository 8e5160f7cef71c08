"""`orderguard replay`: orders judged by two directories of rules, and what comes out otherwise.

A replay is no verification: nothing is written to the decision log, and no verdict is given. What counts as
milder is said in `changes.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from orderguard.checking import Run, named_files
from orderguard.errors import EngineFault, InvalidOrder
from orderguard.order import Order
from orderguard.output import ExitCode, complain
from orderguard.records import Record
from orderguard.rulebook.pack import Outcome
from orderguard.tools.changes import (
    NO_RULE,
    Direction,
    Judged,
    RulesChange,
    Said,
    decision_direction,
    judged,
    rules_change,
    said_direction,
)
from orderguard.verdict import Decision
from orderguard.verifier import Verifier

_SILENT = (NO_RULE, Outcome.CLEARED.value, Outcome.NOT_APPLICABLE.value)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an order stands: its id, and source, record and line as in a check."""

    order_id: str
    source: str
    record: int
    line: int | None


@dataclass
class Orders:
    """How many orders change in one way, and the first of them."""

    count: int = 0
    examples: list[Place] = field(default_factory=list)

    def add(self, place: Place, most: int) -> None:
        """Count an order; it is an example as long as there are fewer than `most`."""
        self.count += 1
        if len(self.examples) < most:
            self.examples.append(place)


@dataclass
class Replay:
    """What came out otherwise. Its size depends on the rules, not on how many orders there are.

    Attributes:
        rules: what changes in the rules themselves.
        decisions: orders by old and new decision.
        outcomes: orders by rule, and by what it said and says.
        compared: how many orders were judged by both.
        changed: how many of them changed in a decision or an outcome.
        invalid: how many records could not be read as an order.
        faults: how many orders could not be judged.
    """

    rules: RulesChange
    decisions: dict[tuple[Decision, Decision], Orders] = field(default_factory=dict)
    outcomes: dict[tuple[str, Said, Said], Orders] = field(default_factory=dict)
    compared: int = 0
    changed: int = 0
    invalid: int = 0
    faults: int = 0

    @property
    def is_milder(self) -> bool:
        """Whether anything is milder: a rule itself, a decision, or what a rule says of an order."""
        return (
            self.rules.is_milder
            or any(decision_direction(*pair) is Direction.MILDER for pair in self.decisions)
            or any(said_direction(old, new) is Direction.MILDER for _, old, new in self.outcomes)
        )


K = TypeVar("K")


class Replaying(Run):
    """Judges every record by both rules.

    Args:
        old: the verifier with the rules as they are.
        new: the verifier with the rules as they are to be.
        examples: how many orders are named for each change.
    """

    def __init__(self, old: Verifier, new: Verifier, examples: int) -> None:
        super().__init__()
        self._old = old
        self._new = new
        self._examples = examples
        self.replay = Replay(rules_change(old.rulebook, new.rulebook))

    def _handle(self, record: Record) -> None:
        try:
            order = _order(record)
        except InvalidOrder as error:
            self.replay.invalid += 1
            self._raise_to(ExitCode.INVALID)
            for problem in error.problems:
                complain(f"{_where(record)}: {problem.path or '(document)'}: {problem.message}")
            return
        try:
            before, after = _judged(self._old, order), _judged(self._new, order)
        except Exception as error:  # noqa: BLE001 (a fault on one record never stops the next)
            self.replay.faults += 1
            self._raise_to(ExitCode.FAULT)
            complain(f"{_where(record)}: could not be judged: {_fault(error)}")
            return
        self._compare(before, after, Place(order.order_id, record.source, record.number, record.line))

    def _end(self) -> None:
        if self.replay.is_milder:
            self._raise_to(ExitCode.NOT_VERIFIED)

    def _compare(self, before: Judged, after: Judged, place: Place) -> None:
        self.replay.compared += 1
        changes = list(_changes(before, after))
        for change in changes:
            self._add(self.replay.outcomes, change, place)
        if before.decision != after.decision:
            self._add(self.replay.decisions, (before.decision, after.decision), place)
        self.replay.changed += bool(changes)

    def _add(self, counted: dict[K, Orders], change: K, place: Place) -> None:
        counted.setdefault(change, Orders()).add(place, self._examples)


def _order(record: Record) -> Order:
    if record.text is None:
        raise InvalidOrder(record.problems)
    return Order.model_validate_json(record.text)


def _judged(verifier: Verifier, order: Order) -> Judged:
    found = verifier.judge(order)
    return judged(None if found is None else found[1])


def _changes(before: Judged, after: Judged) -> Iterator[tuple[str, Said, Said]]:
    """Each rule that says something else; not that a silent rule came or went."""
    for rule_id in before.said.keys() | after.said.keys():
        old, new = before.of(rule_id), after.of(rule_id)
        only_there = NO_RULE in (old.outcome, new.outcome)
        if old != new and not (only_there and {old.outcome, new.outcome} <= set(_SILENT)):
            yield rule_id, old, new


def _where(record: Record) -> str:
    line = "" if record.line is None else f", line {record.line}"
    return f"{record.source}: record {record.number}{line}"


def _fault(error: Exception) -> str:
    """What may be said of a fault: the text of an unexpected error may hold values of the order."""
    return str(error) if isinstance(error, EngineFault) else f"internal error ({type(error).__name__})"


def replay(old: Verifier, new: Verifier, paths: Sequence[str], examples: int) -> tuple[Replay, ExitCode]:
    """Judge the orders of inputs by two rules.

    Args:
        old: the verifier with the rules as they are.
        new: the verifier with the rules as they are to be.
        paths: files of orders; `-` is standard input.
        examples: how many orders are named for each change.

    Returns:
        What comes out otherwise, and the exit code: 1 if anything is milder, 2 for an input that cannot be
        opened, 3 for a record that is no order, 5 for an order that could not be judged; the highest.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    replaying = Replaying(old, new, examples)
    files, code = named_files(paths)
    code = max(code, replaying.run(files))
    return replaying.replay, code
