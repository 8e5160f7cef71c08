"""The cases of feature files as orders with what is stated of their verdicts, run without pytest.

The steps are those of `orderguard.testing`. What a scenario says of messages, of evidence and of missing
fields is checked when it is run, and is no part of the case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from orderguard.errors import OrderguardError
from orderguard.order import Order
from orderguard.rulebook.pack import Outcome, Severity
from orderguard.testing.case import Case
from orderguard.testing.draft import Json
from orderguard.testing.problem import StepError
from orderguard.tools.order_case import OrderCase, Statement
from orderguard.verdict import Verdict

if TYPE_CHECKING:
    from orderguard.testing.gherkin_file import ScenarioCase

Judge = Callable[[Order], Verdict]
"""Gives the verdict on an order."""


class Known(Protocol):
    """What steps need to know of the rules."""

    def known_drug(self, name: str) -> bool:
        """Whether a value set knows a drug of this name."""

    def known_rule(self, name: str) -> bool:
        """Whether a pack has a rule of this id."""


class NoTestingError(OrderguardError):
    """What reads feature files is not installed."""

    def __init__(self) -> None:
        super().__init__("feature files need orderguard[testing]: pip install 'orderguard[testing]'")


@dataclass(frozen=True)
class FeatureCase:
    """A scenario, or one example of an outline, before it is run."""

    file: str
    scenario: ScenarioCase


@dataclass(frozen=True)
class BrokenCase:
    """A file that cannot be read, or a scenario that does not hold: place, name, and what is wrong."""

    place: str
    name: str
    message: str


def read_feature_cases(folder: Path) -> tuple[list[FeatureCase], list[BrokenCase]]:
    """The cases of every feature file in a folder and the folders in it, and the files that are broken.

    Raises:
        NoTestingError: `orderguard[testing]` is not installed.
    """
    if find_spec("gherkin") is None or find_spec("pytest_bdd") is None:
        raise NoTestingError
    from orderguard.testing.gherkin_file import BrokenFeatureError, read_cases

    cases: list[FeatureCase] = []
    broken: list[BrokenCase] = []
    paths = sorted(folder.rglob("*.feature"))
    for path in paths:
        try:
            cases += [FeatureCase(str(path), scenario) for scenario in read_cases(path)]
        except BrokenFeatureError as error:
            broken += [BrokenCase(f"{path}:{p.line}", path.name, p.message) for p in error.problems]
    if not paths:
        broken.append(BrokenCase(str(folder), folder.name, "There is no feature file."))
    return cases, broken


def run_feature_case(case: FeatureCase, judge: Judge, known: Known) -> OrderCase | BrokenCase | None:
    """Run a case, and keep its order and what it states.

    Args:
        case: the case.
        judge: gives the verdict on an order.
        known: what the value sets and the packs know.

    Returns:
        The case; what is wrong with it; None where it speaks of what a pharmacy chooses: of other rules.
    """
    import orderguard.testing.all_steps  # noqa: F401  (importing them declares the steps)
    from orderguard.testing.registry import plain, run, the_step

    recorded = _RecordedCase(judge, known, Path(case.file).parent)
    line = case.scenario.line
    try:
        for each in case.scenario.steps:
            line, text = each.line, plain(each.text)
            step = the_step(each.kind, text)
            subject: Any = recorded.changing() if each.kind == "given" else recorded
            run(step, subject, step.phrase.read(recorded.order, text), each.table)
        line = case.scenario.line
        recorded.close()
    except _OfPharmacyError:
        return None
    except StepError as error:
        return BrokenCase(f"{case.file}:{line}", case.scenario.name, str(error))
    return OrderCase(
        case.scenario.name,
        case.file,
        case.scenario.line,
        recorded.text,
        recorded.decision_stated,
        recorded.statements(),
    )


class _OfPharmacyError(Exception):
    """The scenario speaks of what a pharmacy chooses."""


class _Judged:
    """A verifier for the steps."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def verify_json(self, text: str) -> Verdict:
        return self._judge(Order.model_validate_json(text))


class _RecordedCase(Case):
    """A case that remembers which parts of the verdict its steps looked at.

    Steps fail on what is not as they say. So once all have passed, what they looked at is what they state.
    """

    def __init__(self, judge: Judge, known: Known, folder: Path) -> None:
        super().__init__(lambda: _Judged(judge), known.known_drug, known.known_rule, folder)
        self.text = ""
        self.decision_stated: Any = None
        self._looked_at: dict[str, dict[str, Any]] = {}

    def verify(self) -> None:
        if self.order.pharmacy:
            raise _OfPharmacyError
        self.text = self.order.text()
        super().verify()

    def decision(self) -> str:
        self.decision_stated = super().decision()
        return str(self.decision_stated)

    def outcome(self, rule: str) -> str:
        found = super().outcome(rule)
        self._looked_at.setdefault(rule, {})["outcome"] = found
        return found

    def finding(self, rule: str) -> Json:
        return _Watched(super().finding(rule), self._looked_at[rule])

    def statements(self) -> dict[str, Statement]:
        """What the steps state, by rule id."""
        return {rule: _statement(seen) for rule, seen in self._looked_at.items()}


def _statement(seen: Json) -> Statement:
    severity = seen.get("severity")
    return Statement(
        Outcome(seen["outcome"]), None if severity is None else Severity(severity), seen.get("overridable")
    )


class _Watched(Json):
    """A finding that notes which of its entries are read."""

    def __init__(self, finding: Json, looked_at: Json) -> None:
        super().__init__(finding)
        self._looked_at = looked_at

    def __getitem__(self, key: str) -> Any:
        value = super().__getitem__(key)
        self._looked_at[key] = value
        return value
