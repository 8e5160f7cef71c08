"""The README: each output shown is that of the command above it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.tour import WIDTH, blocks, environment, walk

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples, in which the tour is walked."""
    path = tmp_path_factory.mktemp("tour")
    shutil.copytree(ROOT / "examples", path / "examples")
    return path


def test_each_output_in_the_readme_is_that_of_the_command_above_it(folder: Path) -> None:
    commands = walk(README, folder)
    assert len(commands) >= 8
    for command in commands:
        assert command.printed, command
        assert command.shown == command.printed, command.command
        assert [line for line in command.shown.splitlines() if len(line) > WIDTH] == []


def test_the_two_installations_begin_with_the_same_command() -> None:
    installations = [block.splitlines() for block in blocks(README, "sh")]
    assert [len(block) for block in installations] == [2, 2]
    assert installations[0][0] == installations[1][0]
    assert "--no-cache-dir" in installations[0][0]


def test_the_program_in_the_readme_runs(folder: Path) -> None:
    [code] = blocks(README, "python")
    setting = "text = open('examples/lemtrada-too-fast.json').read()\n"
    done = subprocess.run(
        [sys.executable, "-c", setting + code],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "reject ['antiviral-present', 'infusion-min-4h']\n"


def test_the_rule_in_the_readme_is_the_bundled_one_in_short() -> None:
    text = README.read_text()
    pack = (ROOT / "rules" / "lemtrada-ms.yaml").read_text()
    assert "require: {infusion.duration_minutes: {at_least: 240}}" in text
    assert "require: {infusion.duration_minutes: {at_least: 240}}" in pack


def test_the_feature_file_in_the_readme_passes_in_an_empty_folder(tmp_path: Path) -> None:
    [text] = blocks(README, "gherkin")
    (tmp_path / "slow.feature").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "1 passed" in done.stdout, done.stdout
