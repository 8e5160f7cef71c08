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


@given("a Campath order", "a Campath order")
def campath_order(order: Draft) -> None:
    """Starts with the first dose of Campath: 3 mg on 2025-06-02."""
    order.start(orders.campath())


@given("the order in the file {name:quoted}", 'the order in the file "tysabri.json"')
def order_of_file(order: Draft, name: str) -> None:
    """Starts with an order document of your own, which lies beside the feature file.

    A premedication or prophylaxis is found by its purpose where its drug is one of the bundled orders.
    """
    order.start(orders.of_file(order.folder / name))
