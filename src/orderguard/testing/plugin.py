"""The pytest plugin: collects `.feature` files, so that a site writes feature files and no Python.

It is loaded wherever orderguard is installed. Without pytest-bdd it only says that feature files are not
collected.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from orderguard.testing.options import add_options

if TYPE_CHECKING:
    from orderguard.testing.feature_file import FeatureFile

_STEPS = "orderguard.testing.bdd"
_BDD = "pytest_bdd.plugin"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options."""
    add_options(parser)


def pytest_report_header(config: pytest.Config) -> str | None:
    """Says why feature files are not collected."""
    if _bdd_is_active(config):
        return None
    return "orderguard: .feature files are not collected without pytest-bdd; install orderguard[testing]"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> FeatureFile | None:
    """Collects a feature file."""
    if file_path.suffix != ".feature" or not _bdd_is_active(parent.config):
        return None
    from orderguard.testing.feature_file import FeatureFile

    # Only here, so that a run without feature files pays for none of it.
    parent.config.pluginmanager.import_plugin(_STEPS)
    collected: FeatureFile = FeatureFile.from_parent(parent, path=file_path)
    return collected


def _bdd_is_active(config: pytest.Config) -> bool:
    if importlib.util.find_spec("pytest_bdd") is None:
        return False
    names = (_BDD, "pytest-bdd")
    return any(config.pluginmanager.hasplugin(name) for name in names)
