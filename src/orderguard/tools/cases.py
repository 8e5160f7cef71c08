"""All order cases of a run: those of feature files and those of order examples, judged once by the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from orderguard.errors import RulesError
from orderguard.order import Order
from orderguard.rulebook.pack import Rulebook
from orderguard.tools.feature_cases import BrokenCase, FeatureCase, read_feature_cases, run_feature_case
from orderguard.tools.mutation import ViewCollector, Views, merged
from orderguard.tools.order_case import OrderCase, departures
from orderguard.tools.order_examples import FOLDER, read_order_examples
from orderguard.tools.order_judge import JudgedOrder, OrderJudge
from orderguard.tools.work import in_parts
from orderguard.verdict import Verdict


@dataclass
class Cases:
    """Order cases that were judged.

    Attributes:
        scenarios: how many cases of feature files were run.
        left_aside: how many more there are that speak of what a pharmacy chooses.
        examples: how many order examples were judged.
        held: the cases that hold.
        broken: what could not be read, and the cases that do not hold.
        views: what each rule sees of the cases that hold.
    """

    scenarios: int = 0
    left_aside: int = 0
    examples: int = 0
    held: list[OrderCase] = field(default_factory=list)
    broken: list[BrokenCase] = field(default_factory=list)
    views: Views = field(default_factory=dict)


def example_folders(rules: Path | None, orders: str | None) -> list[Path]:
    """Where order examples stand: beside the rules, where there are some, and in a folder that was named."""
    folders = [] if rules is None or not (rules / FOLDER).is_dir() else [rules / FOLDER]
    return folders if orders is None else [*folders, Path(orders)]


def read_examples(folders: Iterable[Path]) -> tuple[list[OrderCase], list[BrokenCase]]:
    """The order examples of folders, and what is wrong with their files."""
    cases: list[OrderCase] = []
    broken: list[BrokenCase] = []
    for folder in folders:
        try:
            cases += read_order_examples(folder)
        except RulesError as error:
            broken += [BrokenCase(f"{p.file}:{p.line}", "", p.message) for p in error.problems]
    return cases, broken


def judge_cases(rulebook: Rulebook, folders: Iterable[Path], features: str | None, workers: int) -> Cases:
    """Read and judge all order cases by the reference engine.

    Args:
        rulebook: the rules.
        folders: the folders of order examples.
        features: the folder of feature files, or None.
        workers: how many processes.

    Raises:
        NoTestingError: there are features, and `orderguard[testing]` is not installed.
    """
    examples, broken = read_examples(folders)
    scenarios: list[FeatureCase] = []
    if features is not None:
        scenarios, found = read_feature_cases(Path(features))
        broken += found
        # Once, before the processes part.
        import orderguard.testing.all_steps  # noqa: F401  (importing them declares the steps)
    things: list[FeatureCase | OrderCase] = [*scenarios, *examples]
    parts = in_parts(_judge_part, rulebook, things, workers)
    left_aside = sum(part.left_aside for part in parts)
    cases = Cases(len(scenarios) - left_aside, left_aside, len(examples))
    cases.held = [case for part in parts for case in part.held]
    cases.broken = [*broken, *(case for part in parts for case in part.broken)]
    cases.broken.sort(key=lambda case: case.place)
    cases.held.sort(key=lambda case: (case.file, case.line))
    cases.views = merged(part.views for part in parts)
    return cases


def _judge_part(rulebook: Rulebook, things: Sequence[FeatureCase | OrderCase]) -> Cases:
    runner = _Runner(rulebook)
    for thing in things:
        runner.run(thing)
    return runner.cases


class _Runner:
    def __init__(self, rulebook: Rulebook) -> None:
        self._judge = OrderJudge(rulebook)
        self._collector = ViewCollector(rulebook)
        self._judged: JudgedOrder | None = None
        self.cases = Cases(views=self._collector.views)

    def run(self, thing: FeatureCase | OrderCase) -> None:
        case = (
            self._checked(thing)
            if isinstance(thing, OrderCase)
            else run_feature_case(thing, self._verdict, self._judge)
        )
        if case is None:
            self.cases.left_aside += 1
        elif isinstance(case, BrokenCase):
            self.cases.broken.append(case)
        elif self._judged is not None:
            self.cases.held.append(case)
            self._collector.add(case, self._judged)

    def _verdict(self, order: Order) -> Verdict:
        self._judged = self._judge.judge(order)
        return self._judged.verdict

    def _checked(self, example: OrderCase) -> OrderCase | BrokenCase:
        self._judged = self._judge.judge(Order.model_validate_json(example.order))
        wrong = departures(example, self._judged.answers)
        return BrokenCase(example.place, example.name, "\n".join(wrong)) if wrong else example
