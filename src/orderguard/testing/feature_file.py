"""Collects a feature file as a module of tests, one test for each scenario or example."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pytest_bdd import scenario

from orderguard.testing.case import Case
from orderguard.testing.gherkin_file import ENCODING, BrokenFeatureError, FeatureText, read_feature
from orderguard.testing.problem import StepError


class FeatureFile(pytest.Module):
    """A feature file. What is wrong with it is an error of collection, never a scenario less."""

    _module: ModuleType | None = None
    _cases = 0

    def _getobj(self) -> ModuleType:
        if self._module is None:
            self._module = self._made()
        return self._module

    def _made(self) -> ModuleType:
        try:
            feature = read_feature(self.path)
        except BrokenFeatureError as error:
            raise self.CollectError(str(error)) from None
        self._cases = feature.cases
        for tag in feature.tags:
            self.config.addinivalue_line("markers", f"{tag}: a tag of feature files")
        try:
            return _module(self.path, feature)
        except Exception as error:  # noqa: BLE001 (whatever pytest-bdd says of a file is an error of the file)
            raise self.CollectError(f"{self.path}: {error}") from None

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """The tests of the file."""
        found = list(super().collect())
        if len(found) < self._cases:
            raise self.CollectError(
                f"{self.path}: the file holds {self._cases} cases, but only {len(found)} were collected."
            )
        return found


def _module(path: Path, feature: FeatureText) -> ModuleType:
    module = ModuleType(f"orderguard_feature_{_identifier(path.stem)}")
    module.__file__ = str(path)
    names: set[str] = set()
    for head in feature.scenarios:
        bound = scenario(path.name, head.name, encoding=ENCODING, features_base_dir=str(path.parent))(
            _closing
        )
        # Collected whatever the site calls its test functions, and shown at its place in the file.
        marks: Any = bound
        marks.__module__ = module.__name__
        marks.__test__ = True
        marks.place_as = _at(path, head.line)
        setattr(module, _unused(f"test_{_identifier(head.name)}", names), bound)
    return module


def _closing(orderguard_case: Case) -> None:
    """The end of every scenario."""
    __tracebackhide__ = True
    failure = None
    try:
        orderguard_case.close()
    except StepError as problem:
        failure = str(problem)
    # Out of the handler, so that pytest shows the message once.
    if failure is not None:
        pytest.fail(failure, pytrace=False)


def _identifier(text: str) -> str:
    return re.sub(r"\W+", "_", text).strip("_").lower()


def _unused(name: str, names: set[str]) -> str:
    number, found = 1, name
    while found in names:
        number += 1
        found = f"{name}_{number}"
    names.add(found)
    return found


def _at(path: Path, line: int) -> Callable[[], None]:
    """A function that claims to stand on a line of the feature file."""

    def place() -> None:
        """Nothing."""

    place.__code__ = place.__code__.replace(co_filename=str(path), co_firstlineno=line)
    return place
