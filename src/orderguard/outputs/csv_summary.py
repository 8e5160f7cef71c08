"""A line a record for spreadsheets: where it stands, what was decided, how many rules said what."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from orderguard.checked import INVALID, Checked
from orderguard.output import Write, printable, write_out

COLUMNS = (
    "source",
    "record",
    "line",
    "order_id",
    "decision",
    "violated",
    "not_evaluated",
    "cleared",
    "not_applicable",
    "violated_rules",
    "not_evaluated_rules",
    "errors",
    "pack",
    "version",
)

_BEGINS_A_FORMULA = ("=", "+", "-", "@")


class CsvReport:
    """A header, and a line for each record."""

    def __init__(self, write: Write = write_out) -> None:
        self._write = write
        self._header = _line(COLUMNS)

    def add(self, checked: Checked) -> None:
        """Write the line of a record."""
        document = json.loads(checked.json)
        values = _invalid(document) if checked.decision == INVALID else _judged(document)
        row = {"source": checked.source, "record": checked.record, "line": checked.line, **values}
        header, self._header = self._header, ""
        self._write(header + _line([row.get(name) for name in COLUMNS]))

    def end(self) -> None:
        """Without any record the header stands alone."""
        self._write(self._header)


def _judged(document: Mapping[str, Any]) -> dict[str, object]:
    rules = {
        outcome: [finding["rule"] for finding in document["findings"] if finding["outcome"] == outcome]
        for outcome in ("violated", "not-evaluated")
    }
    return {
        "order_id": document["order_id"],
        "decision": document["decision"],
        "violated": len(rules["violated"]),
        "not_evaluated": len(rules["not-evaluated"]),
        "cleared": len(document["cleared"]),
        "not_applicable": len(document["not_applicable"]),
        "violated_rules": " ".join(rules["violated"]),
        "not_evaluated_rules": " ".join(rules["not-evaluated"]),
        "errors": 0,
        "pack": document["rules"]["pack"],
        "version": document["rules"]["version"],
    }


def _invalid(document: Mapping[str, Any]) -> dict[str, object]:
    return {"decision": INVALID, "errors": len(document["errors"])}


def _line(values: Sequence[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(["" if v is None else _cell(v) for v in values])
    return text.getvalue()


def _cell(value: object) -> str:
    """A value as a spreadsheet shows it and never runs it: text that begins a formula gets an apostrophe."""
    text = printable(str(value))
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text
