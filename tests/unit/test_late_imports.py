"""Modules that are imported when they are first used."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from orderguard.late_imports import import_late


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A module that is imported late, with a submodule; its name is not known to other tests."""
    name = "orderguard_test_late"
    package = tmp_path / name
    package.mkdir()
    (package / "__init__.py").write_text(
        "import sys\nsys.modules['orderguard_test_ran'] = sys\nword = 'late'\n"
    )
    (package / "part.py").write_text("word = 'part'\n")
    monkeypatch.syspath_prepend(tmp_path)
    for left in (name, f"{name}.part", "orderguard_test_ran"):
        monkeypatch.setitem(sys.modules, left, None)
        del sys.modules[left]
    import_late(name)
    return name


def ran() -> bool:
    return "orderguard_test_ran" in sys.modules


def test_importing_it_runs_nothing_however_often(module: str) -> None:
    __import__(module)
    __import__(module)
    assert not ran()


def test_asking_something_of_it_runs_it(module: str) -> None:
    stand_in = __import__(module)
    assert stand_in.word == "late"
    assert ran()
    assert sys.modules[module] is not stand_in
    assert stand_in.word == sys.modules[module].word


def test_a_name_and_a_submodule_can_be_imported_out_of_it(module: str) -> None:
    scope: dict[str, object] = {}
    exec(f"from {module} import word\nimport {module}.part as part", scope)  # noqa: S102
    assert scope["word"] == "late"
    assert scope["part"] is sys.modules[f"{module}.part"]


def test_what_it_does_not_have_is_an_attribute_error(module: str) -> None:
    with pytest.raises(AttributeError):
        _ = __import__(module).no_such_word


def test_what_is_imported_already_stays() -> None:
    before = sys.modules["pathlib"]
    import_late("pathlib")
    assert sys.modules["pathlib"] is before
