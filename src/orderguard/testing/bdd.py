"""Hands the steps to pytest-bdd, and the outcome of a step to pytest."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any, NoReturn

import pytest
from pytest_bdd import given, then, when
from pytest_bdd.parser import Step as GherkinStep
from pytest_bdd.parsers import StepParser

import orderguard.testing.all_steps  # noqa: F401  (importing them declares the steps)
from orderguard import OrderguardError, RulesError, Verifier
from orderguard.rulebook.load import RulesReadOnce
from orderguard.testing.case import Case
from orderguard.testing.feature_file import FeatureFile
from orderguard.testing.options import chosen_engines, chosen_rules, chosen_site
from orderguard.testing.pharmacy import Pharmacy
from orderguard.testing.problem import StepError
from orderguard.testing.registry import Table, not_found, plain, run, steps_reading, the_step

_STEP = pytest.StashKey[GherkinStep]()


class OurSteps(StepParser):
    """Reads every step of a kind that orderguard has."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"orderguard {kind}")
        self._kind = kind

    def is_matching(self, name: str) -> bool:
        """Whether a line is one of the steps."""
        return bool(steps_reading(self._kind, plain(name)))

    def parse_arguments(self, name: str) -> dict[str, Any]:
        """The line itself."""
        return {"text": plain(name)}


@pytest.fixture(scope="session")
def orderguard_verifier(pytestconfig: pytest.Config) -> Verifier:
    """The verifier of all scenarios; its decision log is not kept."""
    rules, engines = chosen_rules(pytestconfig), chosen_engines(pytestconfig)
    try:
        return Verifier(rules, site=chosen_site(pytestconfig), log=io.StringIO(), engines=engines)
    except OrderguardError as error:
        failure = f"The rules do not load:\n{error}"
    pytest.fail(failure, pytrace=False)


@pytest.fixture(scope="session")
def orderguard_pharmacies(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Verifier]:
    """Gives the verifier for the text of a site file; each is made once."""
    folder = tmp_path_factory.mktemp("pharmacies")
    rules, engines = chosen_rules(pytestconfig), chosen_engines(pytestconfig)
    store = RulesReadOnce()

    @cache
    def verifier(text: str) -> Verifier:
        file = folder / "site.yaml"
        file.write_text(text, encoding="utf-8")
        try:
            return Verifier(rules, site=file, log=io.StringIO(), engines=engines, store=store)
        except RulesError as error:
            reasons = "\n".join(f"  {problem.message}" for problem in error.problems)
            raise StepError(f"The pharmacy cannot choose so:\n{reasons}") from None

    return verifier


@pytest.fixture
def orderguard_case(request: pytest.FixtureRequest) -> Case:
    """The order and the verdict of one scenario."""

    def verifier() -> Verifier:
        found: Verifier = request.getfixturevalue("orderguard_verifier")
        return found

    def known_drug(name: str) -> bool:
        match = verifier().rulebook.terminology.drug(name, None, None)
        return match is not None and match.recognised

    def known_rule(name: str) -> bool:
        packs = verifier().rulebook.packs
        return any(rule.id == name for pack in packs for rule in (*pack.rules, *pack.dormant))

    def verifier_of(pharmacy: Pharmacy) -> Verifier:
        text = pharmacy.site_file(verifier().rulebook.packs)
        made: Callable[[str], Verifier] = request.getfixturevalue("orderguard_pharmacies")
        return made(text)

    return Case(verifier, known_drug, known_rule, request.path.parent, verifier_of)


@given(OurSteps("given"))
def change_order(
    request: pytest.FixtureRequest, orderguard_case: Case, text: str, datatable: Table | None = None
) -> None:
    """Carries out a `Given` step."""
    __tracebackhide__ = True
    _carry_out(request, "given", text, orderguard_case.changing, datatable)


@when(OurSteps("when"))
def do_something(
    request: pytest.FixtureRequest, orderguard_case: Case, text: str, datatable: Table | None = None
) -> None:
    """Carries out a `When` step."""
    __tracebackhide__ = True
    _carry_out(request, "when", text, lambda: orderguard_case, datatable)


@then(OurSteps("then"))
def state_outcome(
    request: pytest.FixtureRequest, orderguard_case: Case, text: str, datatable: Table | None = None
) -> None:
    """Carries out a `Then` step."""
    __tracebackhide__ = True
    _carry_out(request, "then", text, lambda: orderguard_case, datatable)


def _carry_out(
    request: pytest.FixtureRequest, kind: str, text: str, subject: Callable[[], Any], table: Table | None
) -> None:
    __tracebackhide__ = True
    failure = None
    try:
        step = the_step(kind, text)
        target = subject()
        order = target.order if isinstance(target, Case) else target
        run(step, target, step.phrase.read(order, text), table)
    except StepError as problem:
        failure = str(problem)
    # Out of the handler, so that pytest shows the message once.
    if failure is not None:
        _fail(request, failure)


def _fail(request: pytest.FixtureRequest, message: str) -> NoReturn:
    __tracebackhide__ = True
    step = request.node.stash.get(_STEP, None)
    file = request.node.nodeid.partition("::")[0]
    place = "" if step is None else f"{file}:{step.line_number}: {step.keyword} {step.name}\n"
    pytest.fail(f"{place}{message}", pytrace=False)


def pytest_bdd_before_step(request: pytest.FixtureRequest, step: GherkinStep) -> None:
    """Remembers the line that is being carried out."""
    request.node.stash[_STEP] = step
    if step.docstring is not None and request.node.getparent(FeatureFile) is not None:
        _fail(request, "A step takes no text block.")


def pytest_bdd_step_func_lookup_error(request: pytest.FixtureRequest, step: GherkinStep) -> None:
    """Says what may have been meant by a line that is no step."""
    __tracebackhide__ = True
    if request.node.getparent(FeatureFile) is not None:
        request.node.stash[_STEP] = step
        _fail(request, not_found(step.type, plain(step.name)))
