"""Where a scenario starts."""

from __future__ import annotations

from orderguard.testing import orders
from orderguard.testing.draft import Draft
from orderguard.testing.registry import given


@given("a Lemtrada order for course {number:count}", "a Lemtrada order for course 1")
def lemtrada_order(order: Draft, number: int) -> None:
    """Starts with a complete order, on which every rule clears.

    There are orders for course 1 to 9. See *The orders* below.
    """
    order.start(orders.lemtrada(number))


@given("a Campath order[ for the first dose]", "a Campath order for the first dose")
def campath_order(order: Draft) -> None:
    """Starts with the first dose of Campath: 3 mg on 2025-06-02."""
    order.start(orders.campath())


@given("the order in the file {name:quoted}", 'the order in the file "tysabri.json"')
def order_of_file(order: Draft, name: str) -> None:
    """Starts with an order document of your own, which lies beside the feature file.

    A premedication or prophylaxis is found by its purpose where its drug is one of the bundled orders.
    """
    order.start(orders.of_file(order.folder / name))


@given("a Campath order for the step to {dose:campath_step} mg", "a Campath order for the step to 10 mg")
def campath_step(order: Draft, dose: str) -> None:
    """Starts with one dose of 10 or 30 mg on 2025-06-02, the first of its size in the treatment."""
    order.start(orders.campath_step(dose))


@given("a Campath order for a week of maintenance", "a Campath order for a week of maintenance")
def campath_maintenance(order: Draft) -> None:
    """Starts with 30 mg on 2025-06-02, 2025-06-04 and 2025-06-06, in the fourth week of the treatment."""
    order.start(orders.campath_maintenance())
