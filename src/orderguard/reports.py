"""The three formats in which `orderguard check` reports: tables, a JSON array, JSON Lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

from orderguard.errors import OrderProblem
from orderguard.output import write_out, write_table
from orderguard.records import Record

if TYPE_CHECKING:
    from orderguard.page import Page
    from orderguard.verdict import Verdict


class Report(Protocol):
    """Takes what was found out about each record, in input order, and writes it to standard output."""

    def verdict(self, verdict: Verdict) -> None:
        """Report a record that was checked."""

    def invalid(self, record: Record, problems: Iterable[OrderProblem]) -> None:
        """Report a record that is no order."""

    def end(self) -> None:
        """Write what stands after the last record."""


class LinesReport:
    """One JSON line for each record, handed over at once."""

    def verdict(self, verdict: Verdict) -> None:
        """Write the verdict document on one line."""
        write_out(verdict.to_json() + "\n")

    def invalid(self, record: Record, problems: Iterable[OrderProblem]) -> None:
        """Write where the record is and what is wrong with it, on one line."""
        write_out(invalid_json(record, problems) + "\n")

    def end(self) -> None:
        """Nothing stands after the last line."""


class ArrayReport:
    """One JSON array of all records; also when there are none."""

    def __init__(self) -> None:
        self._before = "[\n"

    def verdict(self, verdict: Verdict) -> None:
        """Add the verdict document to the array."""
        self._item(verdict.to_json())

    def invalid(self, record: Record, problems: Iterable[OrderProblem]) -> None:
        """Add where the record is and what is wrong with it to the array."""
        self._item(invalid_json(record, problems))

    def end(self) -> None:
        """Close the array."""
        write_out("[]\n" if self._before == "[\n" else "\n]\n")

    def _item(self, text: str) -> None:
        write_out(self._before + text, flush=False)
        self._before = ",\n"


class TableReport:
    """Text for people: one order in full, several in brief with a summary.

    The first order waits until it is known whether there is another.
    """

    def __init__(self) -> None:
        from orderguard.page import Page

        self._page = Page()
        self._decisions: Counter[str] = Counter()
        self._waiting: tuple[Callable[[Page], None], Callable[[Page], None]] | None = None

    def verdict(self, verdict: Verdict) -> None:
        """Show the decision and the findings."""
        from orderguard.tables import put_verdict, put_verdict_briefly

        self._add(
            verdict.decision,
            lambda page: put_verdict(page, verdict),
            lambda page: put_verdict_briefly(page, verdict),
        )

    def invalid(self, record: Record, problems: Iterable[OrderProblem]) -> None:
        """Show where the record is and what is wrong with it."""
        from orderguard.tables import put_invalid

        def show(page: Page) -> None:
            put_invalid(page, record, problems)

        self._add("invalid", show, show)

    def end(self) -> None:
        """Show the only record in full, or the summary of several."""
        from orderguard.tables import put_summary

        if self._waiting is not None:
            in_full, _ = self._waiting
            in_full(self._page)
        elif self._decisions:
            self._page.blank()
            put_summary(self._page, self._decisions)
        write_table(self._page.take())

    def _add(self, decision: str, in_full: Callable[[Page], None], in_brief: Callable[[Page], None]) -> None:
        self._decisions[decision] += 1
        if self._decisions.total() == 1:
            self._waiting = (in_full, in_brief)
            return
        if self._waiting is not None:
            _, first_in_brief = self._waiting
            first_in_brief(self._page)
            self._waiting = None
        in_brief(self._page)
        write_table(self._page.take())


def invalid_json(record: Record, problems: Iterable[OrderProblem]) -> str:
    """What is said of a record that is no order, on one line (contract, section 4)."""
    document = {
        "decision": "invalid",
        "source": record.source,
        "record": record.number,
        "line": record.line,
        "order_id": None,
        "errors": [{"path": problem.path, "message": problem.message} for problem in problems],
    }
    return json.dumps(document, separators=(", ", ": "))
