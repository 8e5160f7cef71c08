"""Threads that share a verifier, and the memory of judgements: neither changes a byte."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Iterator
from random import Random

import pytest

from orderguard import DecisionLog, Order, Verifier
from support.command import documents_in
from support.documents import Json, text_of
from support.orders import OrderMaker, many
from support.streams import Nowhere

THREADS = 8
TIMEOUT = 120


@pytest.fixture(scope="module")
def orders(maker: OrderMaker, originals: list[Json]) -> list[Order]:
    """Orders of every kind, some of them alike."""
    documents = [*originals, *maker.series(many(8), seed=21), *maker.series(many(6), 1, seed=22)]
    return [Order.model_validate_json(text_of(document)) for document in documents]


@pytest.fixture(scope="module")
def alone(orders: list[Order], verifier: Verifier) -> list[str]:
    """The verdicts of one thread."""
    return [verifier.verify(order).to_json() for order in orders]


@pytest.fixture
def _hasty_threads() -> Iterator[None]:
    """Threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("_hasty_threads")
@pytest.mark.parametrize("cache", [0, 4096])
def test_eight_threads_on_one_verifier_give_the_bytes_of_one(
    cache: int, orders: list[Order], alone: list[str]
) -> None:
    log = io.StringIO()
    verifier = Verifier(key="", log=log, cache=cache)
    together = threading.Barrier(THREADS)
    wrong: list[str] = []
    verified = [0] * THREADS

    def work(number: int) -> None:
        together.wait(TIMEOUT)
        for index in Random(number).sample(range(len(orders)), len(orders)):
            verdict = verifier.verify(orders[index]).to_json()
            verified[number] += 1
            if verdict != alone[index]:
                wrong.append(verdict)

    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT)

    assert wrong == []
    assert verified == [len(orders)] * THREADS
    events = documents_in(log.getvalue().encode())
    assert len(events) == THREADS * len(orders)
    assert {event["event"] for event in events} == {"order_verified"}


@pytest.mark.parametrize("cache", [0, 20])
def test_a_verifier_without_a_memory_or_with_a_small_one_gives_the_same_bytes(
    cache: int, orders: list[Order], alone: list[str]
) -> None:
    verifier = Verifier(key="", log=DecisionLog(Nowhere()), cache=cache)
    for _ in range(2):
        assert [verifier.verify(order).to_json() for order in orders] == alone
