"""What the pharmacy chooses.

Settings and rules have the names that `orderguard rules` shows. A scenario that says anything of the pharmacy
is verified with that alone; a site file given to pytest is left aside.
"""

from __future__ import annotations

from orderguard.testing.draft import Draft
from orderguard.testing.problem import StepError
from orderguard.testing.registry import Table, given

_COLUMNS = 2


@given(
    "the pharmacy's settings:",
    "the pharmacy's settings:",
    ("| profile          | eu |", "| antiviral months | 1  |"),
)
def settings(order: Draft, table: Table) -> None:
    """Chooses values of settings: a table of setting and value, without a heading.

    Blanks stand for the underscores of their names.
    """
    if any(len(row) != _COLUMNS for row in table):
        raise StepError("The table needs a column of settings and a column of values.")
    for name, value in ((cell.replace(" ", "_") for cell in row) for row in table):
        if name in order.pharmacy.settings:
            raise StepError(f"The setting {name} is chosen twice.")
        order.pharmacy.settings[name] = value


@given("the pharmacy raises rule {rule} to {severity}", "the pharmacy raises rule hbv-hcv to block")
def raises(order: Draft, rule: str, severity: str) -> None:
    """Makes a rule stricter: no level of it is milder than that."""
    order.pharmacy.raised[rule] = severity


@given("the pharmacy loosens rule {rule} to {severity}", "the pharmacy loosens rule hbv-hcv to info")
def loosens(order: Draft, rule: str, severity: str) -> None:
    """Makes a rule milder: no level of it is stricter. Name, date and reason are placeholders."""
    order.pharmacy.loosened[rule] = severity


@given("the pharmacy switches off rule {rule}", "the pharmacy switches off rule hbv-hcv")
def switches_off(order: Draft, rule: str) -> None:
    """Switches a rule off. Name, date and reason are placeholders."""
    order.pharmacy.loosened[rule] = None
