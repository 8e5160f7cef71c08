"""Pages that are generated say what the program says now."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_page_of_steps_is_what_the_steps_say() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "orderguard.testing.catalogue"], capture_output=True, text=True, check=True
    )
    assert (ROOT / "docs" / "steps.md").read_text() == done.stdout, (
        "write it anew: python -m orderguard.testing.catalogue > docs/steps.md"
    )


def test_the_reference_of_the_rules_is_what_the_rules_say() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "orderguard", "rules", "docs", "--out", "docs/reference", "--check"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, f"write it anew: orderguard rules docs\n{done.stderr}"
