"""Rows for the tests: from texts to DataFrames, from verdicts to dictionaries."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[1] / "examples"


def plain(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows of Spark as dictionaries, at any depth."""
    return [row.asDict(recursive=True) for row in rows]


def numbered(spark: Any, texts: Iterable[str | bytes | None], kind: str = "string", parts: int = 2) -> Any:
    """A DataFrame of texts with their numbers."""
    return spark.createDataFrame(list(enumerate(texts)), f"n int, text {kind}").repartition(parts)


def without_place(row: dict[str, Any]) -> str:
    """A row of verdicts as text, without what says where the record stood."""
    return json.dumps({k: v for k, v in row.items() if k not in ("source", "record", "line", "events")})
