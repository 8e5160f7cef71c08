"""The how-to pages: each command is run, and each output shown is that of the command above it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support.tour import WIDTH, walk

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
FOUND_SOMETHING = 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_output_on_the_page_is_that_of_the_command_above_it(page: Path, tmp_path: Path) -> None:
    for name in ("examples", "rules"):
        shutil.copytree(ROOT / name, tmp_path / name)
    commands = walk(page, tmp_path)
    assert commands
    for command in commands:
        assert command.code <= FOUND_SOMETHING, command
        assert command.shown == command.printed, (command.command, command.complaint)
        assert [line for line in command.shown.splitlines() if len(line) > WIDTH] == []


def test_every_page_is_named_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text()
    assert [page.name for page in PAGES if f"docs/how-to/{page.name}" not in text] == []
