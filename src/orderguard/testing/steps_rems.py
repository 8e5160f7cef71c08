"""The REMS.

Its course number and dates stand in the table of things.
"""

from __future__ import annotations

from orderguard.testing.draft import Draft
from orderguard.testing.registry import given


@given("the {party:rems_party} is certified", "the prescriber is certified")
def certified(order: Draft, party: str) -> None:
    """States that the prescriber, the pharmacy or the facility is certified in the REMS."""
    order.part("rems", party)["certified"] = True


@given("the {party:rems_party} is not certified", "the prescriber is not certified")
def not_certified(order: Draft, party: str) -> None:
    """States that it is not."""
    order.part("rems", party)["certified"] = False


@given("the patient is enrolled in the REMS", "the patient is enrolled in the REMS")
def enrolled(order: Draft) -> None:
    """States the enrollment."""
    order.part("rems", "patient")["enrolled"] = True


@given("the patient is not enrolled in the REMS", "the patient is not enrolled in the REMS")
def not_enrolled(order: Draft) -> None:
    """States that there is none."""
    order.part("rems", "patient")["enrolled"] = False


@given("the REMS prescription form is on file", "the REMS prescription form is on file")
def form(order: Draft) -> None:
    """States that the prescription ordering form is there."""
    order.part("rems")["prescription_form"] = True


@given("the REMS prescription form is not on file", "the REMS prescription form is not on file")
def no_form(order: Draft) -> None:
    """States that it is not."""
    order.part("rems")["prescription_form"] = False


@given("the patient was given the REMS guides", "the patient was given the REMS guides")
def guides(order: Draft) -> None:
    """States that medication guide, patient guide and safety card were given."""
    order.part("rems", "patient")["counselled"] = True


@given("the patient was not given the REMS guides", "the patient was not given the REMS guides")
def no_guides(order: Draft) -> None:
    """States that they were not."""
    order.part("rems", "patient")["counselled"] = False


@given("nothing of the REMS is known", "nothing of the REMS is known")
def nothing_known(order: Draft) -> None:
    """Leaves the whole of the REMS out of the order."""
    order.document.pop("rems", None)
