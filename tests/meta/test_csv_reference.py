"""The reference of the flat layout has the columns that are read."""

from __future__ import annotations

import re
from pathlib import Path

from orderguard.inputs.columns import column_names, column_of

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "csv.md"


def test_the_reference_has_each_column_with_what_its_cells_are() -> None:
    listed = re.findall(r"^\| `([^`]+)` \| ([^|]+) \|$", PAGE.read_text(), re.MULTILINE)
    read = [(name, column.kind.value) for name in column_names() if (column := column_of(name))]

    assert listed == read
    assert len(read) > 100
