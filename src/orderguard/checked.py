"""What became of a record: plain data, so that it can come from another process."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from orderguard.errors import InvalidOrder, OrderProblem
from orderguard.output import ExitCode
from orderguard.records import Record

if TYPE_CHECKING:
    from orderguard.page import Look, Page
    from orderguard.verdict import Verdict
    from orderguard.verifier import Verifier

INVALID = "invalid"
"""Said in place of a decision of a record that is no order."""

COULD_NOT_BE_CHECKED = "could not be checked: "
"""How it begins what is said of a record that may be an order, but of which nothing is known."""


class Checked(NamedTuple):
    """What became of one record.

    Attributes:
        source: the name of the input.
        record: which record of the input it is, from 1.
        line: the line on which it begins, from 1; None inside an array.
        decision: verified, hold, reject or invalid.
        code: the exit code that it asks for.
        json: the verdict document, or what is said of a record that is no order, on one line.
        brief: the text of the table format among other records; empty when no table is asked for.
        full: the text of the table format for an only record; given for the first record of a run.
        complaint: what standard error is told of it; empty for nothing.
        order: the order document, where a report shows the course of orders that are not verified.
    """

    source: str
    record: int
    line: int | None
    decision: str
    code: ExitCode
    json: str
    brief: str = ""
    full: str = ""
    complaint: str = ""
    order: bytes = b""


class Teller:
    """Says what became of records.

    Args:
        look: how tables look; None when none is asked for.
        keeps_orders: whether what became of an order that is not verified has the order with it.
    """

    def __init__(self, look: Look | None, *, keeps_orders: bool = False) -> None:
        self._look = look
        self._keeps_orders = keeps_orders

    def unlogged(self, checked: Checked) -> Checked:
        """What becomes of a verdict that another process gave and whose event cannot be written."""
        from orderguard.verdict import Verdict
        from orderguard.verifier import with_log_fault

        verdict = with_log_fault(Verdict.model_validate(json.loads(checked.json)))
        record = Record(checked.source, checked.record, checked.line, checked.order)
        return self._told(record, verdict, in_full=True)

    def invalid(self, record: Record, problems: Sequence[OrderProblem]) -> Checked:
        """What becomes of a record that is no order."""
        shown = self._shown_invalid(record, problems)
        return Checked(
            record.source,
            record.number,
            record.line,
            INVALID,
            ExitCode.INVALID,
            invalid_json(record, problems),
            shown,
            shown,
        )

    def fault(self, record: Record, what: str) -> Checked:
        """What becomes of a record that could not be checked: it may be an order, but nothing is known."""
        checked = self.invalid(record, (OrderProblem("", COULD_NOT_BE_CHECKED + what),))
        complaint = f"{record.source}: record {record.number}: {what}"
        return checked._replace(code=ExitCode.FAULT, complaint=complaint)

    def _told(self, record: Record, verdict: Verdict, in_full: bool) -> Checked:  # noqa: FBT001
        return Checked(
            record.source,
            record.number,
            record.line,
            verdict.decision,
            code_of(verdict),
            verdict.to_json(),
            self._shown(verdict, in_full=False),
            self._shown(verdict, in_full=True) if in_full else "",
            order=(record.text or b"") if self._keeps_orders and verdict.decision != "verified" else b"",
        )

    def _shown(self, verdict: Verdict, *, in_full: bool) -> str:
        if self._look is None:
            return ""
        from orderguard.tables import put_verdict, put_verdict_briefly

        page = self._page(self._look)
        (put_verdict if in_full else put_verdict_briefly)(page, verdict)
        return page.take()

    def _shown_invalid(self, record: Record, problems: Iterable[OrderProblem]) -> str:
        if self._look is None:
            return ""
        from orderguard.tables import put_invalid

        page = self._page(self._look)
        put_invalid(page, record, problems)
        return page.take()

    def _page(self, look: Look) -> Page:
        from orderguard.page import Page

        return Page(look)


class Checker(Teller):
    """Checks records, whatever is wrong with them.

    Args:
        verifier: what verifies an order.
        look: as for `Teller`.
        keeps_orders: as for `Teller`.
    """

    def __init__(self, verifier: Verifier, look: Look | None, *, keeps_orders: bool = False) -> None:
        super().__init__(look, keeps_orders=keeps_orders)
        self._verifier = verifier

    def check(self, record: Record, *, in_full: bool = False) -> Checked:
        """Check a record.

        Args:
            record: the record, readable or not.
            in_full: whether the table may have to show it as the only one.
        """
        if record.text is None:
            return self.invalid(record, record.problems)
        try:
            return self._told(record, self._verifier.verify_json(record.text), in_full)
        except InvalidOrder as error:
            return self.invalid(record, error.problems)
        except Exception as error:  # noqa: BLE001 (a fault on one record never stops the next)
            return self.fault(record, f"internal error ({type(error).__name__})")

    def hold(self, record: Record, kind: str, reason: str) -> Checked:
        """Hold an order that ends the process which judges it; see `Verifier.hold`."""
        if record.text is None:
            return self.invalid(record, record.problems)
        from orderguard.order import Order

        try:
            verdict = self._verifier.hold(Order.model_validate_json(record.text), kind, reason)
            return self._told(record, verdict, in_full=True)
        except InvalidOrder as error:
            return self.invalid(record, error.problems)


def code_of(verdict: Verdict) -> ExitCode:
    """The exit code that a verdict asks for."""
    if verdict.has_fault:
        return ExitCode.FAULT
    return ExitCode.VERIFIED if verdict.decision == "verified" else ExitCode.NOT_VERIFIED


def invalid_json(record: Record, problems: Iterable[OrderProblem]) -> str:
    """What is said of a record that is no order, on one line (contract, section 4)."""
    document = {
        "decision": INVALID,
        "source": record.source,
        "record": record.number,
        "line": record.line,
        "order_id": None,
        "errors": [{"path": problem.path, "message": problem.message} for problem in problems],
    }
    return json.dumps(document, separators=(", ", ": "))
