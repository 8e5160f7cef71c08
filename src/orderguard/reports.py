"""The three formats in which `orderguard check` reports: tables, a JSON array, JSON Lines."""

from __future__ import annotations

from collections import Counter
from typing import Protocol

from orderguard.checked import Checked
from orderguard.output import Write, write_out, write_table


class Report(Protocol):
    """Takes what became of each record, in input order, and writes it."""

    def add(self, checked: Checked) -> None:
        """Report a record."""

    def end(self) -> None:
        """Write what stands after the last record."""


class LinesReport:
    """One JSON line for each record, handed over at once."""

    def __init__(self, write: Write = write_out) -> None:
        self._write = write

    def add(self, checked: Checked) -> None:
        """Write the document on one line."""
        self._write(checked.json + "\n")

    def end(self) -> None:
        """Nothing stands after the last line."""


class ArrayReport:
    """One JSON array of all records; also when there are none."""

    def __init__(self, write: Write = write_out) -> None:
        self._write = write
        self._before = "[\n"

    def add(self, checked: Checked) -> None:
        """Add the document to the array."""
        self._write(self._before + checked.json, flush=False)
        self._before = ",\n"

    def end(self) -> None:
        """Close the array."""
        self._write("[]\n" if self._before == "[\n" else "\n]\n")


class TableReport:
    """Text for people: one order in full, several in brief with a summary.

    The first order waits until it is known whether there is another.
    """

    def __init__(self, write: Write = write_table) -> None:
        self._write = write
        self._decisions: Counter[str] = Counter()
        self._waiting: Checked | None = None

    def add(self, checked: Checked) -> None:
        """Show the decision and the findings."""
        self._decisions[checked.decision] += 1
        if self._decisions.total() == 1:
            self._waiting = checked
            return
        first, self._waiting = self._waiting, None
        self._write(("" if first is None else first.brief) + checked.brief)

    def end(self) -> None:
        """Show the only record in full, or the summary of several."""
        if self._waiting is not None:
            self._write(self._waiting.full)
        elif self._decisions:
            self._write("\n" + summary(self._decisions))


def summary(decisions: Counter[str]) -> str:
    """How many records had each decision, as a paragraph."""
    from orderguard.page import Page
    from orderguard.tables import put_summary

    page = Page()
    put_summary(page, decisions)
    return page.take()
