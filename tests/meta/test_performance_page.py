"""The performance page is what its figures say, and its plots lie beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from measuring.page import FIGURES, FOLDER, performance_page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "performance.md"


def test_the_page_is_what_its_figures_say() -> None:
    figures = json.loads((PAGE.parent / FOLDER / FIGURES).read_text())

    assert PAGE.read_text() == performance_page(figures), (
        "write it anew: python benchmarks/performance.py --figures docs/reference/performance/figures.json"
    )


def test_each_plot_of_the_page_is_there() -> None:
    plots = re.findall(r"!\[.+\]\((.+)\)", PAGE.read_text())

    assert len(plots) == 2
    for plot in plots:
        assert (PAGE.parent / plot).read_bytes().startswith(b"\x89PNG")
