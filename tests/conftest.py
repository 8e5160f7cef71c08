"""The bundled rules, a verifier and a maker of orders, each made once."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

import pytest
from hypothesis import settings

from orderguard import DecisionLog, Verifier
from orderguard.rulebook.load import bundled_rules, load_rulebook
from orderguard.rulebook.pack import Pack, Rulebook
from support.documents import VERIFIED, Json, verified_orders
from support.orders import OrderMaker, many
from support.streams import Nowhere
from support.summary import print_recorded
from support.survey import Survey, Surveyor

# Commands that tests start share compiled rules, in a folder that nothing else uses.
_CACHE = tempfile.mkdtemp(prefix="orderguard-tests-")
os.environ["ORDERGUARD_CACHE"] = _CACHE

# A run on a loaded machine, or another run of the same tree, must not come out otherwise.
settings.register_profile("gate", derandomize=True, deadline=None)
settings.load_profile("gate")

atexit.register(shutil.rmtree, _CACHE, ignore_errors=True)


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The bundled rules."""
    return load_rulebook(bundled_rules())


@pytest.fixture(scope="session", params=list(VERIFIED))
def product(request: pytest.FixtureRequest) -> str:
    """Each product that has a bundled pack, one after the other."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def pack(rulebook: Rulebook, product: str) -> Pack:
    """The rules for the product."""
    return next(pack for pack in rulebook.packs if pack.product == product)


@pytest.fixture(scope="session")
def originals(product: str) -> list[Json]:
    """The verified examples for the product."""
    return verified_orders(product)


@pytest.fixture(scope="session")
def maker(rulebook: Rulebook, product: str) -> OrderMaker:
    """Makes orders out of the verified examples for the product."""
    return OrderMaker(rulebook, product)


@pytest.fixture(scope="session")
def verifier() -> Verifier:
    """A verifier with both engines, whose log goes nowhere."""
    return Verifier(key="", log=DecisionLog(Nowhere()))


@pytest.fixture(scope="session")
def survey(rulebook: Rulebook, pack: Pack, maker: OrderMaker) -> Survey:
    """Both engines asked about each rule on thousands of orders."""
    return Surveyor(rulebook, pack).ask_all(maker.series(many(2000)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests recorded to be shown."""
    print_recorded(terminalreporter)
