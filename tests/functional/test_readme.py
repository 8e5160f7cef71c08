"""The README: each output shown is that of the command above it.

With ORDERGUARD_UPDATE_README=1 the outputs are written anew instead.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
CONSOLE = re.compile(r"```console\n\$ (?P<command>.*)\n(?P<output>(?:(?!```).*\n)*)```")
SHELL = re.compile(r"```sh\n(?P<commands>(?:.*\n)*?)```")
PYTHON = re.compile(r"```python\n(?P<code>(?:.*\n)*?)```")
GHERKIN = re.compile(r"```gherkin\n(?P<text>(?:.*\n)*?)```")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples, in which the tour is walked."""
    path = tmp_path_factory.mktemp("tour")
    shutil.copytree(ROOT / "examples", path / "examples")
    return path


def environment() -> dict[str, str]:
    scripts = sysconfig.get_path("scripts")
    path = os.pathsep.join([scripts, str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "COLUMNS": "80", "NO_COLOR": "1", "ORDERGUARD_KEY": ""}


def run(command: str, folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def test_each_output_in_the_readme_is_that_of_the_command_above_it(folder: Path) -> None:
    text = README.read_text()
    shown = list(CONSOLE.finditer(text))
    assert len(shown) >= 8
    outputs = [run(match["command"], folder) for match in shown]
    if os.environ.get("ORDERGUARD_UPDATE_README"):
        parts = iter(outputs)
        README.write_text(
            CONSOLE.sub(lambda match: f"```console\n$ {match['command']}\n{next(parts)}```", text)
        )
        return
    for match, output in zip(shown, outputs, strict=True):
        assert output, match["command"]
        assert match["output"] == output, match["command"]


def test_no_output_in_the_readme_is_wider_than_80_columns() -> None:
    outputs = [match["output"] for match in CONSOLE.finditer(README.read_text())]
    assert [line for output in outputs for line in output.splitlines() if len(line) > 80] == []


def test_the_two_installations_begin_with_the_same_command() -> None:
    blocks = [match["commands"].splitlines() for match in SHELL.finditer(README.read_text())]
    assert [len(block) for block in blocks] == [2, 2]
    assert blocks[0][0] == blocks[1][0]
    assert "--no-cache-dir" in blocks[0][0]


def test_the_program_in_the_readme_runs(folder: Path) -> None:
    [code] = [match["code"] for match in PYTHON.finditer(README.read_text())]
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
    [text] = [match["text"] for match in GHERKIN.finditer(README.read_text())]
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
