"""`orderguard explain`: each order of an input with every rule."""

from __future__ import annotations

from orderguard.checked import code_of
from orderguard.checking import opened
from orderguard.errors import InvalidOrder
from orderguard.explain import explain
from orderguard.inputs.extra import MissingExtraError
from orderguard.inputs.reading import read_input
from orderguard.order import Order
from orderguard.output import ExitCode, complain, write_table
from orderguard.page import Page
from orderguard.records import Record
from orderguard.tables import put_explanation, put_invalid
from orderguard.verifier import Verifier


def explain_input(verifier: Verifier, path: str) -> ExitCode:
    """Explain the orders of an input, a blank line between two.

    Returns:
        The exit code, as for a check of the same input.

    Raises:
        OutputClosedError: nobody reads the explanation any more.
        OutputError: the explanation cannot be written.
    """
    page = Page()
    codes: list[ExitCode] = []
    try:
        with opened(path) as stream:
            for record in read_input(stream, path):
                if codes:
                    page.blank()
                codes.append(_explain_record(verifier, page, record))
                write_table(page.take())
    except OSError as error:
        complain(f"{path}: cannot be read: {error.strerror or type(error).__name__}")
        return max([*codes, ExitCode.USAGE])
    except MissingExtraError as error:
        complain(f"{path}: {error}")
        return ExitCode.USAGE
    if not codes:
        complain(f"{path}: holds no order")
        return ExitCode.INVALID
    return max(codes)


def _explain_record(verifier: Verifier, page: Page, record: Record) -> ExitCode:
    if record.text is None:
        put_invalid(page, record, record.problems)
        return ExitCode.INVALID
    try:
        order = Order.model_validate_json(record.text)
    except InvalidOrder as error:
        put_invalid(page, record, error.problems)
        return ExitCode.INVALID
    explanation = explain(verifier, order)
    put_explanation(page, explanation)
    return code_of(explanation.verdict)
