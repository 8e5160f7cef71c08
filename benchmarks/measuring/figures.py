"""The figures of a benchmark, as a JSON file that the page of all of them is made from."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

Figures = dict[str, Any]


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Let a benchmark take `--json FILE`."""
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")


def write_figures(path: Path | None, figures: Figures) -> None:
    """Write figures; nothing is written without a path."""
    if path is not None:
        path.write_text(json.dumps(figures, indent=1) + "\n")


def read_figures(path: Path) -> Figures:
    """The figures in a file."""
    figures: Figures = json.loads(path.read_text())
    return figures
