"""The options of the pytest plugin."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

import pytest

if TYPE_CHECKING:
    from orderguard.engine.judge import Engines

ENGINES = ("both", "reference", "durable")
ENGINE_VARIABLE = "ORDERGUARD_ENGINE"


def add_options(parser: pytest.Parser) -> None:
    """Declare the options."""
    group = parser.getgroup("orderguard", "orderguard feature files")
    group.addoption(
        "--orderguard-engine",
        choices=ENGINES,
        default=None,
        help=f"which engines judge; default: the environment variable {ENGINE_VARIABLE}, else both",
    )
    group.addoption(
        "--orderguard-rules",
        metavar="DIR",
        default=None,
        help="directory of rules; default: the bundled ones",
    )
    group.addoption(
        "--orderguard-site",
        metavar="FILE",
        default=None,
        help="file of a site: settings, severities, packs; default: none",
    )


def chosen_engines(config: pytest.Config) -> Engines:
    """Which engines judge.

    Raises:
        pytest.UsageError: the environment variable names no choice.
    """
    chosen = config.getoption("--orderguard-engine") or os.environ.get(ENGINE_VARIABLE) or "both"
    if chosen not in ENGINES:
        raise pytest.UsageError(f"{ENGINE_VARIABLE} must be one of {', '.join(ENGINES)}")
    return cast("Engines", chosen)


def chosen_rules(config: pytest.Config) -> str | None:
    """The directory of rules; None for the bundled ones."""
    return cast("str | None", config.getoption("--orderguard-rules"))


def chosen_site(config: pytest.Config) -> str | None:
    """The file of a site; None for none."""
    return cast("str | None", config.getoption("--orderguard-site"))
