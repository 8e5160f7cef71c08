"""The how-to page on nightly files: what it shows of zstd, Parquet and the page works as it is written."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from backports import zstd

from support.batches import write_sample
from support.tour import blocks, environment

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "check-a-nightly-file.md"
RECORD_IS_NO_ORDER = 3
TIMEOUT = 120


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the reader's file, packed with zstd."""
    orders = write_sample(tmp_path / "night.jsonl", 60, seed=7)
    (tmp_path / "night.jsonl.zst").write_bytes(zstd.compress(orders.read_bytes()))
    return tmp_path


def test_the_commands_with_zstd_parquet_and_the_page_do_what_is_said(folder: Path) -> None:
    assert shutil.which("orderguard", path=environment()["PATH"])
    [command] = blocks(PAGE, "bash")
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment(),
        capture_output=True,
        timeout=TIMEOUT,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (RECORD_IS_NO_ORDER, b"", b"")
    assert "<article" in (folder / "report.html").read_text()

    [program] = blocks(PAGE, "python")
    read = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=True,
    )
    assert [name in read.stdout for name in ("verified", "hold", "reject", "invalid")] == [True] * 4
    assert "'count_all':" in read.stdout
